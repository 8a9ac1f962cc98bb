"""The versions of a production, and what each changed."""

from traam.productions.models import Production, ProductionEvent, ProductionVersion, ToolSheet
from traam.productions.queries.reading import content_of
from traam.productions.rules.contents import Change, Content, changes, digest_of


def of_production(production: Production) -> list[ProductionVersion]:
    """The versions kept, the newest first; the present text, not kept yet, is none of them."""
    rows = ProductionVersion.objects.filter(production=production).defer("content")
    return list(rows.select_related("saved_by").order_by("-number", "pk"))


def content_at(production: Production, number: int | None) -> Content | None:
    """What it said at this number (None: now); None where no version was kept."""
    if number is None:
        return content_of(production)
    found = ProductionVersion.objects.filter(production=production, number=number).first()
    return found.content if found else None


def difference(
    production: Production, *, before: int | None, after: int | None
) -> list[Change] | None:
    """Word by word, from one version to another (None: now); None where one was not kept."""
    old, new = content_at(production, before), content_at(production, after)
    if old is None or new is None:
        return None
    return changes(old, new, kind=production.kind)


def present_digest(production: Production) -> str:
    """The digest of what it says now."""
    return digest_of(content_of(production))


def events(production: Production) -> list[ProductionEvent]:
    """What was done with it, the latest first."""
    rows = ProductionEvent.objects.filter(production=production).select_related("by")
    return list(rows.order_by("-at", "-pk"))


def sheets_of(production: Production) -> list[tuple[str, str, ToolSheet | None]]:
    """Its tools, in their order: code, label, what is known of each."""
    tools = [one for one in production.terms.all() if one.scheme == "tools"]
    known = {
        one.code: one for one in ToolSheet.objects.filter(code__in=[one.code for one in tools])
    }
    return [(one.code, one.label, known.get(one.code)) for one in tools]
