"""« Personnes »: inviting, giving and ending mandates, erasing, from the pages."""

import re
from datetime import date

import pytest
import time_machine

from tests.house.pages import CheckedClient
from tests.people.factories import DelegationFactory, MandateFactory, UserFactory
from traam.access.roles import Role
from traam.journal.models import Entry
from traam.kit.refusals import Refusal
from traam.people import actions
from traam.people.models import Mandate, User
from traam.people.reach import Limits
from traam.post.models import Message

pytestmark = pytest.mark.django_db
LIST = "/preparation/personnes/"
INVITE = f"{LIST}inviter/"
TODAY = date(2026, 3, 20)
TOMORROW = date(2026, 3, 21)
GIVEN = {
    "email": "alice@ac-lille.invalid",
    "name": "Alice",
    "role": "inspector",
    "academies": ["09"],
    "disciplines": ["MATHS"],
    "starts_on": "2026-03-20",
    "last_on": "2026-08-31",
}
NAMED = "le DAN de l’académie de Nantes"


@pytest.fixture(autouse=True)
def _today(now, vocabularies):
    with time_machine.travel(now, tick=False):
        yield


def entering(role: Role, *academies: str) -> CheckedClient:
    user = MandateFactory(role=role, academies=academies, person__name="Qui agit").person
    client = CheckedClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def pilot() -> CheckedClient:
    return entering(Role.PILOT)


@pytest.fixture
def dan() -> CheckedClient:
    return entering(Role.DIGITAL_DELEGATE, "09")


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def shown(response) -> str:
    """The page, its no-break spaces made plain."""
    return re.sub(r"[\u00a0\u202f]", " ", response.content.decode())


# -- inviting


def test_invitation_opens_the_account_gives_the_mandate_and_writes_once(dan):
    assert 'value="09" ' in shown(dan.get(INVITE))
    assert "Académies : Lille" in shown(dan.get(INVITE))

    answers = [dan.post(INVITE, GIVEN, follow=True) for _ in range(2)]

    user = User.objects.get(email="alice@ac-lille.invalid")
    (mandate,) = user.mandates.all()
    assert (mandate.role, mandate.starts_on, mandate.ends_on) == (
        Role.INSPECTOR,
        TODAY,
        date(2026, 9, 1),  # the last day is included
    )
    assert sorted(mandate.scopes.values_list("kind", "code")) == [
        ("academy", "09"),
        ("discipline", "MATHS"),
    ]
    assert [(m.to, m.kind) for m in Message.objects.all()] == [(user.pk, "people/invitation")]
    assert verbs() == ["people.invite", "mandate.grant"]
    assert "Le compte « Alice » est ouvert" in shown(answers[0])
    assert "rien n’a changé" in shown(answers[1])
    assert answers[1].redirect_chain == [(f"{LIST}{user.pk}/", 302)]


def test_invited_address_that_has_an_account_keeps_its_name(dan):
    user = UserFactory(email="alice@ac-lille.invalid", name="Alice de Nantes")

    response = dan.post(INVITE, GIVEN | {"email": "Alice@AC-Lille.invalid"}, follow=True)

    user.refresh_from_db()
    assert (user.name, user.mandates.count()) == ("Alice de Nantes", 1)
    assert not Message.objects.exists()
    assert "avait déjà un compte, au nom de « Alice de Nantes »" in shown(response)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": ""}, "Donnez l’adresse de la personne."),
        ({"email": "alice"}, "Donnez une adresse complète"),
        ({"name": " "}, "Donnez le nom de la personne"),
        ({"role": ""}, "Choisissez un rôle."),
        ({"role": "chef"}, "« chef » n’est pas un rôle"),
        ({"academies": ["99"]}, "« 99 » n’est pas le code d’une académie"),
        ({"disciplines": ["DANSE"]}, "« DANSE » n’est pas le code d’une discipline"),
        ({"starts_on": ""}, "Donnez le premier jour."),
        ({"starts_on": "demain"}, "Donnez une date."),
        ({"starts_on": "0026-03-20"}, "Donnez une date du 1er janvier 2000"),
        ({"last_on": "9999-12-31"}, "Donnez une date du 1er janvier 2000"),
        ({"last_on": "2026-03-19"}, "(reçu : 19 mars 2026) vient avant le premier (20 mars 2026)"),
        ({"role": "rector", "academies": []}, "demande au moins une académie"),
        ({"role": "correspondent", "disciplines": []}, "demande au moins une discipline"),
    ],
)
def test_faulty_invitation_comes_back_with_its_reason_and_what_was_typed(pilot, changes, said):
    kept = "Nom gardé"

    response = pilot.post(INVITE, GIVEN | {"name": kept} | changes)

    text = shown(response)
    assert (response.status_code, said in text) == (400, True)
    assert kept in text or "name" in changes
    assert verbs() == []
    assert not User.objects.filter(email=GIVEN["email"]).exists()


@pytest.mark.parametrize(
    ("changes", "who"),
    [
        ({"academies": ["17"]}, NAMED),
        ({"academies": ["09", "17"]}, NAMED),
        ({"role": "pilot"}, "le pilotage national (DNE)"),
        ({"role": "expert", "academies": ["09"]}, "le pilotage national (DNE)"),
        ({"role": "teacher", "academies": []}, "le pilotage national (DNE)"),
    ],
)
def test_dan_is_told_who_may_and_nothing_is_written(dan, changes, who):
    response = dan.post(INVITE, GIVEN | changes)

    text = shown(response)
    assert (response.status_code, who in text) == (400, True)
    assert GIVEN["email"] in text
    assert (verbs(), Message.objects.count()) == ([], 0)
    assert not User.objects.filter(email=GIVEN["email"]).exists()


def test_closed_account_is_neither_invited_nor_given_a_mandate(pilot):
    user = UserFactory(email=GIVEN["email"], closed=True)

    for address in (INVITE, f"{LIST}{user.pk}/mandat/"):
        response = pilot.post(address, GIVEN)
        assert (response.status_code, "fermé" in shown(response)) == (400, True)
    assert not user.mandates.exists()


def test_welcome_says_what_was_not_there(now):
    words = {
        "email": "a@x.invalid",
        "name": "A",
        "role": Role.TEACHER,
        "limits": Limits(academies=frozenset({"09"})),
        "starts_on": TODAY,
        "ends_on": None,
        "now": now,
        "actor": None,
    }

    first = actions.welcome(**words)
    same = actions.welcome(**words)
    more = actions.welcome(**words | {"role": Role.REFERENT})

    news = [(done.is_new_account, done.is_new_mandate) for done in (first, same, more)]
    assert news == [(True, True), (False, False), (False, True)]
    assert first.mandate == same.mandate


# -- giving a mandate


def test_mandate_is_given_to_who_has_an_account(dan):
    user = MandateFactory(academies=["09"]).person
    address = f"{LIST}{user.pk}/mandat/"
    assert "À Personne" in shown(dan.get(address))

    response = dan.post(address, GIVEN, follow=True)

    assert sorted(user.mandates.values_list("role", flat=True)) == ["inspector", "teacher"]
    assert "Le mandat est donné à" in shown(response)


def test_dan_gives_no_mandate_in_another_academy(dan):
    user = MandateFactory(academies=["09"]).person

    response = dan.post(f"{LIST}{user.pk}/mandat/", GIVEN | {"academies": ["17"]})

    assert (response.status_code, NAMED in shown(response)) == (400, True)
    assert user.mandates.count() == 1


def test_stranger_to_the_academy_has_no_such_person(dan):
    far = MandateFactory(academies=["17"])

    for address in (f"{LIST}{far.person_id}/mandat/", f"{LIST}mandats/{far.pk}/terminer/"):
        assert dan.get(address).status_code == 404
        assert dan.post(address, GIVEN | {"on": "2026-03-20"}).status_code == 404
    assert (Mandate.objects.filter(person=far.person).count(), verbs()) == (1, [])


# -- ending a mandate


def ending(mandate) -> str:
    return f"{LIST}mandats/{mandate.pk}/terminer/"


def test_end_says_what_will_be_lost_before_it_does_it(dan):
    user = UserFactory(name="Alice")
    mandate = MandateFactory(person=user, role=Role.INSPECTOR, academies=["09"])
    MandateFactory(person=user, role=Role.TEACHER, academies=["09"])
    DelegationFactory(
        mandate=mandate, delegate__name="Bob", starts_on=TODAY, ends_on=date(2026, 6, 1)
    )

    text = shown(dan.get(ending(mandate), {"on": "2026-04-01"}))

    assert "À partir du 1er avril 2026" in text
    assert "La suppléance confiée à Bob s’arrête aussi" in text
    assert "Il lui restera" in text
    assert "donner son accord à une candidature" in text  # an inspector's right
    assert "préparer et mener un essai en classe" not in text  # the teacher's mandate keeps it
    assert (verbs(), mandate.delegations.count()) == ([], 1)

    response = dan.post(ending(mandate), {"on": "2026-04-01"}, follow=True)

    mandate.refresh_from_db()
    assert (mandate.ends_on, mandate.delegations.get().ends_on) == (date(2026, 4, 1),) * 2
    assert "ne compte plus à partir du 1er avril 2026" in shown(response)


def test_end_is_proposed_for_today_and_twice_is_once(pilot):
    mandate = MandateFactory(academies=["09"])
    assert "Il ne lui en restera aucun" in shown(pilot.get(ending(mandate)))

    for _ in range(2):
        pilot.post(ending(mandate), {"on": "2026-03-20"})

    mandate.refresh_from_db()
    assert (mandate.ends_on, verbs()) == (TODAY, ["mandate.end"])


def test_mandate_that_never_counted_disappears_and_leads_back_to_the_list(dan):
    mandate = MandateFactory(academies=["09"], starts_on=TOMORROW)
    assert "n’aura jamais compté" in shown(dan.get(ending(mandate)))

    response = dan.post(ending(mandate), {"on": "2026-03-20"})

    assert response.url == LIST  # this DAN reads that person no more
    assert not Mandate.objects.filter(pk=mandate.pk).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Donnez le premier jour sans ce mandat."),
        ({"on": ""}, "Donnez le premier jour sans ce mandat."),
        ({"on": "hier"}, "Donnez une date."),
        ({"on": "2026-09-02"}, "finit déjà avant cette date (reçu : 2 septembre 2026)"),
    ],
)
def test_faulty_end_comes_back_with_its_reason(pilot, typed, said):
    mandate = MandateFactory(academies=["09"], ends_on=date(2026, 9, 1))

    response = pilot.post(ending(mandate), typed)

    text = shown(response)
    assert (response.status_code, said in text) == (400, True)
    assert typed.get("on", "") in text
    assert verbs() == []


def test_mandate_over_two_academies_is_not_one_dans_to_end(dan):
    mandate = MandateFactory(academies=["09", "17"])

    asked = shown(dan.get(ending(mandate)))
    response = dan.post(ending(mandate), {"on": "2026-03-20"})

    assert (NAMED in asked, "Mettre fin au mandat" in asked) == (True, False)
    assert (response.status_code, NAMED in shown(response)) == (400, True)
    assert verbs() == []


def test_mandate_gone_in_between_is_told(now):
    mandate = MandateFactory(starts_on=TOMORROW)
    kept = Mandate.objects.get(pk=mandate.pk)
    mandate.delete()

    with pytest.raises(Refusal, match="n’existe plus"):
        actions.end(mandate=kept, on=TODAY, now=now, actor=None)


# -- withdrawing someone else's delegation


def test_pilot_withdraws_a_delegation_and_comes_back_to_its_holder(pilot):
    delegation = DelegationFactory(ends_on=date(2026, 6, 1))
    address = f"/compte/suppleances/{delegation.pk}/retirer/"
    page = f"{LIST}{delegation.holder_id}/"
    assert address in shown(pilot.get(page))

    response = pilot.post(address)

    delegation.refresh_from_db()
    assert (delegation.ends_on, response.url) == (TODAY, page)


# -- erasing


def test_erasure_says_all_that_it_does_before_it_does_it(pilot):
    user = UserFactory(name="Alice")
    mandate = MandateFactory(person=user, academies=["09"])
    MandateFactory(person=user, starts_on=TOMORROW)
    MandateFactory(person=user, ends_on=TODAY)
    DelegationFactory(mandate=mandate, ends_on=TOMORROW)
    address = f"{LIST}{user.pk}/effacer/"

    text = shown(pilot.get(address))
    assert "met fin dès aujourd’hui à 2 mandats" in text
    assert "arrête 1 suppléance" in text
    assert "définitif" in text
    assert verbs() == []

    answers = [pilot.post(address, follow=True) for _ in range(2)]

    user.refresh_from_db()
    assert (user.name, user.is_active) == ("", False)
    assert verbs() == ["people.erase"]
    assert "Le compte est effacé" in shown(answers[0])
    assert all(answer.status_code == 200 for answer in answers)


def test_persona_cannot_be_erased_and_the_page_says_why(pilot):
    user = UserFactory(name="DAN de Lille", persona="dan-lille")
    address = f"{LIST}{user.pk}/effacer/"

    asked, answered = shown(pilot.get(address)), pilot.post(address)

    assert "c’est par lui que les visiteurs entrent" in asked
    assert "Effacer définitivement" not in asked
    assert address not in shown(pilot.get(f"{LIST}{user.pk}/"))
    assert answered.status_code == 400
    user.refresh_from_db()
    assert (user.name, verbs()) == ("DAN de Lille", [])


def test_persona_is_refused_by_the_action_itself(now):
    user = UserFactory(persona="dan-lille")

    with pytest.raises(Refusal, match="personnage de la démonstration"):
        actions.erase(person=user, now=now, actor=None)


def test_dan_erases_nobody_and_is_told_who_does(dan):
    user = MandateFactory(academies=["09"]).person

    for answer in (dan.get(f"{LIST}{user.pk}/effacer/"), dan.post(f"{LIST}{user.pk}/effacer/")):
        assert answer.status_code == 403
        assert "Seul le pilotage national (DNE) peut effacer un compte" in shown(answer)
