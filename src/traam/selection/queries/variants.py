"""The computed choices of a campaign, as they were kept."""

from collections.abc import Sequence

from traam.campaigns.models import Campaign
from traam.selection.models import Variant
from traam.selection.rules import kept
from traam.selection.rules.kept import Computed


def reading(variant: Variant) -> Computed:
    """What it holds, with its instance."""
    return kept.read(instance=variant.instance, result=variant.result)


def variants_of(campaign: Campaign) -> Sequence[Variant]:
    """The latest first."""
    rows = Variant.objects.filter(campaign=campaign).select_related("computed_by")
    return list(rows.order_by("-computed_at", "-pk"))


def reference_of(campaign: Campaign) -> Variant | None:
    """The proposal that themes deliberate upon."""
    return Variant.objects.filter(campaign=campaign, is_reference=True).first()
