"""Atom 1.0 (RFC 4287) from plain values: notices in, XML out; pure.

An entry's `id` is the notice's ARK, which no move of the site changes; its `content` is complete,
for the sites that show a feed without asking for the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from traam.dissemination.site import NAME, Site
from traam.dissemination.xml import attribute, clean, escape

_EMPTY = datetime(2000, 1, 1, tzinfo=UTC)  # the `updated` of a feed that has no entry
_FACETS = (
    ("Académies", "academies"),
    ("Disciplines", "disciplines"),
    ("Niveaux", "levels"),
    ("Cycles", "cycles"),
    ("Compétences", "competences"),
    ("Outils", "tools"),
)
_CATEGORIES = ("disciplines", "levels", "cycles", "academies", "competences", "tools", "keywords")
DEMONSTRATION = "démonstration"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One notice: `record` is `Record.as_data()`."""

    ark: str
    published_at: datetime
    updated_at: datetime
    record: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Feed:
    """`name`: with its query if it has one, part of the feed's id; `address`, `page`: absolute."""

    name: str
    title: str
    address: str
    page: str
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> datetime:
        return max((entry.updated_at for entry in self.entries), default=_EMPTY)


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _link(rel: str, href: str, media_type: str, extra: str = "") -> str:
    return f'<link rel="{rel}" type="{media_type}" href="{attribute(href)}"{extra}/>'


def _labels(record: Mapping[str, Any], field: str) -> list[str]:
    return [term["label"] for term in record.get(field, ())]


def _marks(record: Mapping[str, Any]) -> Iterable[str]:
    """What must be said beside the title, wherever it is shown."""
    if record.get("is_demonstration"):
        yield "Démonstration : données inventées."
    if record.get("title_is_exact") is False:
        yield "Le titre est approché."
    if record.get("certainty") == "déduite":
        yield "Il n’est pas certain que cette production soit issue des TraAM."
    if record.get("summary_basis") == "title_or_mention":
        yield "Le résumé repose sur le titre ou sur une mention."


def html(record: Mapping[str, Any], *, page: str) -> str:
    """The content of an entry: paragraphs and a list, every value escaped."""
    paragraphs = [*_marks(record), *([record["summary"]] if record.get("summary") else [])]
    facts = [("Type", [record["kind"]["label"]])]
    facts += [(word, _labels(record, field)) for word, field in _FACETS]
    facts.append(("Années scolaires", list(record.get("years", ()))))
    items = "".join(
        f"<li>{word} : {escape(', '.join(values))}</li>" for word, values in facts if values
    )
    links = [(page, "La notice dans TraAM")]
    links += [(link["url"], link["url"]) for link in record.get("links", ())]
    addresses = "".join(
        f'<li><a href="{attribute(url)}">{escape(words)}</a></li>' for url, words in links
    )
    texts = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f"{texts}<ul>{items}</ul><ul>{addresses}</ul>"


def _category(label: str) -> str:
    return f'<category term="{attribute(label)}"/>'


def _enclosures(record: Mapping[str, Any], site: Site) -> str:
    return "".join(
        _link(
            "enclosure",
            f"{site.base}/documents/{file['digest']}",
            attribute(file["media_type"]),
            f' length="{int(file["size"])}" title="{attribute(file["name"])}"',
        )
        for file in record.get("files", ())
    )


def _summary(record: Mapping[str, Any]) -> str:
    summary = record.get("summary")
    return f'<summary type="text">{escape(summary)}</summary>' if summary else ""


def _entry(entry: Entry, site: Site) -> str:
    page, record = site.notice(entry.ark), entry.record
    labels = [record["kind"]["label"]]
    labels += [label for field in _CATEGORIES for label in _labels(record, field)]
    labels += [DEMONSTRATION] if record.get("is_demonstration") else []
    return (
        f"<entry><id>ark:/{site.naan}/{entry.ark}</id>"
        f'<title type="text">{escape(record.get("title", ""))}</title>'
        f"<updated>{_stamp(entry.updated_at)}</updated>"
        f"<published>{_stamp(entry.published_at)}</published>"
        f"{_link('alternate', page, 'text/html')}{_enclosures(record, site)}"
        f"{''.join(_category(label) for label in dict.fromkeys(labels) if clean(label))}"
        f"{_summary(record)}"
        f'<content type="html">{escape(html(record, page=page))}</content></entry>\n'
    )


def document(feed: Feed, *, site: Site) -> str:
    """The whole feed; equal feeds give equal bytes."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">'
        f"<id>tag:{escape(site.oai_domain)},2026:flux/{escape(feed.name)}</id>"
        f'<title type="text">{escape(feed.title)}</title>'
        f"<updated>{_stamp(feed.updated_at)}</updated>"
        f"<author><name>{escape(NAME)}</name></author>"
        f"{_link('self', feed.address, 'application/atom+xml')}"
        f"{_link('alternate', feed.page, 'text/html')}\n"
        f"{''.join(_entry(entry, site) for entry in feed.entries)}</feed>\n"
    )
