"""A number for each request, GETs that cannot write, refusals as pages."""

import json
import re

import pytest
from django.db import connection
from django.test import Client

from traam.kit import middleware

NUMBER = re.compile(r"[0-9a-f]{12}")


def test_request_number_is_sent_back_and_differs(visitor) -> None:
    first, second = visitor.get("/")["X-Request-Id"], visitor.get("/")["X-Request-Id"]

    assert NUMBER.fullmatch(first)
    assert NUMBER.fullmatch(second)
    assert first != second


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_read_only_get_refuses_a_write_when_the_method_is_safe(site, method) -> None:
    with pytest.raises(middleware.WriteOnRead, match="UPDATE people_user"):
        getattr(Client(), method)("/refuse/ecrire")


@pytest.mark.django_db
def test_read_only_get_lets_a_post_write(visitor) -> None:
    assert visitor.post("/refuse/ecrire").content == b"fait"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "is_refused"),
    [
        ("INSERT INTO catalogue_notice VALUES (1)", True),
        ("  delete from catalogue_notice", True),
        ("DROP TABLE people_user", True),
        ('UPDATE "django_session" SET x = 1', False),
        ('DELETE FROM "mfa_authenticator"', False),
        ("SELECT 'UPDATE me'", False),
        ("SAVEPOINT x", False),
    ],
)
def test_read_only_get_knows_a_write_from_a_read(sql, is_refused) -> None:
    seen = []

    def execute(sql, params, many, context) -> None:
        seen.append(sql)

    if is_refused:
        with pytest.raises(middleware.WriteOnRead):
            middleware._refuse_writes(execute, sql, (), False, {"connection": connection})
    else:
        middleware._refuse_writes(execute, sql, (), False, {"connection": connection})
    assert seen == ([] if is_refused else [sql])


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/refuse/action", 400, "Le titre «\u00a0x\u00a0» est trop court."),
        ("/refuse/interdit", 403, "Seul un pilote national peut publier."),
        ("/refuse/inconnu", 404, "Page introuvable"),
        ("/refuse/etat", 409, "ouvrir"),
        ("/refuse/methode", 405, "Méthode refusée"),
        ("/refuse/retire", 410, "Page retirée"),
    ],
)
def test_refusals_are_pages_with_their_reasons(visitor, address, status, said) -> None:
    response = visitor.get(address)

    page = response.content.decode().replace("« x »", "«\u00a0x\u00a0»")
    assert response.status_code == status
    assert said in page
    assert response["X-Request-Id"] in page


def test_refusals_tell_a_stranger_nothing_of_what_is_unknown(visitor) -> None:
    assert "brouillon" not in visitor.get("/refuse/inconnu").content.decode()


def test_refusals_keep_the_methods_that_are_allowed(visitor) -> None:
    assert visitor.get("/refuse/methode")["Allow"] == "POST"


def test_refusals_speak_json_when_asked(visitor) -> None:
    response = visitor.get("/refuse/action", headers={"accept": "application/json"})

    assert response.status_code == 400
    assert json.loads(response.content) == {
        "erreur": "Le titre « x » est trop court. Autre raison.",
        "numero": response["X-Request-Id"],
    }


def test_refusals_leave_our_own_faults_to_burst(site) -> None:
    with pytest.raises(ZeroDivisionError):
        Client().get("/refuse/panne")
