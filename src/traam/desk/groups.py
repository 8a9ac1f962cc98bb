"""What the groups at work await from a person: launches, invitations, hours to attest."""

from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.desk.items import Item
from traam.groups.queries import hours, launching, loading, teams
from traam.kit.text import hours as said
from traam.kit.text import plural
from traam.kit.together import Part

ROOM = "groups"


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
