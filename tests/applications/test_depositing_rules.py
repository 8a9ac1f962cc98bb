"""What a deposit keeps, word for word: its digest is on the receipt."""

import json
from datetime import UTC, datetime

import pytest

from tests.campaigns.forms import ONE, TEXT
from traam.applications.rules.depositing import (
    DepositFacts,
    PieceFacts,
    content_of,
    order_faults,
)
from traam.campaigns.rules.call import Commitment
from traam.campaigns.rules.questions import Form

AT = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
FACTS = DepositFacts(
    application="2027-2028-09-3",
    campaign="2027-2028",
    theme="maths",
    academy="09",
    associated=("17", "10"),
    number=2,
    deposited_at=AT,
    questionnaire=4,
    questionnaire_digest="a" * 64,
    brief_digest="",
    authors=(7, 5),
    inspectors={8: AT, 6: None},
    pieces=(PieceFacts("plan.pdf", "Plan", "b" * 64, 12),),
    commitments=(Commitment("hours", "Des heures"),),
)


def test_deposit_keeps_all_that_was_said_of_it() -> None:
    form = Form(sections=(ONE,), questions=(TEXT,))

    content = content_of(FACTS, core=Form(), form=form, answers={"what": "Oui", "other": "Non"})

    assert content == {
        "application": "2027-2028-09-3",
        "campaign": "2027-2028",
        "theme": "maths",
        "academy": "09",
        "associated": ["17", "10"],
        "number": 2,
        "deposited_at": "2027-03-01T08:30:00.000000Z",
        "questionnaire": 4,
        "questionnaire_digest": "a" * 64,
        "brief_digest": "",
        "authors": [7, 5],
        "inspectors": {"8": "2027-03-01T08:30:00.000000Z", "6": ""},
        "pieces": [{"name": "plan.pdf", "label": "Plan", "digest": "b" * 64, "size": 12}],
        "commitments": [{"key": "hours", "label": "Des heures"}],
        "answers": {"what": "Oui"},
    }
    assert json.loads(json.dumps(content)) == content


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["a", "b"], []),
        (["b", "a", "b"], ["La candidature b est classée 2 fois."]),
        (
            ["c"],
            [
                "La candidature c n’est pas à viser ni à classer : elle n’attend pas le visa, ou "
                "n’est pas de cette académie."
            ],
        ),
    ],
)
def test_ranking_is_refused_in_these_words(order, said) -> None:
    assert order_faults(order, ["a", "b"]) == said
