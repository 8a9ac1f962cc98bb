"""The attestation of participation of a member: what is known of their part, and nothing more."""

from datetime import date
from decimal import Decimal

from traam.access.roles import Role
from traam.groups.models import Member, Team
from traam.kit.paper import Facts, Paper, Paragraph, Signature
from traam.kit.text import hours as said
from traam.kit.text import short_day
from traam.reference.queries import vocabulary

AUTHOR = "Direction du numérique pour l’éducation"
MARK = "Données de démonstration"


def paper(member: Member, team: Team, *, name: str, hours: Decimal, today: date) -> Paper:
    """The paper of that day; `hours`: those attested by the inspection."""
    group = team.group
    campaign = group.campaign
    return Paper(
        title="Attestation de participation",
        author=AUTHOR,
        issuer=AUTHOR,
        date=today,
        reference=f"TraAM {campaign.label} · {team.code} · {member.pk}",
        mark=MARK if group.is_demonstration else "",
        blocks=[
            Paragraph(
                f"{name} a participé aux travaux académiques mutualisés (TraAM) de la campagne "
                f"{campaign.label}, {period(member, today)}."
            ),
            Facts(facts(member, team, hours=hours)),
            Paragraph(
                "Les travaux académiques mutualisés sont une expérimentation nationale : des "
                "équipes de plusieurs académies éprouvent en classe des usages du numérique et "
                "mettent en commun ce qu’elles observent. Cette attestation ne porte aucune "
                "appréciation de la personne."
            ),
            Signature("L’inspection responsable de l’équipe"),
        ],
    )


def period(member: Member, today: date) -> str:
    """« depuis le 3 novembre 2026 », « du 3 novembre 2026 au 31 mars 2027 »."""
    starts = short_day(member.starts_on)
    if member.ends_on is None or member.ends_on > today:
        return f"depuis le {starts}"
    last = date.fromordinal(max(member.ends_on.toordinal() - 1, member.starts_on.toordinal()))
    return f"du {starts} au {short_day(last)}"


def facts(member: Member, team: Team, *, hours: Decimal) -> list[tuple[str, str]]:
    """What the paper says, line by line; what is not known is left out."""
    term = vocabulary().term(scheme="disciplines", code=member.discipline)
    lines = [
        ("Rôle", Role(member.role).label),
        ("Équipe", team.named),
        ("Thème", team.group.theme.shown_title),
        ("Projet", team.project),
        ("Discipline", term.label if term else ""),
        ("Établissement", member.school),
        ("Heures attestées", said(hours) if hours else ""),
    ]
    return [(term_, value) for term_, value in lines if value]
