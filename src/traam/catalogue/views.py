"""The public pages: home, search, notices. They read notices and the index, never a draft."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from traam.access.web import actor_of
from traam.campaigns.queries import open_calls
from traam.catalogue import addresses, jsonld, queries
from traam.catalogue.facet_lists import WHOLE, facet_lists
from traam.catalogue.findings import FrozenFinding
from traam.catalogue.kept import kept
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record
from traam.catalogue.search import SORTS, Request, Results, engine, parse
from traam.catalogue.search.words import left_out, read
from traam.catalogue.search_form import views_above
from traam.kit.clock import now
from traam.kit.lists import keeps_views
from traam.kit.refusals import Unknown

GONE = 410
LATEST = 5
RELEVANCE = Request().sort


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    overview, instant = queries.overview(latest=LATEST), now()
    context = {
        "overview": overview,
        "syntheses": list(_told(queries.syntheses()[:LATEST])),
        "open_calls": open_calls(instant),
        "now": instant,
        "doors": [
            (label, addresses.of_filter(facet, *codes))
            for label, facet, codes in queries.doors(overview)
        ],
        "archive": queries.archive_figures(),
        "of_filter": addresses.of_filter,
    }
    return render(request, "catalogue/home.html", context)


def _told(notices: Iterable[Notice]) -> Iterator[tuple[Notice, Record, FrozenFinding | None]]:
    """Syntheses, each with a finding that none before it tells; one that has no other is left to
    the page of all syntheses."""
    texts: set[str] = set()
    for one in notices:
        record = one.frozen()
        if record.synthesis is None:
            continue
        finding = record.synthesis.telling(beside=texts)
        if finding is None and record.synthesis.telling():
            continue
        texts |= {finding.text} if finding else set()
        yield one, record, finding


@login_not_required
@require_safe
@kept
@keeps_views("Recherche")
def search(request: HttpRequest) -> HttpResponse:
    """The whole page, or only its results for the script that completes the page while typing."""
    is_part = request.headers.get("HX-Request") == "true"
    results = _found_or_begun(parse(request.GET))
    template = "catalogue/_results.html" if is_part else "catalogue/search.html"
    context = _search_context(results, whole=request.GET.get(WHOLE, ""))
    context["views"] = views_above(request, results)
    response = render(request, template, context)
    response["Vary"] = "HX-Request, Cookie"
    return response


def _found_or_begun(asked: Request) -> Results:
    """What has these words; where nothing has, what has a word that begins like the last one, so
    that whoever is still typing sees where it leads."""
    results = engine().search(asked)
    if results.total or not asked.text:
        return results
    begun = engine().search(replace(asked, prefix=True))
    return begun if begun.total else results


def _search_context(results: Results, *, whole: str) -> dict[str, Any]:
    asked = results.request
    return {
        "asked": asked,
        "results": results,
        "facets": facet_lists(results, whole=whole),
        "whole": whole,
        "chosen": [
            (one.label, addresses.of_search(asked.toggled(facet.name, one.code)))
            for facet in results.facets
            for one in facet.counts
            if one.selected
        ],
        "sorts": _sorts(asked),
        "proposals": [
            (words, addresses.of_search(_other_words(asked, words))) for words in results.proposals
        ],
        "left_out": left_out(asked.text),
        "has_words": bool(read(asked.text)),
        "everywhere": addresses.of_search(asked.without_filters()) if asked.filters else "",
        "at_page": lambda page: addresses.of_search(asked.at_page(page)),
        "feed": addresses.of_feed(asked),
    }


def _sorts(asked: Request) -> list[tuple[str, str, bool]]:
    """Label, address, is it the present one? Without words nothing is more relevant: the most
    recent come first."""
    present = asked.sort if asked.text or asked.sort != RELEVANCE else "recent"
    beside = addresses.Beside(asked)
    return [
        (label, beside.sorted_by(name), name == present)
        for name, label in SORTS.items()
        if asked.text or name != RELEVANCE
    ]


def _other_words(asked: Request, words: str) -> Request:
    return Request(text=words, filters=asked.filters, sort=asked.sort)


def _found(ark: str) -> list[Notice]:
    """Every version of the notice, the present one first."""
    versions = queries.versions(ark=ark)
    if not versions:
        raise Unknown(f"Aucune notice ne porte l’identifiant « {ark} ».")
    return versions


def _site(request: HttpRequest) -> str:
    """What begins the addresses of this site, as a stranger to it writes them."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


@login_not_required
@require_safe
@kept
def notice(request: HttpRequest, ark: str) -> HttpResponse:
    versions = _found(ark)
    found = versions[0]
    if found.act == Act.WITHDRAWN:
        return _tombstone(request, found)
    record, site = found.frozen(), _site(request)
    reprises, syntheses = queries.reprises(ark), queries.syntheses_of_theme(record)
    context = {
        "notice": found,
        "record": record,
        "originals": _originals(record),
        "citation": _citation(record),
        "ark_uri": addresses.ark_uri(ark),
        "ark_address": site + addresses.ark_path(ark),
        "json": addresses.json_of_notice(ark),
        "feed": addresses.feed_of_notice(ark),
        "versions": versions,
        "reprises": reprises,
        "syntheses": syntheses,
        "related": queries.related(ark=ark, record=record, beside=(*reprises.hits, *syntheses)),
        "verbs": _verbs(request, ark),
        "described": _described(found, record, url=site + request.path),
        "of_filter": addresses.of_filter,
    }
    return render(request, "catalogue/notice.html", context)


VERBS = (
    ("Corriger", "notice_correct", "notice.correct"),
    ("Retirer", "notice_withdraw", "notice.withdraw"),
    ("Reprendre dans mon équipe", "notice_take_up", "production.write"),
)


def _verbs(request: HttpRequest, ark: str) -> list[tuple[str, str]]:
    """What this reader may do to this notice: the words and the address of each."""
    actor = actor_of(request)
    return [
        (label, reverse(name, kwargs={"ark": ark}))
        for label, name, right in VERBS
        if actor.may(right)
    ]


def _originals(record: Record) -> list[tuple[str, str]]:
    """The addresses of the work itself, each with its host's name."""
    originals = [link for link in record.links if link.role != "ressource"]
    return [(link.url, urlsplit(link.url).hostname or link.url) for link in originals]


def _citation(record: Record) -> str:
    """« Titre, académie de Lille, 2016-2017. »: what is known, and nothing for what is not."""
    places = ", ".join(term.label for term in record.academies)
    parts = [f"« {record.title} »", places, record.year_text, "travaux académiques mutualisés"]
    return ", ".join(part for part in parts if part) + "."


def _described(found: Notice, record: Record, *, url: str) -> Any:
    """The JSON-LD of this page, safe inside a script element."""
    return jsonld.script(
        jsonld.learning_resource(
            record,
            url=url,
            ark=addresses.ark_uri(found.ark),
            published_at=found.first_published_at,
            modified_at=found.datestamp,
            version=found.version,
        )
    )


def _tombstone(request: HttpRequest, found: Notice) -> HttpResponse:
    context = {
        "notice": found,
        "record": found.frozen(),
        "ark_uri": addresses.ark_uri(found.ark),
        "verbs": [
            ("Rétablir", href) for label, href in _verbs(request, found.ark) if label == "Retirer"
        ],
    }
    return render(request, "catalogue/notice_withdrawn.html", context, status=GONE)


@login_not_required
@require_safe
def ark(request: HttpRequest, naan: str, name: str) -> HttpResponse:
    """The permanent identifier leads to the notice; hyphens never count in an ARK."""
    if naan != settings.NAAN:
        raise Unknown(f"Les identifiants ARK du numéro « {naan} » ne sont pas tenus ici.")
    found = _found(name.replace("-", ""))[0]
    if found.act == Act.WITHDRAWN:
        return _tombstone(request, found)
    return HttpResponseRedirect(reverse("notice", kwargs={"ark": found.ark}))
