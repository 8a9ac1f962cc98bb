"""What the pages of meetings show, put together before the template."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.groups.models import Convened, Meeting, MinutesSection, NationalGroup, Team
from traam.groups.queries import meetings as queries
from traam.groups.queries.space import Space
from traam.groups.rules.life import MEETING_LIFE, Answer, MeetingState
from traam.groups.screens.spaces import Head, group_head, team_head

M = MeetingState


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceShown:
    """A group or a team as breadcrumbs and titles name it, with the addresses of its rooms."""

    name: str
    href: str
    meetings: str
    new: str
    calendar: str = ""
    is_demonstration: bool = False


def place_of_space(space: Space) -> SpaceShown:
    """How its pages are reached."""
    code = {"code": space.code}
    if isinstance(space, Team):
        return SpaceShown(
            name=f"{space.named} · {space.group.theme.shown_title}",
            href=reverse("team", kwargs=code),
            meetings=reverse("team_meetings", kwargs=code),
            new=reverse("team_meeting_new", kwargs=code),
            is_demonstration=space.group.is_demonstration,
        )
    return SpaceShown(
        name=space.theme.shown_title,
        href=reverse("group", kwargs=code),
        meetings=reverse("group_meetings", kwargs=code),
        new=reverse("group_meeting_new", kwargs=code),
        calendar=reverse("group_calendar", kwargs=code),
        is_demonstration=space.is_demonstration,
    )


def head_of(space: Space, actor: Actor, tab: str) -> Head:
    """The tabs of a group or of a team."""
    if isinstance(space, Team):
        return team_head(space, actor, tab)
    return group_head(space, actor, tab)


@dataclass(frozen=True)
class MeetingPage:
    """The page of one meeting."""

    meeting: Meeting
    space: SpaceShown
    convened: list[Convened]
    mine: Convened | None
    sections: list[MinutesSection]
    moves: list[str]  # the acts that its state opens, for who leads it
    may_lead: bool
    may_write: bool
    is_over: bool

    @property
    def counts(self) -> list[tuple[Answer, int]]:
        """How many gave each answer, those that nobody gave left out."""
        given = [Answer(one.answer) for one in self.convened]
        return [(one, given.count(one)) for one in Answer if one in given]

    @property
    def awaits_me(self) -> bool:
        return self.may_answer and self.mine is not None and self.mine.answer == Answer.AWAITED

    @property
    def may_answer(self) -> bool:
        return self.mine is not None and self.meeting.state == M.CONVENED and not self.is_over

    @property
    def is_written(self) -> bool:
        return any(one.text.strip() for one in self.sections)

    @property
    def shows_link(self) -> bool:
        """The link to join is for a meeting that is to come, and for who may join it."""
        is_to_come = self.meeting.state in (M.PLANNED, M.CONVENED) and not self.is_over
        return bool(self.meeting.link) and is_to_come and (self.mine is not None or self.may_lead)


def meeting_page(meeting: Meeting, *, actor: Actor, now: datetime) -> MeetingPage:
    """Three queries beside the meeting's own."""
    space: NationalGroup | Team = meeting.owner
    convened = queries.convened_of(meeting)
    may_lead = queries.may_lead(actor, space)
    return MeetingPage(
        meeting=meeting,
        space=place_of_space(space),
        convened=convened,
        mine=next((one for one in convened if one.person_id == actor.person), None),
        sections=queries.sections_of(meeting),
        moves=MEETING_LIFE.open_moves(MeetingState(meeting.state)) if may_lead else [],
        may_lead=may_lead,
        may_write=queries.may_write(actor, space) and meeting.state in (M.CONVENED, M.HELD),
        is_over=meeting.ends_at <= now,
    )
