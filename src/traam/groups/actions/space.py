"""What a group or a team keeps: documents, decisions and actions, messages with their digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from traam.access.acting import allowed, key_of, person_of
from traam.access.actor import Actor
from traam.documents.actions import store
from traam.documents.models import StoredFile
from traam.documents.rules import safe_name
from traam.groups import steps
from traam.groups.models import Document, Meeting, Message, NationalGroup, Point, Team
from traam.groups.queries import space as queries
from traam.groups.queries.space import Space, of
from traam.groups.rules import space as rules
from traam.groups.rules.life import Heading, PointKind
from traam.journal.rules import Scalar
from traam.kit.clock import PARIS, day_of
from traam.kit.reasons import need_reason
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import User
from traam.post.actions import send

NOT_PUT_BACK = "Un message que son auteur a retiré ne se remet que par lui."
NEITHER = "Donnez un fichier ou un lien, l’un ou l’autre."


def held_space(space: Space) -> Space:
    """The group or the team as it is now, kept from other acts."""
    if isinstance(space, Team):
        return steps.held_team(space)
    return steps.held_group(space)


def space_of(thing: Document | Point | Message) -> Space:
    """The group or the team that it belongs to."""
    found: NationalGroup | Team | None = thing.team or thing.group
    assert found is not None  # a named constraint of each of these tables
    return found


def _keeps(actor: Actor | None, space: Space) -> int | None:
    """Who keeps documents and points: the group's writers, the team's référents and inspectors."""
    return allowed(actor, "team.edit" if isinstance(space, Team) else "group.write", space.place())


def _writes(actor: Actor | None, space: Space) -> int | None:
    """Who writes messages: the group's writers, everyone in a team."""
    return allowed(actor, "team.write" if isinstance(space, Team) else "group.write", space.place())


# -- documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file as it came: its bytes (one more than allowed is enough), its name."""

    content: bytes
    name: str


def add_document(
    *,
    space: Space,
    heading: Heading,
    title: str,
    brought: Brought | None,
    link: str,
    now: datetime,
    actor: Actor | None,
    meeting: Meeting | None = None,
) -> Document:
    """Keep a file or a link under a heading. Raises `NotAllowed` or `Refusal`.

    The file is examined before any row is held: that may take seconds.
    """
    behalf = _keeps(actor, space)
    words, address = " ".join(title.split()), link.strip()
    faults = rules.title_faults(words)
    if (brought is None) == (not address):
        faults.append(NEITHER)
    elif address:
        faults += rules.link_faults(address)
    if faults:
        raise Refusal(*faults)
    file = _stored(brought, now=now)
    with transaction.atomic():
        made = Document.objects.create(
            **of(space),
            heading=heading,
            title=words,
            file=file,
            file_name=safe_name(brought.name) if brought else "",
            link=address,
            meeting=meeting,
            added_at=now,
            added_by_id=person_of(actor),
        )
        after: Mapping[str, Scalar] = {"document": made.pk, "heading": heading.value}
        verb = "space.add_document"
        steps.note(verb, space, actor=actor, now=now, behalf=behalf, after=after)
    return made


def _stored(brought: Brought | None, *, now: datetime) -> StoredFile | None:
    if brought is None:
        return None
    return store(
        content=brought.content,
        name=brought.name,
        limit=rules.FILE_MAX,
        accepted=rules.ACCEPTED,
        now=now,
    )


@transaction.atomic
def withdraw_document(*, document: Document, now: datetime, actor: Actor | None) -> Document:
    """It is listed no more; its bytes stay, for whoever must account for them. Twice is once."""
    held = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    space = held_space(space_of(held))
    behalf = _keeps(actor, space)
    if held.withdrawn_at is None:
        held.withdrawn_at = now
        held.save(update_fields=["withdrawn_at"])
        before = {"document": held.pk}
        verb = "space.withdraw_document"
        steps.note(verb, space, actor=actor, now=now, behalf=behalf, before=before)
    return held


@transaction.atomic
def put_back_document(*, document: Document, now: datetime, actor: Actor | None) -> Document:
    """It is listed again. Twice is once."""
    held = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    space = held_space(space_of(held))
    behalf = _keeps(actor, space)
    if held.withdrawn_at is not None:
        held.withdrawn_at = None
        held.save(update_fields=["withdrawn_at"])
        after = {"document": held.pk}
        verb = "space.put_back_document"
        steps.note(verb, space, actor=actor, now=now, behalf=behalf, after=after)
    return held


# -- decisions and actions


@transaction.atomic
def add_point(
    *,
    space: Space,
    kind: PointKind,
    text: str,
    owner: User | None,
    due_on: date | None,
    now: datetime,
    actor: Actor | None,
    meeting: Meeting | None = None,
) -> Point:
    """Note a decision, or an action for someone before a day. Raises `NotAllowed` or `Refusal`."""
    behalf = _keeps(actor, space)
    words = text.strip()
    is_action = kind is PointKind.ACTION
    day = due_on if is_action else None
    if faults := rules.point_faults(words, due_on=day, today=day_of(now)):
        raise Refusal(*faults)
    made = Point.objects.create(
        **of(space),
        kind=kind,
        text=words,
        owner=owner if is_action else None,
        due_on=day,
        meeting=meeting,
        added_at=now,
        added_by_id=person_of(actor),
    )
    after: Mapping[str, Scalar] = {"point": made.pk, "kind": kind.value}
    verb = "space.add_point"
    steps.note(verb, space, actor=actor, now=now, behalf=behalf, after=after)
    return made


@transaction.atomic
def finish_point(*, point: Point, now: datetime, actor: Actor | None) -> Point:
    """The action is done: said by whoever is in charge of it, or keeps the space. Twice is once."""
    return _end_point("space.finish_point", point, done_at=now, now=now, actor=actor)


@transaction.atomic
def reopen_point(*, point: Point, now: datetime, actor: Actor | None) -> Point:
    """The action is to be done after all. Twice is once."""
    return _end_point("space.reopen_point", point, done_at=None, now=now, actor=actor)


def _end_point(
    verb: str, point: Point, *, done_at: datetime | None, now: datetime, actor: Actor | None
) -> Point:
    held = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
    space = held_space(space_of(held))
    behalf = None
    if held.owner_id is None or person_of(actor) != held.owner_id:
        behalf = _keeps(actor, space)
    if held.kind != PointKind.ACTION:
        raise Refusal("Une décision n’est pas à faire : elle est prise.")
    if (held.done_at is None) != (done_at is None):
        held.done_at = done_at
        held.save(update_fields=["done_at"])
        after = {"point": held.pk}
        steps.note(verb, space, actor=actor, now=now, behalf=behalf, after=after)
    return held


# -- messages


@transaction.atomic
def write_message(
    *,
    space: Space,
    subject: str,
    text: str,
    key: UUID,
    now: datetime,
    actor: Actor,
    answers: Message | None = None,
) -> Message:
    """Write to a group or a team; it goes with the next digest. The same `key` twice is once.

    An answer to an answer joins the first message. Raises `NotAllowed` or `Refusal`.
    """
    _writes(actor, space)
    if found := Message.objects.filter(key=key, sent_by=key_of(actor)).first():
        return found
    first = (answers.answers or answers) if answers is not None else None
    if first is not None and space_of(first) != space:
        raise Refusal("Ce message appartient à un autre espace : répondez-y là-bas.")
    title, words = " ".join(subject.split()), text.strip()
    if faults := rules.message_faults(words, subject=title, is_answer=first is not None):
        raise Refusal(*faults)
    made = Message.objects.create(
        **of(space),
        answers=first,
        subject=title,
        text=words,
        key=key,
        sent_at=now,
        sent_by_id=key_of(actor),
    )
    after = {"message": made.pk}
    steps.note("space.write_message", space, actor=actor, now=now, after=after)
    return made


@transaction.atomic
def withdraw_message(
    *, message: Message, reason: str, now: datetime, actor: Actor | None
) -> Message:
    """Its text is shown no more: by its writer, or by whoever keeps the space, with a reason.
    Twice is once."""
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    space = held_space(space_of(held))
    behalf, words = None, ""
    if person_of(actor) != held.sent_by_id:
        behalf = _keeps(actor, space)
        words = need_reason(reason)
    elif actor is None:
        raise NotAllowed("Un message se retire par une personne.")
    if held.withdrawn_at is None:
        held.withdrawn_at, held.withdrawn_by_id = now, person_of(actor)
        held.withdrawn_for = words
        held.save(update_fields=[*_WITHDRAWN])
        before = {"message": held.pk}
        verb = "space.withdraw_message"
        steps.note(verb, space, actor=actor, now=now, behalf=behalf, before=before)
    return held


_WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawn_for")


@transaction.atomic
def put_back_message(*, message: Message, now: datetime, actor: Actor | None) -> Message:
    """Its text is shown again: by its writer who withdrew it, by whoever keeps the space where one
    of them did. Twice is once."""
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    space = held_space(space_of(held))
    if held.withdrawn_at is None:
        return held
    is_own = held.withdrawn_by_id == held.sent_by_id
    behalf = None if is_own else _keeps(actor, space)
    if not held.may_be_put_back(person=person_of(actor), keeps=not is_own):
        raise NotAllowed(NOT_PUT_BACK)
    held.withdrawn_at = held.withdrawn_by = None
    held.withdrawn_for = ""
    held.save(update_fields=[*_WITHDRAWN])
    after = {"message": held.pk}
    verb = "space.put_back_message"
    steps.note(verb, space, actor=actor, now=now, behalf=behalf, after=after)
    return held


def send_digests(*, now: datetime) -> int:
    """What was written yesterday (in Paris) in each person's spaces, in one mail; how many mails.

    Once for a person and a day, whatever the number of runs.
    """
    today = day_of(now)
    end = datetime.combine(today, time(), tzinfo=PARIS)
    start = datetime.combine(today - timedelta(days=1), time(), tzinfo=PARIS)
    said = queries.heard(queries.messages_between(start, end))
    if not said:
        return 0
    by_person: dict[int, list[rules.Heard]] = {}
    for space, people in queries.readers(list(said), today).items():
        for person in people:
            by_person.setdefault(person, []).extend(said[space])
    return sum(_send_digest(one, by_person[one], today, now=now) for one in sorted(by_person))


def _send_digest(person: int, messages: list[rules.Heard], day: date, *, now: datetime) -> bool:
    params = rules.digest_of(messages, reader=person)
    if params:
        key = f"groups.digest:{day.isoformat()}:{person}"
        send(to=person, kind="groups/digest", params=params, key=key, now=now)
    return bool(params)
