"""What the notice of a synthesis freezes: its text by sections, its findings with what they count.

No key of anything, no name: an observation is its rank on its finding's page, described only where
five classes or more share the description (`traam.syntheses.rules.anonymity`).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from traam.kit.text import plural
from traam.reference.rules import Vocabulary


@dataclass(frozen=True, slots=True)
class FrozenObservation:
    """An observation that a finding counts. All empty but its effect: only counts may be shown.

    `text`: only once a person has proof-read it. `is_stale`: it was corrected or withdrawn since.
    """

    support: str  # « appuie », « nuance », « contredit »
    place: str = ""
    audience: str = ""
    discipline: str = ""
    school_type: str = ""
    month: str = ""  # « novembre 2026 »
    text: str = ""
    is_stale: bool = False

    @property
    def is_described(self) -> bool:
        return bool(self.place or self.audience)

    @property
    def description(self) -> tuple[str, ...]:
        """What is displayed of it, in order; what is not known is left out."""
        words = (self.place, self.audience, self.discipline, self.school_type, self.month)
        return tuple(word for word in words if word)


def school_order(words: Vocabulary) -> Callable[[str], tuple[int, str]]:
    """What sorts the labels of cycles as the facets do: in the order of the school; one that is not
    known (any more) comes last."""
    places = {one.label: rank for rank, one in enumerate(words.terms("cycles"))}
    return lambda label: (places.get(label, len(places)), label)


@dataclass(frozen=True, slots=True)
class FrozenFinding:
    """A finding as it was published. `number`: the end of its address; `contexts`: cycle and
    « 7 sur 11 », "" where fewer than five classes would be told."""

    number: int
    code: str
    kind: str
    text: str
    scope: str
    sentence: str  # its counts, said
    counts: Mapping[str, int]
    marks: tuple[str, ...] = ()
    contexts: tuple[tuple[str, str], ...] = ()
    observations: tuple[FrozenObservation, ...] = ()

    @property
    def is_stale(self) -> bool:
        return any(one.is_stale for one in self.observations)

    @property
    def short(self) -> str:
        """« 11 classes · vu 7 fois sur 11, dans 4 académies »: the mark that opens its page. The
        classes are those where it was sought, the academies those where it was seen."""
        seen, sought = self.counts.get("seen", 0), self.counts.get("sought", 0)
        academies = plural(self.counts.get("academies", 0), "académie")
        return f"{plural(sought, 'classe')} · vu {seen} fois sur {sought}, dans {academies}"

    @property
    def beside(self) -> str:
        """« 2 tests croisés, 1 contraire, 0 essai abandonné »: what its counts say that the mark
        does not."""
        count = self.counts.get
        parts = [
            plural(count("cross_tests", 0), "test croisé", "tests croisés"),
            *([plural(count("qualified", 0), "nuancé")] if count("qualified") else []),
            plural(count("contrary", 0), "contraire"),
            plural(count("abandoned", 0), "essai abandonné", "essais abandonnés"),
        ]
        return ", ".join(parts)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The finding that `as_data` wrote."""
        values = dict(data)
        values["marks"] = tuple(values.get("marks", ()))
        values["contexts"] = tuple((name, said) for name, said in values.get("contexts", ()))
        values["observations"] = tuple(
            FrozenObservation(**one) for one in values.get("observations", ())
        )
        return cls(**values)


@dataclass(frozen=True, slots=True)
class FrozenPassage:
    """A sentence or a paragraph; `mark`: « constat », « cadre », « opinion » or ""; `finding`: the
    number of the one it states, 0 for none."""

    text: str
    mark: str = ""
    finding: int = 0


@dataclass(frozen=True, slots=True)
class FrozenSection:
    """A section with its passages."""

    key: str
    title: str
    passages: tuple[FrozenPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenSignature:
    """In whose name it was validated or signed, when, with which reservation. Never by whom."""

    capacity: str
    signed_on: str  # « 30 juin 2027 »
    reservation: str = ""


@dataclass(frozen=True, slots=True)
class FrozenErratum:
    """What is corrected, and when."""

    number: int
    text: str
    published_on: str


@dataclass(frozen=True, slots=True)
class FrozenSynthesis:
    """The text, the findings, who answers for it. `digest`: of what was validated and signed."""

    code: str
    kind: str
    digest: str
    sections: tuple[FrozenSection, ...] = ()
    findings: tuple[FrozenFinding, ...] = ()
    signatures: tuple[FrozenSignature, ...] = ()
    errata: tuple[FrozenErratum, ...] = ()

    def finding(self, number: int) -> FrozenFinding | None:
        """The finding of this number, if it is still stated."""
        return next((one for one in self.findings if one.number == number), None)

    def telling(self, *, beside: Collection[str] = ()) -> FrozenFinding | None:
        """What it shows first to whoever has read nothing of it: of the findings whose evidence
        stands, the one seen the most often. `beside`: the texts that are shown already (a national
        synthesis takes up the findings of others)."""
        standing = [one for one in self.findings if not one.is_stale and one.text not in beside]
        return max(standing, key=lambda one: one.counts.get("seen", 0), default=None)

    def texts(self) -> Iterator[str]:
        """What is searched of it: its passages, what its findings say."""
        for section in self.sections:
            yield from (one.text for one in section.passages)
        for finding in self.findings:
            yield from (finding.text, finding.scope)

    @property
    def contexts(self) -> tuple[str, ...]:
        """The columns of the matrix, each once."""
        return tuple(dict.fromkeys(name for one in self.findings for name, _ in one.contexts))

    def as_data(self) -> dict[str, Any]:
        """Plain JSON values; `from_data` gives the same back."""
        data: dict[str, Any] = _listed(asdict(self))
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """What `as_data` wrote. Raises TypeError on a field that does not exist."""
        values = dict(data)
        values["sections"] = tuple(
            FrozenSection(
                one["key"],
                one["title"],
                tuple(FrozenPassage(**each) for each in one["passages"]),
            )
            for one in values.get("sections", ())
        )
        values["findings"] = tuple(
            FrozenFinding.from_data(one) for one in values.get("findings", ())
        )
        values["signatures"] = tuple(FrozenSignature(**one) for one in values.get("signatures", ()))
        values["errata"] = tuple(FrozenErratum(**one) for one in values.get("errata", ()))
        return cls(**values)


def _listed(value: Any) -> Any:
    """Tuples as lists, as JSON gives them back: the digest is the same before and after."""
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, tuple | list) else value
