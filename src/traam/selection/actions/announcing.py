"""The decisions of a campaign are told, all at once; and taken back, all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns import actions as campaigns
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.life import CampaignState
from traam.journal.actions import Deed, record_all
from traam.kit.refusals import Refusal
from traam.selection import acts, announced, steps
from traam.selection.actions.choosing import seal_choice
from traam.selection.actions.lettering import ANNOUNCE, prepare_letters, typeset
from traam.selection.actions.listing import list_theme, unlist
from traam.selection.models import Decision, Letter, Participation
from traam.selection.papers import letters as papers
from traam.selection.queries import announcement
from traam.selection.queries.announcement import Foreseen, letter_of
from traam.selection.queries.recipients import heirs_of, recipients
from traam.selection.rules.announcing import number_faults
from traam.selection.rules.life import (
    DECISION_LIFE,
    DecisionKind,
    DecisionState,
    first_participation,
)

ROWS = 200
NOTHING: Mapping[str, str] = {}
NO_DECISION = "Aucune décision n’est prise : il n’y a rien à annoncer."
CHANGED = (
    "Une décision ou une lettre vient de changer : rien n’est annoncé. Relisez l’annonce, puis "
    "recommencez."
)
AT_WORK = "Des académies sont déjà au travail : l’annonce ne se reprend plus d’un bloc."


def foresee_announcement(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Foreseen:
    """What `announce` would do now: counts, who is told, what blocks. Nothing is written."""
    if actor is not None and not actor.may(ANNOUNCE):
        acts.allowed(actor, ANNOUNCE, campaign.place())
    return announcement.foresee(campaign=campaign, now=now, today=acts.day_of(now))


def announce(
    *,
    campaign: Campaign,
    now: datetime,
    actor: Actor | None,
    reasons: Mapping[str, str] = NOTHING,
) -> Campaign:
    """Tell every decision of the campaign, at once: letters sent, parts opened, academies listed,
    the choice sealed. Pressed twice, it is done once.

    `reasons`: by theme (its code), why more academies are retained than planned, or fewer. Raises
    `NotAllowed`, or `Refusal` with all that blocks. Letters are typeset before anything is locked.
    """
    present = Campaign.objects.get(pk=campaign.pk)
    if present.state == CampaignState.ANNOUNCED:
        return present
    prepare_letters(campaign=present, now=now, actor=actor)
    files = _typeset(present, now=now)
    return _announce(present, files, dict(reasons), now=now, actor=actor)


@dataclass(frozen=True, slots=True)
class _Typeset:
    """The PDF of a letter, and what it was made from."""

    version: int
    source: str
    digest: str


def _typeset(campaign: Campaign, *, now: datetime) -> dict[int, _Typeset]:
    """By decision, the PDF of its letter, kept; nothing for one that has no letter yet."""
    rows = list(announcement.decisions(campaign))
    calendar, rules = campaign.calendar, campaign.call_rules
    heirs = heirs_of([one.case.application.academy for one in rows])
    made = {}
    for one in rows:
        letter = letter_of(one)
        if letter is None:  # decided this very moment: `_need_same` says so
            continue
        facts = papers.facts_of(one, calendar=calendar, rules=rules, day=now)
        heir = heirs[one.case.application.academy_id]
        digest = typeset(one, letter, facts, heir=heir, now=now)
        made[one.pk] = _Typeset(letter.version, letter.source, digest)
    return made


@transaction.atomic
def _announce(
    campaign: Campaign,
    files: Mapping[int, _Typeset],
    reasons: dict[str, str],
    *,
    now: datetime,
    actor: Actor | None,
) -> Campaign:
    held = steps.held_campaign(campaign)
    if held.state == CampaignState.ANNOUNCED:
        return held  # pressed twice
    acts.allowed(actor, ANNOUNCE, held.place())
    list(Decision.objects.filter(case__campaign=held).select_for_update(of=("self",)))
    foreseen = announcement.foresee(campaign=held, now=now, today=acts.day_of(now))
    _need_ready(foreseen, reasons)
    _need_same(foreseen.decisions, files)
    seal_choice(campaign=held, now=now, actor=actor)
    held = campaigns.announce(campaign=held, now=now, actor=actor)
    _tell_all(foreseen, files, now=now, actor=actor)
    for one in foreseen.to_explain:
        theme = Theme.objects.get(code=one.code)
        campaigns.explain_numbers(theme=theme, reason=reasons[one.code], now=now, actor=actor)
    for theme in Theme.objects.filter(campaign=held).order_by("pk"):
        list_theme(theme, now=now, actor=actor)
    return held


def _need_ready(foreseen: Foreseen, reasons: dict[str, str]) -> None:
    faults = [one.sentence for one in foreseen.blockers]
    if not foreseen.decisions:
        faults.append(NO_DECISION)
    faults += number_faults(foreseen.numbers, reasons)
    if faults:
        raise Refusal(*faults)


def _need_same(decisions: Sequence[Decision], files: Mapping[int, _Typeset]) -> None:
    """What was typeset is what is decided now. Raises `Refusal`."""
    for one in decisions:
        made, letter = files.get(one.pk), letter_of(one)
        if made is None or letter is None or letter.source != papers.source(one):
            raise Refusal(CHANGED)
        if (made.version, made.source) != (letter.version, letter.source):
            raise Refusal(CHANGED)


def _tell_all(
    foreseen: Foreseen,
    files: Mapping[int, _Typeset],
    *,
    now: datetime,
    actor: Actor | None,
) -> None:
    rows = list(foreseen.decisions)
    for one in rows:
        one.state = DECISION_LIFE.after(DecisionState(one.state), "announce")
        one.announced_at = now
    Decision.objects.bulk_update(rows, ["state", "announced_at"], batch_size=ROWS)
    Participation.objects.bulk_create(_parts(rows, now=now), batch_size=ROWS)
    sent = [one.letter for one in rows]
    for letter in sent:
        letter.sent_at, letter.file = now, files[letter.decision_id].digest
    Letter.objects.bulk_update(sent, ["sent_at", "file"], batch_size=ROWS)
    record_all(
        deeds=[
            Deed(
                "decision.announce",
                steps.subject_of(one),
                {"state": DecisionState.PREPARED.value},
                {"kind": one.kind, "rank": one.rank, "letter": one.letter.file},
            )
            for one in rows
        ],
        actor=acts.person_of(actor),
        now=now,
    )
    for one in rows:
        told = foreseen.told[one.case.application_id]
        announced.decided(one, one.letter, told, kind="selection/decision_announced", now=now)


def _parts(rows: Sequence[Decision], *, now: datetime) -> list[Participation]:
    return [opened(one, now=now) for one in rows if first_participation(DecisionKind(one.kind))]


def opened(decision: Decision, *, now: datetime) -> Participation:
    """The part that a decision opens, not saved. To be asked of one that opens any."""
    state = first_participation(DecisionKind(decision.kind))
    assert state is not None
    application = decision.case.application
    return Participation(
        decision=decision,
        theme_id=decision.case.theme_id,
        academy_id=application.academy_id,
        state=state,
        began_at=now,
    )


@transaction.atomic
def take_back_announcement(
    *, campaign: Campaign, reason: str, now: datetime, actor: Actor | None
) -> Campaign:
    """Nothing is announced any more: decisions prepared again, parts closed, lists emptied;
    everyone told is told why. Raises `NotAllowed`, or `Refusal` without a reason or once work has
    begun."""
    held = steps.held_campaign(campaign)
    if held.state == CampaignState.CALL_CLOSED:
        return held
    rows = list(announcement.announced(held))
    if held.state == CampaignState.AT_WORK:
        raise Refusal(AT_WORK)
    held = campaigns.take_back_announcement(campaign=held, reason=reason, now=now, actor=actor)
    Participation.objects.filter(theme__campaign=held).delete()
    for theme in Theme.objects.filter(campaign=held).order_by("pk"):
        unlist(theme, now=now, actor=actor)
    _silence(rows)
    deeds = [Deed("decision.take_back_announcement", steps.subject_of(one)) for one in rows]
    record_all(deeds=deeds, actor=acts.person_of(actor), now=now)
    told = recipients([one.case.application for one in rows], today=acts.day_of(now))
    for one in rows:
        people = told[one.case.application_id]
        announced.taken_back(one, people, reason=reason, now=now)
    return held


def _silence(rows: Sequence[Decision]) -> None:
    """Known to nobody outside again; their letters may be retouched."""
    for one in rows:
        one.state = DECISION_LIFE.after(DecisionState(one.state), "take_back")
        one.announced_at = None
    Decision.objects.bulk_update(rows, ["state", "announced_at"], batch_size=ROWS)
    Letter.objects.filter(decision__in=rows).update(sent_at=None, file="")
