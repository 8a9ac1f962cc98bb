"""The acts upon one application: each says what it does, asks why where a reason is due, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traam.access.actor import Actor
from traam.access.web import actor_of, require
from traam.applications.actions import moving
from traam.applications.actions.people import (
    add_author,
    hand_over,
    name_inspector,
    remove_author,
    unname_inspector,
)
from traam.applications.forms.acts import AgreementForm, ReasonForm
from traam.applications.models import Application
from traam.applications.screens.editing import File
from traam.applications.screens.places import Lack, Step, lacks, step_href
from traam.applications.views.finding import find, may_read
from traam.kit.clock import now
from traam.kit.jinja import url
from traam.kit.keys import number_in
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An act as its page asks for it; `effect`: what it will do."""

    title: str
    short: str
    effect: str
    button: str
    done: str


SUBMIT = Asked(
    title="Soumettre à l’accord de l’inspection",
    short="Soumettre",
    effect="Les inspecteurs et inspectrices désignés reçoivent un message. Plus personne n’écrit "
    "dans la candidature, sauf si vous la reprenez. Après leur accord, le DAN la vise et dépose.",
    button="Soumettre",
    done="La candidature est soumise : un message est écrit à l’inspection.",
)
AGREE = Asked(
    title="Donner votre accord",
    short="Accord",
    effect="Vous acceptez de conduire cette équipe si la candidature est retenue. Elle passe au "
    "DAN, qui la compare aux autres de l’académie, la classe et la vise.",
    button="Donner mon accord",
    done="Votre accord est donné.",
)
AGREED_BY_LETTER = Asked(
    title="Saisir un accord reçu",
    short="Accord reçu",
    effect="L’accord est noté au nom de l’inspecteur ou de l’inspectrice, avec ce qui a été reçu.",
    button="Noter cet accord",
    done="L’accord est noté.",
)
RETURN = Asked(
    title="Renvoyer aux auteurs",
    short="Renvoyer",
    effect="La candidature redevient un brouillon ; ses auteurs reçoivent un message et lisent "
    "votre motif. Les accords déjà donnés sont à redonner.",
    button="Renvoyer aux auteurs",
    done="La candidature est renvoyée à ses auteurs.",
)
TAKE_BACK = Asked(
    title="Reprendre pour modifier",
    short="Reprendre",
    effect="La candidature redevient un brouillon. Les accords déjà donnés sont à redonner ; qui "
    "devait agir reçoit un message.",
    button="Reprendre",
    done="Vous pouvez de nouveau écrire dans la candidature.",
)
WITHDRAW = Asked(
    title="Retirer la candidature",
    short="Retirer",
    effect="L’académie ne répond plus à ce thème. Auteurs, inspection et DAN reçoivent un message. "
    "Rien n’est effacé : le pilotage national peut la rétablir.",
    button="Retirer la candidature",
    done="La candidature est retirée.",
)
RESTORE = Asked(
    title="Rétablir la candidature",
    short="Rétablir",
    effect="La candidature redevient un brouillon, que ses auteurs peuvent compléter et soumettre.",
    button="Rétablir",
    done="La candidature est rétablie, en brouillon.",
)
REOPEN = Asked(
    title="Rouvrir la candidature",
    short="Rouvrir",
    effect="La candidature redevient un brouillon : ses auteurs la complètent, puis l’accord et le "
    "visa sont à redonner. Ce qui était déposé reste gardé, avec son empreinte.",
    button="Rouvrir",
    done="La candidature est rouverte, en brouillon.",
)


def _page(
    request: HttpRequest,
    application: Application,
    asked: Asked,
    *,
    form: Form | None = None,
    why: list[str] | None = None,
    missing: list[Lack] | None = None,
    status: int = 200,
) -> HttpResponse:
    is_read = may_read(request, application)
    context = {
        "act": asked,
        "application": application,
        "page_title": File(application, now()).title if is_read else application.code,
        "back": url("application_show", code=application.code) if is_read else url("extensions"),
        "form": form,
        "why": why or [],
        "lacks": missing or [],
    }
    return render(request, "applications/application_act.html", context, status=status)


def _done(request: HttpRequest, application: Application, asked: Asked) -> HttpResponse:
    messages.success(request, asked.done)
    if not may_read(request, application):
        return redirect("applications")
    return redirect("application_show", code=application.code)


def _reasoned(
    request: HttpRequest, code: str, right: str, asked: Asked, action: Callable[..., None]
) -> HttpResponse:
    """An act that asks why."""
    application = find(request, code, right)
    _need(request, application, right)
    form = ReasonForm(request.POST or None)
    if request.method != "POST":
        return _page(request, application, asked, form=form)
    if not form.is_valid():
        return _page(request, application, asked, form=form, status=400)
    reason = form.cleaned_data["reason"]
    try:
        action(application=application, reason=reason, now=now(), actor=actor_of(request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, application, asked, form=form, why=refusal.reasons, status=400)
    except MoveRefused as refusal:
        return _page(request, application, asked, form=form, why=refusal.reasons, status=409)
    return _done(request, application, asked)


def _need(request: HttpRequest, application: Application, right: str) -> None:
    """403 saying who may, before anything is asked; the action judges again."""
    require(actor_of(request), right, application.place())


@require_http_methods(["GET", "HEAD", "POST"])
def application_return(request: HttpRequest, code: str) -> HttpResponse:
    return _reasoned(request, code, "application.return", RETURN, moving.send_back)


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    return _reasoned(request, code, "application.withdraw", WITHDRAW, moving.withdraw)


@require_http_methods(["GET", "HEAD", "POST"])
def application_restore(request: HttpRequest, code: str) -> HttpResponse:
    return _reasoned(request, code, "application.reopen", RESTORE, moving.restore)


@require_http_methods(["GET", "HEAD", "POST"])
def application_reopen(request: HttpRequest, code: str) -> HttpResponse:
    return _reasoned(request, code, "application.reopen", REOPEN, moving.reopen)


def _plain(
    request: HttpRequest,
    application: Application,
    asked: Asked,
    action: Callable[..., None],
    *,
    form: Form | None = None,
) -> HttpResponse:
    """An act that asks nothing more."""
    if request.method != "POST":
        return _page(request, application, asked, form=form)
    try:
        action(application=application, now=now(), actor=actor_of(request))
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        return _page(request, application, asked, form=form, why=refusal.reasons, status=400)
    return _done(request, application, asked)


@require_http_methods(["GET", "HEAD", "POST"])
def application_submit(request: HttpRequest, code: str) -> HttpResponse:
    """What is missing, all of it; when nothing is, one question."""
    application, instant = find(request, code), now()
    file = File(application, instant, is_read=True)
    if application.state == "draft" and file.missing:
        found = lacks(application, file.missing, linked=True)
        status = 400 if request.method == "POST" else 200
        why = ["Il manque encore ce que voici ; chaque ligne mène au champ."]
        return _page(request, application, SUBMIT, why=why, missing=found, status=status)
    return _plain(request, application, SUBMIT, moving.submit)


@require_http_methods(["GET", "HEAD", "POST"])
def application_take_back(request: HttpRequest, code: str) -> HttpResponse:
    return _plain(request, find(request, code), TAKE_BACK, moving.take_back)


@require_http_methods(["GET", "HEAD", "POST"])
def application_agree(request: HttpRequest, code: str) -> HttpResponse:
    """An inspector agrees to lead the team, should the application be taken; or their letter does,
    entered by who may."""
    application, actor = find(request, code), actor_of(request)
    place = application.place()
    enters = actor.allows("application.enter_on_behalf", place)
    if enters and not actor.allows("application.agree", place):
        return _agreement_entered(request, application)
    if request.method != "POST":
        require(actor, "application.agree", place)
    return _plain(request, application, AGREE, moving.agree)


def _agreement_entered(request: HttpRequest, application: Application) -> HttpResponse:
    rows = application.inspectors.filter(agreed_at=None).select_related("person").order_by("pk")
    people = [(str(one.person_id), str(one.person)) for one in rows]
    form = AgreementForm(request.POST or None, people=people)
    if request.method != "POST":
        return _page(request, application, AGREED_BY_LETTER, form=form)
    if not form.is_valid():
        return _page(request, application, AGREED_BY_LETTER, form=form, status=400)
    person = User.objects.get(pk=int(form.cleaned_data["person"]))
    channel = form.cleaned_data["channel"]

    def entered(**given: Any) -> None:
        moving.agree(**given, on_behalf_of=person, channel=channel)

    return _plain(request, application, AGREED_BY_LETTER, entered, form=form)


# -- the people of an application

Acting = Callable[..., None]
PEOPLE: dict[str, tuple[str, Acting, str]] = {
    "ajouter-auteur": ("auteur-person", add_author, "{} peut maintenant écrire avec vous."),
    "retirer-auteur": ("auteur", remove_author, "{} n’écrit plus dans cette candidature."),
    "confier": ("auteur", hand_over, "{} soumettra la candidature."),
    "ajouter-inspecteur": ("inspecteur-person", name_inspector, "{} sera saisi·e pour accord."),
    "retirer-inspecteur": ("inspecteur", unname_inspector, "{} n’est plus désigné·e."),
}


@require_POST
def application_people(request: HttpRequest, code: str) -> HttpResponse:
    """Co-authors and inspectors, added and taken away; back to the step of the team."""
    application, instant = find(request, code), now()
    if request.POST.get("acte") not in PEOPLE:
        raise Http404
    name, action, done = PEOPLE[request.POST["acte"]]
    person = _person(request.POST.get(name, ""))
    if person is None:
        messages.error(request, "Choisissez d’abord une personne dans la liste.")
    else:
        _act(request, application, action, person, done=done, instant=instant)
    return redirect(f"{step_href(application, Step.TEAM)}#auteurs")


def _person(key: str) -> User | None:
    return get_object_or_404(User, pk=known) if (known := number_in(key)) else None


def _act(
    request: HttpRequest,
    application: Application,
    action: Acting,
    person: User,
    *,
    done: str,
    instant: datetime,
) -> None:
    actor: Actor = actor_of(request)
    more: dict[str, Any] = {"now": instant, "actor": actor}
    try:
        action(application=application, person=person, **more)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, done.format(person))
