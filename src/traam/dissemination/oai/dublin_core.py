"""A record as unqualified Dublin Core (`oai_dc`); pure.

What it writes is kept ready (`models.Rendering`), so it does not depend on the address of the site:
marks, which cleaned text cannot contain, stand for it until the answer is sent (`at`).

Choices: no `creator` — no person is named, and the archive does not know who wrote; the academies
are `contributor`s and, as places, `coverage`. `date` is the school year as an ISO 8601 interval,
then, outside the archive, the day of publication. Levels, cycles, competences and tools are
`subject`s: simple Dublin Core has no element for them.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from traam.dissemination.site import NAME, Site
from traam.dissemination.xml import escape
from traam.kit.text import of

FORM = 1  # raised with any change to what is written: every rendering is then made again
PREFIX = "oai_dc"
_BASE = "\x01"  # for `Site.base`
_ARKS = "\x02"  # for `Site.ark_base`
NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_OPEN = (
    f'<metadata><oai_dc:dc xmlns:oai_dc="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}"><dc:title>'
)
_CLOSE = "</oai_dc:dc></metadata>"
_SUBJECTS = ("disciplines", "levels", "cycles", "competences", "tools", "keywords")
_NOT_ACADEMIES = frozenset({"40", "41", "42", "44"})  # vice-rectorats and alike, not academies
_KEPT = 16384  # distinct labels kept ready, some 2 MB
DEMONSTRATION = "démonstration"


@lru_cache(maxsize=_KEPT)
def _subject(label: str) -> str:
    return f"<dc:subject>{escape(label)}</dc:subject>"


@lru_cache(maxsize=_KEPT)
def academy_name(code: str, label: str) -> str:
    """« Académie d’Orléans-Tours »; « Polynésie française » is not an academy."""
    if code in _NOT_ACADEMIES or label.lower().startswith("académie"):
        return label
    return f"Académie {of(label)}"


@lru_cache(maxsize=_KEPT)
def _academy(code: str, label: str) -> tuple[str, str]:
    name = escape(academy_name(code, label))
    return f"<dc:contributor>{name}</dc:contributor>", f"<dc:coverage>{name}</dc:coverage>"


@lru_cache(maxsize=_KEPT)
def _relation(folder: str, code: str) -> str:
    return f"<dc:relation>{_BASE}/{folder}/{escape(quote(code, safe=''))}/</dc:relation>"


@lru_cache(maxsize=1024)
def _type(label: str, is_demonstration: bool) -> str:  # noqa: FBT001
    kind = f"<dc:type>{escape(label)}</dc:type>"
    return kind + (f"<dc:type>{DEMONSTRATION}</dc:type>" if is_demonstration else "")


@lru_cache(maxsize=1024)
def _rights(label: str, uri: str) -> str:
    uri_element = f"<dc:rights>{escape(uri)}</dc:rights>" if uri else ""
    return f"<dc:rights>{escape(label)}</dc:rights>{uri_element}"


@lru_cache(maxsize=1024)
def _date(year: str) -> str:
    return f"<dc:date>{escape(year.replace('-', '/'))}</dc:date>"


def _formats(files: Sequence[Mapping[str, Any]]) -> str:
    kinds = sorted({"text/html", *(file["media_type"] for file in files)})
    return "".join(f"<dc:format>{escape(kind)}</dc:format>" for kind in kinds)


def _links(links: Sequence[Mapping[str, Any]]) -> str:
    names = {"original": "identifier", "source": "source"}
    out = []
    for link in links:
        name = names.get(link["role"], "relation")
        out.append(f"<dc:{name}>{escape(link['url'])}</dc:{name}>")
    return "".join(dict.fromkeys(out))


_HTML_ONLY = _formats(())
_PUBLISHER = f"<dc:publisher>{escape(NAME)}</dc:publisher>"
_FRENCH = "<dc:language>fr</dc:language>"


def _subjects(record: Mapping[str, Any]) -> str:
    return "".join(
        [_subject(term["label"]) for field in _SUBJECTS for term in record.get(field, ())]
    )


def _description(record: Mapping[str, Any]) -> str:
    summary = record.get("summary")
    return f"<dc:description>{escape(summary)}</dc:description>" if summary else ""


def _dates(record: Mapping[str, Any], day: str) -> str:
    years = "".join([_date(year) for year in record.get("years", ())])
    return years if record.get("is_archive") else f"{years}<dc:date>{day}</dc:date>"


def _language(record: Mapping[str, Any]) -> str:
    language = record.get("language", "fr")
    return _FRENCH if language == "fr" else f"<dc:language>{escape(language)}</dc:language>"


def _relations(record: Mapping[str, Any]) -> str:
    campaign, theme = record.get("campaign"), record.get("theme")
    first = _relation("campagnes", campaign["code"]) if campaign else ""
    return first + (_relation("themes", theme["code"]) if theme else "")


def _licence(record: Mapping[str, Any]) -> str:
    licence = record.get("licence")
    return _rights(licence["label"], licence.get("uri", "")) if licence else ""


def at(text: str, *, site: Site) -> str:
    """The text with the addresses of this site in place of the marks."""
    return text.replace(_ARKS, escape(site.ark_base)).replace(_BASE, escape(site.base))


def metadata(record: Mapping[str, Any], *, ark: str, day: str) -> str:
    """The `<metadata>` element of `Record.as_data()`. `day`: of first publication, AAAA-MM-JJ."""
    academies = [_academy(term["code"], term["label"]) for term in record.get("academies", ())]
    return (
        f"{_OPEN}{escape(record.get('title', ''))}</dc:title>"
        f"{_subjects(record)}{_description(record)}"
        f"{_PUBLISHER}{''.join([contributor for contributor, _ in academies])}"
        f"{_dates(record, day)}"
        f"{_type(record['kind']['label'], bool(record.get('is_demonstration')))}"
        f"{_formats(record['files']) if 'files' in record else _HTML_ONLY}"
        f"<dc:identifier>{_ARKS}{ark}</dc:identifier>"
        f"{_links(record['links']) if 'links' in record else ''}"
        f"{_language(record)}{_relations(record)}"
        f"{''.join([coverage for _, coverage in academies])}{_licence(record)}{_CLOSE}"
    )
