"""The notice of something made here, whatever the stage: written, corrected, withdrawn, revived.

The caller has asked its own right, and is in a transaction. `origin`: « production:svt-lille-1 ».
"""

from datetime import datetime

from django.db import transaction

from traam.catalogue.actions import tombstone
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record
from traam.catalogue.writing import Writer
from traam.kit.refusals import Unknown


@transaction.atomic
def write(*, record: Record, origin: str, reason: str, now: datetime, person: int | None) -> Notice:
    """The notice of this origin says this: its first version, or one more (`reason` goes with it),
    a tombstone revived included. The same record again is the same notice."""
    writer = Writer(now=now, person=person)
    present = Notice.objects.current().filter(origin=origin).first()
    if present is None:
        notice = writer.publish(record=record, origin=origin)
    elif present.act != Act.WITHDRAWN and present.digest == record.digest():
        return present
    else:
        notice = writer.follow(present, act=Act.CORRECTED, record=record, reason=reason)
    writer.flush()
    return notice


@transaction.atomic
def bury(*, origin: str, reason: str, now: datetime, person: int | None) -> Notice:
    """A tombstone at the same address, which keeps the title and the years. Twice is once."""
    writer = Writer(now=now, person=person)
    present = Notice.objects.current().filter(origin=origin).first()
    if present is None:
        raise Unknown("Cette notice n’existe pas.")
    if present.act == Act.WITHDRAWN:
        return present
    gone = tombstone(present.frozen())
    notice = writer.follow(present, act=Act.WITHDRAWN, record=gone, reason=reason)
    writer.flush()
    return notice
