"""JSON from outside: no repeated key, no NaN, no number that loses digits, no bottomless pit."""

import json
from typing import Any, NoReturn

from traam.kit.refusals import Refusal
from traam.kit.rows.cells import Number
from traam.kit.rows.text import shown


class Repeated:
    """Stands for an object that gives the same key twice."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __str__(self) -> str:
        return f"objet qui répète « {self.key} »"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Repeated:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            return Repeated(key)
        made[key] = value
    return made


def parse_json(text: str, name: str) -> list[object]:
    """The array of the file, or its `rows`. Raises `Refusal`."""

    def no_constant(word: str) -> NoReturn:
        raise Refusal(f"{name} : {word} n’est pas une valeur ; un nombre ou null est attendu.")

    try:
        # strict=False: control characters inside texts are mended later, cell by cell.
        data = json.loads(
            text,
            strict=False,
            object_pairs_hook=_object,
            parse_int=Number,
            parse_float=Number,
            parse_constant=no_constant,
        )
    except json.JSONDecodeError as error:
        raise Refusal(
            f"{name} : JSON incorrect ou tronqué à la ligne {error.lineno}, "
            f"colonne {error.colno} ; un tableau d’objets complet est attendu."
        ) from None
    except RecursionError:
        raise Refusal(
            f"{name} : trop de niveaux imbriqués ; un tableau d’objets est attendu."
        ) from None
    return _rows(data, name)


def _rows(data: object, name: str) -> list[object]:
    if isinstance(data, Repeated):
        raise Refusal(f"{name} : la clé {shown(data.key)} est donnée deux fois ; gardez-en une.")
    if isinstance(data, dict):
        others = [key for key in data if key != "rows"]
        if others or "rows" not in data:
            raise Refusal(
                f"{name} : un objet est donné ; un tableau d’objets, ou un objet dont la seule clé "
                "est « rows », est attendu."
            )
        data = data["rows"]
    if not isinstance(data, list):
        raise Refusal(f"{name} : un tableau d’objets est attendu (trouvé : {shown(data)}).")
    return data
