"""The applications of an academy side by side, on the same headings, in the order being tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch

from traam.applications.models import Answer, Application, Piece
from traam.applications.queries.calls import academy_options, core_with, day_of, deadline_of
from traam.applications.queries.people import INSPECTORS
from traam.applications.rules.life import ApplicationState
from traam.applications.screens.editing import UNTITLED, File, names
from traam.applications.screens.people import named
from traam.applications.screens.reading import Line, reading
from traam.campaigns.models import Campaign
from traam.campaigns.rules.questions import Form, Option
from traam.kit.text import plural
from traam.reference.models import Academy

S = ApplicationState
IN_HAND = (S.AWAITING_VISA, S.DEPOSITED)
_PIECES = Prefetch("pieces", Piece.objects.filter(removed_at=None))
FOLDED = 500  # characters: beyond, a cell opens at will


@dataclass(frozen=True)
class Beside(File):
    """One of several, fetched together: its answers and pieces, the academies are at hand."""

    academies: Sequence[Option] = ()

    @cached_property
    def core(self) -> Form:
        return core_with(self.academies, self.application.campaign)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return {one.field: one for one in self.application.answers.all()}

    @cached_property
    def pieces(self) -> list[Piece]:
        return list(self.application.pieces.all())


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application that may be ranked; `place`: its rank in the order being tried, or None."""

    application: Application
    title: str
    place: int | None
    up: tuple[str, ...]  # the order if it went up; empty when it is first
    down: tuple[str, ...]
    without: tuple[str, ...]  # the order if it were left to wait, or taken back in


@dataclass(frozen=True, slots=True)
class Heading:
    """A question, and what each candidate answers to it, in their order."""

    label: str
    cells: Sequence[Line]

    def is_long(self, line: Line) -> bool:
        return len(line.text) > FOLDED


@dataclass(frozen=True, slots=True)
class Shelf:
    """The headings of a section."""

    id: str
    title: str
    headings: Sequence[Heading]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An application of the academy that is not in the delegate's hands yet."""

    application: Application
    title: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page compares."""

    campaign: Campaign
    academy: Academy
    order: tuple[str, ...]
    candidates: Sequence[Candidate]
    shelves: Sequence[Shelf]
    elsewhere: Sequence[Elsewhere]
    visa_until: datetime | None  # the grace after the closing included

    @property
    def ranked(self) -> list[Candidate]:
        return [one for one in self.candidates if one.place is not None]

    def said(self, one: Candidate) -> str:
        """Its rank, for who does not see it change."""
        if one.place is None:
            return f"« {one.title} » : laissée en attente."
        return f"« {one.title} » : rang {one.place} sur {len(self.ranked)}."

    @property
    def awaited(self) -> int:
        return sum(one.application.state == S.AWAITING_VISA for one in self.candidates)


def comparison(
    *, campaign: Campaign, academy: Academy, order: Sequence[str] | None, now: datetime
) -> Comparison:
    """`order`: the codes being ranked, the first before; None: the ranks given, then the others."""
    found = Application.objects.filter(campaign=campaign, academy=academy)
    rows = list(
        found.select_related("campaign", "theme", "academy", "extension", "questionnaire")
        .prefetch_related("campaign__milestones", INSPECTORS, "answers", _PIECES)
        .order_by("pk")
    )
    mine = {one.code: one for one in rows if one.state in IN_HAND}
    tried = _tried(mine, order)
    shown = [*tried, *(code for code in mine if code not in tried)]
    academies = academy_options(day_of(now))
    files = [Beside(mine[code], now, academies=academies) for code in shown]
    others = [one for one in rows if one.state in (S.DRAFT, S.AWAITING_AGREEMENT)]
    return Comparison(
        campaign=campaign,
        academy=academy,
        order=tried,
        candidates=[_candidate(mine[code], tried) for code in shown],
        shelves=_shelves(files),
        elsewhere=[Elsewhere(one, one.title or UNTITLED) for one in others],
        visa_until=deadline_of(files[0].application).grace_ends_at if files else None,
    )


def _tried(mine: dict[str, Application], order: Sequence[str] | None) -> tuple[str, ...]:
    if order is not None:
        return tuple(dict.fromkeys(code for code in order if code in mine))
    ranked = sorted(mine.values(), key=lambda one: (one.rank is None, one.rank or 0, one.pk))
    return tuple(one.code for one in ranked)


def _candidate(application: Application, order: tuple[str, ...]) -> Candidate:
    code, title = application.code, application.title or UNTITLED
    if code not in order:
        return Candidate(application, title, None, (), (), (*order, code))
    index = order.index(code)
    up = swapped(order, index - 1) if index else ()
    down = swapped(order, index) if index < len(order) - 1 else ()
    without = tuple(one for one in order if one != code)
    return Candidate(application, title, index + 1, up, down, without)


def swapped(order: Sequence[str], index: int) -> tuple[str, ...]:
    """The order in which the one at `index` and the next have changed places."""
    made = list(order)
    made[index], made[index + 1] = made[index + 1], made[index]
    return tuple(made)


def by_numbers(numbers: Mapping[str, int], shown: Sequence[str]) -> tuple[str, ...]:
    """The order that typed numbers make. `shown`: every code, in the order it was read in.

    A number that changed takes its rank, and those left as they were make way.
    """
    places = {code: place for place, code in enumerate(shown, start=1)}
    found = [code for code in shown if numbers.get(code) == places[code]]
    changed = [code for code in shown if code in numbers and code not in found]
    last = 0
    for code in sorted(changed, key=lambda one: numbers[one]):
        last = max(numbers[code], last + 1)
        found.insert(last - 1, code)
    return tuple(found)


def _shelves(files: Sequence[File]) -> list[Shelf]:
    """The same headings for all: a question that one alone was asked keeps its row."""
    shelves: dict[str, tuple[str, dict[str, list[Line]]]] = {}
    for rank, file in enumerate(files):
        for part in reading(file, linked=False):
            _, headings = shelves.setdefault(part.id, (part.title, {}))
            for line in part.lines:
                cells = headings.setdefault(line.field, [])
                cells += [_nothing(line)] * (rank - len(cells))
                cells.append(line)
    made = [
        Shelf(key, title, [_heading(cells, len(files)) for cells in headings.values()])
        for key, (title, headings) in shelves.items()
    ]
    return [Shelf("around", "Autour", _around(files)), *made] if files else []


def _nothing(line: Line) -> Line:
    return Line(field=line.field, label=line.label)


def _heading(cells: list[Line], count: int) -> Heading:
    return Heading(cells[0].label, [*cells, *([_nothing(cells[0])] * (count - len(cells)))])


def _around(files: Sequence[File]) -> list[Heading]:
    """What is not an answer: the theme, the inspectors, the pieces."""
    facts = (
        ("Thème", lambda file: file.application.theme.shown_title),
        ("Inspection", lambda file: names(one.name for one in named(file, may_edit=False))),
        ("Pièces", lambda file: plural(len(file.pieces), "fichier") if file.pieces else "aucune"),
    )
    return [
        Heading(label, [Line(field=label, label=label, text=told(file)) for file in files])
        for label, told in facts
    ]
