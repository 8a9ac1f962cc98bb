"""The acts in French: each app says its own in its `verbs.py`, `VERBS = {"notice.publish": "…"}`.

The journal stands below those apps and imports none: it finds their words by that name.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

MODULE = "verbs"


@cache
def labels() -> Mapping[str, str]:
    """Every act that the installed apps may record, in the order of a French dictionary."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, MODULE):
            found |= import_module(f"{app.name}.{MODULE}").VERBS
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: _plain(item[1]))))


def _plain(words: str) -> str:
    """The words without their accents, which do not count in the order."""
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()


def label(verb: str) -> str:
    """« Notice publiée »; the verb itself when no app says it any more."""
    return labels().get(verb, verb)
