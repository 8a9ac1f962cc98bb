"""The deliberation as its page shows it: lines, states in words, the map, what was tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from traam.campaigns.models import Theme
from traam.kit.maps import Area, Drawing, drawn
from traam.kit.sheets import Cell, Sheet
from traam.kit.text import between, plural
from traam.reference.models import Academy
from traam.selection.models import Case, Decision, Departure, Lock
from traam.selection.optimiser.explain import Held
from traam.selection.optimiser.wording import points
from traam.selection.queries.deliberation import Deliberation
from traam.selection.queries.ranking import Row
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.proposing import computed_kind, departs, proposes

D = DecisionKind
TAB_MAX = 31  # characters, of a sheet's name
SHEET_HEADERS = (
    *("Rang", "Académie", "Projet", "Avis rendus", "Moyenne", "Médiane", "Écart-type"),
    *("Note corrigée", "À discuter", "Proposition", "Solidité", "Décision"),
)
CONFLICT = "Dossier en conflit d’intérêts pour vous"
CONFLICT_IN_ROOM = "Dossier en conflit d’intérêts pour une personne présente"
BADGES = {D.RETAINED: "success", D.RESERVE: "info", D.NOT_RETAINED: ""}


@dataclass(frozen=True)
class Line:
    """A case that the reader may know; its numbers are absent while they owe their own review."""

    row: Row
    case: Case
    decision: Decision | None
    lock: Lock | None
    proposed: DecisionKind | None
    reserve_rank: int | None  # in the proposal
    held: Held | None
    why: str
    may_decide: bool
    is_arbitrated: bool

    @property
    def title(self) -> str:
        return self.case.application.title or "Sans titre"

    @property
    def academies(self) -> str:
        names = [one.academy.name for one in self.case.application.associated.all()]
        own = self.case.application.academy.name
        return f"{own} (avec {', '.join(names)})" if names else own

    @property
    def kind(self) -> DecisionKind | None:
        return D(self.decision.kind) if self.decision else None

    @property
    def departs(self) -> bool:
        return self.kind is not None and departs(self.proposed, self.kind)

    @property
    def proposed_label(self) -> str:
        """« retenue », « en réserve, 2e », « non retenue »."""
        if self.proposed is None:
            return "hors du calcul"
        if self.proposed is D.RESERVE and self.reserve_rank:
            return f"non retenue, {ordinal(self.reserve_rank)} à appeler"
        return self.proposed.label

    @property
    def decided_label(self) -> str:
        if self.decision is None:
            return "à décider"
        if self.kind is D.RESERVE and self.decision.rank:
            return f"en réserve, {ordinal(self.decision.rank)}"
        return D(self.decision.kind).label

    @property
    def badge(self) -> str:
        return BADGES[self.kind] if self.kind else "warning"

    @property
    def firmness(self) -> str:
        """« solide », « fragile », « imposée »; "" where it is not retained by the computation."""
        if self.held is None:
            return ""
        if self.held.is_imposed:
            return "imposée"
        if self.held.margin is None:
            return ""
        return "solide" if self.held.is_robust else "fragile"


def ordinal(number: int) -> str:
    return "1re" if number == 1 else f"{number}e"


class DeliberationPage:
    """All that the page of a theme shows."""

    def __init__(self, found: Deliberation, academies: Sequence[Academy]) -> None:
        self.found = found
        self.theme: Theme = found.theme
        self.academies = academies

    @cached_property
    def lines(self) -> list[Line]:
        """Those that the reader may know, in the order of the ranking."""
        return [
            self._line(row, row.case)
            for row in self.found.ranking.rows
            if row.case is not None and row.case.pk in self.found.visible
        ]

    def _line(self, row: Row, case: Case) -> Line:
        found, code = self.found, case.application.code
        is_told = found.computed is not None and not row.owes
        computed = found.computed if is_told else None
        reserve = computed.reserve(self.theme.code) if computed else ()
        return Line(
            row=row,
            case=case,
            decision=found.decisions.get(case.pk),
            lock=found.locks.get(case.pk),
            proposed=computed_kind(computed, code) if computed else None,
            reserve_rank=reserve.index(code) + 1 if code in reserve else None,
            held=computed.held().get(code) if computed else None,
            why=computed.sentence(code, names=found.names) if computed else "",
            may_decide=case.pk in found.decidable,
            is_arbitrated=case.pk in found.arbitrated,
        )

    @cached_property
    def hidden(self) -> list[str]:
        """A sentence for each line that the reader, or someone in the room, may not know."""
        own = sum(row.case is None for row in self.found.ranking.rows)
        room = len(self.found.ranking.rows) - own - len(self.lines)
        return [CONFLICT] * own + [CONFLICT_IN_ROOM] * room

    def sheet(self) -> Sheet:
        """The ranking as it is shown, for a spreadsheet."""
        return Sheet(self.theme.shown_title[:TAB_MAX], SHEET_HEADERS, self._sheet_rows())

    def _sheet_rows(self) -> Iterator[Sequence[Cell]]:
        for line in self.lines:
            row, said = line.row, line.row.summary
            yield (
                row.place.label if row.place and not row.owes else None,
                line.academies,
                line.title,
                row.given,
                said.mean if said else None,
                said.median if said else None,
                said.deviation if said else None,
                row.corrected,
                "oui" if row.is_to_discuss else "",
                line.proposed_label if self.found.computed and not row.owes else None,
                line.firmness,
                line.decided_label,
            )
        for sentence in self.hidden:
            yield (None, sentence, *[None] * 10)

    # -- the numbers

    @property
    def minimum(self) -> int:
        rules = self.theme.campaign.call_rules
        given = self.theme.academies_min
        return rules.academies_min if given is None else given

    @property
    def maximum(self) -> int:
        rules = self.theme.campaign.call_rules
        given = self.theme.academies_max
        return rules.academies_max if given is None else given

    def count(self, kind: str) -> int:
        return sum(one.kind == kind for one in self.found.decisions.values())

    @property
    def undecided(self) -> int:
        return sum(one.pk not in self.found.decisions for one in self.found.cases)

    @property
    def offers(self) -> bool:
        """Would the reader prepare a decision by taking the proposal?"""
        return proposes(self.found.computed, [one.application.code for one in self._left])

    @property
    def why_not_offered(self) -> str:
        """What keeps the proposal from being taken while something is left to decide, and what the
        reader does instead; "" where there is none, or it may be taken."""
        found = self.found
        if found.reference is None or found.computed is None or not self.undecided or self.offers:
            return ""
        if not found.computed.is_possible:
            why = f"« {found.reference.name} » ne propose rien : ses règles se contredisent."
        elif not self._left:
            return "Ce qui reste à décider le sera par une autre personne."
        else:
            why = f"« {found.reference.name} » ne dit rien des dossiers qui restent."
        return f"{why} Décidez-les un par un ci-dessous, ou attendez un nouveau calcul."

    @property
    def _left(self) -> list[Case]:
        """The cases without a decision that the reader may decide of."""
        decisions, allowed = self.found.decisions, self.found.decidable
        return [one for one in self.found.cases if one.pk in allowed and one.pk not in decisions]

    @property
    def places(self) -> str:
        """« de 4 à 8 académies »."""
        return between(self.minimum, self.maximum, "académie")

    @property
    def warnings(self) -> list[str]:
        """What is to be known before the theme is closed."""
        kept = self.count("retained")
        found = []
        if kept > self.maximum:
            found.append(
                f"{plural(kept, 'académie retenue', 'académies retenues')} pour {self.maximum} "
                "prévues : c’est possible, dites pourquoi."
            )
        if not self.undecided and kept < self.minimum:
            found.append(
                f"{plural(kept, 'académie retenue', 'académies retenues')} : le thème en demande "
                f"au moins {self.minimum}."
            )
        return found

    @property
    def effects(self) -> list[str]:
        return [effect.label for effect in self.found.ranking.effects]

    @property
    def departures(self) -> list[tuple[Departure, bool]]:
        """Those of visible cases, the latest first; whether each still holds."""
        seen: set[int] = set()
        rows = []
        for one in self.found.departures:
            if one.case_id not in self.found.visible:
                continue
            decision = self.found.decisions.get(one.case_id)
            holds = decision is not None and decision.kind == one.decided
            rows.append((one, holds and one.case_id not in seen))
            seen.add(one.case_id)
        return rows

    @property
    def unsaid(self) -> list[Line]:
        """The decisions that depart from the present reference without a reason of their own."""
        if self.found.reference is None:
            return []
        said = {
            (one.case_id, one.decided)
            for one in self.found.departures
            if one.variant_id == self.found.reference.pk
        }
        return [one for one in self.lines if one.departs and (one.case.pk, one.kind) not in said]

    # -- the map

    LEGEND = (
        ("full", "R", "décidée : retenue"),
        ("lines", "P", "proposée par le calcul, à décider"),
        ("dots", "r", "en réserve"),
        ("cross", "c", "candidate, ni retenue ni en réserve"),
        ("none", "", "sans candidature visible ici"),
    )

    @cached_property
    def drawing(self) -> Drawing:
        marks = self._marks()
        return drawn(
            Area(
                one.code,
                one.name,
                tuple(one.departments),
                *marks.get(one.code, ("none", "", "sans candidature visible ici")),
            )
            for one in self.academies
        )

    def _marks(self) -> dict[str, tuple[str, str, str]]:
        styles = {words: (style, letter, words) for style, letter, words in self.LEGEND}
        found = {}
        for line in self.lines:
            found[line.case.application.academy.code] = styles[_state(line)]
        return found

    @property
    def map_text(self) -> str:
        """What the map shows, for who hears it."""
        groups: dict[str, list[str]] = {}
        for line in self.lines:
            groups.setdefault(_state(line), []).append(line.case.application.academy.name)
        said = [f"{words} : {', '.join(names)}" for words, names in groups.items()]
        return ". ".join(said) + "." if said else "Aucune candidature n’est visible ici."


def _state(line: Line) -> str:
    """The words of the legend for a line: what is decided, else what is proposed."""
    if line.kind is D.RETAINED:
        return "décidée : retenue"
    if line.kind is D.RESERVE:
        return "en réserve"
    if line.kind is None and line.proposed is D.RETAINED:
        return "proposée par le calcul, à décider"
    return "candidate, ni retenue ni en réserve"


def price(value: float | Decimal | None) -> str:
    """« 1,25 point », « – »."""
    return "–" if value is None else points(float(value))


def shown(value: float | Decimal | None) -> str:
    """« 12,50 »: a number on 20; « – » without one."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def words_of_kind(value: str) -> str:
    """« retenue »: of a decision as it is kept."""
    return D(value).label
