"""Many people at once: accounts opened without a message, then invitations sent in waves.

A campaign that moves in mid-year brings hundreds of people: nobody receives anything before the
pilot has read what was loaded. The doors on one person are in `actions`.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.kit.refusals import Refusal
from traam.people import writing
from traam.people.actions import Welcome, grant
from traam.people.models import User
from traam.people.reach import Limits, academy_places
from traam.people.rules import invitation_faults
from traam.post.actions import send
from traam.post.models import Message

KEY = "invitation:"  # then the person's own: who was invited one by one is not again in a wave


@transaction.atomic
def enrol(
    *,
    email: str,
    name: str,
    role: Role,
    limits: Limits,
    starts_on: date,
    now: datetime,
    actor: Actor | None,
) -> Welcome:
    """As `actions.welcome`, but nothing is sent: `send_invitations` will. Twice writes once."""
    behalf = writing.allowed(actor, "people.invite", academy_places(limits.academies))
    if faults := invitation_faults(email=email.strip(), name=name.strip()):
        raise Refusal(*faults)
    user, is_new = writing.account(email=email, name=name, now=now)
    if not user.is_active:
        raise Refusal(f"Le compte « {email} » est fermé : rouvrez-le plutôt que d’inviter.")
    if is_new:
        writing.note("people.invite", user, actor=actor, behalf=behalf, now=now)
    known = set(user.mandates.values_list("pk", flat=True))
    mandate = grant(
        person=user,
        role=role,
        limits=limits,
        starts_on=starts_on,
        ends_on=None,
        now=now,
        actor=actor,
    )
    return Welcome(
        person=user,
        mandate=mandate,
        is_new_account=is_new,
        is_new_mandate=mandate.pk not in known,
    )


def never_invited(path: str = "") -> Q:
    """Who may come in, never has, and was never written to; `path`: from what is filtered to the
    person (« person »). The personas of a demonstration come in by their button."""
    at = f"{path}__" if path else ""
    key = Concat(Value(KEY), Cast(OuterRef(f"{at}pk"), CharField()))
    awaited = Q((f"{at}is_active", True), (f"{at}last_login", None), (f"{at}persona", None))
    return awaited & ~Q(Exists(Message.objects.filter(key=key)))


def uninvited(people: Iterable[User]) -> list[User]:
    """Those who were never invited, in the order given; one query."""
    asked = list(people)
    found = User.objects.filter(never_invited(), pk__in={one.pk for one in asked})
    keys = set(found.values_list("pk", flat=True)) if asked else set()
    return [one for one in asked if one.pk in keys]


@transaction.atomic
def send_invitations(*, people: Iterable[User], now: datetime) -> int:
    """Write to those of them who were never invited; how many. Twice is once."""
    wave = uninvited(people)
    for one in wave:
        send(to=one.pk, kind="people/invitation", params={}, key=f"{KEY}{one.pk}", now=now)
    return len(wave)
