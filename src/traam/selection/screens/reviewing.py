"""A review's page: the version read on one side, the grid on the other, what is owed around."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.forms.boundfield import BoundField
from django.urls import reverse

from traam.access.actor import Actor
from traam.applications.models import Deposit
from traam.applications.queries.calls import form_of
from traam.applications.rules.answers import Value
from traam.applications.rules.life import ApplicationState
from traam.applications.screens.editing import File, hour, moment
from traam.applications.screens.reading import PartRead, reading
from traam.campaigns.models import Questionnaire
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.grid import Grid, missing_faults, total
from traam.campaigns.rules.questions import Form
from traam.kit.diff import words as difference_of
from traam.kit.layout import find
from traam.selection.actions.reviewing import SCORE, TEXTS
from traam.selection.forms.reviews import TEXT_LABELS, ReviewForm, mark
from traam.selection.models import Review
from traam.selection.queries.grids import grid_of, meaning
from traam.selection.queries.reviews import Others, Way, others_reviews, way
from traam.selection.rules.life import DeclineReason, ReviewState

TAKEN_BACK = "repris : l’avis n’est plus demandé"


@dataclass(frozen=True)
class DepositFile(File):
    """An application as it was deposited: that version's questions and answers, and no other's."""

    deposit: Deposit | None = None

    @cached_property
    def form(self) -> Form:
        present = self.application.questionnaire
        number: int = self._content.get("questionnaire", present.number)
        if number == present.number:
            return form_of(present)
        asked = Questionnaire.objects.filter(campaign=self.application.campaign, number=number)
        return form_of(asked.first() or present)

    @cached_property
    def values(self) -> dict[str, Value]:
        said: dict[str, Value] = self._content.get("answers", {})
        return said

    @property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = self.deposit.content if self.deposit else {}
        return content

    @property
    def files(self) -> list[Mapping[str, Any]]:
        return list(self._content.get("pieces", []))


@dataclass(frozen=True, slots=True)
class Rival:
    """Two texts of a field, written at once in two tabs."""

    present: str
    other: str
    at: str


@dataclass(frozen=True, slots=True)
class Box:
    """A field of the grid, with what saving it needs."""

    bound: BoundField
    base: int
    was: str
    rival: Rival | None = None

    @property
    def name(self) -> str:
        return self.bound.name

    @property
    def is_score(self) -> bool:
        return self.name.startswith(SCORE)


@dataclass(frozen=True, slots=True)
class Given:
    """A criterion and the score it was given, to be read."""

    label: str
    score: int | None
    maximum: int
    words: str


@dataclass(frozen=True)
class ReviewPage:
    """All that the page of a review shows to this reader."""

    review: Review
    actor: Actor
    now: datetime
    # What a form sent and could not be kept: shown again in place of what is kept.
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def grid(self) -> Grid:
        return grid_of(self.review.case.campaign)

    @cached_property
    def newest(self) -> Deposit | None:
        return self.review.case.application.deposits.order_by("-number", "pk").first()

    @property
    def deposit(self) -> Deposit | None:
        """The version that is shown: the one read, else the one that would be."""
        return self.review.deposit or self.newest

    @property
    def is_outdated(self) -> bool:
        read, last = self.review.deposit, self.newest
        return read is not None and last is not None and read.number < last.number

    @cached_property
    def file(self) -> DepositFile:
        return self._file(self.deposit)

    def _file(self, deposit: Deposit | None) -> DepositFile:
        return DepositFile(self.review.case.application, self.now, is_read=True, deposit=deposit)

    @cached_property
    def answers(self) -> list[PartRead]:
        return reading(self.file, linked=False)

    @cached_property
    def changes(self) -> list[tuple[str, Any]]:
        """What the version deposited since says otherwise: (question, its difference)."""
        if not self.is_outdated:
            return []
        later = self._file(self.newest)
        before = {one.field: (one.label, said(one)) for part in self.answers for one in part.lines}
        after = {
            one.field: (one.label, said(one))
            for part in reading(later, linked=False)
            for one in part.lines
        }
        return [
            (after.get(name, before.get(name, ("", "")))[0], difference_of(old, new))
            for name in dict.fromkeys([*before, *after])
            if (old := before.get(name, ("", ""))[1]) != (new := after.get(name, ("", ""))[1])
        ]

    # -- the grid

    @property
    def is_mine(self) -> bool:
        """May this reader write it, were it not begun yet?"""
        return self.is_studied and self.actor.allows("review.write", self.place)

    @property
    def is_studied(self) -> bool:
        return self.review.case.application.state == ApplicationState.DEPOSITED

    @cached_property
    def place(self) -> Any:
        return self.review.place()

    @property
    def may_write(self) -> bool:
        return self.review.state == ReviewState.BEGUN and self.is_mine

    @property
    def may_begin(self) -> bool:
        return self.review.state == ReviewState.ASSIGNED and self.is_mine

    @property
    def may_decline(self) -> bool:
        return self.actor.allows("review.decline", self.place)

    @property
    def may_reopen(self) -> bool:
        return self.actor.allows("review.reopen", self.place)

    @cached_property
    def form(self) -> ReviewForm:
        kept = {name: self.value(name) for name in self.names}
        return ReviewForm(self.grid, typed={**kept, **self.typed}, faults=self.faults)

    @property
    def names(self) -> list[str]:
        return [*(f"{SCORE}{one.key}" for one in self.grid.criteria), *TEXTS]

    def value(self, name: str) -> str:
        """What the field says, as a control holds it."""
        if name in TEXTS:
            return str(getattr(self.review, name))
        score = self.review.scores.get(name.removeprefix(SCORE))
        return "" if score is None else str(score)

    def boxes(self) -> list[Box]:
        return [self.box(name) for name in self.names]

    def box(self, name: str) -> Box:
        return Box(
            self.form[name],
            base=self.review.fields.get(name, {}).get("version", 0),
            was=mark(self.value(name)),
            rival=self.rival(name),
        )

    def rival(self, name: str) -> Rival | None:
        """The two texts of a field that wait for a choice; None when there is one text."""
        other = next((one for one in self.review.asides if one["field"] == name), None)
        if other is None:
            return None
        at = datetime.fromisoformat(other["at"])
        value = "" if other["value"] is None else str(other["value"])
        return Rival(self.value(name), value, hour(at))

    @property
    def given(self) -> list[Given]:
        """The grid to be read."""
        return [
            Given(one.label, score, one.maximum, words_of(score, one.maximum))
            for one in self.grid.criteria
            for score in [self.review.scores.get(one.key)]
        ]

    @property
    def total(self) -> Decimal | None:
        return total(self.grid, self.review.scores)

    @property
    def missing(self) -> int:
        return len(missing_faults(self.grid, self.review.scores))

    @property
    def saved_at(self) -> str:
        at = self.review.saved_at
        return f"Enregistré {moment(at, self.now)}" if at else ""

    @cached_property
    def due(self) -> datetime | None:
        return self.review.case.campaign.calendar.at(Milestone.REVIEWS_DUE)

    @property
    def declined_for(self) -> str:
        """Why it is declined, in words."""
        code = self.review.declined_for
        return DeclineReason(code).label if code else TAKEN_BACK

    # -- around

    @cached_property
    def others(self) -> Others:
        return others_reviews(self.actor, self.review)

    @cached_property
    def way(self) -> Way:
        return way(self.actor, self.review)

    @property
    def attributes(self) -> dict[str, str]:
        """What the script of the form reads."""
        key = self.review.pk
        return {
            "id": "avis",
            "data-save": reverse("review_save", kwargs={"key": key}),
            "data-poll": reverse("review_poll", kwargs={"key": key}),
            "data-person": str(self.actor.person),
            "data-review": f"avis-{key}",
            "data-sign-in": f"{find('sign_in')}?next={reverse('review_edit', kwargs={'key': key})}",
        }


def said(line: Any) -> str:
    """An answer as one text, to be compared."""
    if line.table:
        return "\n".join(", ".join(cells) for cells in line.table)
    return line.text or "\n".join(line.items)


def words_of(score: int | None, maximum: int) -> str:
    return "pas encore de note" if score is None else meaning(score, maximum)


def label_of(grid: Grid, name: str) -> str:
    """The words of a field, for an error."""
    labels = {f"{SCORE}{one.key}": one.label for one in grid.criteria}
    return labels.get(name) or TEXT_LABELS[name][0]
