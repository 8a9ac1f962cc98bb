"""What every application says, and the questions that a campaign begins with."""

from dataclasses import replace

import pytest

from traam.campaigns.rules.call import CallRules, Commitment
from traam.campaigns.rules.default_form import (
    ASSOCIATED,
    COMMITMENTS,
    CORE,
    CORE_FIELDS,
    DEFAULT_FORM,
    TEAM,
    core_for,
)
from traam.campaigns.rules.form_faults import faults
from traam.campaigns.rules.questions import Form, Option, Question, joined


def test_core_and_default_questions_may_be_published() -> None:
    rules = CallRules()
    core = core_for(
        team_min=rules.team_min,
        commitments=rules.commitments,
        academies=[Option("a09", "Lille"), Option("a17", "Nantes")],
    )

    assert faults(core) == []
    assert faults(DEFAULT_FORM, reserved=CORE_FIELDS) == []
    assert faults(joined(core, DEFAULT_FORM)) == []


def changed_from_the_core(core: Form) -> dict[str, Question]:
    """The questions that a campaign composes otherwise; all the rest is the core."""
    assert core.sections == CORE.sections
    assert [one.id for one in core.questions] == [one.id for one in CORE.questions]
    return {one.id: one for one in core.questions if one != CORE.question(one.id)}


def test_core_takes_the_numbers_the_commitments_and_the_academies_of_the_campaign() -> None:
    core = core_for(
        team_min=4,
        commitments=[Commitment("index", "Indexer."), Commitment("class", "Essayer.")],
        academies=[Option("09", "Lille"), Option("17", "Nantes")],
    )

    team, associated, engaged = (CORE.question(each) for each in (TEAM, ASSOCIATED, COMMITMENTS))
    assert team is not None
    assert associated is not None
    assert engaged is not None
    assert changed_from_the_core(core) == {
        "team": replace(team, repeats_min=4, repeats_max=40),
        "associated": replace(associated, options=(Option("09", "Lille"), Option("17", "Nantes"))),
        "commitments": replace(
            engaged, options=(Option("index", "Indexer."), Option("class", "Essayer."))
        ),
    }


@pytest.mark.parametrize(("least", "most"), [(1, 40), (40, 40), (41, 41), (50, 50)])
def test_team_has_forty_people_at_most_or_as_many_as_the_campaign_asks(
    least: int, most: int
) -> None:
    team = core_for(team_min=least, commitments=[]).question(TEAM)

    assert team is not None
    assert (team.repeats_min, team.repeats_max) == (least, most)


def test_core_asks_for_no_commitment_where_the_campaign_has_none() -> None:
    core = core_for(team_min=3, commitments=[])

    engaged = CORE.question(COMMITMENTS)
    assert engaged is not None
    assert engaged.required
    assert changed_from_the_core(core) == {
        "commitments": replace(engaged, options=(), required=False)
    }
    assert {one.id for one in CORE.questions} == CORE_FIELDS
    assert ASSOCIATED in CORE_FIELDS


def test_questions_that_a_campaign_begins_with_are_these() -> None:
    asked = [
        (one.id, one.kind.value, one.section, one.required, one.limit)
        for one in DEFAULT_FORM.in_order()
    ]

    assert asked == [
        ("problem", "long_text", "trial", True, 4000),
        ("protocol", "long_text", "trial", True, 4000),
        ("observation", "long_text", "trial", True, 4000),
        ("offer", "long_text", "sharing", True, 4000),
        ("productions", "block", "sharing", True, None),
        ("tools", "long_text", "means", False, 1000),
        ("partners", "long_text", "means", False, 1000),
        ("earlier", "long_text", "means", False, 2000),
        ("requested", "long_text", "means", False, 2000),
    ]
    assert [one.as_data() for one in DEFAULT_FORM.of_section("trial")[:2]] == [
        {
            "id": "problem",
            "kind": "long_text",
            "label": "La problématique, au regard de celle du thème",
            "help": "Ce que votre académie cherche à savoir, et pourquoi ce thème.",
            "section": "trial",
            "required": True,
            "limit": 4000,
        },
        {
            "id": "protocol",
            "kind": "long_text",
            "label": "Ce qui sera essayé, et dans quelles classes",
            "section": "trial",
            "required": True,
            "limit": 4000,
        },
    ]
