"""The pilot's screens: who comes in, what is shown, what is done and what is said."""

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.reference.factories import (
    AliasFactory,
    SchemeFactory,
    TermFactory,
    account,
    pilot,
    vocabulary_file,
)
from traam.access.roles import Role
from traam.reference.models import Scheme, Status, Term

pytestmark = pytest.mark.django_db

LIST = "/preparation/referentiels/"
LOAD = "/preparation/referentiels/charger/"
SWEET = {"code": "sucre", "label": "Sucré"}


@pytest.fixture
def visitor(client: Client) -> Client:
    """The pilot's browser."""
    client.force_login(pilot())
    return client


@pytest.fixture
def scheme() -> Scheme:
    return SchemeFactory(code="tools", label="Outils", opened=True)


def _upload(client: Client, content: bytes) -> Any:
    return client.post(LOAD, {"file": SimpleUploadedFile("saveurs.json", content)})


def _said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def _addresses(term: Term) -> list[tuple[str, str]]:
    names = ("term_merge", "term_separate", "term_confirm", "term_add_writing")
    acts = [("post", reverse(name, kwargs={"key": term.pk})) for name in names]
    scheme = reverse("vocabulary", kwargs={"code": "tools", "edition": "2026"})
    reads = [LIST, LOAD, scheme, reverse("term", kwargs={"key": term.pk})]
    return [*acts, ("post", LOAD), *(("get", address) for address in reads)]


def test_every_screen_sends_a_stranger_to_sign_in(client: Client, scheme: Scheme) -> None:
    term = TermFactory(scheme=scheme)

    for method, address in _addresses(term):
        response = getattr(client, method)(address)
        assert (response.status_code, response.url.split("?")[0]) == (302, "/connexion/")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PILOT])
def test_every_screen_is_refused_without_the_right(
    client: Client, scheme: Scheme, role: Role
) -> None:
    term = TermFactory(scheme=scheme, arrived=True)
    client.force_login(account(role))

    for method, address in _addresses(term):
        assert getattr(client, method)(address).status_code == 403
    term.refresh_from_db()
    assert term.needs_review is True


def test_list_shows_each_vocabulary_with_what_awaits(visitor: Client, scheme: Scheme) -> None:
    TermFactory.create_batch(2, scheme=scheme)
    TermFactory(scheme=scheme, arrived=True)

    page = visitor.get(LIST).content.decode()

    assert "Outils" in page
    assert "1 mot</a>" in page
    assert 'href="/preparation/referentiels/tools/2026/"' in page
    assert "Validité" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_whatever_its_length(visitor: Client, count: int) -> None:
    for scheme in SchemeFactory.create_batch(count):
        TermFactory(scheme=scheme)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        visitor.get(LIST)

    ours = [query for query in captured.captured_queries if "reference_" in query["sql"]]
    assert len(ours) == 1  # the editions and their counts


@pytest.mark.parametrize("count", [1, 3])
def test_vocabulary_costs_the_same_whatever_its_length(
    visitor: Client, scheme: Scheme, count: int
) -> None:
    for term in TermFactory.create_batch(count, scheme=scheme):
        AliasFactory.create_batch(2, term=term)

    with CaptureQueriesContext(connection) as captured:
        visitor.get(f"{LIST}tools/2026/")

    ours = [query for query in captured.captured_queries if "reference_" in query["sql"]]
    assert len(ours) == 4  # the edition, how many terms, the page's terms, their writings


def test_list_teaches_when_it_is_empty(visitor: Client) -> None:
    assert "Aucun référentiel" in visitor.get(LIST).content.decode()


def test_vocabulary_is_searched_by_writing_code_and_state(visitor: Client, scheme: Scheme) -> None:
    padlet = TermFactory(scheme=scheme, code="padlet", label="Padlet")
    AliasFactory(term=padlet, text="Mur numérique")
    TermFactory(scheme=scheme, code="prezi", label="Prezi", arrived=True)

    def found(query: str) -> list[str]:
        page = visitor.get(f"{LIST}tools/2026/?{query}").content.decode()
        return [name for name in ("Padlet", "Prezi") if f">{name}</a>" in page]

    assert found("") == ["Padlet", "Prezi"]
    assert found("q=NUMERIQUE") == ["Padlet"]
    assert found("q=prez") == ["Prezi"]
    assert found("etat=a-verifier") == ["Prezi"]
    assert found("q=zut") == []


def test_vocabulary_is_cut_into_pages(visitor: Client, scheme: Scheme) -> None:
    TermFactory.create_batch(51, scheme=scheme)

    first = visitor.get(f"{LIST}tools/2026/").content.decode()
    second = visitor.get(f"{LIST}tools/2026/?page=2").content.decode()

    assert "51 termes" in first
    assert first.count('scope="row"') == 50
    assert second.count('scope="row"') == 1


@pytest.mark.parametrize(
    "address", [f"{LIST}zut/2026/", f"{LIST}termes/999/", f"{LIST}tools/1999/"]
)
def test_screens_of_nothing_are_not_found(visitor: Client, scheme: Scheme, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_load_tries_first_and_changes_nothing(visitor: Client) -> None:
    response = _upload(visitor, json.dumps(vocabulary_file(SWEET)).encode())

    assert "Nouveau terme « Sucré » (sucre)." in response.content.decode()
    assert not Scheme.objects.exists()


def test_load_confirmed_writes_and_says_what_it_did(visitor: Client) -> None:
    content = json.dumps(vocabulary_file(SWEET, {"code": "zut"}))

    response = visitor.post(LOAD, {"content": content})

    assert (response.status_code, response.url) == (302, LIST)
    assert _said(response) == ["Référentiel chargé : 1 terme pris, 1 refusé, 0 inchangé."]
    assert Term.objects.get().code == "sucre"


def test_load_twice_says_that_nothing_changes(visitor: Client) -> None:
    content = json.dumps(vocabulary_file(SWEET))
    visitor.post(LOAD, {"content": content})

    response = _upload(visitor, content.encode())

    assert "Aucun terme ne change" in response.content.decode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "pas du JSON"),
        (b"[]", "pas un référentiel"),
        (b'{"terms": []}', "« scheme » manque"),
    ],
)
def test_load_says_why_a_file_is_refused(visitor: Client, content: bytes, reason: str) -> None:
    response = _upload(visitor, content)
    confirmed = visitor.post(LOAD, {"content": content.decode()})

    assert (response.status_code, confirmed.status_code) == (422, 422)
    assert reason in response.content.decode()
    assert reason in confirmed.content.decode()


@pytest.mark.parametrize("content", [b"", b" " * (1024 * 1024 + 1)])
def test_load_refuses_an_empty_file_or_a_huge_one(visitor: Client, content: bytes) -> None:
    response = _upload(visitor, content)

    assert 'href="#id_file"' in response.content.decode()


def test_load_escapes_what_the_file_says(visitor: Client) -> None:
    term = {"code": "x", "label": "<script>alert(1)</script>"}

    response = _upload(visitor, json.dumps(vocabulary_file(term)).encode())

    assert "<script>alert" not in response.content.decode()


def test_merge_shows_what_it_will_do_then_does_it(visitor: Client, scheme: Scheme) -> None:
    TermFactory(scheme=scheme, code="padlet", label="Padlet")
    term = TermFactory(scheme=scheme, code="paddlet", label="Paddlet", arrived=True)
    address = reverse("term_merge", kwargs={"key": term.pk})

    shown = visitor.post(address, {"target": "PADLET"})
    term.refresh_from_db()
    assert "«\u00a0Paddlet\u00a0» se lira «\u00a0Padlet\u00a0»." in shown.content.decode()
    assert term.replaced_by is None

    done = visitor.post(address, {"target": "Padlet", "confirmer": "oui"})
    term.refresh_from_db()
    assert _said(done) == ["« Paddlet » est désormais une écriture de « Padlet »."]
    assert term.status == Status.FORMER


def test_merge_refuses_an_unknown_word_beside_its_field(visitor: Client, scheme: Scheme) -> None:
    term = TermFactory(scheme=scheme)

    response = visitor.post(reverse("term_merge", kwargs={"key": term.pk}), {"target": "zut"})

    assert "« zut » n’est pas un terme de « Outils »." in response.content.decode()


def test_merge_with_itself_says_why_not(visitor: Client, scheme: Scheme) -> None:
    term = TermFactory(scheme=scheme, label="Padlet")

    response = visitor.post(
        reverse("term_merge", kwargs={"key": term.pk}), {"target": "Padlet", "confirmer": "oui"}
    )

    assert response.status_code == 422
    assert "« Padlet » est déjà lui-même." in response.content.decode()


def test_separate_confirm_and_writing_are_done_from_the_page(
    visitor: Client, scheme: Scheme
) -> None:
    kept = TermFactory(scheme=scheme, label="Padlet")
    term = TermFactory(scheme=scheme, label="Prezi", arrived=True)
    urls = {
        name: reverse(name, kwargs={"key": term.pk})
        for name in ("term", "term_separate", "term_confirm", "term_add_writing", "term_merge")
    }

    assert _said(visitor.post(urls["term_confirm"])) == ["« Prezi » est gardé tel quel."]
    said = _said(visitor.post(urls["term_add_writing"], {"text": "Prézi en ligne"}))
    assert said[-1] == "« Prézi en ligne » se lit désormais « Prezi »."
    assert "Prézi en ligne" in visitor.get(urls["term"]).content.decode()
    visitor.post(urls["term_merge"], {"target": kept.label, "confirmer": "oui"})
    assert "Séparer de «\u00a0Padlet\u00a0»" in visitor.get(urls["term"]).content.decode()
    visitor.post(urls["term_separate"])
    term.refresh_from_db()
    assert (term.status, term.needs_review) == (Status.CURRENT, False)


def test_writing_already_taken_is_refused_on_the_page(visitor: Client, scheme: Scheme) -> None:
    TermFactory(scheme=scheme, label="Padlet")
    term = TermFactory(scheme=scheme)

    response = visitor.post(
        reverse("term_add_writing", kwargs={"key": term.pk}), {"text": "padlet"}
    )

    assert response.status_code == 422
    assert "« padlet » désigne déjà « Padlet »." in response.content.decode()


@pytest.mark.parametrize("status", Status)
def test_term_page_shows_each_state(visitor: Client, scheme: Scheme, status: Status) -> None:
    term = TermFactory(scheme=scheme, status=status)

    page = visitor.get(reverse("term", kwargs={"key": term.pk})).content.decode()

    assert status.label in page
    assert ("La même chose qu’un autre" in page) == (status is Status.CURRENT)
