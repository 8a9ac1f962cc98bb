"""Who takes part in each theme: withdrawals, the reserve and its calls; for the pilot, and the acts
of the digital delegates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of, get_or_404, right_required
from traam.kit.clock import now
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import sheet_response
from traam.selection import actions
from traam.selection.actions.participating import AMEND, ANSWER, CALL, WITHDRAW
from traam.selection.forms.participations import ActForm
from traam.selection.models import Decision, Participation
from traam.selection.queries import participations as queries
from traam.selection.queries.decisions import READ, whole
from traam.selection.views.finding import campaign_of

REFUSED = 400
READ_BY = "Lu par les personnes de la candidature et par le pilotage, sur la page de la décision."


@dataclass(frozen=True, slots=True)
class Act:
    """An act upon a participation, as its page asks it. `reason`: None where none is asked, ""
    where it may be left out. `rights`: one of them is wanted."""

    title: str
    lead: str
    button: str
    done: str
    do: Callable[..., Any]
    rights: tuple[str, ...]
    reason: str | None = "required"
    answers: bool = False  # the pilot says by which channel the academy answered


ACTS: dict[str, Act] = {
    "retirer": Act(
        "Retirer l’académie du thème",
        "Elle n’y participe plus à partir d’aujourd’hui. La page publique le dit. Le pilotage peut "
        "appeler la première académie de la réserve. Le pilotage peut la rétablir ensuite.",
        "Retirer l’académie",
        "L’académie est retirée ; chacun en est averti.",
        actions.withdraw_participation,
        (WITHDRAW,),
    ),
    "retablir": Act(
        "Rétablir l’académie dans le thème",
        "Elle y participe de nouveau, comme au jour où elle fut retenue. La page publique le dit.",
        "Rétablir l’académie",
        "L’académie est rétablie ; chacun en est averti.",
        actions.reinstate,
        (AMEND,),
    ),
    "appeler": Act(
        "Appeler cette académie de la réserve",
        "Une place lui est proposée. Elle l’accepte ou la décline dans le délai de la campagne ; "
        "ensuite, l’appel passe de lui-même.",
        "Appeler l’académie",
        "L’académie est appelée ; elle et ses équipes en sont averties.",
        actions.call_reserve,
        (CALL,),
        reason="",
    ),
    "reprendre": Act(
        "Reprendre l’appel",
        "La place ne lui est plus proposée ; elle garde son rang en réserve.",
        "Reprendre l’appel",
        "L’appel est repris ; l’académie en est avertie.",
        actions.take_back_call,
        (CALL,),
    ),
    "remettre": Act(
        "Remettre cette académie en réserve",
        "Elle reprend son rang, et pourra être appelée à son tour.",
        "Remettre en réserve",
        "L’académie est de nouveau en réserve.",
        actions.put_back,
        (CALL,),
    ),
    "accepter": Act(
        "Accepter la place",
        "L’académie est alors retenue, et paraît sur la page publique du thème.",
        "Accepter la place",
        "La place est acceptée : l’académie est retenue.",
        actions.accept_place,
        (ANSWER, CALL),
        reason=None,
        answers=True,
    ),
    "decliner": Act(
        "Décliner la place",
        "La place pourra être proposée à l’académie suivante. Le pilotage peut remettre l’académie "
        "en réserve ensuite.",
        "Décliner la place",
        "La place est déclinée ; le pilotage en est averti.",
        actions.decline_place,
        (WITHDRAW, CALL),
        answers=True,
    ),
}


@require_safe
@right_required(CALL)
def participations(request: HttpRequest, year: str) -> HttpResponse:
    """By theme: the places, who is in, who is called and until when, who waits, who left."""
    campaign = campaign_of(request, year)
    rows = queries.of_campaign(campaign)
    if answer := sheet_response(request, queries.sheet(rows), f"participations-{campaign.year}"):
        return answer
    themes = queries.by_theme(campaign)
    context = {
        "campaign": campaign,
        "themes": [one for one in themes if one.parts],
        "empty": [one for one in themes if not one.parts],
        "count": sum(len(one.parts) for one in themes),
        "now": now(),
    }
    return render(request, "selection/participation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participation_act(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """One act, after a page that says what it will do."""
    asked, part = ACTS.get(act), _part(request, key)
    if asked is None:
        raise Http404
    actor = actor_of(request)
    _need_any(asked, part, actor)
    form = _form(asked, part, actor, request.POST or ({} if request.method == "POST" else None))
    if request.method == "POST" and form.is_valid():
        try:
            asked.do(participation=part, now=now(), actor=actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, asked.done)
            return redirect(_back(part, actor))
    context = {
        "act": asked,
        "form": form,
        "part": part,
        "decision": part.decision,
        "campaign": part.decision.case.campaign,
        "back": _back(part, actor),
        "is_pilot": actor.allows(CALL),
        "now": now(),
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/participation_act.html", context, status=status)


def _part(request: HttpRequest, key: int) -> Participation:
    """A participation whose decision the reader may read. Raises Http404."""
    decision = get_or_404(whole(Decision.objects.all()), actor_of(request), READ, participation=key)
    part: Participation = decision.participation
    part.decision = decision
    return part


def _need_any(act: Act, part: Participation, actor: Actor) -> None:
    """Raises `NotAllowed`, which says who may."""
    place = part.decision.place() if AMEND in act.rights else part.place()
    if not any(actor.allows(right, place) for right in act.rights):
        raise NotAllowed(who_may(act.rights[0], place))


def _form(act: Act, part: Participation, actor: Actor, data: Any) -> ActForm:
    is_pilot = actor.allows(CALL, part.place())
    hint = READ_BY
    if act.do is actions.call_reserve:
        hint = f"Seulement si ce n’est pas son tour, ou si le thème est complet. {READ_BY}"
    return ActForm(data, reason=act.reason, asks_channel=act.answers and is_pilot, hint=hint)


def _back(part: Participation, actor: Actor) -> str:
    if actor.allows(CALL):
        year = part.decision.case.campaign.year
        return f"{reverse('participations', kwargs={'year': year})}#theme-{part.theme_id}"
    return reverse("decision", kwargs={"key": part.decision_id})
