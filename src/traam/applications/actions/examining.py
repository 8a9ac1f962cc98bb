"""Who may read which application, to judge it: checked, declared, pinned, dismissed.

What a person is told of a conflict never names the application; the reason stays in the examiner's
row, whose reader is the pilot.
"""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import require
from traam.applications import acts
from traam.applications.models import Application, Examiner
from traam.applications.queries.calls import day_of
from traam.applications.queries.examiners import Ties, called, conflicts_of, deposited, rows_of
from traam.applications.rules.conflicts import (
    Conflict,
    dismissal_faults,
    pin_faults,
    read_kinds,
    standing,
    stored,
)
from traam.applications.rules.life import ConflictKind, Standing
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.journal.actions import record
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import User

NOT_DECLARED = "Aucun conflit n’est déclaré entre cette personne et cette candidature."
NOT_SETTLED = "Ce conflit n’est ni confirmé ni écarté : il n’y a rien à reprendre."


@transaction.atomic
def clear_examiners(*, campaign: Campaign, now: datetime, actor: Actor | None) -> int:
    """Check every expert and inspector general of each theme before each application deposited on
    it; how many rows were made or changed. Idempotent, in a fixed number of queries.

    What was pinned or declared stays; what was dismissed stays while no other kind of conflict
    appears. Raises `NotAllowed`.
    """
    if actor is not None:
        require(actor, "application.settle_conflict", campaign.place())
    today = day_of(now)
    rows = rows_of(campaign)
    people = called(campaign, today=today)
    everyone = {person for each in people.values() for person in each}
    judged = list(deposited(campaign))
    seen = {person for _, person in rows}
    ties = Ties(everyone | seen, judged, rows.values(), today=today)
    check = _Check(ties, rows, now=now)
    for one in judged:
        known = {person for key, person in rows if key == one.pk}
        for person in sorted(people[one.theme.code] | known):
            check.look(one, person)
    check.write()
    if check.count:
        record(
            actor=acts.person_of(actor),
            verb="examiner.check",
            subject=f"campaign:{campaign.year}",
            now=now,
            after={"made": len(check.made), "changed": len(check.changed)},
        )
    return check.count


class _Check:
    """The rows that a check makes and changes."""

    def __init__(self, ties: Ties, rows: dict[tuple[int, int], Examiner], *, now: datetime) -> None:
        self.ties, self.rows, self.now = ties, rows, now
        self.made: list[Examiner] = []
        self.changed: list[Examiner] = []

    @property
    def count(self) -> int:
        return len(self.made) + len(self.changed)

    def look(self, application: Application, person: int) -> None:
        """What becomes of this person before this application."""
        conflicts = self.ties.between(person, application)
        row = self.rows.get((application.pk, person))
        if row is None:
            row = Examiner(application=application, person_id=person, standing="", kinds="")
        if judge(row, conflicts, now=self.now):
            (self.changed if row.pk else self.made).append(row)

    def write(self) -> None:
        Examiner.objects.bulk_create(self.made, ignore_conflicts=True, batch_size=500)
        fields = ["standing", "kinds", "reason", "settled_by", "checked_at"]
        Examiner.objects.bulk_update(self.changed, fields, batch_size=200)


def judge(row: Examiner, conflicts: tuple[Conflict, ...], *, now: datetime) -> bool:
    """Put on the row what the facts show; whether it changes."""
    before = Standing(row.standing) if row.standing else None
    after = standing(conflicts, before=before, covered=read_kinds(row.kinds))
    kinds = stored(conflict.kind for conflict in conflicts)
    if after is Standing.DISMISSED:  # it goes on covering all that was dismissed
        kinds = row.kinds
    if after == before and kinds == row.kinds:
        return False
    if before is Standing.DISMISSED:  # something else appeared, or nothing is left
        row.reason, row.settled_by = "", None
    row.standing, row.kinds, row.checked_at = after, kinds, now
    return True


def _held(application: Application, person: User, *, now: datetime) -> Examiner:
    """The person's row before this application, locked, made if they were not checked yet."""
    rows = Examiner.objects.select_for_update(of=("self",))
    row, _ = rows.get_or_create(
        application=application,
        person=person,
        defaults={"standing": Standing.FOUND, "checked_at": now},
    )
    return row


def _looked_at(row: Examiner, *, now: datetime) -> tuple[Conflict, ...]:
    """What the facts show of this one row."""
    return conflicts_of([row], today=day_of(now))[row.application_id, row.person_id]


@transaction.atomic
def declare_conflict(
    *, application: Application, person: User, reason: str, now: datetime, actor: Actor | None
) -> None:
    """This person says that a tie forbids them to judge it: they read it no more. Twice is once.

    One declares one's own; the pilot, anyone's. Raises `NotAllowed` or `Refusal`.
    """
    why = acts.need_reason(reason)
    behalf = _may_declare(application, person, actor)
    row = _held(application, person, now=now)
    kinds = read_kinds(row.kinds)
    if ConflictKind.DECLARED in kinds:
        return
    row.kinds = stored({*kinds, ConflictKind.DECLARED})
    if row.standing != Standing.PINNED:
        row.standing = Standing.FOUND
    row.reason, row.checked_at = why, now
    row.save(update_fields=["standing", "kinds", "reason", "checked_at"])
    _note("examiner.declare", row, actor=actor, behalf=behalf, now=now)


def _may_declare(application: Application, person: User, actor: Actor | None) -> int | None:
    right = "application.declare_conflict"
    behalf = acts.allowed(application, right, actor=actor)
    if actor is not None and person.pk not in (actor.person, behalf):
        place = application.place()
        if not actor.allows("application.settle_conflict", place):
            raise NotAllowed(who_may("application.settle_conflict", place))
    return behalf


@transaction.atomic
def take_back_declaration(
    *, application: Application, person: User, now: datetime, actor: Actor | None
) -> None:
    """The tie was declared by mistake: what the facts show remains. Raises alike."""
    behalf = _may_declare(application, person, actor)
    row = _held(application, person, now=now)
    kinds = read_kinds(row.kinds)
    if ConflictKind.DECLARED not in kinds:
        raise Refusal(NOT_DECLARED)
    row.kinds = stored(kinds - {ConflictKind.DECLARED})
    if row.standing != Standing.PINNED:
        row.reason = ""
    judge(row, _looked_at(row, now=now), now=now)
    row.save(update_fields=["standing", "kinds", "reason", "settled_by", "checked_at"])
    _note("examiner.take_back_declaration", row, actor=actor, behalf=behalf, now=now)


@transaction.atomic
def pin_conflict(
    *, application: Application, person: User, reason: str, now: datetime, actor: Actor | None
) -> None:
    """The conflict holds, found or not: they read it no more, whatever is checked later."""
    behalf = acts.allowed(application, "application.settle_conflict", actor=actor)
    row = _held(application, person, now=now)
    if faults := pin_faults(reason):
        raise Refusal(*faults)
    _settle(row, Standing.PINNED, reason, actor=actor, now=now)
    _note("examiner.pin", row, actor=actor, behalf=behalf, now=now)


@transaction.atomic
def dismiss_conflict(
    *, application: Application, person: User, reason: str, now: datetime, actor: Actor | None
) -> None:
    """What was found forbids nothing: they may read it, while no other kind of conflict appears.

    Raises `Refusal` where nothing was found, and on what the person declared.
    """
    behalf = acts.allowed(application, "application.settle_conflict", actor=actor)
    row = _held(application, person, now=now)
    if faults := dismissal_faults(read_kinds(row.kinds), reason):
        raise Refusal(*faults)
    _settle(row, Standing.DISMISSED, reason, actor=actor, now=now)
    _note("examiner.dismiss", row, actor=actor, behalf=behalf, now=now)


def _settle(
    row: Examiner, wanted: Standing, reason: str, *, actor: Actor | None, now: datetime
) -> None:
    row.standing, row.reason = wanted, acts.need_reason(reason)
    row.settled_by_id, row.checked_at = acts.person_of(actor), now
    row.save(update_fields=["standing", "reason", "settled_by", "checked_at"])


@transaction.atomic
def release_conflict(
    *, application: Application, person: User, now: datetime, actor: Actor | None
) -> None:
    """Go back on a conflict pinned or dismissed: what the facts show, and what was declared."""
    behalf = acts.allowed(application, "application.settle_conflict", actor=actor)
    row = _held(application, person, now=now)
    if row.standing not in (Standing.PINNED, Standing.DISMISSED):
        raise Refusal(NOT_SETTLED)
    conflicts = _looked_at(row, now=now)
    row.standing, row.kinds, row.reason, row.settled_by = "", row.kinds, "", None
    judge(row, conflicts, now=now)
    row.save(update_fields=["standing", "kinds", "reason", "settled_by", "checked_at"])
    _note("examiner.release", row, actor=actor, behalf=behalf, now=now)


def _note(
    verb: str, row: Examiner, *, actor: Actor | None, behalf: int | None, now: datetime
) -> None:
    """One line of the journal. No event of the application: its authors do not read who judges."""
    record(
        actor=acts.person_of(actor),
        verb=verb,
        subject=f"application:{row.application.code}",
        now=now,
        on_behalf_of=behalf,
        after={"person": row.person_id, "standing": row.standing, "kinds": row.kinds},
    )


def clear_due(*, now: datetime) -> int:
    """Check the examiners of every campaign whose call is over, up to its announcement."""
    gathering = Campaign.objects.filter(state=CampaignState.CALL_CLOSED, is_archive=False)
    return sum(
        clear_examiners(campaign=one, now=now, actor=None) for one in gathering.order_by("pk")
    )
