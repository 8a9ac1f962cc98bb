"""Files, links and authors of a production: one page, each form of which does one act."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, require
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal, Unknown
from traam.people.models import User
from traam.productions import actions
from traam.productions.forms.acts import DescribeForm, FileForm, LinkForm, ReasonForm
from traam.productions.models import Production, ProductionFile, ProductionLink
from traam.productions.queries.people import fellow_writers
from traam.productions.rules.files import limit_of
from traam.productions.rules.life import Authorisation, FileUse
from traam.productions.screens import showing
from traam.productions.screens.editing import UNTITLED
from traam.productions.views.finding import find
from traam.productions.views.saying import refused, succeeded

REFUSED = 400
WITHHOLD = "production.withhold"


@require_http_methods(["GET", "HEAD", "POST"])
def production_files(request: HttpRequest, code: str) -> HttpResponse:
    """The files with their answers, the links with their health; what to join next."""
    production, actor = find(request, code), actor_of(request)
    if request.method != "POST":
        return _page(request, production)
    require(actor, "production.write", production.place())
    act = _ACTS.get(request.POST.get("acte", ""))
    if act is None:
        raise Http404
    return act(request, production)


def _page(
    request: HttpRequest, production: Production, *, status: int = 200, **forms: Any
) -> HttpResponse:
    place, actor = production.place(), actor_of(request)
    may_write = actor.allows("production.write", place)
    described = forms.get("described")
    shown = showing.files(production)
    context = {
        "production": production,
        "title": production.title or UNTITLED,
        "files": [(one, _described(one.row, described)) for one in shown],
        "links": [(one, *showing.health_of(one)) for one in production.links.all()],
        "file_form": forms.get("file_form") or FileForm(),
        "link_form": forms.get("link_form") or LinkForm(auto_id="lien-%s"),
        "fellows": fellow_writers(production, now=now()) if may_write else [],
        "may_write": may_write,
        "may_withhold": actor.allows(WITHHOLD, place),
        "why_not": showing.why_not_write(production, actor, place),
    }
    return render(request, "productions/production_files.html", context, status=status)


def _described(row: ProductionFile, form: DescribeForm | None) -> DescribeForm:
    is_sent = form is not None and form.auto_id == f"f{row.pk}-%s"
    return form if is_sent and form is not None else DescribeForm.of(row)


def _joined(request: HttpRequest, production: Production) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, production, status=REFUSED, file_form=form)
    sent, use = form.cleaned_data["file"], FileUse(form.cleaned_data["use"])
    try:
        made = actions.add_file(
            production=production,
            content=sent.read(limit_of(use) + 1),  # one byte more is enough to be refused
            name=sent.name,
            use=use,
            said=form.said(),
            now=now(),
            actor=actor_of(request),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error("file", refusal.reasons)
        return _page(request, production, status=REFUSED, file_form=form)
    return succeeded(
        request, f"Le fichier « {made.name} » est joint.", "production_files", production
    )


def _described_one(request: HttpRequest, production: Production) -> HttpResponse:
    row = _file(request, production)
    form = DescribeForm.of(row, request.POST)
    if not form.is_valid():
        return _page(request, production, status=REFUSED, described=form)
    try:
        actions.describe_file(file=row, said=form.said(), now=now(), actor=actor_of(request))
    except (NotAllowed, Unknown):
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.reasons)
        return _page(request, production, status=REFUSED, described=form)
    return succeeded(
        request, f"Ce qui est dit de « {row.name} » est gardé.", "production_files", production
    )


def _file(request: HttpRequest, production: Production) -> ProductionFile:
    key = request.POST.get("fichier", "")
    rows = production.files.select_related("file")
    row: ProductionFile = get_object_or_404(rows, pk=number_in(key))
    return row


def _removed(request: HttpRequest, production: Production) -> HttpResponse:
    row = _file(request, production)
    actions.remove_file(file=row, now=now(), actor=actor_of(request))
    said = f"Le fichier « {row.name} » est retiré de la production."
    return succeeded(request, said, "production_files", production)


def _linked(request: HttpRequest, production: Production) -> HttpResponse:
    form = LinkForm(request.POST, auto_id="lien-%s")
    if not form.is_valid():
        return _page(request, production, status=REFUSED, link_form=form)
    try:
        actions.add_link(
            production=production, now=now(), actor=actor_of(request), **form.cleaned_data
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error("url", refusal.reasons)
        return _page(request, production, status=REFUSED, link_form=form)
    return succeeded(request, "Le lien est ajouté.", "production_files", production)


def _unlinked(request: HttpRequest, production: Production) -> HttpResponse:
    key = request.POST.get("lien", "")
    rows = ProductionLink.objects.filter(production=production)
    row = get_object_or_404(rows, pk=number_in(key))
    actions.remove_link(link=row, now=now(), actor=actor_of(request))
    return succeeded(request, "Le lien est retiré.", "production_files", production)


def _author(
    request: HttpRequest, production: Production, act: Callable[..., Any], said: str
) -> HttpResponse:
    key = request.POST.get("personne", "")
    person = get_object_or_404(User, pk=number_in(key))
    try:
        act(production=production, person=person, now=now(), actor=actor_of(request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refused(request, refusal, "production_files", production)
    return succeeded(request, said.format(person), "production_files", production)


def _author_added(request: HttpRequest, production: Production) -> HttpResponse:
    said = "{} écrit maintenant cette production avec vous."
    return _author(request, production, actions.add_author, said)


def _author_removed(request: HttpRequest, production: Production) -> HttpResponse:
    said = "{} n’est plus parmi les auteurs et autrices."
    return _author(request, production, actions.remove_author, said)


_ACTS: dict[str, Callable[[HttpRequest, Production], HttpResponse]] = {
    "joindre": _joined,
    "decrire": _described_one,
    "retirer": _removed,
    "lier": _linked,
    "delier": _unlinked,
    "ajouter-auteur": _author_added,
    "retirer-auteur": _author_removed,
}


@require_http_methods(["GET", "HEAD", "POST"])
def production_authorisation(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """A family withdraws its authorisation, or gives it back: with a reason, at once."""
    production, actor = find(request, code, WITHHOLD), actor_of(request)
    require(actor, WITHHOLD, production.place())
    row = get_object_or_404(production.files.select_related("file"), pk=key)
    is_withdrawn = row.authorisation == Authorisation.WITHDRAWN
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        back = request.POST.get("acte") == "rendre"
        act = actions.give_authorisation_back if back else actions.withdraw_authorisation
        act(file=row, reason=form.cleaned_data["reason"], now=now(), actor=actor)
        said = "Le fichier est de nouveau montré." if back else "Le fichier n’est plus montré."
        return succeeded(request, said, "production", production)
    context = {
        "production": production,
        "title": production.title or UNTITLED,
        "file": row,
        "is_withdrawn": is_withdrawn,
        "form": form,
    }
    status = REFUSED if form.errors else 200
    return render(request, "productions/file_authorisation.html", context, status=status)
