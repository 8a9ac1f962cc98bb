"""A synthesis as plain values: what is digested, and what is read when versions are compared."""

import hashlib

import pytest

from traam.syntheses.rules.anonymity import View
from traam.syntheses.rules.content import (
    Cited,
    Content,
    Part,
    Passage,
    Stated,
    digest_of,
    prose_of,
)
from traam.syntheses.rules.counts import Counts
from traam.syntheses.rules.life import FindingKind, Mark, Support, SynthesisKind
from traam.syntheses.rules.skeleton import Section

EVIDENCE = (Cited("k2", 1, Support.SUPPORTS), Cited("k1", 3, Support.CONTRADICTS, is_stale=True))
LEVER = Stated("c1", FindingKind.LEVER, "Comparer aide.", "En 5e", Counts(seen=3), EVIDENCE)
OBSTACLE = Stated("c2", FindingKind.OBSTACLE, "Le réseau manque.")
CONTENT = Content(
    kind=SynthesisKind.NATIONAL,
    title="Mesurer",
    summary="Ce qui a été vu.",
    parts=(
        Part(
            Section("findings", "Constats", ""),
            (
                Passage("", Mark.FINDING, "c1"),
                Passage("Redit autrement.", Mark.FINDING, "c2"),
                Passage("Le cadre.", Mark.FRAME),
            ),
        ),
        Part(Section("limits", "Ce que l’on ne sait pas", ""), (Passage("Peu de recul."),)),
    ),
    findings=(LEVER, OBSTACLE),
)


def test_content_as_plain_values_says_all_that_is_digested() -> None:
    assert CONTENT.as_data() == {
        "kind": "national",
        "title": "Mesurer",
        "summary": "Ce qui a été vu.",
        "parts": [
            {
                "section": "findings",
                "passages": [
                    {"text": "", "mark": "finding", "finding": "c1"},
                    {"text": "Redit autrement.", "mark": "finding", "finding": "c2"},
                    {"text": "Le cadre.", "mark": "frame", "finding": ""},
                ],
            },
            {
                "section": "limits",
                "passages": [{"text": "Peu de recul.", "mark": "none", "finding": ""}],
            },
        ],
        "findings": [
            {
                "code": "c1",
                "kind": "lever",
                "text": "Comparer aide.",
                "scope": "En 5e",
                "counts": Counts(seen=3).as_data(),
                "evidence": [["k1", 3, "contradicts", True], ["k2", 1, "supports", False]],
            },
            {
                "code": "c2",
                "kind": "obstacle",
                "text": "Le réseau manque.",
                "scope": "",
                "counts": Counts().as_data(),
                "evidence": [],
            },
        ],
    }


def test_digest_is_of_the_json_without_space_in_the_order_of_its_keys() -> None:
    written = '{"a":["é",1],"b":2}'

    assert digest_of({"b": 2, "a": ["é", 1]}) == hashlib.sha256(written.encode()).hexdigest()
    assert CONTENT.digest() == digest_of(CONTENT.as_data())


def test_finding_is_found_by_its_code_where_it_is_stated() -> None:
    assert CONTENT.stated("c2") == OBSTACLE
    assert CONTENT.stated("c3") is None


def test_prose_is_every_line_a_reader_sees() -> None:
    assert CONTENT.prose().split("\n") == [
        "Mesurer",
        "",
        "Ce qui a été vu.",
        "",
        "Constats",
        "Comparer aide. [constat]",
        "Redit autrement. [constat]",
        "Le cadre. [cadre]",
        "",
        "Ce que l’on ne sait pas",
        "Peu de recul.",
    ]


def test_prose_of_an_older_content_goes_without_what_it_lacks() -> None:
    passage = {"text": "", "mark": "finding", "finding": "c9"}
    data = {"parts": [{"section": "gone", "passages": [passage]}]}

    assert prose_of({}, {}) == "\n\n"
    assert prose_of(data, {}) == "\n\n\n\ngone\n [constat]"


@pytest.mark.parametrize("month", ["2026-11", ""])
def test_description_is_rebuilt_from_its_plain_values(month) -> None:
    view = View("09", "5E", "SVT", "COL", month)

    assert view.as_data() == {
        "place": "09",
        "audience": "5E",
        "discipline": "SVT",
        "school_type": "COL",
        "month": month,
    }
    assert View(**view.as_data()) == view
