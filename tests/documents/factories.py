"""Stored files as tests want them, and the bytes of each kind we know."""

import io
import zipfile
from datetime import UTC, datetime

import factory
from PIL import Image

from traam.documents import storage
from traam.documents.models import StoredFile, Withholding

AT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)


class StoredFileFactory(factory.django.DjangoModelFactory):
    """A short text, its bytes on disk."""

    class Meta:
        model = StoredFile
        exclude = ["content"]

    content = factory.Sequence(lambda number: f"texte {number}".encode())
    digest = factory.LazyAttribute(lambda made: storage.write(made.content))
    media_type = "text/plain"
    size = factory.LazyAttribute(lambda made: len(made.content))
    created_at = AT


class WithholdingFactory(factory.django.DjangoModelFactory):
    """A withdrawn authorisation, still withdrawn."""

    class Meta:
        model = Withholding

    file = factory.SubFactory(StoredFileFactory)
    reason = "authorisation_withdrawn"
    since = AT


def picture(kind: str, size: tuple[int, int] = (4, 2), mode: str = "RGB", **options) -> bytes:
    """A picture whose left half is red."""
    made = Image.new(mode, size)
    made.paste(Image.new(mode, (size[0] // 2, size[1]), "red"))
    written = io.BytesIO()
    made.save(written, kind, **options)
    return written.getvalue()


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts, the first one stored as OpenDocument wants."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for number, (name, content) in enumerate(parts.items()):
            entry = zipfile.ZipInfo(name)  # dated 1980: the same bytes in every process
            made.writestr(entry, content, zipfile.ZIP_STORED if not number else compression)
    return written.getvalue()


def open_document(kind: str) -> bytes:
    """An OpenDocument file: its type is its first part."""
    declared = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": declared, "content.xml": b"<x/>"})


def office(folder: str) -> bytes:
    """An Office file: its type is the folder of its parts."""
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<x/>"})


SAMPLES: dict[str, bytes] = {
    "a.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
    "a.png": picture("PNG"),
    "a.jpg": picture("JPEG"),
    "a.webp": picture("WEBP"),
    "a.gif": picture("GIF"),
    "a.odt": open_document("text"),
    "a.ods": open_document("spreadsheet"),
    "a.odp": open_document("presentation"),
    "a.docx": office("word"),
    "a.xlsx": office("xl"),
    "a.pptx": office("ppt"),
    "a.zip": archive({"lisez-moi.txt": b"bonjour"}),
    "a.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(64),
    "a.ogg": b"OggS\x00\x02" + bytes(20) + b"\x01\x1e\x01vorbis" + bytes(40),
    "a.mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(32),
    "a.webm": b"\x1a\x45\xdf\xa3\x42\x82\x84webm" + bytes(32),
    "a.json": b'{"a": 1}',
    "a.ics": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "a.csv": "académie,thème\nLille,Essai\n".encode(),
    "a.txt": "Un texte accentué : œuvre.\n".encode(),
}
