"""The minutes of a meeting: written section by section, read version by version."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of
from traam.groups import actions
from traam.groups.actions.minutes import Saved
from traam.groups.forms.meetings import SectionForm, SectionTitleForm
from traam.groups.models import Meeting, MinutesSection
from traam.groups.queries import meetings as queries
from traam.groups.screens.meetings import place_of_space
from traam.groups.views.finding import REFUSED, attempted
from traam.groups.views.meetings import meeting_of, need
from traam.kit.clock import now
from traam.kit.diff import words
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.text import plural

SAVED = "Enregistré."
MERGED = (
    "Enregistré, avec ce que quelqu’un d’autre avait écrit entre-temps dans la même section. "
    "Relisez-la."
)


@require_safe
def minutes(request: HttpRequest, key: int) -> HttpResponse:
    """The sections, each with its own form."""
    meeting = meeting_of(request, key)
    need(actor_of(request), queries.WRITE, meeting.owner)
    return _page(request, meeting)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    refused: SectionForm | None = None,
    at: int = 0,
    added: SectionTitleForm | None = None,
) -> HttpResponse:
    """`refused`: the form of section `at`, shown with what was typed."""
    forms = []
    for one in queries.sections_of(meeting):
        initial = {"text": one.text, "base": one.version}
        form = SectionForm(initial=initial, prefix=f"s{one.pk}")
        forms.append((one, refused if refused is not None and one.pk == at else form))
    context = {
        "meeting": meeting,
        "space": place_of_space(meeting.owner),
        "sections": forms,
        "title_form": added or SectionTitleForm(),
        "now": now(),
    }
    status = REFUSED if refused or added else 200
    return render(request, "groups/minutes_edit.html", context, status=status)


@require_POST
def minutes_begin(request: HttpRequest, key: int) -> HttpResponse:
    meeting = meeting_of(request, key)
    act = partial(actions.begin_minutes, meeting=meeting, now=now(), actor=actor_of(request))
    attempted(request, act, "Les sections sont prêtes : chacun peut écrire dans la sienne.")
    return redirect("minutes_edit", key=key)


@require_POST
def section_add(request: HttpRequest, key: int) -> HttpResponse:
    meeting, form = meeting_of(request, key), SectionTitleForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, added=form)
    try:
        made = actions.add_section(
            meeting=meeting,
            title=form.cleaned_data["title"],
            now=now(),
            actor=actor_of(request),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.reasons)
        return _page(request, meeting, added=form)
    return redirect(_at(made))


@require_POST
def section_remove(request: HttpRequest, key: int) -> HttpResponse:
    section, meeting = _section(request, key)
    act = partial(actions.remove_section, section=section, now=now(), actor=actor_of(request))
    attempted(request, act, "La section vide est retirée.")
    return redirect("minutes_edit", key=meeting.pk)


@require_POST
def section_save(request: HttpRequest, key: int) -> HttpResponse:
    section, meeting = _section(request, key)
    form = SectionForm(request.POST, prefix=f"s{section.pk}")
    if not form.is_valid():
        return _page(request, meeting, refused=form, at=section.pk)
    try:
        saved = actions.save_section(
            section=section,
            text=form.cleaned_data["text"],
            base=form.cleaned_data["base"],
            now=now(),
            actor=actor_of(request),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.reasons)
        return _page(request, meeting, refused=form, at=section.pk)
    _tell(request, saved)
    return redirect(_at(section))


def _tell(request: HttpRequest, saved: Saved) -> None:
    if saved.clashes:
        places = plural(saved.clashes, "passage", "passages")
        said = f"{MERGED} {places} : les deux textes y sont gardés l’un après l’autre."
        messages.warning(request, said)
    elif saved.is_merged:
        messages.warning(request, MERGED)
    else:
        messages.success(request, SAVED)


@require_http_methods(["GET", "HEAD", "POST"])
def section_versions(request: HttpRequest, key: int) -> HttpResponse:
    """What a section has said; the words changed between two versions; a post takes one again."""
    section, meeting = _section(request, key)
    may_write = queries.may_write(actor_of(request), meeting.owner)
    if request.method == "POST":
        number = number_in(request.POST.get("version"))
        actions.take_version(section=section, number=number, now=now(), actor=actor_of(request))
        messages.success(
            request, f"La section dit de nouveau ce qu’elle disait (version {number})."
        )
        return redirect(_at(section))
    versions = queries.versions_of(section)
    texts = {one.number: one.text for one in versions} | {0: ""}
    shown = _number(request, "version", default=section.version)
    before = _number(request, "depuis", default=max(shown - 1, 0))
    if shown not in texts or before not in texts:
        raise Http404
    context = {
        "section": section,
        "meeting": meeting,
        "space": place_of_space(meeting.owner),
        "versions": versions,
        "shown": shown,
        "before": before,
        "runs": words(texts[before], texts[shown]),
        "may_write": may_write,
        "now": now(),
    }
    return render(request, "groups/section_versions.html", context)


def _number(request: HttpRequest, name: str, *, default: int) -> int:
    return number_in(request.GET[name]) if name in request.GET else default


def _section(request: HttpRequest, key: int) -> tuple[MinutesSection, Meeting]:
    """A section of a meeting that the reader reads. Raises Http404."""
    section = get_object_or_404(MinutesSection, pk=key)
    meeting = meeting_of(request, section.meeting_id)
    section.meeting = meeting
    return section, meeting


def _at(section: MinutesSection) -> str:
    page = reverse("minutes_edit", kwargs={"key": section.meeting_id})
    return f"{page}#section-{section.pk}"
