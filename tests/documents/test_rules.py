"""Names, sizes, types and ranges of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.documents import rules
from traam.documents.rules import Span


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("scénario.pdf", "scénario.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.pdf", "a.pdf"),
        ('a"b\r\nX: y;%.pdf', "a_b__X_ y__.pdf"),
        ("\u202efdp.exe", "_fdp.exe"),
        ("...", "fichier"),
        ("", "fichier"),
        ("e\u0301.pdf", "é.pdf"),
        (" .XX. ", "XX"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
    ],
)
def test_safe_name_keeps_a_plain_last_part(name, safe):
    assert rules.safe_name(name) == safe


@given(st.text(max_size=300))
def test_safe_name_is_never_empty_nor_long_and_is_stable(name):
    safe = rules.safe_name(name)

    assert 1 <= len(safe) <= rules.NAME_MAX
    assert rules.safe_name(safe) == safe


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("scénario.pdf", "scénario.pdf"),
        ("facture.exe", "traam-abababababab.pdf"),
        ("", "traam-abababababab.pdf"),
    ],
)
def test_download_name_never_lies_about_the_type(wanted, name):
    found = rules.download_name(wanted, digest="ab" * 32, media_type="application/pdf")

    assert found == name


@pytest.mark.parametrize(
    ("wanted", "name"), [("a.bin", "a.bin"), ("a.pdf", "traam-abababababab.bin")]
)
def test_download_name_of_an_unknown_type_ends_in_bin(wanted, name):
    found = rules.download_name(wanted, digest="ab" * 32, media_type="application/x-unknown")

    assert found == name


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.PDF", "pdf"),
        ("a.tar.gz", "gz"),
        ("dossier.d/a", ""),
        ("C:\\x.d\\a", ""),
        (".profile", ""),
    ],
)
def test_extension_is_that_of_the_last_part(name, ending):
    assert rules.extension(name) == ending


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"un", "a.txt", "text/plain"),
        (b"un", "a.MD", "text/plain"),
        (b"\xef\xbb\xbfun\t;\r\n\x0cdeux", "a.csv", "text/csv"),
        ("été".encode(), "a.json", "application/json"),
        ("été".encode("latin-1"), "a.csv", None),
        (b"un", "a.pdf", None),
        (b"un", "a", None),
        (b"un\x00", "a.txt", None),
        (b"un\x08", "a.txt", None),
        (b"un\x0b", "a.txt", None),
        (b"un\x1b", "a.txt", None),
    ],
)
def test_text_is_known_by_its_ending_and_holds_no_control_character(content, name, media_type):
    assert rules.text_type(content, name) == media_type


@pytest.mark.parametrize("media_type", [*rules.KINDS, "image/svg+xml", "text/html", "", "image/"])
def test_known_pictures_sounds_and_videos_alone_are_shown_in_place(media_type):
    shown = {
        *("image/png", "image/jpeg", "image/webp", "image/gif"),
        *("audio/mpeg", "audio/ogg", "video/mp4", "video/webm"),
    }

    assert rules.is_inert(media_type) is (media_type in shown)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-3", Span(0, 3)),
        ("bytes=4-", Span(4, 9)),
        ("bytes=-3", Span(7, 9)),
        ("bytes=-99", Span(0, 9)),
        ("bytes=0-99", Span(0, 9)),
        ("bytes=9-9", Span(9, 9)),
        ("bytes=10-", Span(10, 9, is_outside=True)),
        ("bytes=-0", Span(10, 9, is_outside=True)),
        ("bytes=3-1", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("items=0-3", None),
        ("", None),
        ("bytes=²-", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_byte_range_reads_one_span_of_ten_bytes(header, span):
    assert rules.byte_range(header, size=10) == span


@given(st.text(alphabet="bytes=0123456789-, ", max_size=30), st.integers(1, 10**6))
def test_byte_range_stays_inside_the_file(header, size):
    span = rules.byte_range(header, size=size)

    assert span is None or span.is_outside or 0 <= span.first <= span.last < size


def reason(**changes) -> list[str]:
    given = {
        "name": "dossier/a.pdf",
        "weight": 10,
        "limit": 20_000_000,
        "media_type": "application/pdf",
        "accepted": ["application/pdf", "image/png"],
    }
    return rules.reasons(**given | changes)


def test_reasons_name_the_file_the_value_and_what_is_accepted():
    assert reason() == []
    assert reason(weight=20_000_000) == []
    assert reason(weight=0) == ["Fichier « a.pdf » : il est vide."]
    assert reason(weight=25_300_000) == [
        "Fichier « a.pdf » : il pèse 25,3\u00a0Mo, la limite est de 20\u00a0Mo."
    ]
    assert reason(media_type=None) == [
        "Fichier « a.pdf » : son type n’est pas reconnu ; types acceptés : PDF, PNG."
    ]
    assert reason(media_type="image/gif") == [
        "Fichier « a.pdf » : c’est un fichier GIF ; types acceptés : PDF, PNG."
    ]
    assert reason(media_type="image/png") == [
        "Fichier « a.pdf » : son contenu est PNG, son nom doit finir par .png."
    ]
    assert reason(name="a.gif", media_type="image/jpeg", accepted=["image/jpeg"]) == [
        "Fichier « a.gif » : son contenu est JPEG, son nom doit finir par .jpg ou .jpeg."
    ]


def test_reasons_name_a_type_that_has_no_label_by_its_code():
    accepted = ["image/png", "x/known"]

    assert reason(name="a.odd", media_type="x/known", accepted=accepted) == []
    assert reason(media_type="x/other", accepted=accepted) == [
        "Fichier « a.pdf » : c’est un fichier x/other ; types acceptés : PNG, x/known."
    ]
