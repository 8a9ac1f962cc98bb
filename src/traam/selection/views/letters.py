"""One letter: read as it would go, retouched, written again from the decision, as a PDF."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of, get_or_404, right_required
from traam.documents.queries import may_be_shown, open_bytes
from traam.kit.clock import now
from traam.kit.files import file_response
from traam.kit.paper import to_pdf
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions, acts
from traam.selection.forms.announcement import LetterForm
from traam.selection.models import Decision, Letter
from traam.selection.papers import letters as papers
from traam.selection.queries.announcement import decisions, letter_of
from traam.selection.queries.decisions import READ
from traam.selection.queries.recipients import Recipient, heirs_of, recipients
from traam.selection.rules import letters as rules
from traam.selection.rules.life import DecisionState
from traam.selection.screens.announcing import Line

PDF = "application/pdf"
REFUSED = 400
ANNOUNCES = "decision.announce"


def _decision(key: int) -> Decision:
    """A decision with all that its letter says; for who announces alone. Raises Http404."""
    known = Decision.objects.select_related("case__campaign").filter(pk=key).first()
    if known is None:
        raise Http404
    return decisions(known.case.campaign).get(pk=key)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(ANNOUNCES)
def letter_edit(request: HttpRequest, key: int) -> HttpResponse:
    """The letter, who receives it, and its words to retouch until it goes."""
    decision = _decision(key)
    facts = _facts(decision)
    letter = letter_of(decision)
    subject, text = papers.words(letter, decision, facts)
    version = letter.version if letter else 0
    initial = {"subject": subject, "text": text, "version": version}
    form = LetterForm(request.POST.dict() or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _edited(request, decision, form):
        messages.success(request, "La lettre est enregistrée. Elle partira avec les autres.")
        return redirect("letter_edit", key=key)
    other = _other(form, _decision(key))
    context = {
        "decision": decision,
        "campaign": decision.case.application.campaign,
        "line": Line(decision, letter, _told(decision)),
        "form": form,
        "other": other,
        "composed": rules.text(facts),
        "closing": rules.closing(facts),
        "shown": text,
        "subject": subject,
        "is_sent": decision.state == DecisionState.ANNOUNCED,
        "now": now(),
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/letter_edit.html", context, status=status)


def _facts(decision: Decision) -> rules.LetterFacts:
    campaign = decision.case.application.campaign
    day = decision.announced_at or now()
    return papers.facts_of(decision, calendar=campaign.calendar, rules=campaign.call_rules, day=day)


def _told(decision: Decision) -> list[Recipient]:
    application = decision.case.application
    return recipients([application], today=acts.day_of(now()))[application.pk]


def _other(form: LetterForm, decision: Decision) -> Letter | None:
    """What someone else wrote while this was typed: the form then counts from there, so that
    saving again is a choice made in the knowledge of both texts."""
    present = letter_of(decision)
    if not form.is_bound or present is None or form.cleaned_data.get("version") == present.version:
        return None
    form.data = {**form.data, "version": str(present.version)}
    return present


def _edited(request: HttpRequest, decision: Decision, form: LetterForm) -> bool:
    try:
        actions.edit_letter(
            decision=decision, **form.cleaned_data, now=now(), actor=actor_of(request)
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.reasons)
        return False
    return True


@require_POST
@right_required(ANNOUNCES)
def letter_reset(request: HttpRequest, key: int) -> HttpResponse:
    """Back to the words that the decision gives."""
    try:
        actions.reset_letter(decision=_decision(key), now=now(), actor=actor_of(request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, "La lettre est réécrite d’après la décision.")
    return redirect("letter_edit", key=key)


@require_safe
def letter_pdf(request: HttpRequest, key: int) -> HttpResponse:
    """The letter that went, for those who may read the decision; before, its draft, for who
    announces."""
    actor = actor_of(request)
    decision = get_or_404(Decision.objects.select_related("letter"), actor, READ, pk=key)
    letter = letter_of(decision)
    if letter is not None and letter.sent_at is not None and letter.file:
        if not may_be_shown(letter.file):
            raise Http404
        with open_bytes(letter.file) as file:
            return file_response(file.read(), media_type=PDF, name=f"decision-{key}.pdf")
    if not actor.may(ANNOUNCES):
        raise Http404
    return _draft(_decision(key))


def _draft(decision: Decision) -> HttpResponse:
    """The letter as it would go now."""
    instant, facts = now(), _facts(decision)
    subject, text = papers.words(letter_of(decision), decision, facts)
    academy = decision.case.application.academy
    made = papers.paper(
        decision,
        subject=subject,
        text=text,
        facts=facts,
        heir=heirs_of([academy])[academy.pk],
        day=instant,
    )
    return file_response(to_pdf(made), media_type=PDF, name=f"decision-{decision.pk}-projet.pdf")
