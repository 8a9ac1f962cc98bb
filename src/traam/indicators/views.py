"""The indicators of a campaign: figures for everyone, the rows behind them for those who may."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.indicators.definitions import DEFINITIONS, Measure
from traam.indicators.queries.figures import figures
from traam.indicators.queries.rows import rows_of
from traam.indicators.queries.scope import READ, Scope, academies_of
from traam.indicators.screens import page_of
from traam.kit.layout import with_query
from traam.kit.sheets import sheet_response

SHOWN = (CampaignState.AT_WORK, CampaignState.CLOSED)
PER_PAGE = 20


def _campaigns() -> list[Campaign]:
    """Those that are or were at work in traam, the latest first."""
    rows = Campaign.objects.filter(state__in=SHOWN, is_archive=False)
    return list(rows.order_by("-first_year", "-pk"))


def _campaign(request: HttpRequest, known: list[Campaign]) -> Campaign | None:
    """The one that the address names, else the latest at work. Raises Http404 on another."""
    asked = request.GET.get("campagne", "")
    if asked:
        return get_object_or_404(Campaign, year=asked, pk__in=[one.pk for one in known])
    at_work = [one for one in known if one.state == CampaignState.AT_WORK]
    return next(iter(at_work or known), None)


@login_not_required
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The figures of a campaign, each with its definition; never one of a person, nor a ranking."""
    known = _campaigns()
    campaign, actor = _campaign(request, known), actor_of(request)
    reads = not actor.is_anonymous and actor.may(READ)
    mine = academies_of(actor) if reads else None
    only = reads and mine is not None and request.GET.get("portee") == "academie"
    page = page_of(Scope(campaign, mine if only else None)) if campaign else None
    context = {
        "page": page,
        "campaigns": known,
        "reads": reads,
        "is_local": mine is not None and reads,
        "only": only,
    }
    return render(request, "indicators/indicator_list.html", context)


@require_safe
@right_required(READ)
def indicator_rows(request: HttpRequest, year: str, measure: str) -> HttpResponse:
    """The rows that a figure counts, in the nation or in the reader's academies."""
    if measure not in set(Measure):
        raise Http404
    asked, actor = Measure(measure), actor_of(request)
    campaign = get_object_or_404(Campaign, year=year, state__in=SHOWN, is_archive=False)
    scope = Scope(campaign, academies_of(actor))
    is_local = scope.academies is not None
    behind = rows_of(asked, scope)
    sheet = behind.sheet(asked.label)
    if answer := sheet_response(request, sheet, f"{asked.value}-{campaign.year}"):
        return answer
    page = Paginator(behind.things, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "measure": asked,
        "definition": DEFINITIONS[asked],
        "figure": figures(scope, [asked])[asked],
        "headers": behind.headers,
        "nation": figures(Scope(campaign), [asked])[asked] if is_local else None,
        "rows": behind.told(list(page.object_list), actor),
        "page": page,
        "count": page.paginator.count,
        "page_href": lambda number: with_query(request, page=number),
        "is_local": is_local,
    }
    return render(request, "indicators/indicator_rows.html", context)
