"""What syntheses await from a person; each question costs nothing to whom it cannot concern."""

from collections import Counter

from django.db.models import Q, QuerySet

from traam.access.actor import Actor
from traam.groups.models import NationalGroup
from traam.syntheses.models import Evidence, Finding, Sending, Signature, Synthesis
from traam.syntheses.models.finding import STALE
from traam.syntheses.queries.contents import ACADEMIC, NATIONAL
from traam.syntheses.rules.life import Capacity, SynthesisKind, SynthesisState

S = SynthesisState
SIGNING = {
    Capacity.GENERAL_INSPECTION: f"{NATIONAL}.sign_ig",
    Capacity.DNE: f"{NATIONAL}.sign_expert",
}


def _over(actor: Actor, verb: str, state: SynthesisState) -> QuerySet[Synthesis]:
    """The syntheses in this state over which this person has this right, whatever their kind."""
    wanted = Q(pk__in=[])
    is_national = Q(kind=SynthesisKind.NATIONAL)
    for family, kinds in ((NATIONAL, is_national), (ACADEMIC, ~is_national)):
        if actor.may(f"{family}.{verb}"):
            allowed = Synthesis.objects.over_which(actor, f"{family}.{verb}")
            wanted |= kinds & Q(pk__in=allowed.values("pk"))
    return Synthesis.objects.filter(wanted, state=state).order_by("state_at", "pk")


def to_validate(actor: Actor) -> list[Synthesis]:
    """Those that wait for this person's validation."""
    return list(_over(actor, "validate", S.IN_VALIDATION))


def to_correct(actor: Actor) -> list[Synthesis]:
    """Those sent back, that this person may write."""
    return list(_over(actor, "write", S.CORRECTIONS_ASKED))


def to_publish(actor: Actor) -> list[Synthesis]:
    """Signed ones that this person may publish."""
    return list(_over(actor, "publish", S.SIGNED))


def to_sign(actor: Actor) -> list[Synthesis]:
    """National ones that lack this person's signature, in a capacity of theirs."""
    found: dict[int, Synthesis] = {}
    for capacity, right in SIGNING.items():
        if not actor.may(right):
            continue
        given = Signature.objects.filter(capacity=capacity, voided_at=None)
        mine = Signature.objects.filter(person=actor.person, voided_at=None)
        rows = (
            Synthesis.objects.over_which(actor, right)
            .filter(kind=SynthesisKind.NATIONAL, state=S.VALIDATED)
            .exclude(pk__in=given.values("synthesis"))
            .exclude(pk__in=mine.values("synthesis"))
        )
        found |= {one.pk: one for one in rows.order_by("pk")}
    return list(found.values())


def to_receive(actor: Actor) -> list[Synthesis]:
    """Those sent to this person, who has not said that they have them."""
    if actor.person is None:
        return []
    waiting = Sending.objects.filter(person=actor.person, received_at=None)
    rows = Synthesis.objects.living().filter(pk__in=waiting.values("synthesis"))
    return list(rows.order_by("pk"))


def to_read_again(actor: Actor) -> list[tuple[NationalGroup, int]]:
    """By group, how many findings of this person's rest on evidence that has changed."""
    if not actor.may("finding.write"):
        return []
    stale = Evidence.objects.filter(STALE).values("finding")
    mine = Finding.objects.standing().over_which(actor, "finding.write")
    counts = Counter(mine.filter(pk__in=stale).order_by("pk").values_list("group", flat=True))
    if not counts:
        return []
    groups = NationalGroup.objects.select_related("theme").in_bulk(sorted(counts))
    return [(groups[key], count) for key, count in sorted(counts.items())]
