"""Groups: teams and their members, meetings, what a space keeps, the year and its hours."""

from traam.groups.models.meeting import Convened, Feed, Meeting, MinutesSection, SectionVersion
from traam.groups.models.space import Document, Message, Point
from traam.groups.models.team import Member, NationalGroup, Team, TeamBond, academy_paths
from traam.groups.models.year import Allotment, Done, Due, Reminder, Spent, Tranche

__all__ = [
    "Allotment",
    "Convened",
    "Document",
    "Done",
    "Due",
    "Feed",
    "Meeting",
    "Member",
    "Message",
    "MinutesSection",
    "NationalGroup",
    "Point",
    "Reminder",
    "SectionVersion",
    "Spent",
    "Team",
    "TeamBond",
    "Tranche",
    "academy_paths",
]
