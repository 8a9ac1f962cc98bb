"""One case: decide of it, take the decision back, lock it in or out of the computed choice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from traam.access.web import actor_of
from traam.campaigns.rules.life import CampaignState
from traam.kit.clock import now
from traam.kit.forms import READ
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal, Unread
from traam.selection import actions
from traam.selection.forms.deciding import DecisionForm, WhyForm
from traam.selection.models import Case, Decision, Lock
from traam.selection.queries.deciding import decidable
from traam.selection.queries.deliberation import deliberation, given_on
from traam.selection.queries.instance import name_of
from traam.selection.rules.life import DecisionKind
from traam.selection.screens.deliberating import DeliberationPage, shown

REFUSED = 400


def _case(request: HttpRequest, key: int) -> Case:
    """A case that the reader may decide of; nobody else learns that it exists."""
    rows = Case.objects.select_related(
        "campaign",
        "theme__campaign",
        "application__academy",
        "application__theme",
        "application__campaign",
        "application__extension",
        "decision__prepared_by",
    )
    found = rows.filter(pk=key).first()
    if found is None or found.pk not in decidable([found], actor_of(request)):
        raise Http404
    return found


def _back(case: Case) -> str:
    return reverse("deliberation", kwargs={"code": case.theme.code})


@require_http_methods(["GET", "HEAD", "POST"])
def case_decide(request: HttpRequest, key: int) -> HttpResponse:
    """The decision of a case, with what the computation and the reviews say."""
    case = _case(request, key)
    present: Decision | None = getattr(case, "decision", None)
    form = DecisionForm(request.POST) if request.method == "POST" else DecisionForm.filled(present)
    newer = None
    warnings: list[str] = []
    if request.method == "POST" and form.is_valid():
        known = request.POST.getlist(READ)
        try:
            made = actions.decide(
                case=case, now=now(), actor=actor_of(request), known=known, **form.decision()
            )
        except NotAllowed:
            raise
        except Unread as unread:
            warnings = unread.reasons
        except actions.Outdated as refusal:
            newer = refusal.present
            form.add_error(None, refusal.reasons)
            form = _on_top_of(form, newer)
        except actions.NeedsDeparture as refusal:
            form.add_error("departure", refusal.reasons)
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            said = DecisionKind(made.kind).label
            messages.success(request, f"{name_of(case)} : décision « {said} » préparée.")
            return redirect(_back(case))
    return _decision_page(request, case, form, present=present, newer=newer, warnings=warnings)


def _on_top_of(form: DecisionForm, newer: Decision | None) -> DecisionForm:
    """The same form, what was typed kept, upon the decision that is shown beside."""
    data = {name: form.data.get(name) for name in form.fields}
    data["version"] = str(newer.version if newer else 0)
    again = DecisionForm(data)
    again.is_valid()
    for reason in form.non_field_errors():
        again.add_error(None, reason)
    return again


def _decision_page(
    request: HttpRequest,
    case: Case,
    form: DecisionForm,
    *,
    present: Decision | None,
    newer: Decision | None,
    warnings: list[str],
) -> HttpResponse:
    actor = actor_of(request)
    found = deliberation(theme=case.theme, actor=actor, today=actor.today)
    page = DeliberationPage(found, ())
    context = {
        "page": page,
        "line": next((one for one in page.lines if one.case.pk == case.pk), None),
        "case": case,
        "name": name_of(case),
        "theme": case.theme,
        "campaign": case.campaign,
        "form": form,
        "warnings": warnings,
        "why": WhyForm(),
        "present": newer or present,
        "is_newer": newer is not None,
        "is_open": case.campaign.state == CampaignState.CALL_CLOSED,
        "reviews": given_on(case, actor),
        "shown": shown,
        "now": now(),
    }
    status = REFUSED if form.errors or warnings else 200
    return render(request, "selection/decision_edit.html", context, status=status)


@require_POST
def case_take_back(request: HttpRequest, key: int) -> HttpResponse:
    """The decision is to be taken again."""
    case = _case(request, key)
    version = number_in(request.POST.get("version"))

    def act(reason: str) -> None:
        actions.take_back_decision(
            case=case, reason=reason, version=version, now=now(), actor=actor_of(request)
        )

    return _reasoned(
        request,
        case,
        title="Reprendre cette décision",
        act=act,
        said="La décision est reprise : elle est de nouveau à prendre.",
        kept={"version": str(version)},
    )


@require_POST
def case_lock(request: HttpRequest, key: int) -> HttpResponse:
    """In, or out, of the next computations."""
    case, sense = _case(request, key), request.POST.get("sens", "")
    if sense not in ("in", "out"):
        messages.error(request, "Dites si le dossier est retenu d’office, ou écarté d’office.")
        return redirect(_back(case))
    is_in = sense == "in"

    def act(reason: str) -> Lock:
        return actions.lock(
            case=case, is_in=is_in, reason=reason, now=now(), actor=actor_of(request)
        )

    return _reasoned(
        request,
        case,
        title="Retenir ce dossier d’office" if is_in else "Écarter ce dossier d’office",
        act=act,
        said="Le verrou est posé : il compte dès le prochain calcul d’une variante.",
        kept={"sens": sense},
    )


@require_POST
def case_unlock(request: HttpRequest, key: int) -> HttpResponse:
    """The lock is lifted; its trace stays."""
    case = _case(request, key)

    def act(reason: str) -> None:
        actions.unlock(case=case, reason=reason, now=now(), actor=actor_of(request))

    return _reasoned(
        request,
        case,
        title="Lever ce verrou",
        act=act,
        said="Le verrou est levé : il ne compte plus dans les prochains calculs.",
        kept={},
    )


def _reasoned(
    request: HttpRequest,
    case: Case,
    *,
    title: str,
    act: Callable[[str], Any],
    said: str,
    kept: dict[str, str],
) -> HttpResponse:
    """An act that wants a reason: done, or its own page says what is missing and keeps the rest."""
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, said)
            return redirect(_back(case))
    context = {
        "title": title,
        "name": name_of(case),
        "form": form,
        "kept": kept,
        "case": case,
        "theme": case.theme,
        "campaign": case.campaign,
    }
    return render(request, "selection/decision_reason.html", context, status=REFUSED)
