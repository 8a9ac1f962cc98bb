"""Delivery to a real SMTP server: accepted, refused, away, slow, cut short; never lost."""

import email
import socket
import threading
from datetime import timedelta
from email import policy

import pytest
from django.core.mail import get_connection

from tests.post.conftest import FILES, HEAVY, LETTER, WITHHELD, free_port
from tests.post.factories import MessageFactory
from traam.kit.refusals import Refusal
from traam.post import actions, rules, tasks
from traam.post.models import Message

pytestmark = pytest.mark.django_db


def deliver(now) -> bool:
    connection = get_connection()
    try:
        return actions.deliver_next(now=now, connection=connection)
    finally:
        connection.close()


def state(message: Message) -> tuple[str, int, str]:
    message.refresh_from_db()
    return message.state, message.attempts, message.last_error


def test_message_reaches_the_server_as_it_was_written(smtp, now, settings):
    message = MessageFactory()

    assert deliver(now) is True

    ((address, content),) = smtp.received
    mail = email.message_from_bytes(content, policy=policy.default)
    assert address == "alice@exemple.invalid"
    assert mail["Subject"] == "Bonjour, L’essai"
    assert mail["Message-ID"] == rules.message_id(key=message.key, domain=settings.OAI_DOMAIN)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().split() == [
        "Lisez",
        "http://127.0.0.1:8000/tableau-de-bord/messages/.",
    ]
    assert state(message) == ("sent", 1, "")
    assert message.sent_at == now


def test_all_that_is_due_goes_over_one_connection(smtp, now):
    MessageFactory.create_batch(3)
    MessageFactory(next_try_at=now + timedelta(days=3650))

    tasks.deliver.call()

    assert len(smtp.received) == 3
    assert Message.objects.filter(state="queued").count() == 1


def test_refused_recipient_fails_for_good(smtp, now):
    smtp.replies["alice@exemple.invalid"] = ["550 no such user alice@exemple.invalid"]
    message = MessageFactory()

    assert deliver(now) is True

    assert state(message) == ("failed", 1, "adresse refusée par le serveur d’envoi (550)")
    assert message.next_try_at is None


def test_recipient_refused_for_now_is_tried_again_later(smtp, now):
    smtp.replies["alice@exemple.invalid"] = ["450 later"]
    message = MessageFactory()

    deliver(now)
    assert state(message) == ("queued", 1, "adresse refusée par le serveur d’envoi (450)")
    assert message.next_try_at == now + rules.delay(1)

    assert deliver(now) is False
    assert deliver(message.next_try_at) is True
    assert state(message) == ("sent", 2, "")


def test_content_refused_for_good_fails(smtp, now):
    smtp.replies["data"] = ["554 spam"]
    message = MessageFactory()

    deliver(now)

    assert state(message) == ("failed", 1, "message refusé par le serveur d’envoi (554)")


def test_gives_up_after_the_last_attempt_and_says_so(smtp, now):
    smtp.replies["alice@exemple.invalid"] = ["450 later"] * rules.ATTEMPTS_MAX
    message = MessageFactory()

    at = now
    for _ in range(rules.ATTEMPTS_MAX):
        deliver(at)
        message.refresh_from_db()
        at = message.next_try_at

    assert state(message) == ("failed", 8, "adresse refusée par le serveur d’envoi (450)")
    assert message.next_try_at is None


def test_server_down_costs_one_message_its_attempt_and_the_others_nothing(now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    first, second = MessageFactory.create_batch(2)

    tasks.deliver.call()

    assert state(first) == (
        "queued",
        1,
        "serveur d’envoi injoignable (ConnectionRefusedError)",
    )
    assert state(second) == ("queued", 0, "")


def test_server_that_never_answers_is_left_after_a_while(now, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        message = MessageFactory()

        assert deliver(now) is False

    why = "serveur d’envoi injoignable (SMTPServerDisconnected)"
    assert state(message) == ("queued", 1, why)


def test_server_that_hangs_up_is_tried_again(now, settings):
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def hang_up() -> None:
            caller, _ = rude.accept()
            caller.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = rude.getsockname()
        message = MessageFactory()
        assert deliver(now) is False
        thread.join()

    assert state(message)[:2] == ("queued", 1)


def test_nobody_without_address_is_written_to(smtp, now):
    for person in (9, 404):
        message = MessageFactory(to=person)
        assert deliver(now) is True
        assert state(message) == ("on_screen", 1, "")

    assert smtp.received == []


def test_text_that_no_longer_renders_does_not_stop_the_others(smtp, now):
    broken = MessageFactory(kind="sample/gone")
    sound = MessageFactory()

    tasks.deliver.call()

    assert state(broken)[:2] == ("queued", 1)
    assert state(sound)[0] == "sent"


def test_killed_process_loses_nothing_and_sends_at_most_twice(smtp, now, monkeypatch):
    """It dies after the server said yes, before the database knows."""
    message = MessageFactory()
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_move", _die)
        with pytest.raises(SystemExit):
            deliver(now)
    assert state(message)[:2] == ("sending", 1)

    assert deliver(now + rules.LEASE - timedelta(seconds=1)) is False
    assert deliver(now + rules.LEASE) is True

    assert state(message)[:2] == ("sent", 2)
    ids = {email.message_from_bytes(content)["Message-ID"] for _, content in smtp.received}
    assert (len(smtp.received), len(ids)) == (2, 1)


def _die(*args, **kwargs):
    raise SystemExit


def test_message_that_kills_its_process_each_time_is_given_up(smtp, now):
    message = MessageFactory(state="sending", attempts=rules.ATTEMPTS_MAX)

    assert deliver(now) is True

    assert state(message) == ("failed", 8, "interrompu à chaque tentative")
    assert smtp.received == []


def test_late_process_does_not_undo_what_another_did(smtp, now):
    message = MessageFactory()
    late = actions._claim(now=now)
    deliver(now + rules.LEASE)

    actions._move(late, "postpone", next_try_at=now)

    assert state(message)[:2] == ("sent", 2)


def test_secret_goes_at_once_and_leaves_no_address_nor_code(smtp, now):
    actions.send_secret(
        to_address="alice@exemple.invalid", kind="sample/hello", params={"title": "123456"}, now=now
    )

    ((address, content),) = smtp.received
    (row,) = Message.objects.values()
    assert address == "alice@exemple.invalid"
    assert b"123456" in content
    assert (row["to"], row["params"], row["state"], row["sent_at"]) == (None, {}, "sent", now)
    assert "alice" not in str(row)
    assert "123456" not in str(row)


def test_secret_says_when_it_could_not_go(now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    with pytest.raises(Refusal, match="n’a pas pu partir"):
        actions.send_secret(
            to_address="alice@exemple.invalid", kind="sample/hello", params={"title": "1"}, now=now
        )

    assert list(Message.objects.values_list("state", "to")) == [("failed", None)]


def joined(*digests: str, name: str = "") -> list[dict[str, str]]:
    return [{"digest": digest, "name": name} for digest in digests]


def test_message_arrives_with_its_files(smtp, now):
    message = MessageFactory(attachments=joined(LETTER, name="lettre.pdf"))

    assert deliver(now) is True

    mail = email.message_from_bytes(smtp.received[0][1], policy=policy.default)
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("lettre.pdf", "application/pdf")
    assert file.get_content() == FILES[LETTER]
    assert mail.get_body().get_content().startswith("Lisez")
    assert state(message) == ("sent", 1, "")


@pytest.mark.parametrize(
    ("digests", "words"),
    [
        ([LETTER, WITHHELD], "fichier joint retenu ou introuvable"),
        (
            [HEAVY, "d" * 64],
            "fichiers joints trop lourds (12\u00a0Mo, 10\u00a0Mo au plus)",
        ),
    ],
)
def test_message_whose_files_cannot_go_fails_for_good(smtp, now, digests, words):
    message = MessageFactory(attachments=joined(*digests))

    assert deliver(now) is True

    assert smtp.received == []
    assert state(message) == ("failed", 1, words)


def test_send_keeps_the_digests_and_the_names_of_its_files(now):
    files = [LETTER, rules.Joined(HEAVY, "annexe.pdf")]

    actions.send(
        to=7, kind="sample/hello", params={"title": "T"}, key="k", now=now, attachments=files
    )

    kept = Message.objects.get(key="k").attachments
    assert kept == [{"digest": LETTER, "name": ""}, {"digest": HEAVY, "name": "annexe.pdf"}]


def test_send_refuses_what_is_no_digest(now):
    with pytest.raises(rules.Unfit):
        actions.send(
            to=7, kind="sample/hello", params={"title": "T"}, key="k", now=now, attachments=["x"]
        )

    assert not Message.objects.exists()
