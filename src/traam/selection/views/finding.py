"""How the views of the choice find what an address names, for whom it is."""

from django.http import Http404, HttpRequest

from traam.access.actor import Actor
from traam.access.web import actor_of, get_or_404
from traam.campaigns.models import Campaign
from traam.selection.models import Review
from traam.selection.queries.progress import under_study
from traam.selection.queries.ranking import names_of
from traam.selection.queries.reviews import READ, with_rows


def campaign_of(request: HttpRequest, year: str) -> Campaign:
    """A campaign whose call is over. Raises Http404."""
    found = under_study(actor_of(request)).filter(year=year).first()
    if found is None:
        raise Http404
    return found


def review_of(request: HttpRequest, key: int, right: str = READ) -> Review:
    """A review over which the reader has this right, with what its page shows. Raises Http404."""
    rows = with_rows(Review.objects.all()).select_related(
        "case__application__campaign",
        "case__application__theme",
        "case__application__questionnaire",
        "case__application__extension",
        "case__application__academy",
        "case__theme",
        "case__campaign",
        "reviewer",
        "deposit",
    )
    return get_or_404(rows, actor_of(request), right, pk=key)


def closed_review(actor: Actor, key: int) -> Review | None:
    """A review of theirs that a conflict has closed to them; None when there is none."""
    mine = Review.objects.filter(pk=key, reviewer__in=names_of(actor))
    shown = Review.objects.over_which(actor, READ).values("pk")
    return mine.exclude(pk__in=shown).select_related("case__campaign", "case__theme").first()
