"""The pages of the announcement and of what follows it, from outside."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.announcement.setting import (
    IN,
    MARKER,
    REMARKS,
    Hall,
    hall,
    mail,
    person,
)
from tests.selection.factories import NOW
from traam.access.roles import Role
from traam.campaigns.queries import themes_of_academy
from traam.selection import actions
from traam.selection.models import CaseEvent, Decision, Letter, Reply

pytestmark = pytest.mark.django_db
WHY = "L’équipe a changé d’établissement."


def at(name: str, made: Hall, **words) -> str:
    given = words or {"year": made.campaign.year}
    return reverse(name, kwargs=given)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def rows(client: Client, address: str) -> list[list[str]]:
    body = client.get(f"{address}?format=csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


# -- announcing


def test_announcement_shows_counts_letters_and_one_button(ready: Hall, client_of) -> None:
    shown = page(client_of(ready.study.pilot), at("announcement", ready))

    assert "Rien ne manque" in shown
    assert shown.count("Annoncer les décisions</button>") == 1
    assert "12 personnes" in shown.replace("\N{NO-BREAK SPACE}", " ")
    for place in range(3):
        assert ready.application(place).academy.name in shown


def test_announcement_is_made_by_its_button(ready: Hall, client_of) -> None:
    client = client_of(ready.study.pilot)

    missing = client.post(at("announcement_send", ready))
    done = client.post(at("announcement_send", ready), {"has_read": "on"}, follow=True)
    again = client.post(at("announcement_send", ready), {"has_read": "on"}, follow=True)

    assert missing.status_code == 400
    assert "Les lettres sont parties" in done.content.decode()
    assert "rien n’est parti deux fois" in again.content.decode()
    assert len(mail("decision_announced")) == 12


def test_announcement_asks_why_more_are_retained_and_keeps_what_is_typed(client_of) -> None:
    made = hall((IN, IN, IN))
    client, name = client_of(made.study.pilot), f"pourquoi_{made.theme.code}"

    wrong = client.post(at("announcement_send", made), {name: "Trois excellents dossiers."})
    right = client.post(
        at("announcement_send", made), {name: "Trois excellents dossiers.", "has_read": "on"}
    )

    assert wrong.status_code == 400
    assert "Trois excellents dossiers." in wrong.content.decode()
    assert right.status_code == 302
    assert made.campaign.state == "announced"


def test_announcement_says_what_blocks_and_where_to_mend_it(client_of) -> None:
    made = hall((IN, None))

    shown = page(client_of(made.study.pilot), at("announcement", made))

    assert "Rien n’est décidé de la candidature" in shown
    assert reverse("deliberation", kwargs={"code": made.theme.code}) in shown
    assert "Annoncer les décisions</button>" not in shown
    assert (
        client_of(made.study.pilot)
        .post(at("announcement_send", made), {"has_read": "on"})
        .status_code
        == 400
    )


def test_announcement_list_and_its_files_hold_the_same_rows(ready: Hall, client_of) -> None:
    client, address = client_of(ready.study.pilot), at("announcement", ready)

    for query, count in (("", 3), ("decision=reserve", 1), ("lettre=retouchee", 0)):
        found = client.get(f"{address}?{query}&format=csv").content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(found)))) == count + 1
    assert client.get(f"{address}?format=ods").content[:2] == b"PK"


def test_announcement_is_taken_back_by_its_page(told: Hall, client_of) -> None:
    client = client_of(told.study.pilot)
    assert "redeviennent privées" in page(client, at("announcement_take_back", told))

    missing = client.post(at("announcement_take_back", told), {"reason": ""})
    done = client.post(at("announcement_take_back", told), {"reason": WHY}, follow=True)

    assert missing.status_code == 400
    assert "L’annonce est reprise" in done.content.decode()
    assert told.public() == {}


def test_pages_of_the_pilot_are_closed_to_the_others(told: Hall, client_of) -> None:
    key = told.decision(0).pk
    kept = [
        at("announcement", told),
        at("announcement_take_back", told),
        at("participations", told),
        at("replies", told),
        at("letter_edit", told, key=key),
        at("decision_amend", told, key=key),
        at("minutes", told),
    ]
    for someone in (told.team(0).delegate, told.team(0).author, person(Role.DGESCO)):
        client = client_of(someone)
        assert [client.get(one).status_code for one in kept] == [403] * len(kept)


# -- letters


def test_letter_is_read_retouched_and_given_as_a_pdf(ready: Hall, client_of) -> None:
    client, key = client_of(ready.study.pilot), ready.decision(2).pk
    address = at("letter_edit", ready, key=key)

    shown = page(client, address)
    draft = client.get(at("letter_pdf", ready, key=key))
    done = client.post(address, {"subject": "Objet", "text": "Un **mot**.", "version": 0})

    assert MARKER in shown
    assert "DAN" in shown
    assert draft.content[:5] == b"%PDF-"
    assert done.status_code == 302
    assert "Un **mot**." in page(client, address)
    client.post(at("letter_reset", ready, key=key))
    assert "Un **mot**." not in page(client, address)


def test_letter_of_two_writers_shows_both_texts(ready: Hall, client_of) -> None:
    client, key = client_of(ready.study.pilot), ready.decision(0).pk
    address = at("letter_edit", ready, key=key)
    client.post(address, {"subject": "Objet", "text": "Le texte du premier.", "version": 0})

    rival = client.post(address, {"subject": "Objet", "text": "Le texte du second.", "version": 0})
    shown = rival.content.decode()

    assert rival.status_code == 400
    assert "Le texte du premier." in shown
    assert "Le texte du second.</textarea>" in shown
    assert 'name="version" value="1"' in shown
    client.post(address, {"subject": "Objet", "text": "Le texte du second.", "version": 1})
    assert Letter.objects.get(decision=key).text == "Le texte du second."


# -- the decision of an academy


def test_decision_page_gives_the_academy_its_own_with_its_remarks(told: Hall, client_of) -> None:
    key = told.decision(4).pk
    team = told.team(4)
    for someone in (team.delegate, team.author, team.inspector, team.rector):
        shown = page(client_of(someone), at("decision", told, key=key))
        assert REMARKS in shown
        assert "Non retenue" in shown
    other = client_of(told.team(0).delegate)
    assert other.get(at("decision", told, key=key)).status_code == 404
    assert other.get(at("letter_pdf", told, key=key)).status_code == 404
    assert told.application(4).academy.name not in page(other, reverse("decisions"))


def test_decision_page_takes_a_reply_until_the_deadline(told: Hall, client_of) -> None:
    client, address = (
        client_of(told.team(4).delegate),
        at("decision", told, key=told.decision(4).pk),
    )

    blank = client.post(address, {"text": " "})
    done = client.post(address, {"text": "Nous avions prévu cette observation."}, follow=True)

    assert blank.status_code == 400
    assert "Nous avions prévu cette observation." in done.content.decode()
    assert Reply.objects.get().decision == told.decision(4)


def test_decision_page_says_that_the_delay_is_over(told: Hall, client_of) -> None:
    Decision.objects.update(announced_at=NOW - timedelta(days=90))
    campaign = told.campaign
    campaign.milestones.filter(kind="replies_due").delete()

    shown = page(client_of(told.team(4).delegate), at("decision", told, key=told.decision(4).pk))

    assert "est passé" in shown
    assert "Envoyer les observations" not in shown


def test_rector_reads_who_may_reply(told: Hall, client_of) -> None:
    shown = page(client_of(told.team(4).rector), at("decision", told, key=told.decision(4).pk))

    assert "Envoyer les observations" not in shown
    assert "le DAN" in shown


def test_delegate_accepts_the_place_from_the_decision_page(told: Hall, client_of) -> None:
    told.act("withdraw_participation", 0, reason=WHY)
    told.act("call_reserve", 2)
    client, key = client_of(told.team(2).delegate), told.part(2).pk

    shown = page(client, at("decision", told, key=told.decision(2).pk))
    assert "Une place est proposée" in shown
    accept = reverse("participation_act", kwargs={"key": key, "act": "accepter"})
    assert accept in shown
    assert "Accepter la place" in page(client, accept)
    done = client.post(accept, follow=True)

    assert "La place est acceptée" in done.content.decode()
    assert told.part(2).state == "retained"


def test_delegate_withdraws_from_the_decision_page_with_a_reason(told: Hall, client_of) -> None:
    client = client_of(told.team(0).delegate)
    act = reverse("participation_act", kwargs={"key": told.part(0).pk, "act": "retirer"})

    assert act in page(client, at("decision", told, key=told.decision(0).pk))
    missing = client.post(act, {"reason": ""})
    done = client.post(act, {"reason": WHY}, follow=True)

    assert missing.status_code == 400
    assert WHY in done.content.decode()
    assert told.part(0).state == "withdrawn"


def test_acts_of_the_pilot_say_who_may_to_a_delegate(told: Hall, client_of) -> None:
    client, key = client_of(told.team(2).delegate), told.part(2).pk

    for act in ("appeler", "reprendre", "remettre", "retablir"):
        answer = client.get(reverse("participation_act", kwargs={"key": key, "act": act}))
        assert answer.status_code == 403
        assert "le pilotage national" in answer.content.decode()
    unknown = reverse("participation_act", kwargs={"key": key, "act": "inconnu"})
    assert client.get(unknown).status_code == 404


def test_every_act_of_the_pilot_has_its_page(told: Hall, client_of) -> None:
    client, key = client_of(told.study.pilot), told.part(2).pk

    for act in ("retirer", "retablir", "appeler", "reprendre", "remettre", "accepter", "decliner"):
        page(client, reverse("participation_act", kwargs={"key": key, "act": act}))
    answer = client.post(
        reverse("participation_act", kwargs={"key": key, "act": "retablir"}), {"reason": WHY}
    )
    assert answer.status_code == 400
    assert "demande l’état" in answer.content.decode()


# -- participations and replies


def test_participations_show_places_reserve_and_who_to_call(told: Hall, client_of) -> None:
    client, address = client_of(told.study.pilot), at("participations", told)
    told.act("withdraw_participation", 0, reason=WHY)

    before = page(client, address)
    told.act("call_reserve", 2)
    after = page(client, address)

    assert "1 place libre" in before
    assert "1 appel en cours" in after
    assert "1 place libre" not in after
    assert WHY in after
    assert len(rows(client, address)) == 1 + 4


def test_participations_before_the_announcement_teach(ready: Hall, client_of) -> None:
    shown = page(client_of(ready.study.pilot), at("participations", ready))

    assert "Rien n’est annoncé" in shown


def test_replies_are_listed_then_answered(told: Hall, client_of) -> None:
    made = actions.reply(
        decision=told.decision(4), text="Nous regrettons.", now=NOW, actor=told.delegate(4)
    )
    client = client_of(told.study.pilot)
    address = reverse("reply_answer", kwargs={"key": made.pk})

    assert address in page(client, at("replies", told))
    assert "Nous regrettons." in page(client, address)
    done = client.post(address, {"text": "Nous comprenons."}, follow=True)

    assert "La réponse est envoyée." in done.content.decode()
    academy = client_of(told.team(4).delegate)
    assert "Nous comprenons." in page(academy, at("decision", told, key=told.decision(4).pk))
    assert rows(client, at("replies", told))[1][-1] == "Nous comprenons."


def test_decision_is_amended_by_its_page(told: Hall, client_of) -> None:
    client, key = client_of(told.study.pilot), told.decision(4).pk
    address = at("decision_amend", told, key=key)
    page(client, address)

    wrong = client.post(address, {"kind": "not_retained", "reason": "", "why": WHY})
    done = client.post(
        address, {"kind": "retained", "rank": "3", "remarks": "Bravo.", "why": WHY}, follow=True
    )

    assert wrong.status_code == 400
    assert "la nouvelle lettre est partie" in done.content.decode()
    assert told.part(4).state == "retained"
    assert WHY in page(client_of(told.team(4).author), at("decision", told, key=key))
    assert CaseEvent.objects.filter(kind="decision.amend").count() == 1


def test_decision_page_tells_nothing_of_the_deliberation(told: Hall, client_of) -> None:
    CaseEvent.objects.create(
        case=told.case(0), kind="decision.arbitrate", reason="Entre nous.", at=NOW
    )

    shown = page(client_of(told.team(0).delegate), at("decision", told, key=told.decision(0).pk))

    assert "Entre nous." not in shown


# -- the public


def test_public_pages_list_the_academies_once_announced(ready: Hall, client_of) -> None:
    client = Client()
    theme = reverse("theme", kwargs={"code": ready.theme.code})
    academy = ready.application(0).academy
    before = page(client, theme)
    ready.announce()

    shown = page(client, theme)
    of_academy = themes_of_academy(code=academy.code, page=None)

    assert academy.name not in before
    assert academy.name in shown
    assert "Académies retenues\N{NO-BREAK SPACE}: 1" in shown
    assert ready.application(1).academy.name not in shown
    assert list(of_academy) == [ready.theme]


# -- lists


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_questions_whatever_their_length(
    count: int, django_assert_num_queries, client_of
) -> None:
    made = hall((IN,) * count, rules={"academies_max": 9})
    made.announce()
    for place in range(count):
        actions.reply(
            decision=made.decision(place), text="Merci.", now=NOW, actor=made.delegate(place)
        )
    client = client_of(made.study.pilot)
    lists = {name: at(name, made) for name in ("announcement", "participations", "replies")}
    lists["decisions"] = reverse("decisions")
    # Each: session, account, its mandates and their scopes, the campaign; then
    # announcement: what `foresee` asks (8) · participations: themes, parts · replies: their count,
    # those unanswered, a page · decisions (no campaign): their count, a page.
    for name, number in COUNTS.items():
        with django_assert_num_queries(number, info=name):
            client.get(lists[name])


COUNTS = {"announcement": 12, "participations": 6, "replies": 7, "decisions": 5}
