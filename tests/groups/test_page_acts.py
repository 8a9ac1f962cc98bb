"""What the pages of groups and teams do, by the door."""

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html as lxml_html

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import (
    NOW,
    MemberFactory,
    MessageFactory,
    NationalGroupFactory,
    SpentFactory,
    TeamFactory,
    TrancheFactory,
    leader,
    member,
    national,
    of_academy,
    this_year,
)
from tests.groups.setting import announced, page, whole_team
from tests.house.pages import CheckedClient
from tests.people.factories import UserFactory
from tests.vocabularies import vocabularies
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.models import Document, Member, Message, Point, Spent, Team
from traam.people.models import User

pytestmark = pytest.mark.django_db
Enter = Callable[[Actor], CheckedClient]
TEAM_PAGES = ("team", "team_members", "team_hours", "team_attestations")
SPACE_PAGES = ("documents", "points", "messages")


@pytest.fixture
def enter(client_of) -> Enter:
    """A browser in which this actor's person has signed in."""
    return lambda actor: client_of(User.objects.get(pk=actor.person))


def test_a_referent_adds_invites_and_ends_members(enter) -> None:
    vocabularies(now=NOW)
    team = TeamFactory()
    named = MemberFactory(team=team, person=None, mandate=None)
    client = enter(member(team, Role.REFERENT))
    address = page("team_members", team)

    refused = client.post(address, {"role": "teacher", "name": "Zoé", "email": "zoé"})
    assert refused.status_code == 400
    assert "adresse complète" in refused.content.decode()
    joined = {"role": "teacher", "name": "Zoé Petit", "email": "zoe@ac-essai.fr"}
    assert client.post(address, joined).status_code == 302
    asked = reverse("member_act", kwargs={"code": team.code, "key": named.pk, "act": "inviter"})
    assert client.get(asked).status_code == 200
    client.post(asked, {"name": "Bob Durand", "email": "bob@ac-essai.fr"})
    gone = Member.objects.get(person__email="zoe@ac-essai.fr")
    ends = reverse("member_act", kwargs={"code": team.code, "key": gone.pk, "act": "terminer"})
    assert client.get(ends).status_code == 200
    assert client.post(ends, {"reason": ""}).status_code == 400
    client.post(ends, {"reason": "Mutation."})
    back = reverse("member_return", kwargs={"code": team.code, "key": gone.pk})
    client.post(back)

    emails = Member.objects.filter(team=team, ends_on=None, role=Role.TEACHER)
    assert sorted(emails.values_list("person__email", flat=True)) == [
        "bob@ac-essai.fr",
        "zoe@ac-essai.fr",
    ]


def test_who_is_added_again_is_said_to_be_there_under_the_name_of_their_account(enter) -> None:
    vocabularies(now=NOW)
    team, known = TeamFactory(), UserFactory(name="Zoé Petit", email="zoe@ac-essai.fr")
    client, address = enter(member(team, Role.REFERENT)), page("team_members", team)

    def said(name: str, email: str) -> str:
        typed = {"role": "teacher", "name": name, "email": email}
        answer = client.post(address, typed)
        client.get(address)  # where it is read, so that the next one is alone
        (one,) = get_messages(answer.wsgi_request)
        return str(one)

    assert said("Zoë P.", known.email) == (
        "La personne est dans l’équipe, sous le nom de son compte : Zoé Petit."
    )
    assert said("Zoë P.", known.email) == (
        "zoe@ac-essai.fr était déjà dans l’équipe, sous le nom Zoé Petit : rien n’a changé."
    )
    assert said("Bob Durand", "bob@ac-essai.fr") == "La personne est dans l’équipe."


def test_a_teacher_sees_no_button_and_may_not_post(enter) -> None:
    team = whole_team()
    client = enter(member(team))
    address = page("team_members", team)

    shown = client.get(address).content.decode()

    assert "Ajouter une personne" not in shown
    assert "Mettre fin" not in shown
    given = {"role": "teacher", "name": "Zoé", "email": "zoe@ac-essai.fr"}
    assert client.post(address, given).status_code == 400
    assert client.get(page("team_edit", team)).status_code == 404


def test_a_referent_describes_the_project_and_binds_an_academy(enter) -> None:
    team, other = TeamFactory(), TeamFactory().academy
    client, address = enter(member(team, Role.REFERENT)), page("team_edit", team)

    assert client.get(address).status_code == 200
    assert client.post(address, {"acte": "decrire", "project": ""}).status_code == 400
    client.post(address, {"acte": "decrire", "project": "Lire à voix haute", "summary": ""})
    client.post(address, {"acte": "lier", "academy": other.code, "kind": "associated"})
    client.post(address, {"acte": "partager"})
    assert client.get(address).status_code == 200

    team.refresh_from_db()
    assert (team.project, team.shares_with_partners) == ("Lire à voix haute", True)
    assert [one.academy for one in team.bonds.all()] == [other]
    client.post(address, {"acte": "delier", "academie": other.code, "motif": "Fini."})
    assert not team.bonds.exists()


def test_delegate_first_notes_a_tranche_then_gives_its_hours(enter) -> None:
    team = this_year(TeamFactory())
    delegate = enter(of_academy(team))

    def titles() -> list[str]:
        shown = delegate.get(reverse("academy_hours")).content.decode()
        return sorted(["Attribuer des heures", "Tranches notifiées"], key=shown.index)

    assert titles()[0] == "Tranches notifiées"
    TrancheFactory(campaign=team.group.campaign, academy=team.academy)
    assert titles()[0] == "Attribuer des heures"


def test_hours_go_from_the_delegate_to_the_attestation(enter) -> None:
    team = this_year(TeamFactory())
    TrancheFactory(campaign=team.group.campaign, academy=team.academy)
    someone = MemberFactory(team=team)
    delegate = enter(of_academy(team))
    referent, inspector = enter(member(team, Role.REFERENT)), enter(member(team, Role.INSPECTOR))
    address = page("team_hours", team)

    assert delegate.get(reverse("academy_hours")).status_code == 200
    given = {"acte": "attribuer", "team": team.code, "hours": "-1", "reason": ""}
    assert delegate.post(reverse("academy_hours"), given).status_code == 400
    delegate.post(reverse("academy_hours"), given | {"hours": "7,5"})
    spent = {"acte": "declarer", "member": str(someone.pk), "hours": "8", "on": "2026-11-09"}
    refused = referent.post(address, spent | {"what": "séance"})
    assert refused.status_code == 400
    assert "Il reste 7,5" in refused.content.decode()
    referent.post(address, spent | {"what": "séance", "hours": "2,5"})
    line = Spent.objects.get()
    assert referent.post(address, {"acte": "attester", "ligne": [line.pk]}).status_code == 403
    inspector.post(address, {"acte": "attester", "ligne": [line.pk]})

    line.refresh_from_db()
    assert (str(line.hours), line.attested_at) == ("2.50", NOW)
    undo = reverse("spent_act", kwargs={"code": team.code, "key": line.pk, "act": "reprendre"})
    assert referent.get(undo).status_code == 404
    assert inspector.get(undo).status_code == 200
    inspector.post(undo, {"reason": "Séance reportée."})
    assert "Séance reportée." in referent.get(address).content.decode()
    none = inspector.post(address, {"acte": "attester", "ligne": ["9" * 30]}, follow=True)
    assert "Cochez au moins une déclaration" in none.content.decode()
    assert f'value="{line.pk}">' in inspector.get(address).content.decode()  # offered, not ticked
    cancel = reverse("spent_act", kwargs={"code": team.code, "key": line.pk, "act": "annuler"})
    referent.post(cancel, {"reason": "Erreur."})
    assert Spent.objects.get().cancelled_at == NOW
    assert "Erreur." in referent.get(address).content.decode()


def test_a_member_prints_their_own_attestation_only(enter) -> None:
    team = TeamFactory()
    own, other = MemberFactory(team=team), MemberFactory(team=team)
    client = enter(Actor(own.person_id, (), NOW.date()))

    def address(one: Member, form: str = "pdf") -> str:
        given = {"code": team.code, "key": one.pk, "form": form}
        return reverse("team_attestation", kwargs=given)

    answer = client.get(address(own))
    assert answer.status_code == 200
    assert b"".join(answer)[:5] == b"%PDF-"
    assert client.get(address(other)).status_code == 404
    assert enter(member(team, Role.REFERENT)).get(address(other, "odt")).status_code == 200


def rows_of(shown: str) -> list[str]:
    """The words of each row of the table of a page."""
    return [
        " ".join(" ".join(row.itertext()).split())
        for row in lxml_html.document_fromstring(shown).xpath("//tbody/tr")
    ]


def test_attestations_name_whoever_has_hours_and_no_account_yet(enter) -> None:
    team = TeamFactory()
    someone = MemberFactory(team=team, person__name="Alice", mandate=None)
    named = MemberFactory(team=team, person=None, mandate=None)
    for one, hours in ((someone, "1.25"), (named, "0.25")):
        SpentFactory(team=team, member=one, hours=Decimal(hours), attested_at=NOW)
    inspector = member(team, Role.INSPECTOR)
    name = User.objects.get(pk=inspector.person).name

    shown = enter(inspector).get(page("team_attestations", team)).content.decode()

    assert rows_of(shown) == [
        "Alice enseignant·e 1,25 h PDF ODT",
        "personne nommée dans la candidature enseignant·e 0,25 h à inviter Inviter",
        f"{name} inspecteur, inspectrice (IA-IPR, IEN) 0 h PDF ODT",
    ]
    invite = reverse("member_act", kwargs={"code": team.code, "key": named.pk, "act": "inviter"})
    assert f'href="{invite}"' in shown
    teacher = member(team)
    own = User.objects.get(pk=teacher.person).name
    shown = enter(teacher).get(page("team_attestations", team)).content.decode()
    assert rows_of(shown) == [f"{own} enseignant·e 0 h PDF ODT"]


def test_documents_points_and_messages_are_kept_from_their_pages(enter) -> None:
    team = TeamFactory()
    client = enter(member(team, Role.REFERENT))
    file = SimpleUploadedFile("bilan.txt", b"Un bilan.")
    documents, points = page("team_documents", team), page("team_points", team)

    client.post(documents, {"acte": "ajouter", "title": "Bilan", "heading": "report", "file": file})
    kept = Document.objects.get()
    assert b"".join(client.get(reverse("space_document", kwargs={"key": kept.pk}))) == b"Un bilan."
    outside = enter(member(TeamFactory(group=team.group)))
    assert outside.get(reverse("space_document", kwargs={"key": kept.pk})).status_code == 404
    client.post(documents, {"acte": "retirer", "document": kept.pk})
    assert client.post(documents, {"acte": "ajouter", "title": ""}).status_code == 400
    client.post(points, {"acte": "noter", "kind": "action", "text": "Relire."})
    client.post(points, {"acte": "faire", "point": Point.objects.get().pk})
    assert client.post(points, {"acte": "noter", "kind": "action", "text": ""}).status_code == 400

    kept.refresh_from_db()
    assert (kept.withdrawn_at, Point.objects.get().done_at) == (NOW, NOW)


def test_a_message_is_written_answered_and_withdrawn(enter) -> None:
    team = TeamFactory()
    client, address = enter(member(team)), page("team_messages", team)
    key = "12345678-1234-5678-1234-567812345678"
    written = {"acte": "ecrire", "subject": "Objet", "text": "Bonjour **à tous**.", "key": key}

    assert client.post(address, written | {"text": ""}).status_code == 400
    client.post(address, written)
    client.post(address, written)
    first = Message.objects.get()
    assert "<strong>à tous</strong>" in client.get(address).content.decode()
    answered = {"acte": "repondre", "message": first.pk, "text": "", "key": key[::-1]}
    answered["key"] = "22345678-1234-5678-1234-567812345678"
    assert client.post(address, answered).status_code == 400
    client.post(address, answered | {"text": "Merci."})
    client.post(reverse("message_withdraw", kwargs={"key": first.pk}))

    assert Message.objects.count() == 2
    shown = client.get(address).content.decode()
    assert "Message retiré par son auteur ou son autrice." in shown
    assert "Merci." in shown

    client.post(address, {"acte": "remettre", "message": first.pk})
    assert "<strong>à tous</strong>" in client.get(address).content.decode()


def test_a_message_is_withdrawn_once_the_next_page_has_been_confirmed(enter) -> None:
    team = TeamFactory()
    writer = member(team)
    one = MessageFactory(group=None, team=team, sent_by_id=writer.person, text="Rendez-vous lundi.")
    client, address = enter(writer), reverse("message_withdraw", kwargs={"key": one.pk})

    listed = client.get(page("team_messages", team)).content.decode()
    asked = client.get(address).content.decode()

    assert f'href="{address}"' in listed
    assert "Retirer le message</button>" in asked
    assert "Rendez-vous lundi." in asked
    assert "Vous pourrez le remettre." in asked
    assert "Motif" not in asked
    one.refresh_from_db()
    assert one.withdrawn_at is None
    assert client.post(address).url == page("team_messages", team)
    one.refresh_from_db()
    assert one.withdrawn_at == NOW
    assert client.get(address).url == page("team_messages", team)


def test_a_message_of_another_is_withdrawn_by_whoever_keeps_the_team_with_a_reason(enter) -> None:
    team = TeamFactory()
    one = MessageFactory(group=None, team=team, sent_by_id=member(team).person)
    referent, address = (
        enter(member(team, Role.REFERENT)),
        reverse("message_withdraw", kwargs={"key": one.pk}),
    )

    assert enter(member(team)).get(address).status_code == 403
    assert enter(member(TeamFactory())).get(address).status_code == 404
    assert "Motif" in referent.get(address).content.decode()
    assert referent.post(address, {"reason": ""}).status_code == 400
    one.refresh_from_db()
    assert one.withdrawn_at is None
    referent.post(address, {"reason": "Il nomme un élève."})
    one.refresh_from_db()
    assert one.withdrawn_at == NOW
    listed = page("team_messages", team)
    shown = " ".join(referent.get(listed).content.decode().split())
    assert f"Message retiré par {one.withdrawn_by} : Il nomme un élève." in shown
    assert "Remettre ce message" in shown
    assert "Remettre ce message" not in enter(member(team)).get(listed).content.decode()


def test_the_pilot_launches_a_campaign_from_its_page(client_of) -> None:
    hall = announced()
    client = client_of(hall.study.pilot)
    address = reverse("launch", kwargs={"year": hall.campaign.year})

    shown = client.get(address).content.decode()
    assert "1 équipe à former" in shown
    assert hall.part(0).academy.name in shown
    client.post(address)
    client.post(address)

    assert Team.objects.count() == 1
    assert "Rien n’attend d’être lancé" in client.get(address).content.decode()
    assert client_of(hall.team(0).delegate).get(address).status_code == 403


def test_a_team_withdraws_and_comes_back_by_its_pages(enter) -> None:
    team = whole_team()
    client = enter(of_academy(team))

    def act(name: str) -> str:
        return reverse("team_act", kwargs={"code": team.code, "act": name})

    assert client.get(act("retirer")).status_code == 200
    assert client.post(act("retirer"), {"reason": ""}).status_code == 400
    client.post(act("retirer"), {"reason": "Plus d’enseignants."})
    assert "Plus d’enseignants." in client.get(page("team", team)).content.decode()
    assert client.get(act("retirer")).status_code == 404
    client.post(act("retablir"), {"reason": "Erreur."})
    enter(leader(team.group)).post(act("achever"))

    team.refresh_from_db()
    assert team.state == "completed"


def test_a_participant_that_is_not_an_academy_has_a_team_by_the_pilot(enter) -> None:
    group = NationalGroupFactory()
    client, address = enter(national()), page("team_form", group)

    assert client.get(address).status_code == 200
    assert client.post(address, {"academy": "", "participant": ""}).status_code == 400
    client.post(address, {"academy": "", "participant": "Polynésie française"})

    assert Team.objects.get().named == "Polynésie française"


def test_the_pilot_loads_teams_and_invites_them_in_waves(enter) -> None:
    vocabularies(now=NOW)
    campaign = CampaignFactory(
        year="2026-2027", first_year=2026, last_year=2027, state="at_work", is_archive=False
    )
    ThemeFactory(campaign=campaign, title="Écrire à plusieurs")
    row = {
        "year": "2026-2027",
        "theme": "Écrire à plusieurs",
        "academy": "Lille",
        "role": "référent",
        "mail": "alice@ac-lille.fr",
        "name": "Alice Martin",
    }
    content = json.dumps([row, row | {"theme": "Inconnu"}]).encode()
    client, address = enter(national()), reverse("load_teams")

    assert client.get(address).status_code == 200
    checked = client.post(address, {"file": SimpleUploadedFile("equipes.json", content)})
    assert not Team.objects.exists()
    assert "n’est pas un thème" in checked.content.decode()
    kept = re.findall(r'name="(name|content)" value="([^"]*)"', checked.content.decode())
    client.post(address, {"acte": "charger", **dict(kept)})
    assert Team.objects.count() == 1
    bad = client.post(address, {"file": SimpleUploadedFile("equipes.json", b"{")})
    assert bad.status_code == 422
    client.post(reverse("load_teams_invite"), {"campaign": "2026-2027", "size": "10"})

    assert User.objects.get(email="alice@ac-lille.fr").last_login is None
    assert "sont invités" in client.get(address).content.decode()
    assert enter(of_academy(Team.objects.get())).get(address).status_code == 403
