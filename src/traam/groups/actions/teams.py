"""A team: formed apart, bound to other academies, withdrawn, completed, and the way back."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.access.place import Place
from traam.groups import forming, steps, telling
from traam.groups.actions.launching import come_back, launch, leave_all
from traam.groups.models import NationalGroup, Team, TeamBond
from traam.groups.rules.life import Bond, TeamState
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.reference.models import Academy
from traam.selection import actions as selection

WHOSE = "Dites de qui est l’équipe : une académie, ou le nom d’un participant qui n’en est pas une."
ALREADY = "« {} » a déjà une équipe dans ce groupe."
OWN = "C’est déjà l’académie de l’équipe."
NAME_MAX = 200  # characters
SUMMARY_MAX = 2_000


@transaction.atomic
def form_team(
    *,
    group: NationalGroup,
    academy: Academy | None,
    participant: str,
    project: str,
    now: datetime,
    actor: Actor | None,
) -> Team:
    """A team outside any application: an academy that joins late, a participant that is not one.

    Raises `NotAllowed`, or `Refusal` without either, or where one is there already.
    """
    held = steps.held_group(group)
    words = " ".join(participant.split())
    codes = frozenset({academy.code}) if academy else frozenset()
    behalf = allowed(actor, "team.form", Place(academies=codes))
    if (academy is None) == (not words) or len(words) > NAME_MAX:
        raise Refusal(WHOSE)
    living = Team.objects.living().filter(group=held)
    same = living.filter(academy=academy) if academy else living.filter(participant=words)
    if same.exists():
        raise Refusal(ALREADY.format(academy.name if academy else words))
    made = forming.new_team(
        held,
        academy=academy,
        participant=words,
        project=" ".join(project.split()),
        summary="",
        now=now,
    )
    steps.note("team.form", made, actor=actor, now=now, behalf=behalf)
    return made


@transaction.atomic
def describe(*, team: Team, project: str, summary: str, now: datetime, actor: Actor | None) -> Team:
    """What the team says of its project."""
    held = steps.held_team(team)
    behalf = allowed(actor, "team.edit", held.place())
    steps.need_living(held)
    title, text = " ".join(project.split()), summary.strip()
    if not title or len(title) > forming.PROJECT_MAX or len(text) > SUMMARY_MAX:
        raise Refusal(
            f"L’intitulé du projet est attendu, en {forming.PROJECT_MAX} caractères au plus ; son "
            f"résumé tient en {SUMMARY_MAX}."
        )
    held.project, held.summary, held.version = title, text, held.version + 1
    held.save(update_fields=["project", "summary", "version"])
    after = {"version": held.version}
    steps.note("team.describe", held, actor=actor, now=now, behalf=behalf, after=after)
    return held


@transaction.atomic
def bind(
    *, team: Team, academy: Academy, kind: Bond, now: datetime, actor: Actor | None
) -> TeamBond:
    """Another academy works with the team, or is attached to its work. Twice is once; another kind
    replaces the first."""
    held = steps.held_team(team)
    behalf = allowed(actor, "team.edit", held.place())
    steps.need_living(held)
    if held.academy_id == academy.pk:
        raise Refusal(OWN)
    bond, is_new = TeamBond.objects.get_or_create(
        team=held, academy=academy, defaults={"kind": kind}
    )
    if is_new or bond.kind != kind:
        bond.kind = kind
        bond.save(update_fields=["kind"])
        after = {"academy": academy.code, "kind": kind.value}
        steps.note("team.bind", held, actor=actor, now=now, behalf=behalf, after=after)
    return bond


@transaction.atomic
def unbind(
    *, team: Team, academy: Academy, reason: str, now: datetime, actor: Actor | None
) -> None:
    """The other academy holds to the team no more; its DAN and the members are told why.

    Twice is once.
    """
    held = steps.held_team(team)
    behalf = allowed(actor, "team.edit", held.place())
    words = need_reason(reason)
    if TeamBond.objects.filter(team=held, academy=academy).delete()[0]:
        before = {"academy": academy.code}
        steps.note("team.unbind", held, actor=actor, now=now, behalf=behalf, before=before)
        telling.unbound(held, academy, reason=words, now=now)


@transaction.atomic
def share(*, team: Team, now: datetime, actor: Actor | None) -> Team:
    """Partners may read what the team does. Twice is once."""
    return _sharing("team.share", team, is_shared=True, now=now, actor=actor)


@transaction.atomic
def stop_sharing(*, team: Team, now: datetime, actor: Actor | None) -> Team:
    """Partners read what the team does no more. Twice is once."""
    return _sharing("team.stop_sharing", team, is_shared=False, now=now, actor=actor)


def _sharing(verb: str, team: Team, *, is_shared: bool, now: datetime, actor: Actor | None) -> Team:
    held = steps.held_team(team)
    behalf = allowed(actor, "team.edit", held.place())
    if held.shares_with_partners != is_shared:
        held.shares_with_partners = is_shared
        held.save(update_fields=["shares_with_partners"])
        steps.note(verb, held, actor=actor, now=now, behalf=behalf)
    return held


@transaction.atomic
def withdraw_team(*, team: Team, reason: str, now: datetime, actor: Actor | None) -> Team:
    """The academy drops out: its participation ends, its members leave, what it did stays counted.

    Twice is once. Raises `NotAllowed`, `MoveRefused` or `Refusal`.
    """
    held = steps.held_team(team)
    words = reason
    if held.participation is not None:
        selection.withdraw_participation(
            participation=held.participation, reason=reason, now=now, actor=actor
        )
        behalf = None
    else:
        behalf = allowed(actor, "team.form", held.place())
    if held.state == TeamState.WITHDRAWN:
        return held
    words = need_reason(reason)
    gone = leave_all(held, reason=words, now=now)
    steps.note("team.withdraw", held, actor=actor, now=now, behalf=behalf)
    telling.withdrawn(held, gone, reason=words, now=now)
    return held


@transaction.atomic
def reinstate_team(*, team: Team, reason: str, now: datetime, actor: Actor | None) -> Team:
    """A team that had withdrawn takes part again, with those who left with it. Twice is once."""
    held = steps.held_team(team)
    words = need_reason(reason)
    if held.participation is None:
        allowed(actor, "team.form", held.place())
        return come_back(held, now=now, actor=actor) if held.state == TeamState.WITHDRAWN else held
    if held.state != TeamState.WITHDRAWN:
        allowed(actor, "decision.amend", held.participation.decision.place())
        return held
    if held.participation.state == "withdrawn":
        selection.reinstate(participation=held.participation, reason=words, now=now, actor=actor)
    return launch(participation=held.participation, now=now, actor=actor)


@transaction.atomic
def complete_team(*, team: Team, now: datetime, actor: Actor | None) -> Team:
    """The work of the team is over; its members keep reading it. Twice is once."""
    held = steps.held_team(team)
    if held.state == TeamState.COMPLETED:
        return held
    behalf = _may_complete(held, actor)
    if held.participation is not None:
        selection.complete_participation(participation=held.participation, now=now, actor=actor)
    before = steps.move(held, "complete", now=now)
    steps.note("team.complete", held, actor=actor, now=now, behalf=behalf, before=before)
    telling.completed(held, now=now)
    return held


@transaction.atomic
def reopen_team(*, team: Team, reason: str, now: datetime, actor: Actor | None) -> Team:
    """The work goes on after all. Twice is once."""
    held = steps.held_team(team)
    behalf = _may_complete(held, actor)
    if held.state == TeamState.AT_WORK:
        return held
    words = need_reason(reason)
    if held.participation is not None:
        selection.reopen_participation(
            participation=held.participation, reason=words, now=now, actor=actor
        )
    before = steps.move(held, "reopen", now=now)
    steps.note("team.reopen", held, actor=actor, now=now, behalf=behalf, before=before)
    telling.reopened(held, reason=words, now=now)
    return held


def _may_complete(team: Team, actor: Actor | None) -> int | None:
    """Whoever may complete a launched participation; one that moved in counts as launched."""
    return allowed(actor, "participation.complete", replace(team.place(), state="launched"))
