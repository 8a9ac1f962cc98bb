"""More time for one academy, what lapses, and the warnings; all judged on the instant."""

from datetime import timedelta

import pytest

from tests.applications.factories import CLOSES
from tests.applications.world import World, actor, state, verbs, written_to
from traam.applications import actions
from traam.applications.models import Extension
from traam.campaigns.models import MilestoneDate
from traam.kit.refusals import NotAllowed, Refusal, Unread
from traam.post.models import Message

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
GRACE = CLOSES + 2 * DAY
LATER = CLOSES + 7 * DAY


def extend(world: World, now, until=LATER, by=None, reason="Cyclone."):
    return actions.extend(
        campaign=world.campaign,
        academy=world.academy,
        until=until,
        reason=reason,
        now=now,
        actor=actor(by or world.pilot),
    )


def closed(world: World) -> None:
    world.campaign.state = "call_closed"
    world.campaign.save()


def test_what_was_not_deposited_lapses_when_the_grace_ends(world: World, now) -> None:
    made = world.submitted(now)

    assert actions.lapse_due(now=GRACE - SECOND) == 0
    assert [actions.lapse_due(now=GRACE) for _ in range(2)] == [1, 0]

    assert (state(made), verbs().count("application.lapse")) == ("lapsed", 1)
    assert [written_to(each)[-1] for each in (world.author, world.dan)] == ["lapsed", "lapsed"]


def test_number_of_hours_of_grace_is_the_campaigns(world: World, now) -> None:
    made = world.submitted(now)
    world.campaign.rules = {"grace_hours": 1}
    world.campaign.save()

    actions.lapse_due(now=CLOSES + timedelta(hours=1))

    assert state(made) == "lapsed"


@pytest.mark.parametrize("kept", ["deposited", "withdrawn"])
def test_deposited_and_withdrawn_applications_do_not_lapse(world: World, now, kept: str) -> None:
    made = world.deposited(now)
    if kept == "withdrawn":
        actions.withdraw(application=made, reason="Départ.", now=now, actor=actor(world.dan))

    actions.lapse_due(now=GRACE + DAY)

    assert state(made) == kept


def test_academy_given_more_time_writes_submits_and_deposits_after_the_closing(world, now) -> None:
    made, other = world.complete(now), World(campaign=world.campaign)
    theirs = other.complete(now)
    extend(world, now)
    closed(world)
    late = LATER - SECOND

    actions.submit(application=made, now=late, actor=actor(world.author))
    actions.agree(application=made, now=late, actor=actor(world.inspector))
    world.endorse(late, made.code)

    assert state(made) == "deposited"
    with pytest.raises(Refusal, match="clos"):
        actions.submit(application=theirs, now=late, actor=actor(other.author))


def test_academy_given_more_time_begins_after_the_closing(world: World, now) -> None:
    extend(world, now)
    closed(world)

    made = world.begun(LATER - SECOND)

    assert made.extension is not None


def test_extension_ends_by_itself_at_its_instant_and_files_lapse_after_its_grace(world, now):
    made = world.complete(now)
    given = extend(world, now)
    closed(world)

    with pytest.raises(Refusal, match="clos depuis le vendredi 10 avril"):
        world.fill(made, {"lead": "Autre"}, LATER, base=1)
    assert [actions.end_extensions(now=at) for at in (LATER - SECOND, LATER, LATER)] == [0, 1, 0]
    assert [actions.lapse_due(now=LATER + 2 * DAY - SECOND), state(made)] == [0, "draft"]
    actions.lapse_due(now=LATER + 2 * DAY)

    given.refresh_from_db()
    assert (given.is_over, state(made)) == (True, "lapsed")


def test_lapsed_application_is_reopened_once_the_academy_has_more_time(world: World, now) -> None:
    made = world.complete(now)
    closed(world)
    actions.lapse_due(now=GRACE)
    given = {"application": made, "reason": "Panne.", "actor": actor(world.pilot)}

    with pytest.raises(Refusal, match="plus de temps pour l’académie"):
        actions.reopen(**given, now=GRACE)
    extend(world, GRACE)
    actions.reopen(**given, now=GRACE)
    actions.submit(application=made, now=GRACE, actor=actor(world.author))

    assert state(made) == "awaiting_agreement"


def test_extension_given_twice_is_one_and_another_end_takes_its_place(world: World, now) -> None:
    made = world.begun(now)
    first = extend(world, now)

    assert extend(world, now) == first
    second = extend(world, now, until=LATER + DAY)

    made.refresh_from_db()
    assert made.extension == second
    assert list(Extension.objects.order_by("pk").values_list("is_over", flat=True)) == [True, False]
    assert verbs("extension.") == ["extension.give", "extension.give"]
    assert written_to(world.dan) == ["academy_extended", "academy_extended"]
    assert written_to(world.author) == ["extended", "extended"]


@pytest.mark.parametrize("until", [CLOSES, CLOSES - DAY])
def test_extension_ends_after_the_closing(world: World, now, until) -> None:
    with pytest.raises(Refusal, match="doit venir après la clôture"):
        extend(world, now, until=until)


@pytest.mark.parametrize(
    ("milestone", "said"),
    [
        ("announcement", "avant « annonce des décisions » \\(mardi 12 mai"),
        ("launch", "avant « lancement des travaux » \\(mardi 12 mai"),
        ("", "avant un an après la clôture \\(samedi 3 avril 2027"),
    ],
)
def test_extension_ends_before_the_choice_is_announced(world, now, milestone, said) -> None:
    limit = CLOSES + timedelta(days=39 if milestone else 365)
    if milestone:
        MilestoneDate.objects.create(campaign=world.campaign, kind=milestone, at=limit)

    for until in (limit, limit + 900 * DAY):
        with pytest.raises(Refusal, match=said):
            extend(world, now, until=until)

    assert extend(world, now, until=limit - SECOND).until == limit - SECOND


def test_extension_beyond_the_reviews_is_given_once_this_was_read(world: World, now) -> None:
    MilestoneDate.objects.create(campaign=world.campaign, kind="reviews_due", at=CLOSES + 5 * DAY)
    given = {
        "campaign": world.campaign,
        "academy": world.academy,
        "until": LATER,
        "reason": "Cyclone.",
        "now": now,
        "actor": actor(world.pilot),
    }

    with pytest.raises(Unread, match="risque de n’être lue par personne") as refused:
        actions.extend(**given, known=[])
    with pytest.raises(Unread):
        actions.extend(**given | {"until": LATER + DAY}, known=refused.value.reasons)
    made = actions.extend(**given, known=refused.value.reasons)

    assert made.until == LATER


def test_extension_that_ends_before_the_reviews_are_due_warns_of_nothing(world, now) -> None:
    MilestoneDate.objects.create(campaign=world.campaign, kind="reviews_due", at=LATER)

    made = actions.extend(
        campaign=world.campaign,
        academy=world.academy,
        until=LATER,
        reason="Cyclone.",
        now=now,
        actor=actor(world.pilot),
        known=[],
    )

    assert made.until == LATER


def test_extension_is_the_pilots_to_give_with_a_reason(world: World, now) -> None:
    with pytest.raises(NotAllowed):
        extend(world, now, by=world.dan)
    with pytest.raises(Refusal, match="motif"):
        extend(world, now, reason="")
    world.campaign.state = "announced"
    world.campaign.save()
    with pytest.raises(Refusal, match="avant l’annonce"):
        extend(world, now)


def test_extension_is_taken_back_with_a_reason(world: World, now) -> None:
    made = world.complete(now)
    given = extend(world, now)
    closed(world)

    for _ in range(2):
        actions.end_extension(
            extension=given, reason="Erreur.", now=CLOSES + DAY, actor=actor(world.pilot)
        )

    with pytest.raises(Refusal, match="clos depuis le samedi 4 avril"):
        world.fill(made, {"lead": "Autre"}, CLOSES + DAY, base=1)
    assert written_to(world.author)[-1] == "shortened"
    assert verbs("extension.end") == ["extension.end"]


@pytest.mark.parametrize(
    ("before", "kinds"),
    [(timedelta(days=8), 0), (timedelta(days=7), 1), (timedelta(days=1), 1), (-SECOND, 0)],
)
def test_authors_and_delegates_are_warned_before_the_end(world, now, before, kinds) -> None:
    world.complete(now)

    for _ in range(2):
        actions.warn_due(now=CLOSES - before)

    assert [len(written_to(each)) for each in (world.author, world.dan)] == [kinds, kinds]


def test_two_warnings_go_a_week_and_a_day_before_the_end(world: World, now) -> None:
    world.complete(now)

    for days in (9, 7, 5, 3, 1):
        actions.warn_due(now=CLOSES - timedelta(days=days))

    left = Message.objects.filter(to=world.author.pk).order_by("pk")
    assert [one.params["left"] for one in left] == ["7 jours", "1 jour"]


def test_deposited_application_is_not_warned_about(world: World, now) -> None:
    world.deposited(now)

    assert actions.warn_due(now=CLOSES - DAY) == 0


def test_inspectors_are_warned_in_place_of_the_authors_once_it_is_submitted(world, now) -> None:
    world.submitted(now)

    actions.warn_due(now=CLOSES - DAY)

    assert written_to(world.inspector)[-1] == "closing"
    assert "closing" not in written_to(world.author)


def test_call_reopened_lets_write_again(world: World, now) -> None:
    made = world.complete(now)
    MilestoneDate.objects.filter(campaign=world.campaign, kind="call_closes").update(at=LATER)

    assert world.fill(made, {"lead": "Autre"}, CLOSES, base=1).versions == {"lead": 2}
