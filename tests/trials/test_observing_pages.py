"""Noting an observation, from outside: the page, and what a device sends."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html as lxml_html

from tests.productions.factories import ProductionFactory
from tests.trials.factories import TrialFactory
from tests.trials.setting import SEEN, setting
from tests.trials.visiting import browser, text, typed
from traam.people.models import User
from traam.trials.models import Observation, Trial
from traam.trials.rules.life import TrialState
from traam.trials.views import observing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


@pytest.mark.parametrize(("most", "is_cut"), [(1, True), (2, False)])
def test_choice_that_is_cut_leads_to_the_whole_list(monkeypatch, most: int, is_cut: bool) -> None:
    monkeypatch.setattr(observing, "CHOICES_MAX", most)
    place = setting(at_work=True)
    teacher = User.objects.get(pk=place.teacher.person)
    other = ProductionFactory(team=place.team, shared=True, title="Un autre titre")
    TrialFactory(production=other, team=place.team, at_work=True, teacher=teacher)

    shown = browser(place.teacher).get(reverse("observe")).content.decode()

    page = lxml_html.document_fromstring(shown)
    assert len(page.xpath("//ul[@class='trials-choices']//a")) == min(most, 2)
    assert bool(page.xpath("//main//p/a[@href='/essais/']")) == is_cut


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


def test_device_is_told_what_its_picture_lacks_in_one_sentence() -> None:
    place = setting()
    sent = typed(place, essai=place.trial.code, personne=str(place.teacher.person))
    picture = SimpleUploadedFile("tableau.png", b"no matter", "image/png")

    answer = browser(place.teacher).post(reverse("observe_send"), sent | {"image": picture})

    assert answer.status_code == 400
    assert answer.json()["reasons"] == [
        "Dites si un élève est reconnaissable : visage, voix, écriture ou nom."
    ]


def test_questions_of_a_picture_are_not_said_to_be_optional() -> None:
    shown = browser(setting().teacher).get(reverse("observe")).content.decode()

    page = lxml_html.document_fromstring(shown)
    labels = [one.text_content() for one in page.xpath("//*[self::legend or self::label]")]
    said = [" ".join(one.split()) for one in labels]
    about = [one for one in said if one.startswith(("Un élève est-il", "Si oui"))]
    assert len(about) == 2
    assert not any("facultatif" in one for one in about)
