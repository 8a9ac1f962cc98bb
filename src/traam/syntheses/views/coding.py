"""« Code and find »: observations on the left, findings on the right, counts recomputed at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of
from traam.groups.models import NationalGroup
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.reference.queries import vocabulary
from traam.syntheses import actions
from traam.syntheses.actions.coding import NOT_THERE
from traam.syntheses.actions.findings import WRITE
from traam.syntheses.forms.findings import FilterForm, FindingForm
from traam.syntheses.models import Evidence, Finding
from traam.syntheses.queries import coding as queries
from traam.syntheses.queries.public import label_of
from traam.syntheses.rules.life import FindingKind, Support
from traam.syntheses.views.looking import group_of
from traam.trials.models import Trial


@require_safe
def coding(request: HttpRequest, code: str) -> HttpResponse:
    """Both lists; narrowed by the filters of the address."""
    return render(
        request, "syntheses/coding.html", _context(request, group_of(request, code), request.GET)
    )


def _context(request: HttpRequest, group: NationalGroup, query: QueryDict) -> dict[str, Any]:
    """What both lists show; `query`: of the page's address."""
    academies, levels = queries.facets(group)
    words = vocabulary()
    named = [(one, label_of("levels", one, words)) for one in levels]
    form = FilterForm(query, academies=academies, levels=named)
    typed = form.cleaned_data if form.is_valid() else {}
    filters = queries.Filters(
        words=typed.get("mots", ""),
        academy=typed.get("academie", ""),
        level=typed.get("niveau", ""),
        outcome=typed.get("issue", ""),
        unused=typed.get("libres", False),
    )
    actor, found = actor_of(request), queries.findings(group)
    place = group.place()
    chosen = query.get("constat", "")
    return {
        "group": group,
        "filter": form,
        "page": queries.observations(group, filters, page=query.get("page")),
        "page_href": lambda number: _page_of(group, query, number),
        "findings": found,
        "chosen": next((one for one in found if one.finding.code == chosen), None),
        "supports": Support,
        "may_code": actor.allows(WRITE, place),
        "who": who_may(WRITE, place),
        "new": FindingForm(),
        "query": query.urlencode(),
        "level": lambda code: label_of("levels", code, words),
    }


def _page_of(group: NationalGroup, query: QueryDict, number: int) -> str:
    """Another page of observations, under the same filters."""
    changed = query.copy()
    changed["page"] = str(number)
    return f"{reverse('coding', kwargs={'code': group.code})}?{changed.urlencode()}"


@require_POST
def coding_act(request: HttpRequest, code: str) -> HttpResponse:
    """Link an observation to a finding, take it away, say that a trial sought it; the findings are
    drawn again for the script, the whole page for who has none."""
    group, reasons = group_of(request, code), []
    try:
        _act(request, group, actor_of(request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        reasons = refusal.reasons
    if request.headers.get("HX-Request") == "true":
        context = _context(request, group, _query(request)) | {"reasons": reasons}
        return render(request, "syntheses/_coding.html", context)
    for one in reasons:
        messages.error(request, one)
    query = request.POST.get("retour", "")
    address = reverse("coding", kwargs={"code": group.code})
    return redirect(f"{address}?{query}" if query else address)


def _query(request: HttpRequest) -> QueryDict:
    """The query of the page that the buttons are on: the same observations are shown again."""
    return QueryDict(request.POST.get("retour", ""))


def _act(request: HttpRequest, group: NationalGroup, actor: Actor) -> None:
    who: dict[str, Any] = {"now": now(), "actor": actor}
    if request.POST.get("texte"):
        typed = FindingForm({"kind": request.POST.get("kind"), "text": request.POST["texte"]})
        if not typed.is_valid():
            raise Refusal("Ce constat n’est pas lisible : une sorte, une phrase.")
        kind = FindingKind(typed.cleaned_data["kind"])
        text = typed.cleaned_data["text"]
        actions.write_finding(group=group, kind=kind, text=text, **who)
        return
    finding = Finding.objects.filter(group=group, code=request.POST.get("constat", "")).first()
    if finding is None:
        raise Refusal("Choisissez d’abord un constat, à droite.")
    if trial := request.POST.get("essai", ""):
        rows = Trial.objects.filter(pk=number_in(trial))
        actions.seek(finding=finding, trials=rows, **who)
        return
    _code(request, finding, group, who)


def _code(
    request: HttpRequest, finding: Finding, group: NationalGroup, who: dict[str, Any]
) -> None:
    """One of three effects, or none any more."""
    key, effect = request.POST.get("observation", ""), request.POST.get("effet", "")
    observation = queries.observations_of(group).filter(pk=number_in(key)).first()
    if observation is None:
        raise Refusal(NOT_THERE)
    if effect in {one.value for one in Support}:
        actions.code(finding=finding, observation=observation, support=Support(effect), **who)
        return
    rows = Evidence.objects.filter(finding=finding, observation_key=observation.key)
    present = rows.select_related("finding").first()
    if present is not None:
        actions.uncode(evidence=present, **who)
