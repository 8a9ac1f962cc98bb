"""What a space accepts: documents, points to remember, messages; and what a digest says. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from traam.kit.text import plural, short_day

TITLE_MAX, POINT_MAX, MESSAGE_MAX = 200, 2_000, 10_000  # characters
LINK_MAX = 500
FILE_MAX = 20 * 10**6  # bytes
DIGEST_MAX = 250  # characters of the list of spaces within a message
ACCEPTED = frozenset(
    {
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "image/png",
        "image/jpeg",
        "text/plain",
        "text/csv",
    }
)


def link_faults(link: str) -> list[str]:
    """What is wrong with an address to keep, in French."""
    try:
        parts = urlsplit(link)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or len(link) > LINK_MAX or any(one.isspace() for one in link):
        return [
            f"Le lien (reçu : « {link[:80]} ») doit être une adresse complète en http:// ou "
            f"https://, de {LINK_MAX} caractères au plus."
        ]
    return []


def title_faults(title: str) -> list[str]:
    if not title or len(title) > TITLE_MAX:
        return [f"Le titre est attendu, en {TITLE_MAX} caractères au plus."]
    return []


def point_faults(text: str, *, due_on: date | None, today: date) -> list[str]:
    """What is wrong with a decision or an action to note, in French."""
    faults = []
    if not text or len(text) > POINT_MAX:
        faults.append(f"Le texte est attendu, en {POINT_MAX} caractères au plus.")
    if due_on is not None and due_on < today:
        faults.append(f"L’échéance (reçu : {short_day(due_on)}) est déjà passée.")
    return faults


def message_faults(text: str, *, subject: str, is_answer: bool) -> list[str]:
    """What is wrong with a message to send, in French."""
    faults = []
    if not text or len(text) > MESSAGE_MAX:
        faults.append(f"Le message est attendu, en {MESSAGE_MAX} caractères au plus.")
    if len(subject) > TITLE_MAX or (not subject and not is_answer):
        faults.append(f"L’objet du message est attendu, en {TITLE_MAX} caractères au plus.")
    return faults


@dataclass(frozen=True, slots=True)
class Heard:
    """A message since the last digest: the name of its space, who wrote it (None: erased)."""

    space: str
    writer: int | None


def digest_of(messages: Sequence[Heard], *, reader: int) -> Mapping[str, str | int]:
    """What a reader's digest says: how many messages of others, and in which spaces; empty when
    there is none. No word of a message travels: it is read here."""
    counts: dict[str, int] = {}
    for one in messages:
        if one.writer != reader:
            counts[one.space] = counts.get(one.space, 0) + 1
    if not counts:
        return {}
    said = ", ".join(
        f"{plural(count, 'message')} dans {space}" for space, count in sorted(counts.items())
    )
    if len(said) > DIGEST_MAX:
        said = f"{said[: DIGEST_MAX - 1]}…"
    return {"count": sum(counts.values()), "spaces": said}
