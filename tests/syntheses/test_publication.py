"""What is published: notices, pages of findings, counts, anonymity over all public pages."""

import re
from collections import defaultdict

import pytest
from django.db import connection

from tests.syntheses.publishing import page, published
from tests.syntheses.world import world
from traam.catalogue.models import Act, Notice
from traam.catalogue.publishing.syntheses import (
    follow_published,
    publish_synthesis,
)
from traam.groups.rules.life import TeamState
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.syntheses import actions
from traam.syntheses.models import Counted
from traam.syntheses.rules.life import SynthesisKind, SynthesisState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def test_published_synthesis_is_read_by_everyone(client) -> None:
    here = world(teams=2, trials=3)
    finding = here.finding(0, 1, 2, 3, 4, sought=6)
    synthesis, notice = published(here, finding)

    text = page(client, f"/syntheses/{notice.ark}/")

    assert synthesis.state == SynthesisState.PUBLISHED
    assert synthesis.ark == notice.ark
    assert f"/constats/{notice.ark}-1/" in text
    assert "6 classes · vu 5 fois sur 6, dans 2 académies" in text
    matrix = text.partition('id="matrice"')[2].partition("</section>")[0]
    assert "kit-table--stacked" in matrix  # on a phone, a finding and its contexts under it
    assert matrix.count('class="kit-number">5 sur 6</td>') == 1
    assert page(client, "/syntheses/").count(notice.ark) == 1
    assert f"/syntheses/{notice.ark}/" in page(client, f"/catalogue/{notice.ark}/")


def test_published_synthesis_names_the_academies_that_have_not_left_their_theme(client) -> None:
    here = world(teams=3, trials=3)
    here.teams[2].state, here.teams[2].reason = TeamState.WITHDRAWN, "L’équipe est mutée."
    here.teams[2].save(update_fields=["state", "reason"])
    _, notice = published(here, here.finding(0, 1, 2, 3, 4, sought=6))

    listed = page(client, f"/syntheses/{notice.ark}/").split('id="liste-academies"')[1]
    names = re.findall(r'<a href="/academies/[^>]*>([^<]+)</a>', listed)

    assert sorted(names) == sorted(one.academy.name for one in here.teams[:2])


def test_home_shows_of_each_synthesis_the_finding_seen_the_most_often(client, index) -> None:
    assert "Ce que des classes ont montré" not in page(client, "/")
    here = world(teams=2, trials=5)
    few, many = here.finding(0, 1, 2, 3, 4, sought=10), here.finding(*range(8), sought=10)
    _, notice = published(here, few, many)

    text = page(client, "/")

    assert "Ce que des classes ont montré" in text
    assert f'href="/constats/{notice.ark}-2/"' in text
    assert f'href="/constats/{notice.ark}-1/"' not in text
    assert "vu dans 8 essais sur 10 où il était recherché" in text
    assert f'href="/syntheses/{notice.ark}/"' in text


@pytest.mark.parametrize("number", ["0", "9", "9" * 30, "1" * 5_000, "x"])
def test_page_of_a_finding_that_is_not_there_is_a_404(client, number) -> None:
    here = world(teams=2, trials=5)
    _, notice = published(here, here.finding(0, 1, 2, 3, 4, sought=6))

    assert client.get(f"/constats/{notice.ark}-{number}/").status_code == 404


def test_page_of_a_finding_has_an_element_for_each_observation_counted(client) -> None:
    here = world(teams=2, trials=5)
    finding = here.finding(0, 1, 2, 3, 4, contrary=(5, 6), sought=10)
    _, notice = published(here, finding)

    text = page(client, f"/constats/{notice.ark}-1/")

    assert re.findall(r'data-observation="(\d+)"', text) == [str(rank) for rank in range(1, 8)]
    assert "vu dans 5 essais sur 10 où il était recherché" in text
    for name, number in (("seen", 5), ("sought", 10), ("academies", 1), ("contrary", 2)):
        assert f'data-{name}="{number}"' in text


def test_counts_of_a_finding_are_said_once_beside_its_sentence(client) -> None:
    here = world(teams=2, trials=5)
    _, notice = published(here, here.finding(0, 1, 2, 3, 4, contrary=(5, 6), sought=10))

    text = page(client, f"/syntheses/{notice.ark}/")
    counted = text.split('class="catalogue-passage__counts">')[1].split("</p>")[0]
    words = re.sub(r"<[^>]+>", "", counted).replace("\xa0", " ")

    assert words.startswith(
        "10 classes · vu 5 fois sur 10, dans 1 académie · 0 test croisé, 2 contraires, "
        "0 essai abandonné"
    )
    assert "où il était recherché" not in counted


@pytest.mark.usefixtures("vocabularies")
def test_cycles_of_a_synthesis_come_in_the_order_of_the_school(client) -> None:
    here = world(teams=2, trials=5)
    for trial, level in zip(here.trials, ("1GT",) * 5 + ("2GT",) * 5, strict=True):
        type(trial).objects.filter(pk=trial.pk).update(level=level)
    _, notice = published(here, here.finding(*range(10), sought=10))

    table = page(client, f"/syntheses/{notice.ark}/").split("<thead>")[1].split("</thead>")[0]
    listed = page(client, f"/constats/{notice.ark}-1/")

    order = ["Seconde de détermination", "Cycle terminal"]
    assert re.findall("|".join(order), table) == order
    assert listed.index(f"{order[0]}\xa0:") < listed.index(f"{order[1]}\xa0:")


def test_counts_of_every_published_finding_equal_plain_sql() -> None:
    here = world(teams=3, trials=3)
    for ranks in ((0, 1, 3, 6), (2, 5)):
        here.finding(*ranks, contrary=(8,), sought=9)
    from traam.syntheses.models import Finding

    _, notice = published(here, *Finding.objects.order_by("pk"))

    for one in notice.frozen().synthesis.findings:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT support, COUNT(DISTINCT c.trial_id) FROM syntheses_counted c"
                " JOIN syntheses_publishedfinding p ON p.id = c.published_id"
                " WHERE p.number = %s GROUP BY support",
                [one.number],
            )
            by_sql = dict(cursor.fetchall())
        assert (one.counts["seen"], one.counts["contrary"]) == (
            by_sql["supports"],
            by_sql["contradicts"],
        )
        assert len(one.observations) == sum(by_sql.values())


def test_no_public_page_alone_or_with_the_others_shows_fewer_than_five_classes(client) -> None:
    here = world(teams=3, trials=4)
    narrow = here.finding(0, 1, 2, 3, 4)
    wide = here.finding(*range(12), sought=12)
    few = here.finding(0, 4, 8)
    _, notice = published(here, narrow, wide, few)
    there = world(teams=1, trials=5, level="4E")
    _, other = published(there, there.finding(0, 1, 2, 3, 4))

    keys = {
        (row["published__synthesis__ark"], row["published__number"], row["rank"]): row["trial"]
        for row in Counted.objects.values(
            "published__synthesis__ark", "published__number", "rank", "trial"
        )
    }
    everywhere = defaultdict(set)
    for ark, numbers in ((notice.ark, (1, 2, 3)), (other.ark, (1,))):
        for number in numbers:
            text = page(client, f"/constats/{ark}-{number}/")
            shown = re.findall(
                r'data-observation="(\d+)"[^>]*><span class="catalogue-observation__where">(.*?)</',
                text,
            )
            alone = defaultdict(set)
            for rank, words in shown:
                alone[words].add(keys[ark, number, int(rank)])
                everywhere[words].add(keys[ark, number, int(rank)])
            assert all(len(classes) >= 5 for classes in alone.values())
    assert everywhere
    assert all(len(classes) >= 5 for classes in everywhere.values())


def test_observation_is_described_without_school_team_or_person_and_only_once_proofread(
    client,
) -> None:
    here = world(teams=1, trials=5)
    here.trials[0].school = "Collège des Essais"
    here.trials[0].save(update_fields=["school"])
    read = here.observations[0]
    read.seen, read.proofread_at = "Une phrase relue pour tous.", here.now
    read.save(update_fields=["seen", "proofread_at"])
    here.observations[1].seen = "Une phrase que personne n’a relue."
    here.observations[1].save(update_fields=["seen"])
    _, notice = published(here, here.finding(0, 1, 2, 3, 4))

    text = page(client, f"/constats/{notice.ark}-1/")

    assert text.count("Une phrase relue pour tous.") == 1
    assert "que personne n’a relue" not in text
    assert "Collège des Essais" not in text
    assert here.teams[0].code not in text
    assert here.trials[0].teacher.name not in text
    assert here.trials[0].code not in text
    assert "novembre 2026" in text


def test_text_of_an_observation_that_is_only_counted_is_never_shown(client) -> None:
    here = world(teams=2, trials=3, level="")
    for one in here.observations:
        one.proofread_at = here.now
        one.save(update_fields=["proofread_at"])
    finding = here.finding(0, 1, sought=6)
    _, notice = published(here, finding)

    text = page(client, f"/constats/{notice.ark}-1/")

    assert text.count("data-observation=") == 2
    assert text.count("comptée, sans être décrite") == 2
    assert here.observations[0].seen not in text


@pytest.mark.parametrize("change", ["corrected", "withdrawn", "deleted", "reopened"])
def test_evidence_changed_since_is_flagged_on_exactly_what_rests_on_it(client, change) -> None:
    here = world(teams=1, trials=6)
    touched, other = here.finding(0, 1, 2, 3, 4), here.finding(1, 2, 3, 4, 5)
    here.observations[0].proofread_at = here.now
    here.observations[0].save(update_fields=["proofread_at"])
    _, notice = published(here, touched, other)
    assert follow_published(now=here.now) == 0

    observation = here.observations[0]
    if change == "corrected":
        observation.version = 2
    elif change == "withdrawn":
        observation.withdrawn_at, observation.reason = here.now, "Mal notée."
    if change == "deleted":
        observation.delete()
    elif change == "reopened":
        type(here.trials[0]).objects.filter(pk=here.trials[0].pk).update(state="at_work")
    else:
        observation.save()
    assert follow_published(now=here.now) == 1
    assert follow_published(now=here.now) == 0

    first = page(client, f"/constats/{notice.ark}-1/")
    assert first.count('data-stale="true"') == 1
    assert "preuve corrigée depuis" in first
    assert "Trois groupes ont repris" not in first
    assert "preuve corrigée depuis" not in page(client, f"/constats/{notice.ark}-2/")
    assert "preuve corrigée depuis" in page(client, f"/syntheses/{notice.ark}/")


def test_mark_of_a_finding_counts_academies_where_it_was_seen(client) -> None:
    here = world(teams=3, trials=3)
    _, notice = published(here, here.finding(0, 1, 2, 3, 4, sought=9))

    text = page(client, f"/syntheses/{notice.ark}/").replace("\xa0", " ")

    assert "9 classes · vu 5 fois sur 9, dans 2 académies" in text
    assert "2 académies ·" not in text
    opened = page(client, f"/constats/{notice.ark}-1/").replace("\xa0", " ")
    assert "vu dans 5 essais sur 9 où il était recherché, 2 académies" in opened


def test_withdrawn_synthesis_leaves_a_tombstone_and_comes_back_at_the_same_address(client) -> None:
    here = world(teams=1, trials=5)
    synthesis, notice = published(here, here.finding(0, 1, 2, 3, 4))
    given = {"synthesis": synthesis, "now": here.now, "actor": here.expert}

    actions.withdraw(**given, reason="Les mesures étaient fausses.")
    follow_published(now=here.now)
    for address in (f"/syntheses/{notice.ark}/", f"/constats/{notice.ark}-1/"):
        assert client.get(address).status_code == 410
    assert Notice.objects.current().get().act == Act.WITHDRAWN

    actions.restore(**given, reason="Elles étaient justes.")
    here.signed(synthesis)
    again = publish_synthesis(**given)
    assert again.ark == notice.ark
    assert page(client, f"/constats/{notice.ark}-1/")


def test_unsigned_national_synthesis_is_not_published() -> None:
    here = world(teams=1, trials=5)
    synthesis = here.validated(here.synthesis(here.finding(0, 1, 2, 3, 4)))

    with pytest.raises((Refusal, NotAllowed)):
        publish_synthesis(synthesis=synthesis, now=here.now, actor=here.expert)
    with pytest.raises(Refusal, match="signée"):
        publish_synthesis(synthesis=synthesis, now=here.now, actor=None)
    assert not Notice.objects.exists()


def test_draft_is_not_published() -> None:
    here = world(teams=1, trials=5)
    synthesis = here.synthesis(here.finding(0, 1, 2, 3, 4))

    with pytest.raises(MoveRefused):
        publish_synthesis(synthesis=synthesis, now=here.now, actor=None)


def test_synthesis_of_fewer_than_five_classes_is_not_public() -> None:
    here = world(teams=2, trials=2)
    synthesis = here.signed(here.synthesis(here.finding(0, 1, 2), here.finding(3)))

    with pytest.raises(Refusal, match="repose sur 4 classes"):
        publish_synthesis(synthesis=synthesis, now=here.now, actor=here.expert)


def test_evidence_changed_before_publication_stops_it() -> None:
    here = world(teams=2, trials=3)
    synthesis = here.signed(here.synthesis(here.finding(0, 1, 2, 3, 4)))
    type(here.observations[0]).objects.filter(pk=here.observations[0].pk).update(version=2)

    with pytest.raises(Refusal, match="preuve à relire"):
        publish_synthesis(synthesis=synthesis, now=here.now, actor=here.expert)
    assert actions.reopen_changed(now=here.now) == 1
    synthesis.refresh_from_db()
    assert synthesis.state == SynthesisState.CORRECTIONS_ASKED


def test_findings_keep_their_number_when_published_again() -> None:
    here = world(teams=1, trials=6)
    first, second = here.finding(0, 1, 2, 3, 4), here.finding(1, 2, 3, 4, 5)
    synthesis, notice = published(here, first, second)
    given = {"synthesis": synthesis, "now": here.now, "actor": here.expert}
    actions.withdraw(**given, reason="À revoir.")
    actions.restore(**given, reason="Revu.")
    block = synthesis.blocks.get(finding=first)
    actions.remove_block(block=block, now=here.now, actor=here.expert)
    here.signed(synthesis)

    again = publish_synthesis(**given).frozen().synthesis

    assert [(one.number, one.code) for one in again.findings] == [(2, second.code)]
    assert notice.frozen().synthesis.finding(1).code == first.code


def test_trial_report_kind_is_never_public() -> None:
    here = world(teams=1, trials=5)
    synthesis = here.synthesis(
        here.finding(0, 1, 2, 3, 4),
        kind=SynthesisKind.TRIAL_REPORT,
        trial=here.trials[0],
        actor=None,
    )
    actions.submit(synthesis=synthesis, now=here.now, actor=None)
    actions.validate(synthesis=synthesis, now=here.now, actor=None)

    with pytest.raises(Refusal, match="rapport d’essai ne se publie pas"):
        publish_synthesis(synthesis=synthesis, now=here.now, actor=None)


@pytest.mark.parametrize("findings", [1, 3])
def test_public_pages_cost_the_same_with_one_finding_or_three(
    client, findings, django_assert_num_queries
) -> None:
    here = world(teams=1, trials=6)
    _, notice = published(here, *(here.finding(0, 1, 2, 3, 4) for _ in range(findings)))

    # the vocabulary's version (of the map), the notice
    with django_assert_num_queries(2):
        client.get(f"/syntheses/{notice.ark}/")
    with django_assert_num_queries(1):  # the notice
        client.get(f"/constats/{notice.ark}-1/")
    with django_assert_num_queries(2):  # the count, the notices
        client.get("/syntheses/")


def test_every_sentence_of_marked_sections_is_marked_on_the_public_page(client) -> None:
    here = world(teams=1, trials=5)
    _, notice = published(here, here.finding(0, 1, 2, 3, 4))

    text = page(client, f"/syntheses/{notice.ark}/")

    for section in ("findings", "conditions"):
        part = re.search(rf'data-section="{section}".*?</section>', text, re.DOTALL)[0]
        marks = re.findall(r'class="catalogue-passage" data-mark="(\w*)"', part)
        assert marks
        assert set(marks) <= {"constat", "cadre", "opinion"}


def test_notice_of_a_synthesis_is_read_by_programs(client) -> None:
    here = world(teams=1, trials=5)
    _, notice = published(here, here.finding(0, 1, 2, 3, 4))

    data = client.get(f"/catalogue/{notice.ark}.json").json()

    assert data["record"]["synthesis"]["findings"][0]["counts"]["seen"] == 5
    text = str(data)
    for secret in (here.trials[0].code, here.teams[0].code, here.trials[0].teacher.name):
        assert secret not in text


@pytest.mark.parametrize("name", ["rien", "t0000000-1", "t0000000", "-1", "x-y"])
def test_finding_that_does_not_exist_is_not_found(client, name) -> None:
    assert client.get(f"/constats/{name}/").status_code == 404
