"""The styles of a paper that odfdo's empty document does not have."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from odfdo import Document

_LEVELS = range(1, 7)
_INDENT = (
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" '
    'fo:text-indent="-0.6cm" fo:margin-left="{}cm"/></style:list-level-properties>'
)


def _style(name: str, family: str, inside: str, parent: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{above}>{inside}</style:style>'


def _paragraph(name: str, inside: str, parent: str = "Text_20_body") -> str:
    return _style(name, "paragraph", inside, parent)


def _text(name: str, look: str) -> str:
    return _style(name, "text", f"<style:text-properties {look}/>")


def _list(name: str, levels: str) -> str:
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _above(margin: str, more: str = "") -> str:
    return f'<style:paragraph-properties fo:margin-top="{margin}" {more}/>'


_BULLETS = "".join(
    f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="•">'
    f"{_INDENT.format(level * 0.8)}</text:list-level-style-bullet>"
    for level in _LEVELS
)
_NUMBERS = "".join(
    f'<text:list-level-style-number text:level="{level}" style:num-format="1" style:num-suffix=".">'
    f"{_INDENT.format(level * 0.8)}</text:list-level-style-number>"
    for level in _LEVELS
)
_BOLD = '<style:text-properties fo:font-weight="bold"/>'
_RIGHT = '<style:paragraph-properties fo:text-align="end"/>'
_SMALL = '<style:text-properties fo:font-size="9pt"/>'
_FOOTER = (
    '<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="17cm" '
    f'style:type="right"/></style:tab-stops></style:paragraph-properties>{_SMALL}'
)
_RULE = (
    '<style:paragraph-properties fo:border-bottom="0.5pt solid #777777" fo:margin-bottom="0.4cm"/>'
)
STYLES = (
    _paragraph(
        "Title",
        _above("0.8cm", 'fo:margin-bottom="0.6cm"')
        + '<style:text-properties fo:font-size="20pt" fo:font-weight="bold"/>',
        "Heading",
    ),
    _paragraph("TraamState", '<style:text-properties fo:font-size="13pt" fo:font-weight="bold"/>'),
    _paragraph("TraamIssuer", _BOLD),
    _paragraph("TraamAside", _above("1cm", 'fo:margin-left="9cm" fo:keep-together="always"')),
    _paragraph("TraamRight", _RIGHT),
    _paragraph("TraamQuote", '<style:paragraph-properties fo:margin-left="1cm"/>'),
    _paragraph("TraamHead", _BOLD),
    _paragraph("TraamRule", _RULE),
    _paragraph("TraamPage", '<style:paragraph-properties fo:break-before="page"/>'),
    _paragraph("TraamFooter", _FOOTER),
    _text("TraamStrong", 'fo:font-weight="bold"'),
    _text("TraamEmph", 'fo:font-style="italic"'),
    _text("TraamStrike", 'style:text-line-through-style="solid"'),
    _text("TraamCode", 'style:font-name="DejaVu Sans Mono" fo:font-size="9pt"'),
    _list("TraamBullets", _BULLETS),
    _list("TraamNumbers", _NUMBERS),
)
CELL = _style(
    "TraamCell",
    "table-cell",
    '<style:table-cell-properties fo:border="0.5pt solid #777777" fo:padding="0.12cm"/>',
)


def add(document: "Document") -> None:
    """Put them in the document, beside those it has."""
    from odfdo import Element  # noqa: PLC0415  (half a second to import)

    kept: Any = document  # its parts are typed « bytes or XML »
    shared = kept.get_part("styles").get_element("//office:styles")
    own = kept.get_part("content").get_element("//office:automatic-styles")
    for style in STYLES:
        shared.append(Element.from_tag(style))
    own.append(Element.from_tag(CELL))
