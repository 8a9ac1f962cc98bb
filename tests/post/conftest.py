"""A text of message, an address book and a real SMTP server for the post's tests."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from jinja2 import ChoiceLoader, DictLoader

from traam.kit.jinja import environment
from traam.post import texts

HELLO = """Bonjour, {{ title }}

Lisez {{ site }}{{ url("my_messages") }}.
"""
LETTER, WITHHELD, HEAVY = "a" * 64, "b" * 64, "c" * 64
FILES = {LETTER: b"%PDF-1.7 lettre", HEAVY: bytes(6 * 10**6), "d" * 64: bytes(6 * 10**6)}
BOOK = {7: "alice@exemple.invalid", 8: "bob@exemple.invalid", 9: None}


def address_of(person: int) -> str | None:
    """What `settings.ADDRESS_BOOK` names in these tests."""
    return BOOK.get(person)


def attached(digest: str, name: str) -> tuple[str, str, bytes] | None:
    """What `settings.ATTACHED_FILES` names in these tests."""
    if digest not in FILES:
        return None
    return name or f"traam-{digest[:12]}.pdf", "application/pdf", FILES[digest]


@pytest.fixture(autouse=True)
def _texts(monkeypatch, settings, tmp_path) -> None:
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns of a folder that does not exist
    settings.ADDRESS_BOOK = f"{__name__}.address_of"
    settings.ATTACHED_FILES = f"{__name__}.attached"
    made = environment(loader=ChoiceLoader([DictLoader({"sample/post/hello.txt": HELLO})]))
    made.autoescape = False
    monkeypatch.setattr(texts, "_environment", lambda: made)


class Sink:
    """Keeps what it accepts; `replies` gives other answers, by address, one for each time."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes]] = []
        self.replies: dict[str, list[str]] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.replies.get(address):
            return self.replies[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.replies.get("data"):
            return self.replies["data"].pop(0)
        self.received.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings) -> Iterator[Sink]:
    """A server that accepts all, on a port of its own, which Django's settings name."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 5
    controller.start()
    yield sink
    controller.stop()
