"""What a mandate limited to a team says of it."""

from collections.abc import Mapping

from traam.groups.models import Team
from traam.kit.text import of
from traam.kit.together import Asking
from traam.people.models import ScopeKind
from traam.people.naming import Namer


def team_names(codes: frozenset[str]) -> Asking[dict[str, str]]:
    """« équipe de Lille, « Mesurer le vivant » (2026-2027) », by the team's code."""
    around = Team.objects.select_related("academy", "group__theme", "group__campaign")
    rows = yield around.filter(code__in=codes).order_by("pk")
    return {one.code: _name(one) for one in rows}


def _name(team: Team) -> str:
    group = team.group
    title, label = group.theme.shown_title, group.campaign.label
    return f"équipe {of(team.named)}, « {title} » ({label})"


NAMERS: Mapping[ScopeKind, Namer] = {ScopeKind.TEAM: team_names}
