"""The page where observations are coded, from outside: what its buttons do, what it costs."""

import pytest

from tests.groups.factories import NOW
from tests.syntheses.world import HTMX, signed_in, world
from traam.reference.actions import prepare
from traam.reference.queries import vocabulary
from traam.syntheses.models import Finding
from traam.trials.models import Trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_expert_writes_a_finding_supports_it_and_sees_the_count() -> None:
    here = world(teams=2, trials=2)
    client = signed_in(here.expert)
    coding = f"/redaction/groupes/{here.group.code}/coder/"

    client.post(f"{coding}preuve/", {"kind": "lever", "texte": "Une grille commune aide."})
    finding = Finding.objects.get()
    given = {"constat": finding.code, "observation": here.observations[0].pk, "effet": "supports"}
    answer = client.post(f"{coding}preuve/", {**given, "retour": f"constat={finding.code}"})

    assert answer.status_code == 302
    text = client.get(answer["Location"]).content.decode()
    assert "vu dans 1 essai sur 1 où il était recherché" in text
    assert 'aria-pressed="true"' in text


def test_fragment_of_coding_equals_the_page() -> None:
    here = world(teams=1, trials=2)
    finding = here.finding(0)
    client = signed_in(here.expert)
    address = f"/redaction/groupes/{here.group.code}/coder/"
    given = {
        "constat": finding.code,
        "observation": here.observations[1].pk,
        "effet": "contradicts",
        "retour": f"constat={finding.code}",
    }

    part = client.post(f"{address}preuve/", given, **HTMX).content.decode()
    whole = client.get(f"{address}?constat={finding.code}").content.decode()

    def lines(text: str) -> list[str]:
        return [
            line.strip()
            for line in text.splitlines()
            if line.strip() and "csrfmiddlewaretoken" not in line
        ]

    assert set(lines(part)) - set(lines(whole)) == set()
    assert "1 contraire" in part


def test_refused_code_says_why_in_the_fragment() -> None:
    here = world(teams=1, trials=1)
    client = signed_in(here.expert)
    address = f"/redaction/groupes/{here.group.code}/coder/preuve/"

    text = client.post(address, {"effet": "supports"}, **HTMX).content.decode()

    assert "Choisissez d’abord un constat" in text


def test_observations_are_filtered_by_the_address() -> None:
    here = world(teams=2, trials=1)
    here.finding(0)
    here.observations[1].seen = "Les groupes ont échangé leurs rôles."
    here.observations[1].save(update_fields=["seen"])
    client = signed_in(here.expert)
    address = f"/redaction/groupes/{here.group.code}/coder/"

    for query, count in (
        ("", 2),
        ("?mots=rôles", 1),
        ("?libres=on", 1),
        (f"?academie={here.teams[0].academy.code}", 1),
        ("?niveau=5E", 2),
        ("?issue=contrary", 0),
    ):
        text = client.get(f"{address}{query}").content.decode()
        assert text.count('class="syntheses-observation') == count, query


@pytest.mark.parametrize("rows", [1, 3])
def test_coding_costs_the_same_with_one_observation_or_three(
    rows, django_assert_num_queries
) -> None:
    here = world(teams=1, trials=rows)
    for _ in range(rows):
        here.finding(*range(rows))
    client = signed_in(here.expert)
    vocabulary()

    # session, user, mandates (2); group, teams, bonds; facets; the stamp of the vocabularies;
    # findings, sought, evidence; count, observations, sights
    with django_assert_num_queries(14):
        client.get(f"/redaction/groupes/{here.group.code}/coder/")


def test_coding_says_levels_in_words_and_for_which_finding() -> None:
    here = world(teams=1, trials=1)
    finding = here.finding(text="Le réseau suffit.")
    Trial.objects.update(level="4E")
    prepare(now=NOW)
    address = f"/redaction/groupes/{here.group.code}/coder/"
    client = signed_in(here.expert)

    page = client.get(f"{address}?constat={finding.code}").content.decode()

    assert " · 4e · " in page
    assert '<option value="4E">4e</option>' in page
    assert "Pour le constat\u00a0: <strong>Le réseau suffit.</strong>" in page
    assert "Pour le constat" not in client.get(address).content.decode()
