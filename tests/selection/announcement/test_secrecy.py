"""Until decisions are announced nobody outside sees anything of them, nor can guess."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.db import transaction

from tests.selection.announcement import outside
from tests.selection.announcement.outside import visitor
from tests.selection.announcement.setting import IN, MARKER, OUT, RESERVE, Hall, hall
from tests.selection.factories import NOW
from traam.post.models import Message
from traam.selection import actions

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KINDS = ([IN, OUT], [OUT, IN], [IN, RESERVE], [RESERVE, OUT, IN])


@contextmanager
def prepared(kinds: list[str]) -> Iterator[Hall]:
    """Decisions prepared in private, with their letters and minutes; nothing of it stays."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        made = hall(kinds)
        actions.prepare_letters(campaign=made.campaign, now=NOW, actor=None)
        actions.edit_letter(
            decision=made.decision(0),
            subject="Objet",
            text=f"Une lettre retouchée ({MARKER}).",
            version=1,
            now=NOW,
            actor=None,
        )
        actions.write_minutes(
            campaign=made.campaign,
            theme=made.theme,
            session=actions.Session(remarks=MARKER),
            now=NOW,
            actor=None,
        )
        yield made
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("kinds", "who"),
    [([OUT, IN], "délégué de l’académie"), ([IN, RESERVE], "expert en conflit")],
)
def test_no_answer_of_any_address_tells_a_prepared_decision(kinds, who) -> None:
    with prepared(kinds) as made:
        wrong = [address for address, body in visitor(made, who).told() if MARKER.encode() in body]

    assert wrong == []


@pytest.mark.parametrize(
    ("kinds", "who"),
    [([IN, OUT], "auteur"), ([RESERVE, OUT, IN], "rectorat"), ([IN, OUT], "anonyme")],
)
def test_no_count_betrays_a_prepared_decision(kinds, who) -> None:
    """The very same bytes are answered, whatever is decided."""
    with prepared(kinds) as made:
        someone = visitor(made, who)
        before = dict(someone.told())
        outside.decide_otherwise(made)
        after = dict(someone.told())

    assert sorted(before) == sorted(after)
    assert [one for one in before if before[one] != after[one]] == []
    assert [one for one, body in before.items() if MARKER.encode() in body] == []


@pytest.mark.parametrize("kinds", KINDS)
def test_no_message_is_written_before_the_announcement(kinds) -> None:
    with prepared(kinds) as made:
        actions.foresee_announcement(campaign=made.campaign, now=NOW, actor=None)

        assert not Message.objects.exists()


def test_same_things_are_told_to_who_announces(ready: Hall, client_of) -> None:
    """The data could leak: the pilot reads them all, and everyone does once it is announced."""
    pilot = client_of(ready.study.pilot)
    year, key = ready.campaign.year, ready.decision(2).pk

    for address in (
        f"/selection/{year}/annonce/?format=csv",
        f"/selection/{year}/annonce/?format=ods",
        f"/selection/lettres/{key}/",
    ):
        assert MARKER.encode() in outside.unpacked(pilot.get(address).content), address
    ready.announce()
    academy = client_of(ready.team(2).delegate)
    assert MARKER in academy.get(f"/selection/decisions/{key}/").content.decode()


def test_no_message_holds_a_reason_or_a_remark(ready: Hall) -> None:
    ready.announce()

    assert Message.objects.exists()
    for one in Message.objects.all():
        assert MARKER not in str(one.params)
