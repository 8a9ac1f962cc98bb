"""A vocabulary file of ours, checked and read into facts; refusals are sentences in French.

The file is a JSON object: the fields of `SchemeFacts` (its code is `scheme`), `uri_base` (put
before the addresses of the terms that are not absolute) and `terms`, a list of objects: the fields
of `TermFacts`. Days are « 2019-09-01 ».
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from traam.kit.refusals import Refusal
from traam.reference.rules.facts import CURRENT, STATUSES, SchemeFacts, TermFacts
from traam.reference.rules.text import fold

CODE_MAX = 60  # characters
LABEL_MAX = 250  # characters
CODE_ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
SCHEME_FIELDS = frozenset(
    {each.name for each in fields(SchemeFacts)} - {"code"} | {"scheme", "uri_base"}
)
TERM_FIELDS = frozenset(each.name for each in fields(TermFacts)) - {"rank", "replaced_by"}
REQUIRED = ("scheme", "edition", "label", "source", "licence")
SHORT = {"facet": 30, "prefix": 20, "uri": 300, "official": LABEL_MAX}  # characters at most


def _never(value: object) -> bool:
    return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_day(value: object) -> bool:
    try:
        return _day(value) is not None
    except ValueError:
        return False


# What `facts` may hold, and of which form: levels and cycles, kinds of production, académies,
# zones of school holidays and their periods.
FACTS: Mapping[str, Callable[[object], bool]] = {
    "step": lambda value: type(value) is int and value > 0,
    "path": _is_text,
    "levels": _is_list,
    "cycle": _is_text,
    "type": _is_text,
    "general": _is_text,
    "kind": _is_text,
    "former_kind": _is_text,
    "kind_since": _is_day,
    "region": _is_text,
    "departments": _is_list,
    "overseas": lambda value: type(value) is bool,
    "successor": _is_text,
    "zone": _is_text,
    "academies": _is_list,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One term of the file, or the reasons why it cannot be one."""

    term: TermFacts | None
    code: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """The edition (`scheme.terms` holds the readable terms) and every row of the file."""

    scheme: SchemeFacts
    rows: tuple[Row, ...]


def read_file(data: object) -> VocabularyFile:
    """Raises `Refusal` when the object is no vocabulary; a faulty term is a row with reasons."""
    if not isinstance(data, Mapping):
        raise Refusal(
            "Le fichier n’est pas un référentiel : il faut un objet JSON, avec « terms »."
        )
    faults = _header_faults(data)
    if faults:
        raise Refusal(*faults)
    base = str(data.get("uri_base", ""))
    rows = tuple(_row(raw, base, rank) for rank, raw in enumerate(data["terms"], start=1))
    return VocabularyFile(_scheme(data, tuple(row.term for row in rows if row.term)), rows)


def _header_faults(data: Mapping[str, Any]) -> list[str]:
    unknown = sorted(set(map(str, data)) - SCHEME_FIELDS)
    faults = [f"Champ inconnu « {name} » : il n’a pas de place ici." for name in unknown]
    faults += [
        f"Le champ « {name} » manque : il faut un texte."
        for name in REQUIRED
        if not isinstance(data.get(name), str) or not data[name].strip()
    ]
    if not isinstance(data.get("terms"), list):
        faults.append("Le champ « terms » manque : il faut la liste des termes.")
    faults += [
        _code_fault("scheme", data.get("scheme")),
        _code_fault("edition", data.get("edition")),
    ]
    faults += (*_length_faults(data), *_day_faults(data))
    return [fault for fault in faults if fault]


def _code_fault(name: str, value: object) -> str:
    """Why this is no code, empty when it is one."""
    if isinstance(value, str) and 0 < len(value) <= CODE_MAX and CODE_ALLOWED.issuperset(value):
        return ""
    return (
        f"Champ « {name} » : « {value} » ne convient pas ; il faut 1 à {CODE_MAX} lettres sans"
        " accent, chiffres, tirets ou points."
    )


def _length_faults(data: Mapping[str, Any]) -> list[str]:
    return [
        f"Champ « {name} » : trop long, {most} signes au plus."
        for name, most in SHORT.items()
        if len(str(data.get(name) or "")) > most
    ]


def _day_faults(data: Mapping[str, Any]) -> list[str]:
    faults, days = [], []
    for name in ("valid_from", "valid_to"):
        try:
            days.append(_day(data.get(name)))
        except ValueError:
            faults.append(
                f"Champ « {name} » : « {data[name]} » n’est pas un jour ; il faut « 2019-09-01 »."
            )
    if len(days) == 2 and days[0] and days[1] and days[1] < days[0]:
        faults.append(f"Validité à rebours : du {days[0]} au {days[1]}.")
    return faults


def _day(value: object) -> date | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    return date.fromisoformat(value)


def _scheme(data: Mapping[str, Any], terms: tuple[TermFacts, ...]) -> SchemeFacts:
    texts = ("edition", "label", "facet", "prefix", "source", "licence", "uri", "note")
    return SchemeFacts(
        code=data["scheme"],
        is_open=data.get("is_open") is True,
        valid_from=_day(data.get("valid_from")),
        valid_to=_day(data.get("valid_to")),
        terms=terms,
        **{name: str(data.get(name) or "").strip() for name in texts},
    )


def _row(raw: object, base: str, rank: int) -> Row:
    if not isinstance(raw, Mapping):
        reason = f"Terme illisible : « {raw} » ; il faut un objet avec « code » et « label »."
        return Row(None, "", (reason,))
    code = str(raw.get("code") or "")
    if faults := _term_faults(raw):
        return Row(None, code, tuple(faults))
    return Row(_term(raw, base, rank), code)


def _term_faults(raw: Mapping[str, Any]) -> list[str]:
    unknown = sorted(set(map(str, raw)) - TERM_FIELDS)
    faults = [f"Champ inconnu « {name} » : il n’a pas de place ici." for name in unknown]
    faults.append(_code_fault("code", raw.get("code")))
    texts = [raw.get("label"), *_aliases(raw)]
    if not all(isinstance(text, str) and fold(text) and len(text) <= LABEL_MAX for text in texts):
        faults.append(
            f"Champs « label » et « aliases » : il faut des mots, de {LABEL_MAX} signes au plus"
            f" (lu : « {raw.get('label') or ''} »)."
        )
    if raw.get("status", CURRENT) not in STATUSES:
        faults.append(f"Champ « status » : « {raw['status']} » n’est pas {', '.join(STATUSES)}.")
    more = (*_facts_faults(raw.get("facts", {})), *_length_faults(raw), *_day_faults(raw))
    return [fault for fault in (*faults, *more) if fault]


def _facts_faults(facts: object) -> list[str]:
    if not isinstance(facts, Mapping):
        return ["Champ « facts » : il faut un objet."]
    return [
        f"Champ « facts » : « {name} » ne convient pas (lu : « {value} »)."
        for name, value in facts.items()
        if not FACTS.get(name, _never)(value)
    ]


def _aliases(raw: Mapping[str, Any]) -> Sequence[object]:
    given = raw.get("aliases", [])
    return given if isinstance(given, list) else (None,)


def _term(raw: Mapping[str, Any], base: str, rank: int) -> TermFacts:
    uri = str(raw.get("uri") or "")
    label = raw["label"].strip()
    aliases = {fold(text): text.strip() for text in raw.get("aliases", [])}
    aliases.pop(fold(label), None)
    return TermFacts(
        code=raw["code"],
        label=label,
        parent=str(raw.get("parent") or ""),
        uri=uri if "://" in uri or not uri else base + uri,
        official=str(raw.get("official") or ""),
        status=str(raw.get("status", CURRENT)),
        valid_from=_day(raw.get("valid_from")),
        valid_to=_day(raw.get("valid_to")),
        rank=rank,
        source=str(raw.get("source") or ""),
        note=str(raw.get("note") or ""),
        needs_review=raw.get("needs_review") is True,
        facts=dict(raw.get("facts", {})),
        aliases=tuple(aliases.values()),
    )
