"""The form of an application, step by step; each step saves all its fields by one POST."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of
from traam.applications.actions.saving import Saved, Write, save, settle
from traam.applications.forms.answers import sent, was_sent
from traam.applications.models import AnswerVersion, Application
from traam.applications.queries.answers import open_rivals
from traam.applications.rules.answers import ROWS_MAX, Value
from traam.applications.screens.editing import File
from traam.applications.screens.places import Step, following, step_href, step_of
from traam.applications.screens.steps import edit_page
from traam.applications.views.finding import find, why_not_write
from traam.campaigns.rules.questions import Question
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal

SETTLING = ("champ", "autre", "deux")


@require_http_methods(["GET", "HEAD", "POST"])
def application_edit(request: HttpRequest, code: str) -> HttpResponse:
    """A step, and what its form sent."""
    instant, actor = now(), actor_of(request)
    application = find(request, code)
    step = _step(request.GET.get("etape", ""))
    if why := why_not_write(application, actor, instant):
        return _closed(request, application, step, why, instant)
    if step is Step.PIECES:
        return redirect(step_href(application, step))
    file = File(application, instant)
    if request.method == "POST":
        return _saved(request, file, step)
    return _page(request, file, step)


def _step(code: str) -> Step:
    return Step(code) if code in list(Step) else Step.PROJECT


def _page(
    request: HttpRequest, file: File, step: Step, *, why: str = "", status: int = 200
) -> HttpResponse:
    page = edit_page(file, step, actor=actor_of(request), rows=_rows(request.GET), why=why)
    name = "application_check" if step is Step.CHECK else "application_edit"
    context = {"page": page, "now": file.now, "answers": page.reading}
    return render(request, f"applications/{name}.html", context, status=status)


def _rows(query: QueryDict) -> dict[str, int]:
    """« ?lignes=team:5 »: how many rows of a block to show."""
    found = {}
    for text in query.getlist("lignes"):
        name, _, count = text.partition(":")
        if asked := number_in(count):
            found[name] = min(asked, ROWS_MAX)
    return found


def _closed(
    request: HttpRequest, application: Application, step: Step, why: str, instant: datetime
) -> HttpResponse:
    """Nobody writes any more: what was just typed is shown, to be kept elsewhere."""
    if request.method != "POST":
        messages.warning(request, why)
        return redirect("application_show", code=application.code)
    file = File(application, instant, typed=_typed(File(application, instant), step, request.POST))
    return _page(request, file, step, why=why, status=409)


def _typed(file: File, step: Step, data: QueryDict) -> dict[str, Value]:
    return {one.id: sent(one, data) for one in _asked(file, step, data)}


def _asked(file: File, step: Step, data: QueryDict) -> list[Question]:
    """The questions of this step that came back."""
    return [
        one for one in file.questions.values() if step_of(one.id) is step and was_sent(one, data)
    ]


# -- what a form sent


def _saved(request: HttpRequest, file: File, step: Step) -> HttpResponse:
    data, actor = request.POST, actor_of(request)
    writes = _writes(file, step, data)
    before = {name: one.version for name, one in file.answers.items()}
    try:
        saved = save(application=file.application, writes=writes, now=file.now, actor=actor)
        settled = _settle(file, saved, data, before=before, actor=actor)
    except NotAllowed:
        raise
    except Refusal as refusal:
        typed = replace(file, typed=_typed(file, step, data))
        return _page(request, typed, step, why=" ".join(refusal.reasons), status=400)
    waiting = _waiting(file.application, saved, writes, person=actor.person)
    _tell(request, waiting)
    return redirect(_after(file.application, step, data, waiting, settled))


def _writes(file: File, step: Step, data: QueryDict) -> list[Write]:
    removed = data.get("retirer", "").partition(":")
    return [
        Write(
            one.id,
            _without(one, sent(one, data), removed),
            base=number_in(data.get(f"base-{one.id}")),
        )
        for one in _asked(file, step, data)
    ]


def _without(question: Question, raw: Value, removed: tuple[str, str, str]) -> Value:
    """The rows that stay, when the button of one of them was pressed."""
    name, _, place = removed
    if name != question.id or not isinstance(raw, list):
        return raw
    return [row for index, row in enumerate(raw) if str(index) != place]


@dataclass(frozen=True)
class Settling:
    """Which text of two was chosen, by its button: « 17:3:autre »."""

    rival: AnswerVersion
    version: int
    choice: str


def _settle(
    file: File, saved: Saved, data: QueryDict, *, before: Mapping[str, int], actor: Any
) -> Settling | None:
    key, _, rest = data.get("departager", "").partition(":")
    version, _, choice = rest.partition(":")
    if not number_in(key) or choice not in SETTLING:
        return None
    rows = AnswerVersion.objects.filter(application=file.application, is_rival=True)
    rival = rows.filter(pk=number_in(key)).first()
    if rival is None or rival.field not in file.questions:
        raise Refusal("Ce texte n’attend plus d’être départagé : relisez le champ.")
    asked = Settling(rival, number_in(version), choice)
    settle(
        application=file.application,
        field=rival.field,
        rival=rival.pk,
        value=_kept(file, asked),
        base=_compared(asked, saved, before),
        now=file.now,
        actor=actor,
    )
    return asked


def _kept(file: File, asked: Settling) -> Value:
    present = File(file.application, file.now).values.get(asked.rival.field)
    if asked.choice == "champ":
        return present
    if asked.choice == "deux" and isinstance(present, str) and isinstance(asked.rival.value, str):
        return f"{present}\n\n{asked.rival.value}"
    return asked.rival.value


def _compared(asked: Settling, saved: Saved, before: Mapping[str, int]) -> int:
    """The version of the text chosen against; or the later one that this very form wrote."""
    field = asked.rival.field
    version = saved.versions.get(field, 0)
    return version if version > before.get(field, 0) else asked.version


def _waiting(
    application: Application, saved: Saved, writes: list[Write], *, person: int | None
) -> list[str]:
    """The fields of this form that do not say what this person typed: here, or before while
    typing."""
    told, sent_ = {one.key for one in saved.rivals}, {one.field for one in writes}
    rows = (one for one in open_rivals(application) if one.field in sent_)
    mine = (one for one in rows if one.saved_by_id == person or one.pk in told)
    return list(dict.fromkeys(one.field for one in mine))


def _tell(request: HttpRequest, waiting: list[str]) -> None:
    if waiting:
        messages.warning(
            request,
            "Quelqu’un a écrit en même temps que vous : les deux textes sont gardés, "
            "départagez-les ci-dessous.",
        )
    else:
        messages.success(request, "C’est enregistré.")


def _after(
    application: Application,
    step: Step,
    data: QueryDict,
    waiting: list[str],
    settled: Settling | None,
) -> str:
    """Where to go once saved: the step asked for, or back to the field that was touched."""
    here = step_href(application, step)
    if waiting or settled is not None:
        return f"{here}#champ-{waiting[0] if settled is None else settled.rival.field}"
    if added := data.get("ajouter", ""):
        count = number_in(data.get(f"rows-q-{added}")) + 1
        return f"{here}&lignes={added}:{count}#champ-{added}" if _is_name(added) else here
    if removed := data.get("retirer", "").partition(":")[0]:
        return f"{here}#champ-{removed}" if _is_name(removed) else here
    return step_href(application, _step(data.get("suite", "") or following(step)))


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier()
