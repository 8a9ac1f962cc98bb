"""The double validation of a text of the call: two signatures on one digest (`rules.md` §2)."""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move


class Side(Labelled):
    """For whom one signs."""

    DNE = "dne", "la DNE"
    IG = "ig", "l’inspection générale"


class TextState(Labelled):
    """Where a theme or a cahier des charges stands; those of the archive were never signed here."""

    ARCHIVED = "archived", "de l’archive"
    DRAFT = "draft", "en cours d’écriture"
    SUBMITTED = "submitted", "à signer"
    SIGNED_ONCE = "signed_once", "signé une fois, une signature manque"
    SIGNED_TWICE = "signed_twice", "signé"
    WITHDRAWN = "withdrawn", "retiré"


T = TextState
_LIVING = frozenset({T.DRAFT, T.SUBMITTED, T.SIGNED_ONCE, T.SIGNED_TWICE})

TEXT_LIFE = Machine(
    initial=T.DRAFT,
    moves={
        "submit": Move(frozenset({T.DRAFT}), T.SUBMITTED, "soumettre à la signature"),
        "sign_first": Move(frozenset({T.SUBMITTED}), T.SIGNED_ONCE, "signer"),
        "sign_second": Move(frozenset({T.SIGNED_ONCE}), T.SIGNED_TWICE, "signer"),
        "unsign_second": Move(frozenset({T.SIGNED_TWICE}), T.SIGNED_ONCE, "reprendre sa signature"),
        "unsign_first": Move(frozenset({T.SIGNED_ONCE}), T.SUBMITTED, "reprendre sa signature"),
        # Any change of the text, and the taking back of a submission.
        "change": Move(_LIVING, T.DRAFT, "modifier"),
        "withdraw": Move(_LIVING, T.WITHDRAWN, "retirer"),
        "restore": Move(frozenset({T.WITHDRAWN}), T.DRAFT, "rétablir"),
    },
)


def sign_move(signed: Collection[Side], side: Side) -> str | None:
    """The move that a signature of this side makes, given the valid ones; None: already given."""
    if side in signed:
        return None
    return "sign_second" if signed else "sign_first"


def unsign_move(signed: Collection[Side], side: Side) -> str | None:
    """The move that taking back this side's signature makes; None: it had not signed."""
    if side not in signed:
        return None
    return "unsign_second" if len(signed) > 1 else "unsign_first"


def canonical(content: Mapping[str, Any]) -> str:
    """The text that is hashed: keys sorted, no space, characters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 (hexadecimal) that both sides sign."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
