"""The messages of the announcement and of what follows it: to whom each goes, with which text
(`jinja2/selection/post/`). What was decided and why is in the letter and on the decision's page."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.text import capfirst

from traam.access.roles import Role
from traam.applications.models import Application
from traam.campaigns.queries import holders
from traam.kit.text import instant
from traam.post.actions import send
from traam.post.rules import Joined
from traam.selection import acts
from traam.selection.models import Decision, Letter, Participation, Reply
from traam.selection.queries.recipients import Recipient, recipients
from traam.selection.rules.letters import named, of_the
from traam.selection.rules.life import DecisionKind

SHORT = 150  # characters of a theme's title within a message
REASON_SHORT = 250
RESULTS = {
    DecisionKind.RETAINED: "retenue",
    DecisionKind.RESERVE: "sur liste complémentaire, au rang {rank}",
    DecisionKind.NOT_RETAINED: "non retenue",
}


def result_of(decision: Decision) -> str:
    """« sur liste complémentaire, au rang 2 »: what an academy reads."""
    return RESULTS[DecisionKind(decision.kind)].format(rank=decision.rank)


def around(decision: Decision, *, now: datetime) -> list[Recipient]:
    """Everyone whom this decision is told to, today."""
    application = decision.case.application
    return recipients([application], today=acts.day_of(now))[application.pk]


def decided(
    decision: Decision, letter: Letter, told: Iterable[Recipient], *, kind: str, now: datetime
) -> None:
    """The letter of a decision, to each of these people. `kind`: of the message it goes with."""
    application = decision.case.application
    name = f"decision-{application.code}.pdf"
    tell(
        kind,
        decision,
        [one.person for one in told],
        now=now,
        attachments=[Joined(letter.file, name)],
        result=result_of(decision),
    )


def tell(
    kind: str,
    decision: Decision,
    people: Iterable[int],
    *,
    now: datetime,
    attachments: Sequence[Joined] = (),
    **params: str | int,
) -> None:
    """Write to each of these people, once for this instant."""
    given = {**about(decision), **params}
    for person in sorted(set(people)):
        send(
            to=person,
            kind=kind,
            params=given,
            key=f"{kind}:{decision.pk}:{now.timestamp():.6f}:{person}",
            now=now,
            attachments=attachments,
        )


def about(decision: Decision) -> dict[str, str | int]:
    application: Application = decision.case.application
    academy = application.academy
    who = named(academy.kind, academy.name)
    return {
        "decision": decision.pk,
        "year": application.campaign.year,
        "academy": academy.name,
        "who": who,
        "who_first": capfirst(who),
        "of_who": of_the(academy.kind, academy.name),
        "theme": short(application.theme.shown_title, SHORT),
    }


def short(text: str, limit: int) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(text.replace("@", " ").split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def pilots(now: datetime) -> list[int]:
    return [one.pk for one in holders(Role.PILOT, acts.day_of(now))]


def taken_back(
    decision: Decision, told: Iterable[Recipient], *, reason: str, now: datetime
) -> None:
    """What was announced does not hold any more, and why."""
    people = [one.person for one in told]
    said = short(reason, REASON_SHORT)
    tell("selection/announcement_taken_back", decision, people, now=now, reason=said)


def withdrawn(participation: Participation, *, now: datetime) -> None:
    """The academy's people and the pilots: it takes part no more."""
    _all("selection/participation_withdrawn", participation, now=now)


def reinstated(participation: Participation, *, now: datetime) -> None:
    """The academy's people and the pilots: it takes part again."""
    _all("selection/participation_reinstated", participation, now=now)


def place_free(participation: Participation, first: Participation | None, *, now: datetime) -> None:
    """The pilots: a place is free, and who is first in the reserve."""
    tell(
        "selection/place_free",
        participation.decision,
        pilots(now),
        now=now,
        first=first.academy.name if first else "",
    )


def called(participation: Participation, *, now: datetime) -> None:
    """The academy's people: a place is theirs if they take it in time."""
    until = instant(participation.answer_by) if participation.answer_by else ""
    tell(
        "selection/reserve_called",
        participation.decision,
        _people(participation, now),
        now=now,
        until=until,
    )


def call_ending(participation: Participation, *, now: datetime) -> None:
    """The academy's people, once for a call: its delay is about to end."""
    assert participation.answer_by is not None
    until = participation.answer_by
    for person in _people(participation, now):
        send(
            to=person,
            kind="selection/reserve_call_ending",
            params={**about(participation.decision), "until": instant(until)},
            key=f"selection/reserve_call_ending:{participation.pk}:{until.isoformat()}:{person}",
            now=now,
        )


def call_taken_back(participation: Participation, *, now: datetime) -> None:
    """The academy's people: the place is no longer offered."""
    tell("selection/call_taken_back", participation.decision, _people(participation, now), now=now)


def accepted(participation: Participation, *, now: datetime) -> None:
    _all("selection/reserve_accepted", participation, now=now)


def declined(participation: Participation, *, now: datetime) -> None:
    _all("selection/reserve_declined", participation, now=now)


def lapsed(participation: Participation, *, now: datetime) -> None:
    _all("selection/reserve_lapsed", participation, now=now)


def put_back(participation: Participation, *, now: datetime) -> None:
    """The academy's people and the pilots: it is in the reserve again."""
    _all("selection/reserve_put_back", participation, now=now)


def _people(participation: Participation, now: datetime) -> list[int]:
    return [one.person for one in around(participation.decision, now=now)]


def _all(kind: str, participation: Participation, *, now: datetime) -> None:
    people = {*_people(participation, now), *pilots(now)}
    tell(kind, participation.decision, people, now=now)


def replied(reply: Reply, *, now: datetime) -> None:
    """The pilots: an academy has something to say about its decision."""
    tell("selection/reply_received", reply.decision, pilots(now), now=now)


def answered(reply: Reply, *, now: datetime) -> None:
    """Whoever replied, and all whom the decision was told to."""
    people = {reply.replied_by_id, *(one.person for one in around(reply.decision, now=now))}
    tell("selection/reply_answered", reply.decision, people, now=now)
