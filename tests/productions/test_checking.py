"""The health of links: asked only where a setting says so, and only of public machines."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.productions.factories import ProductionLinkFactory
from traam.productions import checking, tasks
from traam.productions.checking import health
from traam.productions.models import ProductionLink


class Handler(BaseHTTPRequestHandler):
    """« /405 » wants no HEAD, « /404 » is lost, « /moved » is elsewhere."""

    asked: list[tuple[str, str]] = []

    def _answer(self) -> None:
        self.asked.append((self.command, self.path))
        wants_no_head = self.path == "/405" and self.command == "HEAD"
        known = {"/404": 404, "/moved": 302}
        self.send_response(405 if wants_no_head else known.get(self.path, 200))
        self.send_header("Location", "http://127.0.0.1/secret")
        self.end_headers()

    do_GET = do_HEAD = _answer  # noqa: N815 (the names that http.server calls)

    def log_message(self, *args) -> None:
        """Nothing is written on the screen of the tests."""


@pytest.fixture
def site(monkeypatch):
    """A server of this machine, which passes for a public one."""
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(Handler, "asked", [])
    monkeypatch.setattr(checking, "_public_address", lambda parts: "127.0.0.1")
    yield f"http://exemple.fr:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/404", 404), ("/moved", 302), ("/405", 200), ("/a?b=1", 200)]
)
def test_health_is_the_status_and_nothing_is_followed(site, path, status):
    assert health(f"{site}{path}") == status
    assert {asked for _, asked in Handler.asked} == {path}


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "::1", "fd00::1"]
)
@pytest.mark.parametrize("others", [[], ["93.184.216.34"]], ids=["alone", "after a public one"])
def test_machine_of_this_network_is_never_asked(monkeypatch, place, others):
    def looked_up(host, port, **given):
        listed = [*others, place]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in listed]

    def refused(*given, **more):
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", refused)

    assert health("https://exemple.fr/") == 0


def test_host_that_does_not_exist_is_not_an_error(monkeypatch):
    def unknown(*given, **more):
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert health("https://exemple.fr/") == 0
    assert health("https://exemple.fr:99999/") == 0


@pytest.mark.django_db
def test_job_asks_nothing_without_the_setting(settings, monkeypatch):
    ProductionLinkFactory()
    asked: list[str] = []
    monkeypatch.setattr(tasks, "health", lambda url: asked.append(url) or 200)

    settings.CHECKS_LINKS = False
    tasks.check_links.call()
    assert asked == []

    settings.CHECKS_LINKS = True
    tasks.check_links.call()
    assert asked == [ProductionLink.objects.get().url]
    assert ProductionLink.objects.get().health == 200
