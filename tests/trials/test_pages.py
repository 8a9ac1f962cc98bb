"""The pages of trials, from outside: who reads what, what a form does, how many queries."""

import re
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags
from lxml import html as lxml_html

from tests.productions.factories import ProductionFactory
from tests.trials.factories import (
    ObservationFactory,
    SessionFactory,
    TrialFactory,
)
from tests.trials.setting import NOW, SEEN, browser, setting
from tests.vocabularies import vocabularies
from traam.people.models import User
from traam.trials.models import Observation, Trial
from traam.trials.rules.life import TrialState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        vocabularies(now=NOW)
        yield


def text(answer) -> str:
    """What the page says, on one line, its spaces plain."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).replace("\u00a0", " ").split())


def typed(place, **more: str) -> dict[str, str]:
    return {
        "vu": SEEN,
        "quand": "2026-11-10T10:00",
        "lieu": "salle 12",
        "eleves": "24",
        "qui": "self",
        "cle": str(uuid.UUID(int=7)),
        "i_i1": "seen",
        "i_i2": "contrary",
    } | more


def test_the_only_open_trial_opens_by_itself() -> None:
    place = setting()

    answer = browser(place.teacher).get(reverse("observe"))

    said = text(answer)
    assert place.trial.production.title in said
    assert "Indicateur 1" in said
    assert 'value="2026-11-10T10:30"' in answer.content.decode()


def test_trials_of_one_title_are_told_apart_where_one_chooses() -> None:
    place = setting(at_work=True, level="5E")
    shared = {"production": place.trial.production, "team": place.team, "at_work": True}
    teacher = User.objects.get(pk=place.teacher.person)
    TrialFactory(**shared, level="6E", teacher=teacher)
    other = ProductionFactory(team=place.team, shared=True, title="Un autre titre")
    TrialFactory(production=other, team=place.team, at_work=True, teacher=teacher)

    shown = browser(place.teacher).get(reverse("observe")).content.decode()

    title = place.trial.production.title
    offered = lxml_html.document_fromstring(shown).xpath("//ul[@class='trials-choices']//a/text()")
    assert sorted(offered) == sorted([f"{title} · 5e", f"{title} · 6e", "Un autre titre"])


def test_noting_where_the_protocol_lacks_something_is_warned_of_first() -> None:
    place = setting(indicators=0)
    address = reverse("trial_observe", kwargs={"code": place.trial.code})

    of_teacher = text(browser(place.teacher).get(address))
    of_colleague = text(browser(place.colleague).get(address))

    lack = "Le protocole n’a aucun indicateur"
    assert "Ce que vous notez sera mis de côté" in of_teacher
    assert lack in of_teacher
    assert "Écrivez d’abord le protocole" in of_teacher
    assert lack in of_colleague
    assert "Écrivez d’abord le protocole" not in of_colleague


def test_noting_where_the_protocol_is_complete_warns_of_nothing() -> None:
    assert "mis de côté" not in text(browser(setting().teacher).get(reverse("observe")))


@pytest.mark.parametrize(("indicators", "offered"), [(0, False), (1, True)])
def test_my_trials_offer_to_note_once_a_protocol_is_complete(indicators, offered) -> None:
    place = setting(indicators=indicators)

    shown = text(browser(place.teacher).get(reverse("trials")))

    assert ("Noter une observation" in shown) is offered


def test_observation_is_noted_without_script_and_a_receipt_is_given() -> None:
    place = setting()
    client = browser(place.teacher)

    answer = client.post(
        reverse("trial_observe", kwargs={"code": place.trial.code}), typed(place), follow=True
    )

    kept = Observation.objects.get()
    assert "Reçu n° 00000000" in text(answer)
    assert (kept.seen, kept.pupils, kept.location) == (SEEN, 24, "salle 12")
    assert Trial.objects.get().state == TrialState.AT_WORK


def test_refused_observation_keeps_what_was_typed_and_says_why() -> None:
    place = setting()

    answer = browser(place.teacher).post(
        reverse("trial_observe", kwargs={"code": place.trial.code}),
        typed(place, vu="Écrire à m.d@ac-lille.fr", quand="2026-07-01T10:00"),
    )

    said = text(answer)
    assert answer.status_code == 400
    assert "ressemble à une adresse électronique" in said
    assert "la campagne va du 1er septembre 2026" in said
    assert "Écrire à m.d@ac-lille.fr" in said
    assert Observation.objects.count() == 0


def test_device_sends_its_queue_and_the_same_key_twice_is_once() -> None:
    place = setting()
    client = browser(place.teacher)
    sent = typed(place, essai=place.trial.code, personne=str(place.teacher.person))

    first = client.post(reverse("observe_send"), sent).json()
    again = client.post(reverse("observe_send"), sent).json()

    assert first["key"] == again["key"] == str(uuid.UUID(int=7))
    assert first["href"] == again["href"]
    assert Observation.objects.count() == 1


def test_device_of_another_person_sends_nothing() -> None:
    place = setting()
    sent = typed(place, essai=place.trial.code, personne=str(place.teacher.person))

    answer = browser(place.colleague).post(reverse("observe_send"), sent)

    assert answer.status_code == 409
    assert Observation.objects.count() == 0


def test_device_overseas_tells_how_far_it_is_from_utc() -> None:
    place = setting()
    sent = typed(
        place,
        essai=place.trial.code,
        personne=str(place.teacher.person),
        quand="2026-11-10T13:00",
        fuseau="240",
    )

    browser(place.teacher).post(reverse("observe_send"), sent)

    assert Observation.objects.get().seen_at.isoformat() == "2026-11-10T09:00:00+00:00"


def test_device_is_told_each_reason_by_its_field() -> None:
    place = setting()
    sent = typed(place, essai=place.trial.code, personne=str(place.teacher.person), quand="hier")

    answer = browser(place.teacher).post(reverse("observe_send"), sent)

    assert answer.status_code == 400
    assert answer.json()["reasons"] == ["Quand : Cet instant n’existe pas."]


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
