"""The verbs on people: invite, give and end mandates, delegate, erase; and the personas.

`actor`: who does it, judged by `access`; None is the house itself (a command, the demonstration).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.roles import Role
from traam.access.sentences import who_may
from traam.journal.actions import record
from traam.kit.clock import PARIS
from traam.kit.refusals import NotAllowed, Refusal, Unknown
from traam.people.models import Delegation, Mandate, MandateScope, User
from traam.people.personas import PERSONA_STAYS, PERSONAS, Persona, school_year_start
from traam.people.reach import Limits, academy_places, named, places, places_of
from traam.people.rules import (
    Period,
    delegation_faults,
    end_faults,
    invitation_faults,
    mandate_faults,
)
from traam.post.actions import send

NO_SUBDELEGATION = "Un mandat exercé en suppléance ne se délègue pas : seul son titulaire le peut."
CLOSED = "Ce compte est fermé : il ne peut pas recevoir de mandat."
GONE = "Ce mandat n’existe plus : il a pris fin avant d’avoir compté."


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """What an invitation did: `is_new_account`, `is_new_mandate` say what was not there before."""

    person: User
    mandate: Mandate
    is_new_account: bool
    is_new_mandate: bool


def invite(
    *, email: str, name: str, academies: frozenset[str], now: datetime, actor: Actor | None
) -> User:
    """The account of this address, opened if need be; twice is harmless and writes once.

    Raises `NotAllowed`, or `Refusal` on an address that is closed or is none.
    """
    user, _ = _invited(email=email, name=name, academies=academies, now=now, actor=actor)
    return user


def welcome(
    *,
    email: str,
    name: str,
    role: Role,
    limits: Limits,
    starts_on: date,
    ends_on: date | None,
    now: datetime,
    actor: Actor | None,
) -> Welcome:
    """Invite someone and give their first mandate: both or neither; twice the same writes once.

    Who has an account already keeps its name. Raises `NotAllowed` or `Refusal`.
    """
    period = Period(starts_on, ends_on)
    with transaction.atomic():
        user, is_new = _invited(
            email=email, name=name, academies=limits.academies, now=now, actor=actor
        )
        mandate, is_new_mandate = _granted(user, role, limits, period, now=now, actor=actor)
    return Welcome(
        person=user, mandate=mandate, is_new_account=is_new, is_new_mandate=is_new_mandate
    )


def _invited(
    *, email: str, name: str, academies: frozenset[str], now: datetime, actor: Actor | None
) -> tuple[User, bool]:
    """The account, and whether it has just been opened."""
    behalf = _allowed(actor, "people.invite", academy_places(academies))
    if faults := invitation_faults(email=email.strip(), name=name.strip()):
        raise Refusal(*faults)
    with transaction.atomic():
        user, is_new = _account(email=email, name=name, now=now)
        if not user.is_active:
            raise Refusal(f"Le compte « {email} » est fermé : rouvrez-le plutôt que d’inviter.")
        if is_new:
            _note("people.invite", user, actor=actor, behalf=behalf, now=now)
            key = f"invitation:{user.pk}"
            send(to=user.pk, kind="people/invitation", params={}, key=key, now=now)
    return user, is_new


def _account(*, email: str, name: str, now: datetime) -> tuple[User, bool]:
    address = email.strip().lower()
    defaults = {"name": name.strip(), "created_at": now, "password": "!"}
    user, is_new = User.objects.get_or_create(email=address, defaults=defaults)
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user, is_new


def grant(
    *,
    person: User,
    role: Role,
    limits: Limits,
    starts_on: date,
    ends_on: date | None,
    now: datetime,
    actor: Actor | None,
) -> Mandate:
    """Give a mandate; the very same one given twice is one. Raises `NotAllowed` or `Refusal`."""
    period = Period(starts_on, ends_on)
    mandate, _ = _granted(person, role, limits, period, now=now, actor=actor)
    return mandate


def _granted(
    person: User, role: Role, limits: Limits, period: Period, *, now: datetime, actor: Actor | None
) -> tuple[Mandate, bool]:
    """The mandate, and whether it has just been given."""
    behalf = _allowed(actor, "mandate.grant", places(role, limits))
    faults = mandate_faults(
        role=role, academies=limits.academies, disciplines=limits.disciplines, period=period
    )
    if faults:
        raise Refusal(*faults)
    with transaction.atomic():
        held = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if not held.is_active:
            raise Refusal(CLOSED)
        if found := _same_mandate(held, role, limits, period):
            return found, False
        mandate = _give(held, role, limits, period)
        after = _described(mandate, limits)
        _note("mandate.grant", mandate, actor=actor, behalf=behalf, now=now, after=after)
    return mandate, True


def _same_mandate(person: User, role: Role, limits: Limits, period: Period) -> Mandate | None:
    held = person.mandates.filter(role=role, starts_on=period.starts_on, ends_on=period.ends_on)
    wanted = set(limits.rows())
    for mandate in held.prefetch_related("scopes").order_by("pk"):
        if {(scope.kind, scope.code) for scope in mandate.scopes.all()} == wanted:
            return mandate
    return None


def _give(person: User, role: Role, limits: Limits, period: Period) -> Mandate:
    mandate = Mandate.objects.create(
        person=person, role=role, starts_on=period.starts_on, ends_on=period.ends_on
    )
    MandateScope.objects.bulk_create(
        MandateScope(mandate=mandate, kind=kind, code=code) for kind, code in limits.rows()
    )
    return mandate


def _described(mandate: Mandate, limits: Limits) -> dict[str, str | int]:
    """A mandate as the journal keeps it: keys and codes."""
    return {
        "person": mandate.person_id,
        "role": mandate.role,
        "starts_on": mandate.starts_on.isoformat(),
        "ends_on": mandate.ends_on.isoformat() if mandate.ends_on else "",
        "limits": " ".join(f"{kind}:{code}" for kind, code in limits.rows()),
    }


def end(*, mandate: Mandate, on: date, now: datetime, actor: Actor | None) -> None:
    """End a mandate on a day (exclusive), and its delegations with it; twice is once.

    One that had not begun, or begins that very day, disappears; the journal keeps its trace.
    """
    with transaction.atomic():
        held = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate.pk).first()
        if held is None:
            raise Unknown(GONE)
        behalf = _allowed(actor, "mandate.end", places_of(held))
        if held.ends_on == on:
            return
        if faults := end_faults(Period(held.starts_on, held.ends_on), on=on):
            raise Refusal(*faults)
        before = {"ends_on": held.ends_on.isoformat() if held.ends_on else ""}
        after = {"ends_on": on.isoformat()}
        _note("mandate.end", held, actor=actor, behalf=behalf, now=now, before=before, after=after)
        _cut(held.delegations.all(), on=on)
        _cut([held], on=on)


def _cut(things: Iterable[Mandate | Delegation], *, on: date) -> None:
    """Make each end on that day at the latest; what would be empty disappears."""
    for thing in things:
        if thing.starts_on >= on:
            thing.delete()
        elif thing.ends_on is None or thing.ends_on > on:
            thing.ends_on = on
            thing.save(update_fields=["ends_on"])


def delegate(
    *,
    mandate: Mandate,
    to: User,
    starts_on: date,
    ends_on: date,
    now: datetime,
    actor: Actor | None,
) -> Delegation:
    """Let someone else act with this mandate for a period; twice the same is one.

    Raises `NotAllowed` or `Refusal`. A mandate that one exercises for someone is not delegated.
    """
    with transaction.atomic():
        held = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
        if _allowed(actor, "mandate.delegate", [held.place()]):
            raise Refusal(NO_SUBDELEGATION)
        _refuse_delegation(held, to, Period(starts_on, ends_on))
        made, is_new = Delegation.objects.get_or_create(
            mandate=held,
            holder_id=held.person_id,
            delegate=to,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        if is_new:
            _tell_delegate(made, now=now, actor=actor)
    return made


def _refuse_delegation(mandate: Mandate, to: User, period: Period) -> None:
    faults = delegation_faults(
        mandate=Period(mandate.starts_on, mandate.ends_on),
        delegation=period,
        to_oneself=to.pk == mandate.person_id,
    )
    if not to.is_active:
        faults.append("Ce compte est fermé : il ne peut pas recevoir de suppléance.")
    if faults:
        raise Refusal(*faults)


def _tell_delegate(made: Delegation, *, now: datetime, actor: Actor | None) -> None:
    after: dict[str, str | int] = {
        "mandate": made.mandate_id,
        "delegate": made.delegate_id,
        "starts_on": made.starts_on.isoformat(),
        "ends_on": made.ends_on.isoformat(),
    }
    _note("mandate.delegate", made, actor=actor, now=now, after=after)
    params = {
        "role": Role(made.mandate.role).label,
        "starts_on": made.starts_on.strftime("%d/%m/%Y"),
        "last_on": date.fromordinal(made.ends_on.toordinal() - 1).strftime("%d/%m/%Y"),
    }
    key = f"delegation:{made.pk}"
    send(to=made.delegate_id, kind="people/delegation", params=params, key=key, now=now)


def withdraw_delegation(
    *, delegation: Delegation, on: date, now: datetime, actor: Actor | None
) -> None:
    """Stop a delegation on a day (exclusive); one that had not begun disappears."""
    with transaction.atomic():
        held = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        behalf = _allowed(actor, "mandate.withdraw_delegation", [held.place()])
        before = {"ends_on": held.ends_on.isoformat()}
        after = {"ends_on": min(on, held.ends_on).isoformat()}
        _note(
            "mandate.withdraw_delegation",
            held,
            actor=actor,
            behalf=behalf,
            now=now,
            before=before,
            after=after,
        )
        _cut([held], on=on)


def erase(*, person: User, now: datetime, actor: Actor | None) -> None:
    """Forget a person: name, address, secrets go; the key stays, and so does what it signed.

    Raises `NotAllowed`, or `Refusal` on a persona of the demonstration.
    """
    behalf = _allowed(actor, "people.erase", [person.place()])
    today = now.astimezone(PARIS).date()
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if user.erased_at is not None:
            return
        if user.persona is not None:
            raise Refusal(PERSONA_STAYS)
        _note("people.erase", user, actor=actor, behalf=behalf, now=now)
        _cut(Delegation.objects.filter(mandate__person=user), on=today)
        _cut(user.delegations.all(), on=today)
        _cut(user.mandates.all(), on=today)
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        _forget(user, now=now)


def _forget(user: User, *, now: datetime) -> None:
    user.email = f"compte-{user.pk}@efface.invalid"
    user.name = ""
    user.persona = None
    user.is_active = False
    user.erased_at = now
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "persona", "is_active", "erased_at", "password"])


def change_password(*, person: User, password: str, now: datetime) -> None:
    """Set one's own password, and tell its owner by mail. The form has validated it."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        record(actor=person.pk, verb="people.change_password", subject=f"user:{person.pk}", now=now)
        key = f"password:{person.pk}:{now.isoformat()}"
        send(to=person.pk, kind="people/password_changed", params={}, key=key, now=now)


def prepare_personas(*, now: datetime) -> None:
    """The accounts of the demonstration, each with its mandate in force; idempotent."""
    today = now.astimezone(PARIS).date()
    for persona in PERSONAS:
        with transaction.atomic():
            user = _persona_account(persona, now=now)
            if not user.mandates.in_force(today).filter(role=persona.role).exists():
                grant(
                    person=user,
                    role=persona.role,
                    limits=Limits(academies=persona.academies, disciplines=persona.disciplines),
                    starts_on=school_year_start(today),
                    ends_on=None,
                    now=now,
                    actor=None,
                )


def _persona_account(persona: Persona, *, now: datetime) -> User:
    user, is_new = _account(email=persona.address, name=persona.name, now=now)
    if is_new:
        user.persona = persona.slug
        user.save(update_fields=["persona"])
        _note("people.invite", user, actor=None, now=now)
    return user


def _allowed(actor: Actor | None, right: str, where: Iterable[Place]) -> int | None:
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


def _note(
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
