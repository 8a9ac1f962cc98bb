"""Every decision prepared at once, as a computed choice proposes: what was decided stays."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.web import require
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.life import CampaignState
from traam.journal.actions import Deed, record, record_all
from traam.kit.refusals import Refusal, need_read
from traam.selection import acts
from traam.selection.models import Case, CaseEvent, Decision, Variant
from traam.selection.queries.deciding import ARBITRATE, decidable
from traam.selection.queries.instance import studied
from traam.selection.queries.readings import warnings_of_many
from traam.selection.queries.variants import reading
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.proposing import RESERVES, Proposal, proposals

RESERVES_MAX = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of the cases: prepared by this act, decided before and left so, unknown to the
    variant (deposited or reopened since), closed to the actor (a conflict). `warnings`: what to
    read before."""

    prepared: int = 0
    decided: int = 0
    unknown: int = 0
    closed: int = 0
    warnings: tuple[str, ...] = ()


def foresee_proposal(
    *, variant: Variant, theme: Theme | None, reserves: int, actor: Actor | None
) -> Taken:
    """What `take_proposal` would do. Nothing is written. Raises as it does."""
    _may_take(variant.campaign, theme, actor)
    return _sorted(variant, theme, reserves, actor).taken


@transaction.atomic
def take_proposal(
    *,
    variant: Variant,
    theme: Theme | None = None,
    reserves: int = RESERVES,
    now: datetime,
    actor: Actor | None,
    known: Collection[str] | None = None,
) -> Taken:
    """Prepare the decisions that are not taken yet as this computed choice proposes, in one theme
    or in all: retained; the first `reserves` of each theme, in reserve; the others, not retained.
    `known`: what the page has warned of (`need_read`).

    Twice is once. Raises `NotAllowed`, or `Refusal` where the variant proposes nothing.
    """
    campaign = variant.campaign
    _hold_themes(campaign)
    behalf = _may_take(campaign, theme, actor)
    found = _sorted(variant, theme, reserves, actor)
    need_read(found.taken.warnings, known)
    made = _decisions(found, campaign, now=now, person=acts.person_of(actor))
    if made:
        Decision.objects.bulk_create(made)
        _note(made, variant, now=now, actor=actor, behalf=behalf)
    return found.taken


def _hold_themes(campaign: Campaign) -> None:
    rows = Theme.objects.filter(campaign=campaign).select_for_update(of=("self",))
    list(rows.order_by("pk"))


def _may_take(campaign: Campaign, theme: Theme | None, actor: Actor | None) -> int | None:
    """The person on whose behalf: the pilot everywhere; whoever follows a theme, on it. Raises
    `NotAllowed`, or `Refusal` outside the study."""
    state = Campaign.objects.values_list("state", flat=True).get(pk=campaign.pk)
    if state != CampaignState.CALL_CLOSED:
        raise Refusal(acts.NOT_OPEN)
    if actor is None:
        return None
    if theme is None or actor.allows(ARBITRATE, campaign.place()):
        return acts.allowed(actor, ARBITRATE, campaign.place())
    require(actor, "decision.follow", theme.place())
    return actor.on_behalf_of("decision.follow", theme.place())


@dataclass(frozen=True)
class _Sorted:
    """The cases that this act decides, with what is proposed; and the count of all."""

    open: Sequence[tuple[Case, Proposal]]
    taken: Taken


def _sorted(variant: Variant, theme: Theme | None, reserves: int, actor: Actor | None) -> _Sorted:
    proposed = _proposed(variant, reserves)
    rows = studied(variant.campaign)
    cases = list(rows if theme is None else rows.filter(theme=theme))
    decided = set(Decision.objects.filter(case__in=cases).values_list("case", flat=True))
    allowed = decidable(cases, actor)
    left = [one for one in cases if one.pk not in decided]
    known = [one for one in left if one.application.code in proposed]
    open_ = [(one, proposed[one.application.code]) for one in known if one.pk in allowed]
    return _Sorted(
        open_,
        Taken(
            prepared=len(open_),
            decided=len(decided),
            unknown=len(left) - len(known),
            closed=len(known) - len(open_),
            warnings=tuple(warnings_of_many([one for one, _ in open_], variant.campaign)),
        ),
    )


def _proposed(variant: Variant, reserves: int) -> dict[str, Proposal]:
    if not 0 <= reserves <= RESERVES_MAX:
        raise Refusal(
            f"Le nombre de dossiers en réserve par thème (reçu : {reserves}) va de 0 à "
            f"{RESERVES_MAX}."
        )
    computed = reading(variant)
    if not computed.is_possible:
        raise Refusal(
            f"La variante « {variant.name} » ne propose rien : ses règles se contredisent."
        )
    return proposals(computed, reserves=reserves)


def _decisions(
    found: _Sorted, campaign: Campaign, *, now: datetime, person: int | None
) -> list[Decision]:
    """Those in reserve come after the theme's own, in the order proposed."""
    last, versions = _last_ranks(campaign), _versions(campaign)
    made = []
    for case, proposal in sorted(found.open, key=lambda pair: (pair[1].rank or 0, pair[0].pk)):
        rank = None
        if proposal.kind is DecisionKind.RESERVE:
            rank = last[case.theme_id] = last.get(case.theme_id, 0) + 1
        made.append(
            Decision(
                case=case,
                kind=proposal.kind,
                rank=rank,
                reason=proposal.reason,
                version=versions.get(case.pk, 0) + 1,
                prepared_at=now,
                prepared_by_id=person,
            )
        )
    return made


def _last_ranks(campaign: Campaign) -> dict[int, int]:
    """By theme, how many are in reserve already."""
    rows = Decision.objects.filter(case__campaign=campaign, kind=DecisionKind.RESERVE)
    found: dict[int, int] = {}
    for theme in rows.values_list("case__theme", flat=True):
        found[theme] = found.get(theme, 0) + 1
    return found


def _versions(campaign: Campaign) -> dict[int, int]:
    """By case, the version of its last decision that was taken back."""
    rows = CaseEvent.objects.filter(case__campaign=campaign).order_by("version", "pk")
    return dict(rows.values_list("case", "version"))


def _note(
    made: Sequence[Decision],
    variant: Variant,
    *,
    now: datetime,
    actor: Actor | None,
    behalf: int | None,
) -> None:
    deeds = [
        Deed(
            "decision.prepare",
            f"case:{one.case.application.code}",
            after={"kind": str(one.kind), "rank": one.rank, "version": one.version},
        )
        for one in made
    ]
    record_all(deeds=deeds, actor=acts.person_of(actor), now=now)
    record(
        actor=acts.person_of(actor),
        verb="choice.take_proposal",
        subject=f"variant:{variant.pk}",
        now=now,
        after={"count": len(made), "digest": variant.digest},
        on_behalf_of=behalf,
    )
