"""The pages of an agreement: asked and taken back by the team, answered by the person asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traam.access.sentences import who_may
from traam.access.web import actor_of, get_or_404
from traam.kit.clock import day_of, now
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed
from traam.trials import actions
from traam.trials.forms.agreements import NO, YES, AnswerForm, AskAgreementForm
from traam.trials.models import Agreement
from traam.trials.queries import agreements as queries
from traam.trials.rules.life import AgreementState
from traam.trials.screens.agreement import AgreementPage
from traam.trials.screens.trial import TrialPage
from traam.trials.views.finding import REFUSED, done, shut, trial_of

ASKED = "L’accord est demandé ; la personne en est avertie."
ALREADY = "Cette personne a déjà donné son accord : rien ne lui est demandé à nouveau."
ANSWERS = {AgreementState.GIVEN: YES, AgreementState.REFUSED: NO}


@require_http_methods(["GET", "HEAD", "POST"])
def trial_agreement(request: HttpRequest, code: str) -> HttpResponse:
    """A partner of the team is asked for the agreement of the school."""
    page = TrialPage(trial_of(request, code), actor_of(request), now())
    if not page.is_open and (stop := shut(request, page)) is not None:
        return stop
    if not page.may("trial.write"):
        raise NotAllowed(who_may("trial.write", page.place))
    partners = queries.partners_of(page.trial.team, day_of(page.now))
    form = AskAgreementForm(request.POST if request.method == "POST" else None, partners=partners)
    if form.is_valid():
        made = done(
            form,
            actions.ask_agreement,
            trial=page.trial,
            partner=form.cleaned_data["partenaire"],
            now=page.now,
            actor=page.actor,
        )
        if made:
            is_given = made.state == AgreementState.GIVEN
            messages.success(request, ALREADY if is_given else ASKED)
            return redirect("trial", code=code)
    context = {"page": page, "trial": page.trial, "form": form, "has_partners": bool(partners)}
    status = REFUSED if form.errors else 200
    return render(request, "trials/agreement_ask.html", context, status=status)


@require_POST
def trial_agreement_take_back(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """A request that awaits its answer is taken back."""
    trial = trial_of(request, code)
    found = get_object_or_404(Agreement.objects.select_related("trial"), trial=trial, pk=key)
    try:
        actions.take_back_agreement(agreement=found, now=now(), actor=actor_of(request))
    except MoveRefused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "La demande est reprise ; la personne en est avertie.")
    return redirect("trial", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, key: int) -> HttpResponse:
    """What the person asked needs to know, and their answer; 404 to anyone else."""
    actor, rows = actor_of(request), queries.whole(Agreement.objects.all())
    page = AgreementPage(get_or_404(rows, actor, queries.READ, pk=key), actor, now())
    known = {"reponse": ANSWERS.get(page.line.state, ""), "motif": page.agreement.reason}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        accepts = form.cleaned_data["reponse"] == YES
        if done(
            form,
            actions.answer_agreement,
            agreement=page.agreement,
            accepts=accepts,
            reason=form.cleaned_data["motif"],
            now=page.now,
            actor=actor,
        ):
            said = "Votre accord est donné" if accepts else "Votre refus est enregistré"
            messages.success(request, f"{said} ; l’équipe en est avertie.")
            return redirect("agreement", key=key)
    context = {"page": page, "trial": page.trial, "form": form, "now": page.now}
    status = REFUSED if form.errors else 200
    return render(request, "trials/agreement_show.html", context, status=status)
