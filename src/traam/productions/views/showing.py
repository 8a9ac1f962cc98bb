"""The pages that read a production: itself, its versions, the bytes of its files."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of
from traam.documents.queries import may_be_shown, open_bytes
from traam.documents.rules import is_inert
from traam.documents.views import POLICY
from traam.journal import wording
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions.actions import take_version_back
from traam.productions.models import Production, ProductionVersion
from traam.productions.queries import versions
from traam.productions.queries.listing import kind_labels
from traam.productions.rules.licences import label_of
from traam.productions.screens import showing
from traam.productions.views.finding import find
from traam.productions.views.saying import refused, succeeded


@require_safe
def production_show(request: HttpRequest, code: str) -> HttpResponse:
    """What it says, where it stands, and what its reader may do."""
    production, actor = find(request, code, "production.withdraw"), actor_of(request)
    place, kinds = production.place(), kind_labels()
    context = {
        "production": production,
        "kind": kinds.get(production.kind, production.kind),
        "facts": showing.facts(production),
        "texts": showing.texts(production),
        "files": showing.files(production),
        "links": [(one, *showing.health_of(one)) for one in production.links.all()],
        "tools": versions.sheets_of(production),
        "events": [(one, wording.label(one.kind)) for one in versions.events(production)],
        "licence": label_of(production.licence),
        "acts": showing.acts_open(production, actor, place),
        "may_write": actor.allows("production.write", place),
        "may_try": showing.may_try(production, actor, place),
        "may_take_up": actor.may("production.write") and production.state != "withdrawn",
        "may_withhold": actor.allows("production.withhold", place),
        "why_not": showing.why_not_write(production, actor, place),
        "now": now(),
    }
    return render(request, "productions/production_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def production_versions(request: HttpRequest, code: str) -> HttpResponse:
    """What each version said, word by word from the one before; one may be taken back."""
    production, actor = find(request, code), actor_of(request)
    if request.method == "POST":
        return _taken_back(request, production)
    listed = versions.of_production(production)
    numbers = [one.number for one in listed]
    after = _among(request.GET.get("vers", ""), numbers)
    before = _among(request.GET.get("de", ""), numbers) or _before(numbers, after)
    context = {
        "production": production,
        "versions": listed,
        "before": before,
        "after": after,
        "changes": versions.difference(production, before=before, after=after)
        if before is not None
        else None,
        "digest": versions.present_digest(production),
        "may_write": actor.allows("production.write", production.place()),
        "now": now(),
    }
    return render(request, "productions/production_versions.html", context)


def _among(text: str, numbers: list[int]) -> int | None:
    known = number_in(text)
    return known if known in numbers else None


def _before(numbers: list[int], after: int | None) -> int | None:
    """The version before that one (None: before the present text)."""
    earlier = [one for one in numbers if after is None or one < after]
    return earlier[0] if earlier else None


def _taken_back(request: HttpRequest, production: Production) -> HttpResponse:
    number = request.POST.get("version", "")
    rows = ProductionVersion.objects.filter(production=production)
    version = get_object_or_404(rows, number=number_in(number))
    try:
        take_version_back(version=version, now=now(), actor=actor_of(request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refused(request, refusal, "production_versions", production)
    return succeeded(
        request,
        f"La production dit de nouveau ce que disait la version {version.number}.",
        "production_edit",
        production,
    )


@require_safe
def production_file(request: HttpRequest, code: str, key: int) -> HttpResponseBase:
    """The bytes, to who may read the production; never once an authorisation is withdrawn."""
    production = find(request, code)
    row = get_object_or_404(production.files.select_related("file"), pk=key)
    if not may_be_shown(row.file.digest):
        raise Http404("Ce fichier n’est plus montré.")
    response = FileResponse(
        open_bytes(row.file.digest),
        as_attachment=not is_inert(row.file.media_type),
        filename=row.name,
        content_type=row.file.media_type,
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
