"""The agreement of a school is asked from a partner of the team, answered, taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.journal.rules import Scalar
from traam.kit.clock import day_of
from traam.kit.contacts import contact_faults
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.people.models import User
from traam.trials import acts, telling
from traam.trials.models import Agreement, Trial
from traam.trials.queries.agreements import AGREE, partners_of, whole
from traam.trials.rules.life import OPEN, AgreementState, TrialState

WRITE = "trial.write"
S = AgreementState
ENDED = "Cet essai est {} : un accord ne s’y demande plus, ni ne change."
NOT_A_PARTNER = (
    "{} n’est pas partenaire de l’équipe de cet essai aujourd’hui : choisissez dans la liste, ou "
    "faites inviter cette personne par le ou la référent·e."
)


@transaction.atomic
def ask_agreement(*, trial: Trial, partner: User, now: datetime, actor: Actor | None) -> Agreement:
    """Ask a partner of the team whether the trial may be done in the school, or ask again once
    refused or taken back. Asked twice is once. Raises `NotAllowed` or `Refusal`."""
    held = acts.held(trial)
    behalf = allowed(actor, WRITE, held.place())
    _need_open(held)
    if not partners_of(held.team, day_of(now)).filter(pk=partner.pk).exists():
        raise Refusal(NOT_A_PARTNER.format(partner.name))
    found = Agreement.objects.filter(trial=held, partner=partner).first()
    if found is not None and found.state in (S.ASKED, S.GIVEN):
        return found
    asked: dict[str, Any] = {"asked_at": now, "asked_by_id": person_of(actor)}
    if found is None:
        before: dict[str, Scalar] = {}
        found = Agreement.objects.create(trial=held, partner=partner, state_at=now, **asked)
    else:
        before = acts.move(found, "ask_again", now=now, reason="", **asked)
    _note("agreement.ask", found, held, actor=actor, behalf=behalf, now=now, before=before)
    telling.agreement_asked(found, held, now=now)
    return found


@transaction.atomic
def answer_agreement(
    *,
    agreement: Agreement,
    accepts: bool,
    now: datetime,
    actor: Actor | None,
    reason: str = "",
) -> Agreement:
    """The person asked accepts, or refuses and says why; until the trial ends, they may change
    their mind. The same answer twice is once. Raises `NotAllowed`, `Refusal` or `MoveRefused`."""
    held, found = _held(agreement)
    behalf = allowed(actor, AGREE, found.place())
    _need_open(held)
    words = "" if accepts else need_reason(reason)
    if faults := contact_faults({"Motif": words}):
        raise Refusal(*faults)
    name, wanted = ("give", S.GIVEN) if accepts else ("refuse", S.REFUSED)
    if (found.state, found.reason) == (wanted, words):
        return found
    before = acts.move(found, name, now=now, reason=words)
    if words:
        acts.explain(held, kind="agreement.answer", reason=words, actor=actor, now=now)
    _note("agreement.answer", found, held, actor=actor, behalf=behalf, now=now, before=before)
    telling.agreement_answered(found, held, now=now)
    return found


@transaction.atomic
def take_back_agreement(*, agreement: Agreement, now: datetime, actor: Actor | None) -> Agreement:
    """The request awaits no answer any more; it may be asked again. Twice is once."""
    held, found = _held(agreement)
    behalf = allowed(actor, WRITE, held.place())
    if found.state == S.TAKEN_BACK:
        return found
    before = acts.move(found, "take_back", now=now, reason="")
    verb = "agreement.take_back"
    _note(verb, found, held, actor=actor, behalf=behalf, now=now, before=before)
    telling.agreement_taken_back(found, held, now=now)
    return found


def _held(agreement: Agreement) -> tuple[Trial, Agreement]:
    """The trial, then the agreement, as they now are, kept: in the order of every other act."""
    held = acts.held(agreement.trial)
    rows = whole(Agreement.objects.select_for_update(of=("self",)))
    found = rows.get(pk=agreement.pk)
    found.trial = held
    return held, found


def _need_open(held: Trial) -> None:
    """Raises `Refusal` once the trial is over, whoever acts."""
    if TrialState(held.state) not in OPEN:
        raise Refusal(ENDED.format(TrialState(held.state).label))


def _note(
    verb: str,
    found: Agreement,
    held: Trial,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None,
    before: Mapping[str, Scalar],
) -> None:
    said: dict[str, Scalar] = {"agreement": found.pk, "state": str(found.state)}
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=said)
