"""What a mandate limited to a theme says of it."""

from collections.abc import Mapping

from traam.campaigns.models import Theme
from traam.kit.together import Asking
from traam.people.models import ScopeKind
from traam.people.naming import Namer


def theme_names(codes: frozenset[str]) -> Asking[dict[str, str]]:
    """« thème « Mesurer le vivant » (2026-2027) », by the theme's code."""
    rows = yield Theme.objects.filter(code__in=codes).select_related("campaign").order_by("pk")
    return {one.code: f"thème « {one.shown_title} » ({one.campaign.label})" for one in rows}


NAMERS: Mapping[ScopeKind, Namer] = {ScopeKind.THEME: theme_names}
