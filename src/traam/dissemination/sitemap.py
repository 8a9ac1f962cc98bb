"""The site map for search engines, and robots.txt; pure but for `queries`."""

from collections.abc import Iterable
from datetime import UTC, datetime

from traam.dissemination.site import Site
from traam.dissemination.xml import escape

PART = 40_000  # addresses in one file; the protocol's bound is 50 000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Address = tuple[str, datetime | None]
_CLOSED = ("/connexion/", "/deconnexion/", "/tableau-de-bord/", "/preparation/", "/catalogue/?")


def _lastmod(changed_at: datetime | None) -> str:
    if changed_at is None:
        return ""
    return f"<lastmod>{changed_at.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}</lastmod>"


def _document(root: str, item: str, addresses: Iterable[Address]) -> str:
    listed = "".join(
        f"<{item}><loc>{escape(address)}</loc>{_lastmod(changed_at)}</{item}>\n"
        for address, changed_at in addresses
    )
    opening = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    return f"{opening}{listed}</{root}>\n"


def url_set(addresses: Iterable[Address]) -> str:
    """One file of addresses."""
    return _document("urlset", "url", addresses)


def index(*, address: str, parts: int) -> str:
    """The index of `parts` files, at `<address>?partie=1` and on."""
    return _document(
        "sitemapindex",
        "sitemap",
        ((f"{address}?partie={number}", None) for number in range(1, parts + 1)),
    )


def robots(site: Site) -> str:
    """The demonstration is not to be indexed; elsewhere, neither what is behind sign-in nor the
    endless combinations of a search."""
    closed = ("/",) if site.is_demonstration else _CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return "\n".join([*lines, f"Sitemap: {site.base}/sitemap.xml", ""])
