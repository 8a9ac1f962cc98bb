"""A file is kept once its real type and size are known; traps are refused; bytes are verified."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image

from tests.documents.factories import SAMPLES, StoredFileFactory, archive, picture
from traam.documents import actions, queries, rules, storage
from traam.documents.models import StoredFile
from traam.documents.pictures import bare, clean_picture
from traam.kit.refusals import Refusal

pytestmark = pytest.mark.django_db
PICTURES = ("png", "jpg", "webp", "gif")


def store(now, **changes):
    given = {
        "content": SAMPLES["a.txt"],
        "name": "a.txt",
        "limit": 10**6,
        "accepted": list(rules.KINDS),
        "now": now,
    }
    return actions.store(**given | changes)


@pytest.mark.parametrize("name", SAMPLES)
def test_store_knows_the_real_type_of_each_kind(now, name):
    stored = store(now, content=SAMPLES[name], name=name)

    kind = rules.KINDS[stored.media_type]
    assert rules.extension(name) in kind.extensions
    kept = bare(SAMPLES[name], media_type=stored.media_type, name=name)
    assert stored.digest == hashlib.sha256(kept).hexdigest()
    assert stored.size == len(kept)
    assert storage.path_of(stored.digest).read_bytes() == kept


@pytest.mark.parametrize("name", [name for name in SAMPLES if name[2:] not in PICTURES])
def test_store_changes_nothing_but_pictures(now, name):
    stored = store(now, content=SAMPLES[name], name=name)

    assert storage.path_of(stored.digest).read_bytes() == SAMPLES[name]


def test_every_kind_has_a_sample():
    endings = {rules.extension(name) for name in SAMPLES}

    assert [kind.label for kind in rules.KINDS.values() if not endings & {*kind.extensions}] == []


def test_store_keeps_the_same_bytes_once(now):
    first, again = store(now), store(now, name="autre.txt")

    assert first == again
    assert StoredFile.objects.count() == 1


def test_store_leaves_no_half_file_when_the_disk_is_full(now, settings, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        store(now)

    assert [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()] == []
    assert StoredFile.objects.count() == 0


def test_store_mends_a_place_that_was_cut_short(now):
    stored = store(now)
    storage.path_of(stored.digest).write_bytes(b"cut")

    store(now)

    assert list(queries.faults()) == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.txt"),
        (b"x" * 11, "a.txt"),
        (b"MZ\x90\x00" + bytes(60), "a.exe"),
        (b"MZ\x90\x00" + bytes(60), "a.pdf"),
        (b"\x7fELF" + bytes(60), "a.txt"),
        (b"<html><script>alert(1)</script>", "a.html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
        ("é".encode("latin-1"), "a.txt"),
        (b"a\x00b", "a.txt"),
        (SAMPLES["a.png"], "a.pdf"),
        (SAMPLES["a.odt"], "a.zip"),
        (SAMPLES["a.pdf"], "a"),
        (SAMPLES["a.zip"][:40], "a.zip"),
        (archive({"mimetype": b"application/x-evil", "a": b""}), "a.odt"),
    ],
)
def test_store_refuses(now, content, name):
    with pytest.raises(Refusal, match=r"^Fichier « "):
        store(now, content=content, name=name, limit=10 if content == b"x" * 11 else 10**6)

    assert StoredFile.objects.count() == 0


def test_store_refuses_an_archive_that_unfolds_beyond_reason(now):
    bomb = archive({"first": b"", "zeros": bytes(40 * 2**20)})

    with pytest.raises(Refusal, match="bombe de décompression"):
        store(now, content=bomb, name="a.zip")

    assert not StoredFile.objects.exists()


def _giant_png() -> bytes:
    """One row of data that says it is 60 000 × 60 000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


@pytest.mark.parametrize("content", [_giant_png(), SAMPLES["a.png"][:30]], ids=["giant", "cut"])
def test_store_refuses_a_picture_that_is_a_trap(now, content):
    with pytest.raises(Refusal, match="l’image"):
        store(now, content=content, name="a.png")


def test_withheld_file_may_be_shown_to_nobody_until_it_is_shown_again(now):
    digest = StoredFileFactory().digest
    assert queries.may_be_shown(digest) is True

    for _ in range(2):
        actions.withhold(digest=digest, reason="authorisation_withdrawn", now=now)
    assert queries.may_be_shown(digest) is False

    actions.show_again(digest=digest, reason="authorisation_withdrawn", now=now)
    assert queries.may_be_shown(digest) is True


def test_file_withheld_for_two_reasons_needs_both_to_end(now):
    digest = StoredFileFactory().digest
    for reason in ("authorisation_withdrawn", "complaint"):
        actions.withhold(digest=digest, reason=reason, now=now)

    actions.show_again(digest=digest, reason="complaint", now=now)

    assert queries.may_be_shown(digest) is False


def test_what_is_not_stored_may_not_be_shown():
    assert queries.may_be_shown("0" * 64) is False


def test_faults_find_what_is_missing_and_what_is_altered():
    sound, missing, altered = sorted(StoredFileFactory.create_batch(3), key=lambda one: one.digest)
    storage.path_of(missing.digest).unlink()
    storage.path_of(altered.digest).write_bytes(b"y" * altered.size)

    assert list(queries.faults()) == [
        f"Fichier {missing.digest} : il manque.",
        f"Fichier {altered.digest} : son contenu a été modifié.",
    ]
    with queries.open_bytes(sound.digest) as file:
        assert file.read().startswith(b"texte")


KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@pytest.mark.parametrize("media_type", KINDS)
def test_clean_picture_forgets_place_and_device_and_stands_upright(media_type):
    exif = Image.Exif()
    exif[0x0110] = "Appareil de test"
    exif[0x0112] = 6  # to be turned a quarter
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    content = picture(KINDS[media_type], size=(40, 20), exif=exif, comment=b"secret")

    cleaned = clean_picture(content=content, media_type=media_type)

    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.format == KINDS[media_type]
        assert image.size == (20, 40)
        assert dict(image.getexif()) == {}
        assert image.convert("RGB").getpixel((10, 5))[0] > 200
        assert image.convert("RGB").getpixel((10, 35))[0] < 60
    assert b"Appareil" not in cleaned
    assert b"secret" not in cleaned


def test_clean_picture_keeps_the_frames_of_a_moving_one():
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "green", "blue")]
    written = io.BytesIO()
    frames[0].save(
        written, "GIF", save_all=True, append_images=frames[1:], duration=100, comment=b"secret"
    )

    cleaned = clean_picture(content=written.getvalue(), media_type="image/gif")

    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.n_frames == 3
    assert b"secret" not in cleaned


def test_clean_picture_keeps_the_first_one_of_a_telephone_upright():
    """Read from a « .jpg », it holds a second picture after the first."""
    exif = Image.Exif()
    exif[0x0110] = "Appareil de test"
    exif[0x0112] = 6  # to be turned a quarter
    first, second = Image.new("RGB", (40, 20), "red"), Image.new("RGB", (40, 20), "blue")
    written = io.BytesIO()
    first.save(written, "MPO", save_all=True, append_images=[second], exif=exif)
    with Image.open(io.BytesIO(written.getvalue())) as image:
        assert image.n_frames == 2

    cleaned = clean_picture(content=written.getvalue(), media_type="image/jpeg")

    with Image.open(io.BytesIO(cleaned)) as image:
        assert (image.format, image.size) == ("JPEG", (20, 40))
        assert image.getpixel((10, 20))[0] > 200
    assert b"Appareil" not in cleaned


def test_picture_that_its_library_cannot_name_is_unreadable(monkeypatch):
    def fails(**given):
        raise KeyError("JPEG")

    monkeypatch.setattr("traam.documents.pictures.clean_picture", fails)

    with pytest.raises(Refusal, match="illisible"):
        bare(picture("JPEG"), media_type="image/jpeg", name="a.jpg")


@pytest.mark.parametrize("mode", ["RGBA", "P", "L"])
def test_clean_picture_keeps_the_mode(mode):
    cleaned = clean_picture(content=picture("PNG", mode=mode), media_type="image/png")

    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.mode == mode


def test_attached_file_is_given_under_its_name_until_it_is_withheld(now):
    content = SAMPLES["a.pdf"]
    digest = store(now, content=content, name="a.pdf").digest

    named = queries.attached(digest, "lettre.pdf")
    assert named == ("lettre.pdf", "application/pdf", content)
    assert queries.attached(digest, "lettre.exe") == (
        f"traam-{digest[:12]}.pdf",
        "application/pdf",
        content,
    )

    actions.withhold(digest=digest, reason="authorisation_withdrawn", now=now)
    assert queries.attached(digest, "lettre.pdf") is None


def test_attached_file_is_absent_when_it_was_never_stored_or_is_lost(now):
    digest = store(now).digest
    storage.path_of(digest).unlink()

    assert queries.attached(digest, "a.txt") is None
    assert queries.attached("f" * 64, "a.txt") is None
