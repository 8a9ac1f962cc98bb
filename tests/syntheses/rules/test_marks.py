"""What keeps a synthesis from being signed, and says so; sections, contents, what may be public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.syntheses.rules.content import Cited, Content, Part, Passage, Stated, digest_of
from traam.syntheses.rules.counts import Counts
from traam.syntheses.rules.life import FindingKind, Mark, Support, SynthesisKind
from traam.syntheses.rules.marks import (
    NO_FINDING,
    NO_SUMMARY,
    NO_TITLE,
    faults,
    quoted,
    sentences,
    unmarked,
)
from traam.syntheses.rules.publishing import NEVER, crossed, publication_faults
from traam.syntheses.rules.skeleton import CONDITIONS, FINDINGS, MARKED, section_keys, skeleton

K = SynthesisKind
SEEN = Counts(seen=3, sought=6, academies=2)
FOUND = Stated("c1", FindingKind.LEVER, "Comparer fait reprendre ses mesures.", counts=SEEN)


def content(*passages: Passage, findings=(FOUND,), kind=K.NATIONAL, **others: str) -> Content:
    parts = tuple(Part(one, passages if one.key == FINDINGS else ()) for one in skeleton(kind))
    return Content(
        **({"title": "Mesurer", "summary": "Ce qui a été vu."} | others),
        kind=kind,
        parts=parts,
        findings=tuple(findings),
    )


STATED = Passage("", Mark.FINDING, "c1")


def test_complete_synthesis_has_no_fault() -> None:
    assert faults(content(STATED, Passage("Le cadre. Il tient.", Mark.FRAME))) == []


def test_what_is_missing_is_named() -> None:
    empty = content(findings=(), title=" ", summary="")

    assert faults(empty) == [NO_TITLE, NO_SUMMARY, NO_FINDING, "La section « Constats » est vide."]


def test_every_sentence_of_a_marked_section_says_what_it_is() -> None:
    loose = Passage("Tout va bien. Les élèves aiment !")
    after = Passage("Comparer aide. Et cela plaît.", Mark.FINDING, "c1")

    assert unmarked(content(loose, STATED)) == ["Tout va bien.", "Les élèves aiment !"]
    assert unmarked(content(after)) == ["Et cela plaît."]
    assert faults(content(loose, STATED)) == [
        f"Phrase sans marque : « {said} ». Liez-la à un constat, ou marquez-la « cadre » ou "
        "« opinion »."
        for said in ("Tout va bien.", "Les élèves aiment !")
    ]


def test_passage_is_quoted_on_one_line_of_eighty_characters() -> None:
    assert quoted(" Deux\n lignes ") == "« Deux lignes »"
    assert quoted("é" * 80) == f"« {'é' * 80} »"
    assert quoted("é" * 81) == f"« {'é' * 79}… »"
    assert quoted(f"{'é' * 78} {'é' * 9}") == f"« {'é' * 78}… »"


@pytest.mark.parametrize("kind", list(K))
def test_only_findings_and_conditions_are_marked(kind) -> None:
    assert {one.key for one in skeleton(kind) if one.is_marked} == MARKED == {FINDINGS, CONDITIONS}
    assert len(set(section_keys(kind))) == len(section_keys(kind))


def test_unsupported_finding_is_named() -> None:
    alone = Stated("c2", FindingKind.OBSTACLE, "Le réseau manque.", counts=Counts(sought=4))

    found = faults(content(STATED, Passage("", Mark.FINDING, "c2"), findings=(FOUND, alone)))

    assert found == [
        "Constat sans observation à l’appui : « Le réseau manque. ». Appuyez-le, ou retirez-le de "
        "la synthèse."
    ]


def test_stale_evidence_must_be_read_again() -> None:
    cited = (
        Cited("k1", 1, Support.SUPPORTS, is_stale=True),
        Cited("k2", 1, Support.SUPPORTS),
    )
    stale = Stated("c1", FindingKind.LEVER, "Comparer aide.", counts=SEEN, evidence=cited)

    [found] = faults(content(STATED, findings=(stale,)))

    assert found == (
        "1 preuve à relire pour le constat « Comparer aide. » : l’observation a changé depuis "
        "qu’elle a été lue."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Une seule", ["Une seule"]),
        ("Un. Deux ! Trois ? Quatre…", ["Un.", "Deux !", "Trois ?", "Quatre…"]),
        ("Vu par M. le recteur.", ["Vu par M. le recteur."]),
        ("Une ligne\n\nUne autre", ["Une ligne", "Une autre"]),
        ("Elle dit « non. » Puis oui.", ["Elle dit « non. »", "Puis oui."]),
    ],
)
def test_sentences_are_those_that_a_reader_sees(text, expected) -> None:
    assert sentences(text) == expected


@given(st.lists(st.sampled_from(["Un mot.", "Encore un !", "Et là ?"]), max_size=6))
def test_sentences_lose_no_word(pieces) -> None:
    assert sentences(" ".join(pieces)) == pieces


def test_digest_changes_with_the_text_the_counts_and_the_evidence() -> None:
    base = content(STATED)
    others = [
        content(STATED, title="Autre"),
        content(STATED, Passage("Cadre.", Mark.FRAME)),
        content(STATED, findings=(Stated("c1", FOUND.kind, FOUND.text, counts=Counts(seen=4)),)),
        content(
            STATED,
            findings=(
                Stated(
                    *("c1", FOUND.kind, FOUND.text),
                    counts=SEEN,
                    evidence=(Cited("k", 2, Support.SUPPORTS),),
                ),
            ),
        ),
    ]

    digests = {one.digest() for one in (base, *others)}

    assert len(digests) == 5
    assert base.digest() == content(STATED).digest() == digest_of(base.as_data())


def test_prose_says_marks_and_the_findings_own_text() -> None:
    prose = content(STATED, Passage("Un cadre.", Mark.FRAME)).prose()

    assert "Constats\nComparer fait reprendre ses mesures. [constat]\nUn cadre. [cadre]" in prose


def test_trial_report_is_never_public() -> None:
    assert publication_faults(content(kind=K.TRIAL_REPORT), classes=50) == [NEVER]


def test_publication_wants_five_classes_behind_what_a_page_names() -> None:
    four = Stated("c1", FindingKind.LEVER, "Comparer.", counts=Counts(seen=3, sought=4))

    assert publication_faults(content(), classes=5) == []
    assert len(publication_faults(content(), classes=4)) == 1
    assert publication_faults(content(findings=[four]), classes=9) == []
    for kind in (K.ACADEMIC, K.PLURI_ACADEMIC):
        assert len(publication_faults(content(findings=[four], kind=kind), classes=9)) == 1
        assert publication_faults(content(kind=kind), classes=9) == []


def test_five_classes_are_enough_and_fewer_are_counted_in_words() -> None:
    five = Stated("c1", FindingKind.LEVER, "Comparer.", counts=Counts(seen=3, sought=5))
    said = [publication_faults(content(), classes=classes) for classes in (0, 1, 2)]

    assert publication_faults(content(findings=[five], kind=K.ACADEMIC), classes=5) == []
    assert [one.split(" : ")[0] for (one,) in said] == [
        "Cette synthèse repose sur 0 classe",
        "Cette synthèse repose sur 1 classe",
        "Cette synthèse repose sur 2 classes",
    ]
    assert crossed({"C3": (2, 5), "C4": (5, 6)}) == {"C3": "2 sur 5", "C4": "5 sur 6"}


def test_matrix_hides_small_contexts_and_what_would_tell_them() -> None:
    assert crossed({"C3": (7, 9), "C4": (0, 2)}) == {"C3": "", "C4": ""}
    assert crossed({"C3": (7, 9), "C4": (5, 6)}) == {"C3": "7 sur 9", "C4": "5 sur 6"}
    assert crossed({"C2": (1, 3), "C3": (7, 9), "C4": (0, 2)}) == {
        "C2": "",
        "C3": "7 sur 9",
        "C4": "",
    }


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)))
def test_matrix_never_tells_of_fewer_than_five_classes(sought) -> None:
    row = crossed({name: (0, number) for name, number in sought.items()})

    hidden = sum(sought[name] for name, said in row.items() if not said)
    shown = [sought[name] for name, said in row.items() if said]
    assert all(number >= 5 for number in shown)
    assert hidden == 0 or hidden >= 5 or not shown
