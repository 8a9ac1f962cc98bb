"""A validated production becomes a notice, is corrected by a new version, withdrawn, revived."""

import pytest
from django.urls import reverse

from tests.documents.factories import SAMPLES
from tests.house.pages import CheckedClient
from tests.productions.setting import NOW, World, client_of
from tests.vocabularies import vocabularies
from traam.catalogue.models import Act, Notice
from traam.catalogue.publishing import productions as publishing
from traam.catalogue.publishing.productions import publish, withdraw
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.productions import actions
from traam.productions.models import Production, ProductionTerm, Reprise
from traam.productions.rules.life import FileUse, ProductionState
from traam.reference.models import Term

pytestmark = pytest.mark.django_db
P = ProductionState


@pytest.fixture
def world(index):
    vocabularies(now=NOW)
    made = World()
    assert made.inspector.person
    assert made.expert.person
    return made


def pictured(world) -> Production:
    """Validated, with a picture of a pupil whose family has agreed."""
    made = world.publishable()
    actions.add_file(
        production=made,
        content=SAMPLES["a.png"],
        name="classe.png",
        use=FileUse.PICTURE,
        said={"recognisable": "yes", "authorisation": "obtained", "description": "La classe"},
        now=NOW,
        actor=world.referent,
    )
    actions.propose(production=made, now=NOW, actor=world.referent)
    return actions.validate(production=made, now=NOW, actor=world.inspector)


def published(world) -> tuple[Production, Notice]:
    made = pictured(world)
    notice = publish(production=made, now=NOW, actor=world.expert)
    return world.again(made), notice


def test_notice_says_what_the_production_says(world):
    made, notice = published(world)

    record = notice.frozen()
    assert (made.state, made.ark) == (P.PUBLISHED, notice.ark)
    assert notice.origin == f"production:{made.code}"
    assert (record.title, record.summary) == (made.title, made.summary)
    assert [one.code for one in record.disciplines] == ["SVT"]
    assert [one.code for one in record.levels] == ["5E", "4E"]
    assert [one.code for one in record.cycles] == ["C4"]
    assert {one.code for one in record.competences} >= {"CRCN-1.3", "SOCLE-4.1"}
    assert [one.code for one in record.programmes] == ["P2015-C4"]
    assert [one.code for one in record.sections] == ["hook", "aim", "duration", "steps"]
    assert [one.name for one in record.files] == ["classe.png"]
    assert [(one.url, one.role) for one in record.links] == [
        ("https://exemple.fr/fiche", "ressource")
    ]
    assert record.licence is not None
    assert record.licence.uri.startswith("https://creativecommons.org/")
    assert record.theme is not None
    assert record.theme.code == world.team.group.theme.code
    assert not record.is_archive
    assert not record.is_demonstration


def test_notice_of_the_demonstration_is_marked(world):
    campaign = world.team.group.campaign
    campaign.is_demonstration = True
    campaign.save(update_fields=["is_demonstration"])

    _, notice = published(world)

    assert notice.frozen().is_demonstration
    assert " demonstration " in notice.sets


def test_words_that_the_vocabularies_did_not_know_join_the_open_ones(world):
    published(world)

    added = Term.objects.filter(needs_review=True, label="Un capteur maison").get()
    assert added.scheme.code == "tools"
    record = Notice.objects.get().frozen()
    assert added.code in {one.code for one in record.tools}


def test_publishing_twice_is_once(world):
    made, notice = published(world)

    assert publish(production=made, now=NOW, actor=world.expert) == notice
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("who", ["referent", "inspector", "pilot", "stranger"])
def test_only_the_expert_publishes(world, who):
    with pytest.raises(NotAllowed):
        publish(production=pictured(world), now=NOW, actor=getattr(world, who))

    assert Notice.objects.count() == 0


def test_production_that_is_not_validated_has_no_notice(world):
    made = world.proposed()

    with pytest.raises(NotAllowed):
        publish(production=made, now=NOW, actor=world.expert)
    with pytest.raises(MoveRefused):
        publish(production=made, now=NOW, actor=None)
    assert Notice.objects.count() == 0


def test_authorisation_withdrawn_before_publication_keeps_the_file_out(world):
    made = pictured(world)
    row = made.files.get()
    actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=world.referent)

    notice = publish(production=made, now=NOW, actor=world.expert)

    assert notice.frozen().files == ()


def test_file_is_public_until_its_authorisation_is_withdrawn(world):
    made, _notice = published(world)
    row = made.files.get()
    address = reverse("document", kwargs={"digest": row.file.digest})
    stranger = CheckedClient()
    assert stranger.get(address).getvalue()

    actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=world.teacher)

    assert stranger.get(address).status_code == 404
    own = reverse("production_file", kwargs={"code": made.code, "key": row.pk})
    assert client_of(world.referent).get(own).status_code == 404


def test_notice_page_shows_the_work_and_no_person(world):
    made, notice = published(world)

    answer = CheckedClient().get(reverse("notice", kwargs={"ark": notice.ark}))

    text = answer.content.decode()
    assert "Construire un protocole." in text
    assert "classe.png" in text
    assert "https://exemple.fr/fiche" in text
    for one in made.authors.all():
        assert str(one.person) not in text
    assert "@" not in text.split("<main")[1].split("</main>")[0]


def test_new_version_corrects_the_notice_which_says_the_former_until_then(world):
    made, notice = published(world)
    opened = actions.open_version(production=made, now=NOW, actor=world.teacher)
    assert opened.number == 2
    world.write(made, actor=world.teacher, aim="Un objectif mieux dit.")
    assert Notice.objects.count() == 1
    assert world.stranger.allows("production.read", world.again(made).place()) is False

    actions.propose(production=world.again(made), now=NOW, actor=world.referent)
    actions.validate(production=made, now=NOW, actor=world.inspector)
    corrected = publish(production=made, now=NOW, actor=world.expert)

    assert (corrected.ark, corrected.version, corrected.act) == (notice.ark, 2, Act.CORRECTED)
    assert corrected.reason == "Version 2 de la production."
    assert any(one.text == "Un objectif mieux dit." for one in corrected.frozen().sections)


def test_withdrawal_leaves_a_tombstone_with_its_reason(world):
    made, notice = published(world)

    for _ in range(2):
        done = withdraw(production=made, reason="Une erreur de droit.", now=NOW, actor=world.expert)

    gone = Notice.objects.current().get()
    assert done.state == P.WITHDRAWN
    assert (gone.ark, gone.act, gone.reason) == (notice.ark, Act.WITHDRAWN, "Une erreur de droit.")
    assert gone.frozen().files == ()
    answer = CheckedClient().get(reverse("notice", kwargs={"ark": notice.ark}))
    assert answer.status_code == 410
    assert "Une erreur de droit." in answer.content.decode()
    assert Message.objects.filter(kind="productions/withdrawn").exists()


@pytest.mark.parametrize("who", ["referent", "teacher", "inspector", "stranger"])
def test_notice_is_not_withdrawn_by_the_team(world, who):
    made, _ = published(world)

    with pytest.raises(NotAllowed):
        withdraw(production=made, reason="Non.", now=NOW, actor=getattr(world, who))

    assert Notice.objects.current().get().act == Act.PUBLISHED


def test_production_written_again_after_its_withdrawal_revives_its_notice(world):
    made, notice = published(world)
    withdraw(production=made, reason="Une erreur.", now=NOW, actor=world.pilot)
    actions.restore(production=made, reason="Réglée.", now=NOW, actor=world.expert)
    actions.propose(production=made, now=NOW, actor=world.referent)
    actions.validate(production=made, now=NOW, actor=world.inspector)

    again = publish(production=made, now=NOW, actor=world.expert)

    assert (again.ark, again.version, again.act) == (notice.ark, 3, Act.CORRECTED)
    assert again.frozen().title == made.title


def test_reprise_of_a_published_production_is_said_by_its_notice(world):
    made, notice = published(world)
    child = actions.take_up(
        source=made, team=world.other_team, now=NOW, actor=world.fellow, adapted="En 4e."
    )

    record = publishing.record_of(child, now=NOW, person=None)

    assert [(one.code, one.label) for one in record.based_on] == [(notice.ark, made.title)]


def test_title_that_a_source_is_being_given_stays_private(world):
    made, notice = published(world)
    child = actions.take_up(
        source=made, team=world.other_team, now=NOW, actor=world.fellow, adapted="En 4e."
    )
    Production.objects.filter(pk=made.pk).update(title="Un brouillon")

    record = publishing.record_of(child, now=NOW, person=None)

    assert [one.label for one in record.based_on] == [notice.frozen().title]


def test_participant_that_is_not_an_academy_is_named(world):
    made = pictured(world)
    team = made.team
    team.academy, team.participant = None, "Polynésie française"
    team.save(update_fields=["academy", "participant"])

    notice = publish(production=made, now=NOW, actor=world.expert)

    assert [one.label for one in notice.frozen().academies] == ["Polynésie française"]


def test_programme_that_is_none_is_not_carried(world):
    made = world.write(world.publishable(), programmes=["none"])

    record = publishing.record_of(made, now=NOW, person=None)

    assert record.programmes == ()
    assert ProductionTerm.objects.filter(production=made, scheme="programmes").count() == 1


# -- the pages


def test_expert_publishes_from_a_page_that_says_what_will_be_public(world):
    made, client = pictured(world), client_of(world.expert)
    address = reverse("production_publish", kwargs={"code": made.code})

    assert "classe.png" in client.get(address).content.decode()
    answer = client.post(address)

    assert answer["Location"] == reverse("notice", kwargs={"ark": Notice.objects.get().ark})


def test_pages_of_publication_are_closed_to_the_others(world):
    made = pictured(world)
    for name in ("production_publish", "production_withdraw"):
        address = reverse(name, kwargs={"code": made.code})
        for who in ("teacher", "inspector", "stranger"):
            answer = client_of(getattr(world, who)).get(address)
            assert answer.status_code in (403, 404), (name, who)


def test_pilot_withdraws_and_restores_the_notice_with_its_production(world):
    made, notice = published(world)
    client = client_of(world.pilot)
    address = reverse("notice_withdraw", kwargs={"ark": notice.ark})

    withdrawing = reverse("production_withdraw", kwargs={"code": made.code})
    assert client.get(address)["Location"] == withdrawing
    client.post(withdrawing, {"reason": "Un doublon."})
    assert (world.again(made).state, Notice.objects.current().get().act) == (
        P.WITHDRAWN,
        Act.WITHDRAWN,
    )

    restoring = reverse("production_act", kwargs={"code": made.code, "act": "retablir"})
    assert client.get(address)["Location"] == restoring
    assert client.get(restoring).status_code == 200


def test_withdrawal_asks_its_reason(world):
    made, _ = published(world)
    address = reverse("production_withdraw", kwargs={"code": made.code})
    client = client_of(world.expert)

    assert client.post(address, {"reason": " "}).status_code == 400
    assert client.post(address, {"reason": "Un doublon."}).status_code == 302
    assert world.again(made).state == P.WITHDRAWN


def test_notice_is_taken_up_by_a_team(world):
    made, notice = published(world)
    address = reverse("notice_take_up", kwargs={"ark": notice.ark})
    client = client_of(world.fellow)
    assert made.title in client.get(address).content.decode()

    answer = client.post(address, {"team": world.other_team.code, "adapted": "En 4e."})

    child = Production.objects.get(team=world.other_team)
    assert answer["Location"] == reverse("production_edit", kwargs={"code": child.code})
    assert Reprise.objects.get(production=child).source == made


def test_notice_of_the_archive_is_taken_up_with_its_identifier(world):
    from tests.catalogue.factories import NoticeFactory

    notice = NoticeFactory(origin="archive:R001")
    address = reverse("notice_take_up", kwargs={"ark": notice.ark})

    answer = client_of(world.fellow).post(address, {"team": world.other_team.code})

    assert answer.status_code == 302
    assert Reprise.objects.get().source_ark == notice.ark


def test_notice_offers_to_take_it_up_to_writers_only(world):
    _, notice = published(world)
    address = reverse("notice", kwargs={"ark": notice.ark})

    assert "Reprendre dans mon équipe" in client_of(world.fellow).get(address).content.decode()
    assert "Reprendre dans mon" not in client_of(world.expert).get(address).content.decode()


def test_refused_publication_says_what_lacks(world):
    made = pictured(world)
    made.links.all().delete()
    made.files.all().delete()

    with pytest.raises(Refusal, match="au moins un fichier"):
        publish(production=made, now=NOW, actor=world.expert)
