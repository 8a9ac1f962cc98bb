"""Who acts on accounts and mandates in these tests, how, and what the journal then holds."""

from datetime import date, timedelta

from tests.people.factories import UserFactory
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.journal.models import Entry
from traam.people import actions, models
from traam.people.reach import NO_LIMITS, Limits

TODAY = date(2026, 3, 20)
DAY = timedelta(days=1)
LILLE, NANTES = frozenset({"09"}), frozenset({"17"})
MATHS = frozenset({"MATHS"})


def acting(user: models.User, role: Role, **reach) -> Actor:
    """This person with one mandate, which the database does not hold."""
    return Actor(user.pk, (Mandate(role=role, **reach),), TODAY)


def grant(
    actor: Actor | None,
    *,
    now,
    role=Role.TEACHER,
    limits: Limits = NO_LIMITS,
    person=None,
    **period,
) -> models.Mandate:
    return actions.grant(
        person=person or UserFactory(),
        role=role,
        limits=limits,
        starts_on=period.get("starts_on", TODAY),
        ends_on=period.get("ends_on"),
        now=now,
        actor=actor,
    )


def verbs() -> list[str]:
    """The acts that the journal holds, in their order."""
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))
