"""The vocabularies shipped with the program, and any vocabulary file as bytes."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from traam.kit.refusals import Refusal
from traam.reference.rules.files import VocabularyFile, read_file

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file of the program: its content, and its SHA-256 (hexadecimal)."""

    file: VocabularyFile
    digest: str


def parse(content: bytes) -> object:
    """The JSON of an uploaded file. Raises `Refusal`, saying where it breaks."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refusal("Le fichier n’est pas en UTF-8.") from error
    except json.JSONDecodeError as error:
        raise Refusal(
            f"Le fichier n’est pas du JSON : ligne {error.lineno}, colonne {error.colno}."
        ) from error
    except RecursionError as error:
        raise Refusal("Le fichier imbrique trop d’objets les uns dans les autres.") from error


@cache
def shipped() -> tuple[Shipped, ...]:
    """The shipped vocabularies, regions before académies."""
    paths = sorted(DATA.glob("*.json"), key=lambda path: (path.stem != "regions", path.name))
    return tuple(_shipped(path.read_bytes()) for path in paths)


def _shipped(content: bytes) -> Shipped:
    return Shipped(read_file(parse(content)), hashlib.sha256(content).hexdigest())
