"""The pages of trials, from outside: who reads what, what a form does, how many queries."""

import re

import pytest
from django.urls import reverse

from tests.trials.factories import (
    ObservationFactory,
    SessionFactory,
)
from tests.trials.setting import NOW, SEEN, setting
from tests.trials.visiting import browser, text, typed
from traam.trials.models import Trial
from traam.trials.rules.life import TrialState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("teacher", "planned", 200),
        ("colleague", "planned", 200),
        ("inspector", "planned", 404),
        ("neighbour", "planned", 404),
        ("expert", "planned", 404),
        ("inspector", "at_work", 200),
        ("neighbour", "at_work", 404),
        ("expert", "at_work", 404),
        ("neighbour", "closed", 200),
        ("expert", "closed", 200),
        ("stranger", "closed", 404),
    ],
)
def test_trial_is_read_by_its_team_then_its_inspector_then_its_group(who, state, status) -> None:
    traits = {} if state == "planned" else {state: True}
    place = setting(**traits)

    answer = browser(getattr(place, who)).get(reverse("trial", kwargs={"code": place.trial.code}))

    assert answer.status_code == status


def test_group_reads_of_a_closed_trial_neither_school_nor_what_was_withdrawn() -> None:
    place = setting(closed=True, school="Collège des Tilleuls")
    ObservationFactory(trial=place.trial)
    ObservationFactory(
        trial=place.trial, seen="Ce qui fut retiré.", withdrawn_at=NOW, reason="Une erreur."
    )
    ObservationFactory(trial=place.trial, seen="Ce qui attend.", kept_at=NOW)
    address = reverse("trial", kwargs={"code": place.trial.code})

    team, group = (text(browser(who).get(address)) for who in (place.colleague, place.neighbour))

    assert "Collège des Tilleuls" in team
    assert "1 observation retirée" in team
    assert "1 observation mise de côté" in team
    assert SEEN in group
    assert "Tilleuls" not in group
    assert "retirée" not in group
    assert "mise de côté" not in group


def test_closing_without_anything_lists_all_that_is_missing() -> None:
    place = setting()
    client = browser(place.teacher)
    address = reverse("trial_close", kwargs={"code": place.trial.code})

    answer = client.post(address, {"acte": "clore", "version": "0"})

    assert answer.status_code == 400
    for words in ("Aucune séance", "Aucune observation", "Le verdict manque", "niveau"):
        assert words in text(answer)


def test_whole_way_from_outside() -> None:
    place = setting(indicators=0, hypothesis="", success="")
    client, code = browser(place.teacher), {"code": place.trial.code}
    protocol = {"version": "0", "hypothese": "H.", "reussite": "R.", "indicateur_1": "Un geste"}
    evaluation = {
        "acte": "clore",
        "version": "1",
        "verdict": "partly",
        "conclusion": "Ils comparent.",
        "levers": "Le travail à deux.",
        "transferable": "adapted",
        "level": "5E",
        "school_type": "COL",
        "equipment": "aucun",
        "pupils": "26",
        "competences": ["crcn:CRCN-1.3"],
    }

    client.post(reverse("trial_protocol", kwargs=code), protocol)
    client.post(reverse("trial_sessions", kwargs=code), {"date": "2026-11-10", "minutes": "55"})
    client.post(reverse("trial_observe", kwargs=code), typed(place, i_i1="not_seen"))
    answer = client.post(reverse("trial_close", kwargs=code), evaluation, follow=True)

    trial = Trial.objects.get()
    assert trial.state == TrialState.CLOSED
    assert "L’essai est clos" in text(answer)
    assert [one.code for one in trial.terms.all()] == ["CRCN-1.3"]


def test_notice_for_the_parents_is_a_pdf_and_an_odt_that_name_nobody() -> None:
    place = setting()
    client = browser(place.teacher)
    answers = [
        client.get(reverse("trial_parents", kwargs={"code": place.trial.code, "form": form}))
        for form in ("pdf", "odt")
    ]

    assert answers[0].content[:5] == b"%PDF-"
    assert answers[1].content[:2] == b"PK"
    assert (
        client.get(
            reverse("trial_parents", kwargs={"code": place.trial.code, "form": "exe"})
        ).status_code
        == 404
    )


def test_teacher_of_one_team_begins_a_trial_with_what_the_page_holds() -> None:
    place = setting()
    client = browser(place.teacher)

    shown = client.get(reverse("trial_begin")).content.decode()
    held = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    typed = held | {"production": place.trial.production.code, "niveau": ""}
    answer = client.post(reverse("trial_begin"), typed)

    assert held["equipe"] == place.team.code
    assert answer.status_code == 302
    assert Trial.objects.latest("pk").team == place.team


@pytest.mark.parametrize(("levels", "level"), [(["4E"], "4E"), (["4E", "3E"], ""), ([], "")])
def test_trial_begun_from_a_production_takes_its_only_level(levels, level) -> None:
    place = setting()
    production = place.trial.production
    for code in levels:
        production.terms.create(scheme="levels", code=code, label=code)

    answer = browser(place.teacher).get(f"{reverse('trial_begin')}?production={production.code}")

    chosen = re.findall(r'<option value="([^"]*)" selected', answer.content.decode())
    assert chosen == [production.code, level]


def test_trial_counts_its_complete_parts_in_the_singular_too() -> None:
    place = setting()
    address = reverse("trial", kwargs={"code": place.trial.code})

    before = text(browser(place.teacher).get(address))
    SessionFactory(trial=place.trial)
    after = text(browser(place.teacher).get(address))

    assert "1 partie sur 4 est complète" in before
    assert "2 parties sur 4 sont complètes" in after
