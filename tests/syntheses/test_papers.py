"""One document, three faces: the page, a tagged PDF, an ODT with headings, a table and a figure."""

import io
import re
import subprocess
import zipfile

import pdfua
import pypdf
import pytest
from odfdo import Document

from tests.syntheses.world import world
from traam.kit.paper import Figure, Heading, Table, to_odt, to_pdf
from traam.syntheses.drawing import bars, said
from traam.syntheses.papers import blocks, paper_of
from traam.syntheses.queries.contents import content_of
from traam.syntheses.rules.content import Stated
from traam.syntheses.rules.counts import Counts
from traam.syntheses.rules.life import FindingKind
from traam.syntheses.rules.skeleton import skeleton

pytestmark = pytest.mark.django_db


@pytest.fixture
def synthesis():
    here = world(teams=2, trials=3)
    return here.signed(
        here.synthesis(here.finding(0, 1, 3, text="Comparer aide."), here.finding(2))
    )


def test_pdf_is_tagged_and_says_all(synthesis) -> None:
    written = to_pdf(paper_of(synthesis))

    reader = pypdf.PdfReader(io.BytesIO(written))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in written or "/Metadata" in reader.trailer["/Root"]
    for words in ("Comparer aide.", "Des classes ont comparé", "Vu dans 3 essais sur 3"):
        assert words in text.replace("\n", " ")


def test_pdf_breaks_no_rule_of_ua_1_that_a_machine_checks(synthesis, tmp_path) -> None:
    path = tmp_path / "synthese.pdf"
    path.write_bytes(to_pdf(paper_of(synthesis)))

    report = pdfua.validate(str(path))

    assert list(report.findings) == []
    assert sum(one.skipped_reason is None for one in report.outcomes) > 10


@pytest.mark.libreoffice
@pytest.mark.once
def test_odt_opens_in_libreoffice_with_its_headings_table_and_figure(synthesis, tmp_path) -> None:
    path = tmp_path / "synthese.odt"
    path.write_bytes(to_odt(paper_of(synthesis)))
    own = f"-env:UserInstallation=file://{tmp_path}/profil"
    kind = "html:XHTML Writer File:UTF8"
    words = ["soffice", own, "--headless", "--convert-to", kind, "--outdir", tmp_path, path]

    subprocess.run(words, check=True, capture_output=True, timeout=120)

    read = (tmp_path / "synthese.html").read_text()
    titles = [one.text for one in blocks(content_of(synthesis)) if isinstance(one, Heading)]
    assert len(re.findall(r"<h[1-6]\b", read)) >= len(titles)
    assert all(title in read for title in titles)
    assert read.count("<table") == 1
    assert len(re.findall(r"<img\b", read)) == 1


def test_odt_has_headings_a_table_and_a_figure(synthesis) -> None:
    written = to_odt(paper_of(synthesis))

    document = Document(io.BytesIO(written))
    headings = [one.text_recursive for one in document.body.get_headers()]
    assert headings[0] == "Résumé pour les non-spécialistes"
    assert {"Constats", "Ce que comptent les constats", "Validation et signatures"} <= set(headings)
    assert len(document.body.tables) == 1
    names = zipfile.ZipFile(io.BytesIO(written)).namelist()
    assert "Pictures/figure1.svg" in names
    assert written == to_odt(paper_of(synthesis))


def test_three_faces_say_the_same_sections_findings_and_counts(synthesis) -> None:
    content = content_of(synthesis)
    made = list(blocks(content))

    titles = [one.text for one in made if isinstance(one, Heading)]
    shown = [part.section.title for part in content.parts if part.passages]
    assert titles[1 : 1 + len(shown)] == shown
    [table] = [one for one in made if isinstance(one, Table)]
    assert [row[1] for row in table.rows] == [str(one.counts.seen) for one in content.findings]
    [figure] = [one for one in made if isinstance(one, Figure)]
    assert figure.description == said(content.findings)


def test_figure_says_in_words_what_it_shows() -> None:
    one = Stated("c", FindingKind.LEVER, "Un.", counts=Counts(seen=7, sought=11))

    assert said([one]) == (
        "Essais où chaque constat est vu, sur ceux où il est recherché : constat 1, 7 sur 11."
    )
    assert "7 sur 11" in bars([one])
    assert "script" not in bars([one])
    assert bars([]).startswith("<svg")


def test_every_section_of_the_skeleton_can_be_empty(synthesis) -> None:
    content = content_of(synthesis)

    assert len(content.parts) == len(skeleton(content.kind))
