"""The verbs on people: invite, give and end mandates, delegate, close, erase; and the personas.

`actor`: who does it, judged by `access`; None is the house itself (a command, the demonstration).
"""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.journal.actions import record
from traam.kit.clock import PARIS
from traam.kit.refusals import Refusal, Unknown
from traam.people import writing
from traam.people.models import Delegation, Mandate, SavedView, User
from traam.people.personas import PERSONA_STAYS, PERSONAS, Persona, mandates_start
from traam.people.queries import without_pilot
from traam.people.reach import Limits, academy_places, places, places_of
from traam.people.rules import (
    Period,
    delegation_faults,
    end_faults,
    invitation_faults,
    mandate_faults,
    past_faults,
    reason_faults,
)
from traam.post.actions import send

NO_SUBDELEGATION = "Un mandat exercé en suppléance ne se délègue pas : seul son titulaire le peut."
CLOSED = "Ce compte est fermé : il ne peut pas recevoir de mandat."
ERASED = "Ce compte est effacé : invitez de nouveau la personne, ce sera un autre compte."
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
    behalf = writing.allowed(actor, "people.invite", academy_places(academies))
    if faults := invitation_faults(email=email.strip(), name=name.strip()):
        raise Refusal(*faults)
    with transaction.atomic():
        user, is_new = writing.account(email=email, name=name, now=now)
        if not user.is_active:
            raise Refusal(f"Le compte « {email} » est fermé : rouvrez-le plutôt que d’inviter.")
        if is_new:
            writing.note("people.invite", user, actor=actor, behalf=behalf, now=now)
            key = f"invitation:{user.pk}"
            send(to=user.pk, kind="people/invitation", params={}, key=key, now=now)
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
    behalf = writing.allowed(actor, "mandate.grant", places(role, limits))
    faults = mandate_faults(
        role=role,
        academies=limits.academies,
        disciplines=limits.disciplines,
        period=period,
        teams=limits.teams,
    )
    if faults:
        raise Refusal(*faults)
    with transaction.atomic():
        held = writing.held(person)
        if not held.is_active:
            raise Refusal(CLOSED)
        if found := writing.same_mandate(held, role, limits, period):
            return found, False
        mandate = writing.give(held, role, limits, period)
        after = writing.described(mandate, limits)
        writing.note("mandate.grant", mandate, actor=actor, behalf=behalf, now=now, after=after)
    return mandate, True


def end(*, mandate: Mandate, on: date, now: datetime, actor: Actor | None) -> None:
    """End a mandate on a day (exclusive), and its delegations with it; twice is once.

    One that had not begun, or begins that very day, disappears; the journal keeps its trace.
    Raises `NotAllowed`, or `Refusal` on a past day of what has counted, and when nobody would
    pilot any more.
    """
    with transaction.atomic():
        if mandate.role == Role.PILOT:
            writing.hold_pilots()
        held = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate.pk).first()
        if held is None:
            raise Unknown(GONE)
        behalf = writing.allowed(actor, "mandate.end", places_of(held))
        if held.ends_on == on:
            return
        faults = end_faults(Period(held.starts_on, held.ends_on), on=on, today=_day(now))
        faults += without_pilot([held], on=max(on, _day(now)))
        if faults:
            raise Refusal(*faults)
        before = {"ends_on": held.ends_on.isoformat() if held.ends_on else ""}
        after = {"ends_on": on.isoformat()}
        writing.note(
            "mandate.end", held, actor=actor, behalf=behalf, now=now, before=before, after=after
        )
        writing.cut(held.delegations.all(), on=on)
        writing.cut([held], on=on)


def _day(now: datetime) -> date:
    return now.astimezone(PARIS).date()


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
        if writing.allowed(actor, "mandate.delegate", [held.place()]):
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
    writing.note("mandate.delegate", made, actor=actor, now=now, after=after)
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
    """Stop a delegation on a day (exclusive); one that had not begun disappears.

    Raises `NotAllowed`, or `Refusal` on a past day of what has counted.
    """
    with transaction.atomic():
        held = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        behalf = writing.allowed(actor, "mandate.withdraw_delegation", [held.place()])
        period = Period(held.starts_on, held.ends_on)
        if faults := past_faults(period, on=on, today=_day(now), of="de la suppléance"):
            raise Refusal(*faults)
        before = {"ends_on": held.ends_on.isoformat()}
        after = {"ends_on": min(on, held.ends_on).isoformat()}
        writing.note(
            "mandate.withdraw_delegation",
            held,
            actor=actor,
            behalf=behalf,
            now=now,
            before=before,
            after=after,
        )
        writing.cut([held], on=on)


def close(*, person: User, reason: str, now: datetime, actor: Actor | None) -> None:
    """Let this account in no more; its mandates stay for the day it is reopened. Twice is once.

    Raises `NotAllowed`, or `Refusal` on a persona and when nobody would pilot any more.
    """
    behalf = writing.allowed(actor, "people.close", [person.place()])
    with transaction.atomic():
        user = _leaving(person, now=now)
        if user is None:
            return
        if faults := reason_faults(reason):
            raise Refusal(*faults)
        writing.set_open(user, is_active=False, reason=reason.strip())
        writing.note("people.close", user, actor=actor, behalf=behalf, now=now)


def _leaving(person: User, *, now: datetime) -> User | None:
    """The account, held, if it is open; raises `Refusal` when it must stay so."""
    writing.hold_pilots()
    user = writing.held(person)
    if not user.is_active:
        return None
    if user.persona is not None:
        raise Refusal(PERSONA_STAYS)
    if faults := without_pilot(user.mandates.all(), on=_day(now)):
        raise Refusal(*faults)
    return user


def reopen(*, person: User, reason: str, now: datetime, actor: Actor | None) -> None:
    """Let a closed account in again, with its mandates, and tell its owner. Twice is once.

    Raises `NotAllowed`, or `Refusal` on an erased account.
    """
    behalf = writing.allowed(actor, "people.reopen", [person.place()])
    with transaction.atomic():
        user = writing.held(person)
        if user.erased_at is not None:
            raise Refusal(ERASED)
        if user.is_active:
            return
        if faults := reason_faults(reason):
            raise Refusal(*faults)
        writing.set_open(user, is_active=True, reason=reason.strip())
        writing.note("people.reopen", user, actor=actor, behalf=behalf, now=now)
        key = f"reopening:{user.pk}:{now.isoformat()}"
        params = {"person": user.pk}
        send(to=user.pk, kind="people/reopening", params=params, key=key, now=now)


def erase(*, person: User, now: datetime, actor: Actor | None) -> None:
    """Forget a person: name, address, secrets go; the key stays, and so does what it signed.

    Raises `NotAllowed`, or `Refusal` on a persona and when nobody would pilot any more.
    """
    behalf = writing.allowed(actor, "people.erase", [person.place()])
    today = _day(now)
    with transaction.atomic():
        user = _leaving(person, now=now) or writing.held(person)
        if user.erased_at is not None:
            return
        writing.note("people.erase", user, actor=actor, behalf=behalf, now=now)
        writing.cut(Delegation.objects.filter(mandate__person=user), on=today)
        writing.cut(user.delegations.all(), on=today)
        writing.cut(user.mandates.all(), on=today)
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        SavedView.objects.filter(person=user).delete()
        writing.forget(user, now=now)


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
    today = _day(now)
    for persona in PERSONAS:
        with transaction.atomic():
            user = _persona_account(persona, now=now)
            if not user.mandates.in_force(today).filter(role=persona.role).exists():
                grant(
                    person=user,
                    role=persona.role,
                    limits=Limits(academies=persona.academies, disciplines=persona.disciplines),
                    starts_on=mandates_start(today),
                    ends_on=None,
                    now=now,
                    actor=None,
                )


def _persona_account(persona: Persona, *, now: datetime) -> User:
    user, is_new = writing.account(email=persona.address, name=persona.name, now=now)
    if is_new:
        user.persona = persona.slug
        user.save(update_fields=["persona"])
        writing.note("people.invite", user, actor=None, now=now)
    return user
