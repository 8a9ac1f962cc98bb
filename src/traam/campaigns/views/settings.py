"""The calendar and the rules of a campaign, as forms that keep what was typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, right_required
from traam.campaigns import actions, rule_forms
from traam.campaigns.forms import CalendarForm
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.hours import elsewhere
from traam.campaigns.rules.life import CALL_OPENED_ON, CampaignState
from traam.campaigns.views.doors import PREPARES, REFUSED, campaign_of, reader
from traam.kit.clock import PARIS, now
from traam.kit.forms import READ
from traam.kit.refusals import NotAllowed, Refusal, Unread


@right_required(PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, year: str) -> HttpResponse:
    """The instants of the year; each shown at the hour of every territory once it is set."""
    actor, campaign = actor_of(request), campaign_of(request, year, PREPARES)
    present = campaign.calendar
    initial = {
        each.value: timezone.localtime(at, PARIS)
        for each in Milestone
        if (at := present.at(each)) is not None
    }
    is_open = campaign.state == CampaignState.CALL_OPEN
    form = CalendarForm(request.POST or None, initial=initial, is_open=is_open)
    warnings: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_calendar(
                campaign=campaign,
                dates=form.dates(),
                now=now(),
                actor=actor,
                reason=form.cleaned_data.get("reason", ""),
                known=request.POST.getlist(READ),
            )
        except NotAllowed:
            raise
        except Unread as unread:
            warnings = unread.reasons
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Le calendrier est enregistré.")
            return redirect("prepared_campaign", year=year)
    shown = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else initial
    rows = [
        (form[each.value], elsewhere(at) if (at := shown.get(each.value)) else [])
        for each in Milestone
    ]
    context = {"form": form, "rows": rows, "campaign": campaign, "warnings": warnings}
    context |= reader(actor)
    status = REFUSED if form.errors or warnings else 200
    return render(request, "campaigns/campaign_calendar.html", context, status=status)


@right_required(PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, year: str) -> HttpResponse:
    """Numbers, grid, weights, commitments; rows are added and taken away without a script."""
    campaign = campaign_of(request, year, PREPARES)
    present = campaign.call_rules
    if request.method != "POST":
        forms = _Forms(None, initial=rule_forms.initial_of(present), present=present)
        return _rules_page(request, campaign, forms, 200)
    data = request.POST
    for prefix in ("criteres", "engagements"):
        if f"ajouter-{prefix}" in data:
            more = _Forms(rule_forms.one_more(data, prefix))
            return _rules_page(request, campaign, more, 200, is_quiet=True)
    forms = _Forms(data)
    if not forms.are_valid():
        return _rules_page(request, campaign, forms, REFUSED)
    typed = rule_forms.rules_typed(forms.main, forms.criteria, forms.commitments)
    try:
        actions.set_rules(campaign=campaign, rules=typed, now=now(), actor=actor_of(request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        rule_forms.tell_refusal(forms.main, refusal, typed)
        return _rules_page(request, campaign, forms, REFUSED)
    messages.success(request, "Les règles sont enregistrées.")
    return redirect("prepared_campaign", year=year)


class _Forms:
    """The form of the rules and its two lists of rows, together."""

    def __init__(self, data: Any, *, initial: Any = None, present: Any = None) -> None:
        criteria = [vars_of(one) for one in present.grid.criteria] if present else None
        commitments = [vars_of(one) for one in present.commitments] if present else None
        self.main = rule_forms.RulesForm(data, initial=initial)
        self.criteria = rule_forms.CriterionRows(data, prefix="criteres", initial=criteria)
        self.commitments = rule_forms.CommitmentRows(
            data, prefix="engagements", initial=commitments
        )

    def are_valid(self) -> bool:
        """Each is looked at, and the faults of rows are told on top too."""
        parts = (self.main.is_valid(), self.criteria.is_valid(), self.commitments.is_valid())
        rule_forms.tell_rows(self.main, self.criteria, "Critère")
        rule_forms.tell_rows(self.main, self.commitments, "Engagement")
        return all(parts)


def vars_of(one: Any) -> dict[str, Any]:
    """The fields of a frozen row, by name."""
    return {name: getattr(one, name) for name in one.__slots__}


def _rules_page(
    request: HttpRequest, campaign: Campaign, forms: _Forms, status: int, *, is_quiet: bool = False
) -> HttpResponse:
    context = {
        "campaign": campaign,
        "form": forms.main,
        "criteria": forms.criteria,
        "commitments": forms.commitments,
        "is_quiet": is_quiet,
        "is_open": campaign.state in CALL_OPENED_ON,
    }
    context |= reader(actor_of(request))
    return render(request, "campaigns/campaign_rules.html", context, status=status)
