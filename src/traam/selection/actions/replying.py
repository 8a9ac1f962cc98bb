"""An academy answers its decision within its delay; the pilot answers it."""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.kit.text import instant
from traam.selection import acts, announced, steps
from traam.selection.models import Decision, Reply
from traam.selection.queries.decisions import replies_until
from traam.selection.rules.life import DecisionState

REPLY_MAX = 10_000  # characters
REPLY = "decision.reply"
ANSWER = "decision.answer_reply"
NO_RIGHT = "Cette campagne n’ouvre pas de droit de réponse."


@transaction.atomic
def reply(*, decision: Decision, text: str, now: datetime, actor: Actor | None) -> Reply:
    """What the academy has to say about its decision, in time. The same text twice is one.

    Raises `NotAllowed`, or `Refusal` after the delay, on a blank text or one too long.
    """
    held = steps.held_decision(decision)
    behalf = acts.allowed(actor, REPLY, held.place())
    person = acts.need_actor(actor)
    until = replies_until(held)
    if held.state != DecisionState.ANNOUNCED or until is None:
        raise Refusal(NO_RIGHT)
    if now > until:
        raise Refusal(f"Le délai pour répondre est passé : il finissait le {instant(until)}.")
    words = _words(text, "Vos observations")
    same = Reply.objects.filter(decision=held, text=words, replied_by=person, answered_at=None)
    if (present := same.first()) is not None:
        return present
    made = Reply.objects.create(decision=held, text=words, replied_at=now, replied_by_id=person)
    after = {"reply": made.pk}
    steps.note("decision.reply", held, actor=actor, behalf=behalf, now=now, after=after)
    announced.replied(made, now=now)
    return made


@transaction.atomic
def answer_reply(*, reply: Reply, text: str, now: datetime, actor: Actor | None) -> Reply:
    """What is answered to an academy; once given, it is completed by another act, never changed.

    Twice the same is once. Raises `NotAllowed`, or `Refusal` when another answer was given.
    """
    decision = steps.held_decision(reply.decision)
    behalf = acts.allowed(actor, ANSWER, decision.place())
    held = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    words = _words(text, "La réponse")
    if held.answered_at is not None:
        if held.answer == words:
            return held
        raise Refusal("Une réponse a déjà été faite à ces observations.")
    held.answer, held.answered_at, held.answered_by_id = words, now, acts.need_actor(actor)
    held.save(update_fields=["answer", "answered_at", "answered_by"])
    held.decision = decision
    after = {"reply": held.pk}
    steps.note("decision.answer_reply", decision, actor=actor, behalf=behalf, now=now, after=after)
    announced.answered(held, now=now)
    return held


def _words(text: str, what: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refusal(f"{what} : le texte manque.")
    if len(words) > REPLY_MAX:
        raise Refusal(f"{what} ({len(words)} caractères) : le texte doit tenir en {REPLY_MAX}.")
    return words
