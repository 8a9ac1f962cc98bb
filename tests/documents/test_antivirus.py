"""Files go through a daemon that speaks as ClamAV does, on a real socket; doubt keeps them out."""

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from tests.documents.factories import SAMPLES
from traam.documents import actions, antivirus, rules
from traam.documents.models import StoredFile
from traam.kit.refusals import Refusal

pytestmark = pytest.mark.django_db
VIRUS = b"un fichier dit infecte"
AWAY = (
    "Fichier « a.txt » : l’antivirus ne répond pas, le fichier n’est pas gardé ; réessayez dans "
    "quelques minutes."
)


class Daemon:
    """Reads INSTREAM as clamd does, and finds a virus in whatever holds `VIRUS`."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.received: list[bytes] = []
        self.reply: bytes | None = None  # said whatever is received
        self.hangs_up_after: int | None = None  # bytes
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                if not self.answer(connection):
                    return

    def answer(self, connection: socket.socket) -> bool:
        stream = connection.makefile("rb")
        command = stream.read(10)
        if command != b"zINSTREAM\0":
            return False
        content = b""
        while length := struct.unpack(">I", stream.read(4))[0]:
            content += stream.read(length)
            if self.hangs_up_after is not None and len(content) > self.hangs_up_after:
                break
        self.received.append(content)
        found = b"stream: Essai.Virus FOUND\0" if VIRUS in content else b"stream: OK\0"
        connection.sendall(found if self.reply is None else self.reply)
        return True

    def stop(self, wake: socket.socket, place: object) -> None:
        with wake:
            wake.connect(place)
            wake.sendall(b"zSHUTDOWN\0")
            self.thread.join()
        self.listener.close()


@pytest.fixture
def daemon(settings) -> Iterator[Daemon]:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    settings.CLAMAV = f"127.0.0.1:{port}"
    served = Daemon(listener)
    yield served
    served.stop(socket.socket(), ("127.0.0.1", port))


def store(now, content: bytes = SAMPLES["a.txt"]) -> StoredFile:
    return actions.store(
        content=content, name="a.txt", limit=10**7, accepted=list(rules.KINDS), now=now
    )


def refused(now, content: bytes = SAMPLES["a.txt"]) -> str:
    with pytest.raises(Refusal) as refusal:
        store(now, content)
    assert not StoredFile.objects.exists()
    (reason,) = refusal.value.reasons
    return reason


@pytest.mark.parametrize("length", [1, antivirus.PIECE, antivirus.PIECE + 1, 5 * 10**5])
def test_file_is_kept_once_the_daemon_has_read_all_of_it(now, daemon, length):
    content = b"a" * length

    stored = store(now, content)

    assert daemon.received == [content]
    assert stored.size == length


def test_infected_file_is_refused_and_named(now, daemon):
    assert refused(now, b"avant " + VIRUS) == (
        "Fichier « a.txt » : l’antivirus y a trouvé « Essai.Virus » ; il n’est pas gardé."
    )


def test_daemon_is_not_asked_about_a_file_refused_already(now, daemon):
    with pytest.raises(Refusal):
        actions.store(content=b"x", name="a.txt", limit=0, accepted=["text/plain"], now=now)

    assert daemon.received == []


@pytest.mark.parametrize(
    "reply",
    [b"INSTREAM size limit exceeded. ERROR\0", b"stream: FOUND\0", b"OK\0", b"stream: OK OK\0"],
)
def test_file_is_refused_on_any_other_reply(now, daemon, reply):
    daemon.reply = reply

    assert refused(now) == (
        "Fichier « a.txt » : l’antivirus n’a pas su le lire, le fichier n’est pas gardé."
    )


def test_file_is_refused_when_the_daemon_hangs_up_in_its_middle(now, daemon):
    daemon.hangs_up_after, daemon.reply = 0, b""

    assert refused(now, b"a" * 5 * 10**6) == AWAY


def test_file_is_refused_when_the_daemon_says_nothing(now, daemon):
    daemon.reply = b""

    assert refused(now) == AWAY


def test_file_is_refused_when_no_daemon_listens(now, settings):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        settings.CLAMAV = f"127.0.0.1:{gone.getsockname()[1]}"

    assert refused(now) == AWAY


def test_file_is_refused_when_the_daemon_takes_too_long(now, settings, monkeypatch):
    monkeypatch.setattr(antivirus, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMAV = f"127.0.0.1:{silent.getsockname()[1]}"

        assert refused(now) == AWAY


def test_daemon_may_listen_on_a_socket_of_the_machine(now, settings, tmp_path):
    place = tmp_path / "clamd.ctl"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(place))
    listener.listen()
    settings.CLAMAV = str(place)
    served = Daemon(listener)

    stored = store(now)

    served.stop(socket.socket(socket.AF_UNIX), str(place))
    assert served.received == [SAMPLES["a.txt"]]
    assert stored.size == len(SAMPLES["a.txt"])
    missing = str(tmp_path / "absent")
    settings.CLAMAV = missing
    with pytest.raises(Refusal, match="l’antivirus ne répond pas"):
        store(now)


def test_nothing_is_asked_where_no_daemon_is_set(now, settings):
    settings.CLAMAV = ""

    assert store(now).size == len(SAMPLES["a.txt"])
