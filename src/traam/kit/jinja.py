"""The Jinja2 environment of every page: strict, escaped, with few globals and filters."""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static as storage_address
from django.urls import reverse
from django.utils.text import capfirst
from jinja2 import Environment, StrictUndefined

from traam.kit import forms, layout, lists, markdown, tables, text
from traam.kit.bytecode import KeptCode
from traam.kit.french import FrenchSpaces
from traam.kit.surroundings import drawers


@lru_cache(maxsize=4096)
def url(name: str, /, **kwargs: Any) -> str:
    """The address of a named page. Kept: a page names dozens, and they never change."""
    return reverse(name, kwargs=kwargs or None)


def static(path: str) -> str:
    """The address of a file we serve."""
    return _static(path, settings.STORAGES["staticfiles"]["BACKEND"])


@lru_cache(maxsize=512)
def _static(path: str, _storage: str) -> str:
    return storage_address(path)


GLOBALS = {
    "static": static,
    "url": url,
    "layout": layout.layout,
    "with_query": layout.with_query,
    "is_optional": forms.is_optional,
    "widget_kind": forms.widget_kind,
    "page_numbers": forms.page_numbers,
    "active_filters": forms.active_filters,
    "above": lists.above,
    "whole": lists.whole,
}
FILTERS = {
    "day": text.day,
    "exact": text.exact,
    "short_day": text.short_day,
    "instant": text.instant,
    "short_instant": text.short_instant,
    "relative": text.relative,
    "since": text.since,
    "number": text.number,
    "hours": text.hours,
    "of": text.of,
    "plural": text.plural,
    "between": text.between,
    "size": text.size,
    "labelled": tables.labelled,
    "address": text.address,
    "capfirst": capfirst,
    "markdown": markdown.render,
}


class HouseEnvironment(Environment):
    """Jinja2's own, but a template's globals are a plain dict, which each page copies several
    times: a chain of maps is copied name by name. No global is added once templates are read."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": [*options.get("extensions", ()), FrenchSpaces],
        "bytecode_cache": KeptCode(f"autoescape={options.get('autoescape')}"),
    }
    made = HouseEnvironment(**options)  # Django’s backend passes autoescape=True
    made.globals |= GLOBALS | drawers(made)
    made.filters |= FILTERS
    return made
