"""Syntheses: the list, one to read with what may be done, its acts, its papers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.actor import Actor
from traam.access.web import actor_of
from traam.kit.choices import told_apart
from traam.kit.clock import now
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views
from traam.kit.machines import MoveRefused
from traam.kit.paper import paper_response
from traam.kit.refusals import NotAllowed, Refusal
from traam.syntheses import actions
from traam.syntheses.forms.lists import ListFilter
from traam.syntheses.forms.writing import ActForm, NewForm, RemarkForm
from traam.syntheses.models import Synthesis
from traam.syntheses.papers import paper_of
from traam.syntheses.queries.awaited import to_receive
from traam.syntheses.queries.coding import groups_of
from traam.syntheses.queries.contents import readable
from traam.syntheses.queries.lists import Line, beginnable, for_list, told, years_of
from traam.syntheses.rules.life import SynthesisKind
from traam.syntheses.screens.reading import SynthesisPage, capacity_of
from traam.syntheses.views.looking import group_of, synthesis_of

PER_PAGE = 30
REFUSED = 400


@require_safe
@keeps_views("Synthèses")
def syntheses(request: HttpRequest) -> HttpResponse:
    """What the reader writes, reads, or was sent; the groups whose findings they may code."""
    actor = actor_of(request)
    form = ListFilter(request.GET, years=years_of(readable(actor)))
    chosen = form.chosen()
    rows = for_list(
        to_receive(actor) if "attente" in chosen else readable(actor),
        year=chosen.get("campagne", ""),
        kind=chosen.get("sorte", ""),
        state=chosen.get("etat", ""),
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    groups = Paginator(groups_of(actor), PER_PAGE).get_page(request.GET.get("groupes"))
    context = {
        "form": form,
        "narrows": bool(chosen),
        "page": page,
        "lines": [Line(one) for one in page.object_list],
        "page_href": lambda number: with_query(request, page=number),
        "groups": groups,
        "groups_href": lambda number: with_query(request, groupes=number),
        "may_begin": told_apart((one, told(one)) for one in groups if beginnable(actor, one)),
        "now": now(),
    }
    return render(request, "syntheses/synthesis_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def synthesis_new(request: HttpRequest) -> HttpResponse:
    """A synthesis of a group: by its kind, filled with what is known already."""
    actor, group = actor_of(request), group_of(request, request.GET.get("groupe", ""))
    kinds = beginnable(actor, group)
    if not kinds:
        raise NotAllowed("Seules les équipes du groupe, ses expert·es et référent·es y écrivent.")
    form = NewForm(request.POST or None, group=group, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        given["kind"] = SynthesisKind(given["kind"])
        try:
            made = actions.begin(group=group, **given, now=now(), actor=actor)
            actions.prefill(synthesis=made, now=now(), actor=actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(
                request, "C’est commencé, avec ce qui est déjà connu. À vous d’écrire."
            )
            return redirect("synthesis_edit", code=made.code)
    context = {"form": form, "group": group}
    status = REFUSED if form.errors else 200
    return render(request, "syntheses/synthesis_new.html", context, status=status)


@require_safe
def synthesis(request: HttpRequest, code: str) -> HttpResponse:
    """The text with its counts, remarks, signatures, and what the reader may do."""
    found = synthesis_of(request, code)
    context = {
        "page": SynthesisPage(found, actor_of(request), now()),
        "synthesis": found,
        "form": RemarkForm(),
        "now": now(),
    }
    return render(request, "syntheses/synthesis_show.html", context)


@require_safe
def synthesis_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same document as PDF or ODT."""
    found = synthesis_of(request, code)
    return paper_response(paper_of(found), form, f"synthese-{found.code}")


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the page: what it does, what it asks, what is said before and after."""

    do: Callable[..., object]
    title: str
    button: str
    done: str
    warning: str = ""
    asks: str = ""  # "reason", "reservation" or nothing
    by_capacity: bool = False


ACTS: dict[str, Act] = {
    "soumettre": Act(
        actions.submit,
        "Soumettre à la validation",
        "Soumettre",
        "C’est soumis : qui valide en est averti.",
    ),
    "reprendre": Act(
        actions.take_back,
        "Reprendre la soumission",
        "Reprendre",
        "La rédaction est rouverte.",
        asks="reason",
    ),
    "corrections": Act(
        actions.ask_corrections,
        "Demander des corrections",
        "Demander",
        "Les corrections sont demandées : qui écrit en est averti.",
        asks="reason",
    ),
    "valider": Act(
        actions.validate,
        "Valider",
        "Valider",
        "C’est validé : le texte est figé par son empreinte.",
        warning="Le texte, les constats et leurs comptes sont figés : tout changement annulera "
        "votre validation.",
    ),
    "rouvrir": Act(
        actions.reopen,
        "Rouvrir la rédaction",
        "Rouvrir",
        "La rédaction est rouverte, les signatures sont annulées.",
        warning="Les validations et signatures données sont annulées ; qui a signé l’apprend.",
        asks="reason",
    ),
    "retirer": Act(
        actions.withdraw,
        "Retirer la synthèse",
        "Retirer",
        "La synthèse est retirée.",
        warning="Publiée, elle laissera une page qui dit qu’elle est retirée, et pourquoi.",
        asks="reason",
    ),
    "retablir": Act(
        actions.restore,
        "Rétablir la synthèse",
        "Rétablir",
        "La synthèse est rétablie, en brouillon.",
        asks="reason",
    ),
    "signer": Act(
        actions.sign,
        "Signer",
        "Signer",
        "C’est signé.",
        warning="Vous signez ce texte, ces constats et ces comptes : tout changement annulera "
        "votre signature.",
        asks="reservation",
        by_capacity=True,
    ),
    "reprendre-signature": Act(
        actions.unsign,
        "Reprendre la signature",
        "Reprendre",
        "La signature est reprise.",
        asks="reason",
        by_capacity=True,
    ),
    "diffuser": Act(
        actions.distribute,
        "Diffuser",
        "Diffuser",
        "C’est envoyé : chacun dira d’un bouton qu’il ou elle l’a reçue.",
        warning="Elle part aux académies (DAN et recteurs), à la DGESCO, à l’inspection générale "
        "du thème et aux partenaires ; à qui l’a déjà, rien.",
    ),
    "recue": Act(
        actions.receive,
        "Dire que vous l’avez reçue",
        "Je l’ai reçue",
        "C’est noté, merci.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def synthesis_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """One act, after a page that says what it will do."""
    asked, found = ACTS.get(act), synthesis_of(request, code)
    if asked is None:
        raise Http404
    page = SynthesisPage(found, actor_of(request), now())
    form = ActForm(request.POST if request.method == "POST" else None, asks=asked.asks)
    if request.method == "POST" and form.is_valid():
        try:
            _do(asked, found, page, form.cleaned_data, page.actor)
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, asked.done)
            return redirect("synthesis", code=code)
    context = {"act": asked, "form": form, "synthesis": found, "page": page}
    status = REFUSED if form.errors else 200
    return render(request, "syntheses/synthesis_act.html", context, status=status)


def _do(
    asked: Act, found: Synthesis, page: SynthesisPage, typed: dict[str, Any], actor: Actor
) -> None:
    given = dict(typed)
    if asked.by_capacity:
        capacity = capacity_of(page)
        if capacity is None:
            raise NotAllowed("Seules l’inspection générale et l’expertise du thème signent.")
        given["capacity"] = capacity
    asked.do(synthesis=found, now=now(), actor=actor, **given)
