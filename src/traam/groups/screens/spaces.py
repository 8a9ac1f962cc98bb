"""The head of every page of a group or a team: where it is, its tabs, the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from traam.access.actor import Actor
from traam.access.place import Place
from traam.groups.models import NationalGroup, Team
from traam.groups.queries import groups, teams
from traam.groups.rules.life import TeamState

_Named = tuple[str, str, str]
HOURS = "hours.read"
# The end of an address' name (« group_members »), the words, and the right that its page asks.
_GROUP_TABS = (
    ("", "Vue d’ensemble", groups.FOLLOW),
    ("_members", "Membres", groups.FOLLOW),
    ("_meetings", "Réunions", groups.READ),
    ("_calendar", "Échéances", groups.FOLLOW),
    ("_documents", "Documents", groups.READ),
    ("_points", "Décisions et actions", groups.READ),
    ("_messages", "Messages", groups.READ),
)
# The doors of later stages onto a group: by the whole name of their address.
_GROUP_DOORS = (
    ("cross_tests", "Tests croisés", groups.FOLLOW),
    ("findings", "Constats", groups.READ),
)
_TEAM_TABS = (
    ("", "Vue d’ensemble", teams.FOLLOW),
    ("_members", "Membres", teams.FOLLOW),
    ("_hours", "Heures", HOURS),
    ("_meetings", "Réunions", teams.READ),
    ("_documents", "Documents", teams.READ),
    ("_points", "Décisions et actions", teams.READ),
    ("_messages", "Messages", teams.READ),
    ("_attestations", "Attestations", teams.READ),
)
# The doors of later stages onto a team: their lists, narrowed to it, and the right these ask.
_TEAM_DOORS = (
    ("productions", "Productions", "production.read"),
    ("trials_list", "Essais en classe", "trial.read"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What `_head.html` shows. `crumbs`: (label, address) pairs, the last without address."""

    space: NationalGroup | Team
    name: str
    theme: str
    is_team: bool
    tabs: Sequence[Tab]
    crumbs: Sequence[tuple[str, str]]
    state: str = ""

    @property
    def code(self) -> str:
        return self.space.code

    @property
    def group(self) -> NationalGroup:
        return self.space.group if isinstance(self.space, Team) else self.space

    @property
    def is_demonstration(self) -> bool:
        return self.group.is_demonstration


def group_head(group: NationalGroup, actor: Actor, current: str = "") -> Head:
    """`current`: the end of the present tab's name (« _members »)."""
    place, title = group.place(), group.theme.shown_title
    home = _address("group", group.code)
    page = _label(_GROUP_TABS, current)
    return Head(
        space=group,
        name="Groupe national",
        theme=title,
        is_team=False,
        tabs=[
            *_tabs("group", group.code, _GROUP_TABS, current, actor=actor, place=place),
            *_doors(group.code, actor=actor, place=place),
        ],
        crumbs=[*_root(actor), (title, home), (page, "")]
        if current
        else [*_root(actor), (title, "")],
    )


def team_head(team: Team, actor: Actor, current: str = "") -> Head:
    """`current`: the end of the present tab's name (« _hours »)."""
    place = team.place()
    group = team.group
    above = (
        group.theme.shown_title,
        _address("group", group.code) if _follows(actor, team) else "",
    )
    page = _label(_TEAM_TABS, current)
    home = (team.named, _address("team", team.code))
    return Head(
        space=team,
        name=f"Équipe {team.named}",
        theme=group.theme.shown_title,
        is_team=True,
        tabs=[
            *_tabs("team", team.code, _TEAM_TABS, current, actor=actor, place=place),
            *_lists(team, actor=actor, place=place),
        ],
        crumbs=[*_root(actor), above, home, (page, "")]
        if current
        else [*_root(actor), above, (team.named, "")],
        state="" if team.state == TeamState.AT_WORK else TeamState(team.state).label,
    )


def _follows(actor: Actor, team: Team) -> bool:
    """May this reader of a team open its group? By what the team's own place says: no query."""
    place = team.place()
    around = Place(academies=place.academies, themes=place.themes, group_teams=place.group_teams)
    return actor.allows(groups.FOLLOW, around)


def _root(actor: Actor) -> list[tuple[str, str]]:
    home = reverse("groups") if actor.may(teams.FOLLOW) else ""
    return [("Accueil", reverse("home")), ("Groupes", home)]


def _label(tabs: Sequence[_Named], current: str) -> str:
    return next(label for end, label, _ in tabs if end == current)


def _tabs(
    kind: str, code: str, tabs: Sequence[_Named], current: str, *, actor: Actor, place: Place
) -> list[Tab]:
    found = []
    for end, label, right in tabs:
        href = _address(f"{kind}{end}", code)
        if href and actor.allows(right, place):
            found.append(Tab(label, href, end == current))
    return found


def _doors(code: str, *, actor: Actor, place: Place) -> list[Tab]:
    """The tabs that leave the pages of the group."""
    found = [
        Tab(label, _address(name, code), is_current=False)
        for name, label, right in _GROUP_DOORS
        if actor.allows(right, place)
    ]
    return [tab for tab in found if tab.href]


def _lists(team: Team, *, actor: Actor, place: Place) -> list[Tab]:
    """The tabs that lead to what the team has made."""
    query = urlencode({"equipe": team.code})
    return [
        Tab(label, f"{reverse(name)}?{query}", is_current=False)
        for name, label, right in _TEAM_DOORS
        if actor.may(right) and actor.allows(teams.READ, place)
    ]


def _address(name: str, code: str) -> str:
    """The address of a page of a space, or "" while it does not exist."""
    try:
        return reverse(name, kwargs={"code": code})
    except NoReverseMatch:
        return ""
