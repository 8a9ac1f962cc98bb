"""The way of an application, from its first word to its deposit and back."""

from datetime import date, timedelta

import pytest

from tests.applications.factories import CLOSES, ApplicationFactory
from tests.applications.world import COMPLETE, World, actor, holding, state, verbs, written_to
from tests.people.factories import DelegationFactory, MandateFactory, UserFactory
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.models import Application, Deposit, Event
from traam.campaigns.rules.signing import digest_of
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal

SECOND = timedelta(seconds=1)


def test_application_goes_from_its_first_word_to_its_deposit(world: World, now) -> None:
    made = world.deposited(now)

    deposit = Deposit.objects.get(application=made)
    assert (made.state, made.rank, made.deposited_at) == ("deposited", 1, now)
    assert made.title == COMPLETE["title"]
    assert deposit.digest == digest_of(deposit.content)
    assert deposit.content["answers"] == COMPLETE
    assert verbs() == [
        "application.begin",
        "application.name_inspector",
        "application.submit",
        "application.agree",
        "application.endorse",
    ]


def test_who_acts_by_delegation_is_told_what_the_holder_of_the_mandate_is(
    world: World, now
) -> None:
    inspecting, endorsing, over = (UserFactory() for _ in range(3))
    for holder, deputy in ((world.inspector, inspecting), (world.dan, endorsing)):
        DelegationFactory(mandate=holder.mandates.get(), delegate=deputy)
    past = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 2, 1)}
    DelegationFactory(mandate=world.dan.mandates.get(), delegate=over, **past)
    elsewhere = MandateFactory(person=world.dan, role=Role.DIGITAL_DELEGATE)
    stranger = DelegationFactory(mandate=elsewhere).delegate

    world.deposited(now)

    assert written_to(inspecting) == written_to(world.inspector)
    assert written_to(endorsing) == ["visa_wanted"]
    assert (written_to(over), written_to(stranger)) == ([], [])


def test_each_step_is_told_to_whoever_is_next_and_the_deposit_to_all(world: World, now) -> None:
    world.deposited(now)

    assert written_to(world.author) == ["agreed", "deposited"]
    assert written_to(world.inspector) == ["agreement_wanted", "deposited"]
    assert written_to(world.dan) == ["visa_wanted"]
    assert written_to(world.rector) == ["deposited"]


def test_application_begun_twice_by_the_same_person_is_one(world: World, now) -> None:
    first, second = world.begun(now), world.begun(now)

    assert first == second
    assert verbs() == ["application.begin"]


def test_second_application_of_the_academy_on_the_theme_is_refused(world: World, now) -> None:
    made = world.begun(now)

    with pytest.raises(Refusal, match=f"déjà une candidature sur ce thème .{made.code}."):
        world.begun(now, actor=actor(world.coauthor))


def test_application_may_be_begun_again_once_withdrawn(world: World, now) -> None:
    made = world.begun(now)
    actions.withdraw(application=made, reason="Trop tôt.", now=now, actor=actor(world.author))

    again = world.begun(now)

    assert again.code == f"{world.campaign.year}-{world.academy.code}-2"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.PILOT, Role.EXPERT])
def test_application_is_not_begun_by_others(world: World, now, role: Role) -> None:
    other = holding(role, academy=world.academy.code)

    with pytest.raises(NotAllowed):
        world.begun(now, actor=actor(other))


def test_application_is_not_begun_in_another_academy(world: World, now) -> None:
    with pytest.raises(NotAllowed):
        world.begun(now, actor=actor(holding(Role.REFERENT, academy="ailleurs")))


def test_application_is_refused_on_a_theme_that_is_not_signed(world: World, now) -> None:
    world.theme.state = "withdrawn"
    world.theme.save()

    with pytest.raises(Refusal, match="n’est pas proposé"):
        world.begun(now)


def test_submission_says_all_that_is_missing(world: World, now) -> None:
    made = world.begun(now)

    with pytest.raises(Refusal) as refused:
        actions.submit(application=made, now=now, actor=actor(world.author))

    assert len(refused.value.reasons) == len(COMPLETE) + 1  # the inspector
    assert state(made) == "draft"
    assert verbs() == ["application.begin"]


def test_submission_is_its_authors_not_a_co_authors(world: World, now) -> None:
    made = world.complete(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))

    with pytest.raises(Refusal, match="peut soumettre"):
        actions.submit(application=made, now=now, actor=actor(world.coauthor))

    assert state(made) == "draft"
    assert world.fill(made, {"lead": "Une autre"}, now, by=world.coauthor, base=1).versions == {
        "lead": 2
    }


def test_application_handed_over_is_submitted_by_its_new_author(world: World, now) -> None:
    made = world.complete(now)
    given = {"application": made, "person": world.coauthor, "now": now}
    actions.add_author(**given, actor=actor(world.author))
    actions.hand_over(**given, actor=actor(world.author))

    with pytest.raises(Refusal):
        actions.submit(application=made, now=now, actor=actor(world.author))
    actions.submit(application=made, now=now, actor=actor(world.coauthor))

    assert state(made) == "awaiting_agreement"


def test_submission_twice_is_one(world: World, now) -> None:
    made = world.submitted(now)

    actions.submit(application=made, now=now, actor=actor(world.author))

    assert verbs().count("application.submit") == 1


def test_every_named_inspector_agrees_before_the_delegate_is_asked(world: World, now) -> None:
    second = holding(Role.INSPECTOR, academy=world.academy.code)
    made = world.complete(now)
    actions.name_inspector(application=made, person=second, now=now, actor=actor(world.author))
    actions.submit(application=made, now=now, actor=actor(world.author))

    actions.agree(application=made, now=now, actor=actor(world.inspector))
    actions.agree(application=made, now=now, actor=actor(world.inspector))  # twice is once
    assert (state(made), written_to(world.dan)) == ("awaiting_agreement", [])

    actions.agree(application=made, now=now, actor=actor(second))
    assert (state(made), written_to(world.dan)) == ("awaiting_visa", ["visa_wanted"])
    assert verbs().count("application.agree") == 2


def test_inspector_who_is_not_named_does_not_agree(world: World, now) -> None:
    made = world.submitted(now)
    other = holding(Role.INSPECTOR, academy=world.academy.code)

    with pytest.raises(NotAllowed):
        actions.agree(application=made, now=now, actor=actor(other))


@pytest.mark.parametrize("by", ["inspector", "dan"])
def test_application_is_sent_back_with_a_reason_that_its_authors_read(
    world: World, now, by: str
) -> None:
    made = world.submitted(now) if by == "inspector" else world.deposited(now)

    actions.send_back(
        application=made, reason="Précisez.", now=now, actor=actor(getattr(world, by))
    )

    made.refresh_from_db()
    event = Event.objects.filter(application=made).latest("pk")
    assert (made.state, made.rank) == ("draft", None)
    assert (event.verb, event.reason) == ("application.return", "Précisez.")
    assert written_to(world.author)[-1] == "returned"
    assert set(made.inspectors.values_list("agreed_at", flat=True)) == {None}


@pytest.mark.parametrize("act", ["send_back", "withdraw", "restore", "reopen"])
def test_acts_that_undo_ask_for_a_reason(world: World, now, act: str) -> None:
    made = world.deposited(now)
    person = world.pilot if act in ("restore", "reopen") else world.dan

    with pytest.raises(Refusal, match="motif"):
        getattr(actions, act)(application=made, reason=" ", now=now, actor=actor(person))

    assert state(made) == "deposited"


def test_deposit_sent_back_and_endorsed_again_is_a_second_version(world: World, now) -> None:
    made = world.deposited(now)
    actions.send_back(application=made, reason="Précisez.", now=now, actor=actor(world.dan))
    world.fill(made, {"lead": "Une autre"}, now, base=1)
    actions.submit(application=made, now=now, actor=actor(world.author))
    actions.agree(application=made, now=now, actor=actor(world.inspector))
    world.endorse(now, made.code)

    said = [one.content["answers"]["lead"] for one in made.deposits.order_by("number")]
    assert said == [COMPLETE["lead"], "Une autre"]


def test_application_is_taken_back_by_its_author_and_inspectors_are_told(world: World, now) -> None:
    made = world.submitted(now)

    actions.take_back(application=made, now=now, actor=actor(world.author))
    actions.take_back(application=made, now=now, actor=actor(world.author))

    assert state(made) == "draft"
    assert written_to(world.inspector) == ["agreement_wanted", "taken_back"]
    assert verbs().count("application.take_back") == 1


def test_withdrawn_application_is_restored_by_the_pilot(world: World, now) -> None:
    made = world.submitted(now)
    actions.withdraw(application=made, reason="Départ.", now=now, actor=actor(world.dan))

    with pytest.raises(NotAllowed):
        actions.restore(application=made, reason="Retour.", now=now, actor=actor(world.author))
    actions.restore(application=made, reason="Retour.", now=now, actor=actor(world.pilot))

    assert state(made) == "draft"
    assert written_to(world.author)[-2:] == ["withdrawn", "reopened"]


def test_restoring_is_refused_when_another_answers_the_theme(world: World, now) -> None:
    made = world.begun(now)
    actions.withdraw(application=made, reason="Départ.", now=now, actor=actor(world.author))
    other = world.begun(now)

    with pytest.raises(Refusal, match=other.code):
        actions.restore(application=made, reason="Retour.", now=now, actor=actor(world.pilot))


def test_moves_from_the_wrong_state_are_refused_in_the_words_of_the_table(world, now) -> None:
    made = world.begun(now)

    with pytest.raises(MoveRefused, match="rétablir"):
        actions.restore(application=made, reason="Retour.", now=now, actor=actor(world.pilot))


def test_application_is_entered_on_behalf_of_someone_and_marked_so(world: World, now) -> None:
    made = world.begun(
        now, actor=actor(world.dan), channel="courrier du 2 mars", on_behalf_of=world.author
    )
    world.fill(made, COMPLETE, now, by=world.dan)
    actions.name_inspector(
        application=made, person=world.inspector, now=now, actor=actor(world.dan)
    )
    actions.submit(application=made, now=now, actor=actor(world.dan))
    actions.agree(
        application=made,
        now=now,
        actor=actor(world.dan),
        on_behalf_of=world.inspector,
        channel="courriel du 3 mars",
    )

    events = [
        (one.verb, one.on_behalf_of, one.channel)
        for one in Event.objects.filter(application=made, verb__in=["application.begin"])
        | Event.objects.filter(application=made, verb="application.agree")
    ]
    assert events == [
        ("application.begin", world.author, "courrier du 2 mars"),
        ("application.agree", world.inspector, "courriel du 3 mars"),
    ]
    assert state(made) == "awaiting_visa"
    assert made.authors.get().person == world.author


def test_nobody_enters_for_others_without_the_right(world: World, now) -> None:
    with pytest.raises(NotAllowed):
        world.begun(now, actor=actor(world.coauthor), channel="courriel", on_behalf_of=world.author)


def test_inspector_does_not_agree_to_what_they_write(world: World, now) -> None:
    made = world.begun(now)
    both = holding(Role.INSPECTOR, academy=world.academy.code)
    given = {"application": made, "person": both, "now": now, "actor": actor(world.author)}
    actions.add_author(**given)

    with pytest.raises(Refusal, match="quelqu’un d’autre"):
        actions.name_inspector(**given)


def test_people_of_elsewhere_neither_write_nor_agree(world: World, now) -> None:
    made = world.begun(now)
    other = holding(Role.INSPECTOR, academy="ailleurs")
    given = {"application": made, "person": other, "now": now, "actor": actor(world.author)}

    with pytest.raises(Refusal, match="ne peut pas écrire"):
        actions.add_author(**given)
    with pytest.raises(Refusal, match="ne peut pas donner cet accord"):
        actions.name_inspector(**given)


ACTS = {
    "save": lambda world, made, now: world.fill(made, {"lead": "Autre"}, now, base=1),
    "submit": lambda world, made, now: actions.submit(
        application=made, now=now, actor=actor(world.author)
    ),
    "name": lambda world, made, now: actions.unname_inspector(
        application=made, person=world.inspector, now=now, actor=actor(world.author)
    ),
    "begin": lambda world, made, now: world.begun(now),
}


@pytest.mark.parametrize("act", ACTS)
def test_closing_is_judged_on_the_instant_though_no_job_has_run(
    world: World, now, act: str
) -> None:
    made = world.complete(now)
    if act == "begin":
        Application.objects.filter(pk=made.pk).update(state="withdrawn")

    with pytest.raises(Refusal, match="L’appel est clos depuis le vendredi 3 avril 2026, 18\xa0h"):
        ACTS[act](world, made, CLOSES)
    ACTS[act](world, made, CLOSES - SECOND)


def test_agreement_and_visa_may_be_given_until_the_grace_ends(world: World, now) -> None:
    made = world.submitted(now)
    grace = CLOSES + timedelta(hours=48)

    actions.agree(application=made, now=grace - SECOND, actor=actor(world.inspector))
    (told,) = world.endorse(grace, made.code, dry_run=True)
    assert told.effect is actions.Effect.REFUSED
    with pytest.raises(Refusal, match="délai laissé après la clôture"):
        world.endorse(grace, made.code)
    world.endorse(grace - SECOND, made.code)

    assert state(made) == "deposited"


def test_sending_back_after_the_closing_is_refused_since_it_would_lapse(world, now) -> None:
    made = world.submitted(now)

    with pytest.raises(Refusal, match="plus de temps pour l’académie"):
        actions.send_back(
            application=made, reason="Précisez.", now=CLOSES, actor=actor(world.inspector)
        )


def test_factory_makes_a_draft_that_the_database_accepts(db) -> None:
    made = ApplicationFactory()

    assert (made.state, made.questionnaire.campaign) == ("draft", made.campaign)


def test_academies_are_joined_by_a_common_application(world: World, now) -> None:
    other = World(campaign=world.campaign)
    made = world.complete(now)
    world.fill(made, {"associated": [other.academy.code]}, now)
    for act, by in (("submit", world.author), ("agree", world.inspector)):
        getattr(actions, act)(application=made, now=now, actor=actor(by))

    world.endorse(now, made.code)

    assert made.deposits.get().content["associated"] == [other.academy.code]
