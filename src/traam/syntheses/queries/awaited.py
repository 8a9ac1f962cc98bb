"""What syntheses await from a person; each question costs nothing to whom it cannot concern."""

from collections import Counter

from django.db.models import Q, QuerySet

from traam.access.actor import Actor
from traam.groups.models import NationalGroup
from traam.kit.together import Asking
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


def to_validate(actor: Actor) -> QuerySet[Synthesis]:
    """Those that wait for this person's validation."""
    return _over(actor, "validate", S.IN_VALIDATION)


def to_correct(actor: Actor) -> QuerySet[Synthesis]:
    """Those sent back, that this person may write."""
    return _over(actor, "write", S.CORRECTIONS_ASKED)


def to_publish(actor: Actor) -> QuerySet[Synthesis]:
    """Signed ones that this person may publish."""
    return _over(actor, "publish", S.SIGNED)


def to_sign(actor: Actor) -> Asking[list[Synthesis]]:
    """National ones that lack this person's signature, in a capacity of theirs."""
    asked = []
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
        asked.append(rows.order_by("pk"))
    found = yield tuple(asked)
    return list(dict.fromkeys(one for rows in found for one in rows))


def to_receive(actor: Actor) -> QuerySet[Synthesis]:
    """Those sent to this person, who has not said that they have them."""
    waiting = Sending.objects.filter(person=actor.person or 0, received_at=None)
    rows = Synthesis.objects.living().filter(pk__in=waiting.values("synthesis"))
    return rows.order_by("pk")


def to_read_again(actor: Actor) -> Asking[list[tuple[NationalGroup, int]]]:
    """By group, how many findings of this person's rest on evidence that has changed."""
    if not actor.may("finding.write"):
        return []
    stale = Evidence.objects.filter(STALE).values("finding")
    mine = Finding.objects.standing().over_which(actor, "finding.write")
    found = yield mine.filter(pk__in=stale).order_by("pk").values_list("group", flat=True)
    counts: Counter[int] = Counter(found)
    groups = NationalGroup.objects.filter(pk__in=counts).select_related("theme")
    return [(one, counts[one.pk]) for one in (yield groups.order_by("pk"))]
