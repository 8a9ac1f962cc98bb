"""The home page tells a finding of each of the last syntheses, and the same one never twice."""

import re

import pytest

from tests.catalogue.public import published
from traam.catalogue.findings import FrozenFinding, FrozenSynthesis

pytestmark = pytest.mark.django_db


def synthesised(code: str, *texts: str) -> None:
    """A published synthesis of these findings, the most often seen first."""
    findings = tuple(
        FrozenFinding(number, f"C{number}", "effet", text, "", "", {"seen": 20 - number})
        for number, text in enumerate(texts, 1)
    )
    frozen = FrozenSynthesis(code=code, kind="synthèse", digest="0" * 64, findings=findings)
    published(f"synthese:{code}", title=f"Synthèse {code}", synthesis=frozen)


def told(client) -> list[str]:
    text = client.get("/").content.decode()
    return re.findall(r'<p class="catalogue-told__finding"><a [^>]*>([^<]*)</a>', text)


def test_finding_that_two_syntheses_share_is_told_once(client, index) -> None:
    synthesised("a", "Filmer aide.", "Relire aide.")
    synthesised("b", "Filmer aide.", "Coopérer aide.")

    assert sorted(told(client)) in (
        ["Coopérer aide.", "Filmer aide."],
        ["Filmer aide.", "Relire aide."],
    )


def test_synthesis_that_has_nothing_else_to_tell_is_left_to_the_whole_list(client, index) -> None:
    synthesised("a", "Filmer aide.")
    synthesised("b", "Filmer aide.")

    assert told(client) == ["Filmer aide."]
    text = client.get("/").content.decode()
    shown = text.partition('<ul class="catalogue-told">')[2].partition("</section>")[0]
    assert ("Synthèse a" in shown) != ("Synthèse b" in shown)
    assert 'href="/syntheses/"' in shown


def test_synthesis_without_a_finding_shows_its_title(client, index) -> None:
    synthesised("a")

    assert told(client) == []
    assert "Synthèse a" in client.get("/").content.decode()
