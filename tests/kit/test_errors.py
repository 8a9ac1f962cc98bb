"""Error pages: what happened, what to do, and the number, for people, htmx and programs."""

import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from tests.house.pages import CheckedClient, check_page, check_part
from traam.kit import errors

WHERE = {
    400: "/refuse/suspect",
    403: "/refuse/droit",
    404: "/nulle-part",
    405: "/refuse/methode",
    409: "/refuse/etat",
    410: "/refuse/retire",
    500: "/refuse/panne",
}


def numbered(**headers: str) -> HttpRequest:
    request = RequestFactory(SERVER_NAME="localhost").get("/x", headers=headers)
    request.META["traam.request_number"] = "abc123"
    return request


@pytest.mark.parametrize("status", errors.PROBLEMS)
def test_error_page_says_what_happened_what_to_do_and_its_number(site, status) -> None:
    response = errors.refuse(numbered(), status=status)

    page, problem = response.content.decode(), errors.PROBLEMS[status]
    check_page(page)
    assert response.status_code == status
    for said in (problem.title, problem.text, problem.advice, "abc123", f"Erreur {status}"):
        assert said in page


@pytest.mark.parametrize(("status", "address"), WHERE.items())
def test_error_answers_in_each_form_wherever_it_comes_from(visitor, status, address) -> None:
    page = visitor.get(address)
    part = visitor.get(address, headers={"hx-request": "true"})
    data = visitor.get(address, headers={"accept": "application/json"})

    assert {page.status_code, part.status_code, data.status_code} == {status}
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert part["X-Request-Id"] in part.content.decode()
    assert set(json.loads(data.content)) == {"erreur", "numero"}
    assert json.loads(data.content)["numero"] == data["X-Request-Id"]


def test_forbidden_says_who_may_and_escapes_it(visitor) -> None:
    page = visitor.get("/refuse/droit").content.decode()

    assert "Seul le DAN de Lille peut &lt;viser&gt;." in page
    assert 'href="/connexion/"' in page


def test_forbidden_has_its_own_words_without_a_reason(visitor) -> None:
    assert errors.PROBLEMS[403].text in visitor.get("/refuse/droit-nu").content.decode()


def test_bad_request_keeps_english_words_for_the_logs(visitor) -> None:
    assert "english" not in visitor.get("/refuse/suspect").content.decode()


def test_bad_request_says_that_what_was_sent_is_too_heavy(site) -> None:
    response = errors.bad_request(numbered(), RequestDataTooBig("too big"))

    assert response.status_code == 413
    assert "dépasse la taille acceptée" in response.content.decode()


def test_bad_request_answers_an_unknown_host(site) -> None:
    response = Client(SERVER_NAME="pirate.example").get("/")

    assert response.status_code == 400
    check_page(response.content.decode())
    assert "pirate" not in response.content.decode()


def test_csrf_failure_says_to_reload_and_that_nothing_was_kept(site) -> None:
    response = CheckedClient(enforce_csrf_checks=True).post("/refuse/formulaire")

    assert response.status_code == 403
    assert "Formulaire à renvoyer" in response.content.decode()
    assert "Rien n’a été" in response.content.decode()


def test_too_many_says_to_wait(site) -> None:
    response = errors.too_many(numbered())

    assert response.status_code == 429
    assert "Attendez quelques minutes" in response.content.decode()


def test_server_error_shows_nothing_of_the_fault(visitor) -> None:
    assert "secret detail" not in visitor.get("/refuse/panne").content.decode()


def test_server_error_does_not_look_at_who_is_here(site) -> None:
    class Down:
        def __getattribute__(self, name: str) -> None:
            raise OperationalError("the database is down")

    request = numbered()
    request.actor = request.user = request.session = Down()

    response = errors.server_error(request)

    assert response.status_code == 500
    check_page(response.content.decode())
    assert "abc123" in response.content.decode()


def test_server_error_still_gives_the_number_when_the_page_cannot_be_made(
    site, monkeypatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError("no manifest")

    monkeypatch.setattr(errors, "bare", broken)

    response = errors.server_error(numbered())

    assert response["Content-Type"].startswith("text/plain")
    assert "Numéro de la demande" in response.content.decode()
    assert "abc123" in response.content.decode()


@pytest.mark.parametrize("address", ["/nulle-part", "/refuse/droit", "/refuse/panne"])
def test_error_page_needs_no_database_when_nobody_is_signed_in(visitor, address) -> None:
    # No django_db mark: pytest-django fails the test at the first query.
    assert visitor.get(address).status_code in (403, 404, 500)


def test_error_part_is_a_piece_of_page(site) -> None:
    html = errors.refuse(numbered(**{"hx-request": "true"}), status=409).content.decode()

    check_part(html)
    assert "abc123" in html
