"""`verify` finds what was altered of rules, variants, choices and decisions; and nothing else."""

import pytest

from tests.selection.factories import NOW
from traam.config.archive.verification import verify
from traam.selection import actions
from traam.selection.models import Decision, Seal, Variant
from traam.selection.queries.sealing import faults
from traam.selection.rules.life import DecisionKind

pytestmark = pytest.mark.django_db
RETAINED, RESERVE, NOT_RETAINED = DecisionKind


@pytest.fixture
def sealed(ready):
    actions.seal_rules(campaign=ready.campaign, now=NOW, actor=None)
    ready.compute()
    ready.decide(0, RETAINED)
    actions.seal_choice(campaign=ready.campaign, now=NOW, actor=ready.pilot)
    return ready


def test_nothing_is_found_where_nothing_was_altered(sealed) -> None:
    assert list(faults()) == []
    ready = sealed
    ready.decide(0, NOT_RETAINED, departure="Après coup", reason="Après coup")
    assert list(faults()) == []  # an act, not an alteration


@pytest.mark.parametrize("kind", ["rules", "choice"])
def test_altered_seal_is_found_by_verify(sealed, kind) -> None:
    seal = Seal.objects.get(kind=kind)
    Seal.objects.filter(pk=seal.pk).update(content=seal.content | {"campaign": "une autre"})

    found = verify()

    assert len(found) == 1
    assert "son contenu n’est pas celui de son empreinte" in found[0]


def test_seal_altered_with_its_digest_is_found_by_the_journal(sealed) -> None:
    Seal.objects.filter(kind="choice").update(digest="0" * 64)

    assert any("le journal ne connaît pas son empreinte" in one for one in faults())


@pytest.mark.parametrize("field", ["instance", "result"])
def test_altered_variant_is_found_by_verify(sealed, field) -> None:
    variant = Variant.objects.get()
    Variant.objects.update(**{field: getattr(variant, field) | {"objective": 999}})

    found = verify()

    assert len(found) == 1
    assert found[0].startswith("Variante « Premier calcul »")


def test_variant_replaced_with_another_digest_is_found_twice(sealed) -> None:
    Variant.objects.update(digest="0" * 64)

    found = " ".join(faults())

    assert "ne sont pas ceux de son empreinte" in found
    assert "le journal ne connaît pas son empreinte" in found
    assert "n’est plus celle qui fut scellée" in found


@pytest.mark.parametrize("change", [{"kind": "not_retained"}, {"remarks": "Autre"}])
def test_decision_changed_without_an_act_is_found(sealed, change) -> None:
    Decision.objects.update(**change)

    assert [one for one in faults() if "a changé sans acte" in one]


def test_decision_that_disappeared_is_found(sealed) -> None:
    Decision.objects.all().delete()

    assert [one for one in faults() if "n’est plus là" in one]
