"""What rests on a published work: the notices that take it up, the syntheses of its theme."""

import re
from dataclasses import replace

import pytest

from tests.catalogue.public import published, withdrawn
from tests.productions.factories import ProductionFactory
from tests.syntheses.publishing import page
from tests.syntheses.publishing import published as synthesised
from tests.syntheses.world import world
from traam.catalogue import actions, queries
from traam.catalogue.models import Notice
from traam.catalogue.record import Term
from traam.catalogue.search import engine
from traam.kit.clock import now


def taking_up(source: Notice, origin: str, **words) -> Notice:
    return published(origin, based_on=(Term(source.ark, "La source"),), **words)


def section(text: str, name: str) -> str:
    """The part of the page under this heading, "" when there is none."""
    return text.partition(f'aria-labelledby="{name}">')[2].partition("</section>")[0]


def test_notice_leads_to_the_notices_that_take_it_up(reader) -> None:
    source = published("essai:1", title="La source")
    taken = taking_up(source, "essai:2", title="La reprise")
    published("essai:3", title="Une voisine")

    listed = section(page(reader, f"/catalogue/{source.ark}/"), "reprises")

    assert re.findall(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*)', listed) == [
        (f"/catalogue/{taken.ark}/", "La reprise")
    ]
    assert section(page(reader, f"/catalogue/{taken.ark}/"), "reprises") == ""


def test_notice_that_takes_it_up_is_not_listed_again_beside(reader) -> None:
    alike = {"disciplines": (Term("SVT", "Sciences de la vie et de la Terre"),)}
    source = published("essai:0", **alike)
    others = [published(f"essai:{number}", **alike) for number in range(1, 6)]
    taken = taking_up(source, "essai:6", years=("2025-2026",), **alike)

    beside = section(page(reader, f"/catalogue/{source.ark}/"), "voisines")

    listed = re.findall(r'href="/catalogue/(\w+)/"', beside)
    assert len(listed) == queries.RELATED_MAX
    assert taken.ark not in listed
    assert set(listed) <= {one.ark for one in others}


def test_reprise_appears_when_it_is_published_and_goes_when_it_is_withdrawn(reader) -> None:
    source = published("essai:1")
    address = f"/catalogue/{source.ark}/"
    engine().clock = lambda: 0.0
    assert section(page(reader, address), "reprises") == ""

    taken = taking_up(source, "essai:2", title="La reprise")
    assert "La reprise" in section(page(reader, address), "reprises")

    withdrawn(taken)
    assert section(page(reader, address), "reprises") == ""


def test_reprise_corrected_to_take_up_nothing_is_no_longer_listed(reader) -> None:
    source = published("essai:1")
    taken = taking_up(source, "essai:2")
    alone = replace(taken.frozen(), based_on=())
    actions.correct(ark=taken.ark, record=alone, reason="Autre source", now=now(), actor=None)
    engine().follow()

    assert section(page(reader, f"/catalogue/{source.ark}/"), "reprises") == ""


def test_reprises_beyond_those_listed_are_counted(reader, monkeypatch) -> None:
    monkeypatch.setattr(queries, "LIST_MAX", 2)
    source = published("essai:0")
    for number in range(1, 5):
        taking_up(source, f"essai:{number}")

    listed = section(page(reader, f"/catalogue/{source.ark}/"), "reprises")

    assert listed.count("<li>") == 2
    assert "Et 2 autres, plus anciennes." in listed


def test_notice_leads_to_the_syntheses_of_its_theme_and_names_no_finding(reader) -> None:
    here, there = world(teams=2, trials=5), world(teams=1, trials=5, level="4E")
    theme = here.group.theme
    assert theme != there.group.theme
    found = here.finding(0, 1, 2, 3, 4, sought=10)
    synthesis, notice = synthesised(here, found)
    synthesised(there, there.finding(0, 1, 2, 3, 4))
    work = published("essai:1", theme=Term(theme.code, theme.title))

    text = page(reader, f"/catalogue/{work.ark}/")

    listed = section(text, "constats")
    assert re.findall(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*)', listed) == [
        (f"/syntheses/{notice.ark}/", synthesis.title)
    ]
    assert "/constats/" not in text
    assert found.text not in text
    assert "plusieurs classes du thème" in listed
    assert "data-seen" not in text


def test_page_of_a_work_says_the_same_whether_its_classes_are_counted_or_not(reader) -> None:
    here = world(teams=1, trials=5)
    theme = Term(here.group.theme.code, here.group.theme.title)
    synthesised(here, here.finding(0, 1, 2, 3, 4))
    untried = ProductionFactory(team=here.teams[0], shared=True)
    works = [
        published(f"production:{one.code}", theme=theme)
        for one in (here.trials[0].production, untried)
    ]

    tried_says, untried_says = (
        section(page(reader, f"/catalogue/{one.ark}/"), "constats") for one in works
    )

    assert tried_says == untried_says != ""


@pytest.mark.parametrize("theme", [None, Term("un-autre-theme", "Un autre thème")])
def test_notice_of_another_theme_or_of_none_leads_to_no_synthesis(reader, theme) -> None:
    here = world(teams=1, trials=5)
    synthesised(here, here.finding(0, 1, 2, 3, 4))
    work = published("essai:1", theme=theme)

    assert section(page(reader, f"/catalogue/{work.ark}/"), "constats") == ""


def test_notice_of_a_synthesis_does_not_lead_to_itself(reader) -> None:
    here = world(teams=1, trials=5)
    _, notice = synthesised(here, here.finding(0, 1, 2, 3, 4))

    assert section(page(reader, f"/catalogue/{notice.ark}/"), "constats") == ""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_notice_takes_one_query_whatever_rests_on_it(
    reader, django_assert_num_queries, count: int
) -> None:
    here = world(teams=1, trials=5)
    _, notice = synthesised(here, here.finding(0, 1, 2, 3, 4))
    theme = Term("mesurer-ensemble", "Mesurer ensemble")
    work = published("essai:0", theme=theme)
    for number in range(count):
        taking_up(work, f"essai:{number + 1}")
        published(f"synthese:{number}", theme=theme, synthesis=notice.frozen().synthesis)
    engine().follow()
    engine().clock = lambda: 0.0  # no look at what is new

    with django_assert_num_queries(1):  # the notice with its versions
        text = page(reader, f"/catalogue/{work.ark}/")

    assert section(text, "reprises").count("<li>") == count
    assert section(text, "constats").count("<li>") == count
