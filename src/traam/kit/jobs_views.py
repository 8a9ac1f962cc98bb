"""The page of background jobs: what awaits, what runs, what failed and may be run again."""

import uuid

from django import forms
from django.contrib import messages as flash
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from traam.kit import jobs
from traam.kit.clock import now
from traam.kit.layout import find, with_query
from traam.kit.lists import keeps_views, well_chosen
from traam.kit.pages import WidePages

PER_PAGE = 50
STATES = {
    "READY": "en attente",
    "RUNNING": "en cours",
    "FAILED": "en échec",
    "SUCCESSFUL": "réussie",
}
_OF_SEVERAL = {"SUCCESSFUL": "réussies"}


class JobsFilter(forms.Form):
    """A state, or all."""

    etat = forms.ChoiceField(label="État", required=False, choices=[("", "tous"), *STATES.items()])


@require_safe
@keeps_views("Tâches de fond")
def jobs_list(request: HttpRequest) -> HttpResponse:
    form = JobsFilter(request.GET)
    state = well_chosen(form).get("etat", "")
    rows = DBTaskResult.objects.order_by("-enqueued_at", "pk")
    pages = WidePages(rows.filter(status=state) if state else rows, PER_PAGE)
    counted = DBTaskResult.objects.order_by().values_list("status").annotate(count=Count("pk"))
    found = dict(counted)
    context = {
        "preparation": find("preparation"),
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "page_href": lambda number: with_query(request, page=number),
        "states": STATES,
        "is_filtered": bool(state),
        "label_of": jobs.label_of,
        "counts": [
            (name, _counted(name, found.get(name, 0)), found.get(name, 0)) for name in STATES
        ],
    }
    return render(request, "kit/jobs_list.html", context)


def _counted(name: str, count: int) -> str:
    """The words of this state beside a number of tasks, in agreement with it."""
    return _OF_SEVERAL.get(name, STATES[name]) if count > 1 else STATES[name]


@require_POST
def relaunch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    if jobs.relaunch(key=key, now=now()):
        flash.success(request, "La tâche est remise en attente.")
    else:
        flash.error(request, "Cette tâche n’est plus en échec, ou n’existe plus.")
    return redirect("jobs")
