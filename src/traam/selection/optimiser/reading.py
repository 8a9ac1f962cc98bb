"""Reads an instance from the file's format, refusing it whole with every fault named in French."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from traam.kit.refusals import Refusal
from traam.selection.optimiser.instance import (
    SCALE,
    Academy,
    Application,
    Id,
    Instance,
    LockKind,
    Theme,
    Weights,
)

NUMBER_MAX = 1000  # points, weights: beyond, a millionth of a point is lost
COUNT_MAX = 1_000_000
WORD_MAX = 200  # characters
_SHOWN = 60  # characters of a wrong value
_NO_BREAK = {0xA0: " ", 0x202F: " "}
_REQUIRED = object()


class _Unread(ValueError):
    """The message says what is accepted."""


@dataclass(frozen=True)
class _Field:
    parse: Callable[[object], Any]
    default: object = _REQUIRED


def _identifier(value: object) -> Id:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63:
        return value
    if isinstance(value, str):
        return _word(value)
    raise _Unread(f"un texte de 1 à {WORD_MAX} caractères, ou un nombre entier")


def _word(value: object) -> str:
    if isinstance(value, str) and _is_plain(value):
        return value
    raise _Unread(f"un texte de 1 à {WORD_MAX} caractères, sans espace au bord")


def _is_plain(text: str) -> bool:
    """Neither control characters nor halves of one; the no-break spaces of French may be there."""
    is_printable = text.translate(_NO_BREAK).isprintable()
    return 1 <= len(text) <= WORD_MAX and is_printable and text.strip() == text


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= NUMBER_MAX:
        return float(value)
    raise _Unread(f"un nombre de 0 à {NUMBER_MAX}")


def _size(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= COUNT_MAX:
        return float(value)
    raise _Unread(f"un nombre de 0 à {COUNT_MAX}")


def _scale(value: object) -> float:
    number = _number(value)
    if number:
        return number
    raise _Unread(f"un nombre plus grand que 0, jusqu’à {NUMBER_MAX}")


def _count(value: object) -> int:
    number = value
    if isinstance(number, float) and math.isfinite(number) and number.is_integer():
        number = int(number)
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= COUNT_MAX:
        return number
    raise _Unread(f"un nombre entier de 0 à {COUNT_MAX}")


def _rank(value: object) -> int:
    try:
        if rank := _count(value):
            return rank
    except _Unread:
        pass
    raise _Unread(f"un nombre entier de 1 (le premier vœu) à {COUNT_MAX}")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _Unread("true ou false")


def _lock(value: object) -> LockKind:
    if isinstance(value, str) and value in list(LockKind):
        return LockKind(value)
    raise _Unread("null, « in » ou « out »")


def _or_null(parse: Callable[[object], Any]) -> Callable[[object], Any]:
    return lambda value: None if value is None else parse(value)


def _listed(value: object, parse: Callable[[object], Any], accepted: str) -> tuple[Any, ...]:
    try:
        if isinstance(value, list):
            return tuple(parse(one) for one in value)
    except _Unread:
        pass
    raise _Unread(accepted)


def _words(value: object) -> tuple[str, ...]:
    """Each word once: an application counts once in each value."""
    return tuple(dict.fromkeys(_listed(value, _word, "une liste de textes")))


def _numbers(value: object) -> tuple[float, ...]:
    return _listed(value, _number, f"une liste de nombres de 0 à {NUMBER_MAX}")


def _pair(value: object) -> tuple[Id, Id]:
    if isinstance(value, list) and len(value) == 2:
        return _identifier(value[0]), _identifier(value[1])
    raise _Unread("une liste de deux candidatures")


def _rows(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    raise _Unread("une liste")


def _object(value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise _Unread("un objet")


_Spec = Mapping[str, tuple[str, _Field]]  # name in the file → name in the code, how to read it
_INSTANCE: _Spec = {
    "themes": ("themes", _Field(_rows)),
    "academies": ("academies", _Field(_rows)),
    "applications": ("applications", _Field(_rows)),
    "weights": ("weights", _Field(_object)),
    "incompatible": ("incompatible", _Field(_or_null(_rows), None)),
    "scale": ("scale", _Field(_or_null(_scale), None)),
}
_THEME: _Spec = {
    "id": ("id", _Field(_identifier)),
    "min": ("minimum", _Field(_count, 0)),
    "max": ("maximum", _Field(_or_null(_count), None)),
}
_ACADEMY: _Spec = {
    "id": ("id", _Field(_identifier)),
    "max": ("maximum", _Field(_or_null(_count), None)),
    "region": ("region", _Field(_or_null(_identifier), None)),
    "overseas": ("overseas", _Field(_flag, default=False)),
    "size": ("size", _Field(_or_null(_size), None)),
}
_APPLICATION: _Spec = {
    "id": ("id", _Field(_identifier)),
    "theme": ("theme", _Field(_identifier)),
    "academy": ("academy", _Field(_identifier)),
    "score": ("score", _Field(_number)),
    "rank": ("rank", _Field(_rank)),
    "eligible": ("eligible", _Field(_flag, default=True)),
    "lock": ("lock", _Field(_or_null(_lock), None)),
    "continuing": ("continuing", _Field(_flag, default=False)),
    "newcomer": ("newcomer", _Field(_flag, default=False)),
    "levels": ("levels", _Field(_words, ())),
    "school_types": ("school_types", _Field(_words, ())),
    "reviews": ("reviews", _Field(_numbers, ())),
}
_OTHERS = ("rank", "served", "region", "overseas", "newcomer", "balance")
_WEIGHTS: _Spec = {
    "score": ("score", _Field(_number)),
    **{name: (name, _Field(_number, 0.0)) for name in _OTHERS},
}


def parse(content: bytes) -> Instance:
    """The instance of a JSON file. Raises `Refusal`."""
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Refusal("Le fichier n’est pas en UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"ligne {error.lineno}, colonne {error.colno}"
        raise Refusal(f"Le fichier n’est pas du JSON : erreur à la {place}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets without end
        raise Refusal("Le fichier n’est pas du JSON qui puisse se lire.") from None
    return read(data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = ", ".join(sorted({f"« {name} »" for name in names if names.count(name) > 1}))
        raise Refusal(f"Un objet du fichier a deux fois le même champ : {twice}.")
    return made


def read(data: object) -> Instance:
    """The instance of these JSON values. Raises `Refusal` with every fault."""
    faults: list[str] = []
    top = _fields("l’instance", data, _INSTANCE, faults)
    if top is None or faults:
        raise Refusal(*faults)
    instance = _instance(top, faults)
    if faults or instance is None:
        raise Refusal(*faults)
    if faults := _contradictions(instance, has_scale=top["scale"] is not None):
        raise Refusal(*faults)
    return instance


def _instance(top: dict[str, Any], faults: list[str]) -> Instance | None:
    """Each row read; None as soon as one cannot be."""
    themes = _all("themes", top["themes"], _THEME, faults)
    academies = _all("academies", top["academies"], _ACADEMY, faults)
    applications = _all("applications", top["applications"], _APPLICATION, faults)
    weights = _fields("weights", top["weights"], _WEIGHTS, faults)
    pairs = [
        pair
        for line, value in enumerate(top["incompatible"] or [], 1)
        if (pair := _value(f"incompatible, ligne {line}", value, _pair, faults))
    ]
    if faults or weights is None:
        return None
    return Instance(
        themes=tuple(Theme(**row) for row in themes),
        academies=tuple(Academy(**row) for row in academies),
        applications=tuple(Application(**row) for row in applications),
        weights=Weights(**weights),
        incompatible=tuple(pairs),
        scale=top["scale"] or SCALE,
    )


def _all(name: str, values: list[Any], spec: _Spec, faults: list[str]) -> list[dict[str, Any]]:
    rows = [
        _fields(f"{name}, ligne {line}", value, spec, faults)
        for line, value in enumerate(values, 1)
    ]
    return [row for row in rows if row is not None]


def _fields(where: str, value: object, spec: _Spec, faults: list[str]) -> dict[str, Any] | None:
    """The object's fields by their name in the code; None where it is no object."""
    if not isinstance(value, dict):
        faults.append(f"{where} : {_shown(value)} n’est pas accepté ; il faut un objet.")
        return None
    for name in value:
        if name not in spec:
            known = ", ".join(spec)
            faults.append(f"{where} : le champ {_shown(name)} n’existe pas ({known}).")
    read: dict[str, Any] = {}
    for name, (attribute, field) in spec.items():
        if name in value:
            read[attribute] = _value(f"{where}, {name}", value[name], field.parse, faults)
        elif field.default is _REQUIRED:
            faults.append(f"{where} : il manque le champ « {name} ».")
        else:
            read[attribute] = field.default
    return read


def _value(
    where: str, value: object, parse: Callable[[object], Any], faults: list[str]
) -> Any | None:
    try:
        return parse(value)
    except _Unread as error:
        faults.append(f"{where} : {_shown(value)} n’est pas accepté ; il faut {error}.")
        return None


def _shown(value: object) -> str:
    """« 21 », « "abc" », whatever the value: short, and fit for a terminal."""
    try:
        text = json.dumps(value, ensure_ascii=not isinstance(value, str), default=str)
    except (ValueError, RecursionError):
        text = "…"
    text = "".join(one if one.isprintable() else "?" for one in text)
    return f"« {text if len(text) <= _SHOWN else text[:_SHOWN] + '…'} »"


def _contradictions(instance: Instance, *, has_scale: bool) -> list[str]:
    """What each row is not alone to say: unknown and repeated ids, a minimum over the maximum."""
    faults = [
        f"themes : le thème « {row.id} » demande au moins {row.minimum} et au plus {row.maximum}."
        for row in instance.themes
        if row.maximum is not None and row.minimum > row.maximum
    ]
    for name in ("themes", "academies", "applications"):
        faults += _repeated(name, [row.id for row in getattr(instance, name)])
    faults += _unknown_places(instance)
    faults += _wrong_pairs(instance)
    if has_scale:
        faults += _outside(instance)
    return faults


def _repeated(name: str, identifiers: list[Id]) -> list[str]:
    """1 and « 1 » read the same, so that they are the same."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for text in map(str, identifiers):
        if text in seen:
            twice[text] = None
        seen.add(text)
    return [f"{name} : l’identifiant « {text} » est là plusieurs fois." for text in twice]


def _unknown_places(instance: Instance) -> list[str]:
    themes = {row.id for row in instance.themes}
    academies = {row.id for row in instance.academies}
    faults = []
    for row in instance.applications:
        if row.theme not in themes:
            faults.append(
                f"applications : « {row.id} » répond à un thème inconnu, « {row.theme} »."
            )
        if row.academy not in academies:
            faults.append(
                f"applications : « {row.id} » a une académie inconnue, « {row.academy} »."
            )
    return faults


def _wrong_pairs(instance: Instance) -> list[str]:
    known = {row.id for row in instance.applications}
    faults = []
    for pair in instance.incompatible:
        unknown = [one for one in pair if one not in known]
        faults += [f"incompatible : la candidature « {one} » est inconnue." for one in unknown]
        if pair[0] == pair[1]:
            faults.append(f"incompatible : « {pair[0]} » ne peut l’être avec elle-même.")
    return faults


def _outside(instance: Instance) -> list[str]:
    faults = []
    for row in instance.applications:
        for score in (row.score, *row.reviews):
            if score > instance.scale:
                faults.append(
                    f"applications : « {row.id} » a une note de {score:g}, hors de l’échelle "
                    f"(de 0 à {instance.scale:g})."
                )
    return faults
