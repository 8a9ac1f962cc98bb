"""No contact goes through; names and words of health are hinted as `docs/mesures.md` says."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trials.sentences import in_words, labelled, with_contacts, without_contacts
from traam.kit.contacts import Contact, contact_faults, contacts
from traam.kit.numerals import in_digits
from traam.trials.rules.hints import Doubt, hints

MEASURES = Path(__file__).resolve().parents[2] / "docs" / "mesures.md"
SEED, COUNT = 2026, 600


@pytest.mark.parametrize("seed", range(5))
def test_no_contact_goes_through_two_hundred_seeded_sentences(seed) -> None:
    through = [text for text in with_contacts(seed, 200) if not contacts(text)]

    assert through == []


@pytest.mark.parametrize("seed", range(3))
def test_ordinary_sentences_are_not_refused(seed) -> None:
    refused = [(text, contacts(text)) for text in without_contacts(seed, 200) if contacts(text)]

    assert refused == []


@given(st.lists(st.integers(0, 99), min_size=4, max_size=4), st.integers(1, 9))
def test_any_number_said_in_words_is_recognised(pairs, first) -> None:
    said = ["zéro", in_words(first)]
    for one in pairs:
        said += ["zéro", in_words(one)] if one < 10 else [in_words(one)]

    found = contacts(f"Appelez le {' '.join(said)} demain.")

    assert [one.kind for one in found] == [Contact.TELEPHONE]


@given(st.integers(0, 99))
def test_numbers_in_words_are_written_in_digits(number) -> None:
    assert in_digits(f"il y a {in_words(number)} élèves") == f"il y a {number} élèves"


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text) -> None:
    contacts(text)
    hints(text)


@pytest.mark.parametrize(
    "piece",
    [
        "h.",
        "a@",
        "a at ",
        "0 ",
        "zéro ",
        "quatre vingt ",
        "06",
        "(at)",
        "-",
        ".",
        "a point ",
        "+33 ",
    ],
)
def test_longest_text_is_read_whatever_it_repeats(piece) -> None:
    text = piece * (8_000 // len(piece))

    assert len(contacts(text)) < 8_000
    assert hints(text) is not None


def test_refusal_names_the_field_the_words_and_what_to_do() -> None:
    said = contact_faults({"Lieu": "chez m.d@ac-lille.fr", "Ce qui a été vu": "06 12 34 56 78"})

    assert said == [
        "« Lieu » : « m.d@ac-lille.fr » ressemble à une adresse électronique. Retirez-la : aucune "
        "coordonnée ne s’écrit ici.",
        "« Ce qui a été vu » : « 06 12 34 56 78 » ressemble à un numéro de téléphone. Retirez-le ; "
        "si ce sont des mesures, écrivez leur unité après chacune.",
    ]


def measured(kind: Doubt) -> tuple[int, int]:
    """Precision and recall of the hints over the labelled sentences, in hundredths."""
    right = wrong = missed = 0
    for one in labelled(SEED, COUNT):
        wanted = {word.casefold() for word in (one.names if kind is Doubt.NAME else one.health)}
        found = [hint.words.casefold() for hint in hints(one.text) if hint.kind is kind]
        hit = {word for word in wanted if any(part in word or word in part for part in found)}
        right += len(hit)
        missed += len(wanted - hit)
        wrong += sum(1 for part in found if not any(part in w or w in part for w in wanted))
    return round(100 * right / (right + wrong)), round(100 * right / (right + missed))


@pytest.mark.parametrize(
    ("kind", "row"), [(Doubt.NAME, "noms de personnes"), (Doubt.HEALTH, "mots de santé")]
)
def test_precision_and_recall_of_the_hints_are_those_that_are_stated(kind, row) -> None:
    line = re.search(rf"^\| {row} \| (\d+) \| (\d+) \|$", MEASURES.read_text("utf-8"), re.M)

    assert line is not None
    assert measured(kind) == (int(line[1]), int(line[2]))
