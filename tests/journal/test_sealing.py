"""Entries are sealed in chained batches, and the database refuses to change what is written."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.journal.factories import EntryFactory
from traam.journal import actions, queries, rules
from traam.journal.models import Entry, Seal

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def chain(now):
    """Two seals: of two entries, then of one."""
    EntryFactory.create_batch(2)
    first = actions.seal(now=now)
    EntryFactory()
    return first, actions.seal(now=now + HOUR)


def _drop_guards():
    """As someone who owns the database could."""
    suffix = "" if connection.vendor == "sqlite" else " ON journal_{}"
    with connection.cursor() as cursor:
        for name in ("entry_keeps", "entry_stays", "seal_keeps", "seal_stays"):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER journal_{name}")
            elif name != "seal_stays":
                table = name.partition("_")[0]
                cursor.execute(f"DROP TRIGGER journal_{name}" + suffix.format(table))


def test_record_keeps_the_act_as_it_was_said(now):
    actions.record(
        actor=7,
        on_behalf_of=8,
        verb="notice.correct",
        subject="notice:t1abc",
        now=now,
        before={"version": 1},
        after={"version": 2},
    )

    kept = Entry.objects.values(
        "at", "actor", "on_behalf_of", "verb", "subject", "before", "after", "seal"
    ).get()
    assert kept == {
        "at": now,
        "actor": 7,
        "on_behalf_of": 8,
        "verb": "notice.correct",
        "subject": "notice:t1abc",
        "before": {"version": 1},
        "after": {"version": 2},
        "seal": None,
    }


def test_record_leaves_nothing_when_its_transaction_fails(now):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the act, then its fault)
        actions.record(actor=None, verb="notice.publish", subject="notice:t1", now=now)
        raise RuntimeError

    assert Entry.objects.count() == 0


def test_record_refuses_a_name_in_its_values(now):
    with pytest.raises(rules.Unfit):
        actions.record(
            actor=None,
            verb="person.invite",
            subject="person:7",
            now=now,
            after={"address": "alice@exemple.invalid"},
        )


def test_seal_covers_all_entries_and_follows_the_seal_before(chain, now):
    first, second = chain

    assert (first.number, first.previous, first.entry_count) == (1, rules.FIRST, 2)
    assert (second.number, second.previous, second.entry_count) == (2, first.digest, 1)
    assert Entry.objects.unsealed().count() == 0
    assert list(queries.faults()) == []


def test_seal_does_nothing_when_all_is_sealed(chain, now):
    assert actions.seal(now=now + 2 * HOUR) is None
    assert Seal.objects.count() == 2


def test_seal_takes_a_lower_id_that_became_visible_later(chain, now):
    late = EntryFactory(id=Entry.objects.order_by("pk")[0].pk - 1)

    third = actions.seal(now=now + 2 * HOUR)

    assert Entry.objects.get(pk=late.pk).seal == third
    assert list(queries.faults()) == []


def test_seal_takes_at_most_one_batch(monkeypatch, now):
    monkeypatch.setattr(actions, "BATCH", 2)
    EntryFactory.create_batch(3)

    counts = [actions.seal(now=now).entry_count, actions.seal(now=now).entry_count]

    assert counts == [2, 1]


def test_seal_leaves_the_work_to_whoever_took_the_number(monkeypatch, chain, now):
    EntryFactory()
    monkeypatch.setattr(
        Seal.objects, "order_by", lambda *names: Seal.objects.filter(number=1), raising=False
    )

    assert actions.seal(now=now) is None
    assert Entry.objects.unsealed().count() == 1


UPDATES = {
    "at": "2020-01-01 00:00:00+00:00",
    "actor": 99,
    "on_behalf_of": 99,
    "verb": "notice.other",
    "subject": "notice:other",
    "before": '{"a": 1}',
    "after": '{"a": 1}',
}


@pytest.mark.parametrize("column", UPDATES)
@pytest.mark.parametrize("sealed", [False, True])
def test_database_refuses_to_change_an_entry(column, sealed, now):
    entry = EntryFactory()
    if sealed:
        actions.seal(now=now)

    with (
        pytest.raises(DatabaseError, match="ne se modifie pas"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f'UPDATE journal_entry SET "{column}" = %s WHERE id = %s', [UPDATES[column], entry.pk]
        )


def test_database_refuses_to_change_the_seal_of_an_entry(chain):
    first, second = chain

    for other in (None, second):
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.filter(seal=first).update(seal=other)


@pytest.mark.parametrize("model", [Entry, Seal])
def test_database_refuses_to_delete_what_is_sealed(model, chain):
    rows = model.objects.order_by("-pk")[:1].values("pk")

    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))._raw_delete("default")


def test_database_refuses_to_change_a_seal(chain):
    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        Seal.objects.filter(number=1).update(digest="0" * 64)


def test_faults_name_a_changed_entry(chain):
    _drop_guards()
    changed = Entry.objects.filter(seal=chain[0]).order_by("pk")[0]
    Entry.objects.filter(pk=changed.pk).update(actor=99)

    assert list(queries.faults()) == [
        f"Journal, sceau n° 1, inscription n° {changed.pk} (notice.publish, {changed.subject}) : "
        "elle a été modifiée."
    ]


def test_faults_name_an_entry_that_is_gone(chain):
    _drop_guards()
    gone = Entry.objects.order_by("pk")[0].pk
    Entry.objects.filter(pk=gone)._raw_delete("default")

    assert list(queries.faults()) == [f"Journal, sceau n° 1, inscription n° {gone} : elle manque."]


def test_faults_name_entries_that_changed_places(chain):
    _drop_guards()
    one, other = Entry.objects.filter(seal=chain[0]).order_by("pk")
    for key, subject in ((one.pk, other.subject), (other.pk, one.subject)):
        Entry.objects.filter(pk=key).update(subject=subject)

    assert list(queries.faults()) == [
        f"Journal, sceau n° 1, inscription n° {one.pk} (notice.publish, {other.subject}) : à sa "
        f"place se trouve celle qui portait le n° {other.pk}.",
        f"Journal, sceau n° 1, inscription n° {other.pk} (notice.publish, {one.subject}) : à sa "
        f"place se trouve celle qui portait le n° {one.pk}.",
    ]


def test_faults_name_an_entry_put_under_another_seal(chain):
    _drop_guards()
    moved = Entry.objects.filter(seal=chain[0]).order_by("pk")[0]
    Entry.objects.filter(pk=moved.pk).update(seal=chain[1])

    assert list(queries.faults()) == [
        f"Journal, sceau n° 1, inscription n° {moved.pk} : elle manque.",
        f"Journal, sceau n° 2, inscription n° {moved.pk} (notice.publish, {moved.subject}) : elle "
        "n’était pas là au moment du sceau.",
    ]


def test_faults_tell_marks_that_were_changed_from_entries(chain):
    _drop_guards()
    marks = [[key, "0" * 16] for key, _ in chain[0].marks]
    Seal.objects.filter(number=1).update(marks=marks)

    assert list(queries.faults()) == [
        "Journal, sceau n° 1 : ses repères ont été modifiés (les inscriptions sont intactes)."
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"actor": 99}, "une inscription ou le sceau a été modifié (empreinte différente)."),
        ({"seal": None}, "0 inscription au lieu de 2."),
    ],
)
def test_faults_under_a_seal_without_marks_say_which_seal(chain, change, fault):
    _drop_guards()
    Seal.objects.filter(number=1).update(marks=None)
    Entry.objects.filter(seal=chain[0]).update(**change)

    assert list(queries.faults()) == [f"Journal, sceau n° 1 : {fault}"]


def test_faults_say_that_a_seal_is_gone(chain):
    _drop_guards()
    Entry.objects.filter(seal=chain[0])._raw_delete("default")
    Seal.objects.filter(number=1)._raw_delete("default")

    assert list(queries.faults()) == [
        "Journal, sceau n° 2 : le sceau n° 1 manque.",
        "Journal, sceau n° 2 : il ne suit pas l’empreinte du sceau précédent.",
    ]


def test_faults_say_that_a_seal_was_written_again(chain):
    _drop_guards()
    Seal.objects.filter(number=1).update(sealed_at=chain[0].sealed_at + HOUR)

    assert list(queries.faults()) == [
        "Journal, sceau n° 1 : le sceau a été modifié (les inscriptions sont intactes)."
    ]
