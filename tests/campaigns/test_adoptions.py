"""A transversal theme is adopted by each discipline's own expert, before its call opens."""

from dataclasses import replace

import pytest

from tests.campaigns.entering import of, page
from tests.campaigns.factories import AdoptionFactory
from tests.campaigns.preparing import FACTS, NOW, OPENS, acting, opened, prepared, submitted
from tests.people.factories import MandateFactory, MandateScopeFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns import actions
from traam.kit.refusals import NotAllowed, Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "at_now")]


def expert_of(discipline: str) -> Actor:
    mandate = MandateFactory(role=Role.EXPERT)
    MandateScopeFactory(mandate=mandate, kind="discipline", code=discipline)
    return acting(mandate.person)


def test_transversal_theme_is_adopted_by_the_expert_of_each_discipline():
    made = submitted(facts=replace(FACTS, transversal=True, disciplines=("MATHS", "SVT")))
    of_svt = expert_of("SVT")

    for _ in range(2):
        actions.adopt(theme=made.theme, discipline="SVT", now=NOW, actor=of_svt)
    with pytest.raises(NotAllowed):
        actions.adopt(theme=made.theme, discipline="MATHS", now=NOW, actor=of_svt)

    assert list(made.theme.adoptions.values_list("discipline", "person")) == [
        ("SVT", of_svt.person)
    ]
    actions.withdraw_adoption(
        theme=made.theme, discipline="SVT", reason="Un doublon.", now=NOW, actor=of_svt
    )
    assert not made.theme.adoptions.exists()


def test_draft_is_not_adopted():
    made = prepared(facts=replace(FACTS, transversal=True))
    of_maths = expert_of("MATHS")

    with pytest.raises(Refusal, match="pas encore soumis"):
        actions.adopt(theme=made.theme, discipline="MATHS", now=NOW, actor=of_maths)


def test_theme_is_no_longer_adopted_once_its_call_has_opened():
    made = opened(facts=replace(FACTS, transversal=True))
    of_maths = expert_of("MATHS")

    with pytest.raises(Refusal, match="L’appel est ouvert : un thème s’adopte avant"):
        actions.adopt(theme=made.theme, discipline="MATHS", now=OPENS, actor=of_maths)

    assert not made.theme.adoptions.exists()


@pytest.mark.parametrize(
    ("far", "said"),
    [(submitted, "Adopter pour cette"), (opened, "non adopté")],
)
def test_adoption_is_asked_for_until_the_call_opens(far, said):
    made = far(facts=replace(FACTS, transversal=True))

    text = page(of(expert_of("MATHS")), f"/preparation/themes/{made.theme.code}/")

    adoptions = text.partition('id="adoptions"')[2].partition("</section>")[0]
    every = ("Adopter pour cette", "non adopté", "en attente")
    assert [words for words in every if words in adoptions] == [said]
    assert ("un thème s’adopte avant" in adoptions) is (said == "non adopté")


@pytest.mark.parametrize(("far", "is_last"), [(submitted, False), (opened, True)])
def test_withdrawing_says_when_it_cannot_be_taken_back(far, is_last):
    made = far(facts=replace(FACTS, transversal=True))
    AdoptionFactory(theme=made.theme, discipline="MATHS")

    text = page(of(expert_of("MATHS")), f"/preparation/themes/{made.theme.code}/")

    assert "Retirer cette adoption" in text
    assert ("elle ne pourra plus l’adopter" in text) is is_last
