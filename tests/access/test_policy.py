"""What `rules.md` §1 decides, row by row, said again by hand."""

import pytest

from tests.access.places import (
    ALICE,
    BOB,
    CHARLIE,
    E1,
    E2,
    NANTES,
    REACH,
    SVT,
    T2,
    TODAY,
    here,
    who,
)
from traam.access.actor import Actor, Mandate, anonymous
from traam.access.place import Flag, Place
from traam.access.policy import CHAPTERS, RIGHTS, TABLE, allows
from traam.access.policy.choice import signed_text
from traam.access.policy.grants import InState, IsNot, Right, Scope, Tie
from traam.access.roles import Role

ALONE = frozenset({ALICE})


def readers(right: str, place: Place) -> set[str]:
    """The roles whose mandate in Lille, maths, theme t1, team e1 opens this right here."""
    found = {str(role) for role in Role if allows(who(role), right, place)}
    return found | ({"public"} if allows(anonymous(TODAY), right, place) else set())


GROUP = {"teams": E2, "group_teams": E1 | E2}  # a thing of another team of the same group
ROWS = [
    # cahier des charges, theme
    ("theme.edit", here(), {"pilot", "expert"}),
    ("theme.edit", here(Flag.CALL_OPEN), set()),
    ("brief.edit", here(), {"pilot", "expert"}),
    ("theme.submit", here(state="draft"), {"pilot", "expert"}),
    ("theme.submit", here(state="submitted"), set()),
    ("theme.sign_dne", here(state="submitted"), {"pilot"}),
    ("theme.sign_dne", here(state="signed_once"), {"pilot"}),
    ("theme.sign_dne", here(state="signed_twice"), set()),
    ("theme.sign_ig", here(state="submitted"), {"general_inspector"}),
    ("theme.sign_ig", here(state="draft"), set()),
    ("theme.unsign", here(state="submitted"), set()),
    ("theme.unsign", here(state="signed_once"), {"pilot", "general_inspector"}),
    ("brief.unsign", here(state="signed_twice"), {"pilot", "general_inspector"}),
    ("theme.unsign", here(Flag.CALL_OPEN, state="signed_twice"), set()),
    ("theme.read", here(state="draft"), {"pilot", "expert"}),
    ("theme.read", here(state="submitted"), {str(role) for role in Role}),
    ("theme.read", here(Flag.CALL_OPEN, state="submitted"), {str(role) for role in Role}),
    (
        "theme.read",
        here(Flag.CALL_OPEN, state="signed_twice"),
        {"public", *(str(role) for role in Role)},
    ),
    ("theme.adopt", here(themes=T2), {"expert"}),
    ("theme.withdraw", here(Flag.CALL_OPEN), {"pilot"}),
    # application
    (
        "application.begin",
        here(Flag.CALL_OPEN),
        {"referent", "teacher", "correspondent", "inspector"},
    ),
    ("application.begin", here(), set()),
    ("application.begin", here(Flag.CALL_OPEN, Flag.CALL_CLOSED), set()),
    ("application.edit", here(state="draft"), set()),
    ("application.agree", here(state="awaiting_agreement"), set()),
    ("application.endorse", here(state="awaiting_visa"), {"digital_delegate"}),
    ("application.endorse", here(state="deposited"), set()),
    ("application.endorse", here(state="awaiting_visa", academies=NANTES), set()),
    ("application.rank", here(state="deposited"), {"digital_delegate"}),
    ("application.return", here(state="deposited"), {"digital_delegate"}),
    ("application.return", here(Flag.ANNOUNCED, state="deposited"), set()),
    ("application.withdraw", here(), {"digital_delegate"}),
    ("application.withdraw", here(Flag.ANNOUNCED), set()),
    ("application.read", here(state="draft"), {"digital_delegate"}),
    ("application.read", here(state="deposited"), {"digital_delegate", "rector"}),
    (
        "application.read",
        here(Flag.CALL_CLOSED, state="deposited"),
        {"digital_delegate", "rector", "pilot"},
    ),
    (
        "application.read",
        here(Flag.CALL_CLOSED, state="deposited", cleared=ALONE),
        {"digital_delegate", "rector", "expert", "general_inspector", "pilot"},
    ),
    (
        "application.read",
        here(Flag.CALL_CLOSED, state="deposited", academies=NANTES, cleared=ALONE),
        {"expert", "general_inspector", "pilot"},
    ),
    # review, decision
    ("review.read", here(state="submitted"), {"pilot"}),
    ("decision.follow", here(Flag.CALL_CLOSED), {"expert", "general_inspector", "pilot"}),
    (
        "decision.follow",
        here(Flag.CALL_CLOSED, Flag.ANNOUNCED),
        {"expert", "general_inspector", "pilot"},
    ),
    ("decision.follow", here(), set()),
    ("decision.deliberate", here(Flag.CALL_CLOSED), set()),
    (
        "decision.deliberate",
        here(Flag.CALL_CLOSED, cleared=ALONE),
        {"expert", "general_inspector"},
    ),
    ("decision.deliberate", here(), set()),
    ("decision.deliberate", here(Flag.CALL_CLOSED, Flag.ANNOUNCED, cleared=ALONE), set()),
    ("decision.arbitrate", here(Flag.CALL_CLOSED), {"pilot"}),
    ("decision.announce", here(Flag.CALL_CLOSED), {"pilot"}),
    ("decision.announce", here(Flag.CALL_CLOSED, Flag.ANNOUNCED), set()),
    ("decision.amend", here(), set()),
    ("decision.amend", here(Flag.ANNOUNCED), {"pilot"}),
    ("decision.read", here(), {"pilot"}),
    ("decision.read", here(cleared=ALONE), {"pilot", "expert", "general_inspector"}),
    (
        "decision.read",
        here(Flag.ANNOUNCED, cleared=ALONE),
        {"pilot", "expert", "general_inspector", "rector", "digital_delegate"},
    ),
    ("decision.read_retained", here(Flag.ANNOUNCED), {"pilot", "expert", "general_inspector"}),
    (
        "decision.read_retained",
        here(Flag.ANNOUNCED, Flag.RETAINED),
        {"public", *(str(role) for role in Role)},
    ),
    # group, team, hours
    (
        "group.read",
        here(**GROUP),
        {"expert", "general_inspector", "referent", "teacher", "inspector", "digital_delegate"},
    ),
    ("group.read", here(**(GROUP | {"group_teams": E2}), themes=T2, academies=NANTES), set()),
    ("group.write", here(**GROUP), {"expert", "general_inspector", "referent"}),
    ("team.edit", here(), {"referent", "inspector"}),
    (
        "team.read",
        here(),
        {
            *("referent", "teacher", "inspector", "digital_delegate"),
            *("expert", "general_inspector", "correspondent"),
        },
    ),
    ("team.read", here(teams=E2, disciplines=SVT, themes=T2), {"digital_delegate"}),
    (
        "team.read",
        here(Flag.SHARED, teams=E1, themes=T2, academies=NANTES, disciplines=SVT),
        {"referent", "teacher", "inspector", "partner"},
    ),
    ("hours.record", here(), {"referent"}),
    ("hours.agree", here(), {"inspector"}),
    ("hours.grant", here(), {"digital_delegate"}),
    # productions
    ("production.write", here(state="draft"), {"referent", "teacher"}),
    ("production.write", here(state="proposed"), set()),
    ("production.validate", here(state="proposed"), {"inspector"}),
    ("production.publish", here(state="validated"), {"expert"}),
    ("production.publish", here(state="proposed"), set()),
    ("production.read", here(), {"referent", "teacher", "inspector"}),
    ("production.read", here(**GROUP), set()),
    (
        "production.read",
        here(Flag.SHARED, **GROUP),
        {"referent", "teacher", "inspector", "expert", "general_inspector"},
    ),
    (
        "production.read",
        here(Flag.PUBLISHED, state="published", **GROUP),
        {"public", *(str(role) for role in Role)},
    ),
    ("production.read", here(Flag.PUBLISHED, state="shared", **GROUP), set()),
    ("production.take_back", here(state="proposed"), {"referent"}),
    (
        "production.withhold",
        here(state="published"),
        {"referent", "teacher", "inspector", "expert", "pilot"},
    ),
    ("tool.describe", here(), {"pilot", "expert", "correspondent"}),
    # trials, observations, cross-tests
    ("trial.read", here(), {"referent", "teacher"}),
    ("trial.read", here(Flag.STARTED), {"referent", "teacher", "inspector"}),
    ("trial.read", here(Flag.STARTED, **GROUP), set()),
    (
        "trial.read",
        here(Flag.CLOSED, **GROUP),
        {"referent", "teacher", "inspector", "expert", "general_inspector"},
    ),
    (
        "observation.read",
        here(Flag.CLOSED, **GROUP),
        {"referent", "teacher", "inspector", "expert", "general_inspector"},
    ),
    ("observation.proofread", here(Flag.CLOSED), {"expert"}),
    ("trial.agree", here(state="planned"), set()),
    ("trial.agree", here(state="planned", asked=ALONE), {"partner"}),
    ("trial.agree", here(state="closed", asked=ALONE), set()),
    ("agreement.read", here(asked=ALONE), {"partner"}),
    ("agreement.read", here(asked=ALONE, teams=E2), set()),
    ("cross_test.answer", here(state="asked"), {"referent"}),
    ("cross_test.answer", here(state="accepted"), {"referent"}),
    ("cross_test.answer", here(state="closed"), set()),
    # syntheses
    ("academic_synthesis.write", here(state="draft"), {"referent", "teacher"}),
    ("academic_synthesis.write", here(state="in_validation"), set()),
    ("academic_synthesis.validate", here(state="in_validation"), {"inspector"}),
    ("academic_synthesis.read", here(), {"referent", "teacher", "inspector"}),
    (
        "academic_synthesis.read",
        here(Flag.VALIDATED, **GROUP),
        {
            *("referent", "teacher", "inspector", "expert", "general_inspector"),
            *("digital_delegate", "rector", "dgesco"),
        },
    ),
    ("national_synthesis.write", here(**GROUP, state="draft"), {"expert", "referent"}),
    ("national_synthesis.sign_ig", here(state="validated"), {"general_inspector"}),
    ("national_synthesis.sign_expert", here(state="validated"), {"expert"}),
    ("national_synthesis.publish", here(state="validated"), set()),
    ("national_synthesis.publish", here(state="signed"), {"expert", "pilot"}),
    # the house
    ("archive.load", here(), {"pilot"}),
    ("reference.edit", here(), {"pilot"}),
    ("reference.read", here(), {str(role) for role in Role}),
    ("notice.prepare", here(), {"pilot", "correspondent"}),
    ("notice.prepare", here(disciplines=SVT), {"pilot"}),
    ("notice.read", here(), {"public", *(str(role) for role in Role)}),
    ("people.invite", here(), {"pilot", "digital_delegate"}),
    ("mandate.grant", here(), {"pilot"}),
    ("mandate.grant", here(Flag.ACADEMIC), {"pilot", "digital_delegate"}),
    ("mandate.grant", here(Flag.ACADEMIC, academies=NANTES), {"pilot"}),
    ("people.close", here(), {"pilot"}),
    ("people.reopen", here(), {"pilot"}),
    ("people.erase", here(), {"pilot"}),
    ("document.read", here(), {"referent", "teacher", "inspector"}),
]


@pytest.mark.parametrize(("right", "place", "expected"), ROWS)
def test_right_opens_to_exactly_these_roles(right, place, expected):
    assert readers(right, place) == expected


PERSONAL = [
    ("application.edit", here(state="draft", authors=frozenset({ALICE})), Role.TEACHER),
    ("application.read", here(academies=NANTES, authors=frozenset({ALICE})), Role.TEACHER),
    (
        "application.agree",
        here(state="awaiting_agreement", inspectors=frozenset({ALICE})),
        Role.INSPECTOR,
    ),
    ("review.write", here(state="begun", reviewers=ALONE, cleared=ALONE), Role.EXPERT),
    (
        "review.read",
        here(state="submitted", reviewed_by=ALONE, cleared=ALONE),
        Role.GENERAL_INSPECTOR,
    ),
    ("trial.write", here(state="planned", authors=frozenset({ALICE})), Role.TEACHER),
    ("trial.reopen", here(state="abandoned", authors=frozenset({ALICE})), Role.TEACHER),
    ("observation.correct", here(state="at_work", authors=frozenset({ALICE})), Role.INSPECTOR),
    ("mandate.delegate", here(persons=frozenset({ALICE})), Role.PARTNER),
    ("people.read", Place(persons=frozenset({ALICE})), Role.PARTNER),
]


@pytest.mark.parametrize(("right", "place", "role"), PERSONAL)
def test_personal_right_is_that_of_the_person_alone(right, place, role):
    mandate = Mandate(role=role, **REACH)

    assert allows(Actor(ALICE, (mandate,), TODAY), right, place)
    assert not allows(Actor(BOB, (mandate,), TODAY), right, place)
    assert not allows(anonymous(TODAY), right, place)


def test_another_reviewer_reads_only_after_their_own_review_and_once_it_is_given():
    others = frozenset({CHARLIE})
    after = here(state="submitted", reviewed_by=frozenset({BOB}), reviewers=others, cleared=ALONE)
    unfinished = here(state="begun", reviewed_by=ALONE, cleared=ALONE)
    elsewhere = here(state="submitted", reviewed_by=ALONE, themes=T2, cleared=ALONE)
    in_conflict = here(state="submitted", reviewed_by=ALONE, reviewers=others)

    for place in (after, unfinished, elsewhere, in_conflict):
        assert not allows(who(Role.EXPERT), "review.read", place)


def test_names_are_unique_and_every_right_has_its_french():
    names = [row.name for _, rows in CHAPTERS for row in rows]

    assert len(names) == len(set(names)) == len(RIGHTS)
    for row in TABLE.values():
        assert row.label[0].islower(), row.name
        assert row.grants, row.name
        assert "." in row.name, row.name


def test_a_grant_to_everyone_depends_on_facts_alone():
    for row in TABLE.values():
        for grant in row.grants:
            if grant.role is None:
                assert not any(isinstance(each, Scope | Tie) for each in grant.conditions)


def test_every_condition_reads_as_a_clause():
    for row in TABLE.values():
        for grant in row.grants:
            for condition in grant.conditions:
                if isinstance(condition, InState | IsNot):
                    assert condition.words, row.name


def test_any_text_that_two_sign_has_the_rights_of_a_theme():
    acts = ("edit", "submit", "sign_dne", "sign_ig", "unsign", "withdraw", "read")
    themes = [TABLE[f"theme.{act}"] for act in acts]

    assert list(signed_text("note", "une note")) == [
        Right(f"note.{act}", theme.label.replace("un thème", "une note"), theme.grants)
        for act, theme in zip(acts, themes, strict=True)
    ]


def test_no_right_evaluates_or_ranks_people():
    """« A trial never serves to evaluate a person »."""
    assert not [name for name in TABLE if "teacher" in name or "evaluate" in name]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("viser une candidature", "viser cette candidature"),
        ("écrire un avis", "écrire cet avis"),
        ("écrire un thème", "écrire ce thème"),
        ("écrire un hommage", "écrire cet hommage"),
        ("délibérer d’une décision", "délibérer de cette décision"),
        ("inviter une nouvelle personne", "inviter une nouvelle personne"),
        ("confier un nouvel avis", "confier un nouvel avis"),
        ("lire la liste des académies", "lire la liste des académies"),
        ("lire un cahier d’un thème", "lire ce cahier d’un thème"),
    ],
)
def test_label_points_at_the_thing_that_is_here(label, expected):
    assert Right("thing.do", label, ()).label_here == expected
