"""How the acts on campaigns are allowed, locked and written down. The doors are in `actions`."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar, cast

from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.web import require
from traam.campaigns.models import Brief, Campaign, CampaignEvent, Signature, TextVersion, Theme
from traam.campaigns.rules.life import CAMPAIGN_LIFE, CampaignState
from traam.campaigns.rules.signing import TEXT_LIFE, TextState
from traam.campaigns.rules.texts import reason_faults
from traam.journal.actions import record
from traam.journal.rules import Scalar
from traam.kit.refusals import Refusal

Text = Theme | Brief
AnyText = TypeVar("AnyText", bound=Theme | Brief)


def allowed(actor: Actor | None, right: str, place: Place) -> int | None:
    """The person on whose behalf the actor does this, None for oneself or for the house.

    Raises `NotAllowed`.
    """
    if actor is None:
        return None
    require(actor, right, place)
    return actor.on_behalf_of(right, place)


def person_of(actor: Actor | None) -> int | None:
    return actor.person if actor is not None else None


def held(campaign: Campaign) -> Campaign:
    """The campaign as it is now, kept from other acts until the end of the transaction."""
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


def held_text(text: AnyText) -> AnyText:
    """The text as it is now, with its campaign: both are kept from other acts, so that a call
    cannot open while a signature is being voided."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=text.campaign_id)
    model = type(text)
    rows = model._default_manager.select_for_update(of=("self",))
    found = cast("AnyText", rows.get(pk=text.pk))
    found.campaign = campaign
    return found


def kind_of(text: Text) -> str:
    return "theme" if isinstance(text, Theme) else "brief"


def subject_of(thing: Text | Campaign) -> str:
    """« campaign:2026-2027 », « theme:svt-2026-2027-1 », « brief:2026-2027 »."""
    if isinstance(thing, Campaign):
        return f"campaign:{thing.year}"
    if isinstance(thing, Theme):
        return f"theme:{thing.code}"
    return f"brief:{thing.campaign.year}"


def note(
    verb: str,
    thing: Text | Campaign,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal."""
    record(
        actor=person_of(actor),
        verb=verb,
        subject=subject_of(thing),
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )


def explain(
    thing: Text | Campaign, *, kind: str, reason: str, actor: Actor | None, now: datetime
) -> None:
    """Keep why: the journal may not."""
    CampaignEvent.objects.create(
        campaign=thing if isinstance(thing, Campaign) else thing.campaign,
        theme=thing if isinstance(thing, Theme) else None,
        kind=kind,
        reason=reason,
        at=now,
        person_id=person_of(actor),
    )


def need_reason(reason: str) -> str:
    """The reason, stripped. Raises `Refusal` without one, or on one too long."""
    if faults := reason_faults(reason):
        raise Refusal(*faults)
    return reason.strip()


def move_campaign(campaign: Campaign, move: str, *, now: datetime) -> dict[str, Scalar]:
    """Move it; the state before, as the journal keeps it. Raises `MoveRefused`."""
    before = campaign.state
    campaign.state = CAMPAIGN_LIFE.after(CampaignState(before), move)
    campaign.state_at = now
    campaign.save(update_fields=["state", "state_at"])
    return {"state": str(before)}


def move_text(text: Text, move: str, *, now: datetime) -> dict[str, Scalar]:
    """Move it; the state before, as the journal keeps it. Raises `MoveRefused`."""
    before = text.state
    target = TEXT_LIFE.after(TextState(before), move)
    if target != before:
        text.state, text.state_at = target, now
        text.save(update_fields=["state", "state_at"])
    return {"state": str(before)}


def latest_version(text: Text) -> TextVersion | None:
    """What was last submitted."""
    return text.versions.order_by("-number", "pk").first()


def valid_signatures(text: Text) -> QuerySet[Signature]:
    """Those that count on what was last submitted."""
    key = "version__theme" if isinstance(text, Theme) else "version__brief"
    return Signature.objects.filter(**{key: text.pk}, voided_at=None).order_by("pk")
