"""What ties a reviewer to an application, found from facts, and what bars."""

from dataclasses import replace
from datetime import date

import pytest

from traam.applications.rules.conflicts import (
    AcademyFacts,
    ApplicationFacts,
    ReviewerFacts,
    TeamFacts,
    dismissal_faults,
    found,
    is_barred,
    pin_faults,
    read_kinds,
    standing,
    stored,
    years_before,
)
from traam.applications.rules.life import ConflictKind, Standing

LILLE = AcademyFacts("09", "Lille", "R32", "Hauts-de-France")
AMIENS = AcademyFacts("20", "Amiens", "R32", "Hauts-de-France")
RENNES = AcademyFacts("14", "Rennes", "R53", "Bretagne")
POLYNESIE = AcademyFacts("PF", "Polynésie française")
MAYOTTE = AcademyFacts("MY", "Mayotte")
TODAY = date(2026, 5, 12)
STRANGER = ReviewerFacts(person=1, academies=(RENNES,))
APPLICATION = ApplicationFacts(application=7, academies=(LILLE,), people=frozenset({50, 51}))
K, S = ConflictKind, Standing


def sentences(
    reviewer: ReviewerFacts, application: ApplicationFacts = APPLICATION
) -> list[tuple[str, str]]:
    conflicts = found(reviewer, application, on=TODAY)
    return [(one.kind.value, one.sentence) for one in conflicts]


def test_stranger_has_no_conflict() -> None:
    assert sentences(STRANGER) == []


def test_same_academy_is_found() -> None:
    assert sentences(ReviewerFacts(1, (RENNES, LILLE))) == [("academy", "Même académie : Lille.")]


def test_associated_academy_counts_too() -> None:
    joint = replace(APPLICATION, academies=(LILLE, RENNES))

    assert sentences(STRANGER, joint) == [
        ("academy", "Même académie : Rennes, académie associée à la candidature.")
    ]


def test_same_region_is_found_between_two_academies() -> None:
    assert sentences(ReviewerFacts(1, (AMIENS,))) == [
        ("region", "Même région académique : Hauts-de-France (Amiens et Lille).")
    ]


def test_same_region_is_found_once_and_beside_the_same_academy() -> None:
    joint = replace(APPLICATION, academies=(RENNES, LILLE, AMIENS))

    assert sentences(ReviewerFacts(1, (LILLE, AMIENS)), joint) == [
        ("academy", "Même académie : Lille, académie associée à la candidature."),
        ("academy", "Même académie : Amiens, académie associée à la candidature."),
        ("region", "Même région académique : Hauts-de-France (Amiens et Lille)."),
    ]


def test_two_shared_regions_are_both_found() -> None:
    nantes = AcademyFacts("17", "Nantes", "R52", "Pays de la Loire")
    other = AcademyFacts("99", "Le Mans", "R52", "Pays de la Loire")
    joint = replace(APPLICATION, academies=(LILLE, nantes))

    assert sentences(ReviewerFacts(1, (AMIENS, other)), joint) == [
        ("region", "Même région académique : Hauts-de-France (Amiens et Lille)."),
        ("region", "Même région académique : Pays de la Loire (Le Mans et Nantes)."),
    ]


def test_no_region_is_not_a_common_region() -> None:
    assert (
        sentences(ReviewerFacts(1, (POLYNESIE,)), replace(APPLICATION, academies=(MAYOTTE,))) == []
    )


@pytest.mark.parametrize(
    ("last_on", "is_conflict"),
    [
        (None, True),
        (date(2026, 9, 1), True),
        (date(2024, 5, 12), True),
        (date(2024, 5, 11), False),
    ],
)
def test_team_of_the_academy_counts_for_two_years(last_on: date | None, is_conflict: bool) -> None:
    teams = (
        TeamFacts("t9", "Rennes, arts", frozenset({"14"})),
        TeamFacts("t1", "Lille, géométrie", frozenset({"20", "09"}), last_on),
    )

    assert sentences(replace(STRANGER, teams=teams)) == (
        [("team", "Membre d’une équipe dans les deux dernières années : Lille, géométrie.")]
        if is_conflict
        else []
    )


def test_team_of_an_associated_academy_counts_too() -> None:
    team = TeamFacts("t1", "Amiens, géométrie", frozenset({"20"}))
    joint = replace(APPLICATION, academies=(LILLE, AMIENS))

    assert sentences(replace(STRANGER, teams=(team,)), joint) == [
        ("team", "Membre d’une équipe dans les deux dernières années : Amiens, géométrie.")
    ]


def test_person_in_the_application_is_in_conflict() -> None:
    assert sentences(replace(STRANGER, person=51)) == [
        ("team", "La personne figure dans cette candidature.")
    ]


def test_declared_ties_are_found() -> None:
    declared = replace(
        STRANGER, declared=frozenset({6, 7}), declared_academies=frozenset({"09", "20"})
    )

    assert sentences(declared) == [
        ("declared", "Lien déclaré par la personne avec cette candidature."),
        ("declared", "Lien déclaré par la personne avec l’académie : Lille."),
    ]


@pytest.mark.parametrize(
    ("on", "before"),
    [
        (date(2026, 5, 12), date(2024, 5, 12)),
        (date(2028, 2, 29), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2024, 2, 28)),
        (date(2028, 3, 29), date(2026, 3, 29)),
    ],
)
def test_two_years_before_is_the_same_day(on: date, before: date) -> None:
    assert years_before(on) == before


LILLE_FOUND = found(ReviewerFacts(1, (LILLE,)), APPLICATION, on=TODAY)
BOTH_FOUND = found(ReviewerFacts(1, (LILLE, AMIENS)), APPLICATION, on=TODAY)
DECLARED_FOUND = found(replace(STRANGER, declared=frozenset({7})), APPLICATION, on=TODAY)


@pytest.mark.parametrize("before", [None, *Standing])
def test_standing_is_clear_when_nothing_is_found_and_pinned_while_pinned(
    before: Standing | None,
) -> None:
    expected = S.PINNED if before is S.PINNED else S.CLEAR

    assert standing((), before=before, covered=()) is expected


@pytest.mark.parametrize("before", [None, *Standing])
def test_standing_is_found_unless_it_was_settled(before: Standing | None) -> None:
    settled = {S.PINNED: S.PINNED, S.DISMISSED: S.DISMISSED}

    assert standing(LILLE_FOUND, before=before, covered={K.ACADEMY}) is settled.get(before, S.FOUND)


def test_dismissal_covers_the_kinds_it_was_about() -> None:
    covers = {"academy region", "academy team region"}

    for text in ("", "academy", "region", *covers):
        expected = S.DISMISSED if text in covers else S.FOUND
        got = standing(BOTH_FOUND, before=S.DISMISSED, covered=read_kinds(text))
        assert got is expected


def test_dismissal_never_covers_what_is_declared() -> None:
    assert standing(DECLARED_FOUND, before=S.DISMISSED, covered=frozenset(K)) is S.FOUND


@pytest.mark.parametrize("state", Standing)
@pytest.mark.parametrize("kind", ConflictKind)
def test_conflict_bars_unless_dismissed_and_always_when_declared(
    state: Standing, kind: ConflictKind
) -> None:
    expected = kind is K.DECLARED or state in (S.FOUND, S.PINNED)

    assert is_barred(state, {kind, K.REGION}) is expected


def test_nobody_clear_is_barred() -> None:
    assert not is_barred(S.CLEAR, ())
    assert is_barred(S.PINNED, ())


def test_pin_asks_for_a_reason() -> None:
    assert pin_faults("Thèse commune.") == []
    assert pin_faults(" ") == ["Le motif manque : dites quel lien est maintenu."]


@pytest.mark.parametrize(
    ("kinds", "reason", "faults"),
    [
        ({K.ACADEMY, K.REGION}, "A quitté l’académie en 2019.", []),
        (set(), "Rien.", ["Aucun conflit n’a été trouvé : il n’y a rien à écarter."]),
        ({K.TEAM}, " ", ["Le motif manque : dites pourquoi le conflit est écarté."]),
        (
            {K.TEAM, K.DECLARED},
            "",
            [
                "Le motif manque : dites pourquoi le conflit est écarté.",
                "Un conflit déclaré ne s’écarte pas : seule la personne revient dessus.",
            ],
        ),
    ],
)
def test_dismissal_asks_for_a_reason_and_respects_what_is_declared(
    kinds: set[ConflictKind], reason: str, faults: list[str]
) -> None:
    assert dismissal_faults(kinds, reason) == faults


def test_kinds_are_kept_in_their_order_and_read_back() -> None:
    assert stored([K.TEAM, K.ACADEMY, K.TEAM]) == "academy team"
    assert stored([]) == ""
    assert read_kinds("academy team") == {K.ACADEMY, K.TEAM}
    assert read_kinds("") == set()
    with pytest.raises(ValueError, match="inconnu"):
        read_kinds("inconnu")


def test_every_kind_fits_where_an_examiner_keeps_them() -> None:
    assert read_kinds(stored(ConflictKind)) == set(ConflictKind)
    assert len(stored(ConflictKind)) <= 60
