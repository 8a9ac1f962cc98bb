"""What an editor that is open is told after a save or a look: only what its page does not know.

The words of the answer are those that the script of applications reads.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.template.loader import render_to_string

from traam.access.actor import Actor
from traam.applications.screens.editing import hour
from traam.productions.actions.saving import Saved
from traam.productions.models import Production
from traam.productions.screens.editing import Draft, lacks

NOTHING = Saved()
Told = dict[str, Any]


def told(
    production: Production,
    *,
    actor: Actor,
    now: datetime,
    versions: Mapping[str, int],
    parts: Mapping[str, str],
    saved: Saved = NOTHING,
) -> Told:
    """`versions`: of each field that the page shows; `parts`: the state of what stands beside."""
    draft = Draft(production, now)
    rivals = {one.field for one in saved.rivals}
    kept = {name: at for name, at in saved.versions.items() if name not in rivals}
    writing = draft.writing(actor)
    beside = {
        "manque": _rendered("_missing.html", **_missing(draft)),
        "present": _rendered("_writing.html", writing=writing),
    }
    stamps = {
        name: blake2b(html.encode(), digest_size=6).hexdigest() for name, html in beside.items()
    }
    fresh = {name: html for name, html in beside.items() if parts.get(name) != stamps[name]}
    return {
        "person": str(actor.person),
        "at": hour(now),
        "saved": kept,
        "faults": saved.faults,
        "changes": _changes(draft, {**versions, **kept}),
        "rivals": _rivals(draft),
        "others": len(writing),
        "parts": fresh,
        "stamps": {name: stamps[name] for name in fresh},
    }


def _missing(draft: Draft) -> dict[str, Any]:
    sharing, rest = draft.missing()
    return {
        "to_share": lacks(draft.production, sharing),
        "to_publish": lacks(draft.production, rest),
    }


def _changes(draft: Draft, known: Mapping[str, int]) -> list[Told]:
    """The fields that were written since the page was drawn, as it draws them."""
    found = []
    for question in draft.form.questions:
        trace = draft.trace(question.id)
        if question.id not in known or trace.version <= known[question.id]:
            continue
        found.append(
            {
                "field": question.id,
                "version": trace.version,
                "by": draft.by(question.id),
                "at": hour(datetime.fromisoformat(trace.at)),
                "html": _field("_field.html", draft.shown(question).shown),
            }
        )
    return found


def _rivals(draft: Draft) -> dict[str, str]:
    """The texts that wait to be settled, for each field that has some."""
    waiting = {one.field for one in draft.asides}
    return {
        question.id: _field("_rivals.html", draft.shown(question).shown)
        for question in draft.form.questions
        if question.id in waiting
    }


def _field(name: str, shown: object) -> str:
    return render_to_string(f"applications/{name}", {"shown": shown}, using="jinja2")


def _rendered(name: str, **context: object) -> str:
    return render_to_string(f"productions/{name}", context, using="jinja2")
