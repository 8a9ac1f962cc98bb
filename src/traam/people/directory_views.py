"""« Personnes »: the accounts and mandates, for who keeps them (`/preparation/personnes/`)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.actor import Actor
from traam.access.place import Flag, Place
from traam.access.sentences import who_may
from traam.access.web import actor_of, get_or_404, right_required
from traam.kit.clock import now
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views, well_chosen
from traam.kit.refusals import Refusal
from traam.kit.text import short_day
from traam.people import actions
from traam.people import directory_queries as queries
from traam.people.directory_forms import (
    DirectoryFilter,
    EndForm,
    InvitationForm,
    MandateForm,
    ReasonForm,
)
from traam.people.models import Mandate, User
from traam.reference.queries import vocabulary

PER_PAGE = 50
REFUSED = 400
KEEPS = "people.invite"  # who keeps accounts; anyone may read their own


@require_safe
@right_required(KEEPS)
@keeps_views("Personnes")
def people(request: HttpRequest) -> HttpResponse:
    """The accounts that the reader may read, found and narrowed."""
    actor, words = actor_of(request), vocabulary()
    form = DirectoryFilter(request.GET, words=words)
    chosen = well_chosen(form)
    found = queries.accounts(
        actor=actor,
        text=chosen.get("q", ""),
        role=chosen.get("role", ""),
        academy=chosen.get("academie", ""),
        mandate=chosen.get("mandat", ""),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": queries.rows(users=page, actor=actor, words=words),
        "page_href": lambda number: with_query(request, page=number),
        "is_filtered": bool(chosen),
    }
    return render(request, "people/accounts_list.html", context | _reader(actor))


def _reader(actor: Actor) -> dict[str, bool]:
    """Which rooms of the breadcrumb this reader may enter."""
    return {
        "may_keep": actor.may(KEEPS),
        "may_prepare": actor.may("campaign.prepare"),
        "sees_all": actor.allows("people.read"),
    }


def _account(request: HttpRequest, key: int) -> User:
    user: User = get_or_404(User.objects.all(), actor_of(request), "people.read", pk=key)
    return user


@require_safe
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One account, its mandates, its delegations; to oneself too."""
    actor, user = actor_of(request), _account(request, key)
    context = {
        "person": queries.page(user=user, actor=actor, words=vocabulary()),
        "who_grants": who_may("mandate.grant"),
        "who_ends": who_may("mandate.end"),
    }
    return render(request, "people/account_show.html", context | _reader(actor))


@right_required(KEEPS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A new account and its first mandate."""
    actor, words = actor_of(request), vocabulary()
    form = InvitationForm(request.POST or None, words=words, initial=_usual(actor))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            done = actions.welcome(
                email=typed["email"],
                name=typed["name"],
                now=now(),
                actor=actor,
                **form.mandate(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            _tell(request, done)
            return redirect("person", key=done.person.pk)
    return _form_page(request, "people/account_invite.html", form)


def _tell(request: HttpRequest, done: actions.Welcome) -> None:
    name = done.person.name
    if done.is_new_account:
        messages.success(request, f"Le compte « {name} » est ouvert ; l’invitation est écrite.")
    elif done.is_new_mandate:
        messages.success(
            request,
            f"Cette adresse avait déjà un compte, au nom de « {name} » : le mandat lui est donné.",
        )
    else:
        messages.info(request, f"« {name} » avait déjà ce compte et ce mandat : rien n’a changé.")


def _usual(actor: Actor) -> dict[str, Any]:
    """What a mandate is given most often: from today, in the giver's own academies."""
    mine = sorted({code for each in actor.in_force for code in each.academies})
    flags = frozenset({Flag.ACADEMIC})
    places = {code: Place(academies=frozenset({code}), flags=flags) for code in mine}
    is_national = actor.allows("mandate.grant")
    academies = [code for code, place in places.items() if actor.allows("mandate.grant", place)]
    return {"starts_on": actor.today, "academies": [] if is_national else academies}


def _form_page(
    request: HttpRequest, template: str, form: MandateForm, **more: object
) -> HttpResponse:
    """The page of a form: 400 when it comes back with its faults."""
    actor = actor_of(request)
    context = {
        "form": form,
        "who_grants": "" if actor.allows("mandate.grant") else who_may("mandate.grant"),
    }
    status = REFUSED if form.errors else 200
    return render(request, template, context | _reader(actor) | more, status=status)


@right_required("mandate.grant")
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, key: int) -> HttpResponse:
    """One more mandate to someone who has an account."""
    actor, words, user = actor_of(request), vocabulary(), _account(request, key)
    form = MandateForm(request.POST or None, words=words, initial=_usual(actor))
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant(person=user, now=now(), actor=actor, **form.mandate())
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"Le mandat est donné à « {user.name} ».")
            return redirect("person", key=user.pk)
    return _form_page(request, "people/mandate_create.html", form, user=user)


@right_required("mandate.end")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Which day, what it would do, then one question."""
    actor = actor_of(request)
    held = Mandate.objects.select_related("person").prefetch_related("scopes")
    mandate = get_or_404(held, actor, "mandate.end", pk=key)
    is_act = request.method == "POST"
    typed = request.POST if is_act else request.GET
    form = EndForm(typed if is_act or "on" in typed else None, initial={"on": actor.today})
    is_read = form.is_valid() or not form.is_bound
    on = form.cleaned_data["on"] if form.is_valid() else actor.today
    foreseen = queries.ending(mandate=mandate, on=on, actor=actor, words=vocabulary())
    if is_act and is_read and not foreseen.refused:
        actions.end(mandate=mandate, on=on, now=now(), actor=actor)
        messages.success(request, f"Le mandat ne compte plus à partir du {short_day(on)}.")
        return _back(actor, mandate.person_id)
    context = {"form": form, "person": mandate.person, "ending": foreseen, "is_read": is_read}
    status = REFUSED if is_act or not is_read else 200
    return render(request, "people/mandate_end.html", context | _reader(actor), status=status)


def _back(actor: Actor, key: int) -> HttpResponse:
    """To the person's page, or to the list when their last mandate here has just disappeared."""
    if User.objects.over_which(actor, "people.read").filter(pk=key).exists():
        return redirect("person", key=key)
    return redirect("people")


@right_required("people.close")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, key: int) -> HttpResponse:
    """What closing would do, and why it is done."""
    actor, user = actor_of(request), _account(request, key)
    if not user.is_active:
        return redirect("person", key=user.pk)
    form = ReasonForm(request.POST or None)
    refused = queries.why_not_leave(user, actor)
    if request.method == "POST" and form.is_valid() and not refused:
        reason = form.cleaned_data["reason"]
        actions.close(person=user, reason=reason, now=now(), actor=actor)
        messages.success(request, f"Le compte « {user.name} » est fermé.")
        return redirect("person", key=user.pk)
    context = {"person": user, "form": form, "refused": refused}
    return _asking_why(request, "people/account_close.html", context)


def _asking_why(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a reason: 400 when what was asked could not be done."""
    status = REFUSED if request.method == "POST" else 200
    return render(request, template, context | _reader(actor_of(request)), status=status)


@right_required("people.reopen")
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, key: int) -> HttpResponse:
    """A closed account, let in again."""
    actor, user = actor_of(request), _account(request, key)
    if user.is_active or user.erased_at is not None:
        return redirect("person", key=user.pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reopen(person=user, reason=reason, now=now(), actor=actor)
        messages.success(request, f"Le compte « {user.name} » est rouvert ; un message le lui dit.")
        return redirect("person", key=user.pk)
    return _asking_why(request, "people/account_reopen.html", {"person": user, "form": form})


@right_required("people.erase")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, key: int) -> HttpResponse:
    """What erasing would do, then one question."""
    actor, user = actor_of(request), _account(request, key)
    if user.erased_at is not None:
        return redirect("person", key=user.pk)
    foreseen = queries.erasure(user=user, actor=actor)
    is_act = request.method == "POST"
    if is_act and not foreseen.refused:
        actions.erase(person=user, now=now(), actor=actor)
        messages.success(request, "Le compte est effacé : il ne reste de lui que sa clé.")
        return redirect("person", key=user.pk)
    context = {"person": user, "erasure": foreseen}
    status = REFUSED if is_act else 200
    return render(request, "people/account_erase.html", context | _reader(actor), status=status)
