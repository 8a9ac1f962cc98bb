"""The pilot corrects, withdraws and restores a notice; nobody else may."""

import pytest

from tests.catalogue.public import published, withdrawn
from tests.house.pages import CheckedClient
from tests.reference.factories import pilot
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Link

TYPED = {"title": "Titre juste", "title_is_exact": "on", "summary": "Neuf", "reason": "Coquille"}


@pytest.fixture
def editor(reader: CheckedClient) -> CheckedClient:
    """The same browser, with the pilot signed in."""
    reader.force_login(pilot())
    return reader


def latest(ark: str) -> Notice:
    return Notice.objects.get(ark=ark, is_current=True)


def test_correct_shows_the_notice_as_it_is(editor) -> None:
    notice = published(title="Titre ancien", links=(Link("https://a.example/1", "original"),))

    page = editor.get(f"/catalogue/{notice.ark}/corriger/").content.decode()

    assert 'value="Titre ancien"' in page
    assert 'value="https://a.example/1"' in page


def test_correct_writes_a_version_with_its_reason(editor) -> None:
    notice = published(title="Titre ancien", links=(Link("https://a.example/1", "original"),))

    answer = editor.post(f"/catalogue/{notice.ark}/corriger/", TYPED | {"version": 1})

    assert answer["Location"] == f"/catalogue/{notice.ark}/"
    assert (latest(notice.ark).version, latest(notice.ark).reason) == (2, "Coquille")
    assert latest(notice.ark).frozen().title == "Titre juste"
    assert latest(notice.ark).frozen().links == ()


def test_correct_keeps_the_other_addresses(editor) -> None:
    links = (Link("https://a.example/1", "original", "A"), Link("https://b.example/2", "original"))
    notice = published(links=links)

    editor.post(
        f"/catalogue/{notice.ark}/corriger/",
        TYPED | {"version": 1, "original": "https://c.example/3"},
    )

    assert latest(notice.ark).frozen().links == (
        Link("https://c.example/3", "original", "A"),
        Link("https://b.example/2", "original"),
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"title": ""}, "Titre"), ({"reason": " "}, "Raison"), ({"original": "pas une"}, "Adresse")],
)
def test_correct_wrong_keeps_what_was_typed_and_names_the_field(editor, changes, said) -> None:
    notice = published()

    answer = editor.post(f"/catalogue/{notice.ark}/corriger/", TYPED | {"version": 1} | changes)

    assert answer.status_code == 400
    assert f'">{said}' in answer.content.decode()
    assert "Neuf" in answer.content.decode()
    assert latest(notice.ark).version == 1


def test_correct_by_two_people_loses_nothing(editor) -> None:
    notice = published()
    editor.post(f"/catalogue/{notice.ark}/corriger/", TYPED | {"version": 1})

    late = editor.post(
        f"/catalogue/{notice.ark}/corriger/", TYPED | {"version": 1, "summary": "Le mien"}
    )

    assert late.status_code == 409
    assert "a changé pendant que vous écriviez" in late.content.decode()
    assert "Le mien" in late.content.decode()
    assert latest(notice.ark).version == 2


def test_correct_without_a_change_says_so(editor) -> None:
    notice = published(title="Le même")

    answer = editor.post(
        f"/catalogue/{notice.ark}/corriger/",
        {"title": "Le même", "title_is_exact": "on", "reason": "Rien", "version": 1},
    )

    assert answer.status_code == 400
    assert "Rien n’a changé" in answer.content.decode()


def test_withdraw_then_restore_gives_the_notice_back(editor) -> None:
    notice = published(title="Retirée puis rétablie")
    address = f"/catalogue/{notice.ark}/retirer/"

    editor.post(address, {"act": "withdraw", "reason": "Droits contestés"})
    assert latest(notice.ark).act == Act.WITHDRAWN
    editor.post(address, {"act": "restore", "reason": "Droits réglés"})

    assert latest(notice.ark).act == Act.CORRECTED
    assert latest(notice.ark).frozen() == notice.frozen()


def test_withdraw_pressed_twice_does_not_restore(editor) -> None:
    notice = withdrawn(published())

    answer = editor.post(
        f"/catalogue/{notice.ark}/retirer/", {"act": "withdraw", "reason": "Encore"}
    )

    assert answer.status_code == 409
    assert latest(notice.ark).act == Act.WITHDRAWN


@pytest.mark.parametrize("act", ["corriger", "retirer"])
def test_edit_leads_a_stranger_to_the_sign_in_page(reader, act: str) -> None:
    notice = published()

    assert "/connexion/" in reader.get(f"/catalogue/{notice.ark}/{act}/")["Location"]


@pytest.mark.parametrize("act", ["corriger", "retirer"])
def test_edit_of_an_unknown_notice_is_not_found(editor, act: str) -> None:
    assert editor.get(f"/catalogue/inconnue/{act}/").status_code == 404


def test_notice_shows_its_verbs_to_the_pilot_only(editor) -> None:
    notice = published()
    theirs = CheckedClient().get(f"/catalogue/{notice.ark}/").content.decode()

    ours = editor.get(f"/catalogue/{notice.ark}/").content.decode()

    assert f"/catalogue/{notice.ark}/corriger/" in ours
    assert f"/catalogue/{notice.ark}/corriger/" not in theirs
