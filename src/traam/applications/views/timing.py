"""More time for an academy, given by the pilot and taken back."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, right_required
from traam.applications.actions.timing import end_extension, extend
from traam.applications.forms.acts import ExtensionForm, ReasonForm
from traam.applications.models import Application, Extension
from traam.applications.queries.calls import day_of, deadline_for
from traam.applications.rules.life import ApplicationState
from traam.applications.screens import doors
from traam.campaigns.models import Campaign
from traam.campaigns.rules.hours import hour_in, zone_of
from traam.kit.clock import PARIS, now
from traam.kit.forms import READ
from traam.kit.refusals import Refusal, Unread
from traam.kit.text import of
from traam.reference.models import Academy, valid_on

RIGHT = "application.extend"
SHOWN_MAX = 200
MAY_REOPEN = (ApplicationState.LAPSED, ApplicationState.DEPOSITED, ApplicationState.WITHDRAWN)


@right_required(RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def extensions(request: HttpRequest) -> HttpResponse:
    """Those given, and the form to give one."""
    instant = now()
    form = _form(request, instant)
    warnings: list[str] = []
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        academy = Academy.objects.get(code=typed["academy"])
        try:
            extend(
                campaign=Campaign.objects.get(year=typed["campaign"]),
                academy=academy,
                until=typed["until"],
                reason=typed["reason"],
                now=instant,
                actor=actor_of(request),
                known=request.POST.getlist(READ),
            )
        except Unread as unread:
            warnings = unread.reasons
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"{academy.name} a plus de temps ; ses auteurs le savent.")
            return redirect("extensions")
    context = {
        "form": form,
        "warnings": warnings,
        "given": _given(instant),
        "now": instant,
        "has_call": doors.calls(),
    }
    status = 400 if form.errors or warnings else 200
    return render(request, "applications/extensions_list.html", context, status=status)


def _form(request: HttpRequest, instant: datetime) -> ExtensionForm:
    academies = Academy.objects.filter(valid_on(day_of(instant))).order_by("name", "pk")
    return ExtensionForm(
        request.POST or None,
        campaigns=[(one.year, one.label) for one in doors.calls()],
        academies=list(academies.values_list("code", "name")),
    )


Given = tuple[Extension, str, bool, list[Application]]


def _given(instant: datetime) -> list[Given]:
    """Each extension, its end in the hour of the academy ("" in Paris's), whether it still runs,
    and what of its academy could be reopened meanwhile."""
    rows = Extension.objects.select_related("campaign", "academy", "given_by")
    shown = list(rows.order_by("is_over", "-until", "-pk")[:SHOWN_MAX])
    over: dict[int, list[Application]] = {}
    closed = Application.objects.filter(extension__in=shown, state__in=MAY_REOPEN)
    # Its theme names it: the title is not for the pilot to read while the call is open.
    for each in closed.select_related("theme").order_by("pk"):
        over.setdefault(each.extension_id or 0, []).append(each)
    return [
        (one, _local(one), not one.is_over and one.until > instant, over.get(one.pk, []))
        for one in shown
    ]


def _local(one: Extension) -> str:
    code = one.academy.code
    return hour_in(one.until, code) if zone_of(code) != PARIS else ""


@right_required(RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def extension_end(request: HttpRequest, key: int) -> HttpResponse:
    """Take the time back now, and say why."""
    found = get_object_or_404(Extension.objects.select_related("campaign", "academy"), pk=key)
    instant = now()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            end_extension(extension=found, reason=reason, now=instant, actor=actor_of(request))
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"La prolongation {of(found.academy.name)} est finie.")
            return redirect("extensions")
    status = 400 if form.errors else 200
    limit = deadline_for(found.campaign, extension=None)
    context = {
        "form": form,
        "extension": found,
        "closes_at": limit.closes_at if limit.is_open(instant) else None,
    }
    return render(request, "applications/extension_end.html", context, status=status)
