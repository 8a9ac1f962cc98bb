"""What a form that is open is told, after a save or a look: ready to take its place in the page."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from traam.access.actor import Actor
from traam.applications.actions.saving import Saved
from traam.applications.screens.editing import File, hour
from traam.applications.screens.places import lacks, steps

OVERLAP = timedelta(seconds=10)  # what was being written when the last answer was made
NOTHING = Saved()
Told = dict[str, Any]


def told(
    file: File, *, request: HttpRequest, actor: Actor, since: str, saved: Saved = NOTHING
) -> Told:
    """The answer to a save or a look; see static/applications/saving.js and following.js."""
    rivals = {one.field for one in saved.rivals}
    present = file.present(actor)
    versions = {name: v for name, v in saved.versions.items() if name not in rivals}
    return {
        "person": str(actor.person),
        "csrf": get_token(request),
        "at": hour(file.now),
        "since": file.now.isoformat(),
        "saved": versions,
        "faults": saved.faults,
        "rivals": {name: _rivals(file, name) for name in file.rivals if name in file.questions},
        "changes": list(_changes(file, since, known=versions)),
        "others": len(present),
        "parts": _parts(file, present),
    }


def _rivals(file: File, field: str) -> str:
    shown = file.shown(file.questions[field])
    return _rendered("_rivals.html", shown=shown)


def _changes(file: File, since: str, *, known: Mapping[str, int]) -> Iterable[Told]:
    """What was written since, but what this very save wrote."""
    start = _instant(since)
    for answer in file.answers.values():
        question = file.questions.get(answer.field)
        if question is None or known.get(answer.field) == answer.version:
            continue
        if start is None or answer.saved_at >= start - OVERLAP:
            yield {
                "field": answer.field,
                "version": answer.version,
                "by": str(answer.saved_by) if answer.saved_by else "le système",
                "at": hour(answer.saved_at),
                "html": _rendered("_field.html", shown=file.shown(question)),
            }


def _instant(text: str) -> datetime | None:
    """The instant of the last answer; None when there was none, or it makes no sense."""
    try:
        read = parse_datetime(text)
    except ValueError:
        return None
    return read if read is not None and read.tzinfo is not None else None


def _parts(file: File, present: Iterable[object]) -> dict[str, str]:
    """What stands beside the form, by the id of its place."""
    missing = lacks(file.application, file.missing, linked=True)
    way = steps(file.application, file.missing, pieces=file.pieces)
    return {
        "manque": _rendered("_missing.html", missing=missing),
        "present": _rendered("_present.html", present=present),
        "delai": _rendered("_deadline.html", until=file.until(), now=file.now),
        **{f"etat-{step.code}": step.state for step in way},
    }


def _rendered(name: str, **context: object) -> str:
    return render_to_string(f"applications/{name}", context, using="jinja2")
