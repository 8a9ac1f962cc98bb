"""The minutes of a meeting, section by section: written by several people at once without loss."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.groups.models import Meeting, MinutesSection, SectionVersion
from traam.groups.queries import meetings as queries
from traam.groups.rules.life import MeetingState
from traam.groups.rules.merging import merge
from traam.journal import acting
from traam.kit.refusals import Refusal
from traam.kit.text import writable

TEXT_MAX = 40_000  # characters of a section
TITLE_MAX = 200
SECTIONS_MAX = 30
DEFAULTS = ("Ce qui a été fait", "Échanges", "Décisions et actions", "Prochaine réunion")
NOT_CONVENED = "Le compte rendu se rédige une fois la réunion convoquée."
NOT_EMPTY = "Cette section contient du texte : videz-la avant de la retirer."


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept; `merged`: someone else had written since; `clashes`: in as many places, both
    texts were kept one after the other."""

    section: MinutesSection
    is_merged: bool = False
    clashes: int = 0


@transaction.atomic
def begin_minutes(*, meeting: Meeting, now: datetime, actor: Actor | None) -> list[MinutesSection]:
    """The usual sections. Twice is once."""
    held = _held(meeting, actor)
    if not held.sections.exists():
        MinutesSection.objects.bulk_create(
            [
                MinutesSection(meeting=held, position=position, title=title)
                for position, title in enumerate(DEFAULTS, start=1)
            ]
        )
        _note("minutes.begin", held, actor=actor, now=now)
    return queries.sections_of(held)


@transaction.atomic
def add_section(
    *, meeting: Meeting, title: str, now: datetime, actor: Actor | None
) -> MinutesSection:
    """One more section, at the end. Raises `Refusal` without a title, or beyond `SECTIONS_MAX`."""
    held = _held(meeting, actor)
    named = " ".join(title.split())
    if not named or len(named) > TITLE_MAX:
        raise Refusal(f"Le titre de la section tient en {TITLE_MAX} caractères et n’est pas vide.")
    if held.sections.count() >= SECTIONS_MAX:
        raise Refusal(f"Un compte rendu a {SECTIONS_MAX} sections au plus.")
    last = held.sections.aggregate(last=Max("position"))["last"] or 0
    made = MinutesSection.objects.create(meeting=held, position=last + 1, title=named)
    _note("minutes.add_section", held, actor=actor, now=now)
    return made


@transaction.atomic
def remove_section(*, section: MinutesSection, now: datetime, actor: Actor | None) -> None:
    """An empty section goes. Raises `Refusal` on one that says something."""
    held = _held(section.meeting, actor)
    mine = MinutesSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    if mine.text.strip():
        raise Refusal(NOT_EMPTY)
    mine.delete()
    _note("minutes.remove_section", held, actor=actor, now=now)


@transaction.atomic
def save_section(
    *, section: MinutesSection, text: str, base: int, now: datetime, actor: Actor | None
) -> Saved:
    """Keep this text. `base`: the version that it was typed from: what others wrote since is merged
    with it, and every version stays. The same text twice is once."""
    _held(section.meeting, actor)
    mine = MinutesSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    given = writable(text).strip()
    if len(given) > TEXT_MAX:
        raise Refusal(f"La section ({len(given)} caractères) doit tenir en {TEXT_MAX}.")
    was = min(base, mine.version)
    merged = merge(base=_text_of(mine, was), present=mine.text, given=given)
    if merged.text == mine.text:
        return Saved(mine)
    mine.text, mine.version = merged.text, mine.version + 1
    mine.changed_at, mine.changed_by_id = now, person_of(actor)
    mine.save(update_fields=["text", "version", "changed_at", "changed_by"])
    _keep(mine, now=now)
    return Saved(mine, is_merged=merged.text != given, clashes=merged.clashes)


@transaction.atomic
def take_version(
    *, section: MinutesSection, number: int, now: datetime, actor: Actor | None
) -> MinutesSection:
    """The section says again what it said at that version, by a new version."""
    _held(section.meeting, actor)
    mine = MinutesSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    text = _text_of(mine, number)
    if text != mine.text:
        mine.text, mine.version = text, mine.version + 1
        mine.changed_at, mine.changed_by_id = now, person_of(actor)
        mine.save(update_fields=["text", "version", "changed_at", "changed_by"])
        _keep(mine, now=now)
    return mine


def _text_of(section: MinutesSection, number: int) -> str:
    """What the section said at that version; before the first one, nothing."""
    if number == section.version:
        return section.text
    found = SectionVersion.objects.filter(section=section, number=number).first()
    return found.text if found else ""


def _keep(section: MinutesSection, *, now: datetime) -> None:
    SectionVersion.objects.create(
        section=section,
        number=section.version,
        text=section.text,
        saved_at=now,
        saved_by_id=section.changed_by_id,
    )


def _held(meeting: Meeting, actor: Actor | None) -> Meeting:
    """The meeting, kept from other acts; whoever acts may write its minutes."""
    rows = queries.with_owner(Meeting.objects.all())
    held = rows.select_for_update(of=("self",)).get(pk=meeting.pk)
    space = held.owner
    allowed(actor, queries.WRITE[queries.kind_of(space)], space.place())
    if held.state not in (MeetingState.CONVENED, MeetingState.HELD):
        raise Refusal(NOT_CONVENED)
    return held


def _note(verb: str, meeting: Meeting, *, actor: Actor | None, now: datetime) -> None:
    acting.note(verb, f"meeting:{meeting.pk}", actor=actor, now=now)
