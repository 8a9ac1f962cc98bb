"""Last year's application is taken up again; a work of two years is pursued."""

import pytest

from tests.applications.world import COMPLETE, World, actor, holding
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.models import Application
from traam.kit.refusals import NotAllowed


def test_application_of_last_year_is_cloned_but_for_its_commitments(world: World, now) -> None:
    old = World(academy=world.academy)
    source = old.deposited(now)

    made = world.begun(now, actor=actor(old.author), clone_from=source)

    said = dict(made.answers.values_list("field", "value"))
    assert said == {name: value for name, value in COMPLETE.items() if name != "commitments"}
    assert Application.objects.get(pk=made.pk).title == COMPLETE["title"]


def test_application_of_another_academy_is_not_cloned(world: World, now) -> None:
    source = World().deposited(now)
    other = holding(Role.REFERENT, academy=world.academy.code)

    with pytest.raises(NotAllowed):
        world.begun(now, actor=actor(other), clone_from=source)


def test_second_year_of_a_theme_pursues_the_application_deposited_for_two_years(
    world: World, now
) -> None:
    old = World(academy=world.academy)
    source = old.complete(now)
    old.fill(source, {"duration_years": "two"}, now, base=1)
    actions.submit(application=source, now=now, actor=actor(old.author))
    actions.agree(application=source, now=now, actor=actor(old.inspector))
    old.endorse(now, source.code)
    source.refresh_from_db()
    world.theme.continues = old.theme
    world.theme.save()

    made = world.begun(now, actor=actor(old.author), clone_from=source)

    assert made.continues == source


def test_application_of_one_year_is_not_pursued(world: World, now) -> None:
    old = World(academy=world.academy)
    source = old.deposited(now)
    world.theme.continues = old.theme
    world.theme.save()

    made = world.begun(now, actor=actor(old.author), clone_from=source)

    assert made.continues is None
