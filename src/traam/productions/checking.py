"""Does an address still answer? Asked by a job alone, of public machines only, and never followed.

An address is typed by a person: it may name a machine of this network. Its host is looked up once,
each of its addresses must be public, and the connection goes to that very address.
"""

import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

PATIENCE = 10.0  # seconds
AGENT = "TraAM (santé des liens)"
_NO_HEAD = (403, 405, 501)  # what servers that want no HEAD answer


def health(url: str) -> int:
    """The HTTP status of this address; 0 when nothing answers, or where one may not ask."""
    parts = urlsplit(url)
    try:
        place = _public_address(parts)
        status = _ask(parts, place, "HEAD")
        return _ask(parts, place, "GET") if status in _NO_HEAD else status
    except (OSError, HTTPException, ValueError):
        return 0


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _public_address(parts: SplitResult) -> str:
    """The machine to ask. Raises ValueError when any address of the host is not public."""
    found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    places = [str(one[4][0]) for one in found]
    if not places or not all(ipaddress.ip_address(one).is_global for one in places):
        raise ValueError(f"{parts.hostname} is not a public machine")
    return places[0]


def _ask(parts: SplitResult, place: str, method: str) -> int:
    host = parts.hostname or ""
    connection = HTTPConnection(host, _port(parts), timeout=PATIENCE)
    plain = socket.create_connection((place, _port(parts)), timeout=PATIENCE)
    if parts.scheme == "https":
        connection = HTTPSConnection(host, _port(parts), timeout=PATIENCE)
        plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    connection.sock = plain
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, headers={"User-Agent": AGENT.encode("latin-1")})
        return connection.getresponse().status
    finally:
        connection.close()
