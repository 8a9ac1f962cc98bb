"""The Jinja2 environment of every page: strict, escaped, with few globals and filters."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from traam.kit import text


def url(name: str, **kwargs: Any) -> str:
    """The address of a named page."""
    return reverse(name, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701  (Django's backend passes autoescape=True)
    made.globals |= {"static": static, "url": url}
    made.filters |= {
        "day": text.day,
        "instant": text.instant,
        "number": text.number,
        "plural": text.plural,
    }
    return made
