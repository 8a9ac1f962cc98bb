"""Who is told of a cross-test, and by which text (`jinja2/trials/post/`)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.queries import theme_people
from traam.groups.models import Member, Team
from traam.kit.clock import day_of
from traam.post.actions import send
from traam.trials.models import CrossTest

SHORT = 150  # characters of a title in a mail


def planned(tests: Sequence[CrossTest], *, now: datetime) -> None:
    """The référents of each team that tests: one message, whatever the number of its tests."""
    counts = Counter(one.tester for one in tests)
    due = {one.tester_id: one.due_on for one in tests}
    for team, count in counts.items():
        group = team.group.code
        params: dict[str, str | int] = {"group": group, "count": count, "due": _day(due[team.pk])}
        for person in _referents(team, now):
            key = f"cross_test.planned:{tests[0].plan_id}:{team.pk}:{person}"
            send(to=person, kind="trials/cross_tests_planned", params=params, key=key, now=now)


def asked(test: CrossTest, *, now: datetime) -> None:
    """The référents of the team that tests."""
    _send("trials/cross_test_asked", test, _referents(test.tester, now), now=now)


def accepted(test: CrossTest, *, actor: Actor | None, now: datetime) -> None:
    """The référents of the team that wrote the production; the teacher who will try it."""
    people = [*_referents(test.production.team, now)]
    if test.trial is not None and test.trial.teacher_id != person_of(actor):
        _send("trials/cross_test_yours", test, [test.trial.teacher_id], now=now)
    _send("trials/cross_test_accepted", test, people, now=now)


def entrusted(test: CrossTest, *, former: int, actor: Actor | None, now: datetime) -> None:
    """Who tries it now, and who was to."""
    assert test.trial is not None  # an accepted test has one
    mover = person_of(actor)
    for kind, person in (
        ("trials/cross_test_yours", test.trial.teacher_id),
        ("trials/cross_test_elsewhere", former),
    ):
        _send(kind, test, {person} - {mover}, now=now)


def given(test: CrossTest, *, actor: Actor | None, now: datetime) -> None:
    """Those who wrote the production, and its référents: the report can be read."""
    authors = test.production.authors.values_list("person", flat=True)
    people = {*_referents(test.production.team, now), *authors} - {person_of(actor)}
    _send("trials/cross_test_given", test, people, now=now)


def declined(test: CrossTest, *, now: datetime) -> None:
    """Whoever asked, and those who lead the group: another tester is to be found."""
    people = {*_leads(test, now), *([test.asked_by_id] if test.asked_by_id else [])}
    _send("trials/cross_test_declined", test, people, now=now)


def cancelled(test: CrossTest, *, now: datetime) -> None:
    """The référents of the team that was to test."""
    _send("trials/cross_test_cancelled", test, _referents(test.tester, now), now=now)


def late(test: CrossTest, *, today: date, now: datetime) -> None:
    """The teacher who tests, or the référents until one accepts: once before, once after."""
    people = [test.trial.teacher_id] if test.trial else _referents(test.tester, now)
    is_late = test.due_on is not None and test.due_on < today
    kind = "trials/cross_test_late" if is_late else "trials/cross_test_due"
    for person in sorted(set(people)):
        key = f"{kind}:{test.pk}:{test.due_on}:{person}"
        send(to=person, kind=kind, params=_params(test), key=key, now=now)


def _send(kind: str, test: CrossTest, people: Iterable[int], *, now: datetime) -> None:
    for person in sorted(set(people)):
        key = f"{kind}:{test.pk}:{now.timestamp():.6f}:{person}"
        send(to=person, kind=kind, params=_params(test), key=key, now=now)


def _params(test: CrossTest) -> dict[str, str | int]:
    return {
        "test": test.pk,
        "title": _title(test),
        "author": test.production.team.named,
        "tester": test.tester.named,
        "due": _day(test.due_on),
    }


def _title(test: CrossTest) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(test.production.title.replace("@", " ").split()) or test.production.code
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _referents(team: Team, now: datetime) -> list[int]:
    rows = Member.objects.filter(team=team, role=Role.REFERENT, person__isnull=False)
    return list(rows.on(day_of(now)).order_by("pk").values_list("person", flat=True))


def _leads(test: CrossTest, now: datetime) -> list[int]:
    theme = test.production.team.group.theme
    people = theme_people(theme, day_of(now))
    return [one.person_id for one in (*people.experts, *people.inspectors)]
