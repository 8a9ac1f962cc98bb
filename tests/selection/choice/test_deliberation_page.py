"""The deliberation of a theme, from outside: what each reader sees, what is tried."""

import re

import pytest
from django.urls import reverse

from tests.house.pages import check_page
from tests.selection import factories
from tests.selection.choice.setting import room, text_of
from tests.selection.factories import NOW, clear
from traam.access.roles import Role
from traam.applications.rules.life import Standing
from traam.selection import actions
from traam.selection.models import Lock, Review, Variant
from traam.selection.optimiser.wording import held_sentence, points, why_sentence
from traam.selection.queries.instance import gathered
from traam.selection.queries.variants import reading
from traam.selection.rules.life import DecisionKind
from traam.selection.screens.deliberating import CONFLICT, CONFLICT_IN_ROOM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
RETAINED, RESERVE, NOT_RETAINED = DecisionKind


def deliberation_of(ready, visit, person=None, query="") -> str:
    return visit(person or ready.expert, "deliberation", query=query, code=ready.theme.code)


def test_deliberation_shows_the_numbers_and_the_why_of_the_optimiser(ready, visit) -> None:
    computed = reading(ready.compute())
    page = deliberation_of(ready, visit)

    for place in range(3):
        assert ready.cases[place].application.academy.name in page
    names = gathered(campaign=ready.campaign).names()
    assert computed.left_out()
    for out in computed.explanation.left_out:
        assert why_sentence(out, names=names) in page
    for held in computed.explanation.held:
        assert held_sentence(held) in page
    assert "sans effet" in page
    assert "16,00" in page
    for held in computed.explanation.held:
        assert ("solide" if held.is_robust else "fragile") in page


def test_deliberation_without_a_reference_teaches_what_is_missing(ready, visit) -> None:
    page = deliberation_of(ready, visit)

    assert "Aucune proposition n’est calculée" in page
    assert reverse("variants", kwargs={"year": ready.campaign.year}) not in page


def test_deliberation_never_computes(ready, visit, monkeypatch) -> None:
    ready.compute()
    monkeypatch.setattr("traam.selection.actions.choosing.solved", lambda *a, **k: 1 / 0)

    deliberation_of(ready, visit)
    person = ready.study.pilot
    visit(person, "arbitration", year=ready.campaign.year)
    visit(person, "variants", year=ready.campaign.year)
    visit(person, "variant", key=Variant.objects.get().pk)


def test_whoever_is_in_conflict_reads_a_hidden_line_without_title_nor_number(ready, visit) -> None:
    application = ready.cases[2].application
    actions.lock(case=ready.cases[2], is_in=True, reason="Non", now=NOW, actor=ready.pilot)
    ready.compute()
    ready.decide(1, RETAINED, actor=ready.pilot, departure=f"Mieux que {application.academy.name}")
    clear([application], [ready.expert], standing=Standing.PINNED)

    page = deliberation_of(ready, visit)

    assert CONFLICT in page
    assert application.title not in page
    assert application.code not in page
    for name in ("case_decide", "case_lock"):
        assert reverse(name, kwargs={"key": ready.cases[2].pk}) not in page
    row = page[page.index("<tbody>") :]
    assert application.academy.name not in row.split("Journal des écarts")[0]


def test_ranking_is_downloaded_as_it_is_shown_without_what_is_in_conflict(ready, client) -> None:
    application = ready.cases[1].application
    clear([application], [ready.expert], standing=Standing.PINNED)
    client.force_login(ready.expert)
    address = reverse("deliberation", kwargs={"code": ready.theme.code})

    lines = client.get(f"{address}?format=csv").content.decode("utf-8-sig").splitlines()

    assert len(lines) == 4  # the headers, two cases, one hidden
    assert ready.cases[0].application.title in lines[1]
    assert lines[3].strip(",") == CONFLICT
    assert not any(application.title in line for line in lines)


def test_displaced_case_in_conflict_is_told_without_its_title(ready, press) -> None:
    application = ready.cases[1].application
    clear([application], [ready.expert], standing=Standing.PINNED)

    answer = press(
        ready.expert,
        "deliberation_try",
        {"essai": f"{ready.cases[2].pk}:in"},
        code=ready.theme.code,
    )

    page = text_of(answer)
    assert "dossier en conflit d’intérêts" in page
    assert application.title not in page
    assert application.code not in page


def test_displaced_case_of_another_theme_is_told_by_its_theme(db, press) -> None:
    made = room(
        [[3, 3], [-1, -1], [4, 4], [-1, -1]],
        themes=2,
        academies=2,
        rules={"themes_per_academy_max": 1, "academies_min": 0},
    )

    elsewhere = made.cases[2].application
    elsewhere.title = "Un titre que le thème ne doit pas lire"
    elsewhere.save(update_fields=["title"])

    answer = press(
        made.expert, "deliberation_try", {"essai": f"{made.cases[0].pk}:in"}, code=made.theme.code
    )

    page = text_of(answer)
    assert f"dossier du thème {made.study.themes[1].title}" in page
    assert elsewhere.title not in page
    assert elsewhere.code not in page


def test_what_someone_in_the_room_may_not_know_is_hidden(ready, visit) -> None:
    other = ready.study.reviewers[ready.theme.code][1]
    application = ready.cases[0].application
    clear([application], [other], standing=Standing.FOUND)

    page = deliberation_of(ready, visit, query=f"?salle={other.pk}")

    assert CONFLICT_IN_ROOM in page
    assert application.title not in page
    assert application.title in deliberation_of(ready, visit)


def test_reviewer_who_owes_a_review_reads_neither_scores_nor_proposal(ready, visit) -> None:
    ready.compute()
    Review.objects.filter(case=ready.cases[0], reviewer=ready.expert).update(
        state="begun", submitted_at=None
    )

    page = deliberation_of(ready, visit)

    assert "Rendez d’abord votre avis sur ce dossier" in page
    row = page[page.index(ready.cases[0].application.title) :].split("</tr>")[0]
    assert "solide" not in row
    assert "fragile" not in row
    assert "16,00" not in row


def test_another_theme_has_no_deliberation_page(ready, visit) -> None:
    stranger = factories.reviewer(factories.theme_of(ready.campaign))

    visit(stranger, "deliberation", status=404, code=ready.theme.code)


@pytest.mark.parametrize("role", [Role.DIGITAL_DELEGATE, Role.REFERENT, Role.RECTOR, Role.DGESCO])
def test_nobody_else_reads_a_deliberation(ready, visit, role) -> None:
    person = factories.reviewer(role=role, academies=[ready.study.academies[0].code])

    visit(person, "deliberation", status=403, code=ready.theme.code)
    visit(person, "case_decide", status=404, key=ready.cases[0].pk)


@pytest.mark.parametrize("academies", [1, 3])
def test_deliberation_asks_the_same_queries_whatever_the_size(
    academies, client, django_assert_num_queries
) -> None:
    made = room([[3, 3]] * academies, academies=academies)
    made.compute()
    for place in range(academies):
        made.decide(place, NOT_RETAINED, departure="Non")
    client.force_login(made.expert)
    address = reverse("deliberation", kwargs={"code": made.theme.code})
    client.get(address)

    # session, person, mandates, delegations (4); theme; the instance (6, its académies are those of
    # the map); its people; what the reader may do; reference; departures
    with django_assert_num_queries(14):
        client.get(address)
    # the case, whether it may be decided of, its reviews; of the instance, what it does not compute
    with django_assert_num_queries(13):
        client.get(reverse("case_decide", kwargs={"key": made.cases[0].pk}))


# -- « Et si ? »


def test_what_if_says_cost_and_displaced_and_writes_nothing(ready, press) -> None:
    price = reading(ready.compute()).left_out()[ready.code(2)].price

    answer = press(
        ready.expert,
        "deliberation_try",
        {"essai": f"{ready.cases[2].pk}:in"},
        code=ready.theme.code,
    )

    page = text_of(answer)
    check_page(answer.content.decode())
    assert f"Coût : <strong>{points(price)}</strong>" in page
    assert f"{ready.cases[1].application.title}</strong> : même thème" in page
    assert not Lock.objects.exists()


def test_fragment_of_what_if_equals_the_part_of_the_page(ready, press) -> None:
    data = {"essai": f"{ready.cases[2].pk}:in"}
    part = press(
        ready.expert,
        "deliberation_try",
        data,
        headers={"HX-Request": "true"},
        code=ready.theme.code,
    )
    page = press(ready.expert, "deliberation_try", data, code=ready.theme.code)

    def bare(html) -> str:
        return re.sub(r'value="\w{64}"', "", html)

    assert bare(part.content.decode()).strip() in bare(page.content.decode())


def test_tries_add_up_and_one_is_taken_away(ready, press) -> None:
    keys = [case.pk for case in ready.cases]

    page = text_of(
        press(
            ready.expert,
            "deliberation_try",
            {"essai": [f"{keys[0]}:out", f"{keys[1]}:out"], "sans": str(keys[0])},
            code=ready.theme.code,
        )
    )

    assert f'value="{keys[1]}:out"' in page
    assert f'name="essai" value="{keys[0]}:out"' not in page.split("Classement")[0]


def test_contradiction_is_said_in_french_with_what_to_relax(ready, press) -> None:
    data = {"essai": [f"{case.pk}:in" for case in ready.cases]}

    page = text_of(press(ready.expert, "deliberation_try", data, code=ready.theme.code))

    assert f"Le thème « {ready.theme.title} » retient au plus 2 candidatures." in page
    assert "À relâcher : lever ce verrou." in page


@pytest.mark.parametrize("value", ["", "x", "12", "999999:in", "1:inn", ":in", "99999999999999:in"])
def test_what_if_of_nonsense_shows_the_page(ready, press, value) -> None:
    answer = press(ready.expert, "deliberation_try", {"essai": value}, code=ready.theme.code)

    assert answer.status_code == 200
