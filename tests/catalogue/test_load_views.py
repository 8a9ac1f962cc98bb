"""The pilot brings a file, reads what it would become, loads it once, or leaves it."""

import csv
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.campaigns.loads import theme_row
from tests.catalogue.factories import LoadFactory, LoadRowFactory
from tests.catalogue.loads import production_row
from tests.reference.factories import account
from traam.access.roles import Role
from traam.campaigns.models import Theme
from traam.catalogue.loading import uploads
from traam.catalogue.loading.productions import foresee
from traam.catalogue.models import Load, LoadRow, Notice
from traam.documents.queries import open_bytes
from traam.journal.models import Entry
from traam.kit.rows import Outcome

pytestmark = pytest.mark.usefixtures("vocabularies")


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(account(Role.PILOT))
    return client


def bring(
    client: Client, content: bytes, *, name: str = "p.json", kind: str = "productions"
) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("loads"), {"kind": kind, "file": file})


def rows(*given: dict[str, Any]) -> bytes:
    return json.dumps(given, ensure_ascii=False).encode()


def address(name: str, load: Load) -> str:
    return reverse(name, kwargs={"key": load.pk})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_empty_history_says_what_will_be_there(client: Client) -> None:
    response = client.get(reverse("loads"))

    assert response.status_code == 200
    assert "Aucun fichier déposé" in text(response)


def test_year_far_ahead_is_told_before_the_load_and_after(client: Client) -> None:
    bring(client, rows(production_row(year="2099-2100")))
    load = Load.objects.get()
    told = "« 2099-2100 » commence après l’année prochaine"

    assert told in text(client.get(address("load", load)))

    client.post(address("load_carry_out", load))
    load.refresh_from_db()
    assert (load.state, load.mended_count) == ("done", 1)
    assert told in text(client.get(address("load", load)))


def test_file_is_checked_then_loaded(client: Client) -> None:
    given = rows(production_row(), production_row(id="R2", kind="poème"))

    checked = bring(client, given)

    load = Load.objects.get()
    assert (checked.status_code, checked["Location"]) == (302, address("load", load))
    assert (load.state, load.name, Notice.objects.count()) == ("checked", "p.json", 0)
    page = text(client.get(address("load", load)))
    assert "Rien n’est encore chargé" in page
    assert "Charger prendra 1 ligne" in page
    assert "« poème » n’est pas reconnu" in page

    done = client.post(address("load_carry_out", load), follow=True)

    load.refresh_from_db()
    assert (load.state, Notice.objects.count()) == ("done", 1)
    assert "« p.json » : 1 ligne chargée." in text(done)
    assert "Voir le catalogue" in text(done)


def test_second_press_of_the_button_loads_nothing_more(client: Client) -> None:
    bring(client, rows(production_row()))
    load = Load.objects.get()

    first = client.post(address("load_carry_out", load))
    load.refresh_from_db()
    ended_at, written = load.ended_at, list(load.rows.values_list("pk", flat=True))
    second = client.post(address("load_carry_out", load))

    load.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert (load.ended_at, list(load.rows.values_list("pk", flat=True))) == (ended_at, written)
    assert Notice.objects.count() == 1
    assert Entry.objects.filter(verb="load.carry_out").count() == 1


def test_campaigns_are_loaded_and_settle_what_waited(client: Client) -> None:
    bring(client, rows(production_row(theme=theme_row()["theme"], discipline="SVT")))
    client.post(address("load_carry_out", Load.objects.get()))

    bring(client, rows(theme_row()), kind="campaigns", name="c.json")
    load = Load.objects.get(kind="campaigns")
    done = client.post(address("load_carry_out", load), follow=True)

    assert Theme.objects.count() == 1
    assert Notice.objects.current().get().version == 2
    assert "Voir les campagnes" in text(done)


def test_file_may_be_abandoned_and_is_then_not_loaded(client: Client) -> None:
    bring(client, rows(production_row()))
    load = Load.objects.get()

    left = client.post(address("load_abandon", load), follow=True)
    again = client.post(address("load_abandon", load))
    late = client.post(address("load_carry_out", load))

    assert "rien n’a été chargé" in text(left)
    assert (again.status_code, late.status_code) == (302, 400)
    assert "est abandonné" in text(late)
    assert Notice.objects.count() == 0


def test_file_that_is_loaded_is_not_abandoned(client: Client) -> None:
    bring(client, rows(production_row()))
    load = Load.objects.get()
    client.post(address("load_carry_out", load))

    response = client.post(address("load_abandon", load))

    assert response.status_code == 400
    assert "est déjà chargé" in text(response)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "p.json", "le fichier est vide"),
        (b"[{", "p.json", "JSON incorrect ou tronqué à la ligne 1, colonne 3"),
        (b"PK\x03\x04", "p.ods", "un classeur"),
        (b"id;title\n1;2\n", "p.csv", "le point-virgule"),
        (rows(production_row(auteur="x")), "p.json", "« auteur » est refusée"),
    ],
)
def test_bad_file_is_refused_in_one_clear_sentence_and_the_form_is_kept(
    client: Client, content: bytes, name: str, said: str
) -> None:
    response = bring(client, content, name=name, kind="campaigns")

    assert response.status_code == 422
    assert said in text(response)
    assert re.search(r'<input[^>]*value="campaigns"[^>]*checked', text(response))
    assert Load.objects.count() == 0


def test_form_without_a_file_or_a_kind_says_what_is_missing(client: Client) -> None:
    response = client.post(reverse("loads"), {})

    assert response.status_code == 422
    assert "choisissez un fichier." in text(response)
    assert "choisissez ce que contient le fichier." in text(response)


def test_file_of_the_other_content_is_named_as_such(client: Client) -> None:
    response = bring(client, rows(production_row()), kind="campaigns")

    assert response.status_code == 422
    assert "ce fichier a les colonnes de « Productions »" in text(response)
    assert "inconnue" not in text(response)
    assert Load.objects.count() == 0


def test_file_that_would_change_nothing_is_not_offered_to_load(client: Client) -> None:
    bring(client, rows(production_row()))
    client.post(address("load_carry_out", Load.objects.get()))

    bring(client, rows(production_row(), production_row(id="R2", kind="poème")))
    page = text(client.get(address("load", Load.objects.order_by("-pk")[0])))

    assert "Ce fichier ne changerait rien" in page
    assert "1 ligne est déjà connue, à l’identique. 1 ligne est refusée" in page
    assert "/charger" not in page
    assert "Abandonner" in page


def test_mail_addresses_of_a_file_are_kept_nowhere(client: Client) -> None:
    bring(client, rows(production_row(note="Écrire à a.b@ac-lille.fr", id="c.d@ac-lille.fr")))

    load = Load.objects.get()
    with open_bytes(load.rows_digest) as file:
        kept = file.read().decode()
    assert "ac-lille" not in kept
    assert "ac-lille" not in json.dumps(list(load.rows.values_list("reasons", flat=True)))
    assert "ac-lille" not in text(client.get(address("load", load)))


def test_report_is_filtered_by_outcome(client: Client) -> None:
    bring(client, rows(production_row(), production_row(id="R2", kind="poème")))
    load = Load.objects.get()

    refused = text(client.get(address("load", load), {"issue": "refused"}))
    unchanged = text(client.get(address("load", load), {"issue": "unchanged"}))
    strange = client.get(address("load", load), {"issue": "<x>", "page": "zéro"})

    assert "poème" in refused
    assert refused.count('scope="row"') == 1
    assert "Aucune ligne n’a eu cette issue" in unchanged
    assert strange.status_code == 200


def test_report_is_read_page_by_page(client: Client) -> None:
    load = LoadFactory(row_count=51, taken_count=50, refused_count=1)
    LoadRowFactory.create_batch(50, load=load)
    LoadRowFactory(load=load, outcome=Outcome.REFUSED, reasons=["Champ « id » : vide."])

    first, second = (text(client.get(address("load", load), {"page": n})) for n in (1, 2))
    refused = text(client.get(address("load", load), {"issue": "refused", "page": "9"}))

    assert [page.count('scope="row"') for page in (first, second, refused)] == [50, 1, 1]
    assert "Champ « id » : vide." not in first
    assert "Champ « id » : vide." in second
    assert "Champ « id » : vide." in refused


def test_report_is_given_as_json_and_csv(client: Client) -> None:
    bring(client, rows(production_row(), production_row(id="R2", kind="poème")))
    load = Load.objects.get()

    as_json = client.get(address("load_json", load))
    as_csv = client.get(address("load_csv", load))

    report = foresee(rows=uploads._rows(load), now=load.checked_at).as_data()
    assert json.loads(as_json.getvalue()) == report
    assert [row["outcome"] for row in report["rows"]] == ["taken", "refused"]
    assert "attachment" in as_json["Content-Disposition"]
    lines = as_csv.getvalue().decode("utf-8-sig").splitlines()
    assert lines[:2] == ["ligne,issue,raisons", "1,prise,"]
    assert lines[2].startswith('2,refusée,"Champ « kind »')


def test_long_report_is_given_whole_piece_by_piece(client: Client) -> None:
    load = LoadFactory(row_count=1200)
    LoadRow.objects.bulk_create(
        LoadRow(load=load, row=n, outcome="mended", reasons=["é" * 50]) for n in range(1, 1201)
    )

    as_json = client.get(address("load_json", load))
    pieces = list(client.get(address("load_csv", load)).streaming_content)

    assert [row["row"] for row in json.loads(as_json.getvalue())["rows"]] == [*range(1, 1201)]
    assert len(pieces) > 2
    read = list(csv.reader(b"".join(pieces).decode("utf-8-sig").splitlines()))
    assert read[1200] == ["1200", "prise avec réparation", "é" * 50]
    assert len(read) == 1201


def test_report_of_nothing_yet_is_given_empty(client: Client) -> None:
    load = LoadFactory()

    assert json.loads(client.get(address("load_json", load)).getvalue()) == {"rows": []}


@pytest.mark.parametrize("count", [1, 3])
def test_history_asks_the_same_queries_whatever_its_length(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        LoadFactory(done=True)

    # Session, account, mandates and their scopes; loads, their count, names.
    with django_assert_num_queries(6):
        response = client.get(reverse("loads"))

    assert text(response).count('scope="row"') == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", [{}, {"issue": "taken"}])
def test_report_asks_the_same_queries_whatever_its_length(
    client: Client, count: int, query: dict[str, str], django_assert_num_queries: Any
) -> None:
    load = LoadFactory(done=True, row_count=count)
    LoadRowFactory.create_batch(count, load=load)

    # Session, account, mandates and their scopes; the load, names, its rows.
    with django_assert_num_queries(6):
        response = client.get(address("load", load), query)

    assert text(response).count('scope="row"') == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["load_json", "load_csv"])
def test_download_asks_the_same_queries_whatever_its_length(
    client: Client, count: int, name: str, django_assert_num_queries: Any
) -> None:
    load = LoadFactory(done=True, row_count=count)
    LoadRowFactory.create_batch(count, load=load)

    # Session, account, mandates and their scopes; the load, its rows.
    with django_assert_num_queries(5):
        content = client.get(address(name, load)).getvalue().decode()

    assert content.count("prise" if name == "load_csv" else '"taken"') == count


@pytest.mark.parametrize("name", ["load", "load_json", "load_csv"])
def test_unknown_load_is_not_found(client: Client, name: str) -> None:
    assert client.get(reverse(name, kwargs={"key": 999})).status_code == 404


@pytest.mark.parametrize("name", ["load_carry_out", "load_abandon"])
def test_acts_on_an_unknown_load_are_not_found(client: Client, name: str) -> None:
    assert client.post(reverse(name, kwargs={"key": 999})).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PILOT])
def test_loads_are_closed_to_every_other_role(role: Role) -> None:
    load = LoadFactory()
    client = Client()
    client.force_login(account(role))

    answers = [client.get(reverse("loads")), client.get(address("load", load))]
    answers += [client.get(address(name, load)) for name in ("load_json", "load_csv")]
    answers += [client.post(address(name, load)) for name in ("load_carry_out", "load_abandon")]

    assert {answer.status_code for answer in answers} == {403}
    assert Load.objects.get().state == "checked"


def test_loads_ask_strangers_to_sign_in() -> None:
    response = Client().get(reverse("loads"))

    assert response.status_code == 302
    assert response["Location"].startswith("/connexion/")
