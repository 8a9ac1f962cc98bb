"""The views that a person keeps of a list: what stands above it, what it opens with.

What one may keep is signed by the page of the list: only a query that its own filters understood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.core import signing
from django.http import QueryDict
from django.urls import Resolver404, resolve

from traam.kit.forms import ORDER, active_filters
from traam.kit.jinja import url
from traam.kit.layout import find
from traam.kit.lists import NOT_ASKED, WHOLE, asks, canonical, label_of
from traam.people.models import SavedView

SALT = "traam.people.shelf"


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept view, as the list shows it."""

    name: str
    href: str
    is_open: bool
    is_opening: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What stands above a list. `keep`, `change`: where the present one is named, or changed; empty
    when there is nothing to. `lost`: the filters of the open one that the list no longer knows."""

    views: Sequence[Shown]
    whole: str
    is_whole: bool
    keep: str
    change: str
    lost: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be kept: the list, by its path, a query that it understands, and its words."""

    path: str
    query: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A list: the name of its address, the one where the reader is, and how it is called."""

    name: str
    path: str
    label: str


class Shelf:
    """The views of one list, read once for a page."""

    def __init__(self, *, person: int, list_name: str, path: str) -> None:
        self.person, self.list_name, self.path = person, list_name, path

    @cached_property
    def views(self) -> list[SavedView]:
        """From the first kept to the last."""
        return list(SavedView.objects.of(self.person, self.list_name).order_by("pk"))

    @property
    def opening(self) -> str:
        """The address that the list opens with; empty when it is its own."""
        return next((self.href(one) for one in self.views if one.is_opening), "")

    @property
    def whole(self) -> str:
        return f"{self.path}?{WHOLE}" if self.opening else self.path

    def href(self, view: SavedView) -> str:
        return f"{self.path}?{view.query}"

    def above(self, query: QueryDict, form: forms.Form) -> Above:
        """What the page of the list shows of them."""
        opened = next((one for one in self.views if asks(query, one.query)), None)
        asked = canonical(form)
        is_new = bool(asked) and not any(asks(QueryDict(asked), one.query) for one in self.views)
        views = [
            Shown(one.name, self.href(one), one is opened, one.is_opening) for one in self.views
        ]
        return Above(
            views=views,
            whole=self.whole,
            is_whole=not asked and opened is None,
            keep=self._keep(asked, form) if is_new else "",
            change=f"{url('saved_view', key=opened.pk)}?de={quote(self.path)}" if opened else "",
            lost=_lost(query, form) if opened else (),
        )

    def _keep(self, asked: str, form: forms.Form) -> str:
        token = signed(Asked(self.path, asked, _words(form)))
        return f"{url('saved_view_new')}?{urlencode({'vue': token})}"


def _words(form: forms.Form) -> list[str]:
    said = [f"{one.label} : {one.text}" for one in active_filters(form)]
    order = form.cleaned_data.get(ORDER)
    if order and ORDER in form.fields:
        field: Any = form.fields[ORDER]
        label = dict(field.choices).get(order, order)
        said.append(f"{field.label} : {label}")
    return said


def _lost(query: QueryDict, form: forms.Form) -> list[str]:
    """The filters given whose value the list refuses, or that it no longer has."""
    refused = [str(form[name].label) for name in form.errors if name in form.fields]
    gone = [name for name in query if name not in form.fields and name not in NOT_ASKED]
    return [*refused, *gone]


def signed(asked: Asked) -> str:
    """What may be kept, as the page of the list hands it to the reader."""
    words = list(asked.words)
    return signing.dumps([asked.path, asked.query, words], salt=SALT, compress=True)


def read(token: str) -> Asked | None:
    """The same, back; None when no list has signed it."""
    try:
        path, query, words = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Asked(path, query, words)


def place_of(path: str, *, list_name: str = "") -> Place | None:
    """The list at this path; None where none keeps views, or another than the one named."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    label = label_of(match.func)
    if not label or list_name not in ("", match.url_name):
        return None
    return Place(str(match.url_name), path, label)


def any_place(list_name: str, path: str) -> Place:
    """Where to go back to: the list where the reader was, else the list, else the first page."""
    found = place_of(path, list_name=list_name) or place_of(find(list_name), list_name=list_name)
    return found or Place(list_name, find("home"), "")
