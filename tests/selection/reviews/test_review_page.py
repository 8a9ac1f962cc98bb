"""The page of a review, as a browser without script meets it; and what its script sends."""

import json

import pytest

from tests.selection import factories as f
from tests.selection.reviews.paging import KEYS, form_of, judge, text
from traam.selection import actions
from traam.selection.actions import Write
from traam.selection.models import Review

pytestmark = pytest.mark.django_db


def test_review_is_begun_written_and_given_without_script(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), cleared=False)
    following = f.ReviewFactory(case=made.cases[1], reviewer=judge(made), cleared=False)
    client, address = client_of(judge(made)), f"/selection/avis/{review.pk}/"

    assert "Commencer l’avis" in text(client.get(address))
    client.post(f"{address}commencer/")
    review.refresh_from_db()
    page = client.get(address)
    answer = client.post(
        address, form_of(review, **{f"score_{key}": "4" for key in KEYS}, rendre="oui")
    )

    assert "Version 1, déposée le" in text(page)
    assert "4 – bon" in text(page)
    assert answer["Location"] == f"/selection/avis/{following.pk}/"
    review.refresh_from_db()
    assert (review.state, float(review.total)) == ("submitted", 16.0)


def test_score_outside_the_scale_is_said_on_top_and_the_rest_is_kept(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    client = client_of(judge(made))

    answer = client.post(
        f"/selection/avis/{review.pk}/",
        form_of(review, score_fit="9", score_team="2", comment="Bien vu.", rendre="oui"),
    )

    said = text(answer)
    assert answer.status_code == 400
    assert "1 point à corriger" in said
    assert "(reçu : « 9 ») : donnez un nombre entier de 0 à 5." in said
    assert "Bien vu." in said
    review.refresh_from_db()
    assert (review.state, review.scores, review.comment) == ("begun", {"team": 2}, "Bien vu.")


def test_review_that_lacks_scores_names_them_all(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)

    answer = client_of(judge(made)).post(
        f"/selection/avis/{review.pk}/", form_of(review, comment="Bien.", rendre="oui")
    )

    assert text(answer).count("n’a pas de note") == 5
    review.refresh_from_db()
    assert review.comment == "Bien."


def test_two_tabs_show_both_texts_and_one_is_chosen(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    client, address = client_of(judge(made)), f"/selection/avis/{review.pk}/"
    opened = form_of(review)

    client.post(address, {**opened, "comment": "Le premier."})
    client.post(address, {**opened, "comment": "Le second."})
    both = text(client.get(address))
    review.refresh_from_db()
    client.post(address, form_of(review, departager="comment:1:autre"))

    review.refresh_from_db()
    assert "Deux textes ont été écrits en même temps" in both
    assert "Le premier." in both
    assert "Le second." in both
    assert (review.comment, review.asides) == ("Le second.", [])


def test_form_left_open_writes_nothing_that_nobody_touched(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    client, address = client_of(judge(made)), f"/selection/avis/{review.pk}/"
    opened = form_of(review)

    client.post(address, {**opened, "comment": "Le premier."})
    client.post(address, {**opened, "advice": "Préciser."})

    review.refresh_from_db()
    assert (review.comment, review.advice, review.asides) == ("Le premier.", "Préciser.", [])


def test_newer_deposit_is_shown_with_what_changes(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    f.deposit(made.applications[0], summary="Les élèves comparent leurs relevés.")
    client, address = client_of(judge(made)), f"/selection/avis/{review.pk}/"

    said = text(client.get(address))
    client.post(f"{address}version/")

    assert "Une version plus récente a été déposée" in said
    assert "relevés" in said
    review.refresh_from_db()
    assert review.deposit.number == 2


def test_others_reviews_stay_hidden_until_ones_own_is_given(made, client_of):
    f.review_all(made, [[-1, 3]])
    Review.objects.update(comment="Un avis qui influence.")
    mine = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    client, address = client_of(judge(made)), f"/selection/avis/{mine.pk}/"

    before = text(client.get(address))
    actions.fill(review=mine, scores=dict.fromkeys(KEYS, 3), now=f.NOW, actor=None)
    actions.submit(review=mine, now=f.NOW, actor=None)
    after = text(client.get(address))

    assert ("influence" in before, "influence" in after) == (False, True)
    other = Review.objects.exclude(pk=mine.pk).get()
    assert client.get(f"/selection/avis/{other.pk}/").status_code == 200


def test_way_leads_from_one_owed_review_to_the_next(made, client_of):
    first = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), cleared=False)
    second = f.ReviewFactory(case=made.cases[1], reviewer=judge(made), cleared=False)
    client = client_of(judge(made))

    pages = [client.get(f"/selection/avis/{one.pk}/") for one in (first, second)]

    assert "2 avis à rendre" in text(pages[0])
    assert f'href="/selection/avis/{second.pk}/">Suivant' in pages[0].content.decode()
    assert f'href="/selection/avis/{first.pk}/">Précédent' in pages[1].content.decode()


@pytest.mark.parametrize("others", [1, 3])
def test_review_page_costs_the_same_whatever_stands_around(
    made, client_of, django_assert_num_queries, others
):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    for _ in range(others):
        f.ReviewFactory(case=made.cases[0], reviewer=f.reviewer(made.themes[0]), cleared=False)
    f.ReviewFactory(case=made.cases[1], reviewer=judge(made), cleared=False)
    f.review_all(made, [[-1, 3]])
    client = client_of(judge(made))
    client.get(f"/selection/avis/{review.pk}/")

    # session, person, mandates, delegations; the review, the last deposit; its place: terms,
    # authors, inspectors, examiners, reviews; what is owed, the calendar, the other reviews
    with django_assert_num_queries(13):
        client.get(f"/selection/avis/{review.pk}/")


def test_other_text_of_two_may_be_joined(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    for key, value in (("a-1", "Un."), ("b-1", "Deux.")):
        actions.save(review=review, writes=[Write("comment", value, 0, key)], now=f.NOW, actor=None)
    review.refresh_from_db()

    client_of(judge(made)).post(
        f"/selection/avis/{review.pk}/", form_of(review, departager="comment:1:deux")
    )

    review.refresh_from_db()
    assert review.comment == "Un.\n\nDeux."


# -- saved by the script


def sent(client, review: Review, person, *writes: dict[str, object]):
    body = json.dumps({"person": str(person.pk), "since": "", "seen": "", "writes": writes})
    address = f"/selection/avis/{review.pk}/enregistrer/"
    return client.post(address, body, content_type="application/json")


def test_script_saves_and_is_told_the_total(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    client = client_of(judge(made))
    writes = [
        {"field": f"score_{key}", "value": "4", "base": 0, "key": f"a-{place}"}
        for place, key in enumerate(KEYS)
    ]

    told = sent(client, review, judge(made), *writes).json()

    assert (told["total"], told["missing"], told["saved"]["score_fit"]) == ("16,00", 0, 1)
    assert told["rivals"] == told["faults"] == {}


def test_script_is_told_of_two_texts(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    client = client_of(judge(made))
    sent(client, review, judge(made), {"field": "comment", "value": "A", "base": 0, "key": "a-1"})

    told = sent(
        client, review, judge(made), {"field": "comment", "value": "B", "base": 0, "key": "b-1"}
    ).json()

    assert "comment" not in told["saved"]
    assert "Prendre l’autre" in told["rivals"]["comment"]


def test_script_of_another_person_writes_nothing(made, client_of):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)
    other = made.reviewers[made.themes[0].code][1]

    told = sent(
        client_of(judge(made)),
        review,
        other,
        {"field": "comment", "value": "A", "base": 0, "key": "a-1"},
    ).json()

    review.refresh_from_db()
    assert (told, review.comment) == ({"person": str(judge(made).pk)}, "")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"person": 1, "writes": []}',
        '{"person": "1", "writes": [{"field": "x"}]}',
        '{"person": "1", "writes": [{"field": "comment", "value": 3, "base": 0, "key": ""}]}',
        '{"person": "1", "writes": [{"field": "comment", "value": "", "base": true, "key": ""}]}',
    ],
)
def test_what_no_script_of_ours_sends_is_refused(made, client_of, body):
    review = f.ReviewFactory(case=made.cases[0], reviewer=judge(made), begun=True, cleared=False)

    answer = client_of(judge(made)).post(
        f"/selection/avis/{review.pk}/enregistrer/", body, content_type="application/json"
    )

    assert answer.status_code == 400
    assert answer.json()["erreur"] == "Ce qui est reçu n’est pas un enregistrement de cet avis."
