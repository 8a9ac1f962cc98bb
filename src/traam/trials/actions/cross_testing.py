"""Cross-tests: a plan is computed and adopted, requests are answered, reports given back."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.groups.actions import met_by_data
from traam.groups.models import Member, NationalGroup, Team
from traam.groups.rules.life import TeamState
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.clock import day_of
from traam.kit.compiled import Compiled
from traam.kit.reasons import may_reason, need_reason
from traam.kit.refusals import Refusal
from traam.people.models import User
from traam.productions.models import Production
from traam.trials import acts, asking
from traam.trials.actions import trials
from traam.trials.matching.instance import Instance
from traam.trials.matching.shortages import shortages
from traam.trials.matching.solve import solved
from traam.trials.models import CrossTest, CrossTestPlan, Trial
from traam.trials.queries import coverage as queries
from traam.trials.queries.plan import WANTED, panel
from traam.trials.queries.reading import usual_discipline
from traam.trials.rules.life import COUNTED, CROSS_TEST_LIFE, CrossTestState, TrialState

PLAN, ASK, ANSWER = "cross_test.plan", queries.ASK, queries.ANSWER
SECONDS = 20.0  # for each criterion
S = CrossTestState
NOT_SHARED = "Cette production n’est pas (ou plus) partagée avec le groupe : elle ne se teste pas."
ENDED = "L’équipe {} ne travaille plus : elle ne peut pas tester."
OWN = "Une production se teste dans une autre académie que la sienne."
ELSEWHERE = "{} n’est pas membre de l’équipe qui teste."
NO_CLASS = (
    "{} ne mène pas d’essai en classe : choisissez un·e référent·e ou un·e enseignant·e de "
    "l’équipe qui teste."
)
NOT_ACCEPTED = "Ce test n’est pas accepté : dites d’abord qui l’essaiera."
BEGUN = (
    "L’essai est commencé : il reste à qui le mène. S’il ne peut se poursuivre, déclinez le test, "
    "avec un motif."
)
STALE = "Le groupe a changé depuis ce calcul : calculez le plan à nouveau."
PAST = "L’échéance ({:%d/%m/%Y}) est déjà passée : choisissez un jour à venir."


@transaction.atomic
def compute_plan(
    *,
    group: NationalGroup,
    now: datetime,
    actor: Actor | None,
    wanted: int = WANTED,
    maximum: int | None = None,
) -> CrossTestPlan:
    """The best plan for the group as it is now; nobody is asked anything until it is adopted."""
    held = NationalGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    behalf = allowed(actor, PLAN, held.place())
    instance = panel(held).instance(wanted=wanted, maximum=maximum)
    found = solved(instance, seconds=SECONDS)
    result: dict[str, Any] = {
        "pairs": [list(pair) for pair in found.pairs],
        "score": found.score._asdict(),
        "is_proven": found.is_proven,
        "shortages": [
            {"production": one.production, "tests": one.tests, "sentence": one.sentence}
            for one in shortages(instance, found.pairs)
        ],
    }
    last = CrossTestPlan.objects.filter(group=held).aggregate(last=Max("number"))["last"]
    made = CrossTestPlan.objects.create(
        group=held,
        number=(last or 0) + 1,
        instance=instance.as_data(),
        result=result,
        digest=_digest(instance),
        made_at=now,
        made_by_id=person_of(actor),
    )
    said: dict[str, Scalar] = {
        "number": made.number,
        "digest": made.digest,
        "pairs": len(found.pairs),
    }
    _note_group("cross_test.plan", held, actor=actor, behalf=behalf, now=now, after=said)
    return made


def _digest(instance: Instance) -> str:
    """SHA-256 of the canonical JSON of what the plan was computed from."""
    text = json.dumps(instance.as_data(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def adopt_plan(
    *, plan: CrossTestPlan, due_on: date, now: datetime, actor: Actor | None
) -> list[CrossTest]:
    """Ask every team what the plan gives it. Adopted once; twice gives what was asked then.

    Raises `NotAllowed`, or `Refusal` when the group changed since, or on a past day.
    """
    group = NationalGroup.objects.select_for_update(of=("self",)).get(pk=plan.group_id)
    behalf = allowed(actor, PLAN, group.place())
    held = CrossTestPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if held.adopted_at is not None:
        return list(CrossTest.objects.filter(plan=held).order_by("pk"))
    _need_to_come(due_on, now)
    seen = Instance.from_data(held.instance)
    most = seen.testers[0].maximum if seen.testers else None
    present = panel(group)
    if _digest(present.instance(wanted=seen.wanted, maximum=most)) != held.digest:
        raise Refusal(STALE)
    asked = [
        _made(present.productions[production], present.teams[team], held, due_on, now, actor)
        for production, team in held.result["pairs"]
    ]
    held.adopted_at, held.adopted_by_id = now, person_of(actor)
    held.save(update_fields=["adopted_at", "adopted_by"])
    said: dict[str, Scalar] = {
        "number": held.number,
        "asked": len(asked),
        "due_on": due_on.isoformat(),
    }
    _note_group("cross_test.adopt", group, actor=actor, behalf=behalf, now=now, after=said)
    asking.planned(asked, now=now)
    return asked


def _made(
    production: Production,
    tester: Team,
    plan: CrossTestPlan | None,
    due_on: date | None,
    now: datetime,
    actor: Actor | None,
) -> CrossTest:
    return CrossTest.objects.create(
        production=production,
        tester=tester,
        plan=plan,
        state_at=now,
        asked_at=now,
        asked_by_id=person_of(actor),
        due_on=due_on,
    )


def _need_to_come(due_on: date | None, now: datetime) -> None:
    if due_on is not None and due_on < day_of(now):
        raise Refusal(PAST.format(due_on))


@transaction.atomic
def ask(
    *,
    production: Production,
    tester: Team,
    now: datetime,
    actor: Actor | None,
    due_on: date | None = None,
) -> CrossTest:
    """Ask a team of another academy to test a production that is shared with the group. Asked twice
    is once. Those who may: the group's leads, and the production's own team.
    """
    team = Team.objects.select_for_update(of=("self",)).get(pk=tester.pk)
    behalf = allowed(actor, ASK, production.team.place())
    found = CrossTest.objects.filter(production=production, tester=team, state__in=COUNTED)
    if one := found.first():
        return one
    _refuse_pair(production, team)
    _need_to_come(due_on, now)
    made = _made(production, team, None, due_on, now, actor)
    _note("cross_test.ask", made, actor=actor, behalf=behalf, now=now)
    asking.asked(made, now=now)
    return made


def _refuse_pair(production: Production, team: Team) -> None:
    faults = []
    if not Production.objects.filter(pk=production.pk).shared().exists():
        faults.append(NOT_SHARED)
    if team.state != TeamState.AT_WORK:
        faults.append(ENDED.format(team.named))
    if team.academy_codes & production.team.academy_codes or team.pk == production.team_id:
        faults.append(OWN)
    if faults:
        raise Refusal(*faults)


_HELD = Compiled(
    lambda key: queries.whole(CrossTest.objects.select_for_update(of=("self",))).filter(pk=key), int
)


def _held(test: CrossTest) -> CrossTest:
    return _HELD.get(test.pk)


@transaction.atomic
def accept(*, test: CrossTest, teacher: User, now: datetime, actor: Actor | None) -> Trial:
    """The team will test it: a trial is begun for this teacher, to be prepared. Twice is once."""
    held = _held(test)
    if held.state == S.ACCEPTED and held.trial is not None:
        return held.trial
    behalf = allowed(actor, ANSWER, held.place())
    member = _tester(held.tester, teacher, day_of(now))
    _refuse_pair(held.production, held.tester)
    CROSS_TEST_LIFE.after(CrossTestState(held.state), "accept")  # says why not
    trial = trials.begin(
        production=held.production,
        team=held.tester,
        now=now,
        actor=None,
        teacher=teacher,
        level=member.level,
        discipline=member.discipline,
        school_type=member.school_type,
    )
    before = acts.move(held, "accept", now=now, reason="", trial=trial)
    said = {"trial": trial.code}
    verb = "cross_test.accept"
    _note(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=said)
    asking.accepted(held, actor=actor, now=now)
    return trial


@transaction.atomic
def entrust(*, test: CrossTest, teacher: User, now: datetime, actor: Actor | None) -> Trial:
    """Someone else of the team will try it, as long as nothing of the trial has begun; its class is
    then theirs. Twice is once."""
    held = _held(test)
    behalf = allowed(actor, ANSWER, held.place())
    if held.state != S.ACCEPTED or held.trial is None:
        raise Refusal(NOT_ACCEPTED)
    trial = acts.held(held.trial)
    if trial.teacher_id == teacher.pk:
        return trial
    if trial.state != TrialState.PLANNED or trial.protocol_at is not None:
        raise Refusal(BEGUN)
    member, former = _tester(held.tester, teacher, day_of(now)), trial.teacher_id
    trial.teacher, trial.level, trial.school_type = teacher, member.level, member.school_type
    usual = usual_discipline(held.production, held.tester, teacher.pk)
    trial.discipline = member.discipline or usual
    trial.save(update_fields=["teacher", "level", "school_type", "discipline"])
    held.trial = trial
    before, after = {"teacher": former}, {"teacher": teacher.pk}
    verb = "cross_test.entrust"
    _note(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    asking.entrusted(held, former=former, actor=actor, now=now)
    return trial


def _tester(team: Team, teacher: User, today: date) -> Member:
    """Their part in the team. Raises `Refusal` for whoever has none, or leads no trial in it."""
    member = queries.testers(team, today).filter(person=teacher).order_by("pk").first()
    if member is not None:
        return member
    is_member = Member.objects.filter(team=team, person=teacher).on(today).exists()
    raise Refusal((NO_CLASS if is_member else ELSEWHERE).format(teacher.name))


@transaction.atomic
def decline(*, test: CrossTest, reason: str, now: datetime, actor: Actor | None) -> CrossTest:
    """The team will not test it; whoever asked, and the group's leads, read why. Twice is once."""
    held = _held(test)
    if held.state == S.DECLINED:
        return held
    behalf = allowed(actor, ANSWER, held.place())
    words = need_reason(reason)
    before = acts.move(held, "decline", now=now, reason=words)
    _note("cross_test.decline", held, actor=actor, behalf=behalf, now=now, before=before)
    asking.declined(held, now=now)
    return held


@transaction.atomic
def cancel(*, test: CrossTest, reason: str, now: datetime, actor: Actor | None) -> CrossTest:
    """The test is not asked any more; the team is told why. A trial already begun stays its own."""
    held = _held(test)
    if held.state == S.CANCELLED:
        return held
    behalf = allowed(actor, ASK, held.production.team.place())
    words = need_reason(reason)
    before = acts.move(held, "cancel", now=now, reason=words)
    _note("cross_test.cancel", held, actor=actor, behalf=behalf, now=now, before=before)
    asking.cancelled(held, now=now)
    return held


@transaction.atomic
def ask_again(
    *,
    test: CrossTest,
    now: datetime,
    actor: Actor | None,
    due_on: date | None = None,
    reason: str = "",
) -> CrossTest:
    """A declined or cancelled test is asked anew; the former trial is no longer its own."""
    held = _held(test)
    behalf = allowed(actor, ASK, held.production.team.place())
    _refuse_pair(held.production, held.tester)
    _need_to_come(due_on, now)
    words = may_reason(reason)
    before = acts.move(held, "ask_again", now=now, reason=words, due_on=due_on, trial=None)
    _note("cross_test.ask_again", held, actor=actor, behalf=behalf, now=now, before=before)
    asking.asked(held, now=now)
    return held


@transaction.atomic
def follow(*, trial: Trial, now: datetime, actor: Actor | None) -> CrossTest | None:
    """The cross-test of this trial, in the state that its trial now gives it: given back once it is
    closed, owed again once reopened, declined when it is abandoned. None: it is no cross-test."""
    test = CrossTest.objects.filter(trial=trial).first()
    if test is None:
        return None
    held = _held(test)
    match CrossTestState(held.state), TrialState(trial.state):
        case S.ACCEPTED, TrialState.CLOSED:
            before = acts.move(held, "close", now=now, reason="")
            _note("cross_test.close", held, actor=actor, now=now, before=before)
            asking.given(held, actor=actor, now=now)
            met_by_data(key="cross_tested", team=held.tester, now=now)
        case S.CLOSED, TrialState.AT_WORK:
            before = acts.move(held, "reopen", now=now, reason="")
            _note("cross_test.reopen", held, actor=actor, now=now, before=before)
        case S.ACCEPTED, TrialState.ABANDONED:
            before = acts.move(held, "decline", now=now, reason=trial.reason)
            _note("cross_test.decline", held, actor=actor, now=now, before=before)
            asking.declined(held, now=now)
        case S.DECLINED, TrialState.AT_WORK | TrialState.PLANNED:
            before = acts.move(held, "resume", now=now, reason="")
            _note("cross_test.resume", held, actor=actor, now=now, before=before)
    return held


def _note(
    verb: str,
    test: CrossTest,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    said = {"production": test.production.code, "tester": test.tester.code, **(after or {})}
    subject = f"cross_test:{test.pk}"
    acting.note(verb, subject, actor=actor, now=now, behalf=behalf, before=before, after=said)


def _note_group(
    verb: str,
    group: NationalGroup,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None,
    after: Mapping[str, Scalar],
) -> None:
    acting.note(verb, f"group:{group.code}", actor=actor, now=now, behalf=behalf, after=after)
