"""Naming a view of a list, renaming it, removing it: the reader's own, and nobody else's."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traam.access.web import actor_of
from traam.kit.refusals import Refusal, Unknown
from traam.people import keeping, shelf
from traam.people.models import SavedView
from traam.people.rules import VIEW_NAME_MAX

REFUSED = 400


class ViewForm(forms.Form):
    """A name, which the action judges, and whether the list opens with it."""

    name = forms.CharField(
        label="Nom de la vue",
        required=False,
        help_text=f"Quelques mots, {VIEW_NAME_MAX} caractères au plus : « À viser cette semaine ».",
        widget=forms.TextInput(attrs={"maxlength": VIEW_NAME_MAX, "autocomplete": "off"}),
    )
    opens = forms.BooleanField(label="Ouvrir la liste avec cette vue", required=False)

    wanted = ("name",)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_new(request: HttpRequest) -> HttpResponse:
    """What the list now shows, under a name; of a name that is taken, one may say to replace it."""
    asked = shelf.read(request.GET.get("vue", ""))
    place = shelf.place_of(asked.path) if asked else None
    if asked is None or place is None:
        raise Http404
    form = ViewForm(request.POST or None)
    is_taken = False
    if request.method == "POST" and form.is_valid():
        act = keeping.replace if "replace" in request.POST else keeping.keep
        try:
            made = act(
                person=_person(request),
                list_name=place.name,
                name=form.cleaned_data["name"],
                query=asked.query,
                is_opening=form.cleaned_data["opens"],
            )
        except Refusal as refusal:
            is_taken = isinstance(refusal, keeping.NameTaken)
            form.add_error("name", refusal.reasons)
        else:
            messages.success(request, f"La vue « {made.name} » est enregistrée.{_opens(made)}")
            return redirect(f"{place.path}?{made.query}")
    back = f"{place.path}?{asked.query}"
    context = {"form": form, "place": place, "words": asked.words, "back": back}
    return _page(request, form, context | {"view": None, "is_taken": is_taken})


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view(request: HttpRequest, key: int) -> HttpResponse:
    """Its name, whether the list opens with it; and its end. « ?de= »: the list one comes from."""
    view = _mine(request, key)
    place = shelf.any_place(view.list_name, request.GET.get("de", ""))
    initial = {"name": view.name, "opens": view.is_opening}
    form = ViewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            view = keeping.change(view=view, name=typed["name"], is_opening=typed["opens"])
        except Unknown:
            raise
        except Refusal as refusal:
            form.add_error("name", refusal.reasons)
        else:
            messages.success(request, f"La vue « {view.name} » est changée.{_opens(view)}")
            return redirect(f"{place.path}?{view.query}")
    context = {"form": form, "place": place, "words": (), "back": f"{place.path}?{view.query}"}
    return _page(request, form, context | {"view": view, "is_taken": False})


@require_POST
def saved_view_remove(request: HttpRequest, key: int) -> HttpResponse:
    """The list stays as it was: what was removed by mistake can be kept again."""
    view = _mine(request, key)
    place = shelf.any_place(view.list_name, request.GET.get("de", ""))
    keeping.remove(view=view)
    messages.success(request, f"La vue « {view.name} » est retirée.")
    return redirect(f"{place.path}?{view.query}")


def _person(request: HttpRequest) -> int:
    """The key of who is signed in (login is required on every view here)."""
    return int(actor_of(request).person or 0)


def _mine(request: HttpRequest, key: int) -> SavedView:
    """Raises Http404 on another person's, as if it did not exist."""
    found: SavedView = get_object_or_404(SavedView, pk=key, person=_person(request))
    return found


def _opens(view: SavedView) -> str:
    return " La liste s’ouvrira avec elle." if view.is_opening else ""


def _page(request: HttpRequest, form: forms.Form, context: dict[str, object]) -> HttpResponse:
    status = REFUSED if form.errors else 200
    return render(request, "people/saved_view_edit.html", context, status=status)
