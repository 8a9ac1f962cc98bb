"""Decisions are announced all at once, once; and taken back all at once."""

from datetime import timedelta

import pytest

from tests.people.factories import MandateFactory
from tests.selection import factories as f
from tests.selection.announcement.setting import (
    IN,
    OUT,
    RESERVE,
    Hall,
    decide,
    hall,
    mail,
    person,
    words,
)
from tests.selection.factories import NOW, actor_of
from traam.access.roles import Role
from traam.applications.models import ApplicationAcademy
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import CampaignEvent
from traam.documents.queries import open_bytes
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.reference.models import Academy
from traam.selection import actions
from traam.selection.actions import announcing
from traam.selection.models import Decision, Letter, Participation, Seal
from traam.selection.queries.recipients import Function
from traam.selection.rules.life import DecisionState

pytestmark = pytest.mark.django_db
REASON = "Une décision avait été saisie sur le mauvais dossier."


def told(place: int, ready: Hall) -> set[int]:
    """Who received the letter of this application."""
    key = ready.decision(place).pk
    return {
        to
        for to, given in mail("decision_announced").items()
        if any(one.params["decision"] == key for one in given)
    }


def test_announce_tells_everyone_opens_parts_and_lists_academies(ready: Hall) -> None:
    ready.announce()

    assert ready.campaign.state == "announced"
    assert set(Decision.objects.values_list("state", "announced_at")) == {("announced", NOW)}
    parts = Participation.objects.order_by("pk").values_list("decision", "state")
    assert list(parts) == [
        (ready.decision(0).pk, "retained"),
        (ready.decision(1).pk, "reserve"),
    ]
    assert ready.public() == {ready.application(0).academy.name: "retained"}
    assert [told(place, ready) for place in range(3)] == [
        ready.team(place).keys for place in range(3)
    ]


def test_announce_joins_to_each_message_the_letter_of_its_decision(ready: Hall) -> None:
    ready.announce()

    for place in range(3):
        letter = Letter.objects.get(decision=ready.decision(place))
        (message,) = mail("decision_announced")[ready.team(place).delegate.pk]
        assert [one["digest"] for one in message.attachments] == [letter.file]
        with open_bytes(letter.file) as file:
            assert file.read(5) == b"%PDF-"
    assert Letter.objects.filter(sent_at=NOW).count() == 3
    refused = words(mail("decision_announced")[ready.team(2).author.pk][0])
    assert "est non retenue" in refused
    assert "Ornithorynque" not in refused  # the reason is in the letter


def test_announce_twice_sends_once(ready: Hall) -> None:
    ready.announce()
    before = [Message.objects.count(), Participation.objects.count(), Entry.objects.count()]

    ready.announce(now=NOW + timedelta(minutes=1))

    after = [Message.objects.count(), Participation.objects.count(), Entry.objects.count()]
    assert before == after


def test_announce_seals_the_choice_and_notes_each_decision(ready: Hall) -> None:
    ready.announce()

    assert Seal.objects.filter(kind="choice").count() == 1
    noted = Entry.objects.filter(verb="decision.announce").order_by("pk")
    assert [(one.subject, one.after["kind"], one.actor) for one in noted] == [
        (f"decision:{ready.decision(place).pk}", kind.value, ready.study.pilot.pk)
        for place, kind in enumerate((IN, RESERVE, OUT))
    ]
    assert Entry.objects.filter(verb="campaign.announce").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PILOT])
def test_announce_is_the_pilot_s_alone(ready: Hall, role: Role) -> None:
    other = person(role)

    with pytest.raises(NotAllowed):
        ready.announce(actor=actor_of(other))

    assert not Letter.objects.exists()


def test_announce_says_all_that_blocks_at_once() -> None:
    made = hall((IN, None, OUT, RESERVE, RESERVE))
    Decision.objects.filter(case=made.case(2)).update(reason=" ")
    Decision.objects.filter(case=made.case(4)).update(rank=3)
    gone = made.application(0)
    gone.state = ApplicationState.WITHDRAWN
    gone.save(update_fields=["state"])

    with pytest.raises(Refusal) as refused:
        made.announce(reasons={made.theme.code: "Le thème se tient."})

    said = "\n".join(refused.value.reasons)
    assert len(refused.value.reasons) == 4
    assert f"Rien n’est décidé de la candidature de {made.application(1).academy.name}" in said
    assert "n’est plus à l’étude (elle est « retirée »)" in said
    assert "Le motif manque" in said
    assert "(reçu : 1, 3) doivent être : 1 à 2, chacun une fois" in said
    assert made.campaign.state == "call_closed"
    assert not Message.objects.exists()


def test_announce_without_any_decision_is_refused() -> None:
    made = hall((None,))
    made.application(0).deposits.all().delete()
    application = made.application(0)
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])

    with pytest.raises(Refusal, match="rien à annoncer"):
        made.announce()


def test_announce_before_the_call_has_closed_is_refused(ready: Hall) -> None:
    campaign = ready.campaign
    campaign.state = "call_open"
    campaign.save(update_fields=["state"])

    with pytest.raises(Refusal, match="entre la clôture"):
        ready.announce(actor=None)


# -- the exceptions that are normal


def test_announce_takes_more_than_planned_with_a_reason_and_keeps_it() -> None:
    """More academies retained than planned (`rules.md` §4)."""
    made = hall((IN, IN, IN))

    with pytest.raises(Refusal, match="3 académies retenues pour 2 prévues au plus"):
        made.announce()
    made.announce(reasons={made.theme.code: "Trois dossiers de même qualité."})

    assert len(made.public()) == 3
    kept = CampaignEvent.objects.get(kind="theme.explain_numbers")
    assert (kept.theme, kept.reason) == (made.theme, "Trois dossiers de même qualité.")


def test_announce_takes_fewer_than_wanted_with_a_reason() -> None:
    made = hall((OUT,))

    with pytest.raises(Refusal, match="0 académie retenue pour 1 attendues au moins"):
        made.announce()
    made.announce(reasons={made.theme.code: "Aucun dossier ne répondait au thème."})

    assert made.public() == {}


def test_announce_lists_the_academies_associated_with_a_joint_application() -> None:
    """An application by several academies (`rules.md` §4)."""
    made = hall((IN, IN, OUT))
    names = [made.application(place).academy for place in range(3)]
    for academy in names[1:]:
        ApplicationAcademy.objects.create(application=made.application(0), academy=academy)

    made.announce()

    assert made.public() == {
        names[0].name: "retained",
        names[1].name: "retained",  # by its own application
        names[2].name: "associated",
    }
    letter = Letter.objects.get(decision=made.decision(0))
    assert "Sont associées à cette candidature" in letter.text


def merge(academy: Academy, into: Academy) -> None:
    academy.valid_to = NOW.date() - timedelta(days=1)
    academy.successor = into
    academy.save(update_fields=["valid_to", "successor"])


def test_announce_tells_the_delegate_of_the_academy_merged_since() -> None:
    """Two academies that merge in mid-project: Caen and Rouen, Normandie (`rules.md` §4)."""
    made = hall((IN, OUT))
    heir = f.AcademyFactory(name="Normandie")
    merge(made.application(0).academy, heir)
    new = person(Role.DIGITAL_DELEGATE, heir)

    made.announce()

    assert new.pk in told(0, made)
    assert new.pk not in told(1, made)
    actor = actor_of(new)
    assert actor.allows("decision.read", made.decision(0).place())
    assert [*Decision.objects.over_which(actor, "decision.read")] == [made.decision(0)]
    assert actor.allows("participation.withdraw", made.part(0).place())


# -- who is not reached


def test_foresee_names_by_function_whom_no_mail_reaches(ready: Hall) -> None:
    team = ready.team(0)
    team.rector.mandates.all().delete()
    team.delegate.email = "dan@essai.invalid"
    team.delegate.save()
    team.author.last_login = None
    team.author.save()

    found = actions.foresee_announcement(campaign=ready.campaign, now=NOW, actor=ready.pilot)

    said = [(one.function, one.why) for who, one in found.silent if who == ready.application(0)]
    assert said == [
        (Function.AUTHOR, "adresse jamais vérifiée : la personne n’est pas encore entrée"),
        (
            Function.DELEGATE,
            "adresse qui ne reçoit pas de courrier : le message l’attend à l’écran",
        ),
        (Function.RECTOR, "aucun compte n’a ce mandat"),
    ]
    assert len(found.silent) == 3
    assert found.is_ready


def test_foresee_counts_by_kind_and_by_person(ready: Hall) -> None:
    found = actions.foresee_announcement(campaign=ready.campaign, now=NOW, actor=ready.pilot)

    assert found.counts == {IN: 1, RESERVE: 1, OUT: 1}
    assert (found.people, found.messages) == (12, 12)


def test_foresee_tells_a_person_of_two_functions_once(ready: Hall) -> None:
    MandateFactory(
        person=ready.team(0).author,
        role=Role.DIGITAL_DELEGATE,
        academies=[ready.application(0).academy.code],
    )

    ready.announce()

    assert len(mail("decision_announced")[ready.team(0).author.pk]) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_foresee_asks_the_same_questions_whatever_the_number(
    count: int, django_assert_num_queries
) -> None:
    made = hall((IN,) * count, rules={"academies_max": 9})
    campaign, actor = made.campaign, made.pilot

    # decisions · their associated academies, authors, inspectors · holders of the mandates ·
    # people · deposited without a decision · themes
    with django_assert_num_queries(8):
        actions.foresee_announcement(campaign=campaign, now=NOW, actor=actor)


# -- the way back


def test_take_back_makes_all_private_again_and_tells_everyone_why(ready: Hall) -> None:
    ready.announce()

    actions.take_back_announcement(
        campaign=ready.campaign, reason=REASON, now=NOW, actor=ready.pilot
    )

    assert ready.campaign.state == "call_closed"
    assert set(Decision.objects.values_list("state", "announced_at")) == {("prepared", None)}
    assert not Participation.objects.exists()
    assert ready.public() == {}
    back = mail("announcement_taken_back")
    assert set(back) == {key for place in range(3) for key in ready.team(place).keys}
    assert REASON in words(back[ready.team(2).rector.pk][0])
    delegate = ready.delegate(0)
    assert not delegate.allows("decision.read", ready.decision(0).place())


def test_take_back_then_announce_again_sends_other_letters(ready: Hall) -> None:
    ready.announce()
    actions.take_back_announcement(
        campaign=ready.campaign, reason=REASON, now=NOW, actor=ready.pilot
    )
    Decision.objects.filter(case=ready.case(2)).update(kind=IN, reason="")

    ready.announce(now=NOW + timedelta(days=1))

    given = mail("decision_announced")[ready.team(2).author.pk]
    assert [words(one).count("non retenue") for one in given] == [1, 0]
    assert given[0].attachments != given[1].attachments
    assert len(ready.public()) == 2


def test_take_back_twice_is_once(ready: Hall) -> None:
    ready.announce()
    for _ in range(2):
        actions.take_back_announcement(
            campaign=ready.campaign, reason=REASON, now=NOW, actor=ready.pilot
        )

    assert Entry.objects.filter(verb="campaign.take_back_announcement").count() == 1


def test_take_back_wants_a_reason_and_the_pilot(ready: Hall) -> None:
    ready.announce()

    with pytest.raises(Refusal):
        actions.take_back_announcement(
            campaign=ready.campaign, reason=" ", now=NOW, actor=ready.pilot
        )
    with pytest.raises(NotAllowed):
        actions.take_back_announcement(
            campaign=ready.campaign, reason=REASON, now=NOW, actor=ready.delegate(0)
        )

    assert ready.campaign.state == "announced"


def test_take_back_once_work_has_begun_is_refused(ready: Hall) -> None:
    ready.announce()
    campaign = ready.campaign
    campaign.state = "at_work"
    campaign.save(update_fields=["state"])

    with pytest.raises((Refusal, MoveRefused), match="au travail"):
        actions.take_back_announcement(campaign=campaign, reason=REASON, now=NOW, actor=ready.pilot)


def test_withdrawn_application_without_a_decision_blocks_nothing() -> None:
    made = hall((IN, None))
    gone = made.application(1)
    gone.state = ApplicationState.WITHDRAWN
    gone.save(update_fields=["state"])

    made.announce()

    assert Decision.objects.get().state == DecisionState.ANNOUNCED


def test_decision_prepared_after_the_letters_were_typeset_is_not_announced_unread(
    ready: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset = announcing._typeset

    def meanwhile(*given, **more):
        made = typeset(*given, **more)
        Decision.objects.filter(case=ready.case(0)).update(remarks="Au dernier moment.")
        return made

    monkeypatch.setattr(announcing, "_typeset", meanwhile)

    with pytest.raises(Refusal, match="vient de changer"):
        ready.announce()

    assert ready.campaign.state == "call_closed"
    assert not Message.objects.exists()


def test_announce_opens_a_part_for_each_rank_of_the_reserve(ready: Hall) -> None:
    extra = f.CaseFactory(application=f.deposited(ready.theme))
    decide(extra, RESERVE, rank=2)

    ready.announce()

    assert Participation.objects.filter(state="reserve").count() == 2
