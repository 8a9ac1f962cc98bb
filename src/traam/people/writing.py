"""How accounts and mandates are written: their rows, their line of the journal, who may.

The doors are in `actions`: nothing else calls this module.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.roles import Role
from traam.access.sentences import who_may
from traam.journal.actions import record
from traam.kit.refusals import NotAllowed
from traam.people.models import Delegation, Mandate, MandateScope, User
from traam.people.reach import Limits, named
from traam.people.rules import Period


def account(*, email: str, name: str, now: datetime) -> tuple[User, bool]:
    """The account of this address, without a password when it is new, and whether it is new."""
    address = email.strip().lower()
    defaults = {"name": name.strip(), "created_at": now, "password": make_password(None)}
    user, is_new = User.objects.get_or_create(email=address, defaults=defaults)
    return user, is_new


def same_mandate(person: User, role: Role, limits: Limits, period: Period) -> Mandate | None:
    """The very mandate that the person has already, if so."""
    held = person.mandates.filter(role=role, starts_on=period.starts_on, ends_on=period.ends_on)
    wanted = set(limits.rows())
    for mandate in held.prefetch_related("scopes").order_by("pk"):
        if {(scope.kind, scope.code) for scope in mandate.scopes.all()} == wanted:
            return mandate
    return None


def give(person: User, role: Role, limits: Limits, period: Period) -> Mandate:
    """A new mandate and its limits."""
    mandate = Mandate.objects.create(
        person=person, role=role, starts_on=period.starts_on, ends_on=period.ends_on
    )
    MandateScope.objects.bulk_create(
        MandateScope(mandate=mandate, kind=kind, code=code) for kind, code in limits.rows()
    )
    return mandate


def described(mandate: Mandate, limits: Limits) -> dict[str, str | int]:
    """A mandate as the journal keeps it: keys and codes."""
    return {
        "person": mandate.person_id,
        "role": mandate.role,
        "starts_on": mandate.starts_on.isoformat(),
        "ends_on": mandate.ends_on.isoformat() if mandate.ends_on else "",
        "limits": " ".join(f"{kind}:{code}" for kind, code in limits.rows()),
    }


def cut(things: Iterable[Mandate | Delegation], *, on: date) -> None:
    """Make each end on that day at the latest; what would be empty disappears."""
    for thing in things:
        if thing.starts_on >= on:
            thing.delete()
        elif thing.ends_on is None or thing.ends_on > on:
            thing.ends_on = on
            thing.save(update_fields=["ends_on"])


def held(person: User) -> User:
    """The account as it is now, kept from other acts until the end of the transaction."""
    user: User = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return user


def hold_pilots() -> None:
    """Keep the pilots' mandates from other acts: two pilots must not let each other go at once.

    To be called before any of them is held, so that all hold them in the same order.
    """
    mandates = Mandate.objects.filter(role=Role.PILOT).select_for_update(of=("self",))
    list(mandates.order_by("pk"))


def set_open(user: User, *, is_active: bool, reason: str) -> None:
    """Open or close the account, and keep why."""
    user.is_active, user.reason = is_active, reason
    user.save(update_fields=["is_active", "reason"])


def forget(user: User, *, now: datetime) -> None:
    """Take away all that says who it was: the account is its key."""
    user.email = f"compte-{user.pk}@efface.invalid"
    user.name = ""
    user.reason = ""
    user.persona = None
    user.is_active = False
    user.erased_at = now
    user.set_unusable_password()
    user.save(
        update_fields=["email", "name", "reason", "persona", "is_active", "erased_at", "password"]
    )


def allowed(actor: Actor | None, right: str, where: Iterable[Place]) -> int | None:
    """The person on whose behalf the actor may do this over all these places, None for oneself.

    Raises `NotAllowed`, whose reason names the academies that the actor has no say over.
    """
    behalf = None
    if actor is not None:
        for place in where:
            if not actor.allows(right, place):
                raise NotAllowed(who_may(right, named(place)))
            behalf = behalf or actor.on_behalf_of(right, place)
    return behalf


def note(
    verb: str,
    thing: User | Mandate | Delegation,
    *,
    actor: Actor | None,
    behalf: int | None = None,
    now: datetime,
    before: Mapping[str, str | int] | None = None,
    after: Mapping[str, str | int] | None = None,
) -> None:
    """One line of the journal; under a delegation it names both persons."""
    record(
        actor=actor.person if actor is not None else None,
        verb=verb,
        subject=f"{thing._meta.model_name}:{thing.pk}",
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )
