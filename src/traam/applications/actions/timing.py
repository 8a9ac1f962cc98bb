"""More time for one academy, its end by itself or by an act, files that lapse, and the warnings."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from traam.access.actor import Actor
from traam.access.web import require
from traam.applications import acts, telling
from traam.applications.models import Application, Event, Extension
from traam.applications.queries import people
from traam.applications.queries.calls import day_of, deadline_for, deadline_of
from traam.applications.rules.life import UNDEPOSITED, ApplicationState
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.journal.actions import record
from traam.journal.rules import Scalar
from traam.kit.clock import PARIS
from traam.kit.refusals import Refusal, need_read
from traam.kit.text import instant, plural
from traam.post.actions import send
from traam.reference.models import Academy

S = ApplicationState
WARNINGS = (timedelta(days=7), timedelta(days=1))  # before the end, to those who have not deposited
# What the authors read, then the delegates.
TOLD_GIVEN = ("applications/extended", "applications/academy_extended")
TOLD_ENDED = ("applications/shortened", "applications/academy_shortened")
LONGEST = timedelta(days=365)  # after the closing, where the calendar says nothing of what follows
GATHERING = (CampaignState.CALL_OPEN, CampaignState.CALL_CLOSED)


@transaction.atomic
def extend(
    *,
    campaign: Campaign,
    academy: Academy,
    until: datetime,
    reason: str,
    now: datetime,
    actor: Actor,
    known: Collection[str] | None = None,
) -> Extension:
    """More time for this academy, over at `until` by itself; its people are told. The same given
    twice is one; another end takes the place of the present one. `known`: what the page has warned
    of (`need_read`). Raises `NotAllowed`, `Refusal`.
    """
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    require(actor, "application.extend", held.place())
    why = acts.need_reason(reason)
    running = Extension.objects.filter(campaign=held, academy=academy, is_over=False).first()
    if running is not None and running.until == until:
        return running
    if faults := _extension_faults(held, until, now=now):
        raise Refusal(*faults)
    need_read(_extension_warnings(held, until), known)
    if running is not None:
        _over(running, at=running.until)
    made = Extension.objects.create(
        campaign=held,
        academy=academy,
        until=until,
        reason=why,
        given_at=now,
        given_by_id=acts.key_of(actor),
    )
    Application.objects.filter(campaign=held, academy=academy).update(extension=made)
    after: dict[str, Scalar] = {
        "campaign": held.year,
        "academy": academy.code,
        "until": made.until,
    }
    _note_extension("extension.give", made, actor=actor, now=now, after=after)
    _tell_academy(made, TOLD_GIVEN, "extension.give", why, actor=actor, now=now)
    return made


def _note_extension(
    verb: str,
    extension: Extension,
    *,
    actor: Actor,
    now: datetime,
    after: Mapping[str, Scalar],
) -> None:
    person, subject = acts.person_of(actor), f"extension:{extension.pk}"
    record(actor=person, verb=verb, subject=subject, now=now, after=after)


def _tell_academy(
    extension: Extension,
    kinds: tuple[str, str],
    verb: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Each application of the academy keeps the event and its reason; its people are told, and the
    delegates once, were there no application yet."""
    today, until = day_of(now), instant(extension.until)
    found = Application.objects.filter(extension=extension)
    for one in found.select_related("campaign", "theme", "academy").order_by("pk"):
        event = Event.objects.create(
            application=one, verb=verb, at=now, person_id=acts.person_of(actor), reason=reason
        )
        telling.tell(one, people.authors(one), kinds[0], event=event, now=now, until=until)
    for person in people.delegates(academy=extension.academy.code, today=today):
        send(
            to=person,
            kind=kinds[1],
            params={
                "campaign": extension.campaign.label,
                "academy": extension.academy.name,
                "until": until,
            },
            key=f"{kinds[1]}:{extension.pk}:{person}",
            now=now,
        )


def _extension_faults(campaign: Campaign, until: datetime, *, now: datetime) -> list[str]:
    closes = campaign.calendar.closes_at
    if campaign.state not in GATHERING or closes is None:
        return ["Plus de temps se donne une fois l’appel ouvert, avant l’annonce des décisions."]
    if until <= max(now, closes):
        return [
            f"La nouvelle fin ({instant(until)}) doit venir après la clôture ({instant(closes)}) "
            "et après le moment présent."
        ]
    last = campaign.calendar.next_after_closing
    limit = campaign.calendar.dates[last] if last else closes + LONGEST
    if until >= limit:
        whose = f"« {last.label} »" if last else "un an après la clôture"
        return [f"La nouvelle fin ({instant(until)}) doit venir avant {whose} ({instant(limit)})."]
    return []


def _extension_warnings(campaign: Campaign, until: datetime) -> list[str]:
    """What is seldom meant: an answer that comes when the reviews are already due."""
    due = campaign.calendar.at(Milestone.REVIEWS_DUE)
    if due is None or until <= due:
        return []
    return [
        f"Les avis sont à rendre pour le {instant(due)} : une candidature déposée jusqu’au "
        f"{instant(until)} risque de n’être lue par personne."
    ]


def _over(extension: Extension, *, at: datetime) -> None:
    extension.is_over, extension.until = True, at
    extension.save(update_fields=["is_over", "until"])


@transaction.atomic
def end_extension(*, extension: Extension, reason: str, now: datetime, actor: Actor) -> None:
    """Take the time back now; the academy's people are told. Twice is once."""
    held = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    require(actor, "application.extend", held.campaign.place())
    if held.is_over:
        return
    why = acts.need_reason(reason)
    _over(held, at=min(now, held.until))
    after = {"until": held.until}
    _note_extension("extension.end", held, actor=actor, now=now, after=after)
    _tell_academy(held, TOLD_ENDED, "extension.end", why, actor=actor, now=now)


def end_extensions(*, now: datetime) -> int:
    """Mark those whose instant has passed; how many. The instant itself has already ended them."""
    past = Extension.objects.filter(is_over=False, until__lte=now)
    return past.update(is_over=True)


def lapse_due(*, now: datetime) -> int:
    """Find lapsed what was not deposited when its grace ended; how many. Authors and delegates are
    told. Idempotent: each application in its own transaction."""
    count = 0
    for campaign in Campaign.objects.filter(state__in=GATHERING, is_archive=False).order_by("pk"):
        limit = deadline_for(campaign, extension=None)
        if limit.lapses(now):
            waiting = Application.objects.filter(campaign=campaign, state__in=sorted(UNDEPOSITED))
            for key in list(waiting.order_by("pk").values_list("pk", flat=True)):
                count += _lapse(key, now=now)
    return count


@transaction.atomic
def _lapse(key: int, *, now: datetime) -> bool:
    held = acts.held(Application(pk=key))
    if held.state not in UNDEPOSITED or not deadline_of(held).lapses(now):
        return False
    before = acts.move(held, "lapse", now=now)
    state = {"state": before}
    event = acts.note("application.lapse", held, actor=None, now=now, before=state)
    to = telling.around(held, today=day_of(now))
    telling.tell(held, to, "applications/lapsed", event=event, now=now)
    return True


def warn_due(*, now: datetime) -> int:
    """Tell those whose application is not deposited that the end is near, once for each warning;
    how many messages were asked for. Idempotent: the message's key names the end and the warning.
    """
    count = 0
    for campaign in Campaign.objects.filter(state__in=GATHERING, is_archive=False).order_by("pk"):
        waiting = Application.objects.filter(campaign=campaign, state__in=sorted(UNDEPOSITED))
        with_all = waiting.select_related("campaign", "theme", "academy", "extension")
        for one in with_all.order_by("pk"):
            count += _warn(one, now=now)
    return count


def _warn(one: Application, *, now: datetime) -> int:
    """The nearest warning that is due before its end: a late job skips those already past."""
    limit = deadline_of(one)
    if limit.closes_at is None or not limit.is_open(now):
        return 0
    left = limit.closes_at - now
    due = [each for each in WARNINGS if left <= each]
    if not due:
        return 0
    today, warning = day_of(now), min(due)
    to = {
        *(people.authors(one) if one.state == S.DRAFT else people.inspectors(one, today=today)),
        *people.delegates(academy=one.academy.code, today=today),
    }
    ends = limit.closes_at.astimezone(PARIS).strftime("%Y%m%d%H%M")
    key = f"applications.closing:{one.pk}:{ends}:{warning.days}"
    until, left_words = instant(limit.closes_at), plural(warning.days, "jour")
    telling.warn(one, to, key=key, now=now, until=until, left=left_words)
    return len(to)
