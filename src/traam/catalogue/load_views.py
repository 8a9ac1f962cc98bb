"""The pilot's screen of loads: bring a file, read what would become of it, load it or not."""

import csv
import io
import json
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.catalogue import load_queries
from traam.catalogue.load_forms import LoadForm
from traam.catalogue.load_rules import AT_ONCE, FileKind, LoadState
from traam.catalogue.loading import asking, uploads
from traam.catalogue.models import Load
from traam.kit.clock import now
from traam.kit.refusals import Refusal, Unknown
from traam.kit.rows import Outcome
from traam.kit.text import plural

UNPROCESSABLE = 422
UNDER_WAY = (LoadState.CHECKING, LoadState.LOADING)
CSV_PIECE = 32_768  # characters sent at once
FILTER = "issue"  # the query's name for an outcome


@right_required("archive.load")
@require_http_methods(["GET", "HEAD", "POST"])
def loads(request: HttpRequest) -> HttpResponse:
    """The history, and the form; a file that is posted is checked at once."""
    if request.method != "POST":
        return _loads(request, LoadForm())
    form = LoadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _loads(request, form, status=UNPROCESSABLE)
    kind, name, content = form.given()
    try:
        load = asking.bring(
            kind=kind, content=content, name=name, now=now(), actor=actor_of(request)
        )
    except Refusal as refusal:
        other = uploads.meant(kind=kind, content=content, name=name)
        if other:
            form.add_error("kind", _mistaken(other))
        else:
            form.add_error("file", [*refusal.reasons])
        return _loads(request, form, status=UNPROCESSABLE)
    return HttpResponseRedirect(reverse("load", kwargs={"key": load.pk}))


def _mistaken(other: FileKind) -> str:
    return (
        f"ce fichier a les colonnes de « {other.label.capitalize()} » : choisissez ce contenu, "
        "puis donnez le fichier de nouveau."
    )


def _loads(request: HttpRequest, form: LoadForm, *, status: int = 200) -> HttpResponse:
    page, lines = load_queries.history(page=request.GET.get("page"))
    context = {"form": form, "page": page, "lines": lines}
    return render(request, "catalogue/load_list.html", context, status=status)


@right_required("archive.read_reports")
@require_safe
def load(request: HttpRequest, key: int) -> HttpResponse:
    found = _found(key)
    outcome = next((one for one in Outcome if one.value == request.GET.get(FILTER)), None)
    context = {
        "line": load_queries.lines([found])[0],
        "is_pending": found.state in UNDER_WAY and asking.is_pending(found),
        "is_long": found.row_count > AT_ONCE,
        "outcomes": list(Outcome),
        "outcome": outcome,
        "rows": load_queries.rows(found, outcome=outcome, page=request.GET.get("page")),
        "may_load": actor_of(request).may("archive.load"),
    }
    return render(request, "catalogue/load_detail.html", context)


def _found(key: int) -> Load:
    found = load_queries.of_key(key)
    if found is None:
        raise Unknown("Ce chargement n’existe pas.")
    return found


@right_required("archive.load")
@require_POST
def carry_out(request: HttpRequest, key: int) -> HttpResponse:
    found = asking.carry_out(load=key, now=now(), actor=actor_of(request))
    if found.state == LoadState.DONE:
        counts = found.counts()
        taken = counts[Outcome.TAKEN] + counts[Outcome.MENDED]
        said = plural(taken, "ligne chargée", "lignes chargées")
        messages.success(request, f"« {found.name} » : {said}.")
    return HttpResponseRedirect(reverse("load", kwargs={"key": key}))


@right_required("archive.load")
@require_POST
def abandon(request: HttpRequest, key: int) -> HttpResponse:
    left = asking.abandon(load=key, now=now(), actor=actor_of(request))
    messages.info(request, f"« {left.name} » est abandonné : rien n’a été chargé.")
    return HttpResponseRedirect(reverse("loads"))


@right_required("archive.read_reports")
@require_safe
def report_json(request: HttpRequest, key: int) -> HttpResponseBase:
    return _attached(_as_json(_found(key)), "application/json", f"chargement-{key}.json")


def _as_json(load: Load) -> Iterator[str]:
    """`Report.as_data()`, a row a line."""
    start = '{"rows": [\n'
    for row in load_queries.results(load):
        yield start + json.dumps(row.as_data(), ensure_ascii=False)
        start = ",\n"
    yield "\n]}\n" if start == ",\n" else '{"rows": []}\n'


@right_required("archive.read_reports")
@require_safe
def report_csv(request: HttpRequest, key: int) -> HttpResponseBase:
    return _attached(_as_csv(_found(key)), "text/csv", f"chargement-{key}.csv")


def _as_csv(load: Load) -> Iterator[str]:
    text = io.StringIO("\ufeff")
    writer = csv.writer(text)
    text.seek(1)
    writer.writerow(["ligne", "issue", "raisons"])
    for row in load_queries.results(load):
        writer.writerow([row.row, row.outcome.label, " | ".join(row.reasons)])
        if text.tell() > CSV_PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _attached(text: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns: list[URLPattern] = [
    path("preparation/chargements/", loads, name="loads"),
    path("preparation/chargements/<int:key>/", load, name="load"),
    path("preparation/chargements/<int:key>/charger", carry_out, name="load_carry_out"),
    path("preparation/chargements/<int:key>/abandonner", abandon, name="load_abandon"),
    path("preparation/chargements/<int:key>.json", report_json, name="load_json"),
    path("preparation/chargements/<int:key>.csv", report_csv, name="load_csv"),
]
