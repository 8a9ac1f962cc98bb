"""An application is begun, its files joined, its time extended: the remaining pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.applications.browsing import client_of, page, posted, said
from tests.applications.factories import (
    CLOSES,
    ApplicationFactory,
    ExtensionFactory,
    OpenCampaignFactory,
    OpenThemeFactory,
)
from tests.applications.world import COMPLETE, World, holding
from tests.reference.factories import AcademyFactory
from traam.access.roles import Role
from traam.applications.models import Application, Extension, Piece
from traam.campaigns.models import Axis, Campaign, MilestoneDate

pytestmark = pytest.mark.django_db
BEGIN = "/candidatures/nouvelle/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture(autouse=True)
def _today(now, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with time_machine.travel(now, tick=False):
        yield


# -- beginning


def test_themes_are_read_with_their_problem_and_axes_before_one_is_chosen(world: World) -> None:
    type(world.theme).objects.update(problem="Que change la mesure ?")
    Axis.objects.create(theme=world.theme, position=1, title="Mesurer dehors")

    text = page(world.author, BEGIN)

    assert all(words in text for words in (world.theme.title, "Que change", "Mesurer dehors"))
    assert "vendredi 3 avril 2026, 18\u00a0h, heure de Paris" in text


def test_button_of_a_theme_begins_and_opens_the_form(world: World) -> None:
    text = posted(world.author, BEGIN, {"theme": world.theme.code})

    made = Application.objects.get()
    assert (made.academy, made.theme) == (world.academy, world.theme)
    assert "La candidature est commencée" in text


def test_last_years_application_is_taken_up_again(world: World, now) -> None:
    last = World(academy=world.academy).deposited(now)
    Campaign.objects.filter(pk=last.campaign_id).update(state="closed")
    last.authors.create(person=world.author)

    offered = page(world.author, BEGIN)
    posted(world.author, BEGIN, {"theme": world.theme.code, "reprendre": last.code})

    made = Application.objects.get(theme=world.theme)
    assert COMPLETE["title"] in offered
    assert said(made) == {key: one for key, one in COMPLETE.items() if key != "commitments"}


def test_theme_already_answered_says_by_whom_and_offers_no_button(world: World, now) -> None:
    world.complete(now)

    text = page(world.coauthor, BEGIN)

    assert "répond déjà à ce thème" in text
    assert f'value="{world.theme.code}"' not in text


def test_without_an_open_call_the_page_says_when_the_next_opens(now) -> None:
    OpenCampaignFactory(
        state="preparation",
        calendar={"call_opens": now + timedelta(days=9), "call_closes": now + timedelta(days=40)},
    )

    text = page(holding(Role.REFERENT, academy="09"), BEGIN, 200)

    assert "Aucune candidature à montrer" in text


def test_theme_that_is_not_signed_is_not_offered(world: World) -> None:
    OpenThemeFactory(campaign=world.campaign, state="draft", title="Un thème en cours")

    assert "Un thème en cours" not in page(world.author, BEGIN)


def test_choice_that_is_not_offered_is_refused(world: World) -> None:
    posted(world.author, BEGIN, {"theme": "zzz"}, 400)
    posted(world.author, BEGIN, {"theme": world.theme.code, "academie": "zzz"}, 400)

    assert not Application.objects.exists()


def test_answer_received_by_mail_is_entered_for_its_author_and_marked_so(world: World) -> None:
    data = {
        "academy": world.academy.code,
        "theme": world.theme.code,
        "person": world.author.pk,
        "channel": "courriel du 18 mars",
    }

    first = page(world.pilot, "/candidatures/saisir/")
    text = posted(world.pilot, "/candidatures/saisir/", data)

    made = Application.objects.get()
    assert world.academy.name in first
    assert made.channel == "courriel du 18 mars"
    assert list(made.authors.values_list("person", flat=True)) == [world.author.pk]
    assert "La saisie est commencée" in text


def test_entry_without_what_it_follows_is_refused(world: World) -> None:
    data = {"academy": world.academy.code, "theme": world.theme.code, "channel": ""}

    text = posted(world.dan, "/candidatures/saisir/", data, 400)

    assert "Dites d’après quoi vous saisissez" in text
    assert not Application.objects.exists()


@pytest.mark.parametrize("state", ["call_open", "call_closed"])
def test_academy_given_more_time_reads_its_own_deadline(world: World, now, state: str) -> None:
    ExtensionFactory(campaign=world.campaign, academy=world.academy)
    Campaign.objects.update(state=state)

    text = page(world.author, BEGIN)

    assert re.findall(r"À déposer avant le <time[^>]*>([^<]*)<", text) == [
        "vendredi 10 avril 2026, 18\u00a0h, heure de Paris"
    ]


def test_whoever_writes_in_two_academies_reads_the_deadline_of_each(world: World, now) -> None:
    other = AcademyFactory(name="Amiens")
    holding(Role.REFERENT, academy=other.code, person=world.author)
    ExtensionFactory(campaign=world.campaign, academy=other)

    text = page(world.author, BEGIN)

    assert re.findall(
        r"À déposer avant le <time[^>]*>([^,]*),[^<]*</time>[^,]*, pour ([^<]*)\.<", text
    ) == [
        ("vendredi 3 avril 2026", world.academy.name),
        ("vendredi 10 avril 2026", "Amiens"),
    ]


# -- pieces


def join(user, application, content=PDF, name="lettre.pdf", status=200):
    file = SimpleUploadedFile(name, content, content_type="application/octet-stream")
    address = f"/candidatures/{application.code}/pieces/"
    return posted(user, address, {"acte": "joindre", "file": file, "label": "Une lettre"}, status)


def test_file_is_joined_read_by_its_readers_and_taken_away(world: World, now) -> None:
    made = world.complete(now)

    listed = join(world.author, made)
    piece = Piece.objects.get()
    address = f"/candidatures/{made.code}/pieces/{piece.pk}/"
    read = client_of(world.dan).get(address)
    stranger = client_of(World().dan).get(address)
    posted(
        world.author, f"/candidatures/{made.code}/pieces/", {"acte": "retirer", "piece": piece.pk}
    )

    assert "Une lettre" in listed
    assert b"".join(read.streaming_content) == PDF
    assert 'attachment; filename="lettre.pdf"' in read["Content-Disposition"]
    assert stranger.status_code == 404
    assert client_of(world.dan).get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"MZ" + b"\0" * 100, "lettre.pdf", "types acceptés"),
        (PDF, "lettre.docx", "son nom doit finir par"),
        (b"", "vide.pdf", "il est vide"),
        (PDF + b"0" * 21_000_000, "lourd.pdf", "la limite est de 20"),
        (b"<html><script>", "page.html", "n’est pas reconnu"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_and_named(
    world: World, now, content, name, why
) -> None:
    made = world.complete(now)

    text = join(world.author, made, content, name, 400)

    assert why in text
    assert name in text
    assert not Piece.objects.exists()
    assert 'value="Une lettre"' in text


def test_reader_joins_nothing(world: World, now) -> None:
    made = world.complete(now)

    join(world.dan, made)

    assert not Piece.objects.exists()


# -- more time

EXTENSIONS = "/candidatures/prolongations/"
UNTIL = {"until": "2026-04-10T18:00", "reason": "Cyclone."}


def test_more_time_is_given_in_paris_time_then_taken_back(world: World, now) -> None:
    given = {"campaign": world.campaign.year, "academy": world.academy.code} | UNTIL

    text = posted(world.pilot, EXTENSIONS, given)
    made = Extension.objects.get()
    posted(world.pilot, f"{EXTENSIONS}{made.pk}/terminer/", {"reason": "Finalement non."})

    assert made.until == datetime(2026, 4, 10, 16, 0, tzinfo=UTC)
    assert "en cours" in text
    assert Extension.objects.get().is_over


def test_more_time_lets_write_after_the_closing(world: World, now) -> None:
    made = world.begun(now)
    given = {"campaign": world.campaign.year, "academy": world.academy.code} | UNTIL
    posted(world.pilot, EXTENSIONS, given)

    with time_machine.travel(CLOSES + timedelta(days=1), tick=False):
        text = page(world.author, f"/candidatures/{made.code}/modifier/")

    assert "vendredi 10 avril 2026, 18\u00a0h, heure de Paris" in text
    assert "Délai prolongé pour cette académie" in text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            "call_open",
            "L’académie écrira encore jusqu’à la clôture de l’appel, le vendredi 3 avril",
        ),
        ("call_closed", "Plus personne n’écrira dans les candidatures de cette académie"),
    ],
)
def test_end_of_more_time_says_until_when_the_academy_still_writes(
    world: World, now, state, said
) -> None:
    extension = ExtensionFactory(campaign=world.campaign, academy=world.academy)
    Campaign.objects.update(state=state)

    with time_machine.travel(now if state == "call_open" else CLOSES, tick=False):
        text = page(world.pilot, f"{EXTENSIONS}{extension.pk}/terminer/")

    assert said in re.sub("<[^>]+>", "", text)


def test_more_time_beyond_the_reviews_is_given_on_a_second_press(world: World, now) -> None:
    MilestoneDate.objects.create(
        campaign=world.campaign, kind="reviews_due", at=CLOSES + timedelta(days=2)
    )
    given = {"campaign": world.campaign.year, "academy": world.academy.code} | UNTIL

    text = posted(world.pilot, EXTENSIONS, given, 400)
    far = posted(world.pilot, EXTENSIONS, given | {"until": "2099-01-01T18:00"}, 400)
    before = Extension.objects.count()
    (read,) = re.findall('name="lu" value="([^"]+)"', text)
    posted(world.pilot, EXTENSIONS, given | {"lu": read})

    assert ["Rien n’est encore fait" in each for each in (text, far)] == [True, False]
    assert "Cyclone." in text
    assert (before, Extension.objects.count()) == (0, 1)


def test_reopening_is_offered_by_the_theme_of_the_application(world: World, now) -> None:
    extension = ExtensionFactory(campaign=world.campaign, academy=world.academy)
    made = world.deposited(now)
    Application.objects.update(extension=extension)

    text = page(world.pilot, EXTENSIONS).replace("\u00a0", " ")

    assert f"Rouvrir la candidature au thème « {world.theme.title} »" in text
    assert f"Rouvrir {made.code}" not in text
    assert COMPLETE["title"] not in text


def test_end_before_the_closing_is_refused(world: World) -> None:
    given = {"campaign": world.campaign.year, "academy": world.academy.code} | UNTIL

    text = posted(world.pilot, EXTENSIONS, given | {"until": "2026-04-01T18:00"}, 400)

    assert "doit venir après la clôture" in text
    assert not Extension.objects.exists()


def test_overseas_end_is_told_in_its_own_hour_too(now) -> None:
    world = World(academy=AcademyFactory(code="41", name="Polynésie française"))
    given = {"campaign": world.campaign.year, "academy": "41"} | UNTIL

    assert "vendredi 10 avril, 6\u00a0h sur place" in posted(world.pilot, EXTENSIONS, given)


def test_nobody_but_the_pilot_gives_time(world: World) -> None:
    for who in (world.dan, world.author, world.inspector):
        assert client_of(who).get(EXTENSIONS).status_code == 403


def test_application_of_another_year_is_not_offered_to_be_taken_up(world: World) -> None:
    other = ApplicationFactory(deposited=True)

    assert other.code not in page(world.author, BEGIN)
