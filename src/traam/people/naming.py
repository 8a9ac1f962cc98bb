"""What the limits of a mandate are called: each app says those of its own kinds in its `scopes.py`,
`NAMERS = {ScopeKind.TEAM: …}`.

People stand below those apps and import none: they find their words by that name, as the journal.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from traam.kit.together import Asking, answer, gather
from traam.people.models import Mandate, ScopeKind
from traam.people.reach import Limits
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary

MODULE = "scopes"
NATION = "toute la France"
Limit = tuple[ScopeKind, str]  # a kind, a code
Names = Mapping[Limit, str]
Namer = Callable[[frozenset[str]], Asking[dict[str, str]]]  # codes → what each is called


@cache
def _namers() -> Mapping[ScopeKind, Namer]:
    found: dict[ScopeKind, Namer] = {}
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, MODULE):
            found |= import_module(f"{app.name}.{MODULE}").NAMERS
    return MappingProxyType(found)


def names_of_limits(limits: Iterable[Limit]) -> Asking[Names]:
    """What these are called, where an app says it: nothing is asked for a kind that none has."""
    wanted = frozenset(limits)
    codes = {kind: frozenset(c for k, c in wanted if k == kind) for kind in _namers()}
    kinds = [kind for kind, found in codes.items() if found]
    named = yield from gather(_namers()[kind](codes[kind]) for kind in kinds)
    return {
        (kind, code): name
        for kind, names in zip(kinds, named, strict=True)
        for code, name in names.items()
    }


def limits_of(mandate: Mandate) -> Limits:
    """Those of a mandate whose scopes are read already."""
    return Limits(
        academies=mandate.codes(ScopeKind.ACADEMY),
        disciplines=mandate.codes(ScopeKind.DISCIPLINE),
        themes=mandate.codes(ScopeKind.THEME),
        teams=mandate.codes(ScopeKind.TEAM),
    )


def said_limits(limits: Limits, *, words: Vocabulary, names: Names) -> str:
    """« Lille, Mathématiques », « toute la France » without any; a code that nobody names stays."""
    known = {**_of_vocabulary(limits, words), **names}
    return ", ".join(known.get(each, each[1]) for each in limits.rows()) or NATION


def scopes_of(mandate: Mandate) -> str:
    """Those of one mandate, in words."""
    limits = limits_of(mandate)
    names = answer(names_of_limits(limits.rows()))
    return said_limits(limits, words=vocabulary(), names=names)


def _of_vocabulary(limits: Limits, words: Vocabulary) -> dict[Limit, str]:
    academies = {code: words.academy(code) for code in limits.academies}
    terms = {code: words.term(scheme="disciplines", code=code) for code in limits.disciplines}
    return {
        **{(ScopeKind.ACADEMY, code): one.name for code, one in academies.items() if one},
        **{(ScopeKind.DISCIPLINE, code): one.label for code, one in terms.items() if one},
    }
