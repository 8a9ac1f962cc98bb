"""How the acts on trials and observations are locked, moved, written down. The doors: `actions`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.compiled import Compiled
from traam.kit.machines import Machine
from traam.kit.refusals import Refusal
from traam.trials.models import Agreement, CrossTest, Observation, Trial, TrialEvent
from traam.trials.queries.reading import whole, whole_observations
from traam.trials.rules.life import (
    AGREEMENT_LIFE,
    CROSS_TEST_LIFE,
    TRIAL_LIFE,
    AgreementState,
    CrossTestState,
    TrialState,
)

CHANGED = (
    "Cet essai a changé entre-temps (enregistrement {}, vous étiez au {}) : voyez ce qui est "
    "enregistré, puis reprenez votre modification."
)
_LIVES: dict[type, tuple[Machine[Any], type[Any]]] = {
    Trial: (TRIAL_LIFE, TrialState),
    CrossTest: (CROSS_TEST_LIFE, CrossTestState),
    Agreement: (AGREEMENT_LIFE, AgreementState),
}


_HELD = Compiled(
    lambda key: whole(Trial.objects.select_for_update(of=("self",))).filter(pk=key), int
)


def held(trial: Trial) -> Trial:
    """The trial as it is now, with what judges it, kept from other acts until the end of the
    transaction."""
    return _HELD.get(trial.pk)


def held_observation(observation: Observation) -> Observation:
    """The observation as it is now, kept, after its trial: in the order of every other act."""
    trial = held(observation.trial)
    rows = Observation.objects.select_for_update(of=("self",))
    found: Observation = whole_observations(rows).get(pk=observation.pk)
    found.trial = trial
    return found


def need_version(trial: Trial, version: int) -> None:
    """Raises `Refusal` when someone else has saved it since."""
    if trial.version != version:
        raise Refusal(CHANGED.format(trial.version, version))


def move(
    thing: Trial | CrossTest | Agreement, name: str, *, now: datetime, **changes: object
) -> dict[str, Scalar]:
    """Move it in its own life, with these other changes; the state before. Raises `MoveRefused`."""
    life, state = _LIVES[type(thing)]
    before = thing.state
    thing.state = life.after(state(before), name)
    thing.state_at = now
    for field, value in changes.items():
        setattr(thing, field, value)
    thing.save(update_fields=["state", "state_at", *changes])
    return {"state": str(before)}


def note(
    verb: str,
    trial: Trial,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about a trial."""
    acting.note(
        verb,
        f"trial:{trial.code}",
        actor=actor,
        now=now,
        behalf=behalf,
        before=before,
        after=after,
    )


def note_observation(
    verb: str,
    observation: Observation,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about an observation."""
    acting.note(
        verb,
        f"observation:{observation.key}",
        actor=actor,
        now=now,
        behalf=behalf,
        before=before,
        after={"trial": observation.trial.code, **(after or {})},
    )


def explain(
    trial: Trial, *, kind: str, reason: str, actor: Actor | None, now: datetime
) -> TrialEvent:
    """Keep why: the journal may not."""
    return TrialEvent.objects.create(
        trial=trial, kind=kind, reason=reason, at=now, by_id=person_of(actor)
    )
