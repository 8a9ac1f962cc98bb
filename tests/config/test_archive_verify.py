"""`verify` is silent on what is in order, and names each fault in one French line."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from tests.documents.factories import StoredFileFactory
from tests.journal.factories import EntryFactory
from traam.catalogue import actions as catalogue
from traam.catalogue import memberships
from traam.catalogue.models import HarvestSet, Membership, Notice, Sequence
from traam.catalogue.record import File, Record, Term
from traam.config.archive import verify
from traam.documents import storage
from traam.journal import actions as journal

pytestmark = pytest.mark.django_db
PLAIN = Record(title="Un essai", kind=Term("scenario", "Scénario"))
PLAIN_TOO = replace(PLAIN, title="Un autre essai")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "fichiers"


def publish(record: Record, now, origin: str = "test:1") -> Notice:
    return catalogue.publish(record=record, origin=origin, now=now, actor=None)


def forge(notice: Notice, **changes) -> Notice:
    """A row that the house would never write, beside a sound one."""
    last = Sequence.objects.get()
    last.last += 1
    last.save()
    fields = Notice.objects.filter(pk=notice.pk).values().get()
    del fields["id"]
    given = {"ark": "t1forged", "origin": "forged:1", "sequence": last.last}
    made = Notice.objects.create(**fields | given | changes)
    if made.is_current:
        memberships.Enrolment().enrol([(made, {})], replaced=())
    return made


def with_file(stored) -> Record:
    kept = File(digest=stored.digest, name="a.txt", media_type="text/plain", size=stored.size)
    return replace(PLAIN, files=(kept,))


def test_verify_is_silent_when_all_is_in_order(now):
    notice = publish(with_file(StoredFileFactory()), now)
    catalogue.correct(ark=notice.ark, record=PLAIN, reason="Essai.", now=now, actor=None)
    catalogue.withdraw(ark=notice.ark, reason="Essai.", now=now, actor=None)
    journal.seal(now=now)
    EntryFactory()

    assert verify() == []


def test_verify_names_an_altered_file(now):
    stored = StoredFileFactory()
    storage.path_of(stored.digest).write_bytes(b"x")

    assert verify() == [f"Fichier {stored.digest} : son contenu a été modifié."]


def test_verify_names_a_broken_chain(now):
    EntryFactory()
    journal.seal(now=now)
    on_table = "" if connection.vendor == "sqlite" else " ON journal_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER journal_entry_keeps{on_table}")
        cursor.execute("UPDATE journal_entry SET verb = 'notice.forged'")

    (fault,) = verify()

    assert fault.startswith("Journal, sceau n° 1, inscription n° ")
    assert fault.endswith(" : elle a été modifiée.")


def test_verify_names_a_gap_between_versions(now):
    forge(publish(PLAIN, now), version=3)

    assert verify() == ["Notice t1forged : il lui manque une version avant la 3."]


def test_verify_names_a_notice_without_its_last_version_current(now):
    forge(publish(PLAIN, now), is_current=False)

    assert verify() == ["Notice t1forged : sa version courante n’est pas la dernière (1)."]


def test_verify_names_a_number_past_the_counter(now):
    forge(publish(PLAIN, now))
    Sequence.objects.update(last=1)

    assert verify() == ["Notices : le numéro d’ordre 2 dépasse le compteur (1)."]


def test_verify_names_a_missing_number(now):
    forge(publish(PLAIN, now), sequence=3)
    Sequence.objects.update(last=3)

    assert verify() == ["Notices : il manque des numéros d’ordre avant le 3."]


def test_verify_names_a_version_that_says_something_else(now):
    forge(publish(PLAIN, now), digest="0" * 64)

    assert verify() == ["Notice t1forged, version 1 : son empreinte est différente."]


def test_verify_names_a_version_that_does_not_read(now):
    forge(publish(PLAIN, now), record={"unknown": 1})

    (fault,) = verify()

    assert fault.startswith("Notice t1forged, version 1 : illisible (")


def test_verify_names_a_file_that_was_never_stored(now):
    stored = StoredFileFactory()
    publish(with_file(stored), now)
    stored.delete()

    (fault,) = verify()

    assert fault.endswith("version 1 : son fichier « a.txt » n’est pas conservé.")


def test_verify_names_sets_that_the_record_does_not_say(now):
    notice = publish(PLAIN, now)
    forge(notice, sets=" archive ")

    assert verify() == [
        "Notice t1forged, version 1 : ses ensembles OAI ne sont pas ceux que disent ses "
        "métadonnées."
    ]


def test_verify_names_the_sets_that_miss_a_notice(now):
    notice = publish(PLAIN, now)
    Membership.objects.all().delete()

    assert verify() == [f"Notice {notice.ark} : elle manque à l’ensemble OAI type, type:scenario."]


def test_verify_names_the_set_that_a_notice_should_not_be_in(now):
    notice, other = publish(PLAIN, now), HarvestSet.objects.create(spec="cycle", name="Par cycle")
    Membership.objects.create(harvest_set=other, notice=notice, datestamp=notice.datestamp)

    assert verify() == [f"Notice {notice.ark} : elle est de trop dans l’ensemble OAI cycle."]


def test_verify_names_a_notice_whose_instant_is_another_in_a_set(now):
    notice = publish(PLAIN, now)
    root = Membership.objects.filter(harvest_set__spec="type")
    root.update(datestamp=now + timedelta(seconds=1))

    assert verify() == [f"Notice {notice.ark} : son horodatage est autre dans un ensemble OAI."]


def test_verify_names_a_replaced_version_left_in_a_set(now):
    notice = publish(PLAIN, now)
    left = list(Membership.objects.values_list("harvest_set", flat=True))
    catalogue.correct(ark=notice.ark, record=PLAIN_TOO, reason="Essai.", now=now, actor=None)
    for key in left:
        Membership.objects.create(harvest_set_id=key, notice=notice, datestamp=now)

    assert verify() == [
        f"Notice {notice.ark} : une version remplacée est encore dans un ensemble OAI."
    ]


def test_verify_finds_the_faulty_notice_of_any_batch(now, monkeypatch):
    monkeypatch.setattr(memberships, "BATCH", 2)
    made = [publish(PLAIN, now, f"test:{number}") for number in range(5)]
    Membership.objects.filter(notice=made[4]).delete()

    (fault,) = verify()

    assert fault.startswith(f"Notice {made[4].ark} : elle manque")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_verify_names_a_row_that_leads_nowhere(now):
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_withholding (file_id, reason, since) VALUES (99, 'x', %s)", [now]
        )

    found = verify()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_withholding")

    assert found == [
        "Base, table documents_withholding, ligne 1 : "
        "renvoi à une ligne absente de documents_storedfile."
    ]
