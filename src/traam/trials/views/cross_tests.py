"""The cross-tests of a group: their coverage, the plan, each request and its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of, get_or_404
from traam.campaigns.rules.calendar import Milestone
from traam.groups.models import NationalGroup, Team
from traam.groups.rules.life import TeamState
from traam.groups.steps import whole_groups
from traam.kit.clock import day_of, now
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import Sheet, sheet_response
from traam.people.models import User
from traam.productions.models import Production
from traam.trials.actions import cross_testing as actions
from traam.trials.forms.cross_tests import (
    AcceptForm,
    AdoptForm,
    AskForm,
    PlanForm,
    ReasonForm,
    default_due,
)
from traam.trials.models import CrossTest
from traam.trials.queries import coverage as queries
from traam.trials.queries.plan import latest_plan, panel
from traam.trials.screens.cross_tests import CrossTestPage, plan_page

REFUSED = 400
GROUP_READ = "group.follow"
TRIAL_READ, PRODUCTION_READ = "trial.read", "production.read"


def _group(request: HttpRequest, code: str) -> NationalGroup:
    rows = whole_groups(NationalGroup.objects.all())
    return get_or_404(rows, actor_of(request), GROUP_READ, code=code)


@require_safe
def cross_tests(request: HttpRequest, code: str) -> HttpResponse:
    """How each production of the group is covered, and who owes what."""
    group, today = _group(request, code), day_of(now())
    found = queries.coverage(group, today=today)
    if answer := sheet_response(request, _sheet(group, found), f"tests-croises-{group.code}"):
        return answer
    context = {
        "group": group,
        "found": found,
        "openable": queries.openable(group, actor_of(request)),
        "may_plan": actor_of(request).allows(actions.PLAN, group.place()),
        "askable": queries.teams_that_ask(group, actor_of(request)),
        "today": today,
        "now": now(),
    }
    return render(request, "trials/cross_test_list.html", context)


def _sheet(group: NationalGroup, found: queries.Coverage) -> Sheet:
    rows = [
        (
            one.production.title,
            one.production.team.named,
            test.tester.named,
            test.get_state_display(),
            test.due_on,
        )
        for one in found.productions
        for test in (*one.tests, *one.refused)
    ]
    headers = ("Production", "Académie", "Testée par", "État", "Pour le")
    return Sheet(f"Tests croisés, {group.theme.shown_title}", headers, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def cross_test_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan is computed, read, computed again otherwise; adopted, every team is asked."""
    group, actor = _group(request, code), actor_of(request)
    if not actor.allows(actions.PLAN, group.place()):
        raise NotAllowed(who_may(actions.PLAN, group.place()))
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.compute_plan(group=group, now=now(), actor=actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Le plan est calculé : rien n’est encore demandé.")
            return redirect("cross_test_plan", code=group.code)
    return _plan_page(request, group, form, AdoptForm(initial=_due(group)))


def _due(group: NationalGroup) -> dict[str, Any]:
    end = group.campaign.calendar.at(Milestone.END)
    return {"due_on": default_due(day_of(end) if end else None, day_of(now()))}


def _plan_page(
    request: HttpRequest, group: NationalGroup, form: PlanForm, adopt: AdoptForm
) -> HttpResponse:
    plan = latest_plan(group)
    context = {
        "group": group,
        "page": plan_page(plan, panel(group)) if plan else None,
        "form": form,
        "adopt": adopt,
        "now": now(),
    }
    is_refused = form.errors or adopt.errors
    return render(
        request, "trials/cross_test_plan.html", context, status=REFUSED if is_refused else 200
    )


@require_http_methods(["POST"])
def cross_test_adopt(request: HttpRequest, code: str) -> HttpResponse:
    """The last plan computed is adopted: its teams are asked."""
    group, actor = _group(request, code), actor_of(request)
    plan, form = latest_plan(group), AdoptForm(request.POST)
    if plan is None:
        raise Http404
    if form.is_valid():
        try:
            asked = actions.adopt_plan(plan=plan, now=now(), actor=actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"Le plan est adopté : {len(asked)} tests sont demandés.")
            return redirect("cross_tests", code=group.code)
    return _plan_page(request, group, PlanForm(), form)


@require_http_methods(["GET", "HEAD", "POST"])
def cross_test_ask(request: HttpRequest, code: str) -> HttpResponse:
    """One production, one team of another academy: asked by hand."""
    actor = actor_of(request)
    rows = Production.objects.shared().select_related(
        "team__group__theme__campaign", "team__academy__successor"
    )
    production = get_or_404(rows, actor, PRODUCTION_READ, code=code)
    place = production.team.place()
    if not actor.allows(actions.ASK, place):
        raise NotAllowed(who_may(actions.ASK, place))
    form = AskForm(request.POST or None, teams=_askable(production))
    if request.method == "POST" and form.is_valid():
        try:
            test = actions.ask(production=production, now=now(), actor=actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Le test croisé est demandé ; l’équipe en est avertie.")
            return redirect("cross_test", key=test.pk)
    context = {"production": production, "group": production.team.group, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "trials/cross_test_ask.html", context, status=status)


def _askable(production: Production) -> list[Team]:
    """The teams of the group at work in another academy."""
    own = production.team.academy_codes
    rows = Team.objects.filter(group=production.team.group, state=TeamState.AT_WORK)
    teams = rows.select_related("academy__successor").prefetch_related("bonds__academy")
    return [
        one
        for one in teams.order_by("academy__name", "pk")
        if one.pk != production.team_id and not own & one.academy_codes
    ]


def _test(request: HttpRequest, key: int) -> CrossTest:
    rows = queries.whole(CrossTest.objects.all())
    return get_or_404(rows, actor_of(request), queries.READ, pk=key)


@require_safe
def cross_test(request: HttpRequest, key: int) -> HttpResponse:
    """One test: where it stands, what to do, the report beside the original."""
    test = _test(request, key)
    page = _page(test, actor_of(request))
    asks_who = page.may_answer and page.may_choose
    form = AcceptForm(people=_people(test)) if asks_who else None
    return _shown(request, page, form)


def _page(test: CrossTest, actor: Actor) -> CrossTestPage:
    trial = queries.trial_of(test)
    return CrossTestPage(
        test=test,
        may_answer=actor.allows(actions.ANSWER, test.place()),
        may_ask=actor.allows(actions.ASK, test.production.team.place()),
        may_read_trial=trial is not None and actor.allows(TRIAL_READ, trial.place()),
    )


def _shown(
    request: HttpRequest, page: CrossTestPage, form: AcceptForm | None, status: int = 200
) -> HttpResponse:
    group = page.test.production.team.group
    context = {"page": page, "form": form, "group": group, "now": now()}
    return render(request, "trials/cross_test_show.html", context, status=status)


def _people(test: CrossTest) -> QuerySet[User]:
    members = queries.testers(test.tester, day_of(now()))
    found: QuerySet[User] = User.objects.filter(pk__in=members.values("person"))
    return found.order_by("name", "pk")


@require_http_methods(["POST"])
def cross_test_accept(request: HttpRequest, key: int) -> HttpResponse:
    """The team accepts, and says who will try it."""
    return _given(request, key, actions.accept, "C’est accepté : l’essai est à préparer.")


@require_http_methods(["POST"])
def cross_test_entrust(request: HttpRequest, key: int) -> HttpResponse:
    """Someone else of the team will try it, before the trial has begun."""
    said = "Le test est confié à une autre personne, qui en est avertie."
    return _given(request, key, actions.entrust, said)


def _given(request: HttpRequest, key: int, do: Callable[..., Any], said: str) -> HttpResponse:
    """Who will try it is chosen, by whoever answers for the team."""
    test, actor = _test(request, key), actor_of(request)
    if not actor.allows(actions.ANSWER, test.place()):
        raise NotAllowed(who_may(actions.ANSWER, test.place()))
    form = AcceptForm(request.POST, people=_people(test))
    if form.is_valid():
        try:
            do(test=test, now=now(), actor=actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, said)
            return redirect("cross_test", key=test.pk)
    return _shown(request, _page(test, actor), form, status=REFUSED)


@dataclass(frozen=True, slots=True)
class Act:
    """An act upon a cross-test that asks why."""

    title: str
    lead: str
    button: str
    done: str
    do: Callable[..., Any]


ACTS = {
    "decliner": Act(
        "Décliner ce test croisé",
        "L’animation du groupe lira pourquoi, et pourra solliciter une autre équipe.",
        "Décliner",
        "C’est décliné ; l’animation du groupe en est avertie.",
        actions.decline,
    ),
    "annuler": Act(
        "Annuler cette demande",
        "L’équipe n’a plus à tester cette production. Un essai déjà commencé reste le sien.",
        "Annuler la demande",
        "La demande est annulée ; l’équipe en est avertie.",
        actions.cancel,
    ),
    "redemander": Act(
        "Demander à nouveau ce test",
        "L’équipe est de nouveau invitée à tester cette production.",
        "Demander à nouveau",
        "Le test est de nouveau demandé ; l’équipe en est avertie.",
        actions.ask_again,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def cross_test_act(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """Declined, cancelled, asked again: each with its reason."""
    asked, test = ACTS.get(act), _test(request, key)
    if asked is None:
        raise Http404
    actor = actor_of(request)
    right, place = _right(act, test)
    if not actor.allows(right, place):
        raise NotAllowed(who_may(right, place))
    form: forms.Form = ReasonForm(request.POST or ({} if request.method == "POST" else None))
    if request.method == "POST" and form.is_valid():
        try:
            asked.do(test=test, now=now(), actor=actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, asked.done)
            return redirect("cross_test", key=test.pk)
    context = {
        "act": asked,
        "test": test,
        "form": form,
        "back": reverse("cross_test", kwargs={"key": test.pk}),
    }
    status = REFUSED if form.errors else 200
    return render(request, "trials/cross_test_act.html", context, status=status)


def _right(act: str, test: CrossTest) -> tuple[str, Any]:
    if act == "decliner":
        return actions.ANSWER, test.place()
    return actions.ASK, test.production.team.place()
