"""Due dates: set from the campaign's calendar, changed and told, met; reminded day by day."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.groups.factories import (
    NOW,
    DueFactory,
    MemberFactory,
    TeamFactory,
    leader,
    national,
)
from tests.groups.meeting_setting import Room, kinds_to, room
from tests.vocabularies import vocabularies
from traam.access.roles import Role
from traam.campaigns.models import MilestoneDate
from traam.groups import actions
from traam.groups.models import Done, Due, Reminder
from traam.groups.queries.dues import late_for_pilot, owed_by
from traam.groups.rules.calendar import DEFAULTS
from traam.groups.rules.life import Step
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.together import answer
from traam.people.models import User
from traam.people.queries import actor_for
from traam.post.models import Message
from traam.reference.models import Academy
from traam.reference.queries import holidays

pytestmark = pytest.mark.django_db
DUE_ON = date(2026, 12, 11)


@pytest.fixture
def made() -> Room:
    return room()


@pytest.fixture
def due(made) -> Due:
    return DueFactory(group=made.group, due_on=DUE_ON)


def calendar(made: Room, **instants: datetime) -> None:
    for kind, at in instants.items():
        MilestoneDate.objects.create(campaign=made.group.campaign, kind=kind, at=at)


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)


# -- set and changed


def test_set_defaults_draws_the_dates_from_the_campaign_once(made):
    calendar(
        made,
        launch=datetime(2026, 10, 5, 8, tzinfo=UTC),
        end=datetime(2027, 6, 11, 16, tzinfo=UTC),
    )

    first = actions.set_defaults(group=made.group, now=NOW, actor=made.expert)
    again = actions.set_defaults(group=made.group, now=NOW, actor=made.expert)

    assert [one.key for one in first] == [kind.key for kind in DEFAULTS]
    assert again == []
    assert kinds_to(made.people["alice"]) == ["dues_set"]
    assert kinds_to(made.people["bob"]) == []


def test_set_defaults_avoids_the_holidays_of_every_academy_of_the_group(made):
    vocabularies(now=NOW)
    codes = ("08", "09", "01")  # zones A, B and C
    for code in codes:
        TeamFactory(group=made.group, academy=Academy.objects.get(code=code))
    calendar(
        made,
        launch=datetime(2026, 10, 5, 8, tzinfo=UTC),
        end=datetime(2027, 6, 11, 16, tzinfo=UTC),
    )

    made_dues = actions.set_defaults(group=made.group, now=NOW, actor=made.expert)

    known = holidays()
    assert [
        (one.key, code) for one in made_dues for code in codes if known.off(code, one.due_on)
    ] == []


def test_set_defaults_without_a_calendar_says_what_to_do(made):
    with pytest.raises(Refusal, match="date de lancement"):
        actions.set_defaults(group=made.group, now=NOW, actor=made.expert)


def test_change_of_a_date_is_told_to_the_referents_with_the_former_one(made, due):
    actions.change_due(
        due=due, title=due.title, due_on=date(2026, 12, 15), now=NOW, actor=made.expert
    )

    assert kinds_to(made.people["alice"]) == ["due_changed"]
    params = Message.objects.get(to=made.people["alice"].pk).params
    assert (params["was"], params["due_on"]) == (
        "vendredi 11 décembre 2026",
        "mardi 15 décembre 2026",
    )


def test_change_of_the_words_alone_tells_nobody(made, due):
    actions.change_due(due=due, title="Autre", due_on=DUE_ON, now=NOW, actor=made.expert)

    assert kinds_to(made.people["alice"]) == []


def test_dates_are_for_who_leads_and_within_the_campaign(made, due):
    for actor in (made.actor("alice"), made.actor("bob"), national(Role.PILOT)):
        with pytest.raises(NotAllowed):
            actions.add_due(group=made.group, title="x", due_on=DUE_ON, now=NOW, actor=actor)
    with pytest.raises(Refusal, match="suit la campagne"):
        actions.add_due(
            group=made.group, title="x", due_on=date(2027, 9, 1), now=NOW, actor=made.expert
        )
    with pytest.raises(Refusal, match="intitulé"):
        actions.add_due(group=made.group, title=" ", due_on=DUE_ON, now=NOW, actor=made.expert)


def test_add_and_remove_tell_the_referents(made):
    added = actions.add_due(
        group=made.group, title="Un bilan", due_on=DUE_ON, now=NOW, actor=made.expert
    )
    actions.remove_due(due=added, now=NOW, actor=made.expert)

    assert kinds_to(made.people["alice"]) == ["due_added", "due_removed"]
    assert not Due.objects.exists()


def test_meet_is_said_once_by_the_team_or_who_leads(made, due):
    team, other = made.teams
    with pytest.raises(NotAllowed):
        actions.meet(due=due, team=team, now=NOW, actor=made.actor("bob"))
    with pytest.raises(NotAllowed):
        actions.meet(due=due, team=other, now=NOW, actor=made.actor("alice"))
    with pytest.raises(Refusal, match="pas du groupe"):
        actions.meet(due=due, team=TeamFactory(), now=NOW, actor=made.expert)

    for actor in (made.actor("alice"), made.expert):
        actions.meet(due=due, team=team, now=NOW, actor=actor)

    assert Done.objects.get().done_by == made.people["alice"]
    actions.take_back_met(due=due, team=team, now=NOW, actor=made.expert)
    assert not Done.objects.exists()


def test_met_by_data_ticks_the_date_of_that_key_and_no_other(made):
    team = made.teams[0]
    shared = DueFactory(group=made.group, key="shared", due_on=DUE_ON)
    DueFactory(group=made.group, key="tested", due_on=DUE_ON)

    for key in ("shared", "shared", "synthesis"):
        actions.met_by_data(key=key, team=team, now=NOW)

    assert list(Done.objects.values_list("due", "team", "done_by")) == [(shared.pk, team.pk, None)]


# -- reminded


def test_a_year_walked_day_by_day_reminds_each_step_once_and_never_in_holidays(made, due):
    vocabularies(now=NOW)
    team, other = made.teams
    for one, code in ((team, "09"), (other, "28")):  # zone B; no known calendar
        one.academy = Academy.objects.get(code=code)
        one.save()
    inspector = MemberFactory(team=team, role=Role.INSPECTOR).person
    pilot = User.objects.get(pk=national(Role.PILOT).person)
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(365)]

    for day in days:
        if actions.remind_due(now=on(day)):  # the job looks again
            assert actions.remind_due(now=on(day) + timedelta(hours=6)) == 0

    sent = {(r.team_id, r.step): r.sent_at.date() for r in Reminder.objects.all()}
    assert Reminder.objects.count() == 2 * len(Step)
    known = holidays()
    assert not [
        day for (team_id, _), day in sent.items() if team_id == team.pk and known.off("09", day)
    ]
    assert sent[(team.pk, "after")] == date(2026, 12, 12)
    assert sent[(team.pk, "inspector")] == date(2026, 12, 18)
    assert sent[(team.pk, "pilot")] == date(2027, 1, 10)  # 25 December is put off
    assert sent[(other.pk, "pilot")] == date(2026, 12, 25)
    assert kinds_to(made.people["alice"]) == ["due_before", "due_after"]
    assert kinds_to(inspector) == ["due_inspector"]
    told = Counter(kinds_to(pilot))  # the other team has no inspector: the pilots are told
    assert told == {"due_inspector": 1, "due_pilot": 2}
    due.refresh_from_db()
    assert due.due_on == DUE_ON


def test_a_reminder_put_off_by_holidays_goes_on_the_return(made):
    vocabularies(now=NOW)
    team = made.teams[0]
    team.academy = Academy.objects.get(code="09")
    team.save()
    DueFactory(group=made.group, due_on=date(2026, 12, 18))

    for day in range(19, 32):
        actions.remind_due(now=on(date(2026, 12, day)))
    mine = Reminder.objects.filter(team=team)
    assert not mine.exists()
    actions.remind_due(now=on(date(2027, 1, 4)))

    assert list(mine.values_list("step", flat=True)) == ["after"]


def test_who_has_met_it_withdrew_or_is_not_at_work_is_not_reminded(made, due):
    actions.meet(due=due, team=made.teams[0], now=NOW, actor=made.expert)
    made.teams[1].state, made.teams[1].reason = "withdrawn", "x"
    made.teams[1].save()

    assert actions.remind_due(now=on(DUE_ON + timedelta(days=3))) == 0


def test_a_closed_campaign_reminds_nobody(made, due):
    made.group.campaign.state = "closed"
    made.group.campaign.save()

    assert actions.remind_due(now=on(DUE_ON + timedelta(days=3))) == 0


def test_a_new_date_is_reminded_anew(made, due):
    actions.remind_due(now=on(DUE_ON - timedelta(days=2)))
    moved = date(2027, 1, 15)
    actions.change_due(due=due, title=due.title, due_on=moved, now=NOW, actor=made.expert)

    actions.remind_due(now=on(DUE_ON + timedelta(days=1)))
    actions.remind_due(now=on(moved - timedelta(days=2)))

    assert kinds_to(made.people["alice"]) == ["due_before", "due_changed", "due_before"]


def test_a_team_of_an_academy_that_merged_has_the_holidays_of_its_successor(made):
    vocabularies(now=NOW)
    team = made.teams[0]
    normandy = Academy.objects.get(code="70")
    team.academy.successor, team.academy.valid_to = normandy, date(2026, 11, 30)
    team.academy.save()
    DueFactory(group=made.group, due_on=date(2026, 12, 18))

    actions.remind_due(now=on(date(2026, 12, 22)))  # holidays of zone B

    assert not Reminder.objects.filter(team=team).exists()
    assert Reminder.objects.filter(team=made.teams[1]).exists()


# -- on « ma journée »


def test_owed_by_is_the_nearest_date_that_ones_teams_have_not_met(made, due):
    DueFactory(group=made.group, due_on=date(2026, 11, 20), title="Avant")
    DueFactory(due_on=date(2026, 11, 12))  # of another group

    owed = answer(owed_by(made.actor("bob"), today=NOW.date()))
    actions.meet(due=owed[0].due, team=made.teams[0], now=NOW, actor=made.expert)

    assert [one.due.title for one in owed] == ["Avant", due.title]
    assert [one.due for one in answer(owed_by(made.actor("bob"), today=NOW.date()))] == [due]
    assert answer(owed_by(leader(made.group), today=NOW.date())) == []


def test_late_dates_are_shown_to_the_inspector_and_once_escalated_to_the_pilots(made, due):
    inspector = MemberFactory(team=made.teams[0], role=Role.INSPECTOR).person
    after = on(DUE_ON + timedelta(days=20))
    for days in range(21):
        actions.remind_due(now=on(DUE_ON + timedelta(days=days)))

    [owed] = answer(owed_by(actor_for(inspector, after.date()), today=after.date()))
    assert (owed.team, owed.due, owed.role) == (made.teams[0], due, Role.INSPECTOR)
    assert answer(late_for_pilot(today=after.date())) == {due: 2}
    actions.meet(due=due, team=made.teams[0], now=after, actor=made.expert)
    assert answer(late_for_pilot(today=after.date())) == {due: 1}
