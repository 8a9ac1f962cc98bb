"""A notice as schema.org's `LearningResource` (LRMI), for the head of its page; pure.

What is not known is left out. A vocabulary's term becomes a `DefinedTerm`, with its address in
ScoLOMFR when it has one. Open Graph is the layout's affair: it knows the title and the address.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from traam.catalogue.record import Link, Record, Term, Terms

CONTEXT = "https://schema.org"
_SETS = "http://data.education.fr/voc/scolomfr/"
_PUBLISHER = {"@type": "Organization", "name": "Travaux académiques mutualisés (TraAM)"}
_AUDIENCE = {"@type": "EducationalAudience", "educationalRole": "teacher"}
_APPROXIMATE = "Titre approché : la source n’en donne pas d’exact."
_INVENTED = "Démonstration : données inventées"
_INSIDE_SCRIPT = [(character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029"]


def _defined(term: Term) -> dict[str, Any]:
    """A term; its set is read in a ScoLOMFR address: « …/concept/scolomfr-voc-022-num-046 »."""
    found: dict[str, Any] = {"@type": "DefinedTerm", "name": term.label, "termCode": term.code}
    if term.uri:
        name, separator, _ = term.uri.rpartition("/")[2].partition("-num-")
        found |= {"@id": term.uri, "url": term.uri}
        found |= {"inDefinedTermSet": f"{_SETS}{name}"} if separator else {}
    return found


def _all(terms: Terms) -> list[dict[str, Any]]:
    return [_defined(term) for term in terms]


def _academies(record: Record) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": term.label} for term in record.academies]


def _wholes(record: Record, base: str) -> list[dict[str, str]]:
    """The theme and the campaign that the production belongs to."""
    parts = ((record.theme, "themes"), (record.campaign, "campagnes"))
    return [
        {
            "@type": "CreativeWork",
            "name": term.label,
            "url": f"{base}/{folder}/{quote(term.code, safe='')}/",
        }
        for term, folder in parts
        if term
    ]


def _files(record: Record, base: str) -> list[dict[str, str]]:
    return [
        {
            "@type": "MediaObject",
            "name": file.name,
            "encodingFormat": file.media_type,
            "contentSize": f"{file.size} B",
            "sha256": file.digest,
            "contentUrl": f"{base}/documents/{file.digest}",
        }
        for file in record.files
    ]


def _licence(term: Term | None) -> Any:
    if term is None:
        return None
    return term.uri or {"@type": "CreativeWork", "name": term.label}


def _keywords(record: Record) -> list[str]:
    words = [term.label for term in (*record.tools, *record.keywords)]
    return [*words, "démonstration"] if record.is_demonstration else words


def _urls(links: Iterable[Link], *, original: bool) -> list[str]:
    found = (link.url for link in links if (link.role == "original") is original)
    return list(dict.fromkeys(found))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def learning_resource(
    record: Record,
    *,
    url: str,
    ark: str,
    published_at: datetime,
    modified_at: datetime,
    version: int,
) -> dict[str, Any]:
    """The JSON-LD document. `url`: of the notice's page, absolute; `ark`: « ark:/99999/t1abc »."""
    parts = urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}"
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "LearningResource",
            "@id": url,
            "url": url,
            "identifier": {"@type": "PropertyValue", "propertyID": "ARK", "value": ark},
            "name": record.title,
            "disambiguatingDescription": "" if record.title_is_exact else _APPROXIMATE,
            "description": record.summary,
            "inLanguage": record.language,
            "learningResourceType": _defined(record.kind),
            "educationalLevel": _all(record.levels + record.cycles),
            "about": _all(record.disciplines),
            "teaches": _all(record.competences),
            "keywords": _keywords(record),
            "audience": _AUDIENCE,
            "isAccessibleForFree": True,
            "license": _licence(record.licence),
            "contributor": _academies(record),
            "publisher": _PUBLISHER,
            "datePublished": published_at.isoformat(),
            "dateModified": modified_at.isoformat(),
            "version": version,
            "temporalCoverage": [year.replace("-", "/") for year in record.years],
            "isPartOf": _wholes(record, base),
            "isBasedOn": _urls(record.links, original=True),
            "citation": _urls(record.links, original=False),
            "encoding": _files(record, base),
            "creativeWorkStatus": _INVENTED if record.is_demonstration else "",
        }
    )


def script(data: Mapping[str, Any]) -> Markup:
    """The document for a `<script type="application/ld+json">`: no character of it can close it."""
    text = json.dumps(data, ensure_ascii=False)
    for character, written in _INSIDE_SCRIPT:  # `translate` takes ten times as long
        text = text.replace(character, written)
    return Markup(text)  # noqa: S704
