"""« Mes messages » shows one's own; the outbox and the jobs are the pilot's."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from jinja2 import DictLoader

from tests.house.pages import CheckedClient
from tests.post.conftest import FILES, LETTER, WITHHELD
from tests.post.factories import AT, MessageFactory
from traam.access.roles import Role
from traam.kit.jinja import environment
from traam.people.models import Mandate, User
from traam.post import rules, texts
from traam.post.models import Message

pytestmark = pytest.mark.django_db


def person(name: str, role: Role) -> User:
    user = User.objects.create_user(email=f"{name}@traam.invalid", name=name)
    Mandate.objects.create(person=user, role=role, starts_on=date(2020, 1, 1))
    return user


@pytest.fixture
def alice() -> User:
    return person("alice", Role.TEACHER)


@pytest.fixture
def of_alice(alice):
    client = CheckedClient()
    client.force_login(alice)
    return client


@pytest.fixture
def of_pilot():
    client = CheckedClient()
    client.force_login(person("pilote", Role.PILOT))
    return client


def job(status: str, **fields) -> DBTaskResult:
    given = {"args_kwargs": {"args": [], "kwargs": {}}, "backend_name": "default"}
    return DBTaskResult.objects.create(
        status=status, task_path="traam.post.tasks.deliver", run_after=AT, **given | fields
    )


ADDRESSES = ("my_messages", "outbox", "jobs")


@pytest.mark.parametrize("name", ADDRESSES)
def test_stranger_is_led_to_sign_in(client, name):
    response = client.get(reverse(name))

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/connexion/")


@pytest.mark.parametrize("name", ["outbox", "jobs"])
def test_who_is_no_pilot_is_refused(of_alice, name):
    assert of_alice.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["outbox", "jobs"])
def test_empty_list_teaches_what_will_come(of_pilot, name):
    assert "apparaîtront ici" in of_pilot.get(reverse(name)).content.decode()


@pytest.mark.parametrize(("name", "query"), [("outbox", "etat=sent"), ("jobs", "etat=FAILED")])
def test_list_emptied_by_its_filter_leads_to_the_whole(of_pilot, name, query):
    page = of_pilot.get(f"{reverse(name)}?{query}").content.decode()

    assert f'href="{reverse(name)}">Voir tou' in page


def test_my_messages_are_mine_alone(of_alice, alice):
    MessageFactory(to=alice.pk, params={"title": "pour Alice"})
    MessageFactory(to=alice.pk + 1, params={"title": "pour Bob"})
    MessageFactory(secret=True, params={})

    text = of_alice.get(reverse("my_messages")).content.decode()

    assert text.count("Bonjour, ") == 1
    assert "Bonjour, pour Alice" in text


def test_my_message_is_read_with_its_links(of_alice, alice):
    mine = MessageFactory(to=alice.pk, params={"title": "<b>gras</b>"})

    text = of_alice.get(reverse("my_message", kwargs={"message": mine.pk})).content.decode()

    assert "Bonjour, &lt;b&gt;gras&lt;/b&gt;" in text
    assert '<a href="/tableau-de-bord/messages/">http://127.0.0.1:8000/tableau' in text


def test_message_of_someone_else_is_not_found(of_alice, alice):
    other = MessageFactory(to=alice.pk + 1)

    assert of_alice.get(f"/tableau-de-bord/messages/{other.pk}/").status_code == 404


def test_message_whose_text_is_gone_stays_in_the_list(of_alice, alice):
    MessageFactory(to=alice.pk, kind="sample/gone")

    assert "Message « sample/gone »" in of_alice.get(reverse("my_messages")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_my_messages_ask_the_same_few_queries(of_alice, alice, count, django_assert_num_queries):
    MessageFactory.create_batch(count, to=alice.pk)

    with django_assert_num_queries(5):  # session, user, mandates, scopes; count, messages
        of_alice.get(reverse("my_messages"))


@pytest.mark.parametrize("count", [1, 3])
def test_outbox_asks_the_same_few_queries(of_pilot, count, django_assert_num_queries):
    MessageFactory.create_batch(count)

    # session, user, mandates, scopes; kept views; kinds, states, count, rows
    with django_assert_num_queries(8):
        of_pilot.get(reverse("outbox"))


def test_outbox_names_each_kind_in_french_and_its_counts_agree(of_pilot, monkeypatch):
    loader = DictLoader({"sample/post/hello.txt": "{# Essai : bonjour #}\nBonjour\nTexte."})
    made = environment(loader=loader, autoescape=False)
    monkeypatch.setattr(texts, "_environment", lambda: made)
    MessageFactory.create_batch(2, state="sent", sent_at=AT, next_try_at=None)
    MessageFactory(kind="sample/gone", state="sent", sent_at=AT, next_try_at=None)

    text = of_pilot.get(reverse("outbox")).content.decode().replace("\xa0", " ")

    assert text.count(">Essai : bonjour</td>") == 2
    assert '<option value="sample/hello">Essai : bonjour</option>' in text
    assert '<option value="sample/gone">sample/gone</option>' in text
    assert [rules.counted(rules.State.SENT, count) for count in (0, 1, 2)] == [
        *("envoyé", "envoyé", "envoyés")
    ]
    assert ">envoyés<" in text


def test_outbox_shows_counts_failures_and_no_secret(of_pilot):
    failed = MessageFactory(failed=True)
    MessageFactory(secret=True)

    text = of_pilot.get(reverse("outbox")).content.decode()

    assert "adresse refusée (550)" in text
    assert f'aria-label="Relancer le message {failed.pk}"' in text
    assert text.count("Relancer</button>") == 1
    assert "non gardé" in text


@pytest.mark.parametrize(
    ("query", "kept"), [("etat=failed", 1), ("etat=queued", 2), ("sorte=sample/hello", 3), ("", 3)]
)
def test_outbox_filters(of_pilot, query, kept):
    MessageFactory.create_batch(2)
    MessageFactory(failed=True)

    text = of_pilot.get(f"{reverse('outbox')}?{query}").content.decode()

    assert text.count(">sample/hello</td>") == kept


def test_outbox_turns_its_pages_with_its_filters(of_pilot):
    MessageFactory.create_batch(51)

    text = of_pilot.get(f"{reverse('outbox')}?etat=queued").content.decode()

    assert "/preparation/courrier/?etat=queued&amp;page=2" in text


def test_outbox_relaunches_what_failed(of_pilot):
    failed = MessageFactory(failed=True)

    response = of_pilot.post(reverse("message_relaunch", kwargs={"message": failed.pk}))

    failed.refresh_from_db()
    assert (response.status_code, failed.state) == (302, "queued")


def test_outbox_says_why_it_does_not_relaunch(of_pilot):
    sent = MessageFactory(sent=True)

    address = reverse("message_relaunch", kwargs={"message": sent.pk})
    text = of_pilot.post(address, follow=True).content.decode()

    assert "demande l’état" in text


def test_relaunching_is_refused_to_others_and_by_get(of_alice, of_pilot):
    failed = MessageFactory(failed=True)
    address = reverse("message_relaunch", kwargs={"message": failed.pk})

    assert of_alice.post(address).status_code == 403
    assert of_pilot.get(address).status_code == 405
    failed.refresh_from_db()
    assert failed.state == "failed"


@pytest.mark.parametrize("count", [1, 3])
def test_jobs_ask_the_same_few_queries(of_pilot, count, django_assert_num_queries):
    for _ in range(count):
        job("FAILED", exception_class_path="builtins.OSError")

    # Session, user, mandates, scopes; kept views; states, count, keys, rows.
    with django_assert_num_queries(8):
        of_pilot.get(reverse("jobs"))


@pytest.mark.parametrize(
    ("query", "kept"), [("", 4), ("etat=FAILED", 1), ("etat=RUNNING", 1), ("etat=absurde", 4)]
)
def test_jobs_filter(of_pilot, query, kept):
    for status in ("READY", "RUNNING", "FAILED", "SUCCESSFUL"):
        job(status)

    text = of_pilot.get(f"{reverse('jobs')}?{query}").content.decode()

    assert text.count(">remettre le courrier</td>") == kept


@pytest.mark.parametrize(("count", "words"), [(1, "réussie"), (2, "réussies")])
def test_jobs_counts_agree_with_their_number(of_pilot, count, words):
    for _ in range(count):
        job("SUCCESSFUL")

    text = of_pilot.get(reverse("jobs")).content.decode()

    assert re.findall(r"etat=SUCCESSFUL[^>]*>(réussies?)<", text) == [words]


def test_jobs_relaunch_what_failed_and_nothing_else(of_pilot, of_alice):
    failed, done = job("FAILED", worker_ids=["a"] * 4), job("SUCCESSFUL")
    addresses = [reverse("job_relaunch", kwargs={"key": one.pk}) for one in (failed, done)]

    assert of_alice.post(addresses[0]).status_code == 403
    texts = [of_pilot.post(one, follow=True).content.decode() for one in addresses]

    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.status, failed.worker_ids, done.status) == ("READY", [], "SUCCESSFUL")
    assert "remise en attente" in texts[0]
    assert "n’est plus en échec" in texts[1]


def test_job_that_is_not_there_is_said_so(of_pilot):
    address = reverse("job_relaunch", kwargs={"key": uuid.UUID(int=0)})

    assert "n’existe plus" in of_pilot.post(address, follow=True).content.decode()


def with_files(alice: User, *digests: str) -> Message:
    files = [{"digest": digest, "name": f"{digest[:4]}.pdf"} for digest in digests]
    return MessageFactory(to=alice.pk, attachments=files)


def test_message_shows_its_files_and_those_that_are_gone(alice, of_alice):
    message = with_files(alice, LETTER, WITHHELD)

    page = of_alice.get(reverse("my_message", args=[message.pk])).content.decode()

    href = reverse("my_message_file", args=[message.pk, LETTER])
    assert f'href="{href}">aaaa.pdf<' in page
    assert "15\u00a0octets" in page
    assert "bbbb.pdf\u00a0: ce fichier ne peut plus être lu." in page
    assert page.count('<a class="fr-link fr-link--download"') == 1


def test_message_without_files_speaks_of_none(alice, of_alice):
    page = of_alice.get(reverse("my_message", args=[with_files(alice).pk])).content.decode()

    assert "joint" not in page


def test_person_saves_a_file_of_their_message(alice, of_alice):
    message = with_files(alice, LETTER)

    response = of_alice.get(reverse("my_message_file", args=[message.pk, LETTER]))

    assert response.content == FILES[LETTER]
    assert response["Content-Disposition"] == 'attachment; filename="aaaa.pdf"'
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_file_of_a_message_is_its_recipients_only(alice, of_alice, of_pilot):
    mine = with_files(alice, LETTER, WITHHELD)
    bare = with_files(alice)

    for client, message, digest in (
        (of_pilot, mine, LETTER),
        (of_alice, bare, LETTER),
        (of_alice, mine, WITHHELD),
    ):
        address = reverse("my_message_file", args=[message.pk, digest])
        assert client.get(address).status_code == 404
