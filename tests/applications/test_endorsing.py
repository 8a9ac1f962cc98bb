"""The delegate's act: visa, ranks and deposit at once, foreseen first, done once."""

from datetime import timedelta

import pytest

from tests.applications.factories import (
    ApplicationFactory,
    AuthorFactory,
    NamedInspectorFactory,
    OpenThemeFactory,
)
from tests.applications.world import World, actor, holding, state, verbs, written_to
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.actions import Effect
from traam.applications.models import Answer, Application, Deposit
from traam.campaigns.models import Brief, TextVersion
from traam.campaigns.rules.signing import TextState
from traam.kit.refusals import NotAllowed, Refusal


def another(world: World, now) -> Application:
    """Another application of the same academy, on another theme of the campaign."""
    theme, world.theme = world.theme, OpenThemeFactory(campaign=world.campaign)
    try:
        return world.agreed(now)
    finally:
        world.theme = theme


def ranks(*made: Application) -> list[int | None]:
    return [Application.objects.get(pk=one.pk).rank for one in made]


def test_dry_run_says_what_it_would_do_with_each_and_writes_nothing(world: World, now) -> None:
    one, two, left = world.agreed(now), another(world, now), another(world, now)
    before = len(verbs())

    foreseen = world.endorse(now, two.code, one.code, dry_run=True)

    assert [(each.code, each.effect, each.rank) for each in foreseen] == [
        (two.code, Effect.DEPOSITED, 1),
        (one.code, Effect.DEPOSITED, 2),
        (left.code, Effect.LEFT, None),
    ]
    assert {state(each) for each in (one, two, left)} == {"awaiting_visa"}
    assert (len(verbs()), Deposit.objects.count()) == (before, 0)


def test_one_act_endorses_ranks_and_deposits(world: World, now) -> None:
    one, two = world.agreed(now), another(world, now)

    receipts = world.endorse(now, two.code, one.code)

    assert [(each.number, each.rank) for each in receipts] == [
        (f"{two.code}/1", 1),
        (f"{one.code}/1", 2),
    ]
    digests = [Deposit.objects.get(application=each).digest for each in (two, one)]
    assert [each.digest for each in receipts] == digests
    assert (state(one), ranks(two, one)) == ("deposited", [1, 2])


def test_act_pressed_twice_or_by_two_delegates_deposits_once(world: World, now) -> None:
    made = world.agreed(now)
    other = holding(Role.DIGITAL_DELEGATE, academy=world.academy.code)
    first = world.endorse(now, made.code)

    later = now + timedelta(minutes=1)
    second, third = world.endorse(later, made.code), world.endorse(later, made.code, by=other)

    numbers = [[(one.number, one.digest) for one in each] for each in (first, second, third)]
    assert numbers[0] == numbers[1] == numbers[2]
    assert [one.effect for one in third] == [Effect.SAME]
    assert Deposit.objects.count() == 1
    assert written_to(world.rector) == ["deposited"]


def test_deposited_applications_are_ranked_again(world: World, now) -> None:
    one, two = world.agreed(now), another(world, now)
    world.endorse(now, one.code, two.code)

    told = world.endorse(now, two.code, one.code)

    assert [each.effect for each in told] == [Effect.RANKED, Effect.RANKED]
    assert ranks(two, one) == [1, 2]
    assert verbs()[-2:] == ["application.rank", "application.rank"]
    assert Deposit.objects.count() == 2


def test_rank_given_to_another_is_no_longer_that_of_one_left_out(world: World, now) -> None:
    one, two = world.agreed(now), another(world, now)
    world.endorse(now, one.code)

    world.endorse(now, two.code)

    assert ranks(one, two) == [None, 1]


def test_one_that_cannot_be_deposited_refuses_them_all_with_every_reason(world, now) -> None:
    one, two = world.agreed(now), another(world, now)
    Answer.objects.filter(application=two, field__in=["title", "lead"]).delete()

    (fine, refused) = world.endorse(now, one.code, two.code, dry_run=True)
    assert (fine.effect, refused.effect, len(refused.reasons)) == (
        Effect.DEPOSITED,
        Effect.REFUSED,
        2,
    )
    with pytest.raises(Refusal) as caught:
        world.endorse(now, one.code, two.code)

    assert [reason.partition(" : ")[0] for reason in caught.value.reasons] == [two.code] * 2
    assert (state(one), Deposit.objects.count()) == ("awaiting_visa", 0)


@pytest.mark.parametrize("order", [(), ("inconnue",)])
def test_ranking_of_nothing_or_of_the_unknown_is_refused(world: World, now, order) -> None:
    world.agreed(now)

    with pytest.raises(Refusal):
        world.endorse(now, *order)


def test_application_of_another_academy_or_not_agreed_is_refused(world: World, now) -> None:
    other, draft = World(campaign=world.campaign).agreed(now), world.begun(now)

    for code in (other.code, draft.code):
        with pytest.raises(Refusal, match="n’est pas à viser"):
            world.endorse(now, code)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REFERENT, Role.RECTOR, Role.EXPERT])
def test_only_the_delegate_endorses(world: World, now, role: Role) -> None:
    made = world.agreed(now)

    with pytest.raises(NotAllowed, match="DAN"):
        world.endorse(now, made.code, by=holding(role, academy=world.academy.code))


def test_visa_given_by_letter_is_entered_by_the_pilot_and_marked_so(world: World, now) -> None:
    made = world.agreed(now)

    with pytest.raises(NotAllowed):
        world.endorse(now, made.code, by=world.pilot)
    world.endorse(now, made.code, by=world.pilot, channel="courrier du 19 mars")

    event = made.events.get(verb="application.endorse")
    assert (event.person, event.channel) == (world.pilot, "courrier du 19 mars")
    assert state(made) == "deposited"


def test_deposit_records_the_cahier_des_charges_and_each_commitment(world: World, now) -> None:
    brief = Brief.objects.create(campaign=world.campaign, state=TextState.SIGNED_TWICE, text="…")
    versions = [
        TextVersion.objects.create(
            brief=brief,
            number=number,
            content={},
            digest=f"{number}" * 64,
            submitted_at=now,
            submitted_by=world.pilot,
        )
        for number in (1, 2)
    ]

    deposit = Deposit.objects.get(application=world.deposited(now))

    assert deposit.brief == versions[1]
    assert deposit.content["brief_digest"] == "2" * 64
    keys = [one["key"] for one in deposit.content["commitments"]]
    assert keys == [one.key for one in world.campaign.call_rules.commitments]
    assert deposit.content["inspectors"] == {str(world.inspector.pk): "2026-03-20T09:30:00.000000Z"}


def test_nothing_is_endorsed_once_the_decisions_are_announced(world: World, now) -> None:
    made = world.deposited(now)
    world.campaign.state = "announced"
    world.campaign.save()

    with pytest.raises(Refusal, match="annoncées"):
        world.endorse(now, made.code)


@pytest.mark.parametrize("count", [1, 3])
def test_dry_run_reads_a_fixed_number_of_things_for_each(
    world: World, now, count: int, django_assert_max_num_queries
) -> None:
    made = []
    for _ in range(count):
        one = ApplicationFactory(
            theme=OpenThemeFactory(campaign=world.campaign),
            academy=world.academy,
            state="awaiting_visa",
        )
        AuthorFactory(application=one, person=world.author)
        NamedInspectorFactory(application=one, person=world.inspector)
        made.append(one.code)
    by = actor(world.dan)

    with django_assert_max_num_queries(12 + 8 * count):
        actions.endorse(
            campaign=world.campaign,
            academy=world.academy,
            order=made,
            now=now,
            actor=by,
            dry_run=True,
        )
