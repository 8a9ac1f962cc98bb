"""The life of a message, the delays between attempts, and what its parameters may be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move

ATTEMPTS_MAX = 8
LEASE = timedelta(minutes=10)  # after which a message being sent is taken for abandoned
PARAM_MAX = 300  # characters
ATTACHED_MAX = 10 * 10**6  # bytes of all the files of a message: servers refuse heavier mail
NAME_MAX = 120  # characters
_KIND = re.compile(r"[a-z_]+/[a-z0-9_]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[\w’' ().-]*\w")


class State(Labelled):
    """Where a message is."""

    QUEUED = "queued", "en attente"
    SENDING = "sending", "en cours d’envoi"
    SENT = "sent", "envoyé"
    FAILED = "failed", "en échec"
    ON_SCREEN = "on_screen", "à l’écran seulement (sans adresse)"


_OF_SEVERAL = {State.SENT: "envoyés"}


def counted(state: State, count: int) -> str:
    """« envoyés », beside a number of messages: the label in agreement with it."""
    return _OF_SEVERAL.get(state, state.label) if count > 1 else state.label


LIFE: Machine[State] = Machine(
    initial=State.QUEUED,
    moves={
        # From SENDING too: the process that held it died, its lease has run out.
        "claim": Move(frozenset({State.QUEUED, State.SENDING}), State.SENDING, "prendre en charge"),
        "deliver": Move(frozenset({State.SENDING}), State.SENT, "remettre au serveur d’envoi"),
        "postpone": Move(frozenset({State.SENDING}), State.QUEUED, "remettre à plus tard"),
        "give_up": Move(frozenset({State.SENDING}), State.FAILED, "renoncer"),
        "keep_on_screen": Move(frozenset({State.SENDING}), State.ON_SCREEN, "garder à l’écran"),
        "relaunch": Move(frozenset({State.FAILED, State.ON_SCREEN}), State.QUEUED, "relancer"),
    },
)


class Unfit(ValueError):
    """A message that may not be written: a fault of the calling code."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message as it is read."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A stored file that goes with a message; `name` is how it is called there (« lettre.pdf »),
    without anything personal. Without a name, it bears one drawn from its digest."""

    digest: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a message's text; `href` is empty but for an address of this site."""

    text: str
    href: str = ""


def delay(attempts: int) -> timedelta:
    """How long to wait after this many failed attempts: 1, 4, 16, 64 minutes, then 4 hours."""
    return min(timedelta(minutes=4 ** (attempts - 1)), timedelta(hours=4))


def check(*, kind: str, params: Mapping[str, str | int]) -> None:
    """Raises `Unfit`: a kind is « app/name »; a parameter is short, on one line, no address."""
    if not _KIND.fullmatch(kind):
        raise Unfit(f"a kind reads like 'campaigns/call_opened' (got {kind!r})")
    for name, value in params.items():
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Unfit(f"{name}: a text or a whole number (got {type(value).__name__})")
        if isinstance(value, str) and (len(value) > PARAM_MAX or "@" in value or "\n" in value):
            raise Unfit(f"{name}: at most {PARAM_MAX} characters on one line, no '@'")


def joined(attachments: Sequence[str | Joined]) -> list[Joined]:
    """The files of a message, digests alone included, each once. Raises `Unfit` on another text."""
    files = {
        file.digest: file
        for file in (Joined(given) if isinstance(given, str) else given for given in attachments)
    }
    for file in files.values():
        named = not file.name or (_NAME.fullmatch(file.name) and len(file.name) <= NAME_MAX)
        if not _DIGEST.fullmatch(file.digest) or not named:
            raise Unfit(f"a digest and the name of a file (got {file.digest!r}, {file.name!r})")
    return list(files.values())


def message_id(*, key: str, domain: str) -> str:
    """The Message-ID, the same at every attempt, so that a receiver drops a second copy."""
    return f"<{sha256(key.encode()).hexdigest()[:24]}@{domain}>"


def split(rendered: str) -> Text:
    """First line: the subject. The rest, stripped: the body. Raises `Unfit` when one is empty."""
    subject, _, body = rendered.strip().partition("\n")
    if not subject.strip() or not body.strip():
        raise Unfit("a message has a subject on its first line, then a body")
    return Text(subject=" ".join(subject.split()), body=f"{body.strip()}\n")


def pieces(body: str, *, site: str) -> list[Piece]:
    """The body cut at the addresses of this site, which become links to their path alone."""
    found: list[Piece] = []
    position = 0
    for match in re.finditer(re.escape(site) + r"(/[^\s<>«»]*)", body):
        path = match[1].rstrip(".,;:!?)")
        end = match.start(1) + len(path)
        found += [Piece(body[position : match.start()]), Piece(body[match.start() : end], path)]
        position = end
    found.append(Piece(body[position:]))
    return [piece for piece in found if piece.text]
