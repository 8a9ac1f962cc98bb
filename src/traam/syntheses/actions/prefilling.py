"""What a new synthesis holds already: a trial's own words for its report, the group's findings for
the others. People edit it; nothing here is written by a machine that would conclude."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.kit.text import plural
from traam.syntheses.actions.keeping import keep_version
from traam.syntheses.actions.writing import writable
from traam.syntheses.models import Block, Finding, Synthesis
from traam.syntheses.queries.coding import of_group, with_counts
from traam.syntheses.rules.life import FindingKind, Mark, SynthesisKind
from traam.syntheses.rules.skeleton import CONDITIONS, FINDINGS
from traam.trials.models import Trial
from traam.trials.rules.life import TrialState

Line = tuple[str, str, Mark, int | None]  # section, text, mark, the finding's key


@transaction.atomic
def prefill(*, synthesis: Synthesis, now: datetime, actor: Actor | None) -> int:
    """Put what is known in an empty synthesis; how many passages. Nothing where there is a word."""
    held, _ = writable(synthesis, actor)
    if held.blocks.exists():
        return 0
    is_report = held.kind == SynthesisKind.TRIAL_REPORT and held.trial is not None
    lines = list(_of_trial(held.trial) if is_report and held.trial else _of_group(held))
    ranks: dict[str, int] = {}
    for section, text, mark, finding in lines:
        ranks[section] = ranks.get(section, 0) + 1
        Block.objects.create(
            synthesis=held,
            section=section,
            position=ranks[section],
            text=text,
            mark=mark,
            finding_id=finding,
        )
    if lines:
        keep_version(held, now=now, actor=actor)
    return len(lines)


def _of_trial(trial: Trial) -> Iterable[Line]:
    """The trial's own words; what its teacher concluded is an opinion until a finding states it."""
    for section, text in _facts(trial):
        if text.strip():
            yield section, text.strip(), Mark.NONE, None
    for section, text in (
        (FINDINGS, trial.gains_pupils),
        (FINDINGS, trial.gains_teaching),
        (FINDINGS, trial.obstacles),
        (FINDINGS, trial.conclusion),
        (CONDITIONS, trial.levers),
    ):
        if text.strip():
            yield section, text.strip(), Mark.OPINION, None
    stated = Finding.objects.standing().filter(sought__trial=trial).distinct()
    yield from _stated(one for one in stated.order_by("pk"))


def _facts(trial: Trial) -> Iterable[tuple[str, str]]:
    indicators = trial.indicators.filter(withdrawn_at=None).order_by("position", "pk")
    yield "context", ", ".join(filter(None, (trial.level, trial.discipline, trial.equipment)))
    yield "protocol", trial.hypothesis
    yield "protocol", trial.success
    yield "protocol", "\n".join(one.text for one in indicators)
    sessions = list(trial.sessions.order_by("held_on", "pk"))
    if sessions:
        yield "lessons", f"{plural(len(sessions), 'séance')} consignée{'s' * (len(sessions) > 1)}."
    yield from (("lessons", one.note) for one in sessions)
    yield "lessons", trial.adaptations


def _of_group(synthesis: Synthesis) -> Iterable[Line]:
    """How many trials, then the group's supported findings: of its teams' trials, where it has
    teams of its own."""
    trials = Trial.objects.filter(of_group(synthesis.group))
    findings = Finding.objects.standing().filter(group=synthesis.group)
    if synthesis.kind != SynthesisKind.NATIONAL:
        teams = [one.pk for one in synthesis.teams.all()]
        trials = trials.filter(team__in=teams)
        findings = findings.filter(sought__trial__in=trials.values("pk")).distinct()
    section = "method" if synthesis.kind == SynthesisKind.NATIONAL else "work"
    yield section, _said(trials.values_list("state", flat=True)), Mark.NONE, None
    supported = [
        one.finding
        for one in with_counts(list(findings.order_by("created_at", "pk")))
        if one.stated.counts.is_supported
    ]
    yield from _stated(supported)


def _said(states: Iterable[str]) -> str:
    """« 11 essais clos, 2 abandonnés. »"""
    found = list(states)
    closed, abandoned = found.count(TrialState.CLOSED), found.count(TrialState.ABANDONED)
    return f"{plural(closed, 'essai clos', 'essais clos')}, {plural(abandoned, 'abandonné')}."


def _stated(findings: Iterable[Finding]) -> Iterable[Line]:
    """Each as a passage of its own, where its kind goes."""
    for one in findings:
        section = CONDITIONS if one.kind == FindingKind.CONDITION else FINDINGS
        yield section, "", Mark.FINDING, one.pk
