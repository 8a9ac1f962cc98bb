"""A mandate limited to a team or a theme says which, wherever it is listed."""

from datetime import date

import pytest
from django.test import Client

from tests.groups.factories import TeamFactory
from tests.people.factories import DelegationFactory, MandateFactory, MandateScopeFactory
from traam.access.roles import Role
from traam.people.models import Mandate, ScopeKind

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2020, 9, 1)


@pytest.fixture
def team():
    return TeamFactory(group__theme__title="Mesurer le vivant", academy__name="Amiens")


def over(kind: ScopeKind, code: str, role: Role) -> Mandate:
    """The mandate of someone over this one thing."""
    made: Mandate = MandateFactory(role=role, starts_on=FIRST_DAY)
    MandateScopeFactory(mandate=made, kind=kind, code=code)
    return made


def page(mandate: Mandate, address: str) -> str:
    """What this person reads there, with plain spaces."""
    client = Client()
    client.force_login(mandate.person, "django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\xa0", " ")


def test_team_of_a_mandate_is_named_with_its_theme_and_year(team) -> None:
    mandate = over(ScopeKind.TEAM, team.code, Role.REFERENT)
    pilot = MandateFactory(role=Role.PILOT, starts_on=FIRST_DAY)
    named = f"équipe d’Amiens, « Mesurer le vivant » ({team.group.campaign.label})"

    shown = {
        "list": page(pilot, "/preparation/personnes/"),
        "account": page(pilot, f"/preparation/personnes/{mandate.person_id}/"),
        "deputy": page(mandate, f"/compte/mandats/{mandate.pk}/suppleance/"),
    }

    assert {where: named in text for where, text in shown.items()} == dict.fromkeys(shown, True)
    assert not any(team.code in text for text in shown.values())


def test_team_is_named_where_a_delegation_is_withdrawn(team) -> None:
    mandate = over(ScopeKind.TEAM, team.code, Role.REFERENT)
    lent = DelegationFactory(mandate=mandate, ends_on=date(2199, 9, 1))

    text = page(mandate, f"/compte/suppleances/{lent.pk}/retirer/")

    assert "(équipe d’Amiens, « Mesurer le vivant »" in text


def test_theme_of_a_mandate_is_named_with_its_year(team) -> None:
    theme = team.group.theme
    mandate = over(ScopeKind.THEME, theme.code, Role.EXPERT)

    text = page(mandate, "/tableau-de-bord/")

    assert f"thème « Mesurer le vivant » ({theme.campaign.label})" in text
    assert theme.code not in text


def test_code_that_names_nothing_any_more_is_shown_as_it_is() -> None:
    assert "equipe-oubliee" in page(
        over(ScopeKind.TEAM, "equipe-oubliee", Role.REFERENT), "/tableau-de-bord/"
    )
