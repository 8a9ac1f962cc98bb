"""The files joined to an application, as its pages list them."""

from collections.abc import Sequence
from dataclasses import dataclass

from traam.applications.screens.editing import File
from traam.documents.rules import KINDS
from traam.kit.jinja import url
from traam.kit.text import plural, size


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceShown:
    """One file: where its bytes are, what it weighs, whether this reader may take it away."""

    key: int
    name: str
    label: str
    href: str
    detail: str
    may_remove: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """All of them, and whether one more may be joined."""

    items: Sequence[PieceShown]
    may_add: bool
    why_not: str
    rule: str
    action: str


def pieces(file: File, *, may_edit: bool) -> Pieces:
    code, rules = file.application.code, file.application.campaign.call_rules
    items = [
        PieceShown(
            key=one.pk,
            name=one.name,
            label=one.label,
            href=url("application_piece", code=code, key=one.pk),
            detail=f"{_kind(one.file.media_type)} – {size(one.file.size)}",
            may_remove=may_edit,
        )
        for one in file.pieces
    ]
    most = plural(rules.pieces_max, "fichier")
    is_full = len(items) >= rules.pieces_max
    return Pieces(
        items=items,
        may_add=may_edit and not is_full,
        why_not=f"{most} au plus : retirez-en un pour en joindre un autre." if is_full else "",
        rule=f"PDF, ODT, DOCX ou image ; {rules.piece_max_mb} Mo au plus chacun, {most} au plus.",
        action=url("application_pieces", code=code),
    )


def _kind(media_type: str) -> str:
    return KINDS[media_type].label if media_type in KINDS else media_type
