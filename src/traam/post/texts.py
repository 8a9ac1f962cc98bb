"""The words of a message: a text template of its app, strict, without escaping (it is no HTML).

Its first line is a comment that names its kind, for who follows the post.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.template.utils import get_app_template_dirs
from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateNotFound

from traam.kit.french import fixed
from traam.kit.jinja import environment
from traam.post import rules
from traam.post.models import Message

_NAMED = re.compile(r"\{#\s*(.+?)\s*#\}")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    folders = [str(folder) for folder in get_app_template_dirs("jinja2")]
    return environment(loader=FileSystemLoader(folders), autoescape=False)


def site() -> str:
    """The absolute address that a mail's links begin with: no request gives its host here."""
    return settings.SITE_URL or settings.LOCAL_URL


def text_of(*, kind: str, params: Mapping[str, str | int]) -> rules.Text:
    """Subject and body. The template also reads `site`, to put before « url(…) ».

    Raises jinja2's errors on a missing template or parameter, `rules.Unfit` on an empty part.
    """
    app, _, name = kind.partition("/")
    template = _environment().get_template(f"{app}/post/{name}.txt")
    return rules.split(template.render(**params, site=site()))


def label_of(kind: str) -> str:
    """What the kind is called: « Candidature : visa demandé »; itself when no template names it."""
    return _label(_environment(), kind)


@lru_cache(maxsize=512)
def _label(made: Environment, kind: str) -> str:
    app, _, name = kind.partition("/")
    try:
        source, *_ = made.loader.get_source(made, f"{app}/post/{name}.txt")  # type: ignore[union-attr]
    except TemplateNotFound:
        return kind
    found = _NAMED.match(source)
    return fixed(found[1]) if found else kind


def subject_of(message: Message) -> str:
    """The subject of a kept message, were its text gone from the program since."""
    try:
        return text_of(kind=message.kind, params=message.params).subject
    except (TemplateError, rules.Unfit):
        return f"Message « {message.kind} »"
