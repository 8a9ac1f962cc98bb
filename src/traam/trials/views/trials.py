"""The pages of trials: mine, the list, one trial, its protocol, its sessions, its end."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, right_required
from traam.kit.clock import day_of, now
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views
from traam.kit.paper import paper_response
from traam.kit.refusals import Refusal
from traam.kit.sheets import sheet_response
from traam.kit.together import answer
from traam.reference.queries import vocabulary
from traam.trials import actions
from traam.trials.forms.trials import (
    BeginForm,
    EvaluationForm,
    ListFilter,
    ProtocolForm,
    ReasonForm,
    SessionForm,
)
from traam.trials.models import Session, Trial
from traam.trials.papers.parents import parents_notice
from traam.trials.queries import trials as queries
from traam.trials.queries.reading import evaluation_of, protocol_of
from traam.trials.rules.life import TrialState
from traam.trials.screens.trial import TrialPage, label_of, standing
from traam.trials.views.finding import REFUSED, done, shut, trial_of

READ, WRITE = "trial.read", "trial.write"
PER_PAGE = 25
CARDS_SHOWN = 12  # of each state, on « Mes essais »
GROUPS = (
    (TrialState.AT_WORK, "En cours"),
    (TrialState.PLANNED, "À préparer"),
    (TrialState.CLOSED, "Clos"),
    (TrialState.ABANDONED, "Abandonnés"),
)


@require_safe
@right_required(READ)
def trials(request: HttpRequest) -> HttpResponse:
    """« Mes essais », as cards by state; what was set aside; the door to the others'."""
    actor, instant, words = actor_of(request), now(), vocabulary()
    by_state = answer(queries.my_trials(actor))
    context = {
        "groups": [(label, by_state[state][:CARDS_SHOWN]) for state, label in GROUPS],
        "count": sum(len(rows) for rows in by_state.values()),
        "has_open": any(queries.takes_notes(one) for rows in by_state.values() for one in rows),
        "kept": list(queries.kept_for(actor)[:PER_PAGE]),
        "to_proofread": queries.to_proofread(actor).count()
        if actor.may("observation.proofread")
        else 0,
        "may_begin": actor.may("trial.begin"),
        "standing": lambda trial: standing(trial, instant),
        "level": lambda code: label_of(words, "levels", code),
        "now": instant,
    }
    return render(request, "trials/trials_home.html", context)


@require_safe
@right_required(READ)
@keeps_views("Essais")
def trials_list(request: HttpRequest) -> HttpResponse:
    """All that I may read, narrowed as I ask; the same as a sheet."""
    actor, instant, words = actor_of(request), now(), vocabulary()
    form = ListFilter(request.GET, choices=queries.choices(actor))
    found = queries.chosen(actor, form.chosen())
    if (file := sheet_response(request, queries.sheet(found), "essais")) is not None:
        return file
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "page_href": lambda number: with_query(request, page=number),
        "narrows": form.narrows,
        "standing": lambda trial: standing(trial, instant),
        "level": lambda code: label_of(words, "levels", code),
    }
    return render(request, "trials/trials_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("trial.begin")
def trial_begin(request: HttpRequest) -> HttpResponse:
    """What will be tried: one's own production, or one that the group shares."""
    actor = actor_of(request)
    teams = {one.code: one for one in queries.my_teams(actor)}
    productions = {one.code: one for one in queries.to_try(actor, list(teams.values()))}
    levels = [(one.code, one.label) for one in vocabulary().terms("levels")]
    asked = {name: request.GET[name] for name in ("production", "equipe") if name in request.GET}
    if (chosen := productions.get(asked.get("production", ""))) is not None:
        asked["niveau"] = queries.only_level(chosen)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        initial=asked,
        teams=[(code, f"{one.named} · {one.project or code}") for code, one in teams.items()],
        productions=[
            (code, f"{one.title or code} ({one.team.named})") for code, one in productions.items()
        ],
        levels=levels,
    )
    if form.is_valid():
        typed = form.cleaned_data
        made = done(
            form,
            actions.begin,
            production=productions[typed["production"]],
            team=teams[typed["equipe"]],
            level=typed["niveau"],
            planned_for=typed["prevu"],
            now=now(),
            actor=actor,
        )
        if made:
            messages.success(request, "L’essai est commencé : écrivez son protocole.")
            return redirect("trial_protocol", code=made.code)
    context = {"form": form, "teams": teams, "productions": productions}
    return render(request, "trials/trial_begin.html", context, status=_status(form))


def _status(form: Any) -> int:
    return REFUSED if form.errors else 200


def _page(request: HttpRequest, trial: Trial) -> TrialPage:
    return TrialPage(trial, actor_of(request), now())


@require_safe
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """Protocol, sessions, verdict in one page, with its completeness."""
    page = _page(request, trial_of(request, code))
    context = {"page": page, "trial": page.trial, "now": page.now}
    return render(request, "trials/trial_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def trial_protocol(request: HttpRequest, code: str) -> HttpResponse:
    """The protocol, written before the first session, amended after it."""
    page = _page(request, trial_of(request, code))
    if (stop := shut(request, page)) is not None:
        return stop
    found, is_amendment = page.trial, page.trial.protocol_at is not None
    form = ProtocolForm(
        request.POST if request.method == "POST" else None,
        written=protocol_of(found),
        version=found.version,
        is_amendment=is_amendment,
        planned_for=found.planned_for,
    )
    if form.is_valid() and _protocol_kept(form, page, is_amendment=is_amendment):
        said = "L’avenant est daté et gardé." if is_amendment else "Le protocole est enregistré."
        messages.success(request, said)
        return redirect("trial", code=code)
    context = {"page": page, "trial": found, "form": form, "is_amendment": is_amendment}
    return render(request, "trials/trial_protocol.html", context, status=_status(form))


def _protocol_kept(form: ProtocolForm, page: TrialPage, *, is_amendment: bool) -> bool:
    typed = form.cleaned_data
    given = {
        "trial": page.trial,
        "protocol": form.protocol(),
        "version": typed["version"],
        "now": page.now,
        "actor": page.actor,
    }
    if is_amendment:
        return bool(done(form, actions.amend, reason=typed["motif"], **given))
    return bool(done(form, actions.write_protocol, planned_for=typed["prevu"], **given))


@require_http_methods(["GET", "HEAD", "POST"])
def trial_sessions(request: HttpRequest, code: str) -> HttpResponse:
    """A session is recorded; the first one stops the protocol."""
    page = _page(request, trial_of(request, code))
    if (stop := shut(request, page)) is not None:
        return stop
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial={"date": day_of(page.now), "minutes": 55},
    )
    if form.is_valid() and done(
        form, actions.record_session, trial=page.trial, now=page.now, actor=page.actor,
        **_session(form),
    ):  # fmt: skip
        messages.success(request, "La séance est consignée.")
        return redirect("trial", code=code)
    context = {"page": page, "trial": page.trial, "form": form, "session": None}
    return render(request, "trials/session_edit.html", context, status=_status(form))


def _session(form: SessionForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "held_on": typed["date"],
        "minutes": typed["minutes"],
        "location": typed["lieu"],
        "note": typed["note"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def trial_session(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """A session, put right or taken away."""
    page = _page(request, trial_of(request, code))
    if (stop := shut(request, page)) is not None:
        return stop
    row = get_object_or_404(Session.objects.filter(trial=page.trial), pk=key)
    row.trial = page.trial
    if request.method == "POST" and request.POST.get("acte") == "retirer":
        return _session_removed(request, page, row)
    known = {"date": row.held_on, "minutes": row.minutes, "lieu": row.location, "note": row.note}
    form = SessionForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid() and done(
        form, actions.change_session, session=row, now=page.now, actor=page.actor, **_session(form)
    ):
        messages.success(request, "La séance est corrigée.")
        return redirect("trial", code=code)
    context = {"page": page, "trial": page.trial, "form": form, "session": row}
    return render(request, "trials/session_edit.html", context, status=_status(form))


def _session_removed(request: HttpRequest, page: TrialPage, row: Session) -> HttpResponse:
    try:
        actions.remove_session(session=row, now=page.now, actor=page.actor)
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, "La séance est retirée.")
    return redirect("trial", code=page.trial.code)


@require_http_methods(["GET", "HEAD", "POST"])
def trial_close(request: HttpRequest, code: str) -> HttpResponse:
    """What the trial shows: saved as it is, or closed when it says enough."""
    page = _page(request, trial_of(request, code))
    if (stop := shut(request, page)) is not None:
        return stop
    form = EvaluationForm(
        request.POST if request.method == "POST" else None,
        words=vocabulary(),
        known=evaluation_of(page.trial),
        version=page.trial.version,
    )
    closes = request.POST.get("acte") == "clore"
    if form.is_valid() and done(
        form,
        actions.close if closes else actions.evaluate,
        trial=page.trial,
        evaluation=form.evaluation(),
        version=form.cleaned_data["version"],
        now=page.now,
        actor=page.actor,
    ):
        said = "L’essai est clos : son groupe peut le lire." if closes else "C’est enregistré."
        messages.success(request, said)
        return redirect("trial", code=code)
    context = {"page": page, "trial": page.trial, "form": form}
    return render(request, "trials/trial_close.html", context, status=_status(form))


@dataclass(frozen=True, slots=True)
class Act:
    """An act that asks why, as its page says it."""

    title: str
    lead: str
    button: str
    said: str


ABANDON = Act(
    "Abandonner l’essai",
    "L’essai s’arrête ici. Il reste visible et compté, avec son motif : savoir ce qui n’a pas pu "
    "se faire sert aussi. Vous pourrez le reprendre.",
    "Abandonner l’essai",
    "L’essai est abandonné.",
)
REOPEN = Act(
    "Rouvrir l’essai",
    "L’essai redevient le vôtre, à compléter puis à clore de nouveau. Les constats qui s’appuient "
    "sur lui sont à relire : leurs auteurs le verront.",
    "Rouvrir l’essai",
    "L’essai est rouvert.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def trial_abandon(request: HttpRequest, code: str) -> HttpResponse:
    """The trial will not be finished."""
    return _with_reason(request, code, ABANDON, actions.abandon)


@require_http_methods(["GET", "HEAD", "POST"])
def trial_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Closed or abandoned, it starts again."""
    return _with_reason(request, code, REOPEN, actions.reopen)


def _with_reason(request: HttpRequest, code: str, act: Act, do: Any) -> HttpResponse:
    page = _page(request, trial_of(request, code))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form, do, trial=page.trial, now=page.now, actor=page.actor, **form.cleaned_data
    ):
        messages.success(request, act.said)
        return redirect("trial", code=code)
    context = {"page": page, "trial": page.trial, "form": form, "act": act}
    return render(request, "trials/trial_act.html", context, status=_status(form))


@require_safe
def trial_parents(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The notice that the teacher prints for the parents."""
    found = trial_of(request, code)
    paper = parents_notice(found, day=day_of(now()))
    return paper_response(paper, form, f"information-parents-{found.code}")
