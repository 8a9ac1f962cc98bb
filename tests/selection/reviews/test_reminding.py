"""Reviewers are reminded 7 days then 1 day before; the pilots are told once a day what is late."""

from datetime import timedelta

import pytest

from tests.desk.reading import awaited
from tests.selection import factories as f
from traam.applications.rules.life import Standing
from traam.campaigns.rules.calendar import Milestone
from traam.post.models import Message
from traam.selection import reminding, tasks

pytestmark = pytest.mark.django_db
DUE = f.CALENDAR[Milestone.REVIEWS_DUE]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def made() -> f.Study:
    found = f.study(academies=2, reviewers=1)
    (person,) = found.reviewers[found.themes[0].code]
    for case in found.cases:
        f.ReviewFactory(case=case, reviewer=person, cleared=False)
    return found


def person_of(made: f.Study):
    return made.reviewers[made.themes[0].code][0]


def kinds(person) -> list[str]:
    return list(Message.objects.filter(to=person.pk).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("hours_before", "count"), [(24 * 8, 0), (24 * 7, 1), (25, 1), (24, 1), (0, 0), (-24, 0)]
)
def test_reminder_goes_at_its_time(made, hours_before, count):
    reminding.remind_due(now=DUE - hours_before * HOUR)

    assert len(kinds(person_of(made))) == count


def test_each_reminder_goes_once(made):
    for hours in range(24 * 8, 0, -6):
        reminding.remind_due(now=DUE - hours * HOUR)

    messages = Message.objects.filter(to=person_of(made).pk)
    assert [one.params["count"] for one in messages] == [2, 2]


def test_deadline_that_moves_is_told_again(made):
    reminding.remind_due(now=DUE - DAY)
    made.campaign.milestones.filter(kind=Milestone.REVIEWS_DUE).update(at=DUE + DAY)
    reminding.remind_due(now=DUE)

    assert len(kinds(person_of(made))) == 2


def test_reminder_leaves_out_what_a_conflict_closed(made):
    f.clear([made.applications[0]], [person_of(made)], standing=Standing.PINNED, reason="Un lien.")

    reminding.remind_due(now=DUE - DAY)

    assert Message.objects.get(to=person_of(made).pk).params["count"] == 1


def test_nobody_who_owes_nothing_is_reminded(made):
    for review in made.cases[0].reviews.all(), made.cases[1].reviews.all():
        review.update(state="submitted", submitted_at=f.NOW, total=10)

    assert reminding.remind_due(now=DUE - DAY) == 0
    assert reminding.tell_late(now=DUE + DAY) == 0


def test_pilot_is_told_once_a_day_what_is_late(made):
    for hours in (-1, 1, 2, 25):
        reminding.tell_late(now=DUE + hours * HOUR)

    assert kinds(made.pilot) == ["selection/reviews_late"] * 2
    assert Message.objects.filter(to=made.pilot.pk)[0].params == {
        "count": 2,
        "people": 1,
        "year": made.campaign.year,
    }


def test_jobs_do_the_same(made, now):
    import time_machine

    with time_machine.travel(DUE - DAY, tick=False):
        tasks.remind_reviewers.func()
        tasks.tell_late.func()
        tasks.open_cases.func()

    assert kinds(person_of(made)) == ["selection/reviews_due"]


def test_day_of_a_reviewer_names_what_they_owe(made):
    items = awaited(f.actor_of(person_of(made)), f.NOW)

    (mine,) = [one for one in items if "avis à rendre" in one.title]
    assert mine.title == "2 avis à rendre"
    assert mine.href == f"/selection/avis/{made.cases[0].reviews.get().pk}/"


def test_day_of_the_pilot_names_what_is_short_late_and_to_settle(made):
    f.clear(
        [made.applications[0]],
        [f.reviewer(made.themes[0])],
        standing=Standing.FOUND,
        kinds="region",
    )

    titles = [one.title for one in awaited(f.actor_of(made.pilot), DUE + DAY)]

    assert "2 candidatures sans assez de relecteurs" in titles
    assert "2 avis en retard" in titles
    assert "1 conflit d’intérêts à trancher" in titles
