"""The editor of a production: the whole form in one page, saved by one POST without script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from traam.access.sentences import who_may
from traam.access.web import actor_of
from traam.applications.forms.answers import sent, was_sent
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions.actions import Saved, Write, save, settle
from traam.productions.models import Aside, Production
from traam.productions.queries.reading import open_asides, whole
from traam.productions.rules.fields import Value
from traam.productions.screens.editing import Draft, edit_page
from traam.productions.views.finding import find

WRITE = "production.write"
REFUSED, CONFLICT = 400, 409
TWO = (
    "Quelqu’un a écrit en même temps que vous : les deux textes sont gardés, départagez-les "
    "ci-dessous."
)
CLOSED = "Elle ne s’écrit plus en ce moment : copiez ce que vous venez d’écrire."


@require_http_methods(["GET", "HEAD", "POST"])
def production_edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form, and what it sent."""
    production, actor = find(request, code), actor_of(request)
    if not actor.allows(WRITE, production.place()):
        return _closed(request, production)
    if request.method == "POST":
        return _saved(request, production)
    return _page(request, Draft(production, now()))


def _page(request: HttpRequest, draft: Draft, *, why: str = "", status: int = 200) -> HttpResponse:
    page = edit_page(draft, actor=actor_of(request), why=why)
    context = {"page": page, "now": draft.now}
    return render(request, "productions/production_edit.html", context, status=status)


def _closed(request: HttpRequest, production: Production) -> HttpResponse:
    """Nobody of the team writes any more: what was just typed is shown, to be kept elsewhere."""
    why = who_may(WRITE, production.place())
    if request.method != "POST":
        messages.warning(request, why)
        return redirect("production", code=production.code)
    draft = Draft(production, now(), typed=_typed(Draft(production, now()), request.POST))
    return _page(request, draft, why=f"{why} {CLOSED}", status=CONFLICT)


def _typed(draft: Draft, data: QueryDict) -> dict[str, Value]:
    asked = (one for one in draft.form.questions if was_sent(one, data))
    return {one.id: sent(one, data) for one in asked}


def _saved(request: HttpRequest, production: Production) -> HttpResponse:
    draft, data = Draft(production, now()), request.POST
    try:
        _, saved = save(
            production=production,
            writes=_writes(draft, data),
            now=draft.now,
            actor=actor_of(request),
        )
        field = _settle(request, draft, saved)
    except NotAllowed:
        raise
    except Refusal as refusal:
        typed = Draft(production, draft.now, typed=_typed(draft, data))
        return _page(request, typed, why=" ".join(refusal.reasons), status=REFUSED)
    waiting = _waiting(production, saved, person=actor_of(request).person)
    if waiting:
        messages.warning(request, TWO)
    else:
        messages.success(request, "C’est enregistré.")
    return redirect(_after(production, data, waiting, field))


def _waiting(production: Production, saved: Saved, *, person: int | None) -> list[str]:
    """The fields that do not say what this person typed: here, or before while typing."""
    told = {one.pk for one in saved.rivals}
    mine = (one for one in open_asides(production) if one.saved_by_id == person or one.pk in told)
    return list(dict.fromkeys(one.field for one in mine))


def _writes(draft: Draft, data: QueryDict) -> list[Write]:
    return [
        Write(
            name,
            value,
            base=number_in(data.get(f"base-{name}", "")),
            was=data.get(f"was-{name}", ""),
        )
        for name, value in _typed(draft, data).items()
    ]


def _settle(request: HttpRequest, draft: Draft, saved: Saved) -> str:
    """The field that a button settled: « 17:3:autre »; "" when none was pressed."""
    key, _, rest = request.POST.get("departager", "").partition(":")
    version, _, choice = rest.partition(":")
    if not number_in(key) or choice not in ("champ", "autre", "deux"):
        return ""
    production = draft.production
    row = Aside.objects.filter(production=production, pk=number_in(key)).first()
    if row is None:
        raise Refusal("Ce texte n’attend plus d’être départagé : relisez le champ.")
    fresh = Draft(whole(Production.objects.all()).get(pk=production.pk), now())
    present = fresh.values.get(row.field)
    value = {"champ": present, "autre": row.value}.get(choice, f"{present}\n\n{row.value}")
    written = saved.versions.get(row.field, 0)
    # What this very form wrote just now is what its reader compared with.
    base = written if written > draft.trace(row.field).version else number_in(version)
    settle(
        production=production,
        aside=row.pk,
        value=value,
        base=base,
        now=fresh.now,
        actor=actor_of(request),
    )
    return row.field


def _after(production: Production, data: QueryDict, waiting: list[str], field: str) -> str:
    here = reverse("production_edit", kwargs={"code": production.code})
    if waiting or field:
        return f"{here}#champ-{waiting[0] if waiting else field}"
    if data.get("suite") == "voir":
        return reverse("production", kwargs={"code": production.code})
    return here
