"""One message to one SMTP server: what is written, what went wrong, in words without an address."""

import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from traam.post.models import Message
from traam.post.rules import Text, message_id
from traam.post.texts import text_of

REFUSED_FOR_GOOD = 500  # SMTP codes from here on


@dataclass(frozen=True, slots=True)
class Failure(Exception):
    """`is_final`: asking again is vain. `is_server`: every other message would fail too."""

    words: str
    is_final: bool = False
    is_server: bool = False


def deliver(message: Message, *, connection: BaseEmailBackend, address: str) -> None:
    """Write the message's text and give it to the server; raises `Failure`."""
    try:
        text = text_of(kind=message.kind, params=message.params)
    except Exception as error:
        raise Failure(f"texte illisible ({type(error).__name__})") from error
    hand_over(connection=connection, address=address, text=text, key=message.key)


def hand_over(*, connection: BaseEmailBackend, address: str, text: Text, key: str) -> None:
    """Give the message to the server; raises `Failure`. Its words never quote the address."""
    mail = EmailMessage(
        subject=text.subject,
        body=text.body,
        to=[address],
        connection=connection,
        headers={
            "Message-ID": message_id(key=key, domain=settings.OAI_DOMAIN),
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        connection.open()
        mail.send()
    except Exception as error:
        connection.close()
        raise _failure(error) from None


def _failure(error: Exception) -> Failure:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
        return Failure(f"adresse refusée par le serveur d’envoi ({code})", code >= REFUSED_FOR_GOOD)
    if isinstance(error, smtplib.SMTPDataError):
        code = error.smtp_code
        return Failure(f"message refusé par le serveur d’envoi ({code})", code >= REFUSED_FOR_GOOD)
    if isinstance(error, smtplib.SMTPResponseException):
        return Failure(f"réponse du serveur d’envoi : {error.smtp_code}", is_server=True)
    if isinstance(error, OSError):  # SMTPException too: no answer, or a conversation cut short
        return Failure(f"serveur d’envoi injoignable ({type(error).__name__})", is_server=True)
    if isinstance(error, ValueError):
        return Failure(f"adresse inutilisable ({type(error).__name__})", is_final=True)
    return Failure(f"faute imprévue ({type(error).__name__})")
