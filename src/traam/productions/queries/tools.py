"""The tools of the vocabulary, what is known of each, and how many productions name it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count

from traam.kit.sheets import Cell, Sheet
from traam.productions.models import ProductionTerm, ToolSheet
from traam.productions.rules.life import SHARED_ON, Uses
from traam.reference.queries import vocabulary

HEADERS = (
    *("Outil", "Hébergement", "Données traitées", "Âge minimal", "Intelligence artificielle"),
    *("Source", "Vérifié le", "Productions"),
)


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A tool; `sheet` None: nothing is known of it yet; `uses`: shared productions naming it."""

    code: str
    label: str
    sheet: ToolSheet | None
    uses: int

    @property
    def ai(self) -> str:
        return Uses(self.sheet.ai).label if self.sheet else Uses.UNKNOWN.label


def for_list() -> list[ToolRow]:
    """Those that productions name first, then by name: two queries."""
    counts = dict(
        ProductionTerm.objects.filter(scheme="tools", production__state__in=sorted(SHARED_ON))
        .order_by()
        .values_list("code")
        .annotate(Count("production", distinct=True))
    )
    sheets = {one.code: one for one in ToolSheet.objects.order_by("pk")}
    rows = [
        ToolRow(one.code, one.label, sheets.get(one.code), counts.get(one.code, 0))
        for one in vocabulary().terms("tools")
    ]
    return sorted(rows, key=lambda one: (-one.uses, one.label))


def sheet_of_tools(rows: Sequence[ToolRow]) -> Sheet:
    """The same rows, for a spreadsheet."""
    return Sheet("Outils", HEADERS, _cells(rows))


def _cells(rows: Sequence[ToolRow]) -> Iterator[tuple[Cell, ...]]:
    for one in rows:
        known = one.sheet
        yield (
            one.label,
            known.host if known else "",
            known.data if known else "",
            known.minimum_age if known else None,
            one.ai,
            known.source if known else "",
            known.checked_on if known else None,
            one.uses,
        )
