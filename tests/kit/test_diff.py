"""The difference of two texts says both, whole, and reads as people would write it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.kit.diff import WORDS_MAX, Run, words

WORDS = st.lists(st.sampled_from(["le", "la", "thème", "2026", ",", ".", "\n", "\n\n", " ", "é"]))
TEXTS = WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=40)


def said(before: str, after: str) -> str:
    """The difference as a person would mark it: [-removed-], {+added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[run.kind].format(run.text) for run in words(before, after))


def side(runs: tuple[Run, ...], kind: str) -> str:
    return "".join(run.text for run in runs if run.kind in ("same", kind))


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("", "", ""),
        ("Lire", "Lire", "Lire"),
        ("", "Lire", "{+Lire+}"),
        ("Lire", "", "[-Lire-]"),
        ("Lire au cycle 3.", "Lire au cycle 4.", "Lire au cycle [-3-]{+4+}."),
        ("Lire et écrire", "Lire, dire et écrire", "Lire{+, dire+} et écrire"),
        ("un deux trois", "un 2 3", "un [-deux trois-]{+2 3+}"),
        ("l’élève lit", "l’élève écrit", "l’élève [-lit-]{+écrit+}"),
        ("Un.\nDeux.\nTrois.\n", "Un.\nTrois.\n", "Un.\n[-Deux.\n-]Trois.\n"),
        ("Un.\nDeux.\n", "Un.\nDeux bis.\nTrois.\n", "Un.\nDeux{+ bis.\nTrois+}.\n"),
    ],
)
def test_difference_reads_as_one_would_mark_it(before, after, difference) -> None:
    assert said(before, after) == difference


@given(before=TEXTS, after=TEXTS)
def test_difference_holds_both_texts_whole(before, after) -> None:
    runs = words(before, after)

    assert (side(runs, "removed"), side(runs, "added")) == (before, after)
    assert all(run.text for run in runs)


@given(before=TEXTS, after=TEXTS)
def test_difference_never_has_two_runs_of_a_kind_side_by_side(before, after) -> None:
    runs = words(before, after)

    for one, other in pairwise(runs):
        assert one.kind != other.kind
        assert (one.kind, other.kind) != ("added", "removed")


@given(text=TEXTS)
def test_difference_of_a_text_with_itself_is_the_text(text) -> None:
    assert words(text, text) == ((Run("same", text),) if text else ())


def test_difference_finds_one_word_in_a_text_of_a_thousand_paragraphs() -> None:
    paragraphs = [f"Paragraphe {rank} : lire, écrire, dire au cycle 3.\n" for rank in range(1_000)]
    changed = [*paragraphs]
    changed[500] = changed[500].replace("dire", "parler")

    runs = words("".join(paragraphs), "".join(changed))

    assert [(run.kind, run.text) for run in runs if run.kind != "same"] == [
        ("removed", "dire"),
        ("added", "parler"),
    ]


def test_difference_finds_one_word_in_a_paragraph_of_any_length() -> None:
    long = [f"mot{rank}" for rank in range(10 * WORDS_MAX)]
    runs = words(" ".join([*long, "avant", *long]), " ".join([*long, "après", *long]))

    assert [run.text for run in runs if run.kind != "same"] == ["avant", "après"]


def test_difference_compares_rewritten_paragraphs_one_to_one() -> None:
    old = [f"{'mot ' * 30}ancien{rank}\n" for rank in range(100)]
    new = [f"{'mot ' * 30}nouveau{rank}\n" for rank in range(100)]

    runs = words("".join(old), "".join(new))

    assert [run.text for run in runs if run.kind == "removed"] == [f"ancien{n}" for n in range(100)]


def test_difference_of_paragraphs_beyond_reason_says_they_were_replaced() -> None:
    old = " ".join(f"a{rank}" for rank in range(2 * WORDS_MAX))
    new = " ".join(f"b{rank}" for rank in range(2 * WORDS_MAX))

    assert words(old, new) == (Run("removed", old), Run("added", new))


def test_difference_is_read_aloud_and_escaped(rendered) -> None:
    html = rendered("{{ difference(runs) }}", runs=words("<b>un</b> deux", "<b>un</b> trois"))

    assert "&lt;b&gt;un&lt;/b&gt; <del>" in html
    assert '<del><span class="fr-sr-only">supprimé\u00a0: </span>deux' in html
    assert '<ins><span class="fr-sr-only">ajouté\u00a0: </span>trois' in html


def test_difference_says_when_there_is_none(rendered) -> None:
    assert "Aucune différence." in rendered("{{ difference(runs) }}", runs=words("a", "a"))
