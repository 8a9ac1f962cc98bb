"""The list of applications: what each role finds in it, its filters, and its files."""

import csv
import io
import random
import re

import pytest
import time_machine

from tests.applications.browsing import client_of, page
from tests.applications.factories import (
    AnswerFactory,
    ApplicationFactory,
    AuthorFactory,
    ExaminerFactory,
    ExtensionFactory,
    NamedInspectorFactory,
    OpenThemeFactory,
)
from tests.applications.world import World, actor, holding
from tests.campaigns.factories import ThemeTermFactory
from tests.reference.factories import AcademyFactory
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.forms.lists import Order, Waiting
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign

pytestmark = pytest.mark.django_db
LIST = "/candidatures/"


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.mark.parametrize("state", ["begun", "complete", "submitted", "agreed", "deposited"])
def test_list_and_page_open_for_its_people_at_each_state(world: World, now, state) -> None:
    made = getattr(world, state)(now)

    for person in (world.author, world.dan):
        assert made.code in page(person, LIST)
        assert made.code in page(person, f"{LIST}{made.code}/")


def test_author_reads_what_is_missing_and_until_when(world: World, now) -> None:
    world.begun(now)

    text = page(world.author, LIST)

    assert "13 points manquent" in text
    assert "avant le 3 avril 2026, 18\u00a0h\u00a000" in text


def test_inspector_finds_what_awaits_their_agreement(world: World, now) -> None:
    made = world.submitted(now)

    text = page(world.inspector, LIST)

    assert "1 candidature attend votre accord" in text
    assert "votre accord" in page(world.inspector, f"{LIST}?attente=moi")
    assert made.code in text


def test_delegate_finds_the_door_of_the_comparison(world: World, now) -> None:
    world.agreed(now)

    text = page(world.dan, LIST)

    code, year = world.academy.code, world.campaign.year
    assert f'href="/candidatures/academie/{code}/?campagne={year}"' in text
    assert "1 candidature à viser" in text


def test_pilot_reads_nothing_before_the_closing_and_all_after(world: World, now) -> None:
    made = world.deposited(now)

    before = page(world.pilot, LIST)
    Campaign.objects.update(state="call_closed")
    after = page(world.pilot, LIST)

    assert (made.code in before, made.code in after) == (False, True)


WRITTEN = ["draft", "awaiting_agreement", "awaiting_visa"]
READ_MEANWHILE = {
    "pilot": [each for each in ApplicationState if each not in WRITTEN],
    "expert": ["deposited"],
}


@pytest.mark.parametrize("who", READ_MEANWHILE)
def test_more_time_hides_what_is_still_written_and_nothing_already_deposited(
    world: World, now, who
) -> None:
    """In the list and at its own address alike."""
    extension = ExtensionFactory(campaign=world.campaign, academy=world.academy)
    readers = {"pilot": world.pilot, "expert": holding(Role.EXPERT, theme=world.theme.code)}
    made = {
        state: ApplicationFactory(
            theme=world.theme
            if state == "deposited"
            else OpenThemeFactory(campaign=world.campaign),
            academy=world.academy,
            state=state,
            deposited_at=now if state == "deposited" else None,
            extension=extension,
        )
        for state in ApplicationState
    }
    for one in made.values():
        ExaminerFactory(application=one, person=readers["expert"])
    Campaign.objects.update(state="call_closed")

    text, client = page(readers[who], LIST), client_of(readers[who])
    listed = [state for state, one in made.items() if f"/candidatures/{one.code}/" in text]
    opened = {
        state: client.get(f"/candidatures/{one.code}/").status_code for state, one in made.items()
    }

    assert listed == READ_MEANWHILE[who]
    assert [state for state, status in opened.items() if status == 200] == READ_MEANWHILE[who]


def test_academy_reads_only_its_own(world: World, now) -> None:
    mine, other = world.agreed(now), World()
    theirs = other.agreed(now)

    text = page(world.dan, LIST)

    assert mine.code in text
    assert theirs.code not in text
    assert other.academy.name not in text
    assert other.theme.title not in text


def test_examiner_in_conflict_finds_nothing_of_it_in_list_filters_count_or_file(
    world: World, now
) -> None:
    made = world.deposited(now)
    Campaign.objects.update(state="call_closed")
    expert = holding(Role.EXPERT, theme=world.theme.code)
    row = ExaminerFactory(application=made, person=expert, standing="found", kinds="academy")

    hidden = page(expert, LIST) + page(expert, f"{LIST}?format=csv")
    row.standing, row.kinds = "clear", ""
    row.save()
    shown = page(expert, LIST)

    assert made.code in shown
    assert not any(word in hidden for word in (made.code, made.title, world.academy.name))


@pytest.mark.parametrize("role", [Role.DGESCO, Role.PARTNER])
def test_who_reads_no_application_is_told_who_does(role) -> None:
    text = page(holding(role, academy="09"), LIST, 403)

    assert "peuvent lire une candidature" in text


# session, account, mandates, delegations; the views kept; the choices: what is held, by academy and
# campaign, then the themes; count, rows; academies of the day; the calls, milestones; answers,
# inspectors and their accounts, rivals
@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_whatever_its_length(
    world: World, count, django_assert_num_queries
) -> None:
    for _ in range(count):
        theme = OpenThemeFactory(campaign=world.campaign)
        made = ApplicationFactory(theme=theme, academy=world.academy)
        AuthorFactory(application=made, person=world.author)
        NamedInspectorFactory(application=made, person=world.inspector)
        AnswerFactory(application=made)
    client = client_of(world.author)
    client.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        text = client.get(LIST).content.decode()

    assert text.count("avant le 3 avril") == count


LIST_QUERIES = 13


# -- filters and files


@pytest.fixture
def many(world: World, now) -> World:
    """Forty applications that the pilot reads, in every state."""
    chance = random.Random(7)
    themes = [OpenThemeFactory(campaign=world.campaign) for _ in range(8)]
    for theme in themes:
        ThemeTermFactory(theme=theme)
    academies = [AcademyFactory() for _ in range(5)]
    words = ("Mesurer l’air", "Écrire à plusieurs", "=1+1", "Cartes, et « traces »")
    for theme in themes:
        for academy in academies:
            state = chance.choice(list(ApplicationState))
            given = {"deposited_at": now} if state == ApplicationState.DEPOSITED else {}
            ApplicationFactory(
                theme=theme, academy=academy, state=state, title=chance.choice(words), **given
            )
    Campaign.objects.update(state="call_closed")
    world.academies, world.themes = academies, themes  # type: ignore[attr-defined]
    return world


def filters(world, chance: random.Random) -> dict[str, str]:
    offered = {
        "q": ["", "", "mesurer", "ecrire plusieurs", "zzz"],
        "theme": ["", "", *(one.code for one in world.themes)],
        "academie": ["", "", *(one.code for one in world.academies)],
        "etat": ["", "", *ApplicationState],
        "attente": ["", "", *Waiting],
        "tri": ["", *Order],
    }
    return {name: str(chance.choice(values)) for name, values in offered.items()}


@pytest.mark.parametrize("seed", range(30))
def test_files_hold_exactly_what_is_counted_on_screen(many, seed) -> None:
    client = client_of(many.pilot)
    chosen = filters(many, random.Random(seed))

    text = client.get(LIST, chosen).content.decode()
    rows = list(
        csv.reader(
            io.StringIO(client.get(LIST, chosen | {"format": "csv"}).content.decode("utf-8-sig"))
        )
    )
    sheet = client.get(LIST, chosen | {"format": "ods"}).content

    found = re.search(r"<caption>(\d+) candidatures?</caption>", text)
    assert len(rows) - 1 == (int(found[1]) if found else 0)
    assert ods_rows(sheet) == len(rows)
    assert bool(found) or "Aucune candidature ne répond à ces filtres" in text


def ods_rows(content: bytes) -> int:
    import zipfile

    text = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
    return text.count("<table:table-row")


def test_file_is_in_the_order_of_the_screen(many) -> None:
    client = client_of(many.pilot)

    text = client.get(LIST, {"tri": "academie"}).content.decode()
    lines = client.get(LIST, {"tri": "academie", "format": "csv"}).content.decode().splitlines()

    on_screen = re.findall(r'href="/candidatures/(2026-2027-\d+)/"', text)
    in_file = [line.split(",")[0] for line in lines[1:]]
    assert on_screen == in_file[:25]
    assert len(in_file) == 40


def test_pages_keep_the_filters(many) -> None:
    text = page(many.pilot, f"{LIST}?tri=academie")

    assert "tri=academie&amp;page=2" in text


@pytest.mark.parametrize("query", ["etat=zzz", "theme=%00", "page=zzz", "tri=zzz", "attente=9"])
def test_filter_that_makes_no_sense_narrows_nothing(many, query) -> None:
    assert "40 candidatures" in page(many.pilot, f"{LIST}?{query}")


def test_list_without_anything_says_what_to_do(world: World) -> None:
    text = page(world.author, LIST)

    assert "Aucune candidature commencée" in text
    assert 'href="/candidatures/nouvelle/"' in text


def test_application_entered_for_others_is_read_by_who_entered_it(world: World, now) -> None:
    made = world.begun(now, actor=actor(world.pilot), channel="courriel du 3 mars")

    assert made.code in page(world.pilot, LIST)
    assert "D’après\u00a0: courriel du 3 mars" in page(world.pilot, f"{LIST}{made.code}/")


def test_joint_application_is_found_by_its_associated_academy(world: World, now) -> None:
    other = AcademyFactory()
    made = world.complete(now)
    world.fill(made, {"associated": [other.code]}, now)

    from traam.applications.screens.listing import chosen

    assert list(chosen(actor(world.author), {"academie": other.code})) == [made]


def test_withdrawn_application_awaits_nobody(world: World, now) -> None:
    made = world.complete(now)
    actions.withdraw(application=made, reason="Plus d’équipe.", now=now, actor=actor(world.author))

    text = page(world.author, f"{LIST}?attente=moi")

    assert "Aucune candidature ne répond à ces filtres" in text
