"""« Mes messages » for everyone signed in; the outbox for who may follow it."""

from django.conf import settings
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.kit.clock import now
from traam.kit.files import file_response
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views, well_chosen
from traam.kit.machines import MoveRefused
from traam.kit.refusals import Refusal
from traam.post import actions, queries, rules, texts
from traam.post.forms import OutboxFilter

PER_PAGE = 50


@require_safe
def my_messages(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.for_person(_person(request)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    read = [(message, texts.subject_of(message)) for message in page]
    context = {
        "page": page,
        "read": read,
        "page_href": lambda number: with_query(request, page=number),
    }
    return render(request, "post/messages_list.html", context)


@require_safe
def my_message(request: HttpRequest, message: int) -> HttpResponse:
    found = get_object_or_404(queries.for_person(_person(request)), pk=message)
    text = texts.text_of(kind=found.kind, params=found.params)
    parts = text.body.split("\n\n")
    context = {
        "message": found,
        "subject": text.subject,
        "paragraphs": [rules.pieces(part.strip(), site=texts.site()) for part in parts],
        "files": queries.attached(found),
    }
    return render(request, "post/message_detail.html", context)


@require_safe
def my_message_file(request: HttpRequest, message: int, digest: str) -> HttpResponse:
    """A file of one's own message, for who has no mail address or has lost the mail."""
    found = get_object_or_404(queries.for_person(_person(request)), pk=message)
    for file in queries.attached(found):
        if file.digest == digest and file.content is not None:
            return file_response(file.content, media_type=file.media_type, name=file.name)
    raise Http404("Ce fichier n’est pas joint à ce message, ou ne peut plus être lu.")


def _person(request: HttpRequest) -> int:
    """The key of who is signed in (login is required on every view here)."""
    return int(actor_of(request).person or 0)


@require_safe
@right_required("post.read")
@keeps_views("Courrier")
def outbox(request: HttpRequest) -> HttpResponse:
    form = OutboxFilter(request.GET, kinds=_named_kinds())
    chosen = well_chosen(form)
    found = queries.for_outbox(state=chosen.get("etat", ""), kind=chosen.get("sorte", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "page_href": lambda number: with_query(request, page=number),
        "counts": queries.counts(),
        "counted": rules.counted,
        "label_of": texts.label_of,
        "is_filtered": bool(chosen),
        "is_real": settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"),
    }
    return render(request, "post/outbox_list.html", context)


def _named_kinds() -> list[tuple[str, str]]:
    """The kinds that the outbox holds, by what they are called."""
    named = [(kind, texts.label_of(kind)) for kind in queries.kinds()]
    return sorted(named, key=lambda one: one[1])


@require_POST
@right_required("post.read")
def relaunch(request: HttpRequest, message: int) -> HttpResponse:
    try:
        actions.relaunch(message=message, now=now())
    except (Refusal, MoveRefused) as refusal:
        for reason in refusal.reasons:
            flash.error(request, reason)
    else:
        flash.success(request, "Le message repart : il sera remis au serveur d’envoi sous peu.")
    return redirect("outbox")
