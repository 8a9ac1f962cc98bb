"""The checker of pages is itself checked: it finds each fault, and no other."""

import pytest

from tests.house.pages import PageFault, check_page, check_part, faults

GOOD = """<!DOCTYPE html><html lang="fr"><head><title>T</title>
<link rel="stylesheet" href="/static/a.css"><script type="module" src="/static/a.js"></script>
<link rel="canonical" href="https://exemple.fr/">
<script type="application/ld+json">{"a": 1}</script>
</head><body><main><h1>Titre</h1><a href="/caf%C3%A9?x=1&amp;y=2">lien</a><label for="q">Mot</label>
<input id="q" aria-describedby="q-aide"><p id="q-aide">Aide</p><a href="https://ailleurs.fr/">x</a>
<button aria-label="Fermer"></button><input type="hidden" name="z">BODY</main></body></html>"""


def test_check_page_accepts_a_good_page() -> None:
    assert faults(GOOD.replace("BODY", "")) == []


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color:red">x</p>',
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<p onclick="x()">x</p>',
        '<a href="javascript:x">x</a>',
        '<form action="JavaScript:x"></form>',
        '<p id="q">double</p>',
        '<p id="a b">x</p>',
        "<h1>second</h1>",
        "<h2></h2>",
        '<input name="x">',
        '<select name="x"></select>',
        '<textarea name="x"></textarea>',
        '<a href="/x"></a>',
        "<button></button>",
        '<img src="/a.png">',
        '<img src="https://ailleurs.fr/a.png" alt="">',
        '<img src="//ailleurs.fr/a.png" alt="">',
        '<script src="https://ailleurs.fr/a.js"></script>',
        '<iframe src="https://ailleurs.fr/"></iframe>',
        '<a href="/café">x</a>',
        '<a href="/un deux">x</a>',
        '<a href="#absent">x</a>',
        '<label for="absent">x</label>',
        '<p aria-labelledby="absent">x</p>',
        "<p>&lt;bound method Meeting.place of &lt;Meeting: point&gt;&gt;</p>",
        "<p>&lt;function place at 0x7f&gt;</p>",
        "<p>Place object at 0x7f</p>",
        "<p>&lt;QuerySet []&gt;</p>",
    ],
)
def test_check_page_finds_one_fault(body) -> None:
    assert len(faults(GOOD.replace("BODY", body))) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' lang="fr"', ""),
        ("<title>T</title>", "<title> </title>"),
        ("<h1>Titre</h1>", ""),
        ("<main>", "<div>"),
        ('href="/static/a.css"', 'href="https://cdn.fr/a.css"'),
    ],
)
def test_check_page_finds_what_the_frame_lacks(old, new) -> None:
    with pytest.raises(PageFault):
        check_page(GOOD.replace("BODY", "").replace(old, new))


def test_check_part_looks_at_a_piece_without_its_frame() -> None:
    check_part('<p><a href="#ailleurs-dans-la-page">x</a></p>')
    with pytest.raises(PageFault, match="attribut « style »"):
        check_part('<p style="x">x</p>')


def test_checked_client_fails_by_itself_on_a_bad_page(visitor) -> None:
    with pytest.raises(PageFault, match="style"):
        visitor.get("/refuse/page")
