"""A trial is evaluated and closed, or abandoned; and reopened. Each act tells those concerned."""

from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.groups.actions import met_by_data
from traam.kit.machines import MoveRefused
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.reference.queries import vocabulary
from traam.trials import acts, telling
from traam.trials.actions.cross_testing import follow
from traam.trials.actions.trials import refuse_contacts
from traam.trials.models import Trial, TrialTerm
from traam.trials.queries.reading import done_in, evaluation_of
from traam.trials.rules import closing as rules
from traam.trials.rules.closing import Evaluation
from traam.trials.rules.life import TRIAL_LIFE, TrialState

CLOSE, ABANDON, REOPEN, WRITE = "trial.close", "trial.abandon", "trial.reopen", "trial.write"
_FIELDS = (
    *("conclusion", "gains_pupils", "gains_teaching", "obstacles", "levers", "adaptations"),
    *("level", "school_type", "school", "is_priority", "equipment", "pupils"),
)


@transaction.atomic
def evaluate(
    *, trial: Trial, evaluation: Evaluation, version: int, now: datetime, actor: Actor | None
) -> Trial:
    """Keep what is said of the trial so far, without closing it."""
    held = acts.held(trial)
    behalf = allowed(actor, WRITE, held.place())
    acts.need_version(held, version)
    _write(held, evaluation)
    acts.note("trial.evaluate", held, actor=actor, behalf=behalf, now=now)
    return held


def _write(held: Trial, evaluation: Evaluation) -> None:
    if found := [*rules.faults(evaluation), *_code_faults(evaluation)]:
        raise Refusal(*found)
    for name in _FIELDS:
        value = getattr(evaluation, name)
        setattr(held, name, value.strip() if isinstance(value, str) else value)
    held.verdict = evaluation.verdict.value if evaluation.verdict else ""
    held.transferable = evaluation.transferable.value if evaluation.transferable else ""
    held.version += 1
    held.save(update_fields=[*_FIELDS, "verdict", "transferable", "version"])
    _write_terms(held, evaluation)


def _code_faults(evaluation: Evaluation) -> list[str]:
    words, found = vocabulary(), []
    for scheme, code, label in (
        ("levels", evaluation.level, "Niveau"),
        ("school-types", evaluation.school_type, "Type d’établissement"),
    ):
        if code and words.term(scheme=scheme, code=code) is None:
            found.append(f"{label} « {code[:60]} » : choisissez dans la liste.")
    return found


def _write_terms(held: Trial, evaluation: Evaluation) -> None:
    words = vocabulary()
    wanted = {}
    for each in evaluation.competences:
        scheme, _, code = each.partition(":")
        if (term := words.term(scheme=scheme, code=code)) is None:
            raise Refusal(f"Compétence « {each[:60]} » : choisissez dans la liste.")
        wanted[scheme, code] = term.label
    TrialTerm.objects.filter(trial=held).delete()
    TrialTerm.objects.bulk_create(
        TrialTerm(trial=held, scheme=scheme, code=code, label=label)
        for (scheme, code), label in wanted.items()
    )


@transaction.atomic
def close(
    *,
    trial: Trial,
    now: datetime,
    actor: Actor | None,
    evaluation: Evaluation | None = None,
    version: int | None = None,
) -> Trial:
    """The trial is over and says what it shows: the group reads it from now on. Twice is once.

    `evaluation`: what is typed with the act, else what was kept. Raises `NotAllowed`, or `Refusal`
    with all that is missing.
    """
    held = acts.held(trial)
    if held.state == TrialState.CLOSED:
        return held
    behalf = allowed(actor, CLOSE, held.place())
    if version is not None:
        acts.need_version(held, version)
    if evaluation is not None:
        _write(held, evaluation)
    lacks = rules.missing(evaluation_of(held), done_in(held))
    if held.state != TrialState.AT_WORK and not lacks:
        TRIAL_LIFE.after(TrialState(held.state), "close")  # says why not
    if lacks:
        raise Refusal(*lacks)
    before = acts.move(held, "close", now=now, closed_at=now)
    after = {"state": str(held.state), "verdict": held.verdict}
    acts.note("trial.close", held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    telling.closed(held, actor=actor, now=now)
    met_by_data(key="tested", team=held.team, now=now)
    follow(trial=held, now=now, actor=actor)
    return held


@transaction.atomic
def abandon(*, trial: Trial, reason: str, now: datetime, actor: Actor | None) -> Trial:
    """It will not be finished: it stays visible, and counted, with its reason. Twice is once."""
    held = acts.held(trial)
    if held.state == TrialState.ABANDONED:
        return held
    behalf = allowed(actor, ABANDON, held.place())
    words = need_reason(reason)
    refuse_contacts({"Motif": words})
    before = acts.move(held, "abandon", now=now, reason=words)
    verb = "trial.abandon"
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    telling.abandoned(held, actor=actor, now=now)
    follow(trial=held, now=now, actor=actor)
    return held


@transaction.atomic
def reopen(*, trial: Trial, reason: str, now: datetime, actor: Actor | None) -> Trial:
    """Closed or abandoned, it is at work again, or to be prepared if it had not begun."""
    held = acts.held(trial)
    if held.state in (TrialState.PLANNED, TrialState.AT_WORK):
        raise MoveRefused(
            [f"Cet essai n’est pas fini : il est « {TrialState(held.state).label} »."]
        )
    behalf = allowed(actor, REOPEN, held.place())
    reopened(held, reason=reason, now=now, actor=actor, behalf=behalf)
    return held


def reopened(
    held: Trial, *, reason: str, now: datetime, actor: Actor | None, behalf: int | None
) -> None:
    """Move it back to work, with its reason; for whoever holds it."""
    words = need_reason(reason)
    refuse_contacts({"Motif": words})
    step = "reopen" if held.protocol_at is not None else "restart"
    before = acts.move(held, step, now=now, reason="", closed_at=None)
    verb, after = "trial.reopen", {"state": str(held.state)}
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    telling.reopened(held, actor=actor, now=now)
    follow(trial=held, now=now, actor=actor)
