"""The journal is read by the pilot: by act, object, person and day."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.house.pages import CheckedClient
from tests.journal.factories import EntryFactory
from traam.access.roles import Role
from traam.journal import actions
from traam.journal.wording import labels
from traam.people.models import Mandate, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns of a folder that does not exist


def client_of(role: Role) -> CheckedClient:
    user = User.objects.create_user(email=f"{role}@traam.invalid", name=role.label)
    Mandate.objects.create(person=user, role=role, starts_on=date(2020, 1, 1))
    client = CheckedClient()
    client.force_login(user)
    return client


@pytest.fixture
def of_pilot():
    return client_of(Role.PILOT)


@pytest.fixture
def subjects(of_pilot):
    """The objects shown under these filters, in their order."""

    def ask(query: str = "") -> list[str]:
        page = of_pilot.get(f"{reverse('journal_entries')}?{query}").content.decode()
        return re.findall(r"<td[^>]*>notice:([^<]*)", page)

    return ask


def test_stranger_signs_in_and_others_are_refused(client):
    assert client.get("/preparation/journal/").status_code == 302
    assert client_of(Role.TEACHER).get("/preparation/journal/").status_code == 403


def test_page_tells_acts_by_keys_and_the_last_seal(of_pilot, now):
    EntryFactory(actor=7, on_behalf_of=8, before={"version": 1}, after={"version": 2, "note": None})
    EntryFactory(verb="noticeboard.pin")
    seal = actions.seal(now=now)
    EntryFactory()

    text = of_pilot.get(reverse("journal_entries")).content.decode()

    assert ">Notice publiée</td>" in text
    assert ">noticeboard.pin</td>" in text  # no app says this act any more
    assert "compte 7, au nom du compte 8" in text
    assert 'class="kit-break">version\u00a0: 1</td>' in text
    assert 'class="kit-break">note\u00a0: –, version\u00a0: 2</td>' in text
    assert ">le système</td>" in text
    assert seal.digest in text


def test_empty_page_says_what_leaves_an_entry(of_pilot):
    text = of_pilot.get(reverse("journal_entries")).content.decode()

    assert "Chaque acte du programme laisse ici une inscription" in text


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ["c", "b", "a"]),
        ("acte=notice.publish", ["a"]),
        ("acte=notice.correct", ["b"]),
        ("acte=notice", ["c", "b", "a"]),  # no act of that name: the page says so
        ("objet=notice:b", ["b"]),
        ("personne=7", ["b"]),
        ("du=2026-03-02", ["c", "b"]),
        ("au=2026-03-02", ["b", "a"]),
        ("du=2026-03-02&au=2026-03-02", ["b"]),
        ("acte=notice.correct&personne=7", ["b"]),
        ("acte=notice.publish&personne=7", []),
    ],
)
def test_page_filters(subjects, query, kept):
    EntryFactory(subject="notice:a", at=datetime(2026, 3, 1, 9, tzinfo=UTC))
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # the 2nd already, in Paris
    EntryFactory(subject="notice:b", verb="notice.correct", actor=7, at=late)
    EntryFactory(subject="notice:c", verb="noticeboard.pin", at=datetime(2026, 3, 3, tzinfo=UTC))

    assert subjects(query) == kept


def test_page_says_which_filter_is_wrong(of_pilot):
    for query in ("du=demain", "acte=notice", "personne=moi"):
        text = of_pilot.get(f"/preparation/journal/?{query}").content.decode()

        assert "1 point à corriger" in text


def test_acts_are_offered_in_the_order_of_their_words(of_pilot):
    text = of_pilot.get("/preparation/journal/?acte=notice.correct").content.decode()

    offered = re.findall(r'<option value="([^"]*)"( selected)?\s*>([^<]+)</option>', text)
    words = [(verb, said) for verb, _, said in offered]
    assert words[0] == ("", "tous")
    assert words[1:] == list(labels().items())
    assert ("notice.correct", " selected", "Notice corrigée") in offered
    assert words.index(("reference.alias", "Écriture d’un terme ajoutée")) < words.index(
        ("mandate.grant", "Mandat donné")
    )


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_few_queries(of_pilot, count, django_assert_num_queries, now):
    EntryFactory.create_batch(count)
    actions.seal(now=now)

    # session, user, mandates, scopes; kept views; seal, count, entries
    with django_assert_num_queries(7):
        of_pilot.get(reverse("journal_entries"))
