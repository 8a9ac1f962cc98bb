"""Views of a list, from outside: kept, opened, renamed, removed; one's own, and nobody else's."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import get_resolver

from tests.people.factories import MandateFactory, SavedViewFactory, UserFactory
from traam.access.roles import Role
from traam.kit.lists import label_of
from traam.people import actions, shelf
from traam.people.models import SavedView, User
from traam.people.rules import VIEW_NAME_MAX, VIEWS_MAX, view_name_faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]

LIST = "/preparation/personnes/"
ASKED = f"{LIST}?q=lille&role=teacher"
NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def alice() -> User:
    return MandateFactory(role=Role.PILOT).person


@pytest.fixture
def of_alice(alice) -> Client:
    return browser(alice)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ")


def to_keep(client: Client, address: str) -> str:
    """The address behind « Enregistrer cette vue »; empty when the list does not offer it."""
    found = re.search(r'href="(/compte/vues/nouvelle/[^"]+)"', page(client, address))
    return unescape(found[1]) if found else ""


def keep(client: Client, name: str, address: str = ASKED, **typed: str):
    return client.post(to_keep(client, address), {"name": name, **typed})


def said(response) -> str:
    """What the page says at its field."""
    text = response.content.decode().replace("\u00a0", " ")
    return " ".join(re.findall(r'fr-message--error">(.*?)</p>', text))


def links(text: str) -> list[tuple[str, str]]:
    """The views above the list: their names and addresses."""
    shown = text.partition('<nav class="kit-views"')[2].partition("</ul>")[0]
    found = re.findall(r'<a class="fr-tag[^>]* href="([^"]+)"[^>]*>([^<]+)', shown)
    return [(name, unescape(href)) for href, name in found]


# -- keeping


def test_view_is_kept_listed_and_opened(of_alice, alice) -> None:
    answer = keep(of_alice, "  Les enseignants   de Lille ")

    assert (answer.status_code, answer["Location"]) == (302, ASKED)
    kept = SavedView.objects.get()
    assert (kept.person, kept.list_name, kept.is_opening) == (alice, "people", False)
    text = page(of_alice, ASKED)
    assert "La vue « Les enseignants de Lille » est enregistrée." in text
    assert links(text) == [("Toute la liste", LIST), ("Les enseignants de Lille", ASKED)]
    assert 'aria-current="true">Les enseignants de Lille' in text
    assert "Enregistrer cette vue" not in text


def test_only_what_the_list_understands_is_kept(of_alice) -> None:
    keep(of_alice, "Lille", f"{LIST}?page=2&role=chef&zut=1&q=+lille+&mandat=&format=")

    assert SavedView.objects.get().query == "q=lille"


def test_page_that_names_a_view_says_what_it_will_show(of_alice) -> None:
    text = page(of_alice, to_keep(of_alice, ASKED))

    assert "Nom ou adresse : lille" in text
    assert "Rôle : enseignant" in text


@pytest.mark.parametrize("query", ["", "?page=2", "?vue=toute", "?role=chef", "?q="])
def test_nothing_is_offered_while_there_is_nothing_to_keep(of_alice, query) -> None:
    text = page(of_alice, f"{LIST}{query}")

    assert "kit-views" not in text


@pytest.mark.parametrize("token", ["", "?vue=", "?vue=q%3Dlille", "?vue=WyIvIl0:1tZ:abc"])
def test_what_no_list_has_signed_is_not_kept(of_alice, token) -> None:
    address = f"/compte/vues/nouvelle/{token}"

    assert of_alice.post(address, {"name": "x"}).status_code == 404
    assert not SavedView.objects.exists()


def test_page_that_is_no_list_keeps_no_view(of_alice) -> None:
    token = shelf.signed(shelf.Asked("/compte/", "q=lille", ()))

    assert of_alice.get(f"/compte/vues/nouvelle/?vue={quote(token)}").status_code == 404


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("   ", "Donnez un nom à la vue"),
        ("x" * 41, "Le nom de la vue (41 caractères) doit tenir en 40."),
        ("a\u202eb", "un caractère invisible"),
        ("toute la LISTE", "mène déjà à la liste sans filtre"),
    ],
)
def test_name_is_refused_in_one_sentence_and_stays_typed(of_alice, name, why) -> None:
    answer = keep(of_alice, name)

    assert answer.status_code == 400
    assert why in said(answer)
    assert f'value="{name}"' in answer.content.decode() or not name.strip()
    assert not SavedView.objects.exists()


def test_name_at_its_limit_is_kept(of_alice) -> None:
    assert keep(of_alice, "x" * VIEW_NAME_MAX).status_code == 302
    assert view_name_faults("x" * VIEW_NAME_MAX) == []


def test_name_already_taken_replaces_only_once_told(of_alice, alice) -> None:
    known = {"person": alice, "list_name": "people", "name": "Lille"}
    SavedViewFactory(**known, query="q=autre", is_opening=True)

    refused = keep(of_alice, "lille")
    assert "Vous avez déjà une vue « Lille » de cette liste" in said(refused)
    assert "Remplacer la vue de ce nom" in refused.content.decode()
    assert SavedView.objects.get().query == "q=autre"

    keep(of_alice, "lille", replace="1")
    assert [(one.name, one.query, one.is_opening) for one in SavedView.objects.all()] == [
        ("Lille", "q=lille&role=teacher", True)
    ]


def test_same_name_serves_for_another_list_and_another_person(of_alice, alice) -> None:
    SavedViewFactory(person=alice, list_name="outbox", name="Lille")
    SavedViewFactory(list_name="people", name="Lille")

    assert keep(of_alice, "Lille").status_code == 302


def test_twenty_views_of_a_list_are_kept_and_no_more(of_alice, alice) -> None:
    SavedViewFactory.create_batch(VIEWS_MAX - 1, person=alice, list_name="people")
    SavedViewFactory(person=alice, list_name="outbox")

    assert keep(of_alice, "La vingtième").status_code == 302
    answer = keep(of_alice, "De trop", f"{LIST}?q=nantes")

    assert "Vous gardez déjà 20 vues de cette liste" in said(answer)
    assert SavedView.objects.filter(person=alice, list_name="people").count() == VIEWS_MAX
    assert keep(of_alice, "La vingtième", f"{LIST}?q=nantes", replace="1").status_code == 302


def test_filters_too_long_to_be_kept_are_refused(of_alice) -> None:
    answer = keep(of_alice, "Long", f"{LIST}?q={quote('é' * 180)}")

    assert "Ces filtres sont trop longs" in said(answer)


# -- the one that opens the list


def test_list_opens_with_the_view_chosen_for_that(of_alice) -> None:
    keep(of_alice, "Lille", opens="on")

    answer = of_alice.get(LIST)

    assert (answer.status_code, answer["Location"]) == (302, ASKED)
    text = page(of_alice, ASKED)
    assert "(ouvre la liste)" in text
    assert links(text)[0] == ("Toute la liste", f"{LIST}?vue=toute")


def test_whole_list_stays_within_reach_of_one_that_opens_with_a_view(of_alice) -> None:
    keep(of_alice, "Lille", opens="on")

    whole = page(of_alice, f"{LIST}?vue=toute")
    empty = page(of_alice, f"{LIST}?q=personne-de-ce-nom")

    assert 'aria-current="true">Toute la liste' in whole
    assert f'href="{LIST}?vue=toute">Voir tous les comptes' in empty
    assert page(of_alice, f"{LIST}?q=&role=&academie=&mandat=")  # the filters, all emptied
    assert "text/csv" not in of_alice.get(f"{LIST}?vue=toute")["Content-Type"]


def test_one_view_at_most_opens_the_list(of_alice, alice) -> None:
    keep(of_alice, "Lille", opens="on")
    keep(of_alice, "Nantes", f"{LIST}?q=nantes", opens="on")

    assert list(SavedView.objects.filter(is_opening=True).values_list("name", flat=True)) == [
        "Nantes"
    ]
    with pytest.raises(IntegrityError):
        SavedViewFactory.create_batch(2, person=alice, list_name="outbox", is_opening=True)


def test_opening_a_list_asks_for_its_views_once(of_alice, alice, django_assert_num_queries) -> None:
    SavedViewFactory.create_batch(3, person=alice, list_name="people")
    page(of_alice, LIST)

    # session, user, mandates, limits, kept views, vocabulary, count, accounts, mandates, limits
    with django_assert_num_queries(9):
        of_alice.get(LIST)


# -- changing, removing


def test_view_is_renamed_and_made_the_one_that_opens(of_alice, alice) -> None:
    keep(of_alice, "Lille")
    change = re.search(r'href="(/compte/vues/\d+/[^"]+)"', page(of_alice, ASKED))
    assert change
    assert 'value="Lille"' in page(of_alice, change[1])

    answer = of_alice.post(change[1], {"name": "Enseignants", "opens": "on"})

    assert answer["Location"] == ASKED
    kept = SavedView.objects.get()
    assert (kept.name, kept.is_opening, kept.query) == ("Enseignants", True, "q=lille&role=teacher")


def test_view_is_not_renamed_as_another_one(of_alice, alice) -> None:
    one = SavedViewFactory(person=alice, list_name="people", name="Une")
    SavedViewFactory(person=alice, list_name="people", name="Deux")

    answer = of_alice.post(f"/compte/vues/{one.pk}/", {"name": "DEUX"})

    assert "Vous avez déjà une vue « Deux »" in said(answer)
    assert "Remplacer" not in answer.content.decode()


def test_view_keeps_its_own_name_in_other_letters(of_alice, alice) -> None:
    one = SavedViewFactory(person=alice, list_name="people", name="lille")

    of_alice.post(f"/compte/vues/{one.pk}/", {"name": "LILLE"})

    assert SavedView.objects.get().name == "LILLE"


def test_view_is_removed_and_its_filters_stay_on_screen(of_alice) -> None:
    keep(of_alice, "Lille")

    answer = of_alice.post(f"/compte/vues/{SavedView.objects.get().pk}/retirer/?de={LIST}")

    assert answer["Location"] == ASKED
    text = page(of_alice, ASKED)
    assert "La vue « Lille » est retirée." in text
    assert "Enregistrer cette vue" in text
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("where", ["https://exemple.fr/", "//exemple.fr", "/compte/", "zut", ""])
def test_return_is_to_the_list_and_nowhere_else(of_alice, alice, where) -> None:
    one = SavedViewFactory(person=alice, list_name="people", query="q=lille")

    answer = of_alice.post(f"/compte/vues/{one.pk}/retirer/?de={quote(where)}")

    assert answer["Location"] == f"{LIST}?q=lille"


# -- whose they are


def test_view_of_another_person_does_not_exist(of_alice) -> None:
    other = SavedViewFactory(list_name="people", name="De Bob", is_opening=True)

    assert of_alice.get(f"/compte/vues/{other.pk}/").status_code == 404
    assert of_alice.post(f"/compte/vues/{other.pk}/", {"name": "x"}).status_code == 404
    assert of_alice.post(f"/compte/vues/{other.pk}/retirer/").status_code == 404
    assert SavedView.objects.get().name == "De Bob"
    assert "De Bob" not in page(of_alice, ASKED)
    assert of_alice.get(LIST).status_code == 200


def test_stranger_is_sent_to_sign_in_and_sees_no_view(client) -> None:
    for address in (LIST, "/compte/vues/nouvelle/", "/compte/vues/1/"):
        assert client.get(address)["Location"].startswith("/connexion/")
    for address in ("/catalogue/?q=lille", "/campagnes/", "/themes/"):
        assert "Enregistrer cette vue" not in client.get(address).content.decode()


def test_erasing_a_person_erases_their_views(alice) -> None:
    bob = UserFactory()
    SavedViewFactory(person=bob)
    SavedViewFactory(person=alice)

    actions.erase(person=bob, now=NOW, actor=None)

    assert [one.person for one in SavedView.objects.all()] == [alice]


# -- what has gone since


def test_view_whose_value_is_gone_opens_with_the_rest_and_says_so(of_alice, alice) -> None:
    query = "q=primaire&academie=99"
    SavedViewFactory(person=alice, list_name="people", name="Vieille", query=query)
    for name in ("École primaire", "Collège"):
        UserFactory(name=name)

    text = page(of_alice, f"{LIST}?{query}")

    assert "Cette vue filtrait aussi par Académie : cette valeur n’existe plus ici." in text
    assert "École primaire" in text
    assert "Collège" not in text
    assert "Enregistrer cette vue" in text  # what is left, under the same name or another


def test_view_whose_filter_is_gone_says_so(of_alice, alice) -> None:
    query = "q=lille&region=nord"
    SavedViewFactory(person=alice, list_name="people", query=query)

    assert "Cette vue filtrait aussi par region" in page(of_alice, f"{LIST}?{query}")
    assert "aussi par region :" in page(of_alice, f"{LIST}?{query}&page=1").replace("\u00a0", " ")


# -- everywhere


def marked() -> dict[str, str]:
    """The name of every list that keeps views, and how it is called."""
    found = {}

    def walk(patterns, name: str = "") -> None:
        for one in patterns:
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns)
            elif label_of(one.callback):
                found[one.name] = label_of(one.callback)

    walk(get_resolver().url_patterns)
    return found


def test_every_list_that_has_filters_keeps_views() -> None:
    assert marked() == {
        "applications": "Candidatures",
        "conflicts": "Conflits d’intérêts",
        "jobs": "Tâches de fond",
        "journal_entries": "Journal des actes",
        "outbox": "Courrier",
        "people": "Personnes",
        "productions": "Productions",
        "reviews": "Avis",
        "search": "Recherche",
        "syntheses": "Synthèses",
        "trials_list": "Essais",
    }


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/preparation/journal/", "acte=people.invite&du=2026-03-01"),
        ("/preparation/courrier/", "etat=failed"),
        ("/preparation/taches/", "etat=FAILED"),
        ("/candidatures/", "etat=draft&tri=theme"),
        ("/productions/", "tri=titre"),
        ("/essais/tous/", "q=mesure"),
        ("/redaction/", "sorte=national&attente=moi"),
        ("/catalogue/", "q=mesure&tri=titre"),
    ],
)
def test_each_list_keeps_a_view_and_opens_with_it(address, query) -> None:
    role = Role.TEACHER if address.startswith("/essais/") else Role.PILOT
    reader = browser(MandateFactory(role=role).person)

    answer = keep(reader, "Une vue", f"{address}?{query}", opens="on")

    assert (answer.status_code, answer["Location"]) == (302, f"{address}?{query}")
    assert reader.get(address)["Location"] == f"{address}?{query}"
    assert re.search('aria-current="true">(<[^>]+>)?Une vue', page(reader, f"{address}?{query}"))
