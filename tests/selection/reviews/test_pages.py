"""The home of the choice, the list of reviews, the assignment, the conflicts, the ranking."""

import csv
import io
import random
import re
from datetime import timedelta

import pytest
import time_machine

from tests.selection import factories as f
from tests.selection.reviews.paging import bulk, judge, text
from traam.applications.models import Examiner
from traam.applications.rules.life import Standing
from traam.selection import actions
from traam.selection.forms.lists import Order
from traam.selection.models import Review
from traam.selection.queries.assignment import Panel
from traam.selection.queries.ranking import ranked

pytestmark = pytest.mark.django_db
REGION = {"standing": Standing.FOUND, "kinds": "region"}


# -- home


def test_home_tells_a_reviewer_what_they_owe(made, client_of):
    f.review_all(made, [[4]])
    f.ReviewFactory(case=made.cases[1], reviewer=judge(made))

    said = text(client_of(judge(made)).get("/selection/"))

    assert "1 sur 2" in said
    assert "Reprendre mes avis" in said
    assert "avant le lundi 4 mai 2026, 18 h, heure de Paris · dans 14 jours" in said


def test_home_tells_the_pilot_where_each_theme_stands(made, client_of):
    f.review_all(made, [[4, 3], [2]])
    f.clear(
        [made.applications[0]],
        [f.reviewer(made.themes[0])],
        standing=Standing.FOUND,
        kinds="region",
    )

    said = text(client_of(made.pilot).get("/selection/"))

    assert "3 sur 12 avis rendus" in said
    assert "3 sur 6" in said
    assert "2 dossiers sans assez de relecteurs" in said
    assert "1 conflit à trancher" in said


def test_home_counts_what_is_late_after_the_deadline_only(made, client_of, now):
    f.ReviewFactory(case=made.cases[0], reviewer=judge(made))

    before = text(client_of(made.pilot).get("/selection/"))
    with time_machine.travel(now + timedelta(days=15), tick=False):
        after = text(client_of(made.pilot).get("/selection/"))

    assert ("1 en retard" in before, "1 en retard" in after) == (False, True)


def test_home_without_a_campaign_teaches(client_of):
    said = text(client_of(f.pilot()).get("/selection/"))

    assert "Aucune campagne à l’étude" in said


@pytest.mark.parametrize(("academies", "past"), [(1, 1), (3, 5)])
def test_home_costs_the_same_whatever_its_rows(
    client_of, django_assert_num_queries, academies, past
):
    made = f.study(academies=academies, reviewers=academies + 1)
    actions.assign_all(campaign=made.campaign, now=f.NOW, actor=None)
    for _ in range(past):
        f.under_study(state="announced")
    client = client_of(judge(made))
    client.get("/selection/")

    # session, person, mandates, delegations; campaigns, calendar; one's share, what is owed; the
    # themes, their terms, cases and conflicts; those that are deliberated upon; the seal
    with django_assert_num_queries(12):
        client.get("/selection/")


def test_home_and_list_are_refused_to_others(made, client_of):
    stranger = f.UserFactory()

    for address in ("/selection/", f"/selection/{made.campaign.year}/avis/"):
        assert client_of(stranger).get(address).status_code == 403


# -- the list


@pytest.mark.parametrize("rows", [1, 3, 126, 1_260])
def test_list_costs_the_same_whatever_its_rows(made, client_of, django_assert_num_queries, rows):
    bulk(made, rows)
    client, address = client_of(made.pilot), f"/selection/{made.campaign.year}/avis/"
    client.get(address)

    # session, person, mandates, their scopes, kept views, campaign, choices, count, rows, barred
    with django_assert_num_queries(9):
        answer = client.get(address)
    assert f"{rows * 3:,} avis".replace(",", " ") in text(answer)


def test_list_is_narrowed_sorted_and_exported_as_shown(made, client_of):
    f.review_all(made, [[4, 3], [2, 5], [1, 0], [3]])
    f.ReviewFactory(case=made.cases[3], reviewer=made.reviewers[made.themes[1].code][1])
    client, year = client_of(made.pilot), made.campaign.year
    draw = random.Random(7)
    offered = {
        "theme": ["", *(one.code for one in made.themes)],
        "academie": ["", *(one.code for one in made.academies)],
        "etat": ["", "submitted", "assigned", "a-rendre"],
        "relecteur": ["", str(judge(made).pk)],
        "q": ["", "mesurer", "zzz"],
        "tri": [one.value for one in Order],
    }

    seen = set()
    for _ in range(30):
        query = {name: draw.choice(values) for name, values in offered.items()}
        page = client.get(f"/selection/{year}/avis/", query)
        shown = re.search(r"<caption>([0-9]+)", page.content.decode())
        count = int(shown[1]) if shown else 0
        body = client.get(f"/selection/{year}/avis/", query | {"format": "csv"}).content
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert len(rows) - 1 == count, query
        seen.add(count)

    assert len(seen) > 2


def test_reviewers_list_holds_their_own_reviews_only(made, client_of):
    f.review_all(made, [[4, 3]])

    said = text(client_of(judge(made)).get(f"/selection/{made.campaign.year}/avis/"))

    assert "1 avis Candidature" in said
    assert "Tous les avis" not in said


# -- assignment


def test_dry_run_then_one_act_gives_all(made, client_of):
    client, year = client_of(made.pilot), made.campaign.year
    address = f"/selection/{year}/affectation/automatique/"

    foreseen = text(client.get(address))
    assert Review.objects.count() == 0
    answer = client.post(address, follow=True)

    assert "8 avis seraient confiés" in foreseen
    assert "4 candidatures resteraient sans assez d’avis" in foreseen
    assert (
        "2 avis sur 3 : sur 2 personnes qui jugent ce thème, 2 peuvent lire cette candidature."
        in foreseen
    )
    assert "8 avis confiés" in text(answer)
    assert Review.objects.count() == 8


def test_case_is_given_by_hand(made, client_of):
    client, theme = client_of(made.pilot), made.themes[0]
    address = f"/selection/{made.campaign.year}/affectation/"
    data = {"dossier": made.cases[0].pk, "relecteur": judge(made).pk, "theme": theme.code}

    answer = client.post(f"{address}confier/", data)

    assert answer["Location"] == f"{address}?theme={theme.code}"
    assert Review.objects.get().reviewer == judge(made)


@pytest.mark.parametrize("rows", [1, 4])
def test_assignment_costs_the_same_whatever_its_rows(client_of, django_assert_num_queries, rows):
    made = f.study(academies=rows, reviewers=rows + 1)
    actions.assign_all(campaign=made.campaign, now=f.NOW, actor=None)
    client, address = client_of(made.pilot), f"/selection/{made.campaign.year}/affectation/"
    client.get(address)

    # session, person, mandates, scopes, campaign, themes; cases, terms, judges, cleared, reviews,
    # disciplines; those that the reader may read
    with django_assert_num_queries(12):
        client.get(address)


def test_assignment_weighs_each_review_a_few_times_whatever_their_number(client_of, monkeypatch):
    made = f.study(academies=6, reviewers=4)
    actions.assign_all(campaign=made.campaign, now=f.NOW, actor=None)
    client, weighed, stands = client_of(made.pilot), [], Panel.stands
    monkeypatch.setattr(
        Panel, "stands", lambda panel, one: weighed.append(one.pk) or stands(panel, one)
    )

    client.get(f"/selection/{made.campaign.year}/affectation/")

    # for its line, for the load of its reviewer, for whom else may be asked
    assert 0 < len(weighed) <= 3 * Review.objects.count()


# -- conflicts


def test_pilot_confirms_or_dismisses_with_a_reason(made, client_of):
    f.clear([made.applications[0]], [judge(made)], **REGION)
    row = Examiner.objects.get(application=made.applications[0], person=judge(made))
    client = client_of(made.pilot)
    address = f"/selection/conflits/{row.pk}/"

    listed = text(client.get(f"/selection/{made.campaign.year}/conflits/"))
    refused = client.post(address, {"act": "ecarter", "reason": ""})
    client.post(address, {"act": "ecarter", "reason": "Parti il y a dix ans."})

    assert "à trancher" in listed
    assert refused.status_code == 400
    row.refresh_from_db()
    assert (row.standing, row.reason) == ("dismissed", "Parti il y a dix ans.")


def test_expert_declares_their_own_and_reads_no_others(made, client_of):
    client, year = client_of(judge(made)), made.campaign.year
    data = {"application": made.applications[0].pk, "reason": "Un proche dans l’équipe."}

    answer = client.post(f"/selection/{year}/conflits/declarer/", data, follow=True)

    row = Examiner.objects.get(application=made.applications[0], person=judge(made))
    assert (row.standing, row.kinds) == ("found", "declared")
    assert "Dossier en conflit d’intérêts" in text(answer)
    assert made.applications[0].title not in text(answer)
    assert client.get(f"/selection/conflits/{row.pk}/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_conflicts_cost_the_same_whatever_their_rows(
    made, client_of, django_assert_num_queries, rows
):
    people = [f.reviewer(made.themes[0]) for _ in range(rows)]
    f.clear([made.applications[0]], people, **REGION)
    client, address = client_of(made.pilot), f"/selection/{made.campaign.year}/conflits/"
    row = Examiner.objects.filter(person=people[0]).get()
    client.get(address)

    with django_assert_num_queries(13):
        client.get(address)
    with django_assert_num_queries(10):
        client.get(f"/selection/conflits/{row.pk}/")


# -- the ranking


def test_ranking_orders_by_corrected_mean_and_says_what_the_correction_did(made):
    f.review_all(made, [[4, 2], [5, 5], [1, 0], [3, 3]])

    found = ranked(campaign=made.campaign, theme=made.themes[0])

    assert [(row.case, row.place.label, row.summary.mean) for row in found.rows] == [
        (made.cases[1], "1re", 20.0),
        (made.cases[0], "2e", 12.0),
    ]
    assert [row.is_to_discuss for row in found.rows] == [False, True]
    assert [effect.value for effect in found.effects] == ["complete"]
    assert [(row.given, row.expected) for row in found.rows] == [(2, 2), (2, 2)]


def test_ranking_hides_the_scores_from_whom_owes_a_review(made):
    f.review_all(made, [[-1, 4], [3, 3]])
    f.ReviewFactory(case=made.cases[0], reviewer=judge(made), cleared=False)

    rows = ranked(campaign=made.campaign, theme=made.themes[0], actor=f.actor_of(judge(made))).rows

    owed = next(row for row in rows if row.owes)
    assert (owed.case, owed.summary, owed.corrected, owed.place) == (
        made.cases[0],
        None,
        None,
        None,
    )


@pytest.mark.parametrize("count", [1, 3, 126])
def test_ranking_costs_the_same_whatever_its_rows(made, django_assert_num_queries, count):
    bulk(made, count)
    actor = f.actor_of(made.pilot)

    with django_assert_num_queries(2):  # the reviews, the cases
        ranked(campaign=made.campaign)
    with django_assert_num_queries(3):  # and what its reader may know of
        ranked(campaign=made.campaign, actor=actor)
