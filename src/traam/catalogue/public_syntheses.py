"""The public pages of syntheses and of their findings: from notices only, for everyone."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.catalogue import addresses, jsonld, queries
from traam.catalogue.findings import FrozenFinding, FrozenSynthesis, school_order
from traam.catalogue.models import OF_SYNTHESIS, Act, Notice
from traam.catalogue.record import Record
from traam.kit.keys import number_in
from traam.kit.layout import with_query
from traam.kit.maps import Area, drawn
from traam.kit.refusals import Unknown
from traam.reference.queries import vocabulary

GONE = 410
PER_PAGE = 20


def finding_id(ark: str, number: int) -> str:
    """« t1abc-3 »: the third finding of a synthesis, for ever."""
    return f"{ark}-{number}"


@login_not_required
@require_safe
def syntheses(request: HttpRequest) -> HttpResponse:
    """The published syntheses, the latest first, each with a finding."""
    page = Paginator(queries.syntheses(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "works": [(one, one.frozen()) for one in page.object_list],
        "page_href": lambda number: with_query(request, page=number),
    }
    return render(request, "catalogue/public_synthesis_list.html", context)


@login_not_required
@require_safe
def synthesis(request: HttpRequest, ark: str) -> HttpResponse:
    """The synthesis as an article: each finding leads to the observations that it counts."""
    notice, record = _found(ark)
    if notice.act == Act.WITHDRAWN:
        return _withdrawn(request, notice, record)
    frozen = _frozen(record, ark)
    context = {
        "notice": notice,
        "record": record,
        "frozen": frozen,
        "finding_id": finding_id,
        "contexts": sorted(frozen.contexts, key=school_order(vocabulary())),
        "map": _map(record),
        "described": jsonld.script(
            jsonld.learning_resource(
                record,
                url=request.build_absolute_uri(),
                ark=addresses.ark_uri(ark),
                published_at=notice.first_published_at,
                modified_at=notice.datestamp,
                version=notice.version,
            )
        ),
    }
    return render(request, "catalogue/public_synthesis.html", context)


@login_not_required
@require_safe
def finding(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 (the address's own word)
    """A finding and every observation that it counts, described or only counted."""
    ark, _, number = id.rpartition("-")
    notice, record = _found(ark)
    if notice.act == Act.WITHDRAWN:
        return _withdrawn(request, notice, record)
    found = _frozen(record, ark).finding(number_in(number))
    if found is None:
        raise Unknown(f"Aucun constat publié ne porte l’identifiant « {id} ».")
    context = {
        "notice": notice,
        "record": record,
        "finding": found,
        "effects": _effects(found),
        "id": id,
    }
    return render(request, "catalogue/public_finding.html", context)


def _found(ark: str) -> tuple[Notice, Record]:
    """The present notice of a synthesis written here. Raises `Unknown`."""
    notice = queries.current(ark=ark)
    if notice is None or not notice.origin.startswith(OF_SYNTHESIS):
        raise Unknown(f"Aucune synthèse publiée ne porte l’identifiant « {ark} ».")
    return notice, notice.frozen()


def _frozen(record: Record, ark: str) -> FrozenSynthesis:
    if record.synthesis is None:
        raise Unknown(f"Aucune synthèse publiée ne porte l’identifiant « {ark} ».")
    return record.synthesis


def _withdrawn(request: HttpRequest, notice: Notice, record: Record) -> HttpResponse:
    context = {
        "notice": notice,
        "record": record,
        "ark_uri": addresses.ark_uri(notice.ark),
        "verbs": [],
    }
    return render(request, "catalogue/notice_withdrawn.html", context, status=GONE)


def _effects(found: FrozenFinding) -> list[tuple[str, list[tuple[int, Any]]]]:
    """What appuie, nuance, contredit: each observation with its rank on the page."""
    ranked = list(enumerate(found.observations, start=1))
    words = dict.fromkeys(one.support for one in found.observations)
    return [(word, [each for each in ranked if each[1].support == word]) for word in words]


def _map(record: Record) -> Any:
    """The academies at work, drawn; None where they are not known."""
    named = {term.code for term in record.academies}
    entries = vocabulary().academy_entries.values()
    areas = [  # those of today
        Area(
            code=one.code,
            name=one.name,
            departments=one.departments,
            style="full" if one.code in named else "none",
            said="au travail" if one.code in named else "",
        )
        for one in entries
        if one.valid_to is None
    ]
    return drawn(areas) if named else None
