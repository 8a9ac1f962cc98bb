"""`/documents/<digest>`: public files only, checked each time, inert, in whole or in part."""

import pytest
from django.urls import reverse

from tests.documents.factories import SAMPLES, StoredFileFactory
from traam.documents import actions, storage

pytestmark = pytest.mark.django_db
PUBLIC: set[str] = set()


def is_public(digest: str) -> bool:
    """What `settings.PUBLIC_FILES` names in these tests."""
    return digest in PUBLIC


@pytest.fixture(autouse=True)
def _nothing_public(settings):
    settings.PUBLIC_FILES = f"{__name__}.is_public"
    PUBLIC.clear()


@pytest.fixture
def file():
    """A public text of ten bytes."""
    made = StoredFileFactory(content=b"0123456789")
    PUBLIC.add(made.digest)
    return made


@pytest.fixture
def get(client, file):
    """Asks for the file, with these headers."""

    def ask(method="get", query="", **headers):
        address = reverse("document", kwargs={"digest": file.digest}) + query
        return getattr(client, method)(address, headers=headers)

    return ask


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_public_file_is_given_inert_and_never_kept_unasked(get, file):
    response = get()

    assert response.status_code == 200
    assert body(response) == b"0123456789"
    expected = {
        "Content-Type": "text/plain",
        "Content-Length": "10",
        "Content-Disposition": f'attachment; filename="traam-{file.digest[:12]}.txt"',
        "ETag": f'"{file.digest}"',
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self'; sandbox",
    }
    assert {name: response[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("name", "media_type", "disposition"),
    [
        ("a.png", "image/png", "inline"),
        ("a.mp4", "video/mp4", "inline"),
        ("a.pdf", "application/pdf", "attachment"),
        ("a.zip", "application/zip", "attachment"),
    ],
)
def test_only_pictures_sound_and_video_show_in_place(client, name, media_type, disposition):
    made = StoredFileFactory(content=SAMPLES[name], media_type=media_type)
    PUBLIC.add(made.digest)

    response = client.get(f"/documents/{made.digest}")

    assert response["Content-Disposition"].split(";")[0] == disposition
    assert response["Content-Type"] == media_type


def test_name_asked_for_is_used_when_it_tells_the_truth(get):
    told = get(query="?nom=scénario.txt")["Content-Disposition"]
    lied = get(query="?nom=a.exe%0d%0aX:y")["Content-Disposition"]

    assert told == "attachment; filename*=utf-8''sc%C3%A9nario.txt"
    assert ".exe" not in lied


@pytest.mark.parametrize(
    ("asked", "content", "said"),
    [
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
    ],
)
def test_part_of_a_file(get, asked, content, said):
    response = get(range=asked)

    assert (response.status_code, body(response)) == (206, content)
    assert (response["Content-Range"], response["Content-Length"]) == (said, str(len(content)))


def test_part_outside_the_file_is_refused(get):
    response = get(range="bytes=10-")

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")


def test_part_of_another_version_is_the_whole(get):
    response = get(range="bytes=2-4", **{"if-range": '"other"'})

    assert (response.status_code, body(response)) == (200, b"0123456789")


def test_head_says_all_but_the_bytes(get):
    response = get(method="head")

    assert (response.status_code, response["Content-Length"], body(response)) == (200, "10", b"")


@pytest.mark.parametrize("known", ['"{}"', 'W/"{}"', '"x", "{}"', "*"])
def test_known_version_is_not_sent_again(get, file, known):
    response = get(**{"if-none-match": known.format(file.digest)})

    assert (response.status_code, response.content) == (304, b"")


def test_withdrawal_takes_effect_at_once_even_for_who_knows_the_version(get, file, now):
    actions.withhold(digest=file.digest, reason="authorisation_withdrawn", now=now)

    assert get().status_code == 404
    assert get(**{"if-none-match": f'"{file.digest}"'}).status_code == 404


def test_file_of_no_notice_is_not_found(get, file):
    PUBLIC.clear()

    assert get().status_code == 404


def test_nothing_is_public_without_the_setting(get, settings):
    settings.PUBLIC_FILES = ""

    assert get().status_code == 404


def test_file_whose_bytes_are_gone_is_not_found(get, file):
    storage.path_of(file.digest).unlink()

    assert get().status_code == 404


@pytest.mark.parametrize("digest", ["x", "0" * 64, "..", "A" * 64])
def test_what_is_no_digest_is_not_found(client, digest):
    assert client.get(f"/documents/{digest}").status_code == 404


def test_writing_is_no_verb_of_a_file(get):
    assert get(method="post").status_code == 405
