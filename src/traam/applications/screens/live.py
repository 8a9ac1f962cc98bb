"""What a form that is open is told after a save or a look: only what its page does not know yet.

The page says which version it shows of each field and which state of each part stands beside
(`Known`); what has not changed since is neither rendered nor sent again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import Any

from django.template.loader import render_to_string

from traam.access.actor import Actor
from traam.applications.actions.saving import Saved
from traam.applications.models import Application
from traam.applications.queries.calls import day_of
from traam.applications.queries.open_forms import Here, OpenFile
from traam.applications.rules.answers import Missing
from traam.applications.screens.editing import HERE_FOR, File, Present, author, hour, until
from traam.applications.screens.places import lacks, steps
from traam.kit.text import relative
from traam.people.queries import names_of

NOTHING = Saved()
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What a page shows: `versions` by field, `parts` by the id of their place (see `_Part`)."""

    versions: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


def told(
    file: OpenFile, *, actor: Actor, now: datetime, known: Known, saved: Saved = NOTHING
) -> Told:
    """The answer to a save or a look; see static/applications/saving.js and following.js."""
    rivals = {one.field for one in saved.rivals}
    versions = {name: at for name, at in saved.versions.items() if name not in rivals}
    others = _others(file, actor, now)
    fresh = [part for part in _parts(file, others, now) if known.parts.get(part.id) != part.stamp]
    return {
        "person": str(actor.person),
        "at": hour(now),
        "saved": versions,
        "faults": saved.faults,
        **_fields(file, known={**known.versions, **versions}, now=now),
        "others": len(others),
        "parts": {part.id: part.html() for part in fresh},
        "stamps": {part.id: part.stamp for part in fresh},
    }


# -- the fields that others wrote, and those where two texts wait


def _fields(file: OpenFile, *, known: Mapping[str, int], now: datetime) -> Told:
    """The fields of the page, rendered as it renders them, from the rows that it would read."""
    shown = (one for one in file.answers.values() if one.field in known)
    changed = [one for one in shown if one.version > known[one.field]]
    if not changed and not file.aside:
        return {"changes": [], "rivals": {}}
    rows = Application.objects.select_related("campaign", "academy", "questionnaire", "extension")
    whole = File(rows.get(pk=file.form.key), now)
    names = {one.field for one in changed}
    return {
        "changes": [_change(whole, name) for name in whole.questions if name in names],
        "rivals": {name: _rivals(whole, name) for name in whole.rivals if name in whole.questions},
    }


def _change(whole: File, name: str) -> Told:
    answer = whole.answers[name]
    return {
        "field": name,
        "version": answer.version,
        "by": author(answer),
        "at": hour(answer.saved_at),
        "html": _rendered("_field.html", shown=whole.shown(whole.questions[name])),
    }


def _rivals(whole: File, name: str) -> str:
    return _rendered("_rivals.html", shown=whole.shown(whole.questions[name]))


# -- what stands beside the form


@dataclass(frozen=True, slots=True)
class _Part:
    """What takes the place of this id; `stamp` changes with what it says."""

    id: str
    stamp: str
    html: Callable[[], str]


def _parts(file: OpenFile, others: Sequence[Here], now: datetime) -> Iterator[_Part]:
    form, missing = file.form, file.missing(today=day_of(now))
    end = until(
        form.limit, academy=form.academy, name=form.academy_name, is_extended=form.is_extended
    )
    left = relative(end.at, now) if end else ""
    yield _Part("manque", _stamp(missing), partial(_missing, file, missing))
    yield _Part(
        "present", _stamp([one[:2] for one in others]), partial(_present, file, others, now)
    )
    yield _Part(
        "delai", _stamp(end, left), partial(_rendered, "_deadline.html", until=end, now=now)
    )
    for step in steps(form, missing, pieces=form.pieces):
        yield _Part(f"etat-{step.code}", step.state, partial(str, step.state))


def _stamp(*said: object) -> str:
    return blake2b(repr(said).encode(), digest_size=6).hexdigest()


def _missing(file: OpenFile, missing: Sequence[Missing]) -> str:
    return _rendered("_missing.html", missing=lacks(file.form, missing, linked=True))


def _others(file: OpenFile, actor: Actor, now: datetime) -> list[Here]:
    """Who else has the form open now."""
    others = (one for one in file.here if one.person != actor.person)
    return [one for one in others if one.seen_at >= now - HERE_FOR]


def _present(file: OpenFile, others: Sequence[Here], now: datetime) -> str:
    names = names_of(one.person for one in others)
    present = [Present(names[one.person], _label(file, one.field, now)) for one in others]
    return _rendered("_present.html", present=sorted(present, key=lambda one: one.name))


def _label(file: OpenFile, field: str, now: datetime) -> str:
    core = file.form.core(today=day_of(now), with_academies=False)
    question = core.question(field) or file.form.form.question(field)
    return question.label if question else ""


def _rendered(name: str, **context: object) -> str:
    return render_to_string(f"applications/{name}", context, using="jinja2")
