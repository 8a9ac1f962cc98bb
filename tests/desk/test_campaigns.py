"""What the preparation of the campaigns awaits from each: to sign, adopt, write, unblock."""

import pytest

from tests.campaigns.preparing import (
    DAY,
    FACTS,
    NOW,
    OPENS,
    named_on,
    opened,
    prepared,
    signed,
    submitted,
)
from tests.desk.reading import awaited
from traam.access.roles import Role
from traam.campaigns import actions
from traam.campaigns.rules.signing import Side
from traam.campaigns.rules.texts import ThemeText

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
LATER = NOW + DAY


def titles(actor, now=LATER) -> list[str]:
    return [item.title for item in awaited(actor, now) if item.door == "prepared_campaigns"]


def test_texts_await_the_signature_of_each_side():
    made = submitted()
    to_sign = ["À signer : le cahier des charges 2026-2027", f"À signer : {made.theme.title}"]

    assert titles(made.inspector) == to_sign
    assert titles(made.pilot) == [*to_sign, "L’appel 2026-2027 attend encore 4 choses"]
    assert titles(made.expert) == []


def test_signed_text_awaits_the_other_side_alone():
    made = submitted()
    for text in made.texts:
        actions.sign_text(text=text, side=Side.DNE, now=NOW, actor=made.pilot)

    assert titles(made.pilot) == ["L’appel 2026-2027 attend encore 2 choses"]
    assert len(titles(made.inspector)) == 2


def test_draft_awaits_its_expert():
    made = prepared()

    assert titles(made.expert) == [f"À écrire : {made.theme.title}"]
    assert titles(made.inspector) == []


def test_call_ready_to_open_awaits_nobody():
    made = signed()

    assert titles(made.pilot) == titles(made.inspector) == titles(made.expert) == []


def test_open_call_awaits_no_signature():
    made = opened()

    assert titles(made.pilot, OPENS) == []


def test_blocked_call_says_that_its_hour_is_past():
    made = submitted()

    (item,) = [one for one in awaited(made.pilot, OPENS + DAY) if one.title.startswith("L’appel")]

    assert "Il devait s’ouvrir il y a 1\u00a0jour." in item.text
    assert item.href == "/preparation/campagnes/2026-2027/"


def test_transversal_theme_awaits_the_expert_of_a_discipline_until_adopted():
    facts = ThemeText.read(FACTS.content() | {"transversal": True, "disciplines": ["SVT"]})
    made = submitted(facts=facts)
    expert = named_on(made.theme, Role.EXPERT)
    mandate = type(expert.mandates[0])(role=Role.EXPERT, disciplines=frozenset({"SVT"}))
    of_svt = type(expert)(expert.person, (mandate,), expert.today)

    before = titles(of_svt)
    actions.adopt(theme=made.theme, discipline="SVT", now=NOW, actor=of_svt)

    assert before == [f"À adopter : {made.theme.title}"]
    assert titles(of_svt) == []


def test_transversal_theme_awaits_nobody_once_its_call_has_opened():
    facts = ThemeText.read(FACTS.content() | {"transversal": True, "disciplines": ["SVT"]})
    made = opened(facts=facts)
    expert = named_on(made.theme, Role.EXPERT)
    mandate = type(expert.mandates[0])(role=Role.EXPERT, disciplines=frozenset({"SVT"}))

    assert titles(type(expert)(expert.person, (mandate,), expert.today), OPENS) == []


def test_beyond_five_texts_the_others_are_counted():
    made = submitted()
    for number in range(6):
        facts = ThemeText.read(FACTS.content() | {"title": f"Thème {number}"})
        theme = actions.add_theme(campaign=made.campaign, facts=facts, now=NOW, actor=made.pilot)
        actions.submit_text(text=theme, now=NOW, actor=made.pilot)

    found = titles(made.pilot)

    assert len(found) == 7
    assert found[5] == "3 autres textes à signer"
