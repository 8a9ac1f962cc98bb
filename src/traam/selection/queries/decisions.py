"""The decisions that someone may read, once announced; what was replied to them; what followed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Prefetch, QuerySet

from traam.access.actor import Actor
from traam.applications.models import Application, ApplicationAcademy
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import ANNOUNCED_ON
from traam.kit.sheets import Cell, Sheet
from traam.kit.together import Asking
from traam.selection.models import CaseEvent, Decision, Participation, Reply
from traam.selection.rules.announcing import reply_deadline
from traam.selection.rules.life import DecisionKind, DecisionState, ParticipationState

READ = "decision.read"
OLDEST = timedelta(days=200)  # after which no reply is still open: 90 days at most, and a margin
TOLD = (  # the events that the academy reads, with their reason
    "decision.amend",
    "participation.accept",
    "participation.call",
    "participation.decline",
    "participation.put_back",
    "participation.reinstate",
    "participation.take_back_call",
    "participation.withdraw",
)
HEADERS = (
    "Campagne",
    "Thème",
    "Académie",
    "Candidature",
    "Décision",
    "Rang en réserve",
    "Annoncée le",
    "Participation",
)
REPLY_HEADERS = (
    "Campagne",
    "Thème",
    "Académie",
    "Décision",
    "Reçue le",
    "Observations",
    "Répondu le",
    "Réponse",
)


def whole(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    """With all that its page shows, and that its place looks at."""
    associated = ApplicationAcademy.objects.select_related("academy").order_by(
        "academy__name", "pk"
    )
    replies = Reply.objects.select_related("replied_by", "answered_by").order_by("replied_at", "pk")
    return rows.select_related(
        "letter",
        "participation__academy__successor",
        "participation__theme__campaign",
        "case__application__academy__successor",
        "case__application__campaign",
        "case__application__extension",
        "case__application__theme__campaign",
        "case__campaign",
        "case__theme",
    ).prefetch_related(
        Prefetch("case__application__associated", associated),
        Prefetch("replies", replies),
        "case__application__authors",
        "case__application__inspectors",
        "case__application__examiners",
        "case__application__theme__terms",
        "case__campaign__milestones",
    )


def told(actor: Actor) -> QuerySet[Decision]:
    """The announced decisions that this reader may read, the latest first; joined for a list."""
    rows = Decision.objects.over_which(actor, READ)
    found = rows.filter(state=DecisionState.ANNOUNCED).select_related(
        "participation", "case__application__academy", "case__theme", "case__campaign"
    )
    ordered: QuerySet[Decision] = found.order_by(
        "-announced_at", "case__theme__code", "case__application__academy__name", "pk"
    )
    return ordered


def decision_of(application: Application, *, actor: Actor) -> Decision | None:
    """The decision on it that this reader was told; no query before the announcement."""
    if application.campaign.state not in ANNOUNCED_ON:
        return None
    return told(actor).filter(case__application=application).first()


def replies_until(decision: Decision) -> datetime | None:
    """Until when it may be answered; None where it may not."""
    if decision.announced_at is None:
        return None
    campaign = decision.case.campaign
    return reply_deadline(
        announced_at=decision.announced_at,
        replies_due=campaign.calendar.at(Milestone.REPLIES_DUE),
        days=campaign.call_rules.reply_days,
    )


def participation_of(decision: Decision) -> Participation | None:
    return getattr(decision, "participation", None)


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that happened after the announcement: when, which act, why, by which channel."""

    at: datetime
    verb: str
    reason: str
    channel: str


def followed(decision: Decision) -> list[Followed]:
    """What its people may read of what followed; nothing of the deliberation. Only what came since
    it was announced."""
    rows = CaseEvent.objects.filter(case=decision.case_id, kind__in=TOLD)
    return [
        Followed(one.at, one.kind, one.reason, one.channel) for one in rows.order_by("at", "pk")
    ]


def sheet(rows: Iterable[Decision]) -> Sheet:
    return Sheet("Décisions", HEADERS, _rows(rows))


def _rows(given: Iterable[Decision]) -> Iterator[Sequence[Cell]]:
    """Nothing is asked of the database before the first row is."""
    for one in given:
        yield _row(one)


def _row(one: Decision) -> Sequence[Cell]:
    part = participation_of(one)
    return (
        one.case.campaign.label,
        one.case.theme.shown_title,
        one.case.application.academy.name,
        one.case.application.title,
        DecisionKind(one.kind).public_label,
        one.rank,
        one.announced_at,
        ParticipationState(part.state).public_label if part else "",
    )


def replies(campaign: Campaign) -> QuerySet[Reply]:
    """The replies of a campaign: those that await an answer first, the oldest first."""
    rows = Reply.objects.filter(
        decision__case__campaign=campaign, decision__state=DecisionState.ANNOUNCED
    ).select_related(
        "decision__case__application__academy",
        "decision__case__theme",
        "decision__case__campaign",
        "replied_by",
        "answered_by",
    )
    return rows.order_by(F("answered_at").asc(nulls_first=True), "replied_at", "pk")


def unanswered() -> QuerySet[Reply]:
    """What an academy has said and nobody has answered."""
    return Reply.objects.filter(answered_at=None, decision__state=DecisionState.ANNOUNCED)


def unanswered_by_campaign() -> Asking[list[tuple[str, int, datetime]]]:
    """The campaigns (their years) with how many replies await an answer, and since when."""
    rows = unanswered().order_by().values_list("decision__case__campaign__year")
    counted = rows.annotate(count=Count("pk"), oldest=Min("replied_at"))
    return sorted((yield counted), key=lambda one: one[2])


def to_reply(actor: Actor, now: datetime) -> Asking[list[tuple[Decision, datetime]]]:
    """The decisions that the actor may still reply to and to which nobody has, with until when."""
    rows = Decision.objects.over_which(actor, "decision.reply")
    found = rows.filter(
        state=DecisionState.ANNOUNCED, announced_at__gt=now - OLDEST, replies=None
    ).select_related("case__application__academy", "case__theme", "case__campaign")
    ordered = found.prefetch_related("case__campaign__milestones").order_by("announced_at", "pk")
    limits = ((one, replies_until(one)) for one in (yield ordered))
    return [(one, until) for one, until in limits if until is not None and now <= until]


def replies_sheet(rows: Iterable[Reply]) -> Sheet:
    return Sheet("Observations", REPLY_HEADERS, _reply_rows(rows))


def _reply_rows(given: Iterable[Reply]) -> Iterator[Sequence[Cell]]:
    for one in given:
        yield _reply_row(one)


def _reply_row(one: Reply) -> Sequence[Cell]:
    return (
        one.decision.case.campaign.label,
        one.decision.case.theme.shown_title,
        one.decision.case.application.academy.name,
        DecisionKind(one.decision.kind).public_label,
        one.replied_at,
        one.text,
        one.answered_at,
        one.answer,
    )
