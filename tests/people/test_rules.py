"""What a mandate and a delegation may be, day by day."""

import re
from datetime import date

import pytest

from traam.access.roles import Role
from traam.people.rules import (
    ADDRESS_MAX,
    NAME_MAX,
    NEEDS_A_DISCIPLINE,
    NEEDS_AN_ACADEMY,
    REASON_MAX,
    VIEW_NAME_MAX,
    WHOLE_LIST,
    Period,
    accented_forms,
    delegation_faults,
    end_faults,
    invitation_faults,
    mandate_faults,
    period_faults,
    pilot_faults,
    reason_faults,
    said,
    search_patterns,
    standing,
    view_name_faults,
)

LILLE, MATHS, NONE = frozenset({"09"}), frozenset({"MATHS"}), frozenset[str]()


def days(first: int, end: int | None = None) -> Period:
    """From one day of March 2026 to the eve of another."""
    return Period(date(2026, 3, first), end and date(2026, 3, end))


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        (days(5, 9), days(5, 9), True),
        (days(6, 8), days(5, 9), True),
        (days(4, 9), days(5, 9), False),
        (days(5, 10), days(5, 9), False),
        (days(5), days(5, 9), False),
        (days(5, 9), days(5), True),
        (days(5), days(5), True),
        (days(4), days(5), False),
    ],
)
def test_period_is_within_another_that_covers_all_its_days(
    inner: Period, outer: Period, within: bool
) -> None:
    assert inner.within(outer) is within


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (days(1, 9), days(5, 20), days(5, 9)),
        (days(1), days(5, 9), days(5, 9)),
        (days(1), days(5), days(5)),
        (days(1, 5), days(5, 9), days(5, 5)),
    ],
)
def test_common_period_is_the_days_of_both(one: Period, other: Period, common: Period) -> None:
    assert one.common(other) == common
    assert other.common(one) == common


@pytest.mark.parametrize(
    ("period", "is_empty"),
    [(days(5, 6), False), (days(5, 5), True), (days(5, 4), True), (days(5), False)],
)
def test_period_is_empty_when_no_day_is_left(period: Period, is_empty: bool) -> None:
    assert period.is_empty() is is_empty
    assert bool(period_faults(period, of="du mandat")) is is_empty


@pytest.mark.parametrize(
    ("period", "covered"), [(days(5, 8), [5, 6, 7]), (days(7), [7, 8, 9]), (days(6, 6), [])]
)
def test_period_covers_its_days_but_its_end(period: Period, covered: list[int]) -> None:
    assert [day for day in range(4, 10) if period.covers(date(2026, 3, day))] == covered


@pytest.mark.parametrize(
    ("lost", "others", "since"),
    [
        ([days(1)], [], "10 mars 2026"),
        ([days(1)], [days(1)], None),
        ([days(1)], [days(10)], None),
        ([days(1)], [days(11)], "10 mars 2026"),  # the other comes too late
        ([days(1)], [days(1, 10)], "10 mars 2026"),  # or is gone
        ([days(1)], [days(1, 11)], None),
        ([days(1)], [days(1, 3), days(9, 12)], None),
        ([days(1, 10)], [], None),  # ended already: it piloted no more
        ([days(1, 11)], [], "10 mars 2026"),
        ([days(15)], [], "15 mars 2026"),  # the one that was to come
        ([days(15)], [days(1, 15)], "15 mars 2026"),
        ([days(15)], [days(1)], None),
        ([days(15), days(12), days(1, 5)], [], "12 mars 2026"),
        ([days(1), days(15)], [days(1, 12)], "15 mars 2026"),
        ([], [], None),
    ],
)
def test_someone_pilots_on_the_first_day_that_each_mandate_would_have_counted(
    lost: list[Period], others: list[Period], since: str | None
) -> None:
    expected = [
        f"Plus personne ne piloterait à partir du {since} : donnez d’abord le mandat « pilote "
        "national·e (DNE) » à quelqu’un d’autre."
    ]

    found = pilot_faults(lost=lost, others=iter(others), on=date(2026, 3, 10))

    assert found == (expected if since else [])


@pytest.mark.parametrize(
    ("reason", "faults"),
    [
        ("Partie.", []),
        (f" {'x' * REASON_MAX} ", []),
        ("x" * (REASON_MAX + 1), ["La raison (301 caractères) doit tenir en 300."]),
        (" \n", ["La raison manque : dites pourquoi, en une phrase."]),
    ],
)
def test_reason_is_a_sentence(reason: str, faults: list[str]) -> None:
    assert reason_faults(reason) == faults


def test_fault_of_a_period_names_both_days() -> None:
    assert period_faults(days(5, 2), of="du mandat") == [
        "Le dernier jour du mandat (reçu : 1er mars 2026) vient avant le premier (5 mars 2026)."
    ]


@pytest.mark.parametrize("role", Role)
def test_mandate_needs_its_academy_and_its_discipline(role: Role) -> None:
    needs = [
        f"Le mandat « {role.label} » demande au moins une {word}."
        for word, roles in (("académie", NEEDS_AN_ACADEMY), ("discipline", NEEDS_A_DISCIPLINE))
        if role in roles
    ]

    assert mandate_faults(role=role, academies=NONE, disciplines=NONE, period=days(5)) == needs
    assert mandate_faults(role=role, academies=LILLE, disciplines=MATHS, period=days(5)) == []


def test_mandate_has_an_academy_for_those_who_act_for_one() -> None:
    assert {Role.RECTOR, Role.DIGITAL_DELEGATE, Role.INSPECTOR, Role.CORRESPONDENT} == (
        NEEDS_AN_ACADEMY
    )
    assert {Role.CORRESPONDENT} == NEEDS_A_DISCIPLINE


def test_mandate_without_a_day_is_refused() -> None:
    assert mandate_faults(
        role=Role.TEACHER, academies=NONE, disciplines=NONE, period=days(5, 5)
    ) == ["Le dernier jour du mandat (reçu : 4 mars 2026) vient avant le premier (5 mars 2026)."]


def test_delegation_within_the_mandate_to_someone_else_is_given() -> None:
    assert delegation_faults(mandate=days(1), delegation=days(1, 9), to_oneself=False) == []


def test_delegation_faults_are_said_all_at_once() -> None:
    assert delegation_faults(mandate=days(5, 20), delegation=days(4, 4), to_oneself=True) == [
        "Le dernier jour de la suppléance (reçu : 3 mars 2026) vient avant le premier "
        "(4 mars 2026).",
        "Un mandat ne se délègue pas à soi-même : choisissez une autre personne.",
        "La suppléance doit tenir dans le mandat (du 5 mars 2026 au 19 mars 2026).",
    ]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(date(2025, 9, 1), date(2026, 9, 1)), "du 1er septembre 2025 au 31 août 2026"),
        (Period(date(2025, 9, 1)), "depuis le 1er septembre 2025, sans fin fixée"),
    ],
)
def test_period_is_said_with_its_last_day_included(period: Period, words: str) -> None:
    assert said(period) == words


@pytest.mark.parametrize(
    ("email", "name", "count"),
    [
        ("a@b.fr", "A", 0),
        ("a" * (ADDRESS_MAX - 5) + "@b.fr", "A" * NAME_MAX, 0),
        ("a" * (ADDRESS_MAX - 4) + "@b.fr", "A", 1),
        ("a@b.fr", "A" * (NAME_MAX + 1), 1),
        ("a@b.fr", "", 1),
        ("a b@c.fr", "", 2),
        ("a@b", "A", 1),
    ],
)
def test_invitation_is_refused_with_its_faults(email: str, name: str, count: int) -> None:
    assert len(invitation_faults(email=email, name=name)) == count


@pytest.mark.parametrize(
    ("ends_on", "on", "count"),
    [(None, 21, 0), (21, 20, 0), (21, 21, 0), (20, 21, 1)],
)
def test_end_is_never_later_than_it_was(ends_on: int | None, on: int, count: int) -> None:
    assert len(end_faults(days(1, ends_on), on=date(2026, 3, on), today=date(2026, 3, 20))) == count


@pytest.mark.parametrize(
    ("period", "day", "words"),
    [
        (days(5), 4, "à venir"),
        (days(5), 5, "en cours"),
        (days(5, 9), 8, "en cours"),
        (days(5, 9), 9, "terminé"),
        (days(5, 9), 20, "terminé"),
    ],
)
def test_standing_of_a_period_on_a_day(period: Period, day: int, words: str) -> None:
    assert standing(period, date(2026, 3, day)) == words


def test_mandate_is_ended_no_later_than_it_was_to() -> None:
    today = date(2026, 3, 6)
    assert end_faults(days(5), on=date(2026, 3, 20), today=today) == []
    assert end_faults(days(5, 9), on=date(2026, 3, 9), today=today) == []
    assert end_faults(days(5, 9), on=date(2026, 3, 10), today=today) == [
        "Ce mandat finit déjà avant cette date (reçu : 10 mars 2026) : il ne compte plus à partir "
        "du 9 mars 2026."
    ]


@pytest.mark.parametrize(
    "email",
    ["", "a", "a@b", "a@b@c.invalid", "a b@c.invalid", "@b.invalid", "x" * 247 + "@c.inval"],
)
def test_account_needs_a_whole_address(email: str) -> None:
    assert invitation_faults(email=email, name="A") == [
        f"L’adresse (reçu : « {email[:254]} ») doit être complète, comme prenom.nom@ac-lille.fr, "
        "et tenir en 254 caractères."
    ]


def test_account_needs_a_name_that_is_not_too_long() -> None:
    def faults(name: str) -> list[str]:
        return invitation_faults(email="a@b.invalid", name=name)

    assert faults("") == ["Le nom affiché manque : donnez celui de la personne ou de la fonction."]
    assert faults("n" * 201) == ["Le nom affiché (201 caractères) doit tenir en 200."]


def test_longest_name_and_address_are_taken() -> None:
    longest = "x" * (ADDRESS_MAX - len("@b.invalid")) + "@b.invalid"

    assert invitation_faults(email=longest, name="n" * NAME_MAX) == []


def test_accented_forms_are_those_of_latin_letters() -> None:
    forms = accented_forms()

    assert "".join(sorted(forms)) == "acdeghijklnorstuwyz"
    assert (forms["a"], forms["c"]) == ("aAÀÁÂÃÄÅàáâãäåĀāĂăĄą", "cCÇçĆćĈĉĊċČč")
    assert (forms["e"], forms["z"]) == ("eEÈÉÊËèéêëĒēĔĕĖėĘęĚě", "zZŹźŻżŽž")


@pytest.mark.parametrize(
    ("words", "name", "is_found"),
    [
        ("helene", "Hélène d’Arc", True),
        ("HÉLÈNE", "Hélène d’Arc", True),
        ("d'arc", "Hélène d’Arc", True),
        ("d’arc helene", "Hélène D'ARC", True),
        ("anne marie", "Anne-Marie", True),
        ("Anne-Marie", "Marie Anne", True),
        ("мир", "МИР", True),
        ("a.b", "a.b@exemple.invalid", True),
        ("a.b", "aXb", False),
        ("a+", "aa", False),
        ("(a", "(a)", True),
        ("n°", "n°5", True),
        ("arc", "Hélène", False),
        ("helene arc", "Hélène", False),
    ],
)
def test_search_finds_whatever_the_accents_the_case_and_the_hyphens(
    words: str, name: str, is_found: bool
) -> None:
    found = all(re.search(pattern, name) for pattern in search_patterns(words))

    assert found is is_found


def test_search_has_one_pattern_for_each_word() -> None:
    assert search_patterns(" - ") == []
    assert search_patterns("q -1 .°") == ["[qQ]", "[11]", "\\.°"]
    assert search_patterns("d'x’") == ["[dDĎď]['’][xX]['’]"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Les miennes", None),
        ("x" * VIEW_NAME_MAX, None),
        ("", "Donnez un nom à la vue : quelques mots, qui disent ce qu’elle montre."),
        ("a\u0000b", "Le nom de la vue contient un caractère invisible : écrivez-le au clavier."),
        (
            "x" * (VIEW_NAME_MAX + 1),
            f"Le nom de la vue ({VIEW_NAME_MAX + 1} caractères) doit tenir en {VIEW_NAME_MAX}.",
        ),
        (
            WHOLE_LIST.upper(),
            f"« {WHOLE_LIST} » mène déjà à la liste sans filtre : choisissez un autre nom.",
        ),
    ],
)
def test_name_of_a_view_is_short_visible_and_its_own(name: str, said: str | None) -> None:
    assert view_name_faults(name) == ([said] if said else [])


def test_what_has_counted_does_not_end_in_the_past() -> None:
    today = date(2026, 3, 20)
    assert end_faults(days(5), on=today, today=today) == []
    assert end_faults(days(20), on=date(2026, 3, 2), today=today) == []  # has not counted yet
    assert end_faults(days(5, 30), on=date(2025, 3, 25), today=today) == [
        "Le premier jour sans effet du mandat (reçu : 25 mars 2025) est déjà passé : donnez "
        "aujourd’hui (20 mars 2026) ou un jour à venir."
    ]
