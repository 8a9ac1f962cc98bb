"""What the preparation of the campaigns awaits from a person: to sign, adopt, write, unblock."""

from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.campaigns import prepared
from traam.campaigns.models import Brief, Theme
from traam.campaigns.rules.life import CampaignState
from traam.desk.items import Item
from traam.kit.text import plural, relative, since
from traam.kit.together import Part

ROOM = "prepared_campaigns"
NAMED_MAX = 5  # texts named one by one; beyond, one line counts the others


def to_sign(actor: Actor, now: datetime) -> Part[Item]:
    """The themes and the cahiers des charges that await this person's signature."""
    if not any(actor.may(right) for right in ("theme.sign_dne", "theme.sign_ig")):
        return
    texts = yield from prepared.to_sign(actor)
    for text in texts[:NAMED_MAX]:
        yield _to_sign(text, now)
    if len(texts) > NAMED_MAX:
        others = len(texts) - NAMED_MAX
        yield Item(
            plural(others, "autre texte à signer", "autres textes à signer"),
            "L’appel ne s’ouvre pas tant qu’une signature manque.",
            "Voir les campagnes",
            ROOM,
        )


def _to_sign(text: Theme | Brief, now: datetime) -> Item:
    year = text.campaign.label
    waiting = f", soumis {since(text.state_at, now)}" if text.state_at else ""
    if isinstance(text, Theme):
        return Item(
            f"À signer : {text.shown_title}",
            f"Thème de la campagne {year}{waiting}. L’appel ne s’ouvre pas sans votre signature.",
            "Lire et signer",
            ROOM,
            at=reverse("theme_show", kwargs={"code": text.code}),
        )
    return Item(
        f"À signer : le cahier des charges {year}",
        f"Il se signe avec les thèmes{waiting}. L’appel ne s’ouvre pas sans votre signature.",
        "Lire et signer",
        ROOM,
        at=reverse("brief_show", kwargs={"year": text.campaign.year}),
    )


def to_adopt(actor: Actor, now: datetime) -> Part[Item]:
    """The transversal themes that a discipline of this expert may take up."""
    themes = yield from prepared.to_adopt(actor)
    for theme in themes[:NAMED_MAX]:
        yield Item(
            f"À adopter : {theme.shown_title}",
            f"Thème transversal de la campagne {theme.campaign.label} : dites si votre discipline "
            "l’adopte.",
            "Lire et adopter",
            ROOM,
            at=reverse("theme_show", kwargs={"code": theme.code}),
        )


def to_write(actor: Actor, now: datetime) -> Part[Item]:
    """The drafts of this expert."""
    themes = yield from prepared.to_write(actor)
    for theme in themes[:NAMED_MAX]:
        yield Item(
            f"À écrire : {theme.shown_title}",
            f"Thème de la campagne {theme.campaign.label}, en brouillon : à finir, puis à "
            "soumettre à la signature.",
            "Écrire",
            ROOM,
            at=reverse("theme_show", kwargs={"code": theme.code}),
        )


def blocked_calls(actor: Actor, now: datetime) -> Part[Item]:
    """For who prepares: each call that waits, and how many things it waits for."""
    if not actor.may("campaign.prepare"):
        return
    campaigns = yield prepared.prepared_for(actor).filter(state=CampaignState.PREPARATION)
    blocked = (yield from prepared.blockers_for(campaigns, now=now)) if campaigns else {}
    for one in campaigns:
        if count := len(blocked[one.pk]):
            opens_at = one.calendar.opens_at
            when = f" Il doit s’ouvrir {relative(opens_at, now)}." if opens_at else ""
            if opens_at and opens_at <= now:
                when = f" Il devait s’ouvrir {relative(opens_at, now)}."
            yield Item(
                f"L’appel {one.label} attend encore {plural(count, 'chose')}",
                f"La page de la campagne dit quoi, et qui doit agir.{when}",
                "Voir ce qui manque",
                ROOM,
                at=reverse("prepared_campaign", kwargs={"year": one.year}),
            )
