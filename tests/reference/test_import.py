"""Loading a vocabulary: taken once, unchanged twice; what disappears is ended, never deleted."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.reference.factories import SchemeFactory, TermFactory, vocabulary_file
from traam.reference.actions import import_vocabulary, merge_terms, prepare
from traam.reference.models import Academy, Alias, Region, Scheme, Status, Term, valid_on
from traam.reference.queries import shipped_vocabulary, vocabulary

pytestmark = pytest.mark.django_db

SWEET = {"code": "sucre", "label": "Sucré", "aliases": ["sucre"]}
SALTY = {"code": "sale", "label": "Salé", "aliases": ["sel"], "parent": "sucre"}


def _load(now: datetime, *terms: dict[str, Any], **header: Any) -> list[str]:
    report = import_vocabulary(
        data=vocabulary_file(*terms, **header), now=now, actor=None, dry_run=False
    )
    return [row.outcome.value for row in report.rows]


def test_import_takes_every_term_with_its_parent_and_writings(now: datetime) -> None:
    outcomes = _load(now, SALTY, SWEET)

    term = Term.objects.get(code="sale")
    assert outcomes == ["taken", "taken"]
    assert term.parent is not None
    assert term.parent.code == "sucre"
    assert sorted(term.aliases.values_list("folded", flat=True)) == ["sale", "sel"]


def test_import_again_changes_nothing(now: datetime) -> None:
    _load(now, SALTY, SWEET)
    version = vocabulary().version

    outcomes = _load(now, SALTY, SWEET)

    assert outcomes == ["unchanged", "unchanged"]
    assert vocabulary().version == version


def test_import_tried_dry_says_the_same_and_writes_nothing(now: datetime) -> None:
    data = vocabulary_file(SALTY, SWEET)

    tried = import_vocabulary(data=data, now=now, actor=None, dry_run=True)

    assert not Scheme.objects.exists()
    assert not Term.objects.exists()
    assert tried == import_vocabulary(data=data, now=now, actor=None, dry_run=False)


def test_import_keeps_the_old_label_as_a_writing(now: datetime) -> None:
    _load(now, SWEET)

    report = import_vocabulary(
        data=vocabulary_file(SWEET | {"label": "Doux", "aliases": []}),
        now=now,
        actor=None,
        dry_run=False,
    )

    assert report.rows[0].reasons == (
        "Libellé : « Sucré » devient « Doux » ; l’ancien reste une écriture.",
    )
    term = Term.objects.get(code="sucre")
    assert term.label == "Doux"
    assert set(term.aliases.values_list("text", flat=True)) == {"Sucré", "Doux"}


def test_import_ends_what_disappears_and_reopens_what_comes_back(now: datetime) -> None:
    _load(now, SWEET, SALTY)

    outcomes = _load(now, SWEET)

    gone = Term.objects.get(code="sale")
    assert outcomes == ["unchanged", "taken"]
    assert (gone.status, gone.valid_to) == (Status.FORMER, date(2026, 3, 20))
    assert _load(now, SWEET) == ["unchanged"]
    assert _load(now, SWEET, SALTY) == ["unchanged", "taken"]
    back = Term.objects.get(code="sale")
    assert (back.status, back.valid_to, back.pk) == (Status.CURRENT, None, gone.pk)


def test_import_ends_nothing_in_an_open_vocabulary(now: datetime) -> None:
    _load(now, SWEET, SALTY, is_open=True)

    assert _load(now, SWEET, is_open=True) == ["unchanged"]
    assert Term.objects.get(code="sale").status == Status.CURRENT


def test_import_does_not_end_a_term_whose_row_is_faulty(now: datetime) -> None:
    _load(now, SWEET)

    assert _load(now, {"code": "sucre", "label": ""}) == ["refused"]
    assert Term.objects.get(code="sucre").status == Status.CURRENT


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ([SWEET, SWEET], "Code « sucre » : déjà donné plus haut dans le fichier."),
        (
            [SWEET, {"code": "b", "label": "SUCRE"}],
            "L’écriture « SUCRE » désigne déjà le terme « sucre ».",
        ),
        ([SWEET, {"code": "b", "label": "B", "parent": "zut"}], "Terme père « zut » : inconnu"),
        ([SWEET, {"code": "b", "label": "B", "parent": "b"}], "Terme père « b » : inconnu"),
        ([SWEET, {"code": "pris", "label": "B"}], "déjà pris dans la même facette par « Goûts »"),
    ],
)
def test_import_refuses_a_term_that_contradicts_another(
    now: datetime, terms: list[dict[str, Any]], reason: str
) -> None:
    TermFactory(code="pris", scheme=SchemeFactory(label="Goûts", facet="saveur"))

    report = import_vocabulary(data=vocabulary_file(*terms), now=now, actor=None, dry_run=False)

    assert [row.outcome.value for row in report.rows] == ["taken", "refused"]
    assert report.rows[1].reasons[0].startswith(reason) or reason in report.rows[1].reasons[0]
    assert not Alias.objects.filter(term__code="b").exists()


def test_import_of_another_edition_leaves_the_first_alone(now: datetime) -> None:
    _load(now, SWEET, SALTY)

    _load(now, SWEET | {"label": "Sucré (2030)"}, edition="2030", valid_from="2030-09-01")

    assert Scheme.objects.count() == 2
    assert Term.objects.get(scheme__edition="2026", code="sale").status == Status.CURRENT
    read = vocabulary().term(scheme="saveurs", code="sucre")
    assert read is not None
    assert read.label == "Sucré (2030)"


def test_import_leaves_a_merged_term_as_the_pilot_put_it(now: datetime) -> None:
    _load(now, SWEET, SALTY, is_open=True)
    keys = dict(Term.objects.values_list("code", "pk"))
    merge_terms(term=keys["sale"], into=keys["sucre"], now=now, actor=None)

    assert _load(now, SWEET, SALTY, is_open=True) == ["unchanged", "unchanged"]
    assert Term.objects.get(code="sale").replaced_by_id == keys["sucre"]


def test_import_notes_codes_and_counts_only(now: datetime) -> None:
    noted: list[dict[str, Any]] = []

    import_vocabulary(
        data=vocabulary_file(SWEET),
        now=now,
        actor=7,
        dry_run=False,
        record=lambda **said: noted.append(said),
    )

    counts = {"taken": 1, "mended": 0, "refused": 0, "unchanged": 0}
    subject = "vocabulary:saveurs.2026"
    assert noted == [
        {"actor": 7, "verb": "reference.import", "subject": subject, "now": now, "after": counts}
    ]


def test_prepare_loads_the_shipped_vocabularies_once(
    now: datetime, django_assert_num_queries: Any
) -> None:
    reports = prepare(now=now)

    refused = [row for report in reports for row in report.rows if row.outcome.value != "taken"]
    assert refused == []
    with django_assert_num_queries(1):  # the digests of the files already loaded
        assert prepare(now=now) == []


def test_prepare_writes_what_the_files_say(now: datetime) -> None:
    prepare(now=now)

    written = {(each.code, each.edition): each for each in vocabulary().schemes}
    assert written == {(each.code, each.edition): each for each in shipped_vocabulary().schemes}


def test_prepare_keeps_what_the_pilot_changed_since(now: datetime) -> None:
    prepare(now=now)
    Term.objects.filter(scheme__code="kinds", code="jeu").update(label="Jeu ou défi")

    prepare(now=now)

    assert Term.objects.get(scheme__code="kinds", code="jeu").label == "Jeu ou défi"


def test_prepare_gives_academies_their_regions_and_successors(now: datetime) -> None:
    prepare(now=now)

    caen = Academy.objects.get(code="05")
    assert caen.region is not None
    assert (caen.region.name, caen.departments) == ("Normandie", ["14", "50", "61"])
    assert caen.successor is not None
    assert set(caen.successor.predecessors.values_list("code", flat=True)) == {"05", "21"}
    mayotte = Academy.objects.get(code="43")
    assert (mayotte.former_kind, mayotte.kind_since) == ("vice-rectorat", date(2020, 1, 1))
    assert Region.objects.filter(valid_on(date(2016, 10, 1))).count() == 17
    assert Region.objects.filter(valid_on(date(2026, 3, 20))).count() == 18


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"kind": "rectorat"}, "Nature « rectorat »"),
        ({"kind": "académie", "region": "R99"}, "Région académique « R99 »"),
        ({"kind": "académie", "successor": "98"}, "qui lui succéderait : inconnue"),
        ({"kind": "académie", "successor": "09"}, "« valid_to » manque"),
        ({"kind": "académie", "former_kind": "vice-rectorat"}, "vont ensemble"),
    ],
)
def test_import_refuses_an_academy_that_does_not_hold(
    now: datetime, facts: dict[str, Any], reason: str
) -> None:
    lille = {"code": "09", "label": "Lille", "facts": {"kind": "académie"}}
    faulty = {"code": "97", "label": "Ys", "facts": facts}

    report = import_vocabulary(
        data=vocabulary_file(lille, faulty, scheme="academies", facet=""),
        now=now,
        actor=None,
        dry_run=False,
    )

    assert [row.outcome.value for row in report.rows] == ["taken", "refused"]
    assert reason in " ".join(report.rows[1].reasons)
    assert list(Academy.objects.values_list("code", flat=True)) == ["09"]
