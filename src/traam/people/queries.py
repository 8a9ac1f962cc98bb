"""What other parts ask of people: who acts, and what they hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from traam.access.actor import Actor, Mandate, anonymous
from traam.access.roles import Role
from traam.people import models
from traam.people.models import MandateScope, ScopeKind
from traam.people.rules import Period, pilot_faults

_FIELDS = {
    ScopeKind.ACADEMY: "academies",
    ScopeKind.DISCIPLINE: "disciplines",
    ScopeKind.THEME: "themes",
    ScopeKind.TEAM: "teams",
}
Row = dict[str, Any]


def actor_for(user: Any, today: date) -> Actor:
    """The actor that this user (or nobody) is today, in at most two queries."""
    if not user.is_authenticated:
        return anonymous(today)
    rows = list(_rows(user.pk))
    scopes = _scopes({row["id"] for row in rows})
    mandates = tuple(_mandate(row, scopes.get(row["id"], {}), user.pk) for row in rows)
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


def delegations_given(person: int, today: date) -> list[Given]:
    """What a person has delegated and is not over."""
    given = models.Delegation.objects.filter(holder=person, ends_on__gt=today)
    return [
        Given(each.pk, each.mandate_id, str(each.delegate), Period(each.starts_on, each.ends_on))
        for each in given.select_related("delegate").order_by("starts_on", "pk")
    ]


def _rows(person: int) -> Iterable[Any]:
    """One row for each mandate held, and one for each delegation received."""
    received = FilteredRelation("delegations", condition=Q(delegations__delegate=person))
    rows: Iterable[Any] = (
        models.Mandate.objects.annotate(received=received)
        .filter(Q(person=person) | Q(received__isnull=False))
        .annotate(received_from=F("received__starts_on"), received_until=F("received__ends_on"))
        .order_by("starts_on", "pk", "received__pk")
        .values(
            *("id", "person_id", "role", "starts_on", "ends_on"),
            *("received_from", "received_until"),
        )
    )
    return rows


def _scopes(mandates: set[int]) -> dict[int, dict[str, frozenset[str]]]:
    """By mandate, the codes of each kind, under the names that `access` gives them."""
    found: dict[int, dict[str, frozenset[str]]] = {}
    for mandate, kind, code in _scope_rows(mandates):
        kinds = found.setdefault(mandate, {})
        name = _FIELDS[ScopeKind(kind)]
        kinds[name] = kinds.get(name, frozenset()) | {code}
    return found


def _scope_rows(mandates: set[int]) -> Iterator[tuple[int, str, str]]:
    if mandates:
        rows = MandateScope.objects.filter(mandate__in=mandates)
        yield from rows.values_list("mandate_id", "kind", "code")


def _mandate(row: Row, scopes: dict[str, frozenset[str]], person: int) -> Mandate:
    own = Period(row["starts_on"], row["ends_on"])
    delegated = row["person_id"] != person
    period = own.common(Period(row["received_from"], row["received_until"])) if delegated else own
    return Mandate(
        key=row["id"],
        role=Role(row["role"]),
        **scopes,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        delegated_by=row["person_id"] if delegated else None,
    )
