"""Who is told of a trial, and by which text (`jinja2/trials/post/`).

No text quotes what was seen.
"""

from datetime import datetime

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.models import Member
from traam.kit.clock import day_of
from traam.post.actions import send
from traam.trials.models import Agreement, Observation, Trial
from traam.trials.rules.agreeing import awaited_by
from traam.trials.rules.life import AgreementState

SHORT = 150  # characters of a title in a mail
LED_BY = (Role.REFERENT, Role.INSPECTOR)


def closed(trial: Trial, *, actor: Actor | None, now: datetime) -> None:
    """Those who lead its team: it can be read."""
    _to_leaders("trials/trial_closed", trial, actor=actor, now=now)


def abandoned(trial: Trial, *, actor: Actor | None, now: datetime) -> None:
    """Those who lead its team: it will not be finished."""
    _to_leaders("trials/trial_abandoned", trial, actor=actor, now=now)


def reopened(trial: Trial, *, actor: Actor | None, now: datetime) -> None:
    """Those who lead its team, and its teacher: what rested on it is to be looked at again."""
    _to_leaders("trials/trial_reopened", trial, actor=actor, now=now)


def observed(observation: Observation, *, actor: Actor | None, now: datetime) -> None:
    """The teacher, when somebody else has noted something in their class, kept or not."""
    trial = observation.trial
    if trial.teacher_id in (person_of(actor), observation.author_id):
        return
    kind = "trials/observation_kept" if observation.kept_at else "trials/observation_noted"
    _send(trial, trial.teacher_id, kind, key=f"{kind}:{observation.key}", now=now)


def corrected(observation: Observation, verb: str, *, actor: Actor | None, now: datetime) -> None:
    """The teacher and who noted it, save whoever acts: it was corrected, withdrawn, restored."""
    people = {observation.trial.teacher_id, observation.author_id} - {person_of(actor)}
    for person in sorted(people):
        key = f"trials.{verb}:{observation.key}:{now.timestamp():.6f}:{person}"
        _send(observation.trial, person, "trials/observation_changed", key=key, now=now)


def agreement_asked(agreement: Agreement, trial: Trial, *, now: datetime) -> None:
    """The partner from whom the agreement of the school is asked."""
    day = awaited_by(trial.planned_for, day_of(now))
    until = day.strftime("%d/%m/%Y") if day else ""
    _of_agreement("trials/agreement_asked", agreement, trial, until=until, now=now)


def agreement_taken_back(agreement: Agreement, trial: Trial, *, now: datetime) -> None:
    """The partner: no answer is awaited any more."""
    _of_agreement("trials/agreement_taken_back", agreement, trial, now=now)


def agreement_answered(agreement: Agreement, trial: Trial, *, now: datetime) -> None:
    """The teacher, and whoever asked for them: given or refused; why is read on the page."""
    is_given = agreement.state == AgreementState.GIVEN
    kind = "trials/agreement_given" if is_given else "trials/agreement_refused"
    for person in sorted({trial.teacher_id, agreement.asked_by_id or trial.teacher_id}):
        key = f"{kind}:{agreement.pk}:{now.timestamp():.6f}:{person}"
        _send(trial, person, kind, key=key, now=now)


def _of_agreement(
    kind: str, agreement: Agreement, trial: Trial, *, now: datetime, **more: str
) -> None:
    params: dict[str, str | int] = {
        "title": _title(trial),
        "team": trial.team.named,
        "agreement": agreement.pk,
        **more,
    }
    key = f"{kind}:{agreement.pk}:{now.timestamp():.6f}"
    send(to=agreement.partner_id, kind=kind, params=params, key=key, now=now)


def _to_leaders(kind: str, trial: Trial, *, actor: Actor | None, now: datetime) -> None:
    members = Member.objects.filter(team=trial.team_id, role__in=LED_BY, person__isnull=False)
    leaders = set(members.on(day_of(now)).values_list("person", flat=True))
    for person in sorted((leaders | {trial.teacher_id}) - {person_of(actor)}):
        key = f"{kind}:{trial.pk}:{now.timestamp():.6f}:{person}"
        _send(trial, person, kind, key=key, now=now)


def _send(trial: Trial, person: int, kind: str, *, key: str, now: datetime) -> None:
    params = {"title": _title(trial), "code": trial.code}
    send(to=person, kind=kind, params=params, key=key, now=now)


def _title(trial: Trial) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(trial.production.title.replace("@", " ").split()) or trial.code
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"
