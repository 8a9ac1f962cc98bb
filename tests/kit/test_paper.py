"""A paper comes out whole, tagged and in French, whatever its texts hold; twice the same bytes."""

import io
import re
import unicodedata
from datetime import date

import pypdf
import pytest
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document

from traam.kit.paper import (
    FORMS,
    Bullets,
    Facts,
    Heading,
    Markdown,
    NewPage,
    Numbered,
    Paper,
    Paragraph,
    Signature,
    Table,
    paper_response,
    to_odt,
    to_pdf,
)
from traam.kit.paper.pdf import FONTS, NO_SIGN
from traam.kit.text import writable

MARKUP = '#import "/x": x *gras* _penché_ `code` $x^2$ @ref <lab> \\ // /* = - + ~ -- ... [ ] { }'
TYPED = """Un texte **gras**, *penché*, ~~barré~~, `code` et un [lien](https://traam.invalid/a).

### Titre tapé

- un
- deux
  1. a

3. trois

> cité

```
x  = 1
```

| a | b |
|---|---|
| c | d |

---
[piège](javascript:alert(1)) ![image](/x.png)
"""
BLOCKS = [
    Heading("Première partie"),
    Paragraph("Une ligne.\nUne autre ligne."),
    Heading("Beaucoup trop bas", 5),
    Markdown(TYPED),
    Bullets(["premier", "", "second"]),
    Numbered(["d’abord", "ensuite"]),
    Facts([("Thème", "Lire"), ("Sans valeur", "")]),
    Table("Les choix", ["Académie", "Rang"], [["Lille", "1"], ["Mayotte"]]),
    Table("", ["Seul"], []),
    NewPage(),
    Signature("La cheffe du bureau\nC. Dupont"),
]
PAPER = Paper(
    *("Annonce", "Bureau de démonstration", BLOCKS),
    date=date(2026, 7, 1),
    reference="REF-12",
    issuer="Direction\nBureau",
    recipient="Madame la rectrice",
    mark="Données de démonstration",
)
SIGNS = st.characters(
    categories=["Lu", "Ll", "Nd", "Po", "Ps", "Pe", "Sm", "Sc"], max_codepoint=0x17F
)
LATIN = st.lists(st.text(SIGNS, min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)


def one(text: str, title: str = "Titre") -> Paper:
    return Paper(title, "", [Paragraph(text)])


def pdf(paper: Paper) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(paper)))


def said(paper: Paper) -> str:
    return "\n".join(page.extract_text() for page in pdf(paper).pages)


def odt(paper: Paper) -> Document:
    return Document(io.BytesIO(to_odt(paper)))


def bare(text: str) -> str:
    """Without spaces and invisible signs, ligatures undone: how a PDF cuts its lines is its own."""
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in ("Zs", "Cc", "Cf"))
    return unicodedata.normalize("NFKC", kept)


def structure(reader: pypdf.PdfReader) -> list[str]:
    """The tags of a PDF, in the order of reading."""

    def walk(node: pypdf.generic.PdfObject) -> list[str]:
        node = node.get_object()
        if isinstance(node, list):
            return [tag for child in node for tag in walk(child)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/S"])] if "/S" in node else []
        return own + (walk(node["/K"]) if "/K" in node else [])

    return walk(reader.trailer["/Root"]["/StructTreeRoot"])


def test_pdf_is_tagged_titled_and_in_french() -> None:
    reader = pdf(PAPER)
    root = reader.trailer["/Root"]

    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "fr-FR"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert (reader.metadata.title, reader.metadata.author) == ("Annonce", "Bureau de démonstration")
    assert str(reader.metadata["/CreationDate"]).startswith("D:20260701")
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


def test_pdf_tags_headings_lists_tables_and_links_for_what_they_are() -> None:
    tags = structure(pdf(PAPER))

    assert [tag for tag in tags if re.fullmatch(r"/H\d", tag)] == ["/H1", "/H2", "/H3"]
    assert tags.count("/Table") == 3
    assert tags.count("/TH") == 2 + 2 + 1
    assert tags.count("/Caption") == 1
    assert tags.count("/Link") == 1
    assert tags.count("/LI") == 2 + 1 + 1 + 2 + 2 + 1  # typed, then the blocks'


def test_pdf_embeds_its_fonts_and_no_other() -> None:
    names = set()
    for page in pdf(PAPER).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile3" in descendant or "/FontFile2" in descendant
            names.add(str(font["/BaseFont"]).partition("+")[2])

    known = tuple(name.replace(" ", "") for name in FONTS)
    assert names
    assert all(name.startswith(known) for name in names)


@pytest.mark.parametrize(
    "words",
    [
        *("Direction", "Madame la rectrice", "1er juillet 2026", "REF-12", "1 / 2", "2 / 2"),
        *("Données de démonstration", "Première partie", "Beaucoup trop bas", "Un texte gras"),
        *("Titre tapé", "3. trois", "cité", "x  = 1", "[piège](javascript:alert(1))"),
        *("1. d’abord", "Thème\u00a0: Lire", "Les choix", "Mayotte", "La cheffe du bureau"),
    ],
)
def test_both_forms_say_all_of_the_paper(words) -> None:
    written = odt(PAPER).get_formatted_text() + to_odt_page(PAPER)

    assert bare(words) in bare(said(PAPER))
    if words not in ("1 / 2", "2 / 2", "3. trois", "1. d’abord"):  # drawn by who opens it
        assert bare(words) in bare(re.sub(r"\[\d\]", "", written))


def to_odt_page(paper: Paper) -> str:
    """The header and the footer of an ODT."""
    page = odt(paper).get_style("master-page", "Standard")
    return page.get_page_header().inner_text + page.get_page_footer().inner_text


def test_paper_leaves_out_what_says_nothing() -> None:
    assert "Sans valeur" not in said(PAPER)
    assert structure(pdf(Paper("T", "", [Heading(" "), Paragraph("\n"), Bullets([""])]))) == (
        structure(pdf(Paper("T", "", [])))
    )


@pytest.mark.parametrize(("official", "count"), [(True, 1), (False, 0)])
def test_paper_speaks_for_the_state_only_when_told_to(official, count) -> None:
    paper = Paper("Titre", "", [], issuer="Bureau", official=official)

    assert said(paper).count("République française") == count
    assert odt(paper).get_formatted_text().count("République française") == count


def test_pdf_shows_markup_as_it_was_typed() -> None:
    paper = Paper(
        *(
            MARKUP,
            MARKUP,
            [Heading(MARKUP), Bullets([MARKUP]), Table(MARKUP, [MARKUP], [[MARKUP]])],
        ),
        reference=MARKUP,
        issuer=MARKUP,
    )

    text = bare(said(paper))

    assert text.count(bare(MARKUP)) == 8
    assert pdf(paper).metadata.title == MARKUP


@settings(max_examples=60, deadline=None)
@given(text=LATIN)
def test_pdf_says_any_text_in_latin_letters(text) -> None:
    assert bare(text) in bare(said(one(text, title=text)))


@pytest.mark.parametrize(
    "text", ["0🏻", "0🏻Ω", "👍🏻 bravo", "1️⃣ d’abord", "👩\u200d🏫", "🏴\U000e0067\U000e007f"]
)
def test_sign_that_others_change_is_typeset_without_them(text) -> None:
    words = said(one(f"Avant {text} après", title=text))

    assert "Avant" in words
    assert "après" in words
    assert ("Ω" in words) == ("Ω" in text)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40))
def test_pdf_is_made_of_any_text(text) -> None:
    paper = Paper(
        *(
            text,
            text,
            [Heading(text), Paragraph(text), Markdown(text), Table(text, [text], [[text]])],
        ),
        issuer=text,
    )

    assert bool(pdf(paper).trailer["/Root"]["/MarkInfo"]["/Marked"])


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40))
def test_odt_says_any_text(text) -> None:
    first, *_ = odt(one(text)).body.get_elements("text:p")[1:] or [None]
    expected = writable(text).replace("\t", " ").translate({0x2028: "\n", 0x2029: "\n"}).strip()

    assert (first.inner_text if first is not None else "") == expected


@pytest.mark.parametrize("text", ["- ###", "> #", "- ##### Cinq\n- # Un", "1. a\n2.\n3. c"])
def test_both_forms_are_made_of_titles_and_blanks_within_a_list(text) -> None:
    paper = Paper("Titre", "", [Heading("Un"), Markdown(text), Heading("Deux")])
    titles = [one.inner_text for one in odt(paper).body.get_elements("//text:h")]

    assert len(pdf(paper).pages) == 1
    assert titles == ["Un", *(["Cinq", "Un"] if "Cinq" in text else []), "Deux"]


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from([*TYPED.split(), *"\n|-#>*`[]()", "\n\n", "    "])))
def test_both_forms_are_made_of_any_markdown(pieces) -> None:
    paper = Paper("Titre", "", [Heading("Un"), Markdown(" ".join(pieces))])

    assert len(pdf(paper).pages) >= 1
    assert odt(paper).body.get_elements("text:h")[0].inner_text == "Un"


def test_pdf_shows_a_square_for_signs_without_a_drawing_and_says_the_rest() -> None:
    many = "".join(chr(0x1F600 + rank) for rank in range(60))

    assert f"Bravo {NO_SIGN} à tous" in said(one("Bravo 😀 à tous"))
    assert f"œuvre {NO_SIGN * 60} fin" in said(one(f"œuvre {many} fin")).replace("\n", "")


def test_pdf_breaks_a_word_longer_than_its_line() -> None:
    address = f"https://traam.invalid/{'chemin' * 40}"
    reader = pdf(one(address))
    width = float(reader.pages[0].mediabox.width)
    ends: list[float] = []

    def visit(text: str, _cm: list, matrix: list, _font: dict, size: float) -> None:
        ends.append(matrix[4] + len(text) * size * 0.4)

    said_ = reader.pages[0].extract_text(visitor_text=visit)

    assert address in bare(said_)
    assert max(ends) < width


def test_odt_is_structured_with_styles_that_it_has() -> None:
    document = odt(PAPER)
    body = document.body
    used = {
        element.get_attribute("text:style-name")
        for name in ("text:p", "text:h", "text:span", "text:list")
        for element in body.get_elements(f"//{name}")
    }
    known = {style.name for style in document.get_styles() if style.name}

    assert [(h.inner_text, h.get_attribute("text:outline-level")) for h in body.headers] == [
        ("Première partie", "1"),
        ("Beaucoup trop bas", "2"),
        ("Titre tapé", "3"),
    ]
    assert used - {None} <= known
    assert len(body.get_elements("//table:table/table:table-header-rows/table:table-row")) == 3
    assert [table.name for table in body.tables] == ["Tableau1", "Tableau2", "Tableau3"]
    assert [a.get_attribute("xlink:href") for a in body.get_elements("//text:a")] == [
        "https://traam.invalid/a"
    ]


def test_odt_is_titled_and_in_french() -> None:
    document = odt(PAPER)

    assert (document.meta.title, document.meta.creator) == ("Annonce", "Bureau de démonstration")
    assert document.language == "fr-FR"
    assert document.meta.language == "fr-FR"


@pytest.mark.parametrize("form", FORMS)
def test_paper_gives_the_same_bytes_for_the_same_paper(form) -> None:
    write = FORMS[form][1]

    assert write(PAPER) == write(PAPER)
    assert write(PAPER) != write(one("autre"))


@pytest.mark.parametrize("form", FORMS)
def test_paper_response_gives_the_file_under_its_name(form) -> None:
    response = paper_response(one("x"), form, "récépissé")

    assert response["Content-Type"] == FORMS[form][0]
    named = f"attachment; filename*=utf-8''r%C3%A9c%C3%A9piss%C3%A9.{form}"
    assert response["Content-Disposition"] == named
    assert response.content == FORMS[form][1](one("x"))


def test_paper_response_knows_no_other_form() -> None:
    with pytest.raises(Http404):
        paper_response(one("x"), "docx", "x")
