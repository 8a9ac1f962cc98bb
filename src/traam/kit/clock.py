"""The one place where the clock is read: views, commands and tasks call it and pass `now` down."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()  # noqa: TID251 (the one place)


def day_of(instant: datetime) -> date:
    """The day it is in Paris at this instant."""
    return instant.astimezone(PARIS).date()
