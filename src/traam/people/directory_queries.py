"""What the screens of accounts and mandates read: the list, one person, what an act would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Lower

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.policy import TABLE
from traam.access.roles import Role
from traam.access.sentences import who_may
from traam.kit.together import answer
from traam.people.directory_forms import IN_FORCE, WITHOUT
from traam.people.models import Delegation, Mandate, ScopeKind, User, UserQuerySet
from traam.people.naming import Names, limits_of, names_of_limits, said_limits
from traam.people.personas import PERSONA_STAYS
from traam.people.queries import actor_for, without_pilot
from traam.people.reach import named, places_of
from traam.people.rules import Period, end_faults, said, search_patterns, standing
from traam.reference.rules import Vocabulary


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate as it is read: its role and scope in words, its standing today."""

    key: int
    role: str
    scopes: str
    period: str
    standing: str  # « en cours », « à venir », « terminé »
    may_end: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An account in the list."""

    user: User
    mandates: list[Held]
    has_mandate: bool  # in force


@dataclass(frozen=True, slots=True)
class Lent:
    """A delegation: of which mandate, to or from whom; `person` is None where it is no link."""

    key: int
    role: str
    name: str
    person: int | None
    period: str
    standing: str
    may_withdraw: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """One person, their mandates, and the delegations that they gave and received."""

    user: User
    mandates: list[Held]
    given: list[Lent]
    received: list[Lent]
    may_grant: bool
    may_close: bool
    may_reopen: bool
    why_not_erase: str  # empty when the actor may


# -- the list


def accounts(
    *, actor: Actor, text: str = "", role: str = "", academy: str = "", mandate: str = ""
) -> UserQuerySet:
    """The living accounts that the actor may read, by name. `mandate`: "" (all), `IN_FORCE` (one
    that fits role and academy is in force) or `WITHOUT` (none is, whatever the role)."""
    found = User.objects.over_which(actor, "people.read").filter(erased_at=None)
    for pattern in search_patterns(text):
        found = found.filter(Q(name__regex=pattern) | Q(email__regex=pattern))
    held = Mandate.objects.filter(person=OuterRef("pk"))
    if mandate == WITHOUT:
        found = found.exclude(Exists(held.in_force(actor.today)))
    if role:
        held = held.filter(role=role)
    if academy:
        held = held.filter(scopes__kind=ScopeKind.ACADEMY, scopes__code=academy)
    if mandate == IN_FORCE:
        found = found.filter(Exists(held.in_force(actor.today)))
    elif role or academy:
        found = found.filter(Exists(held))
    rows: UserQuerySet = found.prefetch_related(_mandates()).order_by(Lower("name"), "pk")
    return rows


def _mandates() -> "Prefetch[str]":
    ordered = Mandate.objects.prefetch_related("scopes").order_by("-starts_on", "pk")
    return Prefetch("mandates", queryset=ordered)


def rows(*, users: Iterable[User], actor: Actor, words: Vocabulary) -> list[Row]:
    """These accounts, ready to be shown."""
    listed = list(users)
    names = _names(each for user in listed for each in user.mandates.all())
    made = []
    for user in listed:
        mandates = [_held(each, actor, words, names) for each in user.mandates.all()]
        is_held = any(each.standing == "en cours" for each in mandates)
        made.append(Row(user, mandates, is_held))
    return made


def _held(mandate: Mandate, actor: Actor, words: Vocabulary, names: Names) -> Held:
    """A mandate, whose scopes are read already, as the actor reads it."""
    period = Period(mandate.starts_on, mandate.ends_on)
    state = standing(period, actor.today)
    return Held(
        key=mandate.pk,
        role=Role(mandate.role).label,
        scopes=said_limits(limits_of(mandate), words=words, names=names),
        period=said(period),
        standing=state,
        may_end=state != "terminé" and not _why_not_end(mandate, actor, words),
    )


def _names(mandates: Iterable[Mandate]) -> Names:
    """What the limits of these mandates are called, their scopes read already."""
    return answer(names_of_limits(one for each in mandates for one in limits_of(each).rows()))


# -- one person


def page(*, user: User, actor: Actor, words: Vocabulary) -> Page:
    """All that the page of this account shows."""
    mandates = list(user.mandates.prefetch_related("scopes").order_by("-starts_on", "pk"))
    names = _names(mandates)
    around = Delegation.objects.select_related("mandate", "holder", "delegate")
    lent = list(around.filter(Q(holder=user) | Q(delegate=user)).order_by("-starts_on", "pk"))
    others = {each.delegate_id if each.holder_id == user.pk else each.holder_id for each in lent}
    readable = _readable(others, actor)
    given = [each for each in lent if each.holder_id == user.pk]
    received = [each for each in lent if each.delegate_id == user.pk]
    place = user.place()
    return Page(
        user=user,
        mandates=[_held(each, actor, words, names) for each in mandates],
        given=[_lent(each, each.delegate, actor, readable) for each in given],
        received=[_lent(each, each.holder, actor, readable) for each in received],
        may_grant=user.is_active and actor.may("mandate.grant"),
        may_close=_may_close(user) and actor.allows("people.close", place),
        may_reopen=_may_reopen(user) and actor.allows("people.reopen", place),
        why_not_erase=_why_not_erase(user, actor, place),
    )


def _may_close(user: User) -> bool:
    return user.is_active and user.persona is None


def _may_reopen(user: User) -> bool:
    return not user.is_active and user.erased_at is None


def _why_not_erase(user: User, actor: Actor, place: Place) -> str:
    if not actor.allows("people.erase", place):
        return who_may("people.erase")
    return PERSONA_STAYS if user.persona is not None else ""


def _readable(people: set[int], actor: Actor) -> frozenset[int]:
    """Those whose page the actor may open; no query when there is nobody."""
    if not people:
        return frozenset()
    found = User.objects.over_which(actor, "people.read").filter(pk__in=people)
    return frozenset(found.values_list("pk", flat=True))


def _lent(made: Delegation, other: User, actor: Actor, readable: frozenset[int]) -> Lent:
    period = Period(made.starts_on, made.ends_on)
    state = standing(period, actor.today)
    return Lent(
        key=made.pk,
        role=Role(made.mandate.role).label,
        name=str(other),
        person=other.pk if other.pk in readable else None,
        period=said(period),
        standing=state,
        may_withdraw=state != "terminé"
        and actor.allows("mandate.withdraw_delegation", made.place()),
    )


# -- what an act would do


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What ending a mandate on a day would do; `refused` says why it cannot be done."""

    on: date
    mandate: Held
    disappears: bool  # it would never have counted
    deputies: Sequence[str]  # those who would stop acting with it
    left: Sequence[str]  # the other mandates that still count on that day
    rights: Sequence[str]  # what the person could do no more, anywhere
    refused: Sequence[str]


def ending(*, mandate: Mandate, on: date, actor: Actor, words: Vocabulary) -> Ending:
    """The dry run of `actions.end`."""
    holder = actor_for(mandate.person, on)
    others = tuple(each for each in holder.in_force if each.key != mandate.pk)
    deputies = mandate.delegations.filter(ends_on__gt=on).select_related("delegate")
    return Ending(
        on=on,
        mandate=_held(mandate, actor, words, _names([mandate])),
        disappears=mandate.starts_on >= on,
        deputies=[str(each.delegate) for each in deputies.order_by("starts_on", "pk")],
        left=[each.role.label for each in others],
        rights=_lost(holder, mandate, replace(holder, mandates=others)),
        refused=[
            *end_faults(Period(mandate.starts_on, mandate.ends_on), on=on, today=actor.today),
            *_why_not_end(mandate, actor, words),
            *without_pilot([mandate], on=max(on, actor.today)),
        ],
    )


def _lost(holder: Actor, mandate: Mandate, after: Actor) -> list[str]:
    """What the mandate opens to its holder and nothing else does, in the words of the table."""
    own = tuple(each for each in holder.mandates if each.key == mandate.pk)
    alone = Actor(person=holder.person, mandates=own, today=mandate.starts_on)
    return [row.label for row in TABLE.values() if alone.may(row.name) and not after.may(row.name)]


def _why_not_end(mandate: Mandate, actor: Actor, words: Vocabulary) -> list[str]:
    """Who may end this mandate, when the actor may not; no query where they may."""
    for place in places_of(mandate):
        if not actor.allows("mandate.end", place):
            return [who_may("mandate.end", named(place, words))]
    return []


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """What erasing an account would do; `refused` says why it cannot be done."""

    mandates: int  # that count or will
    delegations: int  # given or received, that last
    refused: Sequence[str]


def erasure(*, user: User, actor: Actor) -> Erasure:
    """The dry run of `actions.erase`."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=actor.today)
    lent = Delegation.objects.filter(Q(holder=user) | Q(delegate=user), ends_on__gt=actor.today)
    return Erasure(
        mandates=user.mandates.filter(lasting).count(),
        delegations=lent.count(),
        refused=why_not_leave(user, actor),
    )


def why_not_leave(user: User, actor: Actor) -> list[str]:
    """Why this account can be neither closed nor erased, whoever asks."""
    if user.persona is not None:
        return [PERSONA_STAYS]
    return without_pilot(user.mandates.select_related("person"), on=actor.today)
