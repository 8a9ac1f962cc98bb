"""A synthesis on paper: the same content as its page, as blocks that become PDF and ODT."""

from collections.abc import Iterable, Iterator, Sequence

from traam.kit.clock import day_of
from traam.kit.paper import Block, Bullets, Facts, Figure, Heading, Paper, Paragraph, Table
from traam.kit.text import sentence, short_day
from traam.syntheses.drawing import bars, said
from traam.syntheses.models import Erratum, Signature, Synthesis
from traam.syntheses.queries.contents import content_of
from traam.syntheses.rules.content import Content, Passage, Stated
from traam.syntheses.rules.life import Capacity, Mark, SynthesisKind

HEADERS = ("Constat", "Vu", "Recherché", "Académies", "Tests croisés", "Contraires", "Abandonnés")


def paper_of(synthesis: Synthesis) -> Paper:
    """The paper of a synthesis as it is now, signatures and errata included."""
    signatures = synthesis.signatures.filter(voided_at=None).order_by("signed_at", "pk")
    errata = synthesis.errata.order_by("number", "pk")
    is_demonstration = synthesis.group.is_demonstration
    return Paper(
        title=synthesis.title,
        author="Travaux académiques mutualisés",
        blocks=list(
            blocks(content_of(synthesis), signatures=list(signatures), errata=list(errata))
        ),
        date=day_of(synthesis.published_at or synthesis.state_at),
        reference=synthesis.code,
        issuer=sentence(SynthesisKind(synthesis.kind).label),
        mark="Données de démonstration" if is_demonstration else "",
    )


def blocks(
    content: Content, *, signatures: Sequence[Signature] = (), errata: Sequence[Erratum] = ()
) -> Iterator[Block]:
    """The summary, the sections, each finding with its counts, the figure, who signed."""
    if content.summary:
        yield Heading("Résumé pour les non-spécialistes")
        yield from _paragraphs(content.summary)
    for part in content.parts:
        if part.passages:
            yield Heading(part.section.title)
            for passage in part.passages:
                yield from _passage(passage, content)
    if content.findings:
        yield from _counted(content.findings)
    yield from _signed(signatures)
    yield from _corrected(errata)


def _paragraphs(text: str) -> Iterator[Block]:
    return (Paragraph(one) for one in text.splitlines() if one.strip())


def _passage(passage: Passage, content: Content) -> Iterator[Block]:
    stated = content.stated(passage.finding) if passage.finding else None
    text = passage.text or (stated.text if stated else "")
    if stated is not None:
        yield Paragraph(text)
        yield Bullets([each for each in (_counts(stated), stated.scope) if each])
    elif passage.mark in (Mark.FRAME, Mark.OPINION):
        yield from _paragraphs(f"[{passage.mark.label}] {text}")
    else:
        yield from _paragraphs(text)


def _counts(stated: Stated) -> str:
    return " · ".join((sentence(stated.counts.sentence), *stated.counts.marks))


def _counted(findings: Sequence[Stated]) -> Iterator[Block]:
    yield Heading("Ce que comptent les constats")
    yield Figure(bars(findings), said(findings), "Essais où chaque constat est vu")
    yield Table("Les constats et leurs comptes", HEADERS, [_row(one) for one in findings])


def _row(one: Stated) -> list[str]:
    counts = one.counts
    numbers = (
        *(counts.seen, counts.sought, counts.academies, counts.cross_tests),
        *(counts.contrary, counts.abandoned),
    )
    return [one.text, *(str(each) for each in numbers)]


def _signed(signatures: Sequence[Signature]) -> Iterator[Block]:
    if not signatures:
        return
    yield Heading("Validation et signatures")
    yield Facts([(sentence(Capacity(one.capacity).label), _sign(one)) for one in signatures])


def _sign(one: Signature) -> str:
    reserve = f", avec cette réserve : {one.reservation}" if one.reservation else ""
    return f"le {short_day(one.signed_at)}{reserve}"


def _corrected(errata: Iterable[Erratum]) -> Iterator[Block]:
    found = list(errata)
    if found:
        yield Heading("Errata")
    for one in found:
        yield Paragraph(f"N° {one.number}, le {short_day(one.published_at)} : {one.text}")
