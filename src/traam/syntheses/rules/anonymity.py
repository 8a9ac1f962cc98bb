"""What may be shown of an observation to the public (`rules.md` §3): five classes, or counts only.

Each finding has a page of its own. On every page, a description is shown by five classes or more;
and an observation bears the same description wherever it bears one, so that two pages read
together say no more than each of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CLASSES_MIN = 5
STEPS = 3  # as it is; the academy widened to its région; the level widened to its cycle too


@dataclass(frozen=True, slots=True)
class View:
    """What is displayed of an observation: codes, or the words themselves."""

    place: str
    audience: str
    discipline: str
    school_type: str
    month: str  # « 2026-11 »

    def as_data(self) -> dict[str, Any]:
        """Plain values; `View(**data)` gives them back."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Context:
    """Where an observation was made: a class (its trial), and what could be said of it."""

    observation: str  # its key
    trial: int
    academy: str
    region: str
    level: str
    cycle: str
    discipline: str = ""
    school_type: str = ""
    month: str = ""

    def view(self, step: int) -> View:
        """The description at a step of widening, 0 to 2."""
        return View(
            place=self.academy if step == 0 else self.region or self.academy,
            audience=self.cycle or self.level if step == STEPS - 1 else self.level,
            discipline=self.discipline,
            school_type=self.school_type,
            month=self.month,
        )

    @property
    def views(self) -> tuple[View, ...]:
        """From the narrowest to the widest."""
        return tuple(self.view(step) for step in range(STEPS))


Page = Sequence[Context]
Chosen = Mapping[str, View]  # by observation


def views(*, pages: Mapping[str, Page], shown: Chosen) -> dict[str, dict[str, View]]:
    """By page, the description of each observation that may have one; the others are only counted.

    `shown`: the descriptions that observations bear already on other public pages.
    """
    chosen = _kept(pages, shown)
    waiting = {
        context.observation: context
        for page in pages.values()
        for context in page
        if context.observation not in shown
    }
    for step in range(STEPS):
        for key in _enough(pages, waiting, step):
            chosen[key] = waiting.pop(key).view(step)
    return {name: _displayed(page, chosen) for name, page in pages.items()}


def _kept(pages: Mapping[str, Page], shown: Chosen) -> dict[str, View]:
    """What is shown elsewhere is shown alike here; not where it is no longer true."""
    return {
        context.observation: shown[context.observation]
        for page in pages.values()
        for context in page
        if context.observation in shown and shown[context.observation] in context.views
    }


def _enough(pages: Mapping[str, Page], waiting: Mapping[str, Context], step: int) -> set[str]:
    """The observations whose description at this step is shared by enough classes of a page."""
    found: set[str] = set()
    for page in pages.values():
        groups: defaultdict[View, list[Context]] = defaultdict(list)
        for context in page:
            if context.observation in waiting:
                groups[context.view(step)].append(context)
        for group in groups.values():
            if len({context.trial for context in group}) >= CLASSES_MIN:
                found |= {context.observation for context in group}
    return found


def _displayed(page: Page, chosen: Chosen) -> dict[str, View]:
    """The last word: a description that fewer than five classes of this page share is left out."""
    classes: defaultdict[View, set[int]] = defaultdict(set)
    for context in page:
        if context.observation in chosen:
            classes[chosen[context.observation]].add(context.trial)
    return {
        context.observation: chosen[context.observation]
        for context in page
        if context.observation in chosen
        and len(classes[chosen[context.observation]]) >= CLASSES_MIN
    }


def too_few(views: Iterable[tuple[View, int]]) -> dict[View, int]:
    """Of what is displayed, each with its class: what fewer than five classes share, how many."""
    classes: defaultdict[View, set[int]] = defaultdict(set)
    for view, trial in views:
        classes[view].add(trial)
    return {view: len(found) for view, found in classes.items() if len(found) < CLASSES_MIN}
