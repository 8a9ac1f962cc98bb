"""How answers are written: the present text, every text that was, and the copies that lists read.

The doors are in `actions`: nothing else calls this module. An autosave leaves no line in the
journal: each text stays here with its writer and its instant, and a deposit's digest is journalled.
"""

from collections.abc import Iterable
from datetime import datetime

from traam.applications.models import Answer, AnswerVersion, Application, ApplicationAcademy
from traam.applications.rules.answers import Value, chosen
from traam.campaigns.rules.default_form import ASSOCIATED, TITLE, TITLE_MAX
from traam.reference.models import Academy


def keep(
    application: Application,
    *,
    field: str,
    value: Value,
    version: int,
    person: int | None,
    now: datetime,
    key: str = "",
) -> None:
    """The field says this now, at this version (1: for the first time)."""
    trail = {"saved_at": now, "saved_by_id": person}
    if version == 1:
        Answer.objects.create(application=application, field=field, value=value, version=1, **trail)
    else:
        found = Answer.objects.filter(application=application, field=field)
        found.update(value=value, version=version, **trail)
    AnswerVersion.objects.create(
        application=application,
        field=field,
        value=value,
        version=version,
        save_key=key,
        **trail,
    )
    copy(application, field=field, value=value)


def copy(application: Application, *, field: str, value: Value) -> None:
    """What lists and joins read of an answer: the title, the associated academies."""
    if field == TITLE:
        application.title = str(value or "")[:TITLE_MAX]
        application.save(update_fields=["title"])
    elif field == ASSOCIATED:
        _associate(application, chosen(value))


def _associate(application: Application, codes: Iterable[str]) -> None:
    wanted = set(Academy.objects.filter(code__in=list(codes)).values_list("pk", flat=True))
    wanted.discard(application.academy_id)
    application.associated.exclude(academy__in=wanted).delete()
    ApplicationAcademy.objects.bulk_create(
        [ApplicationAcademy(application=application, academy_id=key) for key in sorted(wanted)],
        ignore_conflicts=True,
    )


def put_aside(
    application: Application,
    *,
    field: str,
    value: Value,
    version: int,
    person: int | None,
    now: datetime,
    key: str,
    settled_at: datetime | None,
) -> AnswerVersion:
    """Keep a text written upon a version that another had replaced: to be shown beside, unless it
    is settled already."""
    return AnswerVersion.objects.create(
        application=application,
        field=field,
        value=value,
        version=version,
        is_rival=True,
        settled_at=settled_at,
        save_key=key,
        saved_at=now,
        saved_by_id=person,
    )
