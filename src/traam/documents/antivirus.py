"""A file given to a ClamAV daemon before it is kept, where `settings.CLAMAV` names one.

Fails closed: a daemon that does not answer, or not clearly, keeps the file out.
"""

import re
import socket
import struct

import structlog
from django.conf import settings

from traam.documents import rules
from traam.kit.refusals import Refusal

LOG = structlog.get_logger("traam.documents")
PATIENCE = 30.0  # seconds, for each exchange
PIECE = 2**16  # bytes
REPLY_MAX = 4096  # bytes
_FOUND = re.compile(r"stream: (.+) FOUND")


def check(content: bytes, *, name: str) -> None:
    """Raises `Refusal` when the daemon finds a virus in these bytes, or when it cannot tell."""
    if not settings.CLAMAV:
        return
    said = f"Fichier « {rules.safe_name(name)} »"
    try:
        reply = _scanned(content)
    except OSError as error:
        LOG.error("antivirus_unreachable", why=type(error).__name__)
        reply = ""
    if found := _FOUND.fullmatch(reply):
        raise Refusal(f"{said} : l’antivirus y a trouvé « {found[1][:80]} » ; il n’est pas gardé.")
    if not reply:
        raise Refusal(
            f"{said} : l’antivirus ne répond pas, le fichier n’est pas gardé ; réessayez dans "
            "quelques minutes."
        )
    if reply != "stream: OK":
        LOG.error("antivirus_unclear", reply=reply[:200])
        raise Refusal(f"{said} : l’antivirus n’a pas su le lire, le fichier n’est pas gardé.")


def _scanned(content: bytes) -> str:
    """The daemon's reply to INSTREAM (clamd(8)); raises OSError."""
    with _connected(settings.CLAMAV) as daemon:
        try:
            daemon.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                daemon.sendall(struct.pack(">I", len(piece)) + piece)
            daemon.sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it may have said why before it hung up (a limit of its own)
        return _reply(daemon)


def _reply(daemon: socket.socket) -> str:
    reply = b""
    while b"\0" not in reply and len(reply) < REPLY_MAX and (piece := daemon.recv(REPLY_MAX)):
        reply += piece
    return reply.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _connected(place: str) -> socket.socket:
    """« host:port », or the path of a socket."""
    if place.startswith("/"):
        daemon = socket.socket(socket.AF_UNIX)
        daemon.settimeout(PATIENCE)
        try:
            daemon.connect(place)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
