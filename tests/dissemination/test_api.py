"""The public API: the search's filters, pages, errors in French, and no fault whatever is asked."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings

from tests.catalogue.factories import RecordFactory
from tests.dissemination.factories import LILLE, MATHS, NANTES, SVT, publish, rich, withdraw
from traam.catalogue.search import FACETS, engine
from traam.catalogue.search.request import SORTS
from traam.config.wsgi import application
from traam.dissemination import api

pytestmark = pytest.mark.django_db


def _publish(*records) -> list[str]:
    arks = [publish(record, number=number).ark for number, record in enumerate(records)]
    engine().rebuild()
    return arks


def _get(client: Client, **query: object) -> dict:
    response = client.get("/api/v1/notices", query)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_list_gives_the_count_the_facets_and_the_results(client: Client) -> None:
    arks = _publish(RecordFactory(disciplines=(SVT,)), RecordFactory(disciplines=(MATHS,)))

    found = _get(client, discipline="SVT")

    assert set(found) == {"count", "next", "facets", "results"}
    assert (found["count"], found["next"]) == (1, None)
    assert set(found["facets"]) == set(FACETS)
    assert {(one["code"], one["count"]) for one in found["facets"]["discipline"]["values"]} == {
        ("SVT", 1),
        ("MATH", 1),
    }
    assert [one["ark"] for one in found["results"]] == [arks[0]]
    assert found["results"][0]["url"] == f"http://testserver/catalogue/{arks[0]}/"


@pytest.mark.parametrize("facet", FACETS)
def test_every_facet_of_the_search_filters(client: Client, facet: str) -> None:
    _publish(rich(), RecordFactory(years=("2001-2002",), kind=MATHS))
    everything = _get(client)
    code = next(one["code"] for one in everything["facets"][facet]["values"])

    found = _get(client, **{facet: code})

    assert everything["count"] == 2
    assert found["count"] == 1


def test_values_of_a_facet_widen_and_facets_narrow(client: Client) -> None:
    _publish(
        RecordFactory(disciplines=(SVT,), academies=(LILLE,)),
        RecordFactory(disciplines=(MATHS,), academies=(LILLE,)),
        RecordFactory(disciplines=(SVT,), academies=(NANTES,)),
    )

    assert _get(client, discipline=["SVT", "MATH"])["count"] == 3
    assert _get(client, discipline=["SVT", "MATH"], academie="09")["count"] == 2


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_is_accepted(client: Client, sort: str) -> None:
    _publish(RecordFactory(title="B"), RecordFactory(title="A"))

    titles = [one["title"] for one in _get(client, tri=sort)["results"]]

    assert sorted(titles) == ["A", "B"]
    assert (sort != "titre") or titles == ["A", "B"]


def test_pages_follow_one_another_to_the_end(client: Client) -> None:
    arks = _publish(*(RecordFactory(title=f"Vent {n}") for n in range(5)))

    pages = [_get(client, limit=2, tri="titre", q="vent")]
    while pages[-1]["next"]:
        parts = urlsplit(pages[-1]["next"])
        pages.append(client.get(f"{parts.path}?{parts.query}").json())

    assert [[one["ark"] for one in page["results"]] for page in pages] == [
        arks[:2],
        arks[2:4],
        arks[4:],
    ]


@pytest.mark.parametrize(
    ("query", "field", "accepted"),
    [
        ({"limit": "0"}, "limit", "un nombre entier de 1 à 100"),
        ({"limit": "101"}, "limit", "un nombre entier de 1 à 100"),
        ({"limit": "beaucoup"}, "limit", "un nombre entier de 1 à 100"),
        ({"page": "0"}, "page", "un nombre entier de 1 à 10000"),
        ({"page": "9" * 40}, "page", "un nombre entier de 1 à 10000"),
        ({"tri": "date"}, "tri", "pertinence, recent, ancien, titre"),
        ({"q": "x" * 301}, "q", "un texte de 300 caractères au plus"),
        (
            {"theme": ["x"] * 41},
            "theme",
            "au plus 40 codes de 120 caractères au plus, lus dans « facets »",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_accepted(
    client: Client, query: dict, field: str, accepted: str
) -> None:
    response = client.get("/api/v1/notices", query)

    assert response.status_code == 422
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "message": "La demande n’est pas acceptée.",
        "erreurs": [
            {
                "champ": field,
                "message": f"La valeur de « {field} » n’est pas acceptée.",
                "accepte": accepted,
            }
        ],
    }


def test_all_wrong_values_are_told_at_once(client: Client) -> None:
    found = client.get("/api/v1/notices", {"limit": "0", "tri": "x", "page": "y"}).json()

    assert [one["champ"] for one in found["erreurs"]] == ["tri", "page", "limit"]


def test_a_notice_is_read_then_gone_or_unknown(client: Client) -> None:
    notice = publish(rich(), number=0)

    present = client.get(f"/api/v1/notices/{notice.ark}")
    withdraw(notice, number=1)
    gone = client.get(f"/api/v1/notices/{notice.ark}")
    unknown = client.get("/api/v1/notices/rien")

    assert (present.status_code, present.json()["record"]["title"]) == (200, rich().title)
    assert (gone.status_code, gone.json()["is_withdrawn"]) == (410, True)
    assert unknown.status_code == 404
    assert unknown.json() == {"message": "Aucune notice ne porte l’identifiant « rien »."}


def test_the_contract_names_the_filters_of_the_search(client: Client) -> None:
    contract = client.get("/api/v1/openapi.json")

    names = [
        one["name"] for one in contract.json()["paths"]["/api/v1/notices"]["get"]["parameters"]
    ]
    assert names == ["q", *FACETS, "tri", "page", "limit"]
    assert set(api.ACCEPTED) == set(names)
    assert contract["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client: Client, method: str) -> None:
    assert getattr(client, method)("/api/v1/notices").status_code == 405


contract = schemathesis.openapi.from_dict(api.api.get_openapi_schema())
contract.app = application


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """A real WSGI request closes the connection, and with it the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_kept_connection")
@pytest.mark.parametrize(
    ("path", "mode"),
    [
        ("/api/v1/notices", schemathesis.GenerationMode.POSITIVE),
        ("/api/v1/notices", schemathesis.GenerationMode.NEGATIVE),
        ("/api/v1/notices/{ark}", schemathesis.GenerationMode.POSITIVE),
    ],
)
def test_no_request_is_a_fault_of_ours(path: str, mode: schemathesis.GenerationMode) -> None:
    _publish(RecordFactory())
    statuses = set()

    @settings(
        max_examples=30, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=contract[path]["GET"].as_strategy(generation_mode=mode))
    def walk(case: schemathesis.Case) -> None:
        response = case.call()
        statuses.add(response.status_code)
        case.validate_response(response)

    walk()

    assert statuses <= {200, 404, 405, 410, 422}
