"""The delegate's comparison: ranked without a mouse or a script, foreseen, then one act."""

import re

import pytest
import time_machine

from tests.applications.browsing import client_of, page, posted
from tests.applications.factories import OpenThemeFactory, PieceFactory
from tests.applications.world import World, actor, state
from traam.applications import actions
from traam.applications.models import Application, Deposit, Event
from traam.applications.screens.comparing import by_numbers, swapped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def three(world: World, now) -> list[Application]:
    """Three of the academy await the visa."""
    themes = [world.theme, *(OpenThemeFactory(campaign=world.campaign) for _ in range(2))]
    made = [world.agreed(now, theme=theme) for theme in themes]
    for place, one in enumerate(made, start=1):
        Application.objects.filter(pk=one.pk).update(title=f"Projet {place}")
    return made


def at(world: World, **query: str) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/candidatures/academie/{world.academy.code}/?campagne={world.campaign.year}&{words}"


def order_of(text: str, found: list[Application]) -> list[str]:
    return sorted((one.code for one in found), key=lambda code: text.index(f"candidature-{code}"))


def test_applications_stand_side_by_side_on_the_same_headings(world, three) -> None:
    text = page(world.dan, at(world))

    table = text.partition('id="comparer-trial"')[2].partition("</table>")[0]
    assert table.count('<th scope="col"') == 4
    assert table.count('<th scope="row"') == 3
    assert table.count("Trois classes de 5e filment.") == 3


def test_move_of_one_is_a_link_that_anyone_can_follow(world, three) -> None:
    first, second, third = (one.code for one in three)
    text = page(world.dan, at(world))

    link = f"ordre={first}%2C{third}%2C{second}#candidature-{third}"
    moved = page(world.dan, at(world, ordre=f"{first},{third},{second}"))

    assert link in text
    assert order_of(moved, three) == [first, third, second]


def test_each_row_holds_what_is_said_once_it_has_moved(world, three) -> None:
    first, _, third = (one.code for one in three)

    text = page(world.dan, at(world, ordre=f"{third},{first}"))

    said = re.findall(r'data-row data-said="([^"]+)"', text)
    assert said == [
        "« Projet 3 » : rang 1 sur 2.",
        "« Projet 1 » : rang 2 sur 2.",
        "« Projet 2 » : laissée en attente.",
    ]


def test_numbers_typed_make_the_order_and_a_blank_leaves_one_to_wait(world, three) -> None:
    first, second, third = (one.code for one in three)

    text = page(
        world.dan, at(world, **{f"rang-{first}": "9", f"rang-{third}": "2", f"rang-{second}": ""})
    )

    assert order_of(text, three) == [third, first, second]
    assert "laissée en attente" in text


def test_numbers_make_an_order() -> None:
    assert by_numbers({"a": 3, "b": 1, "c": 3, "d": 2}, "abcd") == ("b", "d", "a", "c")


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ({"a": 1, "b": 1, "c": 3}, ("b", "a", "c")),
        ({"a": 1, "b": 2, "c": 1}, ("c", "a", "b")),
        ({"a": 3, "b": 2, "c": 3}, ("b", "c", "a")),
        ({"a": 2, "b": 2, "c": 3}, ("b", "a", "c")),
        ({"a": 2, "b": 1, "c": 3}, ("b", "a", "c")),
        ({"b": 2, "c": 1}, ("c", "b")),
        ({"a": 9, "b": 9, "c": 3}, ("c", "a", "b")),
        ({}, ()),
    ],
)
def test_number_that_was_changed_takes_its_rank(numbers, order) -> None:
    assert by_numbers(numbers, "abc") == order


def test_one_typed_before_the_second_puts_it_first(world, three) -> None:
    first, second, third = (one.code for one in three)

    typed = {f"rang-{first}": "1", f"rang-{second}": "1", f"rang-{third}": "3"}

    assert order_of(page(world.dan, at(world, **typed)), three) == [second, first, third]


@pytest.mark.parametrize("wrong", ["-3", "0", "deux"])
@pytest.mark.parametrize("more", [{}, {"essai": "1"}])
def test_number_that_is_no_rank_is_refused_and_leaves_it_in_its_place(
    world, three, wrong, more
) -> None:
    first, second, third = (one.code for one in three)

    typed = {f"rang-{first}": "1", f"rang-{second}": wrong, f"rang-{third}": "3"} | more
    text = page(world.dan, at(world, **typed))

    said = "n’est pas un rang : donnez un nombre à partir de 1, ou rien pour la laisser en attente."
    assert f"Pour « Projet 2 », « {wrong} » {said}" in text.replace("\u00a0", " ")
    assert order_of(text, three) == [first, second, third]
    assert "badge--warning" not in text


def test_neighbours_change_places() -> None:
    assert swapped(("a", "b", "c"), 1) == ("a", "c", "b")


def test_dry_run_says_what_will_become_of_each_and_writes_nothing(world, three) -> None:
    first, second, _ = (one.code for one in three)

    text = page(world.dan, at(world, ordre=f"{second},{first}", essai="1"))

    assert text.count("visée, classée et déposée") == 2
    assert text.count("laissée en attente du visa") == 1
    assert not Deposit.objects.exists()
    assert f'name="ordre" value="{second},{first}"' in text


def test_one_act_endorses_ranks_and_deposits_all_and_gives_the_receipts(world, three) -> None:
    order = ",".join(one.code for one in reversed(three))

    text = posted(world.dan, at(world), {"ordre": order})

    ranks = dict(Application.objects.values_list("code", "rank"))
    assert [ranks[one.code] for one in three] == [3, 2, 1]
    assert {state(one) for one in three} == {"deposited"}
    assert "3 candidatures visées et déposées" in text
    assert text.count("/recepisse.pdf") == 3


def test_ranks_change_after_the_deposit(world, three) -> None:
    codes = [one.code for one in three]
    posted(world.dan, at(world), {"ordre": ",".join(codes)})

    text = posted(world.dan, at(world), {"ordre": ",".join(reversed(codes))})

    assert "2 rangs changés" in text
    assert Application.objects.get(code=codes[0]).rank == 3
    assert Deposit.objects.count() == 3


def test_what_changed_since_the_dry_run_is_refused_whole(world, three, now) -> None:
    actions.send_back(application=three[0], reason="À revoir.", now=now, actor=actor(world.dan))

    text = posted(world.dan, at(world), {"ordre": ",".join(one.code for one in three)}, 400)

    assert "n’est pas à viser ni à classer" in text
    assert not Deposit.objects.exists()


def test_delegate_of_another_academy_is_told_who_may(world, three) -> None:
    text = page(World().dan, at(world), 403)

    assert f"le DAN de l’académie de {world.academy.name}" in text.replace("d’A", "de A")


@pytest.mark.parametrize("who", ["author", "inspector", "rector"])
def test_nobody_else_compares(world, three, who) -> None:
    assert client_of(getattr(world, who)).get(at(world)).status_code == 403


def test_visa_received_by_mail_is_entered_by_the_pilot_and_marked_so(world, three) -> None:
    order = three[0].code

    refused = posted(world.pilot, at(world), {"ordre": order, "canal": " "}, 400)
    posted(world.pilot, at(world), {"ordre": order, "canal": "courriel du DAN, 19 mars"})

    assert "Dites d’après quoi" in refused
    assert state(three[0]) == "deposited"
    assert Event.objects.get(verb="application.endorse").channel == "courriel du DAN, 19 mars"


def test_comparison_without_application_says_when_there_will_be_some(world, now) -> None:
    world.begun(now)

    text = page(world.dan, at(world))

    assert "Aucune candidature n’attend votre visa" in text
    assert "brouillon, chez ses auteurs" in text


def test_without_any_call_the_page_says_so(world) -> None:
    type(world.campaign).objects.update(state="closed")

    assert "Aucun appel n’est en cours" in page(
        world.dan, f"/candidatures/academie/{world.academy.code}/"
    )


@pytest.mark.parametrize("query", ["ordre=zzz", "ordre=", "rang-zzz=1", "essai=1&ordre="])
def test_nonsense_in_the_address_breaks_nothing(world, three, query) -> None:
    name, _, value = query.partition("=")

    assert client_of(world.dan).get(at(world) + f"{name}={value}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_comparison_asks_the_same_whatever_its_length(
    world, now, count, django_assert_num_queries
) -> None:
    for place in range(count):
        theme = OpenThemeFactory(campaign=world.campaign) if place else world.theme
        PieceFactory(application=world.agreed(now, theme=theme))
    client = client_of(world.dan)
    client.get(at(world))

    # session, account, mandates, delegations; academy, campaign; applications, milestones,
    # inspectors, answers, pieces; academies of the day
    with django_assert_num_queries(11):
        client.get(at(world))
