"""What becomes of each case: decided by its theme's experts and inspectors general, arbitrated by
the pilot. The computed choice advises; people decide."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns.models import Theme
from traam.journal.rules import Scalar
from traam.kit.refusals import Refusal, need_read
from traam.kit.text import of
from traam.selection import acts, telling
from traam.selection.models import Case, CaseEvent, Decision, Departure, Variant
from traam.selection.queries.deciding import ARBITRATE
from traam.selection.queries.readings import review_warnings
from traam.selection.queries.variants import reading
from traam.selection.rules.life import DecisionKind, DecisionState, decision_faults
from traam.selection.rules.proposing import computed_kind, departs

TEXT_MAX = 20_000  # characters, of remarks
MILLI = Decimal("0.001")
ARBITRATED = "decision.arbitrate"
PILOT_ONLY = "Cette décision a été arbitrée : seul le pilote national la change."
ANNOUNCED = "Cette décision est annoncée : elle ne se change plus ici."


class Outdated(Refusal):
    """Someone else has decided since it was read; `present`: the decision now, None if none."""

    def __init__(self, present: Decision | None) -> None:
        super().__init__(
            "Quelqu’un d’autre a décidé de ce dossier pendant que vous écriviez : sa décision est "
            "montrée, et ce que vous aviez écrit est gardé. Relisez, puis enregistrez."
        )
        self.present = present


class NeedsDeparture(Refusal):
    """The decision departs from the proposal: it wants its own reason."""


@dataclass(frozen=True)
class Against:
    """What the proposal of reference said of this case, where the decision departs from it."""

    variant: Variant
    computed: DecisionKind
    price: Decimal | None


@transaction.atomic
def decide(
    *,
    case: Case,
    kind: DecisionKind,
    rank: int | None = None,
    reason: str = "",
    remarks: str = "",
    departure: str = "",
    version: int,
    now: datetime,
    actor: Actor | None,
    known: Collection[str] | None = None,
) -> Decision:
    """Prepare its decision, or change it. `rank`: in the reserve, None: after the others.

    `departure`: why, where it departs from the proposal of reference; or why the pilot decides
    otherwise than the theme did. `version`: of the decision that was read, 0 without one. `known`:
    what the page has warned of (`need_read`).
    Raises `NotAllowed`, `Outdated`, `NeedsDeparture`, or `Refusal` (a withdrawn application is
    named, everything else too).
    """
    _hold_theme(case.theme_id)
    held = acts.held_case(case)
    behalf = acts.may_decide(actor, held)
    acts.need_open(held)
    _need_deposited(held)
    present = _present(held, version=version)
    _need_arbitrator(held, present, actor)
    if kind is DecisionKind.RESERVE and rank is None:
        rank = _last_rank(held, present)
    if faults := [*decision_faults(kind=kind, rank=rank), *_text_faults(reason, remarks)]:
        raise Refusal(*faults)
    against = _against(held, kind)
    overruled = _overruled(held, present, kind, actor)
    words = departure.strip()
    _need_words(words, against=against, overruled=overruled, present=present, case=held, kind=kind)
    need_read(review_warnings(held), known)
    before = _facts(present) if present else None
    made = _written(held, present, kind=kind, reason=reason, remarks=remarks, now=now, actor=actor)
    _arrange(held.theme_id, made, rank)
    if against and words:
        _depart(held, against, kind=kind, reason=words, now=now, actor=actor)
    if overruled:
        _overrule(held, overruled, reason=words, now=now, actor=actor)
    verb = "decision.change" if present else "decision.prepare"
    after = _facts(made) | {"departs": against is not None}
    acts.note_case(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    return made


def _hold_theme(theme: int) -> None:
    """Ranks of a theme's reserve are given one decision after the other."""
    Theme.objects.select_for_update(of=("self",)).get(pk=theme)


def _need_deposited(case: Case) -> None:
    """A decision on a withdrawn application is refused, and named."""
    try:
        acts.need_studied(case)
    except Refusal:
        name = case.application.title or case.application.code
        raise Refusal(
            f"La candidature « {name} » de l’académie {of(case.application.academy.name)} n’est "
            "plus à l’étude : elle a été retirée, ou rendue à ses auteurs. Aucune décision ne se "
            "prend."
        ) from None


def _present(case: Case, *, version: int) -> Decision | None:
    found = Decision.objects.select_for_update(of=("self",)).filter(case=case).first()
    if found is not None and found.state == DecisionState.ANNOUNCED:
        raise Refusal(ANNOUNCED)
    if (found.version if found else 0) != version:
        raise Outdated(found)
    return found


def _text_faults(reason: str, remarks: str) -> list[str]:
    found = []
    if len(reason) > acts.REASON_MAX:
        found.append(f"Le motif ({len(reason)} caractères) doit tenir en {acts.REASON_MAX}.")
    if len(remarks) > TEXT_MAX:
        found.append(f"Les remarques ({len(remarks)} caractères) doivent tenir en {TEXT_MAX}.")
    return found


def _against(case: Case, kind: DecisionKind) -> Against | None:
    variant = Variant.objects.filter(campaign=case.campaign, is_reference=True).first()
    if variant is None:
        return None
    computed = reading(variant)
    code = case.application.code
    proposed = computed_kind(computed, code)
    if proposed is None or not departs(proposed, kind):
        return None
    price = computed.price_of(code, is_in=kind is DecisionKind.RETAINED)
    return Against(variant, proposed, None if price is None else _points(price))


def _points(price: float) -> Decimal:
    return Decimal(repr(price)).quantize(MILLI)


def _arbitrates(actor: Actor | None, case: Case) -> bool:
    return actor is None or actor.allows(ARBITRATE, case.place())


def _need_arbitrator(case: Case, present: Decision | None, actor: Actor | None) -> None:
    """What the pilot has arbitrated is changed by the pilot alone."""
    was = present is not None and CaseEvent.objects.filter(case=case, kind=ARBITRATED).exists()
    if was and not _arbitrates(actor, case):
        raise Refusal(PILOT_ONLY)


def _overruled(
    case: Case, present: Decision | None, kind: DecisionKind, actor: Actor | None
) -> int | None:
    """The person whose decision the pilot changes."""
    if present is None or actor is None or present.kind == kind or present.prepared_by_id is None:
        return None
    is_other = present.prepared_by_id != actor.person
    return present.prepared_by_id if is_other and _arbitrates(actor, case) else None


def _need_words(
    words: str,
    *,
    against: Against | None,
    overruled: int | None,
    present: Decision | None,
    case: Case,
    kind: DecisionKind,
) -> None:
    if len(words) > acts.REASON_MAX:
        raise NeedsDeparture(f"Ce motif ({len(words)} caractères) doit tenir en {acts.REASON_MAX}.")
    if words:
        return
    if overruled is not None:
        raise NeedsDeparture(
            "Vous changez ce que quelqu’un d’autre avait décidé : dites pourquoi, en une phrase."
        )
    if against is None:
        return
    is_same = present is not None and present.kind == kind
    said = Departure.objects.filter(case=case, variant=against.variant, decided=kind)
    if not (is_same and said.exists()):
        raise NeedsDeparture(
            f"Cette décision s’écarte de la proposition « {against.variant.name} », qui est "
            f"« {against.computed.label} » : dites pourquoi, en une phrase."
        )


def _written(
    case: Case,
    present: Decision | None,
    *,
    kind: DecisionKind,
    reason: str,
    remarks: str,
    now: datetime,
    actor: Actor | None,
) -> Decision:
    made = present or Decision(case=case, version=_last_version(case))
    made.kind = kind
    made.rank = 1 if kind is DecisionKind.RESERVE else None  # `_arrange` gives it its place
    made.reason, made.remarks = reason.strip(), remarks.strip()
    made.version += 1
    made.prepared_at, made.prepared_by_id = now, acts.person_of(actor)
    made.save()
    return made


def _last_version(case: Case) -> int:
    """Of the decisions that were taken back: the next one counts on."""
    found = CaseEvent.objects.filter(case=case).order_by("-version", "pk").first()
    return found.version if found else 0


def _reserve(theme: int) -> list[Decision]:
    rows = Decision.objects.filter(case__theme=theme, kind=DecisionKind.RESERVE)
    return list(rows.order_by("rank", "pk"))


def _last_rank(case: Case, present: Decision | None) -> int:
    others = [one for one in _reserve(case.theme_id) if present is None or one.pk != present.pk]
    if present is not None and present.rank is not None:
        return present.rank
    return len(others) + 1


def _arrange(theme: int, made: Decision, rank: int | None) -> None:
    """The ranks of a theme's reserve: 1, 2, 3… with this decision at its place."""
    rows = [one for one in _reserve(theme) if one.pk != made.pk]
    if rank is not None:
        rows.insert(min(rank, len(rows) + 1) - 1, made)
    for place, one in enumerate(rows, 1):
        if one.rank != place:
            one.rank = place
            one.save(update_fields=["rank"])


def _facts(one: Decision) -> dict[str, Scalar]:
    return {"kind": str(one.kind), "rank": one.rank, "version": one.version}


def _depart(
    case: Case,
    against: Against,
    *,
    kind: DecisionKind,
    reason: str,
    now: datetime,
    actor: Actor | None,
) -> None:
    Departure.objects.create(
        case=case,
        variant=against.variant,
        computed=against.computed,
        decided=kind,
        reason=reason,
        price=against.price,
        at=now,
        person_id=acts.need_actor(actor),
    )


def _overrule(case: Case, person: int, *, reason: str, now: datetime, actor: Actor | None) -> None:
    """Keep why, and tell whoever had decided."""
    CaseEvent.objects.create(
        case=case, kind=ARBITRATED, reason=reason, at=now, person_id=acts.person_of(actor)
    )
    telling.arbitrated(case, person, now=now)


@transaction.atomic
def take_back_decision(
    *, case: Case, reason: str, version: int, now: datetime, actor: Actor | None
) -> None:
    """Its decision is to be taken again; the reason stays. Twice is once.

    Raises `NotAllowed`, `Outdated` or `Refusal`.
    """
    _hold_theme(case.theme_id)
    held = acts.held_case(case)
    behalf = acts.may_decide(actor, held)
    acts.need_open(held)
    if version and not Decision.objects.filter(case=held).exists():
        return
    present = _present(held, version=version)
    if present is None:
        return
    _need_arbitrator(held, present, actor)
    words = acts.need_reason(reason)
    CaseEvent.objects.create(
        case=held,
        kind="decision.take_back",
        reason=words,
        version=present.version,
        at=now,
        person_id=acts.person_of(actor),
    )
    before = _facts(present)
    present.delete()
    _arrange(held.theme_id, present, None)
    acts.note_case("decision.take_back", held, actor=actor, behalf=behalf, now=now, before=before)
