"""What a group or a team keeps, on the same three pages: documents, points, messages."""

from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of
from traam.documents.queries import may_be_shown, open_bytes
from traam.documents.views import POLICY
from traam.groups.actions import space as actions
from traam.groups.actions.space import space_of
from traam.groups.forms.space import (
    AnswerForm,
    DocumentForm,
    MessageForm,
    PointForm,
    WithdrawForm,
)
from traam.groups.models import Document, Message, NationalGroup, Point, Team
from traam.groups.queries import groups, teams
from traam.groups.queries import space as queries
from traam.groups.queries.space import Space, of
from traam.groups.screens.spaces import Head, group_head, team_head
from traam.groups.views.finding import REFUSED, attempted, carried_out, group_of, team_of
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed


def _space(request: HttpRequest, kind: str, code: str) -> Space:
    if kind == "team":
        return team_of(request, code, teams.READ)
    return group_of(request, code, groups.READ)


def _head(space: Space, actor: Actor, tab: str) -> Head:
    if isinstance(space, Team):
        return team_head(space, actor, tab)
    return group_head(space, actor, tab)


def _keeps(space: Space) -> str:
    return teams.EDIT if isinstance(space, Team) else groups.WRITE


def _writes(space: Space) -> str:
    return "team.write" if isinstance(space, Team) else groups.WRITE


def _back(space: Space, tab: str) -> str:
    kind = "team" if isinstance(space, Team) else "group"
    return reverse(f"{kind}{tab}", kwargs={"code": space.code})


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The documents by heading; who keeps the space adds and withdraws some."""
    space, actor = _space(request, kind, code), actor_of(request)
    act = request.POST.get("acte", "")
    form = DocumentForm(
        request.POST if act == "ajouter" else None, request.FILES if act == "ajouter" else None
    )
    if request.method == "POST" and _documented(request, space, actor, form, act):
        return redirect(_back(space, "_documents"))
    may_keep = actor.allows(_keeps(space), space.place())
    context = {
        "head": _head(space, actor, "_documents"),
        "headings": queries.documents_of(space),
        "form": form if may_keep else None,
        "who_keeps": who_may(_keeps(space), space.place()),
    }
    status = REFUSED if form.errors else 200
    return render(request, "groups/space_documents.html", context, status=status)


def _documented(
    request: HttpRequest, space: Space, actor: Actor, form: DocumentForm, act: str
) -> bool:
    if act != "ajouter":
        found = _one(Document, space, request.POST.get("document", ""))
        do = actions.put_back_document if act == "remettre" else actions.withdraw_document
        words = "Le document est remis." if act == "remettre" else "Le document est retiré."
        attempted(request, lambda: do(document=found, now=now(), actor=actor), words)
        return True
    return form.is_valid() and carried_out(
        request,
        form,
        lambda: actions.add_document(space=space, now=now(), actor=actor, **form.given()),
        "Le document est ajouté.",
    )


def _one(model: Any, space: Space, key: str) -> Any:
    """A thing of this space. Raises Http404."""
    return get_object_or_404(model, pk=number_in(key), **of(space))


@require_safe
def document(request: HttpRequest, key: int) -> HttpResponseBase:
    """The bytes of a document, inert: saved, never shown in place."""
    rows = Document.objects.select_related("file", "group", "team")
    found = get_object_or_404(rows, pk=key, withdrawn_at=None, file__isnull=False)
    space = space_of(found)
    _space(request, "team" if isinstance(space, Team) else "group", space.code)
    if found.file is None or not may_be_shown(found.file.digest):
        raise Http404
    response = FileResponse(
        open_bytes(found.file.digest),
        as_attachment=True,
        filename=found.file_name,
        content_type=found.file.media_type,
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Decisions taken, and actions to do by someone before a day."""
    space, actor = _space(request, kind, code), actor_of(request)
    act = request.POST.get("acte", "")
    owners = _owners(space, actor)
    form = PointForm(request.POST if act == "noter" else None, owners=owners)
    if request.method == "POST" and _pointed(request, space, actor, form, act):
        return redirect(_back(space, "_points"))
    may_keep = actor.allows(_keeps(space), space.place())
    context = {
        "head": _head(space, actor, "_points"),
        "page": queries.points_page(space, page=request.GET.get("page")),
        "form": form if may_keep else None,
        "may_keep": may_keep,
        "person": actor.person,
        "today": actor.today,
    }
    status = REFUSED if form.errors else 200
    return render(request, "groups/space_points.html", context, status=status)


def _owners(space: Space, actor: Actor) -> list[tuple[int, str]]:
    """Those who may be in charge of an action: the members of the team, or of the group's teams."""
    if isinstance(space, Team):
        return [(one.pk, str(one)) for one in teams.members_of(space, actor.today)]
    people = {
        one.person.pk: f"{one.person} ({one.team.named})"
        for one in groups.members_of(space, actor.today)
        if one.person is not None and one.role in ("referent", "inspector")
    }
    led = groups.leaders(space, actor.today)
    people |= {one.person.pk: str(one.person) for one in (*led.experts, *led.inspectors)}
    return sorted(people.items(), key=lambda item: item[1])


def _pointed(request: HttpRequest, space: Space, actor: Actor, form: PointForm, act: str) -> bool:
    if act != "noter":
        found = _one(Point, space, request.POST.get("point", ""))
        do = actions.reopen_point if act == "rouvrir" else actions.finish_point
        words = "L’action est à faire." if act == "rouvrir" else "L’action est faite."
        attempted(request, lambda: do(point=found, now=now(), actor=actor), words)
        return True
    return form.is_valid() and carried_out(
        request,
        form,
        lambda: actions.add_point(space=space, now=now(), actor=actor, **form.given()),
        "C’est noté.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The messages and their answers; each reader receives those of a day in one mail."""
    space, actor = _space(request, kind, code), actor_of(request)
    act = request.POST.get("acte", "")
    form = MessageForm(request.POST if act == "ecrire" else None)
    asked = request.POST.get("message", "") if act == "repondre" else ""
    answer = _answer(asked, request.POST if asked else None)
    if request.method == "POST" and _messaged(request, space, actor, form, answer, act):
        return redirect(_back(space, "_messages"))
    place = space.place()
    page = queries.threads_of(space, page=request.GET.get("page"))
    context = {
        "head": _head(space, actor, "_messages"),
        "page": page,
        "threads": [
            (one, answer if str(one.pk) == asked else _answer(str(one.pk))) for one in page
        ],
        "form": form if actor.allows(_writes(space), place) else None,
        "who_writes": who_may(_writes(space), place),
        "may_keep": actor.allows(_keeps(space), place),
        "person": actor.person,
    }
    status = REFUSED if form.errors or (answer.is_bound and answer.errors) else 200
    return render(request, "groups/space_messages.html", context, status=status)


def _answer(message: str, data: Any = None) -> AnswerForm:
    """The form under a message: a page holds several."""
    return AnswerForm(data, auto_id=f"reponse-{message}-%s")


def _messaged(
    request: HttpRequest,
    space: NationalGroup | Team,
    actor: Actor,
    form: MessageForm,
    answer: AnswerForm,
    act: str,
) -> bool:
    given: dict[str, Any] = {"now": now(), "actor": actor}
    if act == "remettre":
        found = _one(Message, space, request.POST.get("message", ""))
        do = partial(actions.put_back_message, message=found, **given)
        attempted(request, do, "Le message est remis.")
        return True
    if act == "repondre":
        first = _one(Message, space, request.POST.get("message", ""))
        return answer.is_valid() and carried_out(
            request,
            answer,
            lambda: actions.write_message(
                space=space, subject="", answers=first, **answer.cleaned_data, **given
            ),
            "Votre réponse est envoyée.",
        )
    return form.is_valid() and carried_out(
        request,
        form,
        lambda: actions.write_message(space=space, **form.cleaned_data, **given),
        "Votre message est envoyé.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def message_withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Asked once, as nothing shows it again: by its writer, or with a reason by who keeps it."""
    rows = Message.objects.select_related("group", "team", "sent_by")
    found, actor = get_object_or_404(rows, pk=key), actor_of(request)
    space = space_of(found)
    space = _space(request, "team" if isinstance(space, Team) else "group", space.code)
    is_own = found.sent_by_id == actor.person
    if not is_own and not actor.allows(_keeps(space), space.place()):
        raise NotAllowed(who_may(_keeps(space), space.place()))
    if request.method != "POST" and found.withdrawn_at is not None:
        return redirect(_back(space, "_messages"))
    form = WithdrawForm(request.POST if request.method == "POST" else None, is_own=is_own)
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: actions.withdraw_message(
            message=found, now=now(), actor=actor, reason=form.cleaned_data.get("reason", "")
        ),
        "Le message est retiré.",
    ):
        return redirect(_back(space, "_messages"))
    context = {
        "head": _head(space, actor, "_messages"),
        "message": found,
        "form": form,
        "back": _back(space, "_messages"),
    }
    status = REFUSED if form.errors else 200
    return render(request, "groups/message_withdraw.html", context, status=status)
