"""The editor of a synthesis, passage by passage; its versions, its remarks."""

from typing import Any, Literal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from traam.access.web import actor_of
from traam.kit.clock import now
from traam.kit.diff import words
from traam.kit.keys import number_in
from traam.kit.layout import with_query
from traam.kit.refusals import NotAllowed, Refusal
from traam.syntheses import actions
from traam.syntheses.actions.writing import Clash, Typed
from traam.syntheses.forms.writing import AnswerForm, BlockForm, HeadForm, RemarkForm
from traam.syntheses.models import Block, Remark, Synthesis, SynthesisVersion
from traam.syntheses.rules.content import prose_of
from traam.syntheses.rules.life import Mark
from traam.syntheses.rules.skeleton import skeleton
from traam.syntheses.screens.editing import EditPage
from traam.syntheses.screens.reading import SynthesisPage
from traam.syntheses.views.looking import block_of, synthesis_of

REFUSED = 400
CLASH = 409
VERSIONS_PER_PAGE = 30


@require_safe
def synthesis_edit(request: HttpRequest, code: str) -> HttpResponse:
    """The whole text, each passage in its own form."""
    found = synthesis_of(request, code)
    page = SynthesisPage(found, actor_of(request), now())
    if not page.may_write:
        messages.info(request, f"Ce texte ne s’écrit pas en ce moment. {page.who_acts}")
        return redirect("synthesis", code=code)
    context = {"page": EditPage(page), "synthesis": found, "now": now()}
    return render(request, "syntheses/synthesis_edit.html", context)


@require_POST
def head_save(request: HttpRequest, code: str) -> HttpResponse:
    """Save the title and the summary."""
    found, form = synthesis_of(request, code), HeadForm(request.POST)
    if not form.is_valid():
        return _saved(request, found, "head", reasons=_reasons(form))
    typed: dict[str, Any] = form.cleaned_data
    base = (typed.pop("base_title"), typed.pop("base_summary").replace("\r\n", "\n").strip())
    try:
        clash = actions.write_head(
            synthesis=found, **typed, base=base, now=now(), actor=actor_of(request)
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _saved(request, found, "head", reasons=refusal.reasons)
    found.refresh_from_db(fields=["title", "summary"])
    return _saved(request, found, "head", clash=clash)


@require_POST
def block_save(request: HttpRequest, key: int) -> HttpResponse:
    """Save one passage."""
    block = block_of(request, key)
    typed, base, reasons = _typed(request, block.synthesis, block.section)
    clash = None
    if not reasons:
        try:
            clash = actions.write_block(
                block=block, typed=typed, base=base, now=now(), actor=actor_of(request)
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            reasons = refusal.reasons
    fresh = Block.objects.filter(pk=key).select_related("finding").first()
    anchor = f"passage-{key}"
    return _saved(request, block.synthesis, anchor, block=fresh, clash=clash, reasons=reasons)


def _typed(
    request: HttpRequest, synthesis: Synthesis, section: str
) -> tuple[Typed, int, list[str]]:
    """What was typed in a passage, the version it was read at, what is wrong."""
    page = EditPage.of_findings(synthesis)
    is_marked = any(one.key == section and one.is_marked for one in skeleton(synthesis.kind))
    form = BlockForm(request.POST, findings=page, is_marked=is_marked)
    if not form.is_valid():
        return Typed(), 0, _reasons(form)
    given = form.cleaned_data
    mark = Mark(given.get("mark") or Mark.NONE)
    return Typed(given["text"], mark, given.get("finding")), given.get("base") or 0, []


def _reasons(form: Any) -> list[str]:
    return [
        f"« {form.fields[name].label or name} » : {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]


def _saved(
    request: HttpRequest,
    synthesis: Synthesis,
    anchor: str,
    *,
    block: Block | None = None,
    clash: Clash | None = None,
    reasons: list[str] | None = None,
) -> HttpResponse:
    """The state of the save: a part for the script, a page for who has none and must choose."""
    context = {
        "synthesis": synthesis,
        "block": block,
        "anchor": anchor,
        "clash": clash,
        "difference": words(clash.present, clash.given) if clash else (),
        "reasons": reasons or [],
        "now": now(),
    }
    status = CLASH if clash else REFUSED if reasons else 200
    if request.headers.get("HX-Request") == "true":
        return render(request, "syntheses/_saved.html", context)
    if clash or reasons:
        return render(request, "syntheses/block_clash.html", context, status=status)
    return redirect(f"{reverse('synthesis_edit', kwargs={'code': synthesis.code})}#{anchor}")


@require_POST
def block_add(request: HttpRequest, code: str) -> HttpResponse:
    """A passage at the end of a section."""
    found, section = synthesis_of(request, code), request.POST.get("section", "")
    typed, _, reasons = _typed(request, found, section)
    if reasons:
        return _saved(request, found, f"section-{section}", reasons=reasons)
    try:
        made = actions.add_block(
            synthesis=found, section=section, typed=typed, now=now(), actor=actor_of(request)
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _saved(request, found, f"section-{section}", reasons=refusal.reasons)
    return redirect(f"{reverse('synthesis_edit', kwargs={'code': code})}#passage-{made.pk}")


@require_POST
def block_place(request: HttpRequest, key: int) -> HttpResponse:
    """Up, down, or out of the text."""
    block, who = block_of(request, key), {"now": now(), "actor": actor_of(request)}
    offsets: dict[str, Literal[-1, 1]] = {"monter": -1, "descendre": 1}
    asked = request.POST.get("place", "")
    if asked in offsets:
        actions.move_block(block=block, offset=offsets[asked], **who)  # type: ignore[arg-type]
    elif asked == "retirer":
        actions.remove_block(block=block, **who)  # type: ignore[arg-type]
        messages.success(request, "Le passage est retiré ; ses mots restent dans les versions.")
    code = block.synthesis.code
    anchor = f"section-{block.section}" if asked == "retirer" else f"passage-{key}"
    return redirect(f"{reverse('synthesis_edit', kwargs={'code': code})}#{anchor}")


@require_safe
def synthesis_versions(request: HttpRequest, code: str) -> HttpResponse:
    """What changed, save after save, word by word."""
    found = synthesis_of(request, code)
    rows = found.versions.select_related("saved_by").order_by("-number", "pk")
    page = Paginator(rows, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    titles = {one.key: one.title for one in skeleton(found.kind)}
    shown = list(page.object_list)
    after = _version(found, request.GET.get("apres")) or (shown[0] if shown else None)
    before = _version(found, request.GET.get("avant")) or _before(found, after)
    context = {
        "synthesis": found,
        "page": page,
        "page_href": lambda number: with_query(request, page=number),
        "before": before,
        "after": after,
        "difference": words(
            prose_of(before.content, titles) if before else "",
            prose_of(after.content, titles) if after else "",
        ),
    }
    return render(request, "syntheses/synthesis_versions.html", context)


def _version(synthesis: Synthesis, number: str | None) -> SynthesisVersion | None:
    known = number_in(number)
    return synthesis.versions.filter(number=known).first() if known else None


def _before(synthesis: Synthesis, after: SynthesisVersion | None) -> SynthesisVersion | None:
    if after is None:
        return None
    return synthesis.versions.filter(number__lt=after.number).order_by("-number", "pk").first()


@require_POST
def remark_make(request: HttpRequest, code: str) -> HttpResponse:
    """A remark, on the whole text or a passage."""
    found, form = synthesis_of(request, code), RemarkForm(request.POST)
    page = SynthesisPage(found, actor_of(request), now())
    if form.is_valid():
        key = form.cleaned_data["block"]
        block = get_object_or_404(Block, pk=key, synthesis=found) if key else None
        text = form.cleaned_data["text"]
        actions.remark(synthesis=found, text=text, block=block, now=now(), actor=actor_of(request))
        messages.success(request, "La remarque est faite : qui écrit en est averti.")
        return redirect(f"{reverse('synthesis', kwargs={'code': code})}#remarques")
    context = {"page": page, "synthesis": found, "form": form, "now": now()}
    return render(request, "syntheses/synthesis_show.html", context, status=REFUSED)


@require_POST
def remark_settle(request: HttpRequest, key: int) -> HttpResponse:
    """A remark is answered, and settled."""
    rows = Remark.objects.select_related("synthesis")
    remark = get_object_or_404(rows, pk=key)
    found = synthesis_of(request, remark.synthesis.code)
    form = AnswerForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    actions.settle_remark(remark=remark, answer=answer, now=now(), actor=actor_of(request))
    messages.success(request, "La remarque est réglée.")
    return redirect(f"{reverse('synthesis', kwargs={'code': found.code})}#remarques")
