"""Meetings: proposed, convened by mail, changed, answered, held or cancelled; who came."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from traam.access.acting import allowed, key_of, person_of
from traam.access.actor import Actor
from traam.groups import invitations, steps
from traam.groups.models import Convened, Meeting, NationalGroup, Team
from traam.groups.queries import meetings as queries
from traam.groups.queries.space import Space, of
from traam.groups.rules.calendar import meeting_faults
from traam.groups.rules.life import MEETING_LIFE, Answer, Attendance, MeetingMode, MeetingState
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.clock import day_of
from traam.kit.reasons import need_reason
from traam.kit.refusals import NotAllowed, Refusal

M = MeetingState
NOT_CONVENED = "Seules les personnes convoquées répondent à une convocation."
NOBODY = "Choisissez au moins une personne à convoquer."
NOT_OPEN = "Cette réunion est {state} : elle ne se modifie plus."
CHANGED = (
    "Cette réunion a été modifiée entre-temps par quelqu’un d’autre : relisez-la, puis "
    "recommencez si besoin."
)
TOO_SOON = "La réunion n’a pas commencé : elle ne peut pas être déclarée tenue."


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a meeting is: its words, its hours (aware), its place. `agenda` is Markdown."""

    title: str
    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode
    location: str = ""
    link: str = ""
    agenda: str = ""


NAMES = tuple(each.name for each in fields(Details))


@transaction.atomic
def propose(
    *, space: Space, details: Details, people: Collection[int], now: datetime, actor: Actor | None
) -> Meeting:
    """A meeting in preparation: nobody is told yet. Raises `NotAllowed`, or `Refusal` with what is
    wrong with its hours, its place or its people."""
    behalf = _lead(actor, space)
    _check(space, details, people)
    meeting = Meeting.objects.create(
        **of(space),
        **{name: getattr(details, name) for name in NAMES},
        state_at=now,
        changed_at=now,
        uid=uuid4(),
        created_by_id=person_of(actor),
    )
    _convene_these(meeting, people, space=space, today=day_of(now))
    _note("meeting.propose", meeting, actor=actor, behalf=behalf, now=now)
    return meeting


@transaction.atomic
def change(
    *,
    meeting: Meeting,
    details: Details,
    people: Collection[int],
    version: int,
    now: datetime,
    actor: Actor | None,
) -> Meeting:
    """Other words, hours, place or people. Once convened, everyone is told by a new revision of the
    event; who is no longer convened gets its cancellation.

    `version`: the one that was being read. Raises `Refusal` when it has changed since.
    """
    held = _held(meeting)
    space = held.owner
    behalf = _lead(actor, space)
    if held.state not in (M.PLANNED, M.CONVENED):
        raise Refusal(NOT_OPEN.format(state=MeetingState(held.state).label))
    if held.version != version:
        raise Refusal(CHANGED)
    _check(space, details, people)
    changed = [name for name in NAMES if getattr(held, name) != getattr(details, name)]
    joined, left = _convene_these(held, people, space=space, today=day_of(now))
    if not (changed or joined or left):
        return held
    for name in changed:
        setattr(held, name, getattr(details, name))
    is_told = held.state == M.CONVENED
    held.sequence += is_told
    held.version += 1
    held.changed_at = now
    held.save(update_fields=[*changed, "sequence", "version", "changed_at"])
    after: dict[str, Scalar] = {"sequence": held.sequence, "joined": len(joined), "left": len(left)}
    _note("meeting.change", held, actor=actor, behalf=behalf, now=now, after=after)
    if is_told:
        _told_of_change(held, joined, left, everyone=bool(changed), now=now)
    return held


def _told_of_change(
    meeting: Meeting, joined: set[int], left: set[int], *, everyone: bool, now: datetime
) -> None:
    invitations.tell("groups/meeting_convened", meeting, joined, now=now)
    invitations.tell("groups/meeting_left_out", meeting, left, now=now)
    if everyone:
        others = set(meeting.convened.values_list("person", flat=True)) - joined
        invitations.tell("groups/meeting_changed", meeting, others, now=now)
    meeting.convened.update(told_sequence=meeting.sequence)


@transaction.atomic
def convene(*, meeting: Meeting, now: datetime, actor: Actor | None) -> Meeting:
    """The invitations leave. Twice is once."""
    held = _held(meeting)
    behalf = _lead(actor, held.owner)
    if held.state == M.CONVENED:
        return held
    if not held.convened.exists():
        raise Refusal(NOBODY)
    was_told = held.convened.filter(told_sequence__isnull=False).exists()
    held.sequence += was_told  # put back after a cancellation: a revision that comes after it
    before = _move(held, "convene", now=now)
    _note("meeting.convene", held, actor=actor, behalf=behalf, now=now, before=before)
    people = list(held.convened.values_list("person", flat=True))
    invitations.tell("groups/meeting_convened", held, people, now=now)
    held.convened.update(told_sequence=held.sequence)
    return held


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, now: datetime, actor: Actor | None) -> Meeting:
    """It will not take place; whoever was convened is told why. Twice is once."""
    held = _held(meeting)
    behalf = _lead(actor, held.owner)
    if held.state == M.CANCELLED:
        return held
    held.reason = need_reason(reason)
    told = list(held.convened.filter(told_sequence__isnull=False).values_list("person", flat=True))
    held.sequence += bool(told)
    before = _move(held, "cancel", now=now)
    _note("meeting.cancel", held, actor=actor, behalf=behalf, now=now, before=before)
    invitations.tell("groups/meeting_cancelled", held, told, now=now)
    held.convened.filter(person__in=told).update(told_sequence=held.sequence)
    return held


@transaction.atomic
def put_back(*, meeting: Meeting, reason: str, now: datetime, actor: Actor | None) -> Meeting:
    """A cancelled meeting is prepared again; convening it tells everyone. Answers are forgotten."""
    held = _held(meeting)
    behalf = _lead(actor, held.owner)
    held.reason = need_reason(reason)
    before = _move(held, "put_back", now=now)
    held.convened.update(answer=Answer.AWAITED)
    _note("meeting.put_back", held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def hold(
    *,
    meeting: Meeting,
    attendance: Mapping[int, Attendance],
    now: datetime,
    actor: Actor | None,
) -> Meeting:
    """It took place: who came, by person. May be said again, to mend the list."""
    held = _held(meeting)
    behalf = _lead(actor, held.owner)
    if now < held.starts_at:
        raise Refusal(TOO_SOON)
    before: dict[str, Scalar] = {"state": str(held.state)}
    if held.state != M.HELD:
        before = _move(held, "hold", now=now)
    rows = list(held.convened.filter(person__in=attendance))
    for row in rows:
        row.attendance = attendance[row.person_id]
    Convened.objects.bulk_update(rows, ["attendance"])
    present = queries.present_of(held)
    after: dict[str, Scalar] = {"present": present}
    _note("meeting.hold", held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    return held


@transaction.atomic
def reopen(*, meeting: Meeting, reason: str, now: datetime, actor: Actor | None) -> Meeting:
    """It had been declared held by mistake; its page says why."""
    held = _held(meeting)
    behalf = _lead(actor, held.owner)
    held.reason = need_reason(reason)
    before = _move(held, "reopen", now=now)
    held.convened.update(attendance=Attendance.UNKNOWN)
    _note("meeting.reopen", held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def answer(*, meeting: Meeting, said: Answer, now: datetime, actor: Actor) -> Convened:
    """Someone convened says whether they will come. Raises `NotAllowed` for anyone else."""
    held = _locked(Meeting.objects.all(), meeting)
    row = held.convened.filter(person=key_of(actor)).first()
    if row is None or held.state == M.PLANNED:
        raise NotAllowed(NOT_CONVENED)
    if held.state != M.CONVENED:
        raise Refusal(NOT_OPEN.format(state=MeetingState(held.state).label))
    return _answered(held, row, said, now=now, actor=actor)


@transaction.atomic
def answer_for(
    *, meeting: Meeting, person: int, said: Answer, now: datetime, actor: Actor | None
) -> Convened:
    """The answer that someone gave by mail or by word of mouth, entered by who convenes."""
    held = _held(meeting)
    _lead(actor, held.owner)
    row = held.convened.filter(person=person).first()
    if row is None or held.state != M.CONVENED:
        raise Refusal(NOT_CONVENED)
    return _answered(held, row, said, now=now, actor=actor)


def _answered(
    meeting: Meeting, row: Convened, said: Answer, *, now: datetime, actor: Actor | None
) -> Convened:
    before: dict[str, Scalar] = {"answer": str(row.answer)}
    if row.answer != said:
        row.answer = said
        row.save(update_fields=["answer"])
        after: dict[str, Scalar] = {"answer": str(said), "person": row.person_id}
        _note("meeting.answer", meeting, actor=actor, now=now, before=before, after=after)
    return row


# -- what every act does


def _held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from other acts until the end of the transaction."""
    return _locked(queries.with_owner(Meeting.objects.all()), meeting)


def _locked(rows: QuerySet[Meeting], meeting: Meeting) -> Meeting:
    return rows.select_for_update(of=("self",)).get(pk=meeting.pk)


def _lead(actor: Actor | None, space: Space) -> int | None:
    return allowed(actor, queries.LEAD[queries.kind_of(space)], space.place())


def campaign_days(space: Space) -> tuple[date | None, date | None]:
    """The first and the last day of the campaign, from September to August; None: not known."""
    campaign = space.campaign if isinstance(space, NationalGroup) else space.group.campaign
    first, last = campaign.first_year, campaign.last_year
    return (date(first, 9, 1) if first else None, date(last, 8, 31) if last else None)


def _check(space: Space, details: Details, people: Collection[int]) -> None:
    first, last = campaign_days(space)
    found = meeting_faults(
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        mode=details.mode,
        location=details.location,
        link=details.link,
        first=first,
        last=last,
    )
    if isinstance(space, Team):
        steps.need_living(space)
    if not people:
        found.append(NOBODY)
    if found:
        raise Refusal(*found)


def _convene_these(
    meeting: Meeting, people: Collection[int], *, space: Space, today: date
) -> tuple[set[int], set[int]]:
    """Those convened become these: who joins, who leaves. Someone already convened may stay, were
    they no longer of the group. Raises `Refusal` on a stranger."""
    before = set(meeting.convened.values_list("person", flat=True))
    wanted = set(people)
    known = before | {one.key for one in queries.people_of(space, today)}
    if strangers := wanted - known:
        count = len(strangers)
        raise Refusal(
            f"{count} des personnes choisies ne sont pas de ce groupe ou de cette équipe."
        )
    joined, left = wanted - before, before - wanted
    meeting.convened.filter(person__in=left).delete()
    Convened.objects.bulk_create(
        [Convened(meeting=meeting, person_id=person) for person in sorted(joined)]
    )
    return joined, left


def _move(meeting: Meeting, name: str, *, now: datetime) -> dict[str, Scalar]:
    """Move it; the state before. Raises `MoveRefused`."""
    before = meeting.state
    meeting.state = MEETING_LIFE.after(MeetingState(before), name)
    meeting.state_at = meeting.changed_at = now
    meeting.version += 1
    meeting.save(update_fields=["state", "state_at", "changed_at", "reason", "sequence", "version"])
    return {"state": str(before)}


def _note(
    verb: str,
    meeting: Meeting,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    acting.note(
        verb,
        f"meeting:{meeting.pk}",
        actor=actor,
        now=now,
        behalf=behalf,
        before=before,
        after=after,
    )
