"""The pages of findings and syntheses, from outside: who reads what, what each button does."""

import re

import pytest
from django.test import Client

from tests.groups.factories import TeamBondFactory, TeamFactory, member
from tests.people.factories import MandateFactory
from tests.reference.factories import AcademyFactory
from tests.syntheses.factories import RemarkFactory, SynthesisVersionFactory
from tests.syntheses.world import BACKEND, HTMX, inspector, outsider, referent, signed_in, world
from traam.access.roles import Role
from traam.syntheses import actions
from traam.syntheses.models import Block, Evidence, Remark, Synthesis, SynthesisVersion
from traam.syntheses.queries.lists import for_list
from traam.syntheses.rules.life import Mark, SynthesisKind, SynthesisState
from traam.syntheses.views.syntheses import PER_PAGE
from traam.trials.models import Trial
from traam.trials.rules.life import TrialState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_with_one_synthesis_or_three(rows, django_assert_num_queries) -> None:
    here = world(teams=3, trials=1)
    for team in here.teams[:rows]:
        here.synthesis(kind=SynthesisKind.ACADEMIC, teams=[team], actor=referent(team))
        Synthesis.objects.update(state="validated", digest="0" * 64)
    client = signed_in(here.expert)

    # session, user, mandates (2); views; years; count, groups, teams, bonds; count, syntheses,
    # teams
    with django_assert_num_queries(12):
        text = client.get("/redaction/").content.decode()
    assert text.count("Mesurer à plusieurs") >= rows


def test_list_is_narrowed_by_campaign_kind_and_state() -> None:
    here = world(teams=1, trials=1)
    one = here.synthesis()
    year, reader = one.campaign.year, signed_in(here.expert)

    def shown(query: str) -> bool:
        text = reader.get(f"/redaction/?{query}").content.decode()
        assert ("Aucune synthèse ne répond à ces filtres" in text) is (one.title not in text)
        return one.title in text

    assert shown(f"campagne={year}&sorte=national&etat=draft")
    assert not shown("sorte=academic")
    assert not shown("etat=published")
    assert shown("campagne=1999-2000")  # of no campaign that one may read: it narrows nothing
    every = Synthesis.objects.all()
    assert [for_list(every, year=each).count() for each in (year, "1999-2000")] == [1, 0]


def test_list_shows_a_page_of_the_groups_and_the_way_to_the_others() -> None:
    academy = AcademyFactory()
    TeamFactory.create_batch(PER_PAGE + 1, academy=academy)
    delegate = MandateFactory(role=Role.DIGITAL_DELEGATE, academies=[academy.code]).person
    client = Client()
    client.force_login(delegate, backend=BACKEND)

    pages = [client.get("/redaction/", query).content.decode() for query in ({}, {"groupes": 2})]

    assert [page.count('aria-label="Les constats') for page in pages] == [PER_PAGE, 1]
    assert "?groupes=2" in pages[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_with_one_finding_or_three(rows, django_assert_num_queries) -> None:
    here = world(teams=1, trials=3)
    synthesis = here.synthesis(*(here.finding(rank) for rank in range(rows)))
    RemarkFactory.create_batch(rows, synthesis=synthesis)
    client = signed_in(here.expert)

    # session, user, mandates (2); synthesis, the group's teams, their bonds; blocks, sought,
    # evidence; signatures; remarks; events
    with django_assert_num_queries(12):
        client.get(f"/redaction/{synthesis.code}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_versions_cost_the_same_with_one_or_three(rows, django_assert_num_queries) -> None:
    here = world(teams=rows, trials=1)
    synthesis = here.synthesis(here.finding(0))
    TeamBondFactory.create_batch(rows, team=here.teams[0])
    for number in range(rows):
        SynthesisVersionFactory(synthesis=synthesis, number=100 + number)
    client = signed_in(here.expert)

    # session, user, mandates (2); synthesis, the group's teams, their bonds; count, versions, the
    # one before
    with django_assert_num_queries(9):
        client.get(f"/redaction/{synthesis.code}/versions/")


def test_stranger_to_the_group_finds_nothing() -> None:
    here = world(teams=1, trials=1)
    finding = here.finding(0)
    synthesis = here.synthesis(finding)
    client = Client()
    client.force_login(outsider(), backend=BACKEND)

    for address in (
        f"/redaction/{synthesis.code}/",
        f"/redaction/{synthesis.code}/modifier/",
        f"/redaction/{synthesis.code}/document.pdf",
        f"/redaction/constats/{finding.code}/",
        f"/redaction/groupes/{here.group.code}/constats/",
        f"/redaction/groupes/{here.group.code}/coder/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get("/redaction/").status_code == 200


def test_referent_begins_an_academic_synthesis_prefilled() -> None:
    here = world(teams=1, trials=3)
    here.finding(0, 1)
    client = signed_in(referent(here.teams[0]))

    answer = client.post(
        f"/redaction/nouvelle/?groupe={here.group.code}",
        {"kind": "academic", "title": "À Lille", "teams": [here.teams[0].pk]},
    )

    made = Synthesis.objects.get()
    assert answer["Location"] == f"/redaction/{made.code}/modifier/"
    assert [one.mark for one in made.blocks.order_by("pk")] == [Mark.NONE, Mark.FINDING]
    assert "3 essais clos" in made.blocks.order_by("pk").first().text


def test_passage_is_saved_as_one_types() -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis()
    block = synthesis.blocks.get()
    client = signed_in(here.expert)
    given = {"text": "Avec prudence.", "mark": "opinion", "base": block.version}

    text = client.post(f"/redaction/passages/{block.pk}/", given, **HTMX).content.decode()

    block.refresh_from_db()
    assert (block.text, block.mark, block.version) == ("Avec prudence.", "opinion", 1)
    assert "enregistré" in text
    assert f'id="base-{block.pk}" value="1" data-hx-swap-oob="true"' in text


def test_passage_with_a_contact_is_refused_and_says_which() -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis()
    block = synthesis.blocks.get()
    given = {"text": "Écrire à prenom.nom@ac-lille.fr.", "mark": "opinion", "base": block.version}

    client = signed_in(here.expert)
    text = client.post(f"/redaction/passages/{block.pk}/", given, **HTMX).content.decode()

    before, block = block.text, synthesis.blocks.get()
    assert (block.text, block.version) == (before, 0)
    assert "prenom.nom@ac-lille.fr » ressemble à une adresse électronique" in text


@pytest.mark.parametrize("with_script", [True, False])
def test_two_writers_at_once_lose_nothing(with_script) -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis()
    block = synthesis.blocks.get()
    actions.write_block(
        block=block,
        typed=actions.Typed("Le premier texte.", Mark.FRAME),
        base=0,
        now=here.now,
        actor=referent(here.teams[0]),
    )
    client = signed_in(here.expert)
    given = {"text": "Le second texte.", "mark": "frame", "base": 0}

    answer = client.post(f"/redaction/passages/{block.pk}/", given, **(HTMX if with_script else {}))

    text = answer.content.decode()
    assert answer.status_code == (200 if with_script else 409)
    assert "premier" in text
    assert "second" in text
    block.refresh_from_db()
    assert block.text == "Le premier texte."
    kept = SynthesisVersion.objects.order_by("-number").first()
    assert kept.content["aside"]["text"] == "Le second texte."
    versions = client.get(f"/redaction/{synthesis.code}/versions/").content.decode()
    assert "Le second texte." in versions


def test_title_and_summary_are_saved_and_two_texts_kept() -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis()
    client = signed_in(here.expert)
    address = f"/redaction/{synthesis.code}/modifier/titre/"
    base = {"base_title": synthesis.title, "base_summary": synthesis.summary}

    client.post(address, {"title": "Autre", "summary": "Court.", **base})
    text = client.post(address, {"title": "Encore", "summary": "Long.", **base}, **HTMX)

    synthesis.refresh_from_db()
    assert (synthesis.title, synthesis.summary) == ("Autre", "Court.")
    assert "deux textes" in text.content.decode()
    kept = SynthesisVersion.objects.order_by("-number").first()
    assert kept.content["aside"]["text"] == "Encore\n\nLong."


def test_passages_are_added_moved_and_removed() -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis()
    client = signed_in(here.expert)
    for text in ("Un.", "Deux."):
        client.post(
            f"/redaction/{synthesis.code}/modifier/ajouter/",
            {"section": "problem", "text": text},
        )
    second = Block.objects.get(text="Deux.")

    client.post(f"/redaction/passages/{second.pk}/place/", {"place": "monter"})
    rows = Block.objects.filter(section="problem").order_by("position")
    assert [one.text for one in rows] == ["Deux.", "Un."]
    client.post(f"/redaction/passages/{second.pk}/place/", {"place": "retirer"})
    assert [one.text for one in rows.all()] == ["Un."]


def test_editor_shows_every_passage_and_leads_back_when_closed() -> None:
    here = world(teams=1, trials=2)
    synthesis = here.synthesis(here.finding(0), here.finding(1))
    client = signed_in(here.expert)

    text = client.get(f"/redaction/{synthesis.code}/modifier/").content.decode()
    assert text.count('action="/redaction/passages/') == 3 * 2
    here.validated(synthesis)
    answer = client.get(f"/redaction/{synthesis.code}/modifier/")
    assert answer["Location"] == f"/redaction/{synthesis.code}/"


def first_door(client, synthesis) -> str:
    """The words of the one button that is in front."""
    page = client.get(f"/redaction/{synthesis.code}/").content.decode()
    [found] = re.findall(r'<a class="fr-btn" [^>]*>([^<]*)</a>', page)
    return found.strip()


def test_whole_way_from_draft_to_signature_is_walked_by_buttons(client) -> None:
    here = world(teams=2, trials=3)
    synthesis = here.synthesis(here.finding(0, 1, 2, 3, 4))
    steps = [
        (here.expert, "soumettre", {}, "in_validation"),
        (here.inspection, "corrections", {"reason": "Précisez le niveau."}, "corrections_asked"),
        (here.expert, "soumettre", {}, "in_validation"),
        (here.expert, "reprendre", {"reason": "Un mot à changer."}, "draft"),
        (here.expert, "soumettre", {}, "in_validation"),
        (here.inspection, "valider", {}, "validated"),
        (here.inspection, "signer", {"reservation": "Sous réserve du matériel."}, "validated"),
        (here.expert, "signer", {}, "signed"),
        (here.expert, "reprendre-signature", {"reason": "Je relis."}, "validated"),
        (here.expert, "signer", {}, "signed"),
    ]
    for actor, act, typed, state in steps:
        theirs = signed_in(actor)
        address = f"/redaction/{synthesis.code}/actes/{act}/"
        page = theirs.get(f"/redaction/{synthesis.code}/").content.decode()
        assert f'href="{address}"' in page, act
        assert theirs.get(address).status_code == 200
        answer = theirs.post(address, typed)
        assert answer.status_code == 302, answer.content.decode()
        synthesis.refresh_from_db()
        assert synthesis.state == state, act

    theirs = signed_in(here.expert)
    assert first_door(theirs, synthesis) == "Publier…"
    assert theirs.get(f"/redaction/{synthesis.code}/publier/").status_code == 200
    answer = theirs.post(f"/redaction/{synthesis.code}/publier/")
    synthesis.refresh_from_db()
    assert answer["Location"] == f"/redaction/{synthesis.code}/"
    page = theirs.get(answer["Location"]).content.decode()
    assert f'href="/syntheses/{synthesis.ark}/"' in page
    assert first_door(theirs, synthesis) == "Diffuser…"
    text = client.get(f"/syntheses/{synthesis.ark}/").content.decode()
    assert "Réserve : Sous réserve du matériel." in text.replace("\xa0", " ")
    answer = theirs.post(f"/redaction/{synthesis.code}/erratum/", {"text": "Lire « 4e »."})
    assert answer["Location"] == f"/syntheses/{synthesis.ark}/"


def test_unsupported_finding_is_named_and_cannot_be_submitted() -> None:
    here = world(teams=1, trials=3)
    synthesis = here.synthesis(here.finding(text="Le réseau suffit."))
    client = signed_in(here.expert)

    page = client.get(f"/redaction/{synthesis.code}/").content.decode()
    answer = client.post(f"/redaction/{synthesis.code}/actes/soumettre/")

    assert "Constat sans observation à l’appui" in page
    assert answer.status_code == 400
    assert "Le réseau suffit." in answer.content.decode()


def test_remark_is_made_answered_and_settled() -> None:
    here = world(teams=1, trials=1)
    synthesis = here.synthesis(here.finding(0))
    actions.submit(synthesis=synthesis, now=here.now, actor=here.expert)

    signed_in(here.inspection).post(
        f"/redaction/{synthesis.code}/remarques/", {"text": "Quel niveau ?"}
    )
    remark = Remark.objects.get()
    assert remark.is_correction
    signed_in(here.expert).post(f"/redaction/remarques/{remark.pk}/", {"answer": "La 5e."})
    remark.refresh_from_db()
    assert (remark.answer, remark.settled_at) == ("La 5e.", here.now)


def test_finding_page_shows_stale_evidence_and_reads_it_again() -> None:
    here = world(teams=1, trials=1)
    finding = here.finding(0)
    type(here.observations[0]).objects.update(version=3)
    client = signed_in(here.expert)
    address = f"/redaction/constats/{finding.code}/"

    assert "preuve à relire" in client.get(address).content.decode()
    client.post(f"{address}preuves/", {"acte": "relire", "preuve": Evidence.objects.get().pk})
    assert "preuve à relire" not in client.get(address).content.decode()
    client.post(f"{address}preuves/", {"acte": "oter", "preuve": Evidence.objects.get().pk})
    assert not Evidence.objects.exists()
    client.post(f"{address}preuves/", {"acte": "retirer", "reason": "Redite."})
    finding.refresh_from_db()
    assert finding.withdrawn_at is not None
    client.post(f"{address}preuves/", {"acte": "retablir", "reason": "Il dit autre chose."})
    assert "Il dit autre chose." in client.get(address).content.decode()


def test_inspector_validates_an_academic_synthesis() -> None:
    here = world(teams=1, trials=3)
    team = here.teams[0]
    author = referent(team)
    synthesis = here.synthesis(
        here.finding(0, 1), kind=SynthesisKind.ACADEMIC, teams=[team], actor=author
    )
    signed_in(author).post(f"/redaction/{synthesis.code}/actes/soumettre/")

    signed_in(inspector(team)).post(f"/redaction/{synthesis.code}/actes/valider/")

    synthesis.refresh_from_db()
    assert synthesis.state == SynthesisState.VALIDATED
    assert [one.capacity for one in synthesis.signatures.all()] == ["inspector"]
    page = signed_in(member(team, Role.TEACHER)).get(f"/redaction/{synthesis.code}/")
    assert page.status_code == 200


def test_trials_of_a_finding_are_those_its_counts_are_out_of_the_others_beside() -> None:
    here = world(teams=1, trials=3)
    finding = here.finding(0, sought=3)
    abandoned = here.trials[2]
    Trial.objects.filter(pk=abandoned.pk).update(
        state=TrialState.ABANDONED, reason="Classe fermée."
    )

    page = signed_in(here.expert).get(f"/redaction/constats/{finding.code}/").content.decode()

    told, heading, listed = page.partition("2 essais où il est recherché")
    assert heading
    assert "sur 2 où il était recherché" in told
    assert "1 essai abandonné" in told
    counted, _, beside = listed.partition("Hors de ce nombre")
    assert (counted.count("· clos"), counted.count("· abandonné")) == (2, 0)
    assert (beside.count("· clos"), beside.count("· abandonné")) == (0, 1)


def test_findings_of_a_group_are_listed_by_kind() -> None:
    here = world(teams=1, trials=1)
    here.finding(0, text="Un gain.")
    client = signed_in(here.expert)
    address = f"/redaction/groupes/{here.group.code}/constats/"

    assert "Un gain." in client.get(f"{address}?sorte=gain_pupils").content.decode()
    assert "Un gain." not in client.get(f"{address}?sorte=lever").content.decode()
    answer = client.post(address, {"kind": "lever", "text": "Une grille aide."})
    assert answer["Location"].startswith("/redaction/constats/")
    assert client.post(address, {"kind": "lever", "text": ""}).status_code == 400


def test_expert_begins_the_national_synthesis_by_its_title_alone() -> None:
    here = world(teams=1, trials=1)
    address = f"/redaction/nouvelle/?groupe={here.group.code}"
    client = signed_in(here.expert)

    page = client.get(address).content.decode()
    answer = client.post(address, {"kind": "national", "title": "Mesurer : synthèse nationale"})

    assert re.findall(r'<input type="radio"[^>]*value="(\w+)"[^>]* checked', page) == ["national"]
    assert 'name="teams"' not in page
    assert 'name="trial"' not in page
    assert answer.status_code == 302
