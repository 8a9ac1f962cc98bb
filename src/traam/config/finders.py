"""Which files of the design system are served: those our pages name and their style sheets call."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder

NAMED = (
    "dsfr/dist/dsfr.main.min.css",
    "dsfr/dist/dsfr.module.min.js",
    "dsfr/dist/favicon/favicon.svg",
)
OURS = settings.PACKAGE / "kit" / "static"
_CALLED = re.compile(r"""url\(\s*["']?([^"')?#:]+)["')?#]""")


def called(sheet: Path, root: Path) -> Iterator[str]:
    """The paths under the root that a style sheet calls by `url(…)`, data addresses left out."""
    folder = posixpath.dirname(sheet.relative_to(root).as_posix())
    for address in _CALLED.findall(sheet.read_text(encoding="utf-8")):
        yield posixpath.normpath(posixpath.join(folder, address))


@cache
def wanted() -> frozenset[str]:
    """The paths of the design system to collect."""
    main = settings.DSFR_STATIC / NAMED[0]
    ours = (path for sheet in OURS.rglob("*.css") for path in called(sheet, OURS))
    return frozenset([*NAMED, *called(main, settings.DSFR_STATIC), *ours])


class DesignSystemFinder(FileSystemFinder):
    """Lists the wanted files only; finds any, for tests and for whoever adds an icon."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for path, storage in super().list(ignore_patterns):
            if path in wanted():
                yield path, storage
