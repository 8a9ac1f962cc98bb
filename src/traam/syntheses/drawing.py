"""The figure of a synthesis: for each finding, in how many classes it was seen, among those where
it was sought. An SVG without script or style; the same is said in words beside it."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from traam.syntheses.rules.content import Stated

WIDTH, ROW, LEFT, TOP = 800, 44, 150, 34
FONT = "Libertinus Serif, Marianne, serif"


def bars(findings: Sequence[Stated]) -> str:
    """A bar for each finding: its length where it was sought, filled where it was seen."""
    most = max((one.counts.sought for one in findings), default=0) or 1
    rows = "".join(_row(rank, one, most) for rank, one in enumerate(findings))
    height = TOP + ROW * len(findings) + 10
    legend = _text(LEFT, 20, "Plein : essais où il est vu. Vide : essais où il est recherché.", 15)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}">{legend}{rows}</svg>'
    )


def _row(rank: int, one: Stated, most: int) -> str:
    room = WIDTH - LEFT - 150
    top = TOP + ROW * rank
    sought, seen = (room * number // most for number in (one.counts.sought, one.counts.seen))
    return (
        _text(0, top + 22, f"Constat {rank + 1}", 18)
        + f'<rect x="{LEFT}" y="{top}" width="{sought}" height="30" fill="#fff" stroke="#000091"'
        + ' stroke-width="2"/>'
        + f'<rect x="{LEFT}" y="{top}" width="{seen}" height="30" fill="#000091"/>'
        + _text(LEFT + sought + 12, top + 22, f"{one.counts.seen} sur {one.counts.sought}", 18)
    )


def _text(x: int, y: int, words: str, size: int) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{size}" fill="#161616">'
        f"{escape(words)}</text>"
    )


def said(findings: Sequence[Stated]) -> str:
    """What the figure shows, in words."""
    rows = (
        f"constat {rank}, {one.counts.seen} sur {one.counts.sought}"
        for rank, one in enumerate(findings, start=1)
    )
    return f"Essais où chaque constat est vu, sur ceux où il est recherché : {' ; '.join(rows)}."
