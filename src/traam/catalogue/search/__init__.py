"""The search of the catalogue: a cache of the notices kept by each node, rebuilt at will.

`engine().search(parse(request.GET))` is all that a page needs; `engine().follow()` applies what was
published since; `engine().rebuild()` starts again from the table.
"""

from traam.catalogue.search.engines import Engine, engine, forget
from traam.catalogue.search.request import (
    FACETS,
    SORTS,
    Facet,
    FacetCount,
    Hit,
    Request,
    Results,
    parse,
)

__all__ = [
    "FACETS",
    "SORTS",
    "Engine",
    "Facet",
    "FacetCount",
    "Hit",
    "Request",
    "Results",
    "engine",
    "forget",
    "parse",
]
