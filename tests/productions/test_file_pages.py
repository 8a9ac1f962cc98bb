"""Files, links, authors, lineage, tools: what their pages say, refuse and do."""

import io

import pytest
from django.urls import reverse

from tests.documents.factories import SAMPLES
from tests.groups.factories import member
from tests.productions.factories import (
    ProductionFileFactory,
    ProductionLinkFactory,
    RepriseFactory,
    ToolSheetFactory,
)
from tests.productions.setting import NOW, at, client_of, page
from traam.access.roles import Role
from traam.productions.models import Production, ProductionFile, Reprise, ToolSheet
from traam.productions.rules.life import Uses

pytestmark = pytest.mark.django_db


# -- files, links, authors


def test_file_is_joined_described_opened_and_removed(world):
    made, client = world.begin(), client_of(world.teacher)
    address = at("production_files", made)
    sent = io.BytesIO(SAMPLES["a.png"])
    sent.name = "classe.png"

    answer = client.post(
        address, {"acte": "joindre", "file": sent, "use": "picture", "recognisable": "unsaid"}
    )
    assert answer.status_code == 302
    row = ProductionFile.objects.get()
    text = client.get(address).content.decode()
    assert "dites si un élève y est reconnaissable" in text

    said = {"recognisable": "yes", "authorisation": "obtained", "description": "La classe"}
    client.post(address, {"acte": "decrire", "fichier": row.pk} | said)
    row.refresh_from_db()
    assert (row.recognisable, row.authorisation) == ("yes", "obtained")

    opened = client.get(at("production_file", made, key=row.pk))
    assert opened.getvalue()
    assert opened["Content-Type"] == "image/png"
    assert "sandbox" in opened["Content-Security-Policy"]
    assert client_of(world.stranger).get(at("production_file", made, key=row.pk)).status_code == 404
    client.post(address, {"acte": "retirer", "fichier": row.pk})
    assert ProductionFile.objects.count() == 0


def test_file_that_lies_is_refused_beside_its_field(world):
    sent = io.BytesIO(SAMPLES["a.pdf"])
    sent.name = "image.png"

    answer = client_of(world.teacher).post(
        at("production_files", world.begin()), {"acte": "joindre", "file": sent, "use": "picture"}
    )

    assert answer.status_code == 400
    assert "c’est un fichier PDF" in answer.content.decode()


def test_authorisation_is_withdrawn_from_its_page(world):
    made = world.begin()
    row = ProductionFileFactory(production=made, use="picture", authorisation="obtained")
    address = at("file_authorisation", made, key=row.pk)
    client = client_of(world.inspector)

    assert "l’instant même" in client.get(address).content.decode()
    assert client.post(address, {"acte": "retirer", "reason": ""}).status_code == 400
    client.post(address, {"acte": "retirer", "reason": "Une famille."})

    assert client.get(at("production_file", made, key=row.pk)).status_code == 404
    assert "n’est plus montré" in client.get(at("production", made)).content.decode()
    client.post(address, {"acte": "rendre", "reason": "Elle accepte."})
    assert client.get(at("production_file", made, key=row.pk)).getvalue()


def test_links_and_authors_come_and_go(world):
    made, client = world.begin(), client_of(world.referent)
    address = at("production_files", made)

    assert client.post(address, {"acte": "lier", "url": "exemple"}).status_code == 400
    client.post(address, {"acte": "lier", "url": "https://exemple.fr/a", "label": "Une fiche"})
    assert "non vérifié" in client.get(address).content.decode()
    client.post(address, {"acte": "delier", "lien": made.links.get().pk})
    assert made.links.count() == 0

    fellow = world.fellow.person
    client.post(address, {"acte": "ajouter-auteur", "personne": fellow})
    assert made.authors.count() == 2
    client.post(address, {"acte": "retirer-auteur", "personne": fellow})
    assert made.authors.count() == 1
    assert client.post(address, {"acte": "autre"}).status_code == 404


@pytest.mark.parametrize(
    ("health", "words"), [(200, "répond"), (404, "erreur (404)"), (0, "ne répond pas")]
)
def test_health_of_a_link_is_said_with_its_date(world, health, words):
    made = world.begin()
    ProductionLinkFactory(production=made, health=health, checked_at=NOW)

    text = page(world.referent, at("production", made))

    assert words in text
    assert "vérifié le" in text
    assert "10 novembre 2026" in text


# -- lineage


def test_production_is_taken_up_and_its_lineage_read(world):
    source, client = world.shared(), client_of(world.fellow)

    answer = client.post(
        at("production_take_up", source), {"team": world.other_team.code, "adapted": "En 4e."}
    )

    made = Production.objects.get(team=world.other_team)
    assert answer["Location"] == at("production_edit", made)
    text = page(world.fellow, at("production_lineage", made))
    assert source.title in text
    assert "En 4e." in text


def test_loop_is_refused_on_the_page_with_what_to_do(world):
    source = world.shared()
    child = world.shared()
    RepriseFactory(production=child, source=source)

    answer = client_of(world.referent).post(
        at("production_lineage", source), {"acte": "reprendre", "source": child.code}
    )

    assert answer.status_code == 400
    assert "ferait une boucle" in answer.content.decode()


def test_adaptation_is_said_from_the_page(world):
    made = world.begin()
    link = RepriseFactory(production=made, source=world.shared(), adapted="")

    client_of(world.referent).post(
        at("production_lineage", made),
        {"acte": "adapter", "reprise": link.pk, "adapted": "Deux séances."},
    )

    assert Reprise.objects.get(pk=link.pk).adapted == "Deux séances."


# -- tools


def test_tool_page_says_what_is_known_and_what_is_not(world):
    made = world.write(world.begin(), tools="Padlet\nMoodle")
    ToolSheetFactory(code="padlet", label="Padlet", minimum_age=13, ai=Uses.NO, checked_on=NOW)

    text = page(world.teacher, at("production", made))

    assert "13 ans au moins" in text
    assert "Rien n’est encore connu de cet outil" in text
    assert "non connu" in page(world.teacher, reverse("tools"))


def test_expert_describes_a_tool_and_a_teacher_may_not(world):
    address = reverse("tool_describe", kwargs={"code": "padlet"})
    client = client_of(world.expert)

    assert client_of(world.teacher).get(address).status_code == 403
    assert client.post(address, {"ai": "no", "minimum_age": "99"}).status_code == 400
    assert client.post(address, {"ai": "no", "checked_on": "2030-01-01"}).status_code == 400
    client.post(address, {"ai": "no", "minimum_age": "13", "host": "France", "treated": "Aucune"})

    sheet = ToolSheet.objects.get()
    assert (sheet.code, sheet.minimum_age, sheet.ai) == ("padlet", 13, "no")
    assert (sheet.host, sheet.data) == ("France", "Aucune")
    assert sheet.checked_on == NOW.date()
    assert client.get(reverse("tool_describe", kwargs={"code": "inconnu"})).status_code == 404


def test_partner_reads_what_is_shared_once(world):
    partner = member(world.team, Role.PARTNER)

    page(partner, at("production", world.sharable()), status=404)
    page(partner, at("production", world.shared()))
