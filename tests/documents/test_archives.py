"""Archives are unfolded before they are believed: bombs, locks and damage are named and refused."""

import io
import struct
import zipfile

import pytest
from odfdo import Document
from openpyxl import Workbook

from tests.documents.factories import archive, office, open_document
from traam.documents import archives, sniffing
from traam.kit.refusals import Refusal
from traam.kit.text import FIXED

MIMETYPE = b"application/vnd.oasis.opendocument.text"
ZEROS = bytes(11 * 10**6)
SAID = "Fichier « projet.odt »"
DAMAGED = f"{SAID} : l’archive est abîmée ; enregistrez le fichier à nouveau."


def odt(**parts: bytes) -> bytes:
    return archive({"mimetype": MIMETYPE, **parts})


def reason(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        archives.check(content, SAID)
    (said,) = refused.value.reasons
    return said


def patched(content: bytes, name: str, *, offset: int, field: bytes) -> bytes:
    """The archive whose central directory says something else of a part."""
    found = content.rindex(name.encode(), 0, content.rindex(b"PK\x05\x06"))
    at = found - 46 + offset
    return content[:at] + field + content[at + len(field) :]


def test_archive_of_a_few_texts_is_taken():
    archives.check(odt(content=b"<x/>" * 1000), SAID)
    archives.check(open_document("text"), SAID)
    archives.check(office("word"), SAID)


def test_archive_of_a_heavy_picture_is_taken():
    noise = bytes(range(256)) * 50_000  # 12,8 Mo, stored as it is

    archives.check(archive({"mimetype": MIMETYPE, "a.png": noise}, zipfile.ZIP_STORED), SAID)


def test_real_office_files_are_taken_and_known(tmp_path):
    written, book = io.BytesIO(), io.BytesIO()
    Document("text").save(written)
    Workbook().save(book)

    for content, name, kind in (
        (written.getvalue(), "a.odt", "opendocument.text"),
        (book.getvalue(), "a.xlsx", "spreadsheetml.sheet"),
    ):
        archives.check(content, SAID)
        assert str(sniffing.media_type(content, name=name)).endswith(kind)


def test_bomb_is_refused_by_how_much_it_would_swell():
    words = f"{SAID} : c’est une bombe de décompression : déplié, il serait plus de 200 fois plus"

    assert reason(odt(zeros=ZEROS)).startswith(words)
    assert reason(odt(**{f"z{rank}": ZEROS[: 2**20] for rank in range(12)})).startswith(words)


def test_bomb_that_lies_about_its_size_is_refused():
    honest = odt(zeros=ZEROS)
    lying = patched(honest, "zeros", offset=24, field=struct.pack("<I", 10))

    assert zipfile.ZipFile(io.BytesIO(lying)).getinfo("zeros").file_size == 10
    assert reason(lying) == DAMAGED


def test_bomb_is_refused_by_what_it_would_weigh(monkeypatch):
    monkeypatch.setattr(archives, "UNFOLDED_MAX", 1_000)

    archives.check(odt(a=bytes(900)), SAID)
    assert reason(odt(a=bytes(900), b=bytes(900))) == (
        f"{SAID} : c’est une bombe de décompression : déplié, il dépasserait 1{FIXED}ko."
    )


def test_bomb_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "PARTS_MAX", 3)

    archives.check(odt(a=b"a", b=b"b"), SAID)
    assert reason(odt(a=b"a", b=b"b", c=b"c")) == (
        f"{SAID} : c’est une bombe de décompression : 4 éléments, 3 au plus."
    )


def test_locked_archive_is_refused():
    locked = patched(odt(content=b"<x/>"), "content", offset=8, field=struct.pack("<H", 1))

    assert reason(locked) == (f"{SAID} : l’archive est protégée par un mot de passe ; retirez-le.")


@pytest.mark.parametrize("cut", [1, 10, 60, 100])
def test_archive_cut_short_is_refused(cut):
    assert reason(odt(content=b"<x>un texte</x>")[:-cut]) == DAMAGED


def test_archive_whose_part_does_not_match_its_sum_is_refused():
    whole = archive({"mimetype": MIMETYPE, "content.xml": b"<x>un texte</x>"}, zipfile.ZIP_STORED)

    said = reason(whole.replace(b"un texte", b"un autre"))

    assert said == DAMAGED


@pytest.mark.parametrize("folded", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_archive_whose_part_is_damaged_is_refused_however_it_was_folded(folded):
    whole = archive({"mimetype": MIMETYPE, "content.xml": b"<x>un texte</x>" * 50}, folded)
    at = whole.index(b"content.xml") + len(b"content.xml")

    archives.check(whole, SAID)
    assert reason(whole[: at + 9] + b"\xff" * 20 + whole[at + 29 :]) == DAMAGED
