"""Who of an application becomes a member, and as what."""

from hypothesis import given
from hypothesis import strategies as st

from traam.access.roles import Role
from traam.campaigns.rules.default_form import LEVELS
from traam.groups.rules.carrying import (
    SCHOOL_TYPES,
    Carried,
    Known,
    folded,
    members,
    name_at,
)

ALICE = Known(1, "Alice Martin", submits=True)
BOB = Known(2, "Bob Durand")
CHARLIE = Known(3, "Charlie Petit")


def item(name: str, level: str = "middle") -> dict[str, str]:
    return {"name": name, "discipline": "SVT", "school": "Collège", "level": level}


def said(found: list[Carried]) -> list[tuple[str, int | None, str]]:
    return [(one.role.value, one.person, one.source) for one in found]


def test_names_are_compared_without_order_accents_or_capitals() -> None:
    assert folded("DUPOND Zoé-Anne") == folded("zoe anne Dupond")
    assert folded("Zoé Dupond") != folded("Zoé Dupont")


def test_authors_are_referents_with_their_account() -> None:
    assert said(members({}, authors=[ALICE])) == [("referent", 1, "")]


def test_an_author_takes_what_the_block_of_teachers_says_of_them() -> None:
    answers = {"referents": [{"name": "MARTIN Alice"}], "team": [item("Alice Martin")]}

    found = members(answers, authors=[ALICE])

    assert found == [
        Carried(Role.REFERENT, 1, "referents:0", "SVT", "Collège", SCHOOL_TYPES["middle"])
    ]


def test_two_referents_at_most_those_named_so_first() -> None:
    answers = {"referents": [item("Charlie Petit"), item("Bob Durand")]}

    found = members(answers, authors=[ALICE, BOB, CHARLIE])

    assert said(found) == [
        ("referent", 2, "referents:1"),
        ("referent", 3, "referents:0"),
        ("teacher", 1, ""),
    ]


def test_who_is_named_without_an_account_stays_a_name_to_read() -> None:
    answers = {"team": [item("Alice Martin"), item("Bob Durand"), item("Bob Durand")]}

    found = members(answers, authors=[ALICE])

    assert said(found) == [("referent", 1, "team:0"), ("teacher", None, "team:1")]
    assert name_at(answers, "team:1") == "Bob Durand"


def test_a_member_of_the_year_before_is_found_again_by_name() -> None:
    answers = {"team": [item("DURAND Bob")]}

    assert said(members(answers, authors=[ALICE], past=[BOB, CHARLIE])) == [
        ("referent", 1, ""),
        ("teacher", 2, "team:0"),
    ]


def test_every_type_of_school_that_an_application_offers_has_its_code_but_other() -> None:
    assert {one.key for one in LEVELS} - {"other"} == set(SCHOOL_TYPES)


def test_a_source_that_is_there_no_more_has_no_name() -> None:
    assert name_at({"team": []}, "team:0") == ""
    assert name_at({"team": "?"}, "team:0") == ""
    assert name_at({}, "") == ""


@given(
    st.dictionaries(
        st.sampled_from(["team", "referents", "title"]),
        st.one_of(
            st.text(max_size=5),
            st.lists(st.one_of(st.none(), st.builds(item, st.text(max_size=8))), max_size=5),
        ),
    )
)
def test_whatever_is_answered_each_account_is_a_member_once(answers) -> None:
    found = members(answers, authors=[ALICE, BOB, CHARLIE], past=[BOB])

    people = [one.person for one in found if one.person is not None]
    assert sorted(people) == [1, 2, 3]
    named = [folded(name_at(answers, one.source)) for one in found if one.person is None]
    assert len(named) == len(set(named))
