"""The meetings of a group or of a team: the list, the page of one, its acts and answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of
from traam.groups import actions
from traam.groups.forms.meetings import AnswerForm, AttendanceForm, MeetingForm, ReasonForm
from traam.groups.invitations import event_of
from traam.groups.models import Meeting
from traam.groups.queries import meetings as queries
from traam.groups.queries.meetings import READ
from traam.groups.queries.space import Space
from traam.groups.rules.life import Answer, MeetingState
from traam.groups.screens.meetings import head_of, meeting_page, place_of_space
from traam.groups.views.finding import REFUSED, attempted, carried_out, group_of, team_of
from traam.kit import icalendar
from traam.kit.clock import day_of, now
from traam.kit.files import file_response
from traam.kit.refusals import NotAllowed, Refusal

ANSWERED = {
    Answer.ACCEPTED: "C’est noté : vous viendrez.",
    Answer.TENTATIVE: "C’est noté : votre présence est incertaine.",
    Answer.DECLINED: "C’est noté : vous ne viendrez pas.",
}


def meeting_of(request: HttpRequest, key: int) -> Meeting:
    """A meeting that the reader reads. Raises Http404."""
    found = queries.with_owner(queries.readable(actor_of(request))).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def need(actor: Actor, rights: dict[str, str], space: Space) -> None:
    """Raises `NotAllowed`, which says who may."""
    right = rights[queries.kind_of(space)]
    if not actor.allows(right, space.place()):
        raise NotAllowed(who_may(right, space.place()))


@require_safe
def group_meetings(request: HttpRequest, code: str) -> HttpResponse:
    return _list(request, group_of(request, code, READ["group"]))


@require_safe
def team_meetings(request: HttpRequest, code: str) -> HttpResponse:
    return _list(request, team_of(request, code, READ["team"]))


def _list(request: HttpRequest, space: Space) -> HttpResponse:
    actor, at = actor_of(request), now()
    context = {
        "head": head_of(space, actor, "_meetings"),
        "space": place_of_space(space),
        "meetings": queries.listed(space, now=at, person=actor.person),
        "may_lead": queries.may_lead(actor, space),
        "now": at,
    }
    return render(request, "groups/meeting_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group_meeting_new(request: HttpRequest, code: str) -> HttpResponse:
    return _new(request, group_of(request, code, READ["group"]))


@require_http_methods(["GET", "HEAD", "POST"])
def team_meeting_new(request: HttpRequest, code: str) -> HttpResponse:
    return _new(request, team_of(request, code, READ["team"]))


def _new(request: HttpRequest, space: Space) -> HttpResponse:
    actor, at = actor_of(request), now()
    need(actor, queries.LEAD, space)
    people = queries.people_of(space, day_of(at))
    form = MeetingForm(_typed(request), people=people, meeting=None)
    if form.is_valid():
        try:
            made = actions.propose(
                space=space,
                details=form.details(),
                people=form.cleaned_data["people"],
                now=at,
                actor=actor,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "La réunion est prête : relisez-la, puis convoquez.")
            return redirect("meeting", key=made.pk)
    context = {"space": place_of_space(space), "form": form, "meeting": None}
    return _form_page(request, "groups/meeting_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, key: int) -> HttpResponse:
    meeting, actor, at = meeting_of(request, key), actor_of(request), now()
    space = meeting.owner
    need(actor, queries.LEAD, space)
    people = {one.key: one for one in queries.people_of(space, day_of(at))}
    for row in queries.convened_of(meeting):  # someone who has left the group since may stay
        people.setdefault(row.person_id, queries.Person("", row.person.name, "", row.person_id))
    form = MeetingForm(_typed(request), people=people.values(), meeting=meeting)
    if form.is_valid():
        act = partial(
            actions.change,
            meeting=meeting,
            details=form.details(),
            people=form.cleaned_data["people"],
            version=form.cleaned_data["version"],
            now=at,
            actor=actor,
        )
        is_told = meeting.state == MeetingState.CONVENED
        if carried_out(request, form, act, CHANGED_TOLD if is_told else CHANGED):
            return redirect("meeting", key=key)
    context = {"space": place_of_space(space), "form": form, "meeting": meeting}
    return _form_page(request, "groups/meeting_edit.html", context)


CHANGED = "La réunion est modifiée."
HELD = "La réunion est tenue, les présences sont relevées."
CHANGED_TOLD = "La réunion est modifiée ; les personnes convoquées en sont prévenues."


def _typed(request: HttpRequest) -> Any:
    """What was posted; None on a page that is only read."""
    return request.POST if request.method == "POST" else None


def _form_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = REFUSED if context["form"].errors else 200
    return render(request, name, context, status=status)


@require_safe
def meeting(request: HttpRequest, key: int) -> HttpResponse:
    found, at = meeting_of(request, key), now()
    context = {"page": meeting_page(found, actor=actor_of(request), now=at), "now": at}
    return render(request, "groups/meeting_show.html", context)


@require_safe
def meeting_file(request: HttpRequest, key: int) -> HttpResponse:
    """The meeting alone, for a calendar program that follows no feed."""
    found = meeting_of(request, key)
    content = icalendar.calendar([event_of(found)])
    return file_response(content, media_type="text/calendar; charset=utf-8", name="reunion.ics")


# -- acts


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it does, its words; whether it asks why."""

    do: Callable[..., Meeting]
    title: str
    lead: str
    button: str
    done: str
    asks: bool = True


ACTS = {
    "convoquer": Act(
        actions.convene,
        "Convoquer",
        "Chaque personne reçoit la convocation par courriel, avec un fichier pour son agenda, et "
        "répond d’un clic sur la page de la réunion.",
        "Envoyer les convocations",
        "Les convocations partent.",
        asks=False,
    ),
    "annuler": Act(
        actions.cancel,
        "Annuler la réunion",
        "Les personnes convoquées sont prévenues, et la réunion quitte leur agenda.",
        "Annuler la réunion",
        "La réunion est annulée.",
    ),
    "remettre": Act(
        actions.put_back,
        "Remettre la réunion en préparation",
        "Elle redevient une réunion à préparer. Les réponses sont oubliées ; convoquez-la de "
        "nouveau quand elle est prête.",
        "Remettre en préparation",
        "La réunion est de nouveau en préparation.",
    ),
    "rouvrir": Act(
        actions.reopen,
        "Revenir sur la tenue",
        "La réunion n’est plus dite tenue, et les présences relevées sont oubliées.",
        "Revenir sur la tenue",
        "La réunion n’est plus dite tenue.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_act(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """One act, after a page that says what it will do."""
    asked, found, actor = ACTS.get(act), meeting_of(request, key), actor_of(request)
    if asked is None:
        raise Http404
    need(actor, queries.LEAD, found.owner)
    form = ReasonForm(_typed(request))
    if not asked.asks:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        act_ = partial(asked.do, meeting=found, now=now(), actor=actor, **form.cleaned_data)
        if carried_out(request, form, act_, asked.done):
            return redirect("meeting", key=key)
    context = {
        "act": asked,
        "form": form,
        "meeting": found,
        "space": place_of_space(found.owner),
        "count": found.convened.count(),
    }
    return _form_page(request, "groups/meeting_act.html", context)


@require_POST
def meeting_answer(request: HttpRequest, key: int) -> HttpResponse:
    """A button of the meeting's page: one's own answer, or one that was given by mail."""
    found, actor, form = meeting_of(request, key), actor_of(request), AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    said, person = form.cleaned_data["said"], form.cleaned_data["person"]
    given: dict[str, Any] = {"meeting": found, "said": said, "now": now(), "actor": actor}
    if person and person != actor.person:
        act = partial(actions.answer_for, person=person, **given)
        attempted(request, act, "La réponse est notée.")
    else:
        attempted(request, partial(actions.answer, **given), ANSWERED[said])
    return redirect(f"{reverse('meeting', kwargs={'key': key})}#reponses")


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_hold(request: HttpRequest, key: int) -> HttpResponse:
    """Who came: the meeting is then held."""
    found, actor = meeting_of(request, key), actor_of(request)
    need(actor, queries.LEAD, found.owner)
    form = AttendanceForm(_typed(request), convened=queries.convened_of(found))
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.hold, meeting=found, attendance=form.attendance(), now=now(), actor=actor
        )
        if carried_out(request, form, act, HELD):
            return redirect("meeting", key=key)
    context = {"meeting": found, "form": form, "space": place_of_space(found.owner)}
    return _form_page(request, "groups/meeting_hold.html", context)
