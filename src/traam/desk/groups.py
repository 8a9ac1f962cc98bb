"""What the groups at work await from a person: launches, invitations, hours to attest."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.desk.items import Item
from traam.groups.queries import hours, launching, loading, teams
from traam.kit.text import hours as said
from traam.kit.text import plural

ROOM = "groups"


def to_launch(actor: Actor, now: datetime) -> Iterator[Item]:
    """The retained academies that are not at work yet."""
    if not actor.may("participation.launch"):
        return
    for campaign, count in launching.launchable():
        yield Item(
            f"{plural(count, 'académie')} à lancer",
            f"Campagne {campaign.label} : le groupe national et une équipe par académie retenue, "
            "avec ses membres.",
            "Lancer les travaux",
            ROOM,
            at=reverse("launch", kwargs={"year": campaign.year}),
        )


def to_invite(actor: Actor, now: datetime) -> Iterator[Item]:
    """For a référent, those whom the application names and who have no account; for the pilot, the
    people loaded and never invited."""
    if actor.may(teams.EDIT):
        for team, count in teams.to_complete(actor):
            yield Item(
                plural(count, "membre à inviter", "membres à inviter"),
                f"Équipe {team.named}, {team.group.theme.shown_title} : donnez leur adresse.",
                "Inviter",
                ROOM,
                at=reverse("team_members", kwargs={"code": team.code}),
            )
    if actor.may("team.load"):
        for wave in loading.waves(now):
            if wave.people:
                yield Item(
                    plural(len(wave.people), "personne à inviter", "personnes à inviter"),
                    f"Campagne {wave.campaign.label} : leurs équipes sont chargées, elles n’ont "
                    "rien reçu.",
                    "Inviter une vague",
                    ROOM,
                    at=reverse("load_teams"),
                )


def to_attest(actor: Actor, now: datetime) -> Iterator[Item]:
    """The hours that an inspector may attest."""
    if not actor.may("hours.agree"):
        return
    for team, lines, total in hours.to_attest(actor):
        yield Item(
            f"{said(total)} à attester",
            f"Équipe {team.named}, {team.group.theme.shown_title} : "
            f"{plural(lines, 'déclaration')}.",
            "Attester",
            ROOM,
            at=reverse("team_hours", kwargs={"code": team.code}),
        )
