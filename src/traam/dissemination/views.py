"""Feeds, notices as JSON, site map and robots.txt: public, without session nor cookie."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from traam.campaigns.models import Campaign, Theme
from traam.catalogue.models import Notice
from traam.dissemination import atom, feeds, notices, sitemap
from traam.dissemination.site import Site, base_of, site_of
from traam.kit.refusals import Unknown
from traam.reference.queries import vocabulary

GONE, NOT_FOUND = 410, 404
_PAGES = (
    *("home", "search", "public_syntheses", "campaigns", "academies", "help", "site_map"),
    *("accessibility", "legal", "personal_data", "cookies"),
)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Any site may read this answer from a browser: nothing in it depends on who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
@gzip_page
def feed(request: HttpRequest, name: str) -> HttpResponseBase:
    found = feeds.find(name, request.GET)
    if found is None:
        raise Unknown(f"Aucun flux ne porte le nom « {name} ».")
    base = base_of(request)
    path = reverse("feed", kwargs={"name": name})
    query = f"?{found.query}" if found.query else ""
    made = atom.Feed(
        name=f"{name}{query}",
        title=found.title,
        address=f"{base}{path}{query}",
        page=f"{base}{found.path}",
        entries=found.entries,
    )
    body = atom.document(made, site=site_of(request)).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    modified = int(made.updated_at.timestamp())
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"], response["Last-Modified"] = etag, http_date(modified)
    return (
        get_conditional_response(
            request, etag=etag, last_modified=modified, response=open_to_all(response)
        )
        or response
    )


@login_not_required
@require_safe
def notice_json(request: HttpRequest, ark: str) -> HttpResponse:
    versions = list(Notice.objects.filter(ark=ark).order_by("-version", "pk"))
    if not versions:
        return open_to_all(_json(notices.unknown(ark), NOT_FOUND))
    status = GONE if notices.is_withdrawn(versions) else 200
    return open_to_all(_json(notices.document(versions, site=site_of(request)), status))


def _json(data: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def _pages(site: Site) -> list[sitemap.Address]:
    """The pages that are no notice."""
    paths = [reverse(name) for name in _PAGES]
    years = Campaign.objects.public().order_by("pk").values_list("year", flat=True)
    paths += [reverse("campaign", kwargs={"year": year}) for year in years]
    codes = Theme.objects.public().order_by("pk").values_list("code", flat=True)
    paths += [reverse("theme", kwargs={"code": code}) for code in codes]
    entries = vocabulary().academy_entries
    paths += [reverse("academy", kwargs={"code": code}) for code in sorted(entries)]
    return [(f"{site.base}{path}", None) for path in paths]


def _notices(site: Site, *, start: int, limit: int) -> list[sitemap.Address]:
    shown = Notice.objects.shown().order_by("datestamp", "pk").values_list("ark", "datestamp")
    return [(site.notice(ark), at) for ark, at in shown[start : start + limit]]


@login_not_required
@require_safe
@gzip_page
def site_map_xml(request: HttpRequest) -> HttpResponse:
    """One file, or an index of files: the pages first (`?partie=1`), then the notices."""
    site = site_of(request)
    count = Notice.objects.shown().count()
    parts = 1 + -(-count // sitemap.PART)
    part = request.GET.get("partie", "")
    pages = _pages(site)
    if part:
        if part not in {str(number) for number in range(1, parts + 1)}:
            raise Unknown(f"La partie « {part} » du plan n’existe pas : de 1 à {parts}.")
        start = (int(part) - 2) * sitemap.PART
        listed = _notices(site, start=start, limit=sitemap.PART) if start >= 0 else pages
        text = sitemap.url_set(listed)
    elif len(pages) + count <= sitemap.PART:
        text = sitemap.url_set([*pages, *_notices(site, start=0, limit=sitemap.PART)])
    else:
        text = sitemap.index(address=f"{site.base}{reverse('sitemap')}", parts=parts)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemap.robots(site_of(request)), content_type="text/plain; charset=utf-8")
