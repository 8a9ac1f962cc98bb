"""From facts to an instance, from a choice to what is proposed and tried: pure, on hand-made
instances and on random ones."""

import pytest

from tests.selection.optimiser.instances import drawn, made
from tests.selection.rules.test_kept import SEEDS, computed
from traam.campaigns.rules.call import CallRules
from traam.selection.optimiser.constraints import RuleKind
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import Why, explain
from traam.selection.optimiser.instance import Academy, LockKind, Theme
from traam.selection.optimiser.solve import solved
from traam.selection.rules.gathering import AcademyFacts, CaseFacts, ThemeFacts, build
from traam.selection.rules.kept import Computed
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.proposing import (
    Proposal,
    computed_kind,
    departs,
    proposals,
    reason_for,
)
from traam.selection.rules.trying import RELAX, because, tried, with_locks

RETAINED, RESERVE, NOT_RETAINED = DecisionKind
RULES = CallRules(academies_min=1, academies_max=3, themes_per_academy_max=2)


def case(code="c1", theme="T", academy="A", **more) -> CaseFacts:
    return CaseFacts(**({"code": code, "theme": theme, "academy": academy} | more))


def built(*cases, rules=RULES):
    academies = dict.fromkeys(one.academy for one in cases)
    return build(
        themes=[ThemeFacts(code="T"), ThemeFacts(code="U", minimum=0, maximum=9)],
        academies=[AcademyFacts(code=code, region=f"r{code}") for code in [*academies, "Z"]],
        cases=cases,
        rules=rules,
    )


# -- gathering


def test_numbers_are_those_of_the_theme_else_of_the_campaign() -> None:
    instance = built(case())

    assert [(one.id, one.minimum, one.maximum) for one in instance.themes] == [
        ("T", 1, 3),
        ("U", 0, 9),
    ]
    assert [(one.id, one.maximum, one.region) for one in instance.academies] == [("A", 2, "rA")]


@pytest.mark.parametrize(
    ("reviews", "score"), [((), 0.0), ((12.0, 13.0), 12.5), ((21.2, 20.4), 20.0), ((-0.3,), 0.0)]
)
def test_score_is_the_mean_of_the_reviews_within_the_scale(reviews, score) -> None:
    row = built(case(reviews=reviews)).applications[0]

    assert row.score == score
    assert all(0 <= one <= 20 for one in row.reviews)
    assert len(row.reviews) == len(reviews)


@pytest.mark.parametrize(
    ("reviews", "is_continuing", "is_eligible"),
    [((), False, False), ((), True, True), ((9.0,), False, True), ((9.0,), True, True)],
)
def test_one_review_makes_eligible_and_a_two_year_team_needs_none(
    reviews, is_continuing, is_eligible
) -> None:
    row = built(case(reviews=reviews, is_continuing=is_continuing)).applications[0]

    assert (row.eligible, row.continuing) == (is_eligible, is_continuing)


def test_unranked_application_comes_after_those_its_academy_could_rank() -> None:
    rows = built(case("c1", rank=1), case("c2", theme="U")).applications

    assert [row.rank for row in rows] == [1, 2]


def test_associated_academy_is_not_twice_on_a_theme_and_may_be_on_another() -> None:
    instance = built(
        case("c1", associated=("B", "C")),
        case("c2", academy="B"),
        case("c3", academy="C", theme="U"),
        case("c4", academy="D", associated=("A",)),
    )

    assert instance.incompatible == (("c1", "c2"), ("c1", "c4"))


def test_kinds_of_school_give_levels_and_kinds_each_once() -> None:
    row = built(case(schools=("vocational", "high", "other", "", "high"))).applications[0]

    assert row.levels == ("lycée",)
    assert row.school_types == ("LGT", "autre", "LP")


# -- proposing


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("reserves", [0, 2])
def test_proposal_says_each_case_once_and_ranks_the_reserve_of_each_theme(seed, reserves) -> None:
    one = computed(drawn(seed))

    found = proposals(one, reserves=reserves)

    rows = {str(row.id): row for row in one.instance.applications}
    assert found.keys() == rows.keys()
    retained = {code for code, proposal in found.items() if proposal.kind is RETAINED}
    assert retained == set(map(str, one.choice.retained))
    for theme in one.instance.themes:
        ranks = sorted(
            proposal.rank
            for code, proposal in found.items()
            if rows[code].theme == theme.id and proposal.kind is RESERVE
        )
        assert ranks == list(range(1, len(ranks) + 1))
        assert len(ranks) <= reserves


def full() -> Computed:
    return computed(
        made(
            {"id": "c1", "score": 15.0},
            {"id": "c2", "score": 12.0, "academy": "B"},
            {"id": "c3", "score": 11.0, "academy": "C", "eligible": False},
            {"id": "c4", "score": 11.0, "academy": "C", "lock": LockKind.OUT},
            themes=(Theme(id="T", maximum=1), Theme(id="U")),
        )
    )


def test_reason_names_no_other_and_is_left_to_people_where_the_rules_give_none() -> None:
    one = full()

    assert reason_for(one, "c2") == (
        "Le thème retient au plus 1 académie ; selon les règles de l’appel, les candidatures "
        "retenues réunissent ensemble davantage de points."
    )
    assert [reason_for(one, code) for code in ("c1", "c3", "c4", "inconnu")] == [""] * 4
    assert {out.why for out in one.explanation.left_out} == {
        Why.THEME_FULL,
        Why.NOT_ELIGIBLE,
        Why.LOCKED_OUT,
    }


def test_each_case_is_proposed_with_its_rank_or_its_reason() -> None:
    one = full()

    assert proposals(one) == {
        "c1": Proposal(RETAINED),
        "c2": Proposal(RESERVE, 1),
        "c3": Proposal(NOT_RETAINED),
        "c4": Proposal(NOT_RETAINED),
    }
    assert proposals(one, reserves=0)["c2"] == Proposal(NOT_RETAINED, reason=reason_for(one, "c2"))


MORE = "les candidatures retenues réunissent ensemble davantage de points."
LIMITED = {
    "theme": (
        {"themes": (Theme(id="T", maximum=2), Theme(id="U"))},
        ("T", "T", "T"),
        ("A", "B", "C"),
        f"Le thème retient au plus 2 académies ; selon les règles de l’appel, {MORE}",
    ),
    "academy": (
        {"academies": (Academy(id="A", maximum=1), Academy(id="B"))},
        ("T", "T", "U"),
        ("A", "B", "A"),
        "L’appel limite à 1 le nombre de thèmes par académie ; d’autres candidatures de votre "
        "académie sont retenues.",
    ),
    "incompatible": (
        {"incompatible": (("c1", "c3"),)},
        ("T", "T", "U"),
        ("A", "B", "C"),
        f"Selon les règles de l’appel, {MORE}",
    ),
}


@pytest.mark.parametrize("kind", LIMITED)
def test_reason_says_the_limit_that_left_it_out(kind) -> None:
    given, themes, academies, said = LIMITED[kind]
    rows = [
        {"id": f"c{n}", "score": 20.0 - 4 * n, "theme": theme, "academy": academy}
        for n, (theme, academy) in enumerate(zip(themes, academies, strict=True), 1)
    ]

    assert reason_for(computed(made(*rows, **given)), "c3") == said


@pytest.mark.parametrize(
    ("code", "kind"),
    [("c1", RETAINED), ("c2", RESERVE), ("c3", NOT_RETAINED), ("c4", NOT_RETAINED), ("x", None)],
)
def test_computed_kind_of_each_case(code, kind) -> None:
    assert computed_kind(full(), code) is kind


def test_choice_that_is_not_possible_computes_no_kind() -> None:
    one = computed(made({"id": "c1"}, themes=(Theme(id="T", minimum=2),)))

    assert computed_kind(one, "c1") is None


@pytest.mark.parametrize("computed_", [*DecisionKind, None])
@pytest.mark.parametrize("decided", list(DecisionKind))
def test_decision_departs_when_it_takes_what_is_left_out_or_the_contrary(
    computed_, decided
) -> None:
    expected = computed_ is not None and (computed_ is RETAINED) != (decided is RETAINED)

    assert departs(computed_, decided) is expected


# -- trying


@pytest.mark.parametrize("seed", SEEDS)
def test_forcing_one_in_costs_and_displaces_what_the_explanation_says(seed) -> None:
    instance = drawn(seed).ordered()
    done = solved(instance)
    if done.choice.status is not ChoiceStatus.OPTIMAL:
        return

    for out in explain(done).left_out:
        row = next(one for one in instance.applications if one.id == out.id)
        found = tried(done, {str(out.id): LockKind.IN})
        if not row.is_open:  # the lock is lifted, or another rule bars it
            assert row.eligible is found.is_possible or found.conflict
        elif out.price == float("inf"):
            assert found.conflict
            assert found.cost is None
        else:
            assert found.cost == pytest.approx(out.price)
            assert found.leaves == out.displaces


@pytest.mark.parametrize("seed", SEEDS)
def test_cost_of_a_try_is_never_negative_and_its_moves_are_those_of_the_choice(seed) -> None:
    instance = drawn(seed).ordered()
    done = solved(instance)
    if done.choice.status is not ChoiceStatus.OPTIMAL:
        return
    before = set(map(str, done.choice.retained))

    for row in instance.applications:
        if not row.is_open or row.continuing or row.lock is not None:
            continue
        for lock in LockKind:
            found = tried(done, {str(row.id): lock})
            if found.cost is None:
                continue
            assert found.cost >= 0
            assert (str(row.id) in found.retained) is (lock is LockKind.IN)
            assert set(found.retained) == (before - set(found.leaves)) | set(found.enters)
            for code in found.leaves:
                assert because(instance, code, found.enters)


def test_try_of_the_unknown_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        with_locks(made({"id": "c1"}), {"c9": LockKind.IN})


def test_because_says_the_narrowest_rule_first() -> None:
    rows = (
        {"id": "c1"},
        {"id": "c2", "academy": "B"},
        {"id": "c3", "theme": "U"},
        {"id": "c4", "academy": "C", "theme": "U"},
    )
    instance = made(
        *rows,
        incompatible=(("c1", "c4"),),
        themes=(Theme(id="T", maximum=1), Theme(id="U")),
        academies=tuple(Academy(id=name, maximum=2) for name in "ABC"),
    )

    assert because(instance, "c1", ["c2"]) == "même thème, qui retient au plus 1 académie"
    assert because(instance, "c1", ["c3"]) == "même académie, limitée à 2 thèmes"
    assert because(instance, "c1", ["c4", "c2"]) == "elles ne peuvent être retenues ensemble"
    assert because(instance, "c2", ["c4"]).startswith("par contrecoup")
    assert because(made(*rows), "c1", ["c2", "c3"]).startswith("par contrecoup")  # no limit


def test_every_rule_says_what_would_relax_it() -> None:
    assert set(RELAX) == set(RuleKind)
