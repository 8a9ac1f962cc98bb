"""What the groups at work await from a person: launches, invitations, actions, hours
to attest."""

from datetime import datetime
from textwrap import shorten

from django.urls import reverse

from traam.access.actor import Actor
from traam.desk.items import Item
from traam.groups.models import Point
from traam.groups.queries import groups as group_queries
from traam.groups.queries import hours, launching, loading, space, teams
from traam.kit.text import day, plural
from traam.kit.text import hours as said
from traam.kit.together import Part

ROOM = "groups"


WORDS_MAX = 90  # characters, of an action that a title quotes


def actions_to_do(actor: Actor, now: datetime) -> Part[Item]:
    """The actions this person is in charge of: one for each group or team, those late first."""
    if not (actor.may(group_queries.READ) or actor.may(teams.READ)):
        return
    found: dict[str, list[Point]] = {}
    for one in (yield space.actions_of(actor)):
        found.setdefault(_points_page(one), []).append(one)
    for page, (first, *others) in found.items():
        is_late = first.due_on is not None and first.due_on < actor.today
        begins = "Action en retard" if is_late else "Action à mener"
        yield Item(
            f"{begins} : {shorten(first.text, WORDS_MAX, placeholder='…')}",
            f"{_space_said(first)} : {_when(first, is_late=is_late)}{_others(len(others))}",
            "Voir les actions",
            ROOM,
            at=page,
        )


def _points_page(one: Point) -> str:
    name, held = ("team_points", one.team) if one.team else ("group_points", one.group)
    return reverse(name, kwargs={"code": held.code if held else ""})


def _space_said(one: Point) -> str:
    if one.team:
        return f"Équipe {one.team.named}, {one.team.group.theme.shown_title}"
    return f"Groupe national {one.group.theme.shown_title}" if one.group else ""


def _when(one: Point, *, is_late: bool) -> str:
    if one.due_on is None:
        return "sans date fixée."
    return f"{'elle était pour' if is_late else 'pour'} le {day(one.due_on)}."


def _others(count: int) -> str:
    if count < 1:
        return ""
    return f" {plural(count, 'autre action vous attend', 'autres actions vous attendent')} aussi."


def to_launch(actor: Actor, now: datetime) -> Part[Item]:
    """The retained academies that are not at work yet."""
    if not actor.may("participation.launch"):
        return
    campaigns = yield from launching.launchable()
    for campaign, count in campaigns:
        yield Item(
            f"{plural(count, 'académie')} à lancer",
            f"Campagne {campaign.label} : le groupe national et une équipe par académie retenue, "
            "avec ses membres.",
            "Lancer les travaux",
            ROOM,
            at=reverse("launch", kwargs={"year": campaign.year}),
        )


def to_invite(actor: Actor, now: datetime) -> Part[Item]:
    """For a référent, those whom the application names and who have no account; for the pilot, the
    people loaded and never invited."""
    if actor.may(teams.EDIT):
        incomplete = yield from teams.to_complete(actor)
        for team, count in incomplete:
            yield Item(
                plural(count, "membre à inviter", "membres à inviter"),
                f"Équipe {team.named}, {team.group.theme.shown_title} : donnez leur adresse.",
                "Inviter",
                ROOM,
                at=reverse("team_members", kwargs={"code": team.code}),
            )
    if actor.may("team.load"):
        waves = yield from loading.waves(now)
        for wave in waves:
            if wave.people:
                yield Item(
                    plural(len(wave.people), "personne à inviter", "personnes à inviter"),
                    f"Campagne {wave.campaign.label} : leurs équipes sont chargées, elles n’ont "
                    "rien reçu.",
                    "Inviter une vague",
                    ROOM,
                    at=reverse("load_teams"),
                )


def to_attest(actor: Actor, now: datetime) -> Part[Item]:
    """The hours that an inspector may attest."""
    if not actor.may("hours.agree"):
        return
    found = yield from hours.to_attest(actor)
    for team, lines, total in found:
        yield Item(
            f"{said(total)} à attester",
            f"Équipe {team.named}, {team.group.theme.shown_title} : "
            f"{plural(lines, 'déclaration')}.",
            "Attester",
            ROOM,
            at=reverse("team_hours", kwargs={"code": team.code}),
        )
