"""One case, from outside: decided, taken back, locked; two people at once."""

import re

import pytest

from tests.house.pages import check_page
from tests.selection.choice.setting import text_of
from traam.applications.rules.life import ApplicationState
from traam.selection.models import Decision, Departure, Lock, Review
from traam.selection.rules.life import DecisionKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
RETAINED, RESERVE, NOT_RETAINED = DecisionKind


def decision(kind, **more):
    given = {"kind": kind, "rank": "", "departure": "", "reason": "", "remarks": "", "version": "0"}
    return given | more


def test_decision_is_taken_from_its_page(ready, visit, press) -> None:
    ready.compute()
    page = visit(ready.expert, "case_decide", key=ready.cases[0].pk)
    assert "Note corrigée de la sévérité" in page

    answer = press(ready.expert, "case_decide", decision(RETAINED), key=ready.cases[0].pk)

    assert answer.status_code == 302
    assert Decision.objects.get().kind == RETAINED


DUE = "attendus pour le lundi 4 mai 2026, 18 h, heure de Paris"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (
            "one",
            f"Sur ce dossier, 1 avis rendu sur 2, {DUE} : la décision serait prise sans les "
            "autres.",
        ),
        (
            "none",
            f"Sur ce dossier, aucun avis rendu sur 2, {DUE} : la décision serait prise sans les "
            "autres.",
        ),
        ("nobody", "Aucun avis n’est confié sur ce dossier : il se déciderait sans lecture."),
        ("declined", ""),
    ],
)
def test_decision_before_the_reviews_is_taken_once_their_number_was_read(
    ready, press, left, said
) -> None:
    case = ready.cases[0]
    states = {"one": ["begun"], "none": ["assigned"] * 2, "declined": ["declined"]}.get(left, [])
    reviews = Review.objects.filter(case=case)
    for review, state in zip(reviews.order_by("pk"), states, strict=False):
        Review.objects.filter(pk=review.pk).update(state=state, submitted_at=None, total=None)
    if left == "nobody":
        reviews.delete()

    answer = press(ready.study.pilot, "case_decide", decision(RETAINED), key=case.pk)
    read = re.findall('name="lu" value="([^"]+)"', answer.content.decode())
    before = Decision.objects.count()
    press(ready.study.pilot, "case_decide", decision(RETAINED, lu=read), key=case.pk)

    assert [one.replace("\u00a0", " ") for one in read] == ([said] if said else [])
    assert (before, Decision.objects.count()) == (0 if said else 1, 1)


@pytest.mark.parametrize("page", ["deliberation_take", "arbitration_take"])
def test_proposal_before_the_reviews_is_taken_once_their_number_was_read(
    ready, press, page
) -> None:
    ready.compute()
    late = Review.objects.filter(case=ready.cases[0]).order_by("pk").first()
    where = (
        {"code": ready.theme.code} if page == "deliberation_take" else {"year": ready.campaign.year}
    )
    given = {"reserves": "2"}
    Review.objects.filter(pk=late.pk).update(state="begun", submitted_at=None, total=None)

    answer = press(ready.study.pilot, page, given, **where)
    read = re.findall('name="lu" value="([^"]+)"', answer.content.decode())
    before = Decision.objects.count()
    press(ready.study.pilot, page, given | {"lu": read}, **where)

    said = (
        f"Sur 1 de ces dossiers, 1 avis manque, {DUE} : la décision serait préparée sans attendre."
    )
    assert [one.replace("\u00a0", " ") for one in read] == [said]
    assert (before, Decision.objects.count()) == (0, 3)


def test_departure_without_a_reason_says_so_beside_its_field_and_keeps_the_rest(
    ready, press
) -> None:
    ready.compute()
    data = decision(RETAINED, remarks="Un beau projet")

    answer = press(ready.expert, "case_decide", data, key=ready.cases[2].pk)

    page = text_of(answer)
    assert answer.status_code == 400
    assert "s’écarte de la proposition « Premier calcul »" in page
    assert "Un beau projet" in page
    assert not Decision.objects.exists()

    press(ready.expert, "case_decide", data | {"departure": "Outre-mer"}, key=ready.cases[2].pk)
    assert Departure.objects.get().reason == "Outre-mer"


def test_second_of_two_who_decide_at_once_reads_both_and_loses_nothing(ready, press) -> None:
    other = ready.study.reviewers[ready.theme.code][1]
    ready.decide(0, RETAINED, remarks="Un texte de l’un")

    answer = press(
        other,
        "case_decide",
        decision(RESERVE, remarks="Un texte de l’autre"),
        key=ready.cases[0].pk,
    )

    page = text_of(answer)
    assert answer.status_code == 400
    assert "Un texte de l’un" in page
    assert "Un texte de l’autre" in page
    again = decision(RESERVE, remarks="Un texte de l’autre", version="1")
    assert 'name="version" value="1"' in page
    press(other, "case_decide", again, key=ready.cases[0].pk)
    assert Decision.objects.get().kind == RESERVE


def test_decision_on_a_withdrawn_application_is_refused_on_its_page(ready, press) -> None:
    application = ready.cases[0].application
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])

    answer = press(ready.study.pilot, "case_decide", decision(RETAINED), key=ready.cases[0].pk)

    assert answer.status_code == 400
    assert f"« {application.title} »" in text_of(answer)


def test_lock_and_unlock_from_the_page_want_a_reason(ready, press) -> None:
    key = ready.cases[0].pk

    refused = press(ready.expert, "case_lock", {"sens": "in"}, key=key)
    assert refused.status_code == 400
    check_page(refused.content.decode())
    assert not Lock.objects.exists()

    press(ready.expert, "case_lock", {"sens": "in", "reason": "Outre-mer"}, key=key)
    assert Lock.objects.get(lifted_at=None).is_in
    press(ready.expert, "case_unlock", {"reason": "Erreur"}, key=key)
    assert not Lock.objects.filter(lifted_at=None).exists()


def test_decision_is_taken_back_from_its_page(ready, press) -> None:
    ready.decide(0, RETAINED)

    press(
        ready.expert,
        "case_take_back",
        {"version": "1", "reason": "À revoir"},
        key=ready.cases[0].pk,
    )

    assert not Decision.objects.exists()


def test_theme_takes_the_proposal_after_a_dry_run(ready, visit, press) -> None:
    ready.compute()
    page = visit(ready.expert, "deliberation_take", code=ready.theme.code)
    assert "3 décisions seraient préparées" in page
    assert not Decision.objects.exists()

    press(ready.expert, "deliberation_take", {"reserves": "1"}, code=ready.theme.code)

    assert Decision.objects.count() == 3
