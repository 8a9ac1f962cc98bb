"""What syntheses await from a person: to validate, to sign, to correct, to publish, to receive; and
evidence to read again."""

from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.desk.items import Item
from traam.kit.text import plural
from traam.kit.together import Part
from traam.syntheses.queries import awaited
from traam.syntheses.rules.life import SynthesisKind

ROOM = "syntheses"
NAMED_MAX = 3  # syntheses to read named one by one


def _page(code: str) -> str:
    return reverse("synthesis", kwargs={"code": code})


def to_validate(actor: Actor, now: datetime) -> Part[Item]:
    """Those that wait for this person's validation."""
    for one in (yield awaited.to_validate(actor)):
        kind = SynthesisKind(one.kind).label
        yield Item(
            f"À valider : {one.title}",
            f"Une {kind} attend votre validation, ou vos demandes de correction."
            if one.kind != SynthesisKind.TRIAL_REPORT
            else "Un rapport d’essai attend votre validation, ou vos demandes de correction.",
            "Lire et valider",
            ROOM,
            at=_page(one.code),
        )


def to_sign(actor: Actor, now: datetime) -> Part[Item]:
    """National ones that this person may sign and has not."""
    unsigned = yield from awaited.to_sign(actor)
    for one in unsigned:
        yield Item(
            f"À signer : {one.title}",
            "La synthèse nationale est validée ; votre signature peut porter une réserve.",
            "Lire et signer",
            ROOM,
            at=_page(one.code),
        )


def to_correct(actor: Actor, now: datetime) -> Part[Item]:
    """Those sent back with corrections to make."""
    for one in (yield awaited.to_correct(actor)):
        yield Item(
            f"À corriger : {one.title}",
            "Des corrections sont demandées : le motif et les remarques sont à côté du texte.",
            "Corriger",
            ROOM,
            at=_page(one.code),
        )


def to_publish(actor: Actor, now: datetime) -> Part[Item]:
    """Signed ones that are not public yet."""
    for one in (yield awaited.to_publish(actor)):
        yield Item(
            f"À publier : {one.title}",
            "Elle est signée. Publiée, chacun de ses constats mènera à ses observations.",
            "Publier",
            ROOM,
            at=_page(one.code),
        )


def to_receive(actor: Actor, now: datetime) -> Part[Item]:
    """Those sent to this person, who has not said so: a few by name, one line for the others."""
    sent = list((yield awaited.to_receive(actor)))
    for one in sent[:NAMED_MAX]:
        yield Item(
            f"Pour vous : {one.title}",
            "Lisez-la, puis dites d’un bouton que vous l’avez reçue.",
            "Lire",
            ROOM,
            at=_page(one.code),
        )
    if others := sent[NAMED_MAX:]:
        yield Item(
            plural(len(others), "autre synthèse à lire", "autres synthèses à lire"),
            "Dites de chacune, d’un bouton, que vous l’avez reçue.",
            "Voir les synthèses à lire",
            ROOM,
            "?attente=moi",
        )


def to_read_again(actor: Actor, now: datetime) -> Part[Item]:
    """Groups where observations have changed since they were read as evidence."""
    groups = yield from awaited.to_read_again(actor)
    for group, count in groups:
        yield Item(
            plural(count, "constat à relire", "constats à relire"),
            f"{group.theme.shown_title} : une observation à l’appui a été corrigée ou retirée.",
            "Relire les preuves",
            ROOM,
            at=reverse("findings", kwargs={"code": group.code}),
        )
