"""« Ma journée » for each role, from outside."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.catalogue.factories import LoadFactory
from tests.desk.reading import awaited
from tests.groups.factories import TeamFactory, team_mandate
from tests.people.factories import DelegationFactory, MandateFactory, UserFactory
from tests.post.factories import MessageFactory
from tests.reference.factories import TermFactory
from traam.access.actor import Actor, Mandate, anonymous
from traam.access.roles import Role
from traam.catalogue.search import engine
from traam.desk.year import STEPS, steps_for
from traam.people.actions import prepare_personas
from traam.people.models import User
from traam.people.personas import PERSONAS
from traam.post.actions import send
from traam.post.models import Message

PAGE = "/tableau-de-bord/"
TODAY = date(2026, 3, 20)
PILOT = Actor(1, (Mandate(role=Role.PILOT),), TODAY)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


def _load(now, **facts):
    return LoadFactory(checked_at=now - timedelta(days=3), **facts)


def _words(count: int):
    TermFactory.create_batch(count, needs_review=True)
    TermFactory(needs_review=False)


def _failed_job(count: int):
    for _ in range(count):
        DBTaskResult.objects.create(
            status=TaskResultStatus.FAILED,
            args_kwargs={"args": [], "kwargs": {}},
            priority=0,
            task_path="x.y",
            queue_name="default",
            backend_name="default",
            exception_class_path="",
            traceback="",
        )


def titles(actor, now) -> list[str]:
    return [item.title for item in awaited(actor, now)]


def test_pilot_is_told_of_everything_that_waits(now):
    assert titles(PILOT, now) == []
    _load(now)
    _words(2)
    MessageFactory(failed=True)
    _failed_job(2)

    assert titles(PILOT, now) == [
        "1 chargement à terminer",
        "2 mots à vérifier dans les référentiels",
        "1 courriel en échec",
        "2 tâches de fond en échec",
    ]
    assert "il y a 3\u00a0jours" in awaited(PILOT, now)[0].text


def test_what_is_done_waits_no_more(now):
    _load(now, done=True)
    MessageFactory(failed=True)
    Message.objects.update(state="sent", sent_at=now)

    assert titles(PILOT, now) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PILOT])
def test_house_keeping_is_the_pilot_s_alone(now, role):
    _load(now)
    _words(1)
    MessageFactory(failed=True)
    _failed_job(1)

    assert titles(Actor(1, (Mandate(role=role, academies=frozenset({"09"})),), TODAY), now) == []
    assert titles(anonymous(TODAY), now) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (31, []),
        (30, ["Votre mandat « enseignant·e » finit bientôt"]),
        (1, ["Votre mandat « enseignant·e » finit bientôt"]),
        (0, []),
    ],
)
def test_mandate_about_to_end_is_announced_a_month_before(now, days, expected):
    mandate = Mandate(role=Role.TEACHER, ends_on=TODAY + timedelta(days=days))

    assert titles(Actor(1, (mandate,), TODAY), now) == expected


def test_end_of_a_delegation_is_not_announced_as_the_end_of_a_mandate(now):
    lent = Mandate(role=Role.TEACHER, ends_on=TODAY + timedelta(days=1), delegated_by=2)

    assert titles(Actor(1, (lent,), TODAY), now) == []


def test_year_says_something_to_every_role():
    assert set(STEPS) == set(Role)
    assert all(STEPS.values())


def test_steps_of_several_roles_are_said_once():
    both = steps_for([Role.TEACHER, Role.TEACHER, Role.PARTNER])

    assert both == [*STEPS[Role.TEACHER], *STEPS[Role.PARTNER]]


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_day_of_every_persona(client, now, persona):
    prepare_personas(now=now)
    client.force_login(User.objects.get(persona=persona.slug))

    response = client.get(PAGE)
    page = response.content.decode()

    assert response.status_code == 200
    assert "<h1>Ma journée</h1>" in page
    assert persona.name in page
    assert persona.role.label in page
    for code in persona.academies:
        assert f'href="/academies/{code}/"' in page
    for code in persona.disciplines:
        assert f"discipline={code}" in page
    if persona.role is not Role.PILOT:
        assert "Rien ne vous attend aujourd’hui" in page
        assert STEPS[persona.role][0][1] in page


def test_day_without_a_mandate_says_where_to_ask_for_one(client):
    client.force_login(UserFactory())

    page = client.get(PAGE).content.decode()

    assert "Vous n’avez pas de mandat en cours." in page
    assert "demandez-en un au DAN" in page
    assert "Aucun mandat ne vous a été donné." in page


def test_day_shows_mandates_with_their_periods_and_delegations(client):
    user, deputy = UserFactory(), UserFactory(name="Suppléante de Lille")
    lent = MandateFactory(person=UserFactory(name="Titulaire de Nantes"), role=Role.INSPECTOR)
    held = MandateFactory(person=user, role=Role.DIGITAL_DELEGATE, ends_on=date(2199, 9, 1))
    MandateFactory(
        person=user, role=Role.REFERENT, starts_on=date(2020, 9, 1), ends_on=date(2021, 9, 1)
    )
    MandateFactory(person=user, role=Role.TEACHER, starts_on=date(2198, 9, 1))
    DelegationFactory(mandate=lent, delegate=user, ends_on=date(2199, 4, 1))
    DelegationFactory(mandate=held, delegate=deputy)
    client.force_login(user)

    page = client.get(PAGE).content.decode()

    assert "en suppléance de Titulaire de Nantes" in page
    assert "suppléance confiée à Suppléante de Lille, du 1er mars 2026 au 31 mars 2026" in page
    assert "du 1er septembre 2025 au 31 août 2199" in page
    assert page.count(">en cours<") == 2
    assert page.count(">fini<") == 1
    assert page.count(">à venir<") == 1


def test_day_names_the_themes_and_the_teams_of_mandates(client):
    team = TeamFactory(group__theme__title="Mesurer le vivant", academy__name="Lille")
    user = UserFactory()
    team_mandate(user, Role.TEACHER, team)
    client.force_login(user)

    page = client.get(PAGE).content.decode()

    year = team.group.campaign.label
    assert f"équipe de Lille, « Mesurer le vivant » ({year})" in page.replace("\xa0", " ")
    assert team.code not in page


def test_day_shows_the_last_three_messages_by_their_subject(client, now):
    user = UserFactory()
    for number in range(4):
        send(to=user.pk, kind="people/invitation", params={}, key=f"k{number}", now=now)
    send(to=UserFactory().pk, kind="people/password_changed", params={}, key="autre", now=now)
    client.force_login(user)

    page = client.get(PAGE).content.decode()

    latest = list(Message.objects.filter(to=user.pk).order_by("-pk").values_list("pk", flat=True))
    shown = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>Votre compte TraAM est ouvert</a>', page)
    assert shown == [f"/tableau-de-bord/messages/{key}/" for key in latest[:3]]
    assert "mot de passe TraAM a changé" not in page


def test_day_offers_only_the_doors_one_may_open(client):
    user = MandateFactory(role=Role.TEACHER).person
    client.force_login(user)

    page = client.get(PAGE).content.decode()

    assert "/preparation/" not in page


@pytest.mark.parametrize(
    ("role", "doors"),
    [
        (Role.PILOT, {"/preparation/"}),
        (Role.DIGITAL_DELEGATE, {"/preparation/personnes/"}),
        (Role.INSPECTOR, set()),
    ],
)
def test_day_leads_who_keeps_accounts_to_them(client, role, doors):
    client.force_login(MandateFactory(role=role, academies=["09"]).person)

    page = client.get(PAGE).content.decode()

    offered = ("/preparation/", "/preparation/personnes/")
    assert {door for door in offered if f'href="{door}"' in page} == doors


@pytest.mark.parametrize(("role", "is_there"), [(Role.DGESCO, True), (Role.TEACHER, False)])
def test_day_leads_to_the_indicators_whoever_reads_their_rows(client, role, is_there):
    client.force_login(MandateFactory(role=role).person)

    page = client.get(PAGE).content.decode()

    assert ('href="/indicateurs/"' in page) is is_there


@pytest.mark.parametrize("count", [1, 3])
def test_day_costs_the_same_whatever_its_rows(
    client, now, monkeypatch, django_assert_num_queries, count
):
    # The index looks now and then whether it is late: its own tests count that.
    monkeypatch.setattr("traam.desk.queries.works_by", lambda facet: {"09": 2, "MATHS": 1})
    user = UserFactory()
    for _ in range(count):
        held = MandateFactory(person=user, role=Role.PILOT, academies=["09"], disciplines=["MATHS"])
        DelegationFactory(mandate=held)
        DelegationFactory(delegate=user, ends_on=date(2199, 1, 1))
        _load(now)
        MessageFactory(failed=True)
        send(to=user.pk, kind="people/invitation", params={}, key=str(uuid4()), now=now)
    _failed_job(count)
    client.force_login(user)
    client.get(PAGE)  # the vocabulary is kept from here on
    engine().clock = lambda: 0.0  # no look at what is new

    # session, account, version of the vocabulary, mandates and their limits; all that may await,
    # with the delegations given and the messages; names of those one stands for
    with django_assert_num_queries(6):
        page = client.get(PAGE).content.decode()
    assert "2 notices au catalogue." in page
    assert "1 notice au catalogue." in page


def test_day_wants_a_sign_in(client):
    assert client.get(PAGE).url == f"/connexion/?next={PAGE}"


def test_day_is_only_read(client):
    client.force_login(UserFactory())

    assert client.post(PAGE).status_code == 405
