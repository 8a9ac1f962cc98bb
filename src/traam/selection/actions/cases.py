"""The study of a campaign opens: a case for each deposit, then the rules frozen and sealed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from traam.access.actor import Actor
from traam.applications.models import Application
from traam.campaigns import actions as campaigns
from traam.campaigns.models import Brief, Campaign
from traam.campaigns.rules.life import CALL_CLOSED_ON
from traam.campaigns.rules.signing import digest_of
from traam.journal.actions import record
from traam.kit.refusals import Refusal
from traam.selection import acts
from traam.selection.models import Case, Seal
from traam.selection.models.choice import SealKind
from traam.selection.queries.progress import studied_now

NOT_CLOSED = "L’appel n’est pas clos : les candidatures ne s’étudient pas encore."


@transaction.atomic
def open_cases(*, campaign: Campaign, now: datetime, actor: Actor | None) -> int:
    """A case for each deposited application that has none; how many were opened. Twice is once.

    Raises `NotAllowed`, or `Refusal` before the call has closed.
    """
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    acts.allowed(actor, "campaign.prepare", held.place())
    if held.state not in CALL_CLOSED_ON:
        raise Refusal(NOT_CLOSED)
    known = Case.objects.filter(campaign=held).values("application")
    fresh = Application.objects.filter(campaign=held).deposited()
    made = [
        Case(application=one, campaign=held, theme_id=one.theme_id, opened_at=now)
        for one in fresh.exclude(pk__in=known).order_by("pk")
    ]
    if made:
        Case.objects.bulk_create(made)
        record(
            actor=acts.person_of(actor),
            verb="case.open",
            subject=f"campaign:{held.year}",
            now=now,
            after={"count": len(made)},
        )
    return len(made)


def open_due(*, now: datetime) -> int:
    """The same for every campaign between the end of its call and its announcement."""
    return sum(open_cases(campaign=one, now=now, actor=None) for one in studied_now())


@transaction.atomic
def seal_rules(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Seal:
    """The rules, weights, grid, questions and cahier des charges, frozen and sealed together.

    Once only: afterwards, the first seal is returned. The first review that is begun does it; the
    next ones do not wait for the campaign.
    """
    seals = Seal.objects.filter(campaign=campaign, kind=SealKind.RULES).order_by("number", "pk")
    if (known := seals.first()) is not None:
        return known
    held = campaigns.freeze_rules(campaign=campaign, now=now, actor=actor)
    if (known := seals.all().first()) is not None:  # by another, while this one waited
        return known
    content = rules_content(held)
    seal = Seal.objects.create(
        campaign=held,
        kind=SealKind.RULES,
        number=1,
        content=content,
        digest=digest_of(content),
        sealed_at=now,
    )
    record(
        actor=acts.person_of(actor),
        verb="case.seal_rules",
        subject=f"campaign:{held.year}",
        now=now,
        after={"digest": seal.digest},
    )
    return seal


def rules_content(campaign: Campaign) -> dict[str, Any]:
    """All that judges the applications of a campaign, as plain values."""
    asked = campaign.questionnaires.filter(published_at__isnull=False).order_by("-number", "pk")
    form = asked.first()
    return {
        "campaign": campaign.year,
        "rules": campaign.call_rules.as_data(),
        "form": {"number": form.number, "content": form.content} if form else {},
        "brief": _brief_digest(campaign),
    }


def _brief_digest(campaign: Campaign) -> str:
    """Of the version of the cahier des charges submitted last; "" where there is none."""
    brief = Brief.objects.filter(campaign=campaign).first()
    version = brief.versions.order_by("-number", "pk").first() if brief else None
    return version.digest if version else ""
