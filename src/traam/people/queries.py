"""What other parts ask of people: who acts, and what they hold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Value

from traam.access.actor import Actor, Mandate, anonymous
from traam.access.roles import Role
from traam.kit.compiled import Compiled
from traam.kit.together import Asking
from traam.people import models
from traam.people.models import ScopeKind
from traam.people.rules import Period, pilot_faults

_FIELDS = {
    ScopeKind.ACADEMY: "academies",
    ScopeKind.DISCIPLINE: "disciplines",
    ScopeKind.THEME: "themes",
    ScopeKind.TEAM: "teams",
}


def actor_for(user: Any, today: date) -> Actor:
    """The actor that this user (or nobody) is today, in one plain query: every page asks."""
    if not user.is_authenticated:
        return anonymous(today)
    alike = groupby(_rows(user.pk), key=lambda row: (row.mandate, row.delegation))
    mandates = tuple(_mandate(list(rows)) for _, rows in alike)
    return Actor(person=user.pk, mandates=mandates, today=today)


def address_of(person: int) -> str | None:
    """The mail address of a living account, for the post; None otherwise."""
    found = models.User.objects.filter(pk=person, is_active=True)
    address: str | None = found.values_list("email", flat=True).first()
    return address


def persona(slug: str) -> models.User | None:
    """The account of a persona of the demonstration."""
    found: models.User | None = models.User.objects.filter(persona=slug, is_active=True).first()
    return found


def persona_slugs() -> frozenset[str]:
    """The personas that this folder holds."""
    return frozenset(models.User.objects.personas().values_list("persona", flat=True))


@dataclass(frozen=True)
class Account:
    """What a person sees of their own account."""

    name: str
    email: str
    is_persona: bool
    has_password: bool
    has_second_factor: bool


def account(person: int) -> Account:
    """One's own account, in one query."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    user = models.User.objects.annotate(has_totp=Exists(factors)).get(pk=person)
    return Account(
        name=user.name,
        email=user.email,
        is_persona=user.persona is not None,
        has_password=user.has_usable_password(),
        has_second_factor=user.has_totp,
    )


def names_of(people: Iterable[int]) -> dict[int, str]:
    """The shown names of these keys; no query when there is none."""
    keys = set(people)
    if not keys:
        return {}
    return {user.pk: str(user) for user in models.User.objects.filter(pk__in=keys)}


def without_pilot(lost: Iterable[models.Mandate], *, on: date) -> list[str]:
    """Why these mandates must not stop counting on that day: nobody would pilot. Closed accounts
    pilot nothing; no query about the others when none of these pilots."""
    gone = [each for each in lost if each.role == Role.PILOT and each.person.is_active]
    if not gone:
        return []
    others = models.Mandate.objects.filter(role=Role.PILOT, person__is_active=True)
    others = others.exclude(pk__in=[each.pk for each in gone])
    return pilot_faults(
        lost=[Period(each.starts_on, each.ends_on) for each in gone],
        others=[Period(*days) for days in others.values_list("starts_on", "ends_on")],
        on=on,
    )


@dataclass(frozen=True)
class Given:
    """A delegation as its giver sees it; `mandate` and `key` are rows' keys."""

    key: int
    mandate: int
    to: str
    period: Period


def delegations_given(person: int, today: date) -> Asking[list[Given]]:
    """What a person has delegated and is not over."""
    given = models.Delegation.objects.filter(holder=person, ends_on__gt=today)
    return [
        Given(each.pk, each.mandate_id, str(each.delegate), Period(each.starts_on, each.ends_on))
        for each in (yield given.select_related("delegate").order_by("starts_on", "pk"))
    ]


def deputies(mandates: QuerySet[models.Mandate], *, today: date) -> list[int]:
    """The living accounts that act with these mandates today, by delegation: they are told what
    the holders are."""
    found = models.Delegation.objects.filter(
        mandate__in=mandates,
        starts_on__lte=today,
        ends_on__gt=today,
        holder__is_active=True,
        delegate__is_active=True,
    )
    return sorted(set(found.values_list("delegate", flat=True)))


class _Row(NamedTuple):
    """One scope of a mandate (or none), with the delegation that it was received by, if it was."""

    mandate: int
    role: str
    starts_on: date
    ends_on: date | None
    kind: str | None
    code: str | None
    delegation: int  # 0 where held
    holder: int | None
    received_from: date
    received_until: date | None


_OF_MANDATE = ("pk", "role", "starts_on", "ends_on", "scopes__kind", "scopes__code")


def _powers(person: int) -> QuerySet[Any, Any]:
    """The scopes of the mandates held, and of those received by delegation, as `_Row`s: whom a
    closed account had delegated to waits for its reopening."""
    nobody = Value(None, output_field=IntegerField())
    held = models.Mandate.objects.filter(person=person)
    received = models.Delegation.objects.filter(delegate=person, holder__is_active=True)
    paths = [f"mandate__{name}" for name in _OF_MANDATE]
    return held.values_list(*_OF_MANDATE, Value(0), nobody, "starts_on", "ends_on").union(
        received.values_list(*paths, "pk", "holder", "starts_on", "ends_on"), all=True
    )


POWERS = Compiled(_powers, int)


def _rows(person: int) -> list[_Row]:
    """Those of each mandate held, and of each delegation received; the oldest mandate first."""
    rows = [_Row(*row) for row in POWERS.rows(person)]
    return sorted(rows, key=lambda row: (row.starts_on, row.mandate, row.delegation))


def _mandate(rows: Sequence[_Row]) -> Mandate:
    """The mandate that these rows are of."""
    row, codes = rows[0], defaultdict[str, set[str]](set)
    for each in rows:
        if each.kind is not None and each.code is not None:
            codes[_FIELDS[ScopeKind(each.kind)]].add(each.code)
    period = Period(row.starts_on, row.ends_on)
    if row.holder is not None:
        period = period.common(Period(row.received_from, row.received_until))
    return Mandate(
        key=row.mandate,
        role=Role(row.role),
        **{name: frozenset(found) for name, found in codes.items()},
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        delegated_by=row.holder,
    )
