"""The minutes of a deliberation: what they say, who keeps them, their versions."""

import io
import zipfile
from datetime import timedelta

import pypdf
import pytest

from tests.selection import factories as f
from tests.selection.announcement.setting import IN, OUT, REASON, RESERVE, Hall, hall
from tests.selection.factories import NOW, actor_of
from traam.applications.rules.life import Standing
from traam.documents.queries import open_bytes
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions
from traam.selection.actions import Session
from traam.selection.models import CaseEvent, Departure, Minutes, Seal, Variant
from traam.selection.rules.life import DecisionKind

pytestmark = pytest.mark.django_db
SESSION = Session(
    experts=2, inspectors=1, pilots=1, others="Dgesco : 1 personne", remarks="**Vu.**"
)


@pytest.fixture
def room(db: None) -> Hall:
    """A deliberation with reviews, a proposal of reference, a departure and seals."""
    made = hall((IN, RESERVE, OUT))
    f.review_all(made.study, [[4, 4], [3, 3], [2, 2]])
    actions.seal_rules(campaign=made.campaign, now=NOW, actor=None)
    variant = Variant.objects.create(
        campaign=made.campaign,
        name="Premier calcul",
        instance={},
        result={},
        digest="d" * 64,
        computed_at=NOW,
        is_reference=True,
    )
    Departure.objects.create(
        case=made.case(2),
        variant=variant,
        computed=DecisionKind.RETAINED,
        decided=DecisionKind.NOT_RETAINED,
        reason="Le protocole ne tient pas.",
        price="1.250",
        at=NOW,
        person=made.study.pilot,
    )
    return made


def write(made: Hall, **given) -> Minutes:
    whole = {
        "campaign": made.campaign,
        "theme": made.theme,
        "session": SESSION,
        "now": NOW,
        "actor": made.pilot,
    }
    return actions.write_minutes(**(whole | given))


def text_of(minutes: Minutes) -> str:
    with open_bytes(minutes.odt.digest) as file:
        content = file.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("content.xml").decode()


def test_minutes_say_who_was_there_by_function_and_all_that_was_decided(room: Hall) -> None:
    said = text_of(write(room))

    for words in (
        "Expertise DNE : 2 personnes",
        "Inspection générale : 1 personne",
        "Dgesco : 1 personne",
        "Vu.",
        REASON,
        "sur liste complémentaire, rang 1",
        "retenue → non retenue",
        "1,25",
        "Le protocole ne tient pas.",
        "Premier calcul",
        "d" * 64,
        Seal.objects.get().digest,
        "Chaque thème retient de 1 à 2 académies",
        "Ce qui compte dans la proposition",
    ):
        assert words in said, words
    for place in range(3):
        assert room.application(place).title in said
    for person in (*room.study.reviewers[room.theme.code], room.study.pilot):
        assert person.name not in said


def test_minutes_are_a_tagged_pdf(room: Hall) -> None:
    made = write(room)

    with open_bytes(made.pdf.digest) as file:
        read = pypdf.PdfReader(file)
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert read.trailer["/Root"]["/Lang"].startswith("fr")
        assert "délibération du thème" in read.pages[0].extract_text()


def test_minutes_of_the_arbitration_tell_every_theme() -> None:
    made = hall((IN, OUT), themes=2)
    CaseEvent.objects.create(
        case=made.case(0), kind="decision.arbitrate", reason="Une académie sur un seul.", at=NOW
    )

    said = text_of(write(made, theme=None))

    assert "Procès-verbal : arbitrage" in said
    assert "Une académie sur un seul." in said
    for theme in made.study.themes:
        assert theme.shown_title in said


def test_minutes_change_makes_a_version_and_no_change_makes_none(room: Hall) -> None:
    first = write(room)
    same = write(room)
    room.decision(0).delete()
    second = write(room, now=NOW + timedelta(hours=1))

    assert same == first
    assert [first.number, second.number] == [1, 2]
    assert first.pdf != second.pdf
    assert Minutes.objects.count() == 2


def test_minutes_are_kept_by_those_who_may_read_every_case(room: Hall, client_of) -> None:
    theme = room.theme
    free, barred = (f.reviewer(theme) for _ in range(2))
    applications = [one.application for one in room.study.cases]
    f.clear(applications, [free])
    f.clear(applications[1:], [barred])
    f.clear(applications[:1], [barred], standing=Standing.PINNED)
    made = write(room)
    file = f"/selection/proces-verbaux/{made.pk}.pdf"
    page = f"/selection/{room.campaign.year}/proces-verbaux/"
    form = f"{page}rediger/?theme={theme.code}"

    write(room, actor=actor_of(free))
    with pytest.raises(NotAllowed):
        write(room, actor=actor_of(barred))

    assert [client_of(free).get(one).status_code for one in (file, page, form)] == [200] * 3
    closed = client_of(barred)
    assert [closed.get(one).status_code for one in (file, page, form)] == [404, 200, 404]
    assert "1 procès-verbal vous est fermé" in closed.get(page).content.decode()
    assert client_of(free).get(f"{page}rediger/").status_code == 404  # of the arbitration
    said = text_of(write(room, session=Session()))
    assert "1 personne n’a pas pris part" in said


def test_minutes_are_written_and_given_by_their_pages(room: Hall, client_of) -> None:
    client = client_of(room.study.pilot)
    page = f"/selection/{room.campaign.year}/proces-verbaux/"
    form = f"{page}rediger/?theme={room.theme.code}"
    typed = {"experts": "2", "inspectors": "1", "pilots": "0", "held_on": "2026-04-18"}

    assert 'name="experts" value="2"' in client.get(form).content.decode()
    wrong = client.post(form, typed | {"experts": "cent"})
    done = client.post(form, typed, follow=True)

    assert wrong.status_code == 400
    made = Minutes.objects.get()
    assert "version 1" in done.content.decode()
    assert made.session["held_on"] == "2026-04-18"
    assert client.get(f"/selection/proces-verbaux/{made.pk}.odt").content[:2] == b"PK"
    assert client.get(f"/selection/proces-verbaux/{made.pk}.txt").status_code == 404
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "session",
    [
        Session(experts=-1),
        Session(pilots=100),
        Session(others="a" * 501),
        Session(remarks="a" * 10_001),
    ],
)
def test_minutes_refuse_a_session_that_cannot_be(room: Hall, session: Session) -> None:
    with pytest.raises(Refusal):
        write(room, session=session)

    assert not Minutes.objects.exists()


def test_session_reads_back_what_it_keeps() -> None:
    assert Session.read(SESSION.as_data()) == SESSION
