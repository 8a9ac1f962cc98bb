"""A trial is begun, its protocol written then amended, its sessions recorded."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from traam.access.acting import allowed, key_of, person_of
from traam.access.actor import Actor
from traam.groups.models import Team
from traam.groups.rules.life import TeamState
from traam.kit.clock import day_of
from traam.kit.contacts import contact_faults
from traam.kit.reasons import need_reason
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import User
from traam.productions.models import Production
from traam.productions.rules.life import ProductionState
from traam.trials import acts
from traam.trials.models import Amendment, Indicator, Session, Trial
from traam.trials.queries.reading import protocol_of, usual_discipline, window
from traam.trials.rules import protocol as rules
from traam.trials.rules.life import TRIAL_LIFE, TrialState
from traam.trials.rules.observing import day_faults
from traam.trials.rules.protocol import Protocol

BEGIN, WRITE = "trial.begin", "trial.write"
NOTE_MAX = 4_000  # characters
PLACE_MAX = 200  # characters
MINUTES_MAX = 600
ENDED = "L’équipe {} ne travaille plus : elle ne commence plus d’essai."
WITHDRAWN = "Cette production est retirée : choisissez-en une autre."
UNREAD = "Cette production n’est pas partagée avec votre groupe : demandez-le à son équipe."
STARTED = "Le protocole est arrêté depuis la première séance : faites un avenant, avec son motif."
NOT_STARTED = "Le protocole n’est pas encore arrêté : modifiez-le directement."
SAME = "L’avenant ne change rien au protocole."
OBSERVED = "Des observations ont été notées pendant cette séance : retirez-les d’abord."


@transaction.atomic
def begin(
    *,
    production: Production,
    team: Team,
    now: datetime,
    actor: Actor | None,
    teacher: User | None = None,
    planned_for: date | None = None,
    level: str = "",
    discipline: str = "",
    school_type: str = "",
) -> Trial:
    """A trial to prepare, of one's own production or of one that is shared with the group.

    `teacher`: who tries; the actor unless said. `discipline`: theirs, unless said. Raises
    `NotAllowed` or `Refusal`.
    """
    held = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    behalf = allowed(actor, BEGIN, held.place())
    if actor is not None and not actor.allows("production.read", production.place()):
        raise NotAllowed(UNREAD)
    if held.state != TeamState.AT_WORK:
        raise Refusal(ENDED.format(held.named))
    if production.state == ProductionState.WITHDRAWN:
        raise Refusal(WITHDRAWN)
    key = teacher.pk if teacher is not None else _someone(actor)
    made = Trial.objects.create(
        code=_free_code(held),
        campaign_id=held.group.campaign_id,
        production=production,
        production_version=production.version,
        team=held,
        teacher_id=key,
        state_at=now,
        created_at=now,
        planned_for=planned_for,
        level=level,
        discipline=discipline or usual_discipline(production, held, key),
        school_type=school_type,
    )
    acts.note("trial.begin", made, actor=actor, behalf=behalf, now=now)
    return made


def _someone(actor: Actor | None) -> int:
    if actor is None:
        raise ValueError("A trial begun by the house says who tries.")
    return key_of(actor)


def _free_code(team: Team) -> str:
    """« svt-lille-2027-e3 »: the third trial of the team; the team's row is locked."""
    number = Trial.objects.filter(team=team).count() + 1
    while Trial.objects.filter(code=f"{team.code[:70]}-e{number}").exists():
        number += 1
    return f"{team.code[:70]}-e{number}"


@transaction.atomic
def write_protocol(
    *,
    trial: Trial,
    protocol: Protocol,
    version: int,
    now: datetime,
    actor: Actor | None,
    planned_for: date | None = None,
) -> Trial:
    """The protocol as it now is, before the first session. `version`: what the writer had read."""
    held = acts.held(trial)
    behalf = allowed(actor, WRITE, held.place())
    if held.protocol_at is not None:
        raise Refusal(STARTED)
    acts.need_version(held, version)
    _write(held, protocol, now=now)
    held.planned_for = planned_for
    held.save(update_fields=["planned_for"])
    acts.note("trial.write_protocol", held, actor=actor, behalf=behalf, now=now)
    return held


def _write(held: Trial, protocol: Protocol, *, now: datetime) -> Protocol:
    """Keep the protocol: indicators are made, reworded, or withdrawn where one observed them."""
    if found := rules.faults(protocol):
        raise Refusal(*found)
    every = {one.key: one for one in Indicator.objects.filter(trial=held)}
    named = rules.named(protocol, taken=list(every))
    held.hypothesis, held.success = named.hypothesis, named.success
    held.version += 1
    held.save(update_fields=["hypothesis", "success", "version"])
    for position, one in enumerate(named.indicators, 1):
        values = {"text": one.text, "position": position, "withdrawn_at": None}
        Indicator.objects.update_or_create(trial=held, key=one.key, defaults=values)
    gone = [row for key, row in every.items() if key not in {one.key for one in named.indicators}]
    _withdraw(gone, held, now=now)
    return named


def _withdraw(gone: Sequence[Indicator], held: Trial, *, now: datetime) -> None:
    for row in gone:
        if held.protocol_at is None:
            row.delete()
        elif row.withdrawn_at is None:
            row.withdrawn_at = now
            row.save(update_fields=["withdrawn_at"])


def data_of(trial: Trial) -> dict[str, object]:
    """What its digest is taken of, as it now is."""
    return rules.as_data(
        protocol_of(trial), production=trial.production.code, version=trial.production_version
    )


@transaction.atomic
def amend(
    *,
    trial: Trial,
    protocol: Protocol,
    reason: str,
    version: int,
    now: datetime,
    actor: Actor | None,
) -> Amendment:
    """A change of the protocol once it is digested: dated, with its reason, both texts kept."""
    held = acts.held(trial)
    behalf = allowed(actor, WRITE, held.place())
    if held.protocol_at is None:
        raise Refusal(NOT_STARTED)
    acts.need_version(held, version)
    words = need_reason(reason)
    refuse_contacts({"Motif": words})
    before = data_of(held)
    if lacks := rules.missing(protocol):
        raise Refusal(*lacks)
    _write(held, protocol, now=now)
    after = data_of(acts.held(held))
    if after == before:
        raise Refusal(SAME)
    made = Amendment.objects.create(
        trial=held,
        before=before,
        after=after,
        reason=words,
        digest=rules.digest(after),
        made_at=now,
        made_by_id=person_of(actor),
    )
    said = {"digest": made.digest}
    acts.note("trial.amend", held, actor=actor, behalf=behalf, now=now, after=said)
    return made


def refuse_contacts(texts: dict[str, str]) -> None:
    """Raises `Refusal` on an address or a telephone number in any of these texts, by field."""
    if found := contact_faults(texts):
        raise Refusal(*found)


@transaction.atomic
def record_session(
    *,
    trial: Trial,
    held_on: date,
    now: datetime,
    actor: Actor | None,
    minutes: int | None = None,
    location: str = "",
    note: str = "",
) -> Session:
    """A lesson in which it was tried; the first one stops the protocol and digests it.

    Raises `NotAllowed`, or `Refusal` with what the protocol lacks, or a wrong date or duration.
    """
    held = acts.held(trial)
    behalf = allowed(actor, WRITE, held.place())
    _check_session(held, held_on, minutes, location, note, now=now)
    start(held, now=now, actor=actor, behalf=behalf)
    made = add_session(
        held, held_on, now=now, actor=actor, minutes=minutes, location=location, note=note
    )
    said = {"held_on": held_on.isoformat()}
    acts.note("trial.record_session", held, actor=actor, behalf=behalf, now=now, after=said)
    return made


def _check_session(
    held: Trial, held_on: date, minutes: int | None, location: str, note: str, *, now: datetime
) -> None:
    found = day_faults(held_on, window=window(held.campaign), today=day_of(now), what="La séance")
    if minutes is not None and not 0 < minutes <= MINUTES_MAX:
        found.append(f"{minutes} minutes : une séance dure de 1 à {MINUTES_MAX} minutes.")
    if len(location) > PLACE_MAX:
        found.append(f"« Lieu » compte {len(location)} caractères ; {PLACE_MAX} au plus.")
    if len(note) > NOTE_MAX:
        found.append(f"« Ce qui s’est passé » : {len(note)} caractères, {NOTE_MAX} au plus.")
    found += contact_faults({"Lieu": location, "Ce qui s’est passé": note})
    if found:
        raise Refusal(*found)


def start(held: Trial, *, now: datetime, actor: Actor | None, behalf: int | None = None) -> None:
    """At work from its first session on: the protocol is complete, stopped and digested. Raises
    `Refusal` with what it lacks; nothing more once done."""
    if held.state == TrialState.PLANNED:
        if lacks := rules.missing(protocol_of(held)):
            raise Refusal(*lacks)
        if held.protocol_at is None:
            held.production_version = held.production.version
            held.protocol_digest, held.protocol_at = rules.digest(data_of(held)), now
            held.save(update_fields=["production_version", "protocol_digest", "protocol_at"])
        before = acts.move(held, "start", now=now)
        after = {"state": str(held.state), "digest": held.protocol_digest}
        acts.note(
            "trial.start", held, actor=actor, behalf=behalf, now=now, before=before, after=after
        )
    elif held.state != TrialState.AT_WORK:
        TRIAL_LIFE.after(TrialState(held.state), "start")  # says why not


def add_session(
    held: Trial,
    held_on: date,
    *,
    now: datetime,
    actor: Actor | None,
    minutes: int | None = None,
    location: str = "",
    note: str = "",
) -> Session:
    """The row of a session, once checked."""
    return Session.objects.create(
        trial=held,
        held_on=held_on,
        minutes=minutes,
        location=" ".join(location.split()),
        note=note.strip(),
        recorded_at=now,
        recorded_by_id=person_of(actor),
    )


@transaction.atomic
def change_session(
    *,
    session: Session,
    held_on: date,
    now: datetime,
    actor: Actor | None,
    minutes: int | None = None,
    location: str = "",
    note: str = "",
) -> Session:
    """What was recorded of a session, put right."""
    held = acts.held(session.trial)
    behalf = allowed(actor, WRITE, held.place())
    _check_session(held, held_on, minutes, location, note, now=now)
    kept = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    before = {"held_on": kept.held_on.isoformat(), "minutes": kept.minutes}
    kept.held_on, kept.minutes = held_on, minutes
    kept.location, kept.note = " ".join(location.split()), note.strip()
    kept.save(update_fields=["held_on", "minutes", "location", "note"])
    after = {"held_on": held_on.isoformat(), "minutes": minutes}
    verb = "trial.change_session"
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    return kept


@transaction.atomic
def remove_session(*, session: Session, now: datetime, actor: Actor | None) -> None:
    """A session recorded by mistake; one that was observed stays."""
    held = acts.held(session.trial)
    behalf = allowed(actor, WRITE, held.place())
    if session.observations.exists():
        raise Refusal(OBSERVED)
    before = {"held_on": session.held_on.isoformat()}
    Session.objects.filter(pk=session.pk).delete()
    acts.note("trial.remove_session", held, actor=actor, behalf=behalf, now=now, before=before)
