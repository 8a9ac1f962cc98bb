"""What a file would change in a vocabulary, term by term, without any database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.reference.factories import vocabulary_file
from traam.kit.rows import Outcome, RowResult
from traam.reference.rules.changes import Around, Plan, differences, plan
from traam.reference.rules.facts import CURRENT, FORMER, SchemeFacts, TermFacts
from traam.reference.rules.files import read_file

TODAY = date(2026, 3, 20)
SWEET = TermFacts(code="sucre", label="Sucré", rank=1, aliases=("Doux",))
SALTY = TermFacts(code="sale", label="Salé", rank=2, parent="sucre")


def kept(*terms: TermFacts) -> SchemeFacts:
    return SchemeFacts(code="saveurs", edition="2026", label="Saveurs", terms=terms)


def planned(
    *terms: Any, before: SchemeFacts | None = None, around: Around | None = None, **header: Any
) -> Plan:
    file = read_file(vocabulary_file(*terms, **header))
    return plan(file, before=before, around=around or Around(), today=TODAY)


def faults(*terms: dict[str, Any], **more: Any) -> tuple[str, ...]:
    """Why the last of these terms is refused, empty when it is not."""
    result = planned(*terms, **more).results[len(terms) - 1]
    return result.reasons if result.outcome is Outcome.REFUSED else ()


def given(term: TermFacts, **changes: Any) -> dict[str, Any]:
    base = {"code": term.code, "label": term.label, "parent": term.parent}
    return base | {"aliases": list(term.aliases)} | changes


def test_new_terms_are_written_with_their_writings() -> None:
    assert planned(given(SWEET), given(SALTY)) == Plan(
        (
            RowResult(1, Outcome.TAKEN, ("Nouveau terme « Sucré » (sucre).",)),
            RowResult(2, Outcome.TAKEN, ("Nouveau terme « Salé » (sale).",)),
        ),
        (SWEET, SALTY),
        (("sucre", "Sucré"), ("sucre", "Doux"), ("sale", "Salé")),
    )


def test_same_terms_change_nothing() -> None:
    assert planned(given(SWEET), given(SALTY), before=kept(SWEET, SALTY)) == Plan(
        (RowResult(1, Outcome.UNCHANGED), RowResult(2, Outcome.UNCHANGED)), (), ()
    )


def test_new_writings_are_added_and_old_ones_stay() -> None:
    file = (given(SWEET, aliases=["Suave"]), given(SALTY, label="Iodé"))

    assert planned(*file, before=kept(SWEET, SALTY)) == Plan(
        (
            RowResult(1, Outcome.TAKEN, ("Nouvelle écriture « Suave ».",)),
            RowResult(
                2,
                Outcome.TAKEN,
                ("Libellé : « Salé » devient « Iodé » ; l’ancien reste une écriture.",),
            ),
        ),
        (replace(SALTY, label="Iodé"),),
        (("sucre", "Suave"), ("sale", "Iodé")),
    )


def test_faulty_row_is_refused_with_its_reasons_and_ends_nothing() -> None:
    made = planned({"code": "sucre", "label": ""}, before=kept(SWEET))

    [result] = made.results
    assert (result.row, result.outcome) == (1, Outcome.REFUSED)
    assert "« label »" in result.reasons[0]
    assert (made.written, made.writings) == ((), ())


@pytest.mark.parametrize(
    ("in_file", "before", "after"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_term_once_reviewed_stays_so(in_file: bool, before: bool, after: bool) -> None:
    made = planned(
        given(SWEET, needs_review=in_file, note="vu"),
        before=kept(replace(SWEET, needs_review=before)),
    )

    assert [term.needs_review for term in made.written] == [after]


def test_merged_term_is_left_as_it_was_put_even_when_it_was_written_elsewhere() -> None:
    merged = replace(SALTY, replaced_by="sucre")
    sweet = replace(SWEET, aliases=("Doux", "Salé"))

    made = planned(given(sweet), given(SALTY, note="autre"), before=kept(merged, sweet))

    assert made.results[1] == RowResult(
        2, Outcome.UNCHANGED, ("« Salé » a été rapproché de « sucre » : rien ne change.",)
    )
    assert made.written == ()


@pytest.mark.parametrize(
    ("term", "last"),
    [
        (SALTY, TODAY),
        (replace(SALTY, valid_from=date(2020, 1, 1)), TODAY),
        (replace(SALTY, valid_from=date(2030, 1, 1)), date(2030, 1, 1)),
        (replace(SALTY, valid_to=date(2025, 8, 31)), date(2025, 8, 31)),
    ],
)
def test_term_that_disappears_ends_today_or_when_it_was_to(term: TermFacts, last: date) -> None:
    gone = replace(SALTY, code="ancien", label="Ancien", status=FORMER)

    made = planned(given(SWEET), before=kept(gone, SWEET, term))

    assert made.written == (replace(term, status=FORMER, valid_to=last),)
    assert made.results[1:] == (
        RowResult(
            2, Outcome.TAKEN, ("« Salé » (sale) n’est plus dans le fichier : il prend fin.",)
        ),
    )


def test_open_vocabulary_ends_no_term() -> None:
    made = planned(given(SWEET), before=kept(SWEET, SALTY), is_open=True)

    assert made == Plan((RowResult(1, Outcome.UNCHANGED),), (), ())


def test_code_is_given_once_and_belongs_to_one_vocabulary_of_the_facet() -> None:
    taken = Around(codes_taken={"sucre": "Goûts"})

    assert faults(given(SWEET), given(SWEET)) == (
        "Code « sucre » : déjà donné plus haut dans le fichier.",
    )
    assert faults(given(SWEET), around=taken) == (
        "Code « sucre » : déjà pris dans la même facette par « Goûts ».",
    )
    assert faults(given(SALTY, parent=""), around=taken) == ()


@pytest.mark.parametrize("before", [None, kept(SWEET)])
def test_writing_names_one_term(before: SchemeFacts | None) -> None:
    other = {"code": "miel", "label": "Miel", "aliases": ["DOUX", "sucre"]}

    assert faults(given(SWEET), other, before=before) == (
        "L’écriture « DOUX » désigne déjà le terme « sucre ».",
        "L’écriture « sucre » désigne déjà le terme « sucre ».",
    )


@pytest.mark.parametrize(
    ("parents", "is_refused"),
    [
        ({"a": ""}, False),
        ({"b": "", "a": "b"}, False),
        ({"c": "", "b": "c", "a": "b"}, False),
        ({"a": "z"}, True),
        ({"a": "a"}, True),
        ({"b": "a", "a": "b"}, True),
        ({"b": "c", "c": "a", "a": "b"}, True),
        ({"b": "c", "c": "b", "a": "b"}, True),
    ],
)
def test_parent_is_known_and_no_descendant(parents: dict[str, str], is_refused: bool) -> None:
    terms = [
        {"code": code, "label": f"Terme {code}", "parent": parent}
        for code, parent in parents.items()
    ]
    reason = f"Terme père « {parents['a']} » : inconnu ici, ou descendant du terme."

    assert faults(*terms) == ((reason,) if is_refused else ())


def test_parent_may_be_a_term_already_there() -> None:
    assert faults(given(SALTY), before=kept(SWEET)) == ()
    assert faults(given(SWEET, parent="sale"), before=kept(SALTY)) == (
        "Terme père « sale » : inconnu ici, ou descendant du terme.",
    )


KINDS = "académie, vice-rectorat, service de l'éducation nationale"


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ()),
        ({"kind": "vice-rectorat", "region": "R1"}, ()),
        ({"kind": "service de l'éducation nationale", "region": None}, ()),
        ({"kind": "rectorat"}, (f"Nature « rectorat » : il faut {KINDS}.",)),
        ({"kind": None}, (f"Nature « None » : il faut {KINDS}.",)),
        ({"region": "R9"}, ("Région académique « R9 » : inconnue.",)),
        ({"successor": "09", "valid_to": "2019-12-31"}, ()),
        (
            {"successor": "98", "valid_to": "2019-12-31"},
            ("Académie « 98 », qui lui succéderait : inconnue.",),
        ),
        ({"successor": "09"}, ("Une académie qui a une suite a une fin : « valid_to » manque.",)),
        ({"former_kind": "vice-rectorat", "kind_since": "2020-01-01"}, ()),
        ({"former_kind": "vice-rectorat"}, ("« former_kind » et « kind_since » vont ensemble.",)),
        ({"kind_since": "2020-01-01"}, ("« former_kind » et « kind_since » vont ensemble.",)),
    ],
)
def test_academy_holds_together(changes: dict[str, Any], reasons: tuple[str, ...]) -> None:
    facts = {"kind": "académie", "region": "R1"} | changes
    valid_to = facts.pop("valid_to", None)
    here = {name: value for name, value in facts.items() if value is not None}
    lille = {"code": "09", "label": "Lille", "facts": {"kind": "académie"}}
    around = Around(regions=frozenset({"R1"}))

    faulty = {"code": "97", "label": "Ys", "facts": here, "valid_to": valid_to}
    assert faults(lille, faulty, scheme="academies", around=around) == reasons
    if "kind_since" not in here and "former_kind" not in here:
        assert faults(lille, faulty, around=around) == ()


def test_differences_say_what_changed_field_by_field() -> None:
    new = replace(
        SWEET,
        parent="gout",
        status=FORMER,
        valid_to=TODAY,
        rank=3,
        needs_review=True,
        facts={"levels": ["6E", "5E"], "overseas": True},
        aliases=(),
        replaced_by="miel",
    )

    assert list(differences(SWEET, new)) == [
        "Terme père : «  » devient « gout ».",
        f"État : « {CURRENT} » devient « {FORMER} ».",
        "Fin de validité : «  » devient « 2026-03-20 ».",
        "Rang : « 1 » devient « 3 ».",
        "À vérifier : « non » devient « oui ».",
        "Repères : «  » devient « levels : 6E, 5E ; overseas : oui ».",
    ]
