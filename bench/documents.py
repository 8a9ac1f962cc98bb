"""Documents: a 20-page synthesis as PDF/UA and as ODT, beside a page of the same machine.

Goals: at most 0.5 s of CPU as PDF, 0.1 s as ODT.
"""

import io
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from traam.kit.paper import Paper

PAGES = 20
FINDINGS = 12
RUNS = 5
SENTENCE = (
    "Dans les classes observées, les élèves ont repris leurs mesures après les avoir comparées à "
    "celles d’une autre classe, et l’ont dit avec leurs mots. "
)


def run(*, large: bool) -> dict[str, float]:
    """CPU of each form, at its best of five once everything is imported; the floor is one page."""
    import pypdf

    from traam.kit.paper import Paper, Paragraph, to_odt, to_pdf

    paper, page = _synthesis(PAGES * (5 if large else 1)), Paper("Une page", "", [Paragraph("Un.")])
    written = to_pdf(paper)
    figures = {
        "pages": len(pypdf.PdfReader(io.BytesIO(written)).pages),
        "PDF, seconds of CPU": _best(lambda: to_pdf(paper)),
        "ODT, seconds of CPU": _best(lambda: to_odt(paper)),
        "PDF of one page, seconds of CPU": _best(lambda: to_pdf(page)),
        "ODT of one page, seconds of CPU": _best(lambda: to_odt(page)),
    }
    return {name: round(value, 4) for name, value in figures.items()}


def _best(act: Callable[[], object]) -> float:
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        act()
        spent.append(time.process_time() - start)
    return min(spent)


def _synthesis(pages: int) -> "Paper":
    """A national synthesis whose text fills as many pages."""
    from traam.kit.paper import Paper
    from traam.syntheses.papers import blocks
    from traam.syntheses.rules.content import Content, Part, Passage, Stated
    from traam.syntheses.rules.counts import Counts
    from traam.syntheses.rules.life import FindingKind, Mark, SynthesisKind
    from traam.syntheses.rules.skeleton import skeleton

    kinds = list(FindingKind)
    findings = tuple(
        Stated(
            f"c{rank}",
            kinds[rank % len(kinds)],
            f"{SENTENCE.strip()[:-1]}, dit le constat {rank + 1}.",
            scope="en 5e, avec un ordinateur pour deux",
            counts=Counts(seen=4 + rank % 5, sought=11, academies=3, cross_tests=2, contrary=1),
        )
        for rank in range(FINDINGS)
    )
    sections = skeleton(SynthesisKind.NATIONAL)
    each = max(1, pages * 2 // (len(sections) - 1))
    parts = tuple(
        Part(
            one,
            tuple(Passage("", Mark.FINDING, each_.code) for each_ in findings)
            if one.key == "findings"
            else (Passage(SENTENCE * 12, Mark.FRAME if one.is_marked else Mark.NONE),) * each,
        )
        for one in sections
    )
    content = Content(
        kind=SynthesisKind.NATIONAL,
        title="Mesurer à plusieurs : ce que l’année nous apprend",
        summary=SENTENCE * 4,
        parts=parts,
        findings=findings,
    )
    return Paper(content.title, "Banc d’essai", list(blocks(content)), date=date(2027, 6, 30))
