"""One message to one SMTP server: what is written, what went wrong, in words without an address."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from traam.kit import icalendar
from traam.kit.text import size
from traam.post import queries
from traam.post.models import Message
from traam.post.queries import Attached
from traam.post.rules import ATTACHED_MAX, Text, message_id
from traam.post.texts import text_of

REFUSED_FOR_GOOD = 500  # SMTP codes from here on


@dataclass(frozen=True, slots=True)
class Failure(Exception):
    """`is_final`: asking again is vain. `is_server`: every other message would fail too."""

    words: str
    is_final: bool = False
    is_server: bool = False


def deliver(message: Message, *, connection: BaseEmailBackend, address: str) -> None:
    """Write the message's text, join its files, give it to the server; raises `Failure`."""
    try:
        text = text_of(kind=message.kind, params=message.params)
    except Exception as error:
        raise Failure(f"texte illisible ({type(error).__name__})") from error
    hand_over(
        connection=connection, address=address, text=text, key=message.key, files=_files(message)
    )


def _files(message: Message) -> list[Attached]:
    files = queries.attached(message)
    if any(file.content is None for file in files):
        raise Failure("fichier joint retenu ou introuvable", is_final=True)
    weight = sum(len(file.content or b"") for file in files)
    if weight > ATTACHED_MAX:
        heavy = f"fichiers joints trop lourds ({size(weight)}, {size(ATTACHED_MAX)} au plus)"
        raise Failure(heavy, is_final=True)
    return files


def hand_over(
    *,
    connection: BaseEmailBackend,
    address: str,
    text: Text,
    key: str,
    files: Sequence[Attached] = (),
) -> None:
    """Give the message to the server; raises `Failure`. Its words never quote the address."""
    mail = EmailMultiAlternatives(
        subject=text.subject,
        body=text.body,
        to=[address],
        connection=connection,
        headers={
            "Message-ID": message_id(key=key, domain=settings.OAI_DOMAIN),
            "Auto-Submitted": "auto-generated",
        },
    )
    for file in files:
        _join(mail, file, address=address)
    try:
        connection.open()
        mail.send()
    except Exception as error:
        connection.close()
        raise _failure(error) from None


def _join(mail: EmailMultiAlternatives, file: Attached, *, address: str) -> None:
    """A calendar is also the message itself: mail programs then offer to note the date."""
    if file.media_type != icalendar.MEDIA_TYPE:
        mail.attach(file.name, file.content, file.media_type)
        return
    content = icalendar.addressed(file.content or b"", address)
    kind = icalendar.mail_type(content)
    mail.attach_alternative(content.decode(), kind)
    mail.attach(file.name, content.decode(), kind)


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
