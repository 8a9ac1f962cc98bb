"""Two pilots load at once, on PostgreSQL: one after the other, and nothing twice."""

from datetime import date, datetime

import pytest

from tests.catalogue.damages import ARCHIVES, KEPT, as_json
from tests.catalogue.test_actions_postgres import at_once
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.campaigns.models import Theme
from traam.catalogue.load_rules import FileKind
from traam.catalogue.loading import asking
from traam.catalogue.models import Load, Membership, Notice
from traam.journal.models import Entry
from traam.reference.actions import prepare

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITTEN = {FileKind.CAMPAIGNS: Theme, FileKind.PRODUCTIONS: Notice}


def pilot(person: int) -> Actor:
    return Actor(person, (Mandate(role=Role.PILOT),), date(2026, 3, 20))


def brought(kind: FileKind, *, now: datetime, person: int) -> Load:
    content = as_json(ARCHIVES[kind.value])
    return asking.bring(kind=kind, content=content, name="essai.json", now=now, actor=pilot(person))


@pytest.mark.parametrize("kind", list(FileKind))
def test_two_pilots_load_the_same_file_at_once(now: datetime, kind: FileKind) -> None:
    prepare(now=now)
    loads = [brought(kind, now=now, person=person) for person in (1, 2)]

    done = at_once(
        *(
            lambda load=load: asking.carry_out(load=load.pk, now=now, actor=pilot(load.checked_by))
            for load in loads
        )
    )

    taken = sorted(load.taken_count + load.mended_count for load in done)
    assert taken == [0, KEPT]
    assert sorted(load.unchanged_count for load in done) == [0, KEPT]
    assert WRITTEN[kind].objects.count() == KEPT
    if kind is FileKind.PRODUCTIONS:
        numbers = Notice.objects.order_by("sequence").values_list("sequence", flat=True)
        assert list(numbers) == list(range(1, KEPT + 1))
        assert set(Membership.objects.values_list("notice", flat=True)) == set(
            Notice.objects.values_list("pk", flat=True)
        )


def test_one_load_pressed_by_two_at_once_is_done_once(now: datetime) -> None:
    prepare(now=now)
    load = brought(FileKind.PRODUCTIONS, now=now, person=1)

    done = at_once(
        *(
            lambda person=person: asking.carry_out(load=load.pk, now=now, actor=pilot(person))
            for person in (1, 2, 3, 4)
        )
    )

    assert len({one.ended_by for one in done}) == 1
    assert Notice.objects.count() == KEPT
    assert Entry.objects.filter(verb="load.carry_out").count() == 1
