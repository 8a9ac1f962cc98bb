"""Choices that bear the same name are told apart, by as few words as do."""

from traam.kit.choices import told_apart


def test_choices_say_more_only_where_another_says_the_same() -> None:
    found = told_apart(
        [
            (1, ("Amiens", "Mesurer", "2025-2026")),
            (2, ("Lille", "Mesurer", "2025-2026")),
            (3, ("Lille", "Mesurer", "2026-2027")),
            (4, ("Lille", "Débattre", "2026-2027")),
        ]
    )

    assert found == [
        (1, "Amiens"),
        (2, "Lille · Mesurer · 2025-2026"),
        (3, "Lille · Mesurer · 2026-2027"),
        (4, "Lille · Débattre"),
    ]


def test_words_that_nobody_gave_are_not_said() -> None:
    assert told_apart([(1, ("Lille", "", "e1")), (2, ("Lille", "", "e2"))]) == [
        (1, "Lille · e1"),
        (2, "Lille · e2"),
    ]


def test_choices_without_difference_say_all_they_have() -> None:
    assert told_apart([(1, ("Lille", "Mesurer")), (2, ("Lille", "Mesurer"))]) == [
        (1, "Lille · Mesurer"),
        (2, "Lille · Mesurer"),
    ]
