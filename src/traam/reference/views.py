"""The pilot's screens on the vocabularies: read, load a new edition, bring words together."""

import json
from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.kit.clock import now
from traam.kit.refusals import Refusal
from traam.kit.rows import Outcome
from traam.kit.text import plural
from traam.reference import actions, queries
from traam.reference.files import parse
from traam.reference.forms import ConfirmedForm, MergeForm, UploadForm, WritingForm
from traam.reference.models import Scheme, Term
from traam.reference.recording import recorder

PAGE_SIZE = 50
edits = right_required("reference.edit")


@require_safe
@edits
def vocabularies(request: HttpRequest) -> HttpResponse:
    schemes = list(queries.schemes_for_list())
    return render(request, "reference/vocabulary_list.html", {"schemes": schemes})


@require_safe
@edits
def vocabulary(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    scheme = get_object_or_404(Scheme, code=code, edition=edition)
    words, to_review = request.GET.get("q", ""), request.GET.get("etat") == "a-verifier"
    terms = queries.terms_for_list(scheme=scheme, words=words, to_review=to_review)
    page = Paginator(terms, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"scheme": scheme, "page": page, "words": words, "to_review": to_review}
    return render(request, "reference/vocabulary_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits
def load(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _load_page(request, UploadForm())
    if "content" in request.POST:
        return _load_confirmed(request)
    return _load_tried(request)


def _load_page(request: HttpRequest, form: UploadForm, *reasons: str) -> HttpResponse:
    context = {"form": form, "reasons": reasons}
    return render(
        request, "reference/vocabulary_load.html", context, status=422 if reasons else 200
    )


def _load_tried(request: HttpRequest) -> HttpResponse:
    """The dry run: what the file would do, and the button that does it."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "reference/vocabulary_load.html", {"form": form, "reasons": ()})
    try:
        data = parse(form.cleaned_data["file"].read())
        report = actions.import_vocabulary(
            data=data, now=now(), actor=actor_of(request).person, dry_run=True
        )
    except Refusal as refusal:
        return _load_page(request, UploadForm(), *refusal.reasons)
    content = json.dumps(data, ensure_ascii=False)
    context = {
        "name": data["label"] if isinstance(data, dict) else "",
        "counts": report.counts(),
        "rows": [row for row in report.rows if row.outcome is not Outcome.UNCHANGED],
        "outcomes": Outcome,
        "form": ConfirmedForm(initial={"content": content}),
    }
    return render(request, "reference/vocabulary_report.html", context)


def _load_confirmed(request: HttpRequest) -> HttpResponse:
    form = ConfirmedForm(request.POST)
    if not form.is_valid():
        return _load_page(request, UploadForm(), "Le fichier s’est perdu : envoyez-le de nouveau.")
    try:
        report = actions.import_vocabulary(
            data=parse(form.cleaned_data["content"].encode()),
            now=now(),
            actor=actor_of(request).person,
            dry_run=False,
            record=recorder(),
        )
    except Refusal as refusal:
        return _load_page(request, UploadForm(), *refusal.reasons)
    messages.success(request, f"Référentiel chargé : {_said(report.counts())}.")
    return redirect("vocabularies")


def _said(counts: Mapping[Outcome, int]) -> str:
    taken = plural(counts[Outcome.TAKEN], "terme pris", "termes pris")
    refused = plural(counts[Outcome.REFUSED], "refusé")
    return f"{taken}, {refused}, {plural(counts[Outcome.UNCHANGED], 'inchangé')}"


@require_safe
@edits
def term(request: HttpRequest, key: int) -> HttpResponse:
    return _term_page(request, _found(key))


def _found(key: int) -> Term:
    found = queries.term_for_page(key)
    if found is None:
        raise Http404
    return found


def _term_page(
    request: HttpRequest,
    found: Term,
    *,
    merge_form: MergeForm | None = None,
    writing_form: WritingForm | None = None,
    reasons: tuple[str, ...] = (),
) -> HttpResponse:
    context = {
        "term": found,
        "writings": queries.other_writings(found),
        "merge_form": merge_form or MergeForm(term=found),
        "writing_form": writing_form or WritingForm(),
        "reasons": reasons,
    }
    status = 422 if reasons else 200
    return render(request, "reference/term_detail.html", context, status=status)


@require_POST
@edits
def merge(request: HttpRequest, key: int) -> HttpResponse:
    """First shows what bringing the two words together would do; then does it."""
    found = _found(key)
    form = MergeForm(request.POST, term=found)
    if not form.is_valid():
        return _term_page(request, found, merge_form=form)
    target: Term = form.cleaned_data["target"]
    if "confirmer" not in request.POST:
        context = {"term": found, "target": target, "writings": queries.other_writings(found)}
        return render(request, "reference/term_merge.html", context)
    done = f"« {found.label} » est désormais une écriture de « {target.label} »."
    return _acted(request, found, partial(actions.merge_terms, into=target.pk), done)


@require_POST
@edits
def separate(request: HttpRequest, key: int) -> HttpResponse:
    found = _found(key)
    done = f"« {found.label} » est de nouveau un terme à part."
    return _acted(request, found, actions.separate_term, done)


@require_POST
@edits
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    found = _found(key)
    return _acted(request, found, actions.confirm_term, f"« {found.label} » est gardé tel quel.")


@require_POST
@edits
def add_writing(request: HttpRequest, key: int) -> HttpResponse:
    found, form = _found(key), WritingForm(request.POST)
    if not form.is_valid():
        return _term_page(request, found, writing_form=form)
    text = form.cleaned_data["text"]
    done = f"« {text} » se lit désormais « {found.label} »."
    return _acted(request, found, partial(actions.add_alias, text=text), done)


def _acted(request: HttpRequest, found: Term, act: Callable[..., None], done: str) -> HttpResponse:
    """Does the act on the term, and says so; refused, shows the term again with the reasons."""
    try:
        act(term=found.pk, now=now(), actor=actor_of(request).person, record=recorder())
    except Refusal as refusal:
        return _term_page(request, found, reasons=tuple(refusal.reasons))
    messages.success(request, done)
    return redirect("term", key=found.pk)
