"""A paper as a tagged PDF (PDF/UA-1), typeset by typst with the fonts that it carries."""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from traam.kit.paper import flow
from traam.kit.paper.blocks import Paper
from traam.kit.text import short_day

FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
WORD_MAX = 40  # characters after which a word may break, lest it run out of the page
NO_SIGN = "□"  # what stands for a sign that no font draws
ATTEMPTS_MAX = 20
EPOCH = date(1980, 1, 1)  # when a paper has no day
_UNDRAWN = re.compile(r"the text `\"(.+)\"` could not be displayed", re.DOTALL)
_LONG_WORD = re.compile(rf"(\S{{{WORD_MAX}}})(?=\S)")
_KEPT = ("href", "image", "alt")  # no line breaks there
_RARE = re.compile(r"[^\n -~\u00a0-\u017f\u200b\u2010-\u2027\u202f-\u203a€□]")
# Joiners, variants, enclosing signs, colours of skin, tags: they change the sign before them.
_CHANGING = re.compile(
    "[\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def to_pdf(paper: Paper) -> bytes:
    """Its bytes; the same paper, the same bytes. A sign that no font draws is shown as « □ »."""
    import typst  # noqa: PLC0415  (80 Mo that only papers need)

    text = json.dumps(_data(paper), ensure_ascii=False)
    for _ in range(ATTEMPTS_MAX):
        try:
            return _typeset(text, paper.date)
        except typst.TypstError as error:
            named = _undrawn(error.message)
            if not named:
                raise
            kept, text = text, _without(named, text)
            if text == kept:
                break
    return _typeset(_RARE.sub(NO_SIGN, text), paper.date)


def _typeset(text: str, day: date | None) -> bytes:
    import typst  # noqa: PLC0415  (as above)

    made = typst.compile(
        _template(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"paper": text},
        timestamp=datetime.combine(day or EPOCH, time(), UTC),
    )
    return bytes(made)


def _undrawn(message: str) -> str:
    """The signs that typst says it cannot draw; empty when it says something else."""
    match = _UNDRAWN.search(message)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), match[1]) if match else ""


def _without(named: str, text: str) -> str:
    """The text where « □ » stands for the rare signs named; where all of them are common, what
    changes them (the colour of a skin, a joiner) is left out."""
    rare = {ord(sign) for sign in named if _RARE.match(sign)}
    return text.translate(dict.fromkeys(rare, NO_SIGN)) if rare else _CHANGING.sub("", text)


def _data(paper: Paper) -> dict[str, Any]:
    """All that the template reads."""
    texts = {
        name: "\n".join(run.text for run in flow.plain(getattr(paper, name)))
        for name in ("author", "reference", "issuer", "recipient", "mark")
    }
    day = paper.date
    nodes = [asdict(node) for node in flow.nodes(paper)]
    return {
        **_breakable(texts),
        "title": _breakable(flow.title(paper)),
        "official": paper.official,
        "day": short_day(day) if day else "",
        "date": (day.year, day.month, day.day) if day else None,
        "fonts": FONTS,
        "nodes": _breakable(nodes),
    }


def _breakable(data: Any) -> Any:
    """The same, where a word longer than a line may break."""
    if isinstance(data, str):
        return _LONG_WORD.sub("\\1\u200b", data)
    if isinstance(data, dict):
        return {key: data[key] if key in _KEPT else _breakable(data[key]) for key in data}
    return [_breakable(part) for part in data] if isinstance(data, list | tuple) else data


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (Path(__file__).parent / "data" / "paper.typ").read_bytes()
