"""What several parts of a page ask, asked once: nothing changes while a page is only read.

A GET cannot write (`kit.middleware.ReadOnlyGet`), so what it was told holds until its end. Anywhere
else (an act, a job, a command) each question is asked anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_told: ContextVar[dict[object, object] | None] = ContextVar("told", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Within: what `once_a_page` was told for the same arguments is told again, unasked."""
    token = _told.set({})
    try:
        yield
    finally:
        _told.reset(token)


def once_a_page(ask: Callable[P, R]) -> Callable[P, R]:
    """For a query without side effect, whose arguments are hashable and whose answer nobody
    changes."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        told = _told.get()
        if told is None:
            return ask(*args, **kwargs)
        key = (ask, args, *sorted(kwargs.items()))
        if key not in told:
            told[key] = ask(*args, **kwargs)
        return cast(R, told[key])

    return asked
