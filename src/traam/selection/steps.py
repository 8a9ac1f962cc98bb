"""How the acts on announced decisions and on participations are locked and written down. The doors
are in `actions`."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.campaigns.models import Campaign, Theme
from traam.journal.actions import record
from traam.journal.rules import Scalar
from traam.kit.compiled import Compiled
from traam.kit.refusals import Refusal
from traam.selection import acts
from traam.selection.models import CaseEvent, Decision, Participation
from traam.selection.rules.life import PARTICIPATION_LIFE, ParticipationState

CHANNEL_MAX = 100  # characters
_AROUND = (
    "case__application__campaign",
    "case__application__theme",
    "case__application__academy__successor",
    "case__application__extension",
    "case__campaign",
    "case__theme",
)


def held_campaign(campaign: Campaign) -> Campaign:
    """The campaign as it is now, kept with its themes from other acts until the end of the
    transaction: nobody decides while all is announced."""
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    list(Theme.objects.filter(campaign=held).select_for_update(of=("self",)).order_by("pk"))
    return held


def held_decision(decision: Decision) -> Decision:
    """The decision as it is now, kept, with its theme: ranks and places are counted there."""
    Theme.objects.select_for_update(of=("self",)).get(pk=decision.case.theme_id)
    rows = Decision.objects.select_related(*_AROUND).select_for_update(of=("self",))
    return rows.get(pk=decision.pk)


def _kept_participations(key: int) -> QuerySet[Participation]:
    around = (f"decision__{name}" for name in _AROUND)
    rows = Participation.objects.select_related("theme__campaign", "academy__successor", *around)
    return rows.select_for_update(of=("self",)).filter(pk=key)


_HELD_PARTICIPATION = Compiled(_kept_participations, int)


def held_participation(participation: Participation) -> Participation:
    """The participation as it is now, kept, with its theme."""
    Theme.objects.select_for_update(of=("self",)).get(pk=participation.theme_id)
    return _HELD_PARTICIPATION.get(participation.pk)


def subject_of(decision: Decision) -> str:
    return f"decision:{decision.pk}"


def note(
    verb: str,
    decision: Decision,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about a decision, or the part that it opened."""
    record(
        actor=acts.person_of(actor),
        verb=verb,
        subject=subject_of(decision),
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )


def explain(
    decision: Decision,
    *,
    kind: str,
    reason: str,
    actor: Actor | None,
    now: datetime,
    channel: str = "",
) -> None:
    """Keep why, or by which channel: the journal may not."""
    if reason or channel:
        CaseEvent.objects.create(
            case=decision.case,
            kind=kind,
            reason=reason,
            channel=channel,
            version=decision.version,
            at=now,
            person_id=acts.person_of(actor),
        )


def move(participation: Participation, name: str, **changes: object) -> dict[str, Scalar]:
    """Move it, with these other changes; the state before. Raises `MoveRefused`."""
    before = participation.state
    participation.state = PARTICIPATION_LIFE.after(ParticipationState(before), name)
    for field, value in changes.items():
        setattr(participation, field, value)
    participation.save(update_fields=["state", *changes])
    return {"state": str(before)}


def need_channel(channel: str) -> str:
    """« courriel du 3 juin », stripped. Raises `Refusal` on one too long."""
    words = " ".join(channel.split())
    if len(words) > CHANNEL_MAX:
        raise Refusal(f"Le canal ({len(words)} caractères) doit tenir en {CHANNEL_MAX}.")
    return words


def need_short(reason: str) -> str:
    """A reason that may be left out, stripped. Raises `Refusal` on one too long."""
    return acts.need_reason(reason) if reason.strip() else ""


def numbered(themes: Iterable[Theme], campaign: Campaign) -> dict[int, tuple[int, int]]:
    """By theme, how many academies it wants, at least and at most: its own numbers, else the
    campaign's."""
    rules = campaign.call_rules
    found = {}
    for one in themes:
        least = one.academies_min or rules.academies_min
        found[one.pk] = (least, one.academies_max or max(rules.academies_max, least))
    return found
