"""The files of an application: joined, listed, taken away, read by who may read the application."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of
from traam.applications.actions.people import add_piece, remove_piece
from traam.applications.forms.acts import PieceForm
from traam.applications.models import Application, Deposit, Piece
from traam.applications.screens.editing import File
from traam.applications.screens.pieces import pieces
from traam.applications.screens.places import Step
from traam.applications.screens.steps import edit_page
from traam.applications.views.finding import find, why_not_write
from traam.documents.models import StoredFile
from traam.documents.queries import may_be_shown, open_bytes
from traam.documents.views import POLICY
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def application_pieces(request: HttpRequest, code: str) -> HttpResponse:
    """The step « les pièces »; without script as with it."""
    application, instant = find(request, code), now()
    if why := why_not_write(application, actor_of(request), instant):
        messages.warning(request, why)
        return redirect("application_show", code=code)
    if request.method != "POST":
        return _page(request, application, PieceForm())
    if request.POST.get("acte") == "retirer":
        return _removed(request, application)
    return _added(request, application)


def _page(
    request: HttpRequest, application: Application, form: PieceForm, status: int = 200
) -> HttpResponse:
    file = File(application, now())
    page = edit_page(file, Step.PIECES, actor=actor_of(request), rows={})
    listed = pieces(file, may_edit=True)
    context = {"page": page, "pieces": listed, "form": form, "now": file.now}
    return render(request, "applications/application_pieces.html", context, status=status)


def _added(request: HttpRequest, application: Application) -> HttpResponse:
    form = PieceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, application, form, status=400)
    sent = form.cleaned_data["file"]
    limit = application.campaign.call_rules.piece_max_mb * 10**6
    try:
        piece = add_piece(
            application=application,
            content=sent.read(limit + 1),  # one byte more is enough to be refused
            name=sent.name,
            label=form.cleaned_data["label"],
            now=now(),
            actor=actor_of(request),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error("file", refusal.reasons)
        return _page(request, application, form, status=400)
    messages.success(request, f"Le fichier « {piece.name} » est joint.")
    return redirect("application_pieces", code=application.code)


def _removed(request: HttpRequest, application: Application) -> HttpResponse:
    key = request.POST.get("piece", "")
    piece = get_object_or_404(Piece, application=application, pk=number_in(key))
    remove_piece(piece=piece, now=now(), actor=actor_of(request))
    messages.success(request, f"Le fichier « {piece.name} » est retiré.")
    return redirect("application_pieces", code=application.code)


@require_safe
def application_piece(request: HttpRequest, code: str, key: int) -> HttpResponseBase:
    """The bytes, inert: saved, never shown in place."""
    application = find(request, code)
    piece = get_object_or_404(application.pieces.select_related("file"), pk=key, removed_at=None)
    return _inert(piece.file.digest, name=piece.name)


@require_safe
def deposited_piece(request: HttpRequest, code: str, key: int, digest: str) -> HttpResponseBase:
    """A piece of the deposit of this number, even if its authors have taken it away since."""
    deposit = get_object_or_404(Deposit, application=find(request, code), number=key)
    piece = next(
        (one for one in deposit.content.get("pieces", []) if one["digest"] == digest), None
    )
    if piece is None:
        raise Http404
    return _inert(digest, name=piece["name"])


def _inert(digest: str, *, name: str) -> FileResponse:
    """Raises Http404 where it may not be shown."""
    if not may_be_shown(digest):
        raise Http404
    response = FileResponse(
        open_bytes(digest),
        as_attachment=True,
        filename=name,
        content_type=StoredFile.objects.values_list("media_type", flat=True).get(digest=digest),
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
