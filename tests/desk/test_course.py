"""The campaigns under way on the pilot's day: the line of each year, its funnel."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.applications.factories import ApplicationFactory
from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import NOW, NationalGroupFactory, TeamFactory
from tests.people.factories import MandateFactory
from tests.selection.factories import CaseFactory, DecisionFactory
from tests.syntheses.factories import SynthesisFactory
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.campaigns.models import Campaign, MilestoneDate, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.desk.course import Course, courses
from traam.groups.rules.life import TeamState
from traam.kit.together import answer
from traam.selection.models import Participation
from traam.selection.rules.life import DecisionKind, DecisionState, ParticipationState

pytestmark = pytest.mark.django_db
C = CampaignState
PILOT = Actor(1, (Mandate(role=Role.PILOT),), NOW.date())


def made(year: str, state: C, **facts) -> Campaign:
    first = int(year[:4])
    return CampaignFactory(
        year=year, first_year=first, last_year=first + 1, state=state, is_archive=False, **facts
    )


def part(theme: Theme, state: ParticipationState) -> Participation:
    """An academy's part in this theme, from a deposited application."""
    case = CaseFactory(application=ApplicationFactory(theme=theme, deposited=True))
    kept = {"kind": DecisionKind.RESERVE, "rank": 1} if state == "reserve" else {}
    decision = DecisionFactory(case=case, state=DecisionState.ANNOUNCED, announced_at=NOW, **kept)
    return Participation.objects.create(
        decision=decision, theme=theme, academy=case.application.academy, state=state, began_at=NOW
    )


def shown(actor: Actor = PILOT) -> list[Course]:
    return answer(courses(actor, NOW))


def told(course: Course) -> list[tuple[int, str, str]]:
    return [(one.number, one.label, one.href) for one in course.counts]


def test_campaigns_that_are_not_closed_come_the_first_to_end_first() -> None:
    made("2027-2028", C.PREPARATION)
    made("2025-2026", C.AT_WORK)
    made("2024-2025", C.CLOSED)
    CampaignFactory(year="2016-2017")

    assert [one.campaign.year for one in shown()] == ["2025-2026", "2027-2028"]


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.PILOT])
def test_campaigns_are_shown_to_who_leads_them_alone(role) -> None:
    made("2025-2026", C.AT_WORK)

    assert shown(Actor(1, (Mandate(role=role, academies=frozenset({"09"})),), NOW.date())) == []


def test_today_has_its_place_on_the_line_before_what_comes() -> None:
    here = made("2025-2026", C.CALL_CLOSED)
    for milestone, days in ((Milestone.CALL_CLOSES, -3), (Milestone.ANNOUNCEMENT, 8)):
        at = NOW + timedelta(days=days)
        MilestoneDate.objects.create(campaign=here, kind=milestone, at=at)

    [course] = shown()

    set_ones = [(one.milestone, one.state) for one in course.points if one.at]
    assert set_ones == [
        (Milestone.CALL_CLOSES, "done"),
        (None, "current"),
        (Milestone.ANNOUNCEMENT, "todo"),
    ]
    assert course.coming is not None
    assert course.coming.milestone == Milestone.ANNOUNCEMENT


def test_funnel_of_a_campaign_at_work_counts_each_step_and_leads_to_its_rows() -> None:
    here, other = made("2025-2026", C.AT_WORK), made("2026-2027", C.PREPARATION)
    theme = ThemeFactory(campaign=here, signed=True)
    ThemeFactory(campaign=here, state="withdrawn")
    ThemeFactory.create_batch(2, campaign=other, draft=True)
    part(theme, ParticipationState.LAUNCHED)
    part(theme, ParticipationState.RESERVE)
    group = NationalGroupFactory(theme=theme)
    TeamFactory(group=group)
    TeamFactory(group=group, state=TeamState.WITHDRAWN, reason="Plus personne.")
    SynthesisFactory(group=group)

    course, coming = shown()

    assert told(course) == [
        (1, "thème", "/preparation/campagnes/2025-2026/#textes"),
        (2, "candidatures déposées", "/candidatures/?campagne=2025-2026&etat=deposited"),
        (1, "candidature retenue", "/selection/2025-2026/participations/"),
        (1, "équipe", "/indicateurs/2025-2026/equipes/"),
        (0, "essai clos", "/indicateurs/2025-2026/essais-clos/"),
        (0, "production testée", "/indicateurs/2025-2026/testees/"),
        (1, "synthèse nationale commencée", "/redaction/?campagne=2025-2026&sorte=national"),
        (0, "synthèse publiée", "/indicateurs/2025-2026/syntheses/"),
    ]
    assert told(coming) == [(2, "thèmes", "/preparation/campagnes/2026-2027/#textes")]


@pytest.mark.parametrize(
    ("state", "href"),
    [
        (C.CALL_OPEN, ""),
        (C.CALL_CLOSED, "/candidatures/?campagne=2025-2026&etat=deposited"),
    ],
)
def test_applications_are_led_to_once_the_call_is_closed(state, href) -> None:
    theme = ThemeFactory(campaign=made("2025-2026", state))
    ApplicationFactory(theme=theme, deposited=True)
    ApplicationFactory(theme=theme)

    [course] = shown()

    assert told(course)[1:] == [(1, "candidature déposée", href)]


@pytest.mark.parametrize("campaigns", [1, 3])
def test_day_of_a_pilot_asks_as_much_of_one_campaign_as_of_three(
    campaigns, django_assert_num_queries
) -> None:
    reader = Client()
    person = MandateFactory(role=Role.PILOT).person
    reader.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(NOW, tick=False):
        reader.get("/tableau-de-bord/")  # what a process keeps is read once
        for number in range(campaigns):
            ThemeFactory(campaign=made(f"{2025 + number}-{2026 + number}", C.AT_WORK))

        with django_assert_num_queries(7):
            text = reader.get("/tableau-de-bord/").content.decode()

    assert text.count("Aujourd’hui") == campaigns
    assert text.count("kit-funnel") == campaigns
