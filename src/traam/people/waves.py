"""Many people at once: accounts opened without a message, then invitations sent in waves.

A campaign that moves in mid-year brings hundreds of people: nobody receives anything before the
pilot has read what was loaded. The doors on one person are in `actions`.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.kit.refusals import Refusal
from traam.kit.together import Asking, answer
from traam.people import writing
from traam.people.actions import Welcome, grant
from traam.people.models import User
from traam.people.reach import Limits, academy_places
from traam.people.rules import invitation_faults
from traam.post.actions import send
from traam.post.models import Message


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


def uninvited(people: Iterable[User]) -> list[User]:
    """Those who have never come in and were never written to, in the order given; one query. The
    personas of a demonstration come in by their button."""
    return answer(asked_uninvited(people))


def asked_uninvited(people: Iterable[User]) -> Asking[list[User]]:
    """The same, read with what others ask."""
    asked = [
        one for one in people if one.is_active and one.last_login is None and one.persona is None
    ]
    if not asked:
        return []
    keys = [_key(one) for one in asked]
    sent = set((yield Message.objects.filter(key__in=keys).values_list("key", flat=True)))
    return [one for one in asked if _key(one) not in sent]


@transaction.atomic
def send_invitations(*, people: Iterable[User], now: datetime) -> int:
    """Write to those of them who were never invited; how many. Twice is once."""
    wave = uninvited(people)
    for one in wave:
        send(to=one.pk, kind="people/invitation", params={}, key=_key(one), now=now)
    return len(wave)


def _key(person: User) -> str:
    """The same as an invitation one by one: whoever has received it does not again."""
    return f"invitation:{person.pk}"
