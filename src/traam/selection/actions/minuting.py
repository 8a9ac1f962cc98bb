"""The minutes of a deliberation are written: a new version each time, the others kept."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.campaigns.models import Campaign, Theme
from traam.documents.actions import store
from traam.documents.models import StoredFile
from traam.journal.actions import record
from traam.kit.paper import FORMS, Paper, to_pdf
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import acts
from traam.selection.models import Minutes
from traam.selection.papers.minutes import minutes
from traam.selection.queries.minutes import FOLLOWS, held, may_keep, versions
from traam.selection.rules.minutes import Session

LIMIT = 20_000_000  # bytes

__all__ = ["Session", "write_minutes"]


@transaction.atomic
def write_minutes(
    *,
    campaign: Campaign,
    theme: Theme | None,
    session: Session,
    now: datetime,
    actor: Actor | None,
) -> Minutes:
    """The minutes of the theme (None: of the arbitration across themes) as things stand now, as
    tagged PDF and as ODT. The same as the last version, word for word, is that version.

    Raises `NotAllowed`, whoever may not read one of the cases included, or `Refusal`.
    """
    kept = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if actor is not None and not may_keep(actor, theme):
        raise NotAllowed(who_may(FOLLOWS))
    if faults := session.faults():
        raise Refusal(*faults)
    last = versions(kept, theme).first()
    facts = held(campaign=kept, theme=theme, session=session, today=acts.day_of(now))
    if last is not None and _is_same(last, minutes(facts, number=last.number, now=now)):
        return last
    number = last.number + 1 if last else 1
    pdf, odt = _files(minutes(facts, number=number, now=now), now)
    made = Minutes.objects.create(
        campaign=kept,
        theme=theme,
        number=number,
        pdf=pdf,
        odt=odt,
        session=session.as_data(),
        written_at=now,
        written_by_id=acts.person_of(actor),
    )
    record(
        actor=acts.person_of(actor),
        verb="decision.write_minutes",
        subject=f"theme:{theme.code}" if theme else f"campaign:{kept.year}",
        now=now,
        after={"number": number, "pdf": pdf.digest, "odt": odt.digest},
    )
    return made


def _is_same(last: Minutes, paper: Paper) -> bool:
    return sha256(to_pdf(paper)).hexdigest() == last.pdf.digest


def _files(paper: Paper, now: datetime) -> tuple[StoredFile, StoredFile]:
    """The paper in both its forms, kept."""
    found = [
        store(
            content=write(paper),
            name=f"proces-verbal.{form}",
            limit=LIMIT,
            accepted={media_type},
            now=now,
        )
        for form, (media_type, write) in FORMS.items()
    ]
    return found[0], found[1]
