"""`./traam select --campaign`: what it writes, what it keeps."""

import json

import pytest

from traam.config.cli import data
from traam.config.cli.main import REFUSED, run
from traam.selection.models import Variant
from traam.selection.queries.variants import reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(monkeypatch) -> None:
    """The data are those of the test, already there."""
    from tests.selection.factories import NOW

    monkeypatch.setattr(data, "prepared", lambda: NOW)


def test_select_says_the_choice_of_a_campaign_in_french(ready, capsys) -> None:
    assert run(["select", "--campaign", ready.campaign.year]) == 0

    said = capsys.readouterr().out
    assert said.startswith("Optimum prouvé : 2 candidatures retenues")
    for case in ready.cases:
        assert case.application.title in said
    assert not Variant.objects.exists()


def test_select_writes_the_choice_of_a_campaign_as_json(ready, capsys) -> None:
    run(["select", "--campaign", ready.campaign.year, "--json"])

    written = json.loads(capsys.readouterr().out)
    assert written["status"] == "optimal"
    assert sorted(written["retained"]) == sorted(ready.code(place) for place in (0, 1))
    assert [one["id"] for one in written["left_out"]] == [ready.code(2)]


def test_select_keeps_the_choice_under_a_name(ready, capsys) -> None:
    assert run(["select", "--campaign", ready.campaign.year, "--keep", "De nuit", "--json"]) == 0

    variant = Variant.objects.get()
    assert variant.name == "De nuit"
    written = json.loads(capsys.readouterr().out)
    assert written["retained"] == list(reading(variant).choice.retained)
    assert run(["select", "--campaign", ready.campaign.year, "--keep", "De nuit"]) == REFUSED
    assert Variant.objects.count() == 1


def test_select_refuses_a_campaign_that_is_not_studied_and_names_those_that_are(
    ready, capsys
) -> None:
    assert run(["select", "--campaign", "1999-2000"]) == REFUSED

    said = capsys.readouterr().err
    assert "« 1999-2000 »" in said
    assert f"« {ready.campaign.year} »" in said
