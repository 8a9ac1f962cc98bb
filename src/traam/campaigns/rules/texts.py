"""What the texts of a call say: a theme and a cahier des charges as plain values, what is wrong
with them, and how two versions are compared word by word."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from traam.kit.text import between, plural, sentence

TITLE_MAX = 300  # characters
PROBLEM_MAX = 6_000  # characters
AXIS_TITLE_MAX = 300  # characters
AXIS_TEXT_MAX = 2_000  # characters
AXES_MAX = 10
BRIEF_MAX = 60_000  # characters
REASON_MAX = 1_000  # characters


@dataclass(frozen=True, slots=True)
class AxisText:
    """A line of work: its title, and what is said of it."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeText:
    """All that a theme says, by codes of the vocabularies; `continues`: the code of a theme."""

    title: str
    problem: str = ""
    axes: tuple[AxisText, ...] = ()
    disciplines: tuple[str, ...] = ()
    cycles: tuple[str, ...] = ()
    transversal: bool = False
    academies_min: int | None = None
    academies_max: int | None = None
    duration_years: int = 1
    continues: str = ""

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "ThemeText":
        """From `content()`."""
        given = {each.name: content[each.name] for each in fields(cls) if each.name in content}
        given["axes"] = tuple(AxisText(**one) for one in given.get("axes", ()))
        for name in ("disciplines", "cycles"):
            given[name] = tuple(given.get(name, ()))
        return cls(**given)

    def content(self) -> dict[str, Any]:
        """What is hashed and signed."""
        made = asdict(self)
        return made | {
            "axes": [asdict(one) for one in self.axes],
            "disciplines": list(self.disciplines),
            "cycles": list(self.cycles),
        }

    def faults(self) -> list[str]:
        """What forbids to keep it, in French. A draft may lack much: see `missing`."""
        return [
            *_length_faults("L’intitulé", self.title, TITLE_MAX),
            *([] if self.title.strip() else ["L’intitulé manque : donnez au moins celui-ci."]),
            *_length_faults("La problématique", self.problem, PROBLEM_MAX),
            *_axes_faults(self.axes),
            *_number_faults(self),
        ]

    def missing(self) -> list[str]:
        """What it lacks to be submitted, in French."""
        found = []
        if not self.problem.strip():
            found.append("La problématique manque.")
        if not self.axes:
            found.append("Aucun axe de travail n’est donné.")
        if not self.disciplines:
            found.append("Aucune discipline n’est choisie.")
        if not self.cycles:
            found.append("Aucun cycle n’est choisi.")
        return found


def _length_faults(name: str, text: str, most: int) -> list[str]:
    if len(text) <= most:
        return []
    return [f"{name} ({len(text)} caractères) doit tenir en {most}."]


def _axes_faults(axes: Sequence[AxisText]) -> list[str]:
    found = []
    if len(axes) > AXES_MAX:
        found.append(f"Un thème a {AXES_MAX} axes au plus (reçus : {len(axes)}).")
    for number, axis in enumerate(axes, 1):
        if not axis.title.strip():
            found.append(f"L’axe {number} n’a pas d’intitulé.")
        found += _length_faults(f"L’intitulé de l’axe {number}", axis.title, AXIS_TITLE_MAX)
        found += _length_faults(f"Le texte de l’axe {number}", axis.text, AXIS_TEXT_MAX)
    return found


def _number_faults(text: ThemeText) -> list[str]:
    found = []
    least, most = text.academies_min, text.academies_max
    if least is not None and most is not None and most < least:
        found.append(
            f"Le nombre maximal d’académies (reçu : {most}) est sous le nombre minimal ({least})."
        )
    if any(number is not None and number < 1 for number in (least, most)):
        found.append("Un thème demande au moins une académie.")
    if not 1 <= text.duration_years <= 3:
        found.append(f"La durée (reçu : {text.duration_years}) va d’un an à trois ans.")
    return found


def brief_faults(text: str) -> list[str]:
    """What forbids to keep this cahier des charges, in French."""
    return _length_faults("Le cahier des charges", text, BRIEF_MAX)


def reason_faults(reason: str) -> list[str]:
    """What a reason lacks, in French."""
    if not reason.strip():
        return ["Le motif manque : dites pourquoi, en une phrase."]
    return _length_faults("Le motif", reason, REASON_MAX)


def theme_prose(content: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """A version of a theme as one text, to be compared with another. `names`: the labels of the
    codes of disciplines and cycles."""
    text = ThemeText.read(content)
    parts = [text.title, text.problem]
    for number, axis in enumerate(text.axes, 1):
        parts += [f"Axe {number} : {axis.title}", axis.text]
    parts.append("Disciplines : " + _named(text.disciplines, names))
    parts.append("Cycles : " + _named(text.cycles, names))
    if text.transversal:
        parts.append("Thème transversal.")
    parts.append(numbers_said(text))
    if text.continues:
        parts.append(f"Poursuit le thème {text.continues}.")
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in codes) or "aucune choisie"


def numbers_said(text: ThemeText) -> str:
    """« De 4 à 8 académies, pendant deux ans. »; "" for what the campaign decides."""
    least, most = text.academies_min, text.academies_max
    years = {1: "un an", 2: "deux ans", 3: "trois ans"}.get(text.duration_years, "")
    if least is None and most is None:
        return f"Travaux sur {years}."
    if least is not None and most is not None:
        return f"{sentence(between(least, most, 'académie'))}, sur {years}."
    if least is not None:
        return f"Au moins {plural(least, 'académie')}, sur {years}."
    return f"Au plus {plural(most or 0, 'académie')}, sur {years}."


def brief_prose(content: Mapping[str, Any]) -> str:
    """A version of a cahier des charges as one text, its commitments included."""
    lines = [f"– {one['label']}" for one in content.get("commitments", ())]
    if lines:
        lines.insert(0, "Engagements des académies :")
    return "\n\n".join([str(content.get("text", "")), *lines])
