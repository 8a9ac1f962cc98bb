"""The arbitration as its page shows it: states in words, who is served, what the rules do."""

from collections.abc import Iterator, Sequence

from traam.kit.text import FIXED, of, plural
from traam.selection.models import Departure
from traam.selection.optimiser.effects import GroupEffect
from traam.selection.queries.arbitration import Arbitration, Served, ThemeState

Badge = tuple[str, str]  # words, kind


class ArbitrationPage:
    """All that the page shows."""

    def __init__(self, found: Arbitration) -> None:
        self.found = found

    @property
    def states(self) -> list[tuple[ThemeState, list[Badge]]]:
        """Each theme with its marks; those that want an act first."""
        rows = [(one, list(_marks(one))) for one in self.found.states]
        return sorted(rows, key=lambda row: (not row[0].cases, not row[1]))

    @property
    def clashes(self) -> list[str]:
        """What is to be settled between themes, in French."""
        found = []
        for academy, themes, most in self.found.over:
            names = ", ".join(f"« {one.shown_title} »" for one in themes)
            found.append(
                f"L’académie {of(academy.name)} est retenue sur {plural(len(themes), 'thème')}, "
                f"pour {most} au plus : {names}."
            )
        for one, other in self.found.twice:
            if {one.application.code, other.application.code} in self.found.gathered.pairs:
                found.append(
                    f"« {one.application.title} » ({one.application.academy.name}) et "
                    f"« {other.application.title} » ({other.application.academy.name}) sont "
                    "retenues, alors qu’elles sont déclarées incompatibles."
                )
                continue
            found.append(
                f"Sur « {one.theme.shown_title} », {one.application.academy.name} et "
                f"{other.application.academy.name} sont retenues, alors que l’une est associée à "
                "l’autre."
            )
        for decision in self.found.withdrawn:
            application = decision.case.application
            found.append(
                f"Une décision reste préparée pour « {application.title or application.code} » "
                f"({application.academy.name}), qui n’est plus à l’étude : rien n’en sera annoncé."
            )
        return found

    @property
    def without(self) -> str:
        """« Caen, Lille »: who answered and is on no theme."""
        return ", ".join(one.name for one in self.found.without)

    @property
    def contradiction(self) -> list[str]:
        computed = self.found.computed
        if computed is None or computed.is_possible:
            return []
        return computed.contradiction(names=self.found.gathered.names())

    @property
    def served(self) -> list[tuple[str, str, str, str]]:
        """What, decided so far, proposed, and the most that could be."""
        decided, most = self.found.decided, self.found.answered
        proposed = self.found.proposed
        rows = [
            ("Académies retenues sur un thème au moins", "academies"),
            ("Candidatures retenues", "retained"),
            ("Régions académiques", "regions"),
            ("Outre-mer", "overseas"),
            ("Nouvelles venues", "newcomers"),
        ]
        found = [
            (label, _number(decided, name), _number(proposed, name), _number(most, name))
            for label, name in rows
        ]
        for title, name in (("Niveau", "levels"), ("Établissement", "schools")):
            for word in getattr(most, name):
                first, second, third = (_word(one, name, word) for one in (decided, proposed, most))
                found.append((f"{title}{FIXED}: {word}", first, second, third))
        return found

    @property
    def effects(self) -> Sequence[GroupEffect]:
        return self.found.computed.effects if self.found.computed else ()

    @property
    def departures(self) -> list[tuple[Departure, bool]]:
        """The latest first; whether each still holds."""
        seen: set[int] = set()
        rows = []
        for one in self.found.departures:
            decision = self.found.decisions.get(one.case_id)
            holds = decision is not None and decision.kind == one.decided
            rows.append((one, holds and one.case_id not in seen))
            seen.add(one.case_id)
        return rows


def _marks(one: ThemeState) -> Iterator[Badge]:
    if one.undecided:
        yield f"{one.undecided} à décider", "warning"
    if one.retained > one.maximum:
        yield f"{one.retained} pour {one.maximum} prévues", "error"
    if not one.undecided and one.retained < one.minimum:
        yield f"{one.retained} sur {one.minimum} au moins", "error"


def _number(served: Served | None, name: str) -> str:
    return "–" if served is None else str(getattr(served, name))


def _word(served: Served | None, name: str, word: str) -> str:
    return "–" if served is None else str(getattr(served, name).get(word, 0))
