"""What keeps a synthesis from validation or signature: unmarked sentences, unsupported findings."""

import re
from collections.abc import Iterator

from traam.kit.text import plural
from traam.syntheses.rules.content import Content, Part, Passage
from traam.syntheses.rules.life import Mark

SHORT = 80  # characters of a sentence that is quoted
_END = re.compile(r"([.!?…](?:\s?[»”)\]])*)\s+(?=[«“(]?\s?[A-ZÀ-ÖØ-Þ0-9])")
NO_SUMMARY = (
    "Le résumé pour les non-spécialistes manque : quelques phrases que des parents, des élus ou "
    "des journalistes comprennent."
)
NO_TITLE = "Le titre manque."
NO_FINDING = "Aucun constat n’est énoncé : une synthèse en porte au moins un."


def sentences(text: str) -> list[str]:
    """The sentences of a text, each stripped; a line break ends one too."""
    found = (one.strip() for one in _END.sub(r"\1\n", text).splitlines())
    return [one for one in found if one]


def quoted(text: str) -> str:
    """« Les élèves reprennent… »: the start of a passage, on one line."""
    line = " ".join(text.split())
    return f"« {line if len(line) <= SHORT else f'{line[: SHORT - 1].rstrip()}…'} »"


def unmarked(content: Content) -> list[str]:
    """The sentences of « Constats » and « Conditions » that neither are a finding nor say what
    they are."""
    return [
        sentence
        for part in content.parts
        if part.section.is_marked
        for passage in part.passages
        for sentence in _unmarked(passage)
    ]


def _unmarked(passage: Passage) -> list[str]:
    """All of a passage without mark; what follows the first sentence of one that is a finding."""
    if passage.mark is Mark.NONE:
        return sentences(passage.text)
    return sentences(passage.text)[1:] if passage.mark is Mark.FINDING else []


def faults(content: Content) -> list[str]:
    """French sentences: what must be settled before anyone validates or signs it."""
    return [*_missing(content), *_sections(content), *_unsaid(content), *_resting(content)]


def _missing(content: Content) -> Iterator[str]:
    if not content.title.strip():
        yield NO_TITLE
    if not content.summary.strip():
        yield NO_SUMMARY
    if not content.findings:
        yield NO_FINDING


def _sections(content: Content) -> Iterator[str]:
    for part in content.parts:
        if part.section.is_required and not _says(part):
            yield f"La section « {part.section.title} » est vide."


def _says(part: Part) -> bool:
    return any(one.text.strip() or one.finding for one in part.passages)


def _unsaid(content: Content) -> Iterator[str]:
    for sentence in unmarked(content):
        yield (
            f"Phrase sans marque : {quoted(sentence)}. Liez-la à un constat, ou marquez-la "
            "« cadre » ou « opinion »."
        )


def _resting(content: Content) -> Iterator[str]:
    for one in content.findings:
        if not one.counts.is_supported:
            yield (
                f"Constat sans observation à l’appui : {quoted(one.text)}. Appuyez-le, ou retirez-"
                "le de la synthèse."
            )
        if stale := sum(each.is_stale for each in one.evidence):
            yield (
                f"{plural(stale, 'preuve')} à relire pour le constat {quoted(one.text)} : "
                "l’observation a changé depuis qu’elle a été lue."
            )
