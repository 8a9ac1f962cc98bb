"""The messages of the preparation and of the call: to whom each goes, and with what words."""

from datetime import date, datetime

from django.db.models import QuerySet

from traam.access.roles import Role
from traam.campaigns import queries
from traam.campaigns.models import Brief, Campaign, Signature, TextVersion, Theme
from traam.campaigns.rules.signing import Side
from traam.kit.clock import PARIS
from traam.kit.text import instant
from traam.people.models import Mandate, User
from traam.people.queries import deputies
from traam.post.actions import send
from traam.post.rules import Joined

SHORT = 200  # characters of a title or of a reason within a message
Text = Theme | Brief
CALLED = (Role.RECTOR, Role.DIGITAL_DELEGATE)  # to whom the letter of the call goes


def _short(text: str) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(text.replace("@", " ").split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def name_of(text: Text) -> str:
    """« le thème « … » », « le cahier des charges »."""
    return (
        f"le thème « {_short(text.title)} »" if isinstance(text, Theme) else "le cahier des charges"
    )


def _params(text: Text) -> dict[str, str | int]:
    return {
        "text": name_of(text),
        "year": text.campaign.year,
        "code": text.code if isinstance(text, Theme) else "",
    }


def to_sign(version: TextVersion, text: Text, *, now: datetime) -> None:
    """Something awaits the signature of the DNE, and of the inspection."""
    today = now.astimezone(PARIS).date()
    signing: dict[Side, QuerySet[Mandate]] = {
        Side.DNE: Mandate.objects.in_force(today).filter(role=Role.PILOT, person__is_active=True),
        Side.IG: _inspectors(text, today=today),
    }
    for side, mandates in signing.items():
        holders = mandates.values_list("person", flat=True)
        for person in sorted({*holders, *deputies(mandates, today=today)}):
            send(
                to=person,
                kind="campaigns/to_sign",
                params=_params(text) | {"side": side.label},
                key=f"to-sign:{version.pk}:{side.value}:{person}",
                now=now,
            )


def _inspectors(text: Text, *, today: date) -> QuerySet[Mandate]:
    """The mandates of the inspectors general of the theme; of any theme for the cahier des
    charges."""
    if isinstance(text, Theme):
        codes = [text.code]
    else:
        codes = list(Theme.objects.filter(campaign=text.campaign_id).values_list("code", flat=True))
    people = queries.people_of_themes(codes, today)
    found = {each.pk for one in people.values() for each in one.inspectors}
    return Mandate.objects.filter(pk__in=found)


def void(signature: Signature, text: Text, *, now: datetime) -> None:
    """The signatory's signature no longer counts, since the text has changed."""
    _to_signatory("campaigns/signature_void", signature, text, now=now)


def withdrawn(signature: Signature, text: Text, *, reason: str, now: datetime) -> None:
    """What the signatory had signed is withdrawn, and why: its page no longer shows it to all."""
    _to_signatory("campaigns/text_withdrawn", signature, text, now=now, reason=_short(reason))


def _to_signatory(
    kind: str, signature: Signature, text: Text, *, now: datetime, **more: str
) -> None:
    people = {signature.person_id, signature.on_behalf_of_id} - {None}
    for person in sorted(key for key in people if key is not None):
        send(
            to=person,
            kind=kind,
            params=_params(text) | {"side": Side(signature.side).label} | more,
            key=f"{kind}:{signature.pk}:{person}",
            now=now,
        )


def blocked(campaign: Campaign, *, count: int, now: datetime) -> None:
    """The hour of the call has come and it waits: told once for each hour that was set."""
    opens_at = campaign.calendar.opens_at
    if opens_at is None:
        return
    for person in queries.holders(Role.PILOT, now.astimezone(PARIS).date()):
        send(
            to=person.pk,
            kind="campaigns/call_blocked",
            params={"year": campaign.year, "count": count, "at": instant(opens_at)},
            key=f"call-blocked:{campaign.pk}:{opens_at.timestamp():.0f}:{person.pk}",
            now=now,
        )


def called(now: datetime) -> list[User]:
    """To whom the call goes: every rector and digital delegate in force, each once."""
    today = now.astimezone(PARIS).date()
    found = {one.pk: one for role in CALLED for one in queries.holders(role, today)}
    return [found[key] for key in sorted(found)]


def opened(campaign: Campaign, *, now: datetime) -> None:
    """The letter of the call, with its PDF and the cahier des charges."""
    files = (
        Joined(campaign.letter_file, f"appel-{campaign.year}.pdf"),
        Joined(campaign.brief_file, f"cahier-des-charges-{campaign.year}.pdf"),
    )
    dates = _dates(campaign)
    for person in called(now):
        send(
            to=person.pk,
            kind="campaigns/call_opened",
            params=dates,
            key=f"call-opened:{campaign.pk}:{campaign.letter_file[:16]}:{person.pk}",
            now=now,
            attachments=files,
        )


def _dates(campaign: Campaign) -> dict[str, str | int]:
    closes_at = campaign.calendar.closes_at
    return {"year": campaign.year, "closes": instant(closes_at) if closes_at else ""}


def taken_back(campaign: Campaign, *, reason: str, now: datetime) -> None:
    """The call is taken back: academies must not answer it."""
    _to_called("campaigns/call_taken_back", campaign, reason=reason, now=now)


def reopened(campaign: Campaign, *, reason: str, now: datetime) -> None:
    """Academies have more time."""
    _to_called("campaigns/call_reopened", campaign, reason=reason, now=now)


def closing_moved(campaign: Campaign, *, reason: str, now: datetime) -> None:
    """The call that is open closes at another instant."""
    _to_called("campaigns/closing_moved", campaign, reason=reason, now=now)


def _to_called(kind: str, campaign: Campaign, *, reason: str, now: datetime) -> None:
    for person in called(now):
        send(
            to=person.pk,
            kind=kind,
            params=_dates(campaign) | {"reason": _short(reason)},
            key=f"{kind}:{campaign.pk}:{now.timestamp():.0f}:{person.pk}",
            now=now,
        )
