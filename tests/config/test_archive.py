"""A backup holds everything, and gives it back; a damaged one is refused and changes nothing."""

import contextlib
import gzip
import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.config.archive_place import PNG, Place
from traam.config.archive import layout
from traam.kit.refusals import Refusal

DIGEST = hashlib.sha256(PNG).hexdigest()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Place:
    """The tables, and no row: what takes longest, made once."""
    place = Place(tmp_path_factory.mktemp("prepared") / "data")
    place.do("prepare")
    return place


@pytest.fixture(scope="module")
def filled(prepared, tmp_path_factory) -> Place:
    place = copy(prepared, tmp_path_factory.mktemp("filled") / "data")
    place.do("fill")
    return place


@pytest.fixture(scope="module")
def archive(filled, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "traam.tgz"
    assert filled.do(["backup", path]) == []
    return path


@pytest.fixture(scope="module")
def restored(archive, tmp_path_factory) -> Place:
    """What the archive gives where there was nothing."""
    place = Place(tmp_path_factory.mktemp("restored") / "absent")
    assert place.do(["restore", archive]) == []
    return place


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """An archive of a few members, for what needs no database."""
    folder = tmp_path_factory.mktemp("small")
    return write(folder / "small.tgz", {"tables/a.jsonl": b'{"id":1}\n', f"files/{DIGEST}": PNG})


def write(path: Path, contents: dict[str, bytes], manifest: dict[str, Any] | None = None) -> Path:
    """An archive of these members, sound in itself."""
    sources = []
    for number, (name, content) in enumerate(contents.items()):
        source = path.parent / f"source-{number}"
        source.write_bytes(content)
        sources.append(
            layout.Member(name, source, len(content), hashlib.sha256(content).hexdigest())
        )
    with path.open("wb") as file:
        layout.write(file=file, manifest=manifest or {"format": layout.FORMAT}, members=sources)
    return path


def read(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the members of an archive."""
    members = {name: source.read() for name, source in layout.extract(path)}
    return layout.check(path), members


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, but for SQLite's own two beside the database."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def copy(place: Place, folder: Path) -> Place:
    """The same system in another folder."""
    shutil.copytree(place.folder, folder)
    return Place(folder)


@contextlib.contextmanager
def killed(process) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.communicate()


@pytest.mark.sqlite
def test_restore_gives_back_every_row_and_every_file(filled, restored):
    assert restored.do("verify") == []
    assert restored.do("rows") == filled.do("rows")
    assert tree(restored.folder / "fichiers") == tree(filled.folder / "fichiers")
    assert (restored.folder / "secret").read_text() == (filled.folder / "secret").read_text()


@pytest.mark.sqlite
def test_restore_gives_no_key_again(restored, tmp_path):
    """The fill erased person 2, whose key the journal may name."""
    assert copy(restored, tmp_path / "data").do("next_person") == 3


@pytest.mark.sqlite
def test_restore_asks_for_replace_over_data(filled, archive, tmp_path):
    there = copy(filled, tmp_path / "data")
    there.do(["execute", "UPDATE catalogue_sequence SET last = 99"])
    (there.folder / "index").mkdir()
    (there.folder / "index" / "old").write_text("stale")
    before = tree(there.folder)

    (reason,) = there.do(["restore", archive])
    after = tree(there.folder)
    done = there.do(["restore", archive, "replace"])

    assert "--replace" in reason
    assert after == before
    assert done == []
    assert there.do("rows") == filled.do("rows")
    assert not (there.folder / "index").exists()
    assert list(there.folder.glob(".restauration-*")) == []


@pytest.mark.sqlite
def test_restore_refuses_a_damaged_archive_and_writes_nothing(archive, tmp_path):
    damaged = tmp_path / "damaged.tgz"
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    there = Place(tmp_path / "absent")

    (reason,) = there.do(["restore", damaged])

    assert reason.startswith("L’archive « damaged.tgz » est abîmée")
    assert sorted(tree(there.folder)) == ["secret"]  # drawn by the settings, whatever is asked


@pytest.mark.sqlite
def test_restore_leaves_all_in_place_when_rows_do_not_load(archive, filled, tmp_path):
    manifest, members = read(archive)
    members["tables/people_user.jsonl"] = members["tables/people_user.jsonl"].replace(b"id", b"ID")
    broken = write(tmp_path / "broken.tgz", members, manifest)
    there = copy(filled, tmp_path / "data")
    before = tree(there.folder)

    (reason,) = there.do(["restore", broken, "replace"])

    assert "ne se charge pas" in reason
    assert tree(there.folder) == before


@pytest.mark.sqlite
def test_restore_refuses_rows_that_lead_nowhere(archive, tmp_path):
    manifest, members = read(archive)
    members["tables/journal_seal.jsonl"] = b""
    manifest["rows"]["journal_seal"] = 0
    broken = write(tmp_path / "broken.tgz", members, manifest)

    (reason,) = Place(tmp_path / "absent").do(["restore", broken])

    assert "ne se charge pas" in reason


@pytest.mark.sqlite
def test_restore_refuses_an_archive_of_a_later_version(archive, tmp_path):
    manifest, members = read(archive)
    manifest["migrations"].append(["people", "9999_later"])
    later = write(tmp_path / "later.tgz", members, manifest)

    (reason,) = Place(tmp_path / "absent").do(["restore", later])

    assert "people.9999_later" in reason


@pytest.mark.sqlite
def test_restore_migrates_an_older_archive(prepared, filled, tmp_path):
    old, there = copy(prepared, tmp_path / "old"), Place(tmp_path / "there")
    old.do(["migrate", "journal", "0001"], ["backup", tmp_path / "old.tgz"])

    assert there.do(["restore", tmp_path / "old.tgz"], "applied") == filled.do("applied")
    assert there.do("verify") == []


@pytest.mark.sqlite
def test_backup_is_whole_while_others_write(prepared, tmp_path):
    busy, there = copy(prepared, tmp_path / "busy"), Place(tmp_path / "there")
    writer = busy.start("write_for_ever")
    with killed(writer):
        assert writer.stdout.readline() == "ready\n"
        assert busy.do(["backup", tmp_path / "busy.tgz"]) == []
        assert writer.poll() is None

    assert there.do(["restore", tmp_path / "busy.tgz"], "verify") == []
    rows = there.do("rows")
    assert len(rows["catalogue_notice"]) >= 5
    assert len(rows["catalogue_notice"]) <= len(rows["documents_storedfile"])


@pytest.mark.sqlite
def test_backup_says_which_file_it_lacks_and_keeps_the_rest(filled, tmp_path):
    lame, there = copy(filled, tmp_path / "lame"), Place(tmp_path / "there")
    (lame.folder / "fichiers" / DIGEST[:2] / DIGEST[2:4] / DIGEST).write_bytes(b"altered")

    (reason,) = lame.do(["backup", tmp_path / "lame.tgz"])

    assert DIGEST in reason
    assert there.do(["restore", tmp_path / "lame.tgz"], "verify") == [
        f"Fichier {DIGEST} : il manque."
    ]


@pytest.mark.sqlite
def test_backup_refuses_a_folder_that_is_not_there(filled, tmp_path):
    (reason,) = filled.do(["backup", tmp_path / "absent" / "x.tgz"])

    assert (
        reason
        == f"L’archive « {tmp_path}/absent/x.tgz » ne s’écrit pas : No such file or directory."
    )


def test_archive_is_readable_by_its_owner_only_and_opens_with_tar(archive):
    with tarfile.open(archive) as tar:
        names = tar.getnames()

    assert archive.stat().st_mode & 0o777 == 0o600
    assert names[0] == "manifest.json"
    assert names[-2:] == [f"files/{DIGEST}", "secret"]


def test_manifest_counts_and_measures_what_follows(archive):
    manifest, members = read(archive)

    assert manifest["rows"] == {
        name.removeprefix("tables/").removesuffix(".jsonl"): content.count(b"\n")
        for name, content in members.items()
        if name.startswith("tables/")
    }
    assert manifest["members"] == {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
    }


def _is_refused(path: Path, content: bytes) -> bool:
    path.write_bytes(content)
    with contextlib.suppress(Refusal):
        layout.check(path)
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_check_finds_any_byte_changed(archive, tmp_path_factory, data):
    content = bytearray(archive.read_bytes())
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))

    assert _is_refused(tmp_path_factory.getbasetemp() / "changed.tgz", bytes(content))


def test_check_finds_every_byte_changed_in_a_small_archive(small, tmp_path):
    """Headers of gzip and tar, padding, deflate blocks, checksums and the trailer included."""
    content = small.read_bytes()

    found = [
        position
        for position in range(len(content))
        if not _is_refused(
            tmp_path / "changed.tgz",
            content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :],
        )
    ]

    assert found == []


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content + b"\n",
        lambda content: content[: -layout.TRAILER_SIZE],
        lambda content: content + content,
        lambda content: content[1:],
    ],
    ids=["empty", "cut", "longer", "without_trailer", "twice", "beheaded"],
)
def test_check_finds_what_is_cut_or_added(small, tmp_path, change):
    assert _is_refused(tmp_path / "changed.tgz", change(small.read_bytes()))


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "tables/../../evil", "files/short"])
def test_check_refuses_a_member_out_of_place(tmp_path, name):
    path = write(tmp_path / "evil.tgz", {name: b"x"})

    with pytest.raises(Refusal, match="n’y a pas sa place"):
        layout.check(path)


def test_check_refuses_another_format(tmp_path):
    path = write(tmp_path / "other.tgz", {})
    with gzip.open(path) as unpacked:
        text = unpacked.read().replace(b'"format": 1', b'"format": 2')
    packed = gzip.compress(text)
    path.write_bytes(packed + layout.trailer(hashlib.sha256(packed).hexdigest()))

    with pytest.raises(Refusal, match="au format 2"):
        layout.check(path)


@pytest.mark.parametrize("lack", ["tables/a.jsonl", "tables/b.jsonl"])
def test_check_refuses_a_manifest_that_does_not_say_what_follows(tmp_path, lack):
    path = tmp_path / "lacking.tgz"
    said = {"tables/a.jsonl": 1, "tables/b.jsonl": 1}
    manifest = {"format": 1, "members": {name: _said(b"x") for name in said}}
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for name, content in (("manifest.json", json.dumps(manifest).encode()), (lack, b"x")):
            header = tarfile.TarInfo(name)
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))
    packed = raw.getvalue()
    path.write_bytes(packed + layout.trailer(hashlib.sha256(packed).hexdigest()))

    with pytest.raises(Refusal, match="manque"):
        layout.check(path)


def _said(content: bytes) -> dict[str, Any]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
