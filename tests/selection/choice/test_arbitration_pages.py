"""All themes and all variants, from outside, for the pilot."""

import re

import pytest
from django.urls import reverse

from tests.selection.choice.setting import room, text_of
from tests.selection.factories import NOW
from traam.applications.models import Application
from traam.applications.rules.life import ApplicationState
from traam.campaigns.rules.life import CampaignState
from traam.selection import actions
from traam.selection.models import Decision, Variant
from traam.selection.optimiser.instance import LockKind
from traam.selection.queries.variants import reading
from traam.selection.rules.life import DecisionKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
RETAINED, RESERVE, NOT_RETAINED = DecisionKind


def deliberation_of(ready, visit, person=None, query="") -> str:
    return visit(person or ready.expert, "deliberation", query=query, code=ready.theme.code)


def test_arbitration_says_what_clashes_between_themes(db, visit) -> None:
    """An academy on two themes is normal; on three it is said, where two is the most."""
    made = room([[3, 3]] * 6, themes=3, academies=2)
    for place in (0, 2):
        made.decide(place, RETAINED, actor=made.pilot)
    year = made.campaign.year

    assert "Rien : aucune académie ne dépasse 2 thèmes" in visit(
        made.study.pilot, "arbitration", year=year
    )
    made.decide(4, RETAINED, actor=made.pilot)
    page = visit(made.study.pilot, "arbitration", year=year)

    name = made.study.academies[0].name
    assert f"L’académie de {name} est retenue sur 3 thèmes, pour 2 au plus" in page
    assert "à décider" in page


def test_arbitration_says_who_is_served_and_what_the_rules_change(ready, visit) -> None:
    variant = ready.compute()
    ready.decide(0, RETAINED)

    page = visit(ready.study.pilot, "arbitration", year=ready.campaign.year)

    effect = reading(variant).effects[-1]
    assert effect.group.label == "ensemble"
    assert "Ensemble" in page
    assert "Sur les notes seules" in page
    rows = re.findall(r"<tr>\s*<th scope=\"row\">Candidatures retenues</th>(.*?)</tr>", page, re.S)
    assert re.findall(r">([\d–]+)<", rows[0]) == ["1", "2", "3"]


def test_arbitration_names_a_decision_left_on_a_withdrawn_application(ready, visit) -> None:
    ready.decide(0, RETAINED)
    application = ready.cases[0].application
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])

    page = visit(ready.study.pilot, "arbitration", year=ready.campaign.year)

    assert f"Une décision reste préparée pour « {application.title} »" in page


def _pages(made, visit) -> tuple[str, str]:
    """The arbitration and the deliberation, for the pilot."""
    year = made.campaign.year
    return (
        visit(made.study.pilot, "arbitration", year=year),
        deliberation_of(made, visit, made.study.pilot),
    )


def test_proposal_is_offered_while_it_says_something_of_what_is_left(ready, visit) -> None:
    ready.compute()

    assert ["Prendre la proposition" in page for page in _pages(ready, visit)] == [True, True]


def test_proposal_that_contradicts_itself_is_not_offered_and_the_pages_say_what_to_do(
    db, visit
) -> None:
    made = room(rules={"academies_min": 4, "academies_max": 5})
    made.compute()

    whole, theme = _pages(made, visit)

    assert "Prendre la proposition" not in whole + theme
    assert "puis calculez à nouveau" in whole
    assert "ne propose rien : ses règles se contredisent. Décidez-les un par un" in theme


def test_proposal_that_knows_none_of_the_cases_left_is_not_offered(ready, visit) -> None:
    last = ready.cases[2].application
    Application.objects.filter(pk=last.pk).update(state=ApplicationState.WITHDRAWN)
    ready.compute()
    Application.objects.filter(pk=last.pk).update(state=ApplicationState.DEPOSITED)
    ready.decide(0, RETAINED)
    ready.decide(1, RETAINED)

    whole, theme = _pages(ready, visit)
    taking = visit(ready.study.pilot, "arbitration_take", year=ready.campaign.year)

    assert "Prendre la proposition" not in whole + theme
    assert "ne dit rien des dossiers qui restent" in whole
    assert "ne dit rien des dossiers qui restent" in theme
    assert "Préparer ces décisions" not in taking
    assert "Il n’y a rien à préparer" in taking


def test_arbitration_says_the_contradiction_of_a_reference_that_proposes_nothing(db, visit) -> None:
    made = room(rules={"academies_min": 4, "academies_max": 5})
    variant = made.compute()

    page = visit(made.study.pilot, "arbitration", year=made.campaign.year)

    assert "demande au moins 4 candidatures ; 3 y répondent." in page
    assert "À relâcher : laisser ce thème sous son minimum" in visit(
        made.study.pilot, "variant", key=variant.pk
    )


@pytest.mark.parametrize("name", ["arbitration", "arbitration_take", "variants", "variant_compare"])
def test_experts_have_no_door_to_arbitration(ready, visit, name) -> None:
    ready.compute()

    visit(ready.expert, name, status=403, year=ready.campaign.year)


def test_pilot_takes_the_whole_proposal(ready, visit, press) -> None:
    ready.compute()
    year = ready.campaign.year
    visit(ready.study.pilot, "arbitration_take", year=year)

    wrong = press(ready.study.pilot, "arbitration_take", {"reserves": "-1"}, year=year)
    assert wrong.status_code == 400
    press(ready.study.pilot, "arbitration_take", {"reserves": "2"}, year=year)

    assert Decision.objects.count() == 3


@pytest.mark.parametrize("themes", [1, 3])
def test_arbitration_asks_the_same_queries_whatever_the_size(
    themes, client, django_assert_num_queries
) -> None:
    made = room([[3, 3]] * themes, themes=themes, academies=1)
    made.compute()
    for place in range(themes):
        made.decide(place, NOT_RETAINED, actor=made.pilot, departure="Non")
    client.force_login(made.study.pilot)
    address = reverse("arbitration", kwargs={"year": made.campaign.year})
    client.get(address)

    # session, person, mandates, delegations (4); campaign; the instance (6); reference; departures;
    # the last seal
    with django_assert_num_queries(13):
        client.get(address)


# -- variants


def test_variant_is_computed_under_a_name_with_the_time_it_took(ready, client, press) -> None:
    year = ready.campaign.year

    answer = press(ready.study.pilot, "variant_compute", {"name": "Premier calcul"}, year=year)

    variant = Variant.objects.get()
    assert answer.headers["Location"] == reverse("variant", kwargs={"key": variant.pk})
    page = text_of(client.get(answer.headers["Location"]))
    assert re.search(r"« Premier calcul » est calculée en \d+,\d s : optimum prouvé", page)


def test_name_taken_is_refused_beside_its_field(ready, press) -> None:
    ready.compute()

    answer = press(
        ready.study.pilot, "variant_compute", {"name": "Premier calcul"}, year=ready.campaign.year
    )

    assert answer.status_code == 400
    assert "Une variante porte déjà le nom" in text_of(answer)


def test_two_variants_are_compared_and_their_differences_named(ready, visit) -> None:
    one = ready.compute("Sans verrou")
    actions.lock(case=ready.cases[2], is_in=True, reason="Oui", now=NOW, actor=ready.pilot)
    other = ready.compute("Avec verrou")

    page = visit(
        ready.study.pilot,
        "variant_compare",
        query=f"?une={one.pk}&autre={other.pk}",
        year=ready.campaign.year,
    )

    first, second = page.split('id="liste-1"')[1].split('id="liste-2"')
    assert ready.cases[1].application.title in first
    assert ready.cases[2].application.title in second
    assert "Elles ne partent pas des mêmes données." in page


def test_reference_and_name_are_changed_from_the_page(ready, press) -> None:
    ready.compute("Un")
    second = ready.compute("Deux")

    press(ready.study.pilot, "variant_reference", key=second.pk)
    press(ready.study.pilot, "variant_rename", {"name": "Retenue"}, key=second.pk)

    found = Variant.objects.get(is_reference=True)
    assert (found.pk, found.name) == (second.pk, "Retenue")


@pytest.mark.parametrize("name", ["variant_reference", "variant_rename"])
def test_experts_change_no_variant(ready, press, name) -> None:
    variant = ready.compute()

    assert press(ready.expert, name, {"name": "Autre"}, key=variant.pk).status_code == 403


def test_variant_is_downloaded_as_it_is_shown(ready, client) -> None:
    variant = ready.compute()
    client.force_login(ready.study.pilot)

    answer = client.get(reverse("variant", kwargs={"key": variant.pk}) + "?format=csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Thème,Académie,Candidature")


def test_pages_stay_readable_once_all_is_announced(ready, visit) -> None:
    variant = ready.compute()
    ready.decide(0, RETAINED)
    ready.campaign.state = CampaignState.ANNOUNCED
    ready.campaign.save(update_fields=["state"])

    page = deliberation_of(ready, visit)

    assert "Les décisions sont annoncées" in page
    assert reverse("case_decide", kwargs={"key": ready.cases[0].pk}) not in page
    year = ready.campaign.year
    assert "Calculer et garder" not in visit(ready.study.pilot, "variants", year=year)
    visit(ready.study.pilot, "arbitration", year=year)
    visit(ready.study.pilot, "variant", key=variant.pk)


def test_lock_kind_of_a_try_is_the_one_of_the_instance() -> None:
    from traam.selection.screens.trying import VALUES

    assert set(VALUES.values()) == set(LockKind)
