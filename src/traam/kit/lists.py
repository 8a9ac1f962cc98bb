"""What the address of a list asks, in one form; the lists of which a reader may keep views.

The views themselves are kept where people are known: a middleware gives `request.shelf` on the
pages marked here; nothing on the others, nor to a stranger.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import HttpRequest, QueryDict

View = TypeVar("View", bound=Callable[..., Any])
NOT_ASKED = frozenset({"page", "format", "vue"})  # where one is in the list, not what it shows
WHOLE = "vue=toute"  # what opens the list itself, whatever view it opens with


class Shelf(Protocol):
    """The views that the reader keeps of this list."""

    whole: str

    def above(self, query: QueryDict, form: forms.Form) -> object:
        """What is shown of them above the list."""


def keeps_views(label: str) -> Callable[[View], View]:
    """Marks the view of a list, whose filters are a form: its readers may keep views of it."""

    def mark(view: View) -> View:
        view.keeps_views = label  # type: ignore[attr-defined]
        return view

    return mark


def label_of(view: Callable[..., Any]) -> str:
    """The name of the list that this view shows; empty when no view of it is kept."""
    return cast(str, getattr(view, "keeps_views", ""))


def above(request: HttpRequest, form: forms.Form) -> object | None:
    """What the page shows above its list; None for a stranger."""
    shelf = _shelf(request)
    return shelf.above(request.GET, form) if shelf else None


def whole(request: HttpRequest, address: str) -> str:
    """The address of the list without a filter: this one, unless it would open with a view."""
    shelf = _shelf(request)
    return shelf.whole if shelf else address


def _shelf(request: HttpRequest) -> Shelf | None:
    return getattr(request, "shelf", None)


def well_chosen(form: forms.Form) -> dict[str, Any]:
    """What was well chosen, each filter apart: one that makes no sense narrows nothing."""
    form.is_valid()
    chosen: Mapping[str, Any] = form.cleaned_data if form.is_bound else {}
    return {name: value for name, value in chosen.items() if value not in (None, "", [], False)}


def canonical(form: forms.Form) -> str:
    """The query of what was well chosen, in the order of the form: all that a list understands."""
    pairs = [
        (name, each)
        for name, value in well_chosen(form).items()
        for each in ([value] if isinstance(value, str) else _raw(form, name))
    ]
    return urlencode(pairs)


def _raw(form: forms.Form, name: str) -> list[str]:
    typed = cast(QueryDict, form.data).getlist(name)
    return [value for value in dict.fromkeys(str(one).strip() for one in typed) if value]


def asks(query: QueryDict, kept: str) -> bool:
    """Does the address ask exactly what this kept query asks?"""
    now = [(name, value) for name, values in query.lists() for value in values if value.strip()]
    return sorted(pair for pair in now if pair[0] not in NOT_ASKED) == sorted(parse_qsl(kept))
