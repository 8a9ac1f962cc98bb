"""The pages of productions: what each reader sees and does; lists, acts, versions."""

import pytest
from django.urls import reverse

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import MemberFactory, TeamFactory
from tests.people.factories import UserFactory
from tests.productions.factories import (
    ProductionFactory,
    ProductionFileFactory,
    ProductionLinkFactory,
    ProductionTermFactory,
    RepriseFactory,
)
from tests.productions.setting import NOW, TO_SHARE, TODAY, at, client_of, page
from tests.reference.factories import AcademyFactory
from traam.people.queries import actor_for
from traam.productions.models import Production
from traam.productions.queries.listing import choices
from traam.productions.rules.life import ProductionState

pytestmark = pytest.mark.django_db


PAGES = (
    *("production", "production_edit", "production_versions", "production_files"),
    *("production_take_up", "production_lineage"),
)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("ready", ["begin", "publishable"])
def test_page_opens_to_the_team_and_not_to_a_stranger(world, name, ready):
    made = getattr(world, ready)()

    page(world.referent, at(name, made))
    page(world.stranger, at(name, made), status=404)


@pytest.mark.parametrize("state", list(ProductionState))
def test_page_opens_in_every_state_to_those_concerned(world, state):
    made = world.publishable()
    Production.objects.filter(pk=made.pk).update(state=state, ark="t000000x", published_at=NOW)

    text = page(world.referent, at("production", made))

    assert state.label in text


@pytest.mark.parametrize("name", ["productions", "production_begin", "tools"])
def test_lists_ask_to_sign_in(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/connexion/?")


# -- the list


def test_list_counts_and_shows_only_what_its_reader_reads(world):
    mine, shared = world.sharable(), world.shared()
    ProductionFactory(team=TeamFactory(), title="D’un autre groupe")

    theirs = page(world.fellow, reverse("productions"))

    assert "1 production" in theirs
    assert at("production", shared) in theirs
    assert at("production", mine) not in theirs
    assert "D’un autre groupe" not in theirs
    assert "2 productions" in page(world.teacher, reverse("productions"))


def test_filters_tell_teams_and_themes_of_one_name_apart(world):
    lille, person = AcademyFactory(name="Lille"), UserFactory()
    for title, year in (("Mesurer", "2024-2025"), ("Mesurer", "2025-2026"), ("Lire", "2025-2026")):
        at_work = {"state": "at_work", "state_at": NOW, "is_archive": False}
        campaign = CampaignFactory(year=f"{year} ({title})", **at_work)
        team = TeamFactory(group__theme=ThemeFactory(title=title, campaign=campaign), academy=lille)
        MemberFactory(team=team, person=person)
        ProductionFactory(team=team, shared=True)

    found = choices(actor_for(person, TODAY))

    assert [label for _, label in found["theme"]] == [
        "Lire",
        "Mesurer · 2024-2025 (Mesurer)",
        "Mesurer · 2025-2026 (Mesurer)",
    ]
    assert [label for _, label in found["equipe"]] == [
        "Lille · Lire",
        "Lille · Mesurer · 2024-2025 (Mesurer)",
        "Lille · Mesurer · 2025-2026 (Mesurer)",
    ]


FILTERS = {
    "q": "haricot",
    "discipline": "SVT",
    "niveau": "5E",
    "sorte": "scenario",
    "etat": "shared",
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_live_in_the_address_and_narrow(world, name):
    kept = world.shared()
    other = ProductionFactory(team=world.team, title="Autre chose", kind="jeu")

    text = page(world.teacher, f"{reverse('productions')}?{name}={FILTERS[name]}")

    assert at("production", kept) in text
    assert at("production", other) not in text


def test_filters_that_make_no_sense_narrow_nothing(world):
    made = world.shared()

    text = page(world.teacher, f"{reverse('productions')}?etat=rêvée&niveau=x&tri=y&page=z")

    assert at("production", made) in text


def test_filter_of_what_awaits_me_keeps_mine(world):
    made, _ = world.proposed(), world.shared()

    text = page(world.inspector, f"{reverse('productions')}?attente=moi")

    assert "1 production" in text
    assert at("production", made) in text


def test_sheet_holds_exactly_what_is_shown(world):
    made = world.shared()
    ProductionFactory(team=world.team, title="Autre chose")

    answer = client_of(world.teacher).get(f"{reverse('productions')}?q=haricot&format=csv")

    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith(f"{made.code},Mesurer la pousse d’un haricot,Scénario,")
    ods = client_of(world.teacher).get(f"{reverse('productions')}?format=ods")
    assert ods["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"


def test_empty_list_teaches_what_to_do(world):
    assert "Rien n’est encore écrit" in page(world.teacher, reverse("productions"))
    assert "Rien n’est encore partagé" in page(world.expert, reverse("productions"))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_whatever_its_rows(world, count, django_assert_num_queries):
    for _ in range(count):
        made = ProductionFactory(team=world.team)
        ProductionTermFactory.create_batch(2, production=made)
    client = client_of(world.teacher)

    # session, user, mandates and their scopes; kept views; choices: rows, vocabulary, disciplines,
    # levels; count, rows, terms; teams to write in; vocabulary again
    with django_assert_num_queries(12):
        client.get(reverse("productions"))


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_it_holds(world, count, django_assert_num_queries):
    made = world.begin()
    ProductionFileFactory.create_batch(count, production=made)
    ProductionLinkFactory.create_batch(count, production=made)
    ProductionTermFactory.create_batch(count, production=made, scheme="tools")
    client = client_of(world.teacher)

    # session, user, mandates, scopes; the production, its team's bonds, the group's teams, terms,
    # authors, files (withheld or not), links; the vocabulary's version; tool sheets; events
    with django_assert_num_queries(13):
        client.get(at("production", made))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stays_under_fifteen_queries(world, name, django_assert_max_num_queries):
    made = world.publishable()
    ProductionFileFactory(production=made)
    RepriseFactory(production=made, source=world.shared())
    world.write(made, actor=world.teacher, aim="Une version de plus.")
    client = client_of(world.referent)

    with django_assert_max_num_queries(14):
        client.get(at(name, made))


# -- begun


def test_production_is_begun_then_written(world):
    client = client_of(world.referent)
    address = f"{reverse('production_begin')}?equipe={world.team.code}"
    assert world.team.code in client.get(address).content.decode()

    answer = client.post(address, {"team": world.team.code, "kind": "jeu", "title": "Un jeu"})

    made = Production.objects.get()
    assert answer["Location"] == at("production_edit", made)
    assert (made.kind, made.title) == ("jeu", "Un jeu")


def test_production_is_not_begun_for_the_team_of_others(world):
    answer = client_of(world.referent).post(
        reverse("production_begin"), {"team": world.other_team.code, "kind": "jeu"}
    )

    assert answer.status_code == 400
    assert "Vous n’écrivez pas" in answer.content.decode()


# -- acts


WAY = (
    ("partager", "sharable", "referent", "shared"),
    ("proposer", "publishable", "referent", "proposed"),
    ("valider", "proposed", "inspector", "validated"),
)


@pytest.mark.parametrize(("act", "ready", "who", "state"), WAY)
def test_act_says_what_it_does_then_does_it(world, act, ready, who, state):
    made, client = getattr(world, ready)(), client_of(getattr(world, who))
    address = at("production_act", made, act=act)

    assert address in client.get(at("production", made)).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address)["Location"] == at("production", made)
    assert world.again(made).state == state


BACK = (
    ("reprendre-partage", "shared", "referent", "draft"),
    ("reprendre-proposition", "proposed", "referent", "shared"),
    ("renvoyer", "proposed", "inspector", "shared"),
    ("renvoyer", "validated", "expert", "shared"),
)


@pytest.mark.parametrize(("act", "ready", "who", "state"), BACK)
def test_counter_act_asks_its_reason(world, act, ready, who, state):
    made, client = getattr(world, ready)(), client_of(getattr(world, who))
    address = at("production_act", made, act=act)

    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "La durée manque."}).status_code == 302
    assert world.again(made).state == state
    assert "La durée manque." in page(world.referent, at("production", made))


def test_act_that_lacks_something_leads_to_each_field(world):
    made = world.write(world.begin(), title="Un titre")
    client = client_of(world.referent)

    answer = client.post(at("production_act", made, act="partager"))

    assert answer.status_code == 400
    text = answer.content.decode()
    assert "7 points à compléter" in text
    assert f"{at('production_edit', made)}#champ-aim" in text


@pytest.mark.parametrize(("act", "who"), [("valider", "referent"), ("proposer", "inspector")])
def test_act_of_another_role_says_who_may(world, act, who):
    made = world.proposed()
    answer = client_of(getattr(world, who)).get(at("production_act", made, act=act))

    assert answer.status_code == 403
    assert client_of(world.stranger).get(at("production_act", made, act=act)).status_code == 404


def test_act_that_is_none_is_absent(world):
    page(world.referent, at("production_act", world.begin(), act="effacer"), status=404)


# -- versions


def test_versions_show_words_removed_and_added_and_one_is_taken_back(world):
    made = world.shared()
    world.write(made, actor=world.teacher, aim="Un autre objectif.")

    text = page(world.referent, at("production_versions", made))
    assert "<del>" in text
    assert "Un autre" in text

    number = made.version
    client_of(world.referent).post(at("production_versions", made), {"version": number})
    assert world.again(made).aim == TO_SHARE["aim"]
    assert (
        client_of(world.referent)
        .post(at("production_versions", made), {"version": "99"})
        .status_code
        == 404
    )


@pytest.mark.parametrize(
    ("reader", "leads"), [("teacher", True), ("fellow", True), ("expert", False)]
)
def test_shared_production_leads_whoever_teaches_in_the_group_to_a_trial(world, reader, leads):
    made = world.shared()

    text = page(getattr(world, reader), at("production", made))

    assert (f"{reverse('trial_begin')}?production={made.code}" in text) == leads


def test_withdrawn_production_is_not_tried(world):
    made = world.shared()
    Production.objects.filter(pk=made.pk).update(state=ProductionState.WITHDRAWN)

    assert reverse("trial_begin") not in page(world.referent, at("production", made))


@pytest.mark.parametrize("codes", [["SVT"], ["SVT", "MATHS"], []])
def test_production_begins_in_the_discipline_of_its_theme_when_it_has_but_one(world, codes):
    for code in codes:
        world.team.group.theme.terms.create(scheme="disciplines", code=code, label=code)

    made = world.begin()

    found = made.terms.filter(scheme="disciplines").values_list("code", flat=True)
    assert list(found) == (codes if len(codes) == 1 else [])
