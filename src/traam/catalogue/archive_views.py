"""The public pages of the programme's history: campaigns, themes, academies."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.campaigns import queries as campaigns_queries
from traam.campaigns.public import call_page
from traam.catalogue import addresses, queries
from traam.catalogue.search.documents import NO_YEAR
from traam.kit.clock import now
from traam.kit.refusals import Unknown
from traam.reference.queries import vocabulary


@login_not_required
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    found = list(campaigns_queries.for_list())
    context = {
        "campaigns": found,
        "works": queries.works_of(found),
        "without_year": queries.works_of_no_year(),
        "href_without_year": addresses.of_filter("annee", NO_YEAR.code),
    }
    return render(request, "catalogue/campaign_list.html", context)


@login_not_required
@require_safe
def campaign(request: HttpRequest, year: str) -> HttpResponse:
    found = campaigns_queries.campaign(year=year)
    if found is None:
        raise Unknown(f"Aucune campagne connue pour « {year} ».")
    years = found.years.school_years
    instant, page = now(), request.GET.get("page")
    call = call_page(found, instant, page)
    context = {
        "campaign": found,
        "call": call,
        "now": instant,
        "themes": None if call else campaigns_queries.themes_of_campaign(found, page=page),
        "years": years,
        "works": queries.of_filter("annee", *years) if years else None,
        "all_works": addresses.of_filter("annee", *years),
    }
    return render(request, "catalogue/campaign.html", context)


@login_not_required
@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    found = campaigns_queries.theme(code=code)
    if found is None:
        raise Unknown(f"Aucun thème ne porte le code « {code} ».")
    counted, others = campaigns_queries.academies_of(found)
    context = {
        "theme": found,
        "axes": campaigns_queries.axes_of(found),
        "participations": counted,
        "others": others,
        "works": queries.of_filter("theme", code),
        "all_works": addresses.of_filter("theme", code),
    }
    return render(request, "catalogue/theme.html", context)


@login_not_required
@require_safe
def academies(request: HttpRequest) -> HttpResponse:
    context = {"regions": queries.academies_by_region(), "works": queries.works_by("academie")}
    return render(request, "catalogue/academy_list.html", context)


@login_not_required
@require_safe
def academy(request: HttpRequest, code: str) -> HttpResponse:
    entries = vocabulary().academy_entries
    found = entries.get(code)
    if found is None:
        raise Unknown(f"Aucune académie ne porte le code « {code} ».")
    context = {
        "academy": found,
        "successor": entries.get(found.successor),
        "predecessors": [entries[one] for one in found.predecessors if one in entries],
        "themes": campaigns_queries.themes_of_academy(code=code, page=request.GET.get("page")),
        "works": queries.of_filter("academie", code),
        "all_works": addresses.of_filter("academie", code),
    }
    return render(request, "catalogue/academy.html", context)
