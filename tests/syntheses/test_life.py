"""From draft to signature and distribution: who may, what is voided, what is told."""

from datetime import timedelta

import pytest

from tests.groups.factories import DueFactory, member, national, of_academy, team_mandate
from tests.people.factories import MandateFactory, UserFactory
from tests.syntheses.factories import SendingFactory, SynthesisFactory
from tests.syntheses.world import inspector, referent, world
from traam.access.roles import Role
from traam.groups.models import Done
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import Mandate, MandateScope
from traam.people.queries import actor_for
from traam.post.models import Message
from traam.post.texts import text_of
from traam.syntheses import actions
from traam.syntheses.models import Sending, Signature, Synthesis, SynthesisVersion
from traam.syntheses.queries.contents import may_read, readable
from traam.syntheses.rules.life import Capacity, SynthesisKind, SynthesisState

pytestmark = pytest.mark.django_db
S = SynthesisState


def kinds_of_mail() -> set[str]:
    return set(Message.objects.values_list("kind", flat=True))


def test_unsupported_finding_cannot_be_signed_and_says_which() -> None:
    here = world(teams=2, trials=3)
    finding = here.finding(0, 1, 2, text="Comparer aide.")
    synthesis = here.validated(here.synthesis(finding))
    type(here.observations[0]).objects.update(withdrawn_at=here.now, reason="Mal notée.")

    with pytest.raises(Refusal) as refused:
        actions.sign(synthesis=synthesis, capacity=Capacity.DNE, now=here.now, actor=here.expert)

    assert any(
        "Constat sans observation à l’appui : « Comparer aide. »" in one
        for one in refused.value.reasons
    )
    assert not Signature.objects.exists()


def test_both_sign_with_reservations_and_it_is_signed() -> None:
    here = world(teams=2, trials=3)
    synthesis = here.validated(here.synthesis(here.finding(0, 3)))
    given = {"synthesis": synthesis, "now": here.now}

    actions.sign(**given, capacity=Capacity.DNE, reservation=" Peu de lycées. ", actor=here.expert)
    assert actions.sign(
        **given, capacity=Capacity.GENERAL_INSPECTION, actor=here.inspection
    ).state == (S.SIGNED)

    rows = Signature.objects.order_by("capacity").values_list("capacity", "reservation", "digest")
    synthesis.refresh_from_db()
    assert list(rows) == [
        ("dne", "Peu de lycées.", synthesis.digest),
        ("general_inspection", "", synthesis.digest),
    ]
    actions.sign(**given, capacity=Capacity.DNE, actor=here.expert)
    assert Signature.objects.count() == 2


def test_one_person_with_both_mandates_signs_once() -> None:
    here = world(teams=1, trials=3)
    synthesis = here.validated(here.synthesis(here.finding(0)))
    person = UserFactory()
    for role in (Role.EXPERT, Role.GENERAL_INSPECTOR):
        mandate = MandateFactory(person=person, role=role)
        MandateScope.objects.create(mandate=mandate, kind="theme", code=here.group.theme.code)
    both = actor_for(person, here.now.date())
    given = {"synthesis": synthesis, "now": here.now, "actor": both}

    actions.sign(**given, capacity=Capacity.DNE)
    with pytest.raises(Refusal, match="deux personnes"):
        actions.sign(**given, capacity=Capacity.GENERAL_INSPECTION)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.GENERAL_INSPECTOR])
def test_only_those_of_the_theme_sign(role) -> None:
    here, there = world(teams=1, trials=3), world(teams=1, trials=1)
    synthesis = here.validated(here.synthesis(here.finding(0)))
    others = there.expert if role == Role.EXPERT else there.inspection
    capacity = Capacity.DNE if role == Role.EXPERT else Capacity.GENERAL_INSPECTION

    for actor in (others, referent(here.teams[0]), national()):
        with pytest.raises(NotAllowed):
            actions.sign(synthesis=synthesis, capacity=capacity, now=here.now, actor=actor)


def test_reopening_voids_every_signature_and_tells_signatories() -> None:
    here = world(teams=1, trials=3)
    synthesis = here.signed(here.synthesis(here.finding(0)))

    actions.reopen(synthesis=synthesis, reason="Un chiffre.", now=here.now, actor=here.inspection)

    synthesis.refresh_from_db()
    assert (synthesis.state, synthesis.digest) == (S.CORRECTIONS_ASKED, "")
    assert set(Signature.objects.values_list("voided_at", flat=True)) == {here.now}
    told = Message.objects.filter(kind="syntheses/reopened").values_list("to", flat=True)
    assert here.expert.person in told
    with pytest.raises(MoveRefused):
        actions.validate(synthesis=synthesis, now=here.now, actor=None)


def test_text_that_is_fixed_is_not_written() -> None:
    here = world(teams=1, trials=3)
    synthesis = here.validated(here.synthesis(here.finding(0)))

    with pytest.raises(Refusal, match="elle est validée"):
        actions.add_block(
            synthesis=synthesis,
            section="problem",
            typed=actions.Typed("Ajout."),
            now=here.now,
            actor=here.expert,
        )


@pytest.mark.parametrize("state", list(S))
def test_every_state_lets_only_its_own_moves_through(state) -> None:
    from traam.syntheses.rules.life import SYNTHESIS_LIFE

    here = world(teams=1, trials=3)
    synthesis = here.synthesis(here.finding(0))
    facts = {"digest": "0" * 64, "ark": "t0000000", "published_at": here.now}
    type(synthesis).objects.update(state=state, **facts)
    moves = SYNTHESIS_LIFE.open_moves(state)

    for name, act in (("withdraw", actions.withdraw), ("restore", actions.restore)):
        if name in moves or state == SYNTHESIS_LIFE.moves[name].target:
            continue
        with pytest.raises(MoveRefused):
            act(synthesis=synthesis, reason="Pour voir.", now=here.now, actor=None)


def test_pluri_academic_synthesis_is_of_several_teams_and_any_inspector_validates() -> None:
    here = world(teams=2, trials=3)
    author = referent(here.teams[0])
    synthesis = here.synthesis(
        here.finding(0, 3), kind=SynthesisKind.PLURI_ACADEMIC, teams=here.teams, actor=author
    )
    actions.submit(synthesis=synthesis, now=here.now, actor=author)

    done = actions.validate(synthesis=synthesis, now=here.now, actor=inspector(here.teams[1]))

    assert done.state == S.VALIDATED


@pytest.mark.parametrize(
    ("kind", "count"), [(SynthesisKind.ACADEMIC, 2), (SynthesisKind.PLURI_ACADEMIC, 1)]
)
def test_teams_fit_the_kind(kind, count) -> None:
    here = world(teams=2, trials=1)

    with pytest.raises(Refusal, match="équipe"):
        here.synthesis(kind=kind, teams=here.teams[:count], actor=None)


def test_group_has_one_national_synthesis() -> None:
    here = world(teams=1, trials=1)
    here.synthesis()

    with pytest.raises(Refusal, match="déjà sa synthèse nationale"):
        here.synthesis()


def test_trial_report_is_prefilled_from_the_trial_and_is_one_for_each() -> None:
    here = world(teams=1, trials=1)
    trial = here.trials[0]
    trial.gains_pupils, trial.levers = "Ils se corrigent.", "Une grille commune."
    trial.save(update_fields=["gains_pupils", "levers"])
    given = {"group": here.group, "kind": SynthesisKind.TRIAL_REPORT, "title": "Un essai"}
    who = {"now": here.now, "actor": referent(here.teams[0])}
    made = actions.begin(**given, trial=trial, **who)

    assert actions.prefill(synthesis=made, **who) >= 5
    assert actions.prefill(synthesis=made, **who) == 0
    rows = made.blocks.values_list("section", "text", "mark")
    assert ("findings", "Ils se corrigent.", "opinion") in rows
    assert ("conditions", "Une grille commune.", "opinion") in rows
    assert ("protocol", trial.hypothesis, "none") in rows
    with pytest.raises(Refusal, match="déjà son rapport"):
        actions.begin(**given, trial=trial, **who)


def test_saves_of_one_sitting_make_one_version() -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis()
    assert SynthesisVersion.objects.count() == 1

    for minutes, text in ((20, "Un."), (25, "Deux."), (40, "Trois.")):
        actions.add_block(
            synthesis=synthesis,
            section="problem",
            typed=actions.Typed(text),
            now=here.now + timedelta(minutes=minutes),
            actor=here.expert,
        )

    assert SynthesisVersion.objects.count() == 3
    last = SynthesisVersion.objects.order_by("-number").first()
    texts = [one["text"] for one in last.content["parts"][0]["passages"]]
    assert texts == ["Un.", "Deux.", "Trois."]


def test_distribution_reaches_academies_dgesco_inspection_and_partners_once() -> None:
    here = world(teams=1, trials=3)
    team = here.teams[0]
    delegate, rector = of_academy(team), of_academy(team, Role.RECTOR)
    dgesco = national(Role.DGESCO)
    partner = UserFactory()
    team_mandate(partner, Role.PARTNER, team)
    Mandate.objects.filter(person=partner).update(starts_on=here.now.date())
    of_academy(world(teams=1, trials=1).teams[0])
    synthesis = here.signed(here.synthesis(here.finding(0)))
    given = {"synthesis": synthesis, "now": here.now, "actor": here.expert}

    sent = actions.distribute(**given)

    assert {(one.person_id, one.addressee) for one in sent} == {
        (delegate.person, "academy"),
        (rector.person, "academy"),
        (dgesco.person, "dgesco"),
        (here.inspection.person, "general_inspection"),
        (partner.pk, "partner"),
    }
    assert actions.distribute(**given) == []


@pytest.mark.parametrize("kind", [SynthesisKind.NATIONAL, SynthesisKind.ACADEMIC])
def test_whoever_a_synthesis_is_sent_to_may_read_it(kind) -> None:
    here = world(teams=1, trials=3)
    team = here.teams[0]
    around = of_academy(team, Role.PARTNER)
    people = [of_academy(team, role) for role in (Role.RECTOR, Role.DIGITAL_DELEGATE)]
    people += [national(Role.DGESCO), member(team, Role.PARTNER)]
    if kind is SynthesisKind.NATIONAL:
        synthesis, sender = here.signed(here.synthesis(here.finding(0))), here.expert
    else:
        writer, sender = referent(team), inspector(team)
        synthesis = here.synthesis(here.finding(0), kind=kind, teams=[team], actor=writer)
        actions.submit(synthesis=synthesis, now=here.now, actor=writer)
        synthesis = actions.validate(synthesis=synthesis, now=here.now, actor=sender)

    sent = actions.distribute(synthesis=synthesis, now=here.now, actor=sender)

    reached = {one.person_id for one in sent}
    assert {one.person for one in people} <= reached
    for one in (*people, around):
        assert list(readable(one)) == [synthesis] * (one.person in reached)
        assert may_read(one, Synthesis.objects.get()) == (one.person in reached)
    assert (around.person in reached) == (kind is SynthesisKind.NATIONAL)


def test_reminder_of_several_syntheses_is_one_message() -> None:
    dgesco, other = national(Role.DGESCO), UserFactory()
    sent = SynthesisFactory.create_batch(3)
    for one in sent:
        SendingFactory(synthesis=one, person_id=dgesco.person)
    later = SendingFactory(synthesis=sent[0], person=other).sent_at + timedelta(days=14)

    assert [actions.remind_due(now=later), actions.remind_due(now=later)] == [4, 0]

    told = Message.objects.filter(kind__startswith="syntheses/sent_reminder").order_by("to")
    assert {one.to: one.kind for one in told} == {
        dgesco.person: "syntheses/sent_reminders",
        other.pk: "syntheses/sent_reminder",
    }
    text = text_of(kind=told.get(to=dgesco.person).kind, params=told.get(to=dgesco.person).params)
    assert text.subject == "Avez-vous reçu ces 3 synthèses ?"
    assert "/redaction/?attente=moi" in text.body


def test_receipt_is_a_button_and_one_reminder_goes_to_the_others() -> None:
    here = world(teams=1, trials=3)
    dgesco = national(Role.DGESCO)
    synthesis = here.signed(here.synthesis(here.finding(0)))
    actions.distribute(synthesis=synthesis, now=here.now, actor=here.expert)
    actions.receive(synthesis=synthesis, now=here.now, actor=dgesco)

    later = here.now + timedelta(days=14)
    assert actions.remind_due(now=later - timedelta(minutes=1)) == 0
    assert actions.remind_due(now=later) == 1
    assert actions.remind_due(now=later + timedelta(days=30)) == 0

    assert Sending.objects.get(person=dgesco.person).received_at == here.now
    with pytest.raises(Refusal, match="ne vous a pas été adressée"):
        actions.receive(synthesis=synthesis, now=here.now, actor=here.expert)


def test_national_synthesis_is_not_sent_before_it_is_signed() -> None:
    here = world(teams=1, trials=3)
    synthesis = here.validated(here.synthesis(here.finding(0)))

    with pytest.raises(Refusal, match="signée si elle est nationale"):
        actions.distribute(synthesis=synthesis, now=here.now, actor=here.expert)


def test_every_act_leaves_a_line_and_tells_whom_it_awaits() -> None:
    here = world(teams=1, trials=3)
    synthesis = here.signed(here.synthesis(here.finding(0)))
    actions.distribute(synthesis=synthesis, now=here.now, actor=here.expert)

    verbs = list(
        Entry.objects.filter(subject=f"synthesis:{synthesis.code}")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert verbs == [
        "synthesis.begin",
        "synthesis.submit",
        "synthesis.validate",
        "synthesis.sign",
        "synthesis.sign",
        "synthesis.distribute",
    ]
    assert kinds_of_mail() >= {
        "syntheses/submitted",
        "syntheses/validated",
        "syntheses/to_sign",
        "syntheses/sent",
    }


def test_submitting_meets_the_due_date_of_each_of_its_teams() -> None:
    here = world(teams=3, trials=3)
    due = DueFactory(group=here.group, key="synthesis")
    author = referent(here.teams[0])
    synthesis = here.synthesis(
        here.finding(0, 3), kind=SynthesisKind.PLURI_ACADEMIC, teams=here.teams[:2], actor=author
    )

    actions.submit(synthesis=synthesis, now=here.now, actor=author)

    assert {one.team for one in Done.objects.filter(due=due)} == set(here.teams[:2])


def test_submitting_a_national_synthesis_meets_no_due_date_of_a_team() -> None:
    here = world(teams=2, trials=3)
    DueFactory(group=here.group, key="synthesis")

    actions.submit(synthesis=here.synthesis(here.finding(0, 3)), now=here.now, actor=here.expert)

    assert not Done.objects.exists()


def test_finding_remark_and_summary_hold_no_address_nor_number() -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis(here.finding(0))
    who = {"now": here.now, "actor": here.expert}
    words = "Rappeler le 06 12 34 56 78."

    for act in (
        lambda: here.finding(0, text=words),
        lambda: actions.remark(synthesis=synthesis, text=words, block=None, **who),
        lambda: actions.write_head(
            synthesis=synthesis, title="T", summary=words, base=("", ""), **who
        ),
    ):
        with pytest.raises(Refusal, match="ressemble à un numéro de téléphone"):
            act()
