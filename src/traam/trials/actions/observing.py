"""An observation is noted, once whatever is sent; kept when its trial cannot take it; put right."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, key_of, person_of
from traam.access.actor import Actor
from traam.kit.clock import day_of
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.trials import acts, telling
from traam.trials.actions.closing import reopened
from traam.trials.actions.trials import add_session, refuse_contacts, start
from traam.trials.models import (
    Indicator,
    Observation,
    ObservationVersion,
    Session,
    Sight,
    Trial,
)
from traam.trials.queries.reading import protocol_of, window
from traam.trials.rules import observing as rules
from traam.trials.rules import protocol as protocol_rules
from traam.trials.rules.life import OPEN, Outcome, TrialState
from traam.trials.rules.observing import Noted

NOTE, CORRECT, SETTLE = "observation.write", "observation.correct", "observation.settle"
PROOFREAD = "observation.proofread"
OTHER = "Cette clé d’envoi est déjà celle d’une autre observation : notez-la à nouveau."
CHANGED = (
    "Cette observation a changé entre-temps (version {}, vous lisiez la {}) : relisez-la, puis "
    "reprenez votre correction."
)
SAME = "La correction ne change rien."
GONE = "Cette observation est retirée : rétablissez-la d’abord."
NOT_KEPT = "Cette observation n’est pas mise de côté."
NOT_READ = "Cette version n’a pas été relue."
WAITS = "Cette observation est mise de côté : son essai ne l’a pas prise."


@transaction.atomic
def note(
    *,
    trial: Trial,
    noted: Noted,
    key: uuid.UUID,
    now: datetime,
    actor: Actor | None,
    author: int | None = None,
) -> Observation:
    """Keep what was seen. The same key twice is once, and gives the first one back.

    The first observation of a day records its session; that of a planned trial puts it to work.
    Where the trial is over, or its protocol incomplete, the observation is set aside (`kept_at`)
    and its teacher settles it. `author`: for the house. Raises `NotAllowed` or `Refusal`.
    """
    held = acts.held(trial)
    who = _writer(actor, author)
    if (known := _known(key, held, who)) is not None:
        return known
    behalf = allowed(actor, NOTE, held.place())
    _check(held, noted, now=now)
    lacks = protocol_rules.missing(protocol_of(held)) if held.state == TrialState.PLANNED else []
    kept = rules.is_to_keep(TrialState(held.state), lacks=lacks)
    if not kept:
        start(held, now=now, actor=actor, behalf=behalf)
    made = Observation.objects.create(
        key=key,
        trial=held,
        session=None if kept else _session(held, noted, now=now, actor=actor),
        author_id=who,
        observer=noted.observer.value,
        seen_at=noted.seen_at,
        seen=noted.seen.strip(),
        location=" ".join(noted.location.split()),
        pupils=noted.pupils,
        received_at=now,
        kept_at=now if kept else None,
    )
    _write_sights(made, noted.outcomes)
    verb = "observation.keep" if kept else "observation.note"
    acts.note_observation(verb, made, actor=actor, behalf=behalf, now=now)
    telling.observed(made, actor=actor, now=now)
    return made


def _writer(actor: Actor | None, author: int | None) -> int:
    if actor is not None:
        return key_of(actor)
    if author is None:
        raise ValueError("An observation noted by the house says whose it is.")
    return author


def _known(key: uuid.UUID, held: Trial, who: int) -> Observation | None:
    """The observation that this key has already brought. Raises `Refusal` on another's key."""
    known: Observation | None = Observation.objects.filter(key=key).first()
    if known is not None and (known.trial_id != held.pk or known.author_id != who):
        raise Refusal(OTHER)
    return known


def _check(held: Trial, noted: Noted, *, now: datetime) -> None:
    keys = [one.key for one in Indicator.objects.filter(trial=held)]
    if found := rules.faults(noted, window=window(held.campaign), now=now, keys=keys):
        raise Refusal(*found)


def _session(held: Trial, noted: Noted, *, now: datetime, actor: Actor | None) -> Session:
    """The session of that day; recorded now when it was not."""
    day = day_of(noted.seen_at)
    found: Session | None = Session.objects.filter(trial=held, held_on=day).order_by("-pk").first()
    if found is not None:
        return found
    made = add_session(held, day, now=now, actor=actor, location=noted.location)
    after = {"held_on": day.isoformat()}
    acts.note("trial.record_session", held, actor=actor, now=now, after=after)
    return made


def _write_sights(observation: Observation, outcomes: Mapping[str, Outcome]) -> None:
    """One row for each indicator that is looked for: what is not said was not sought."""
    rows = Indicator.objects.filter(trial=observation.trial_id).order_by("position", "pk")
    Sight.objects.bulk_create(
        Sight(
            observation=observation,
            indicator=one,
            outcome=outcomes.get(one.key, Outcome.NOT_SOUGHT).value,
        )
        for one in rows
        if one.withdrawn_at is None or one.key in outcomes
    )


def content_of(observation: Observation) -> dict[str, object]:
    """What it says, as plain values: what a version keeps."""
    return {
        "observer": observation.observer,
        "seen_at": observation.seen_at.isoformat(),
        "seen": observation.seen,
        "location": observation.location,
        "pupils": observation.pupils,
        "outcomes": {
            one.indicator.key: one.outcome for one in observation.sights.select_related("indicator")
        },
    }


@transaction.atomic
def correct(
    *,
    observation: Observation,
    noted: Noted,
    reason: str,
    version: int,
    now: datetime,
    actor: Actor | None,
) -> Observation:
    """What it now says; what it said is a version, kept with who wrote it. Seen on another day, it
    joins that day's session. Whoever had proof-read it must do it again; what rests on it is stale.
    `version`: the one that was read."""
    held = acts.held_observation(observation)
    behalf = allowed(actor, CORRECT, held.place())
    if held.withdrawn_at is not None:
        raise Refusal(GONE)
    if held.version != version:
        raise Refusal(CHANGED.format(held.version, version))
    words = _reason(held.trial, reason)
    _check(held.trial, noted, now=now)
    before = content_of(held)
    if held.kept_at is None and day_of(noted.seen_at) != day_of(held.seen_at):
        held.session = _session(held.trial, noted, now=now, actor=actor)
    _rewrite(held, noted)
    if content_of(held) == before:
        raise Refusal(SAME)
    ObservationVersion.objects.create(
        observation=held,
        number=held.version - 1,
        content=before,
        saved_at=now,
        saved_by_id=person_of(actor),
    )
    after = {"version": held.version}
    _done("observation.correct", held, words, actor=actor, behalf=behalf, now=now, after=after)
    return held


def _reason(trial: Trial, reason: str) -> str:
    """Asked once the trial is read by others than its team."""
    words = need_reason(reason) if trial.state not in OPEN else reason.strip()
    refuse_contacts({"Motif": words})
    return words


def _rewrite(held: Observation, noted: Noted) -> None:
    held.observer, held.seen_at = noted.observer.value, noted.seen_at
    held.seen, held.location = noted.seen.strip(), " ".join(noted.location.split())
    held.pupils, held.version = noted.pupils, held.version + 1
    held.proofread_at, held.proofread_by = None, None
    held.save(
        update_fields=[
            *("observer", "seen_at", "seen", "location", "pupils", "version"),
            *("session", "proofread_at", "proofread_by"),
        ]
    )
    held.sights.all().delete()
    _write_sights(held, noted.outcomes)


def _done(
    verb: str,
    held: Observation,
    reason: str,
    *,
    actor: Actor | None,
    behalf: int | None,
    now: datetime,
    after: Mapping[str, int] | None = None,
) -> None:
    """The journal, the reason that its readers see, and who is told."""
    acts.note_observation(verb, held, actor=actor, behalf=behalf, now=now, after=after)
    if reason:
        acts.explain(held.trial, kind=verb, reason=reason, actor=actor, now=now)
    telling.corrected(held, verb, actor=actor, now=now)


@transaction.atomic
def withdraw(
    *, observation: Observation, reason: str, now: datetime, actor: Actor | None
) -> Observation:
    """It counts no more, from now on; it stays readable by the team. Twice is once."""
    held = acts.held_observation(observation)
    behalf = allowed(actor, CORRECT, held.place())
    if held.withdrawn_at is not None:
        return held
    _withdraw("observation.withdraw", held, reason, now=now, actor=actor, behalf=behalf)
    return held


def _withdraw(
    verb: str,
    held: Observation,
    reason: str,
    *,
    now: datetime,
    actor: Actor | None,
    behalf: int | None,
) -> None:
    words = need_reason(reason)
    refuse_contacts({"Motif": words})
    held.withdrawn_at, held.reason = now, words
    held.save(update_fields=["withdrawn_at", "reason"])
    _done(verb, held, words, actor=actor, behalf=behalf, now=now)


@transaction.atomic
def restore(
    *, observation: Observation, reason: str, now: datetime, actor: Actor | None
) -> Observation:
    """A withdrawn (or discarded) observation counts again, or waits again. Twice is once."""
    held = acts.held_observation(observation)
    behalf = allowed(actor, CORRECT, held.place())
    if held.withdrawn_at is None:
        return held
    words = need_reason(reason)
    refuse_contacts({"Motif": words})
    held.withdrawn_at, held.reason = None, ""
    held.save(update_fields=["withdrawn_at", "reason"])
    _done("observation.restore", held, words, actor=actor, behalf=behalf, now=now)
    return held


@transaction.atomic
def take(
    *, observation: Observation, reason: str, now: datetime, actor: Actor | None
) -> Observation:
    """An observation set aside joins its trial, which is reopened if it was over (`reason`), or put
    to work if its protocol is now complete. Raises `NotAllowed` or `Refusal`. Twice is once."""
    held = acts.held_observation(observation)
    trial = held.trial
    behalf = allowed(actor, SETTLE, trial.place())
    if held.withdrawn_at is not None:
        raise Refusal(GONE)
    if held.kept_at is None:
        return held
    if trial.state not in OPEN:
        reopened(trial, reason=reason, now=now, actor=actor, behalf=behalf)
    start(trial, now=now, actor=actor, behalf=behalf)
    noted = Noted(seen_at=held.seen_at, seen=held.seen, location=held.location)
    held.session, held.kept_at = _session(trial, noted, now=now, actor=actor), None
    held.save(update_fields=["session", "kept_at"])
    acts.note_observation("observation.take", held, actor=actor, behalf=behalf, now=now)
    return held


@transaction.atomic
def discard(
    *, observation: Observation, reason: str, now: datetime, actor: Actor | None
) -> Observation:
    """An observation set aside will not join its trial: withdrawn, with a reason. Twice is once."""
    held = acts.held_observation(observation)
    behalf = allowed(actor, SETTLE, held.place())
    if held.kept_at is None:
        raise Refusal(NOT_KEPT)
    if held.withdrawn_at is None:
        verb = "observation.discard"
        _withdraw(verb, held, reason, now=now, actor=actor, behalf=behalf)
    return held


@transaction.atomic
def proofread(
    *, observation: Observation, version: int, now: datetime, actor: Actor | None
) -> Observation:
    """The expert has read this very version: its words may be public. Twice is once."""
    held = acts.held_observation(observation)
    behalf = allowed(actor, PROOFREAD, held.place())
    if held.withdrawn_at is not None:
        raise Refusal(GONE)
    if held.kept_at is not None:
        raise Refusal(WAITS)
    if held.version != version:
        raise Refusal(CHANGED.format(held.version, version))
    refuse_contacts({rules.SEEN: held.seen, rules.PLACE: held.location})
    if held.proofread_at is not None:
        return held
    held.proofread_at, held.proofread_by_id = now, person_of(actor)
    held.save(update_fields=["proofread_at", "proofread_by"])
    after = {"version": held.version}
    verb = "observation.proofread"
    acts.note_observation(verb, held, actor=actor, behalf=behalf, now=now, after=after)
    return held


@transaction.atomic
def unread(
    *, observation: Observation, reason: str, now: datetime, actor: Actor | None
) -> Observation:
    """The proof-reading is taken back, with a reason: its words are shown to the public no more."""
    held = acts.held_observation(observation)
    behalf = allowed(actor, PROOFREAD, held.place())
    if held.proofread_at is None:
        raise Refusal(NOT_READ)
    words = need_reason(reason)
    refuse_contacts({"Motif": words})
    held.proofread_at, held.proofread_by = None, None
    held.save(update_fields=["proofread_at", "proofread_by"])
    _done("observation.unread", held, words, actor=actor, behalf=behalf, now=now)
    return held
