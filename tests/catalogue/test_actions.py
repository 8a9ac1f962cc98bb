"""A notice is published, corrected, withdrawn, restored: each time a version, never a change."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.catalogue.factories import NoticeFactory, RecordFactory
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.catalogue.actions import correct, publish, restore, withdraw
from traam.catalogue.models import Act, Membership, Notice, Sequence
from traam.catalogue.record import Record
from traam.catalogue.rules import ark_name
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal, Unknown

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


def actor(role: Role) -> Actor:
    return Actor(person=12, mandates=(Mandate(role=role),), today=TODAY)


def published(record: Record, *, now: datetime, origin: str = "archive:R001") -> Notice:
    return publish(record=record, origin=origin, now=now, actor=None)


def versions(ark: str) -> list[tuple[int, str, bool]]:
    rows = Notice.objects.filter(ark=ark).order_by("version")
    return list(rows.values_list("version", "act", "is_current"))


def test_publish_writes_version_one_with_its_name_number_and_sets(now: datetime) -> None:
    record = RecordFactory(title="Le pendule")

    notice = published(record, now=now)

    assert Notice.objects.get() == notice
    assert (notice.ark, notice.version, notice.act) == (ark_name(1), 1, Act.PUBLISHED)
    assert (notice.sequence, notice.is_current) == (1, True)
    assert notice.frozen() == record
    assert notice.digest == record.digest()
    assert notice.datestamp == notice.first_published_at == now
    assert notice.sets == " annee:2016-2017 type:scenario "


def test_publish_again_the_same_gives_the_present_one(now: datetime) -> None:
    record = RecordFactory()
    first = published(record, now=now)

    again = published(record, now=now + timedelta(hours=1))

    assert again == first
    assert Notice.objects.count() == 1
    assert Entry.objects.count() == 1


def test_publish_again_another_is_refused(now: datetime) -> None:
    published(RecordFactory(), now=now)

    with pytest.raises(Refusal, match="déjà publiée : corrigez-la"):
        published(RecordFactory(), now=now)


def test_numbers_and_names_follow_each_other(now: datetime) -> None:
    notices = [published(RecordFactory(), now=now, origin=f"archive:R{n}") for n in range(3)]
    corrected = correct(
        ark=notices[0].ark, record=RecordFactory(), reason="Coquille.", now=now, actor=None
    )
    last = published(RecordFactory(), now=now, origin="archive:R9")

    assert [one.sequence for one in (*notices, corrected, last)] == [1, 2, 3, 4, 5]
    assert last.ark == ark_name(4)
    assert list(Notice.objects.after(3).values_list("sequence", flat=True)) == [4, 5]
    assert (Sequence.objects.get().last, Sequence.objects.get().named) == (5, 4)


def test_correct_makes_a_new_current_version(now: datetime) -> None:
    first = published(RecordFactory(title="Le pandule"), now=now)
    later = now + timedelta(days=1)

    second = correct(
        ark=first.ark,
        record=RecordFactory(title="Le pendule"),
        reason=" Coquille dans le titre. ",
        now=later,
        actor=None,
    )

    assert versions(first.ark) == [(1, "published", False), (2, "corrected", True)]
    assert second.frozen().title == "Le pendule"
    assert (second.reason, second.origin) == ("Coquille dans le titre.", "archive:R001")
    assert (second.datestamp, second.first_published_at) == (later, now)


def test_correct_without_a_change_is_refused(now: datetime) -> None:
    record = RecordFactory()
    notice = published(record, now=now)

    with pytest.raises(Refusal, match="Rien n’a changé"):
        correct(ark=notice.ark, record=record, reason="Rien", now=now, actor=None)

    assert Notice.objects.count() == 1


def test_withdraw_keeps_the_title_and_the_years_only(now: datetime) -> None:
    record = RecordFactory(
        title="Le pendule", summary="Un résumé", note="Une note", is_archive=True
    )
    notice = published(record, now=now)

    gone = withdraw(ark=notice.ark, reason="À la demande de l’académie.", now=now, actor=None)

    assert versions(notice.ark) == [(1, "published", False), (2, "withdrawn", True)]
    assert gone.frozen() == Record(
        title="Le pendule", kind=record.kind, years=record.years, is_archive=True
    )
    assert (gone.sets, gone.origin) == (notice.sets, notice.origin)
    assert list(Notice.objects.shown()) == []


def test_withdraw_twice_is_refused(now: datetime) -> None:
    notice = published(RecordFactory(), now=now)
    withdraw(ark=notice.ark, reason="Une raison.", now=now, actor=None)

    with pytest.raises(Refusal, match="déjà retirée"):
        withdraw(ark=notice.ark, reason="Une raison.", now=now, actor=None)


def test_withdrawn_notice_is_neither_corrected_nor_published_again(now: datetime) -> None:
    record = RecordFactory()
    notice = published(record, now=now)
    withdraw(ark=notice.ark, reason="Une raison.", now=now, actor=None)

    with pytest.raises(Refusal, match="rétablissez-la"):
        correct(ark=notice.ark, record=RecordFactory(), reason="Non", now=now, actor=None)
    with pytest.raises(Refusal, match="rétablissez-la"):
        published(record, now=now)


def test_restore_says_again_what_the_last_version_said(now: datetime) -> None:
    first = published(RecordFactory(title="Avant"), now=now)
    record = RecordFactory(title="Après")
    correct(ark=first.ark, record=record, reason="Titre.", now=now, actor=None)
    withdraw(ark=first.ark, reason="Une raison.", now=now, actor=None)

    back = restore(ark=first.ark, reason="Retirée par erreur.", now=now, actor=None)

    assert [version for version, _, _ in versions(first.ark)] == [1, 2, 3, 4]
    assert back.frozen() == record
    assert list(Notice.objects.shown()) == [back]
    with pytest.raises(Refusal, match="n’est pas retirée"):
        restore(ark=first.ark, reason="Encore.", now=now, actor=None)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_changes_ask_a_reason(now: datetime, reason: str) -> None:
    notice = published(RecordFactory(), now=now)

    with pytest.raises(Refusal, match="Donnez une raison"):
        correct(ark=notice.ark, record=RecordFactory(), reason=reason, now=now, actor=None)
    with pytest.raises(Refusal, match="Donnez une raison"):
        withdraw(ark=notice.ark, reason=reason, now=now, actor=None)


def test_unknown_name_is_unknown(now: datetime) -> None:
    with pytest.raises(Unknown, match="tpgbcczz"):
        withdraw(ark="tpgbcczz", reason="Une raison.", now=now, actor=None)


def test_datestamps_of_a_notice_never_go_back(now: datetime) -> None:
    precise = datetime(2026, 3, 20, 9, 30, 7, 600_000, tzinfo=UTC)
    first = published(RecordFactory(), now=precise)

    second = correct(
        ark=first.ark,
        record=RecordFactory(),
        reason="Horloge reculée.",
        now=precise - timedelta(hours=2),
        actor=None,
    )

    assert first.datestamp == precise.replace(microsecond=0)
    assert second.datestamp == first.datestamp


@pytest.mark.parametrize("role", Role)
def test_rights_over_notices_are_the_pilot_s(now: datetime, role: Role) -> None:
    who = actor(role)
    if role is Role.PILOT:
        notice = publish(record=RecordFactory(), origin="archive:R1", now=now, actor=who)
        correct(ark=notice.ark, record=RecordFactory(), reason="r", now=now, actor=who)
        withdraw(ark=notice.ark, reason="r", now=now, actor=who)
        assert Notice.objects.count() == 3
        return

    notice = published(RecordFactory(), now=now)
    with pytest.raises(NotAllowed):
        publish(record=RecordFactory(), origin="archive:R2", now=now, actor=who)
    with pytest.raises(NotAllowed):
        correct(ark=notice.ark, record=RecordFactory(), reason="r", now=now, actor=who)
    with pytest.raises(NotAllowed):
        withdraw(ark=notice.ark, reason="r", now=now, actor=who)
    with pytest.raises(NotAllowed):
        restore(ark=notice.ark, reason="r", now=now, actor=who)
    assert Notice.objects.count() == 1


def test_every_act_is_journaled_with_versions_and_digests(now: datetime) -> None:
    who = actor(Role.PILOT)
    first = publish(record=RecordFactory(), origin="archive:R1", now=now, actor=who)
    second = correct(ark=first.ark, record=RecordFactory(), reason="r", now=now, actor=who)

    published_, corrected = Entry.objects.order_by("pk")
    assert (published_.verb, published_.actor) == ("notice.publish", 12)
    assert corrected.subject == f"notice:{first.ark}"
    assert corrected.before == {"version": 1, "digest": first.digest}
    assert corrected.after == {"version": 2, "digest": second.digest, "sequence": 2}


def test_sets_follow_the_current_version(now: datetime) -> None:
    first = published(RecordFactory(years=("2016-2017",)), now=now)
    correct(
        ark=first.ark,
        record=RecordFactory(years=("2017-2018",)),
        reason="Année.",
        now=now,
        actor=None,
    )
    specs = Membership.objects.order_by("harvest_set__spec")

    assert list(specs.values_list("harvest_set__spec", "notice__version")) == [
        ("annee", 2),
        ("annee:2017-2018", 2),
        ("type", 2),
        ("type:scenario", 2),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"record": {"title": "Autre"}},
        {"digest": "0" * 64},
        {"reason": "Autre"},
        {"sequence": 99},
        {"version": 9},
        {"ark": "tautre"},
        {"sets": " autre "},
        {"datestamp": datetime(2030, 1, 1, tzinfo=UTC)},
    ],
)
def test_database_keeps_a_version_as_it_was_written(changes: dict[str, object]) -> None:
    notice = NoticeFactory()

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**changes)

    assert Notice.objects.get().digest == notice.digest


def test_database_lets_a_version_become_past_and_never_current_again() -> None:
    notice = NoticeFactory()

    Notice.objects.filter(pk=notice.pk).update(is_current=False)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(is_current=True)

    assert Notice.objects.get().is_current is False


def test_publish_asks_a_known_number_of_queries(
    now: datetime, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    published(RecordFactory(), now=now, origin="archive:R1")
    record = RecordFactory()

    # Savepoint; counter, present notice, counter again, notice; sets, their keys, memberships;
    # journal; release.
    with django_assert_num_queries(10):
        published(record, now=now, origin="archive:R2")
