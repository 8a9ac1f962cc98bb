"""The page of a step: where one is, what is missing, who else writes, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from traam.access.actor import Actor
from traam.applications.models import Application
from traam.applications.screens.editing import (
    TWO_TEXTS,
    File,
    Part,
    Present,
    Until,
    author,
    moment,
)
from traam.applications.screens.people import People, people, writers
from traam.applications.screens.places import (
    Lack,
    Step,
    StepShown,
    field_href,
    following,
    lacks,
    step_of,
    steps,
)
from traam.applications.screens.reading import PartRead, reading
from traam.kit.jinja import url


@dataclass(frozen=True, kw_only=True)
class EditPage:
    """All that a step of the form shows."""

    application: Application
    title: str
    place: str
    steps: Sequence[StepShown]
    step: StepShown
    next: StepShown
    parts: Sequence[Part] = ()
    faults: Sequence[Lack] = ()
    why: str = ""  # what was sent could not be kept
    saved_at: str
    missing: Sequence[Lack]
    present: Sequence[Present]
    until: Until | None
    action: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    people: People | None = None
    reading: Sequence[PartRead] = ()
    may_submit: bool = False
    why_not_submit: str = ""


def edit_page(
    file: File, step: Step, *, actor: Actor, rows: Mapping[str, int], why: str = ""
) -> EditPage:
    """`rows`: how many rows of a block to show at least."""
    application = file.application
    parts = file.parts(step, rows=rows)
    way = {one.code: one for one in steps(application, file.missing, pieces=len(file.pieces))}
    is_check = step is Step.CHECK
    return EditPage(
        application=application,
        title=file.title,
        place=file.place,
        steps=list(way.values()),
        step=way[step],
        next=way[following(step)],
        parts=parts,
        faults=_faults(file, step, parts),
        why=why,
        saved_at=_saved_at(file),
        missing=lacks(application, file.missing, linked=True),
        present=file.present(actor),
        until=file.until(),
        action=way[step].href,
        attributes=_attributes(file, actor),
        people=people(file, actor=actor) if step is Step.TEAM else None,
        reading=reading(file, linked=True) if is_check else (),
        may_submit=is_check and not file.missing and _submits(file, actor),
        why_not_submit=_why_not(file, actor) if is_check else "",
    )


def _faults(file: File, step: Step, parts: Sequence[Part]) -> list[Lack]:
    """What is written and not acceptable, on this page."""
    return [
        Lack(field_href(file.application, shown.question.id), sentence)
        for part in parts
        for shown in part.fields
        for sentence in shown.faults
        if step_of(shown.question.id) is step
    ]


def _saved_at(file: File) -> str:
    last = file.last_saved
    if last is None:
        return ""
    said = f"Enregistré {moment(last.saved_at, file.now)} par {author(last)}"
    return f"{said}. {TWO_TEXTS}" if file.rivals else said


def _attributes(file: File, actor: Actor) -> dict[str, str]:
    """What the script of the form must know; see static/applications/edit.js."""
    code = file.application.code
    return {
        "autocomplete": "off",  # a browser that puts old words back would hide newer ones
        "data-save": url("application_save", code=code),
        "data-poll": url("application_poll", code=code),
        "data-sign-in": url("sign_in"),
        "data-person": str(actor.person),
        "data-application": code,
    }


def _depositors(file: File) -> list[str]:
    return [one.name for one in writers(file, may_edit=False) if one.deposits]


def _submits(file: File, actor: Actor) -> bool:
    """Is it theirs to submit? The action judges; this only shows the button."""
    names = {actor.person, *(one.delegated_by for one in actor.in_force)}
    deposits = (one.key for one in writers(file, may_edit=False) if one.deposits)
    return any(key in names for key in deposits) or bool(file.application.channel)


def _why_not(file: File, actor: Actor) -> str:
    if file.missing:
        return "Elle pourra être soumise quand rien ne manquera : la liste est à côté."
    if _submits(file, actor):
        return ""
    return f"Seul·e {' ou '.join(_depositors(file)) or 'le DAN'} peut soumettre cette candidature."
