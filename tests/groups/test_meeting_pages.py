"""The pages of meetings, minutes, due dates and feeds: what each shows, to whom, in few queries."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.groups.factories import NOW, DueFactory, MeetingFactory, national
from tests.groups.meeting_setting import IN_A_WEEK, Room, convened, details, proposed, room
from traam.access.roles import Role
from traam.groups import actions
from traam.groups.models import Convened, Done, Due, Feed, Meeting, MinutesSection
from traam.groups.rules.life import Answer, Attendance, MeetingState
from traam.people.models import User
from traam.reference.queries import holidays

pytestmark = pytest.mark.django_db
AFTER = IN_A_WEEK + timedelta(hours=3)


@pytest.fixture
def made() -> Room:
    return room()


@pytest.fixture
def as_expert(made, client_of):
    return client_of(User.objects.get(pk=made.expert.person))


def page(name: str, **kwargs) -> str:
    return reverse(name, kwargs=kwargs)


def form_of(made: Room, **changes) -> dict[str, object]:
    given = {
        "title": "Réunion de janvier",
        "starts_at": "2027-01-15T14:00",
        "ends_at": "2027-01-15T16:00",
        "mode": "remote",
        "link": "https://visio.exemple.fr/a",
        "location": "",
        "agenda": "Les essais",
        "people": made.keys,
    }
    return given | changes


# -- lists


@pytest.mark.parametrize("count", [1, 3])
def test_list_reads_the_same_rows_whatever_its_size(
    made, as_expert, count, django_assert_num_queries
):
    for number in range(count):
        convened(made, details=details(title=f"Réunion {number}"))

    # session, user, mandates, delegations; group, teams, their bonds; meetings, answers
    with django_assert_num_queries(LIST):
        response = as_expert.get(page("group_meetings", code=made.group.code))

    assert response.content.decode().count("meetings-line__when") == count


LIST = 8


def test_list_teaches_what_a_meeting_is_before_the_first_one(made, as_expert, client_of):
    text = as_expert.get(page("group_meetings", code=made.group.code)).content.decode()

    assert "Aucune réunion pour l’instant" in text
    assert page("group_meeting_new", code=made.group.code) in text
    theirs = client_of(made.people["bob"]).get(page("group_meetings", code=made.group.code))
    assert page("group_meeting_new", code=made.group.code) not in theirs.content.decode()


def test_meetings_of_a_team_are_not_read_from_another_team(made, client_of):
    meeting = MeetingFactory(group=None, team=made.teams[0])
    bob, denise = client_of(made.people["bob"]), client_of(made.people["denise"])

    for address in (
        page("team_meetings", code=made.teams[0].code),
        page("meeting", key=meeting.pk),
    ):
        assert bob.get(address).status_code == 200
        assert denise.get(address).status_code == 404


# -- from the first word to the minutes


def test_meeting_is_prepared_convened_changed_and_cancelled_from_its_pages(made, as_expert):
    new = page("group_meeting_new", code=made.group.code)
    assert as_expert.get(new).status_code == 200
    refused = as_expert.post(new, form_of(made, link=""))
    assert refused.status_code == 400
    assert "Le lien de connexion manque" in refused.content.decode()

    as_expert.post(new, form_of(made))
    meeting = Meeting.objects.get()
    address = page("meeting", key=meeting.pk)
    assert "relisez-la, puis convoquez" in as_expert.get(address).content.decode()
    convoke = page("meeting_act", key=meeting.pk, act="convoquer")
    assert as_expert.get(convoke).status_code == 200
    as_expert.post(convoke)
    edit = page("meeting_edit", key=meeting.pk)
    assert "Réunion de janvier" in as_expert.get(edit).content.decode()
    meeting.refresh_from_db()
    as_expert.post(edit, form_of(made, title="Autre", version=meeting.version))
    cancel = page("meeting_act", key=meeting.pk, act="annuler")
    assert as_expert.post(cancel, {"reason": ""}).status_code == 400
    as_expert.post(cancel, {"reason": "Grève des trains."})

    meeting.refresh_from_db()
    assert (meeting.title, meeting.state, meeting.sequence) == ("Autre", MeetingState.CANCELLED, 2)
    assert "Grève des trains." in as_expert.get(address).content.decode()
    as_expert.post(
        page("meeting_act", key=meeting.pk, act="remettre"), {"reason": "Trains rendus."}
    )
    assert "Trains rendus." in as_expert.get(address).content.decode()


def test_answer_is_one_button(made, client_of):
    meeting, bob = convened(made), client_of(made.people["bob"])
    address = page("meeting", key=meeting.pk)
    assert "Viendrez-vous" in bob.get(address).content.decode()

    bob.post(page("meeting_answer", key=meeting.pk), {"said": "accepted"})

    assert Convened.objects.get(person=made.people["bob"]).answer == Answer.ACCEPTED
    assert "Présence annoncée\u00a0: 1" in bob.get(address).content.decode()
    assert "Votre réponse" in bob.get(address).content.decode()
    forged = bob.post(page("meeting_answer", key=meeting.pk), {"said": "needs-action"})
    assert forged.status_code == 404


def test_answer_for_someone_else_is_refused_to_who_does_not_lead(made, client_of, as_expert):
    meeting, denise = convened(made), made.people["denise"]
    given = {"said": "declined", "person": denise.pk}

    refused = client_of(made.people["bob"]).post(page("meeting_answer", key=meeting.pk), given)
    as_expert.post(page("meeting_answer", key=meeting.pk), given)

    assert refused.status_code == 403
    assert Convened.objects.get(person=denise).answer == Answer.DECLINED


def test_attendance_begins_from_the_answers(made, client_of):
    meeting = convened(made)
    actions.answer(meeting=meeting, said=Answer.DECLINED, now=NOW, actor=made.actor("bob"))
    hold = page("meeting_hold", key=meeting.pk)
    bob = made.people["bob"].pk
    with time_machine.travel(AFTER, tick=False):
        as_expert = client_of(User.objects.get(pk=made.expert.person))
        text = as_expert.get(hold).content.decode()
        assert '<option value="excused" selected>' in text
        given = {f"person_{key}": "present" for key in made.keys} | {f"person_{bob}": "excused"}
        as_expert.post(hold, given)

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert Convened.objects.get(person=bob).attendance == Attendance.EXCUSED


def test_the_link_is_shown_to_those_convened_until_the_meeting_is_over(made, client_of):
    meeting = convened(made, people=[made.people["alice"].pk, made.people["bob"].pk])
    address = page("meeting", key=meeting.pk)
    bob, denise = client_of(made.people["bob"]), client_of(made.people["denise"])

    assert meeting.link in bob.get(address).content.decode()
    assert meeting.link not in denise.get(address).content.decode()
    with time_machine.travel(AFTER, tick=False):  # sessions do not last a week
        text = client_of(made.people["bob"]).get(address).content.decode()
    assert meeting.title in text
    assert meeting.link not in text


def test_acts_are_refused_to_who_only_reads(made, client_of):
    meeting, bob = proposed(made), client_of(made.people["bob"])

    for address in (
        page("meeting_edit", key=meeting.pk),
        page("meeting_act", key=meeting.pk, act="convoquer"),
        page("meeting_hold", key=meeting.pk),
        page("minutes_edit", key=meeting.pk),
        page("group_meeting_new", code=made.group.code),
    ):
        assert bob.get(address).status_code == 403, address
    assert bob.get(page("meeting_act", key=meeting.pk, act="autre")).status_code == 404


def test_minutes_are_written_by_two_at_once_without_loss(made, client_of):
    meeting = convened(made)
    alice, charlie = client_of(made.people["alice"]), client_of(made.people["charlie"])
    alice.post(page("minutes_begin", key=meeting.pk))
    section = MinutesSection.objects.order_by("position").first()
    save = page("section_save", key=section.pk)
    name = f"s{section.pk}"

    alice.post(save, {f"{name}-text": "Un\n\nDeux", f"{name}-base": "0"})
    alice.post(save, {f"{name}-text": "Un, complété\n\nDeux", f"{name}-base": "1"})
    response = charlie.post(
        save, {f"{name}-text": "Un\n\nDeux\n\nTrois", f"{name}-base": "1"}, follow=True
    )

    section.refresh_from_db()
    assert section.text == "Un, complété\n\nDeux\n\nTrois"
    assert "quelqu’un d’autre avait écrit" in response.content.decode()
    versions = charlie.get(page("section_versions", key=section.pk)).content.decode()
    assert "De la version 2 à la version 3" in versions
    assert "Trois" in versions
    charlie.post(page("section_versions", key=section.pk), {"version": "1"})
    section.refresh_from_db()
    assert (section.text, section.version) == ("Un\n\nDeux", 4)


def test_minutes_are_read_on_the_page_of_the_meeting(made, as_expert, client_of):
    meeting = convened(made)
    [section, *_] = actions.begin_minutes(meeting=meeting, now=NOW, actor=made.expert)
    actions.save_section(section=section, text="**Un** bilan", base=0, now=NOW, actor=made.expert)

    text = client_of(made.people["bob"]).get(page("meeting", key=meeting.pk)).content.decode()

    assert "<strong>Un</strong> bilan" in text
    assert "Rédiger" not in text


def test_sections_are_added_and_removed_from_the_page(made, as_expert):
    meeting = convened(made)
    as_expert.post(page("minutes_begin", key=meeting.pk))
    as_expert.post(page("section_add", key=meeting.pk), {"title": "Divers"})
    added = MinutesSection.objects.get(title="Divers")
    assert "Divers" in as_expert.get(page("minutes_edit", key=meeting.pk)).content.decode()
    assert as_expert.post(page("section_add", key=meeting.pk), {"title": ""}).status_code == 400

    as_expert.post(page("section_remove", key=added.pk))

    assert not MinutesSection.objects.filter(pk=added.pk).exists()


def test_versions_that_do_not_exist_are_not_found(made, as_expert):
    meeting = convened(made)
    section = actions.begin_minutes(meeting=meeting, now=NOW, actor=made.expert)[0]
    address = page("section_versions", key=section.pk)

    assert as_expert.get(address).status_code == 200
    assert as_expert.get(f"{address}?version=7").status_code == 404
    assert as_expert.get(f"{address}?version=٣").status_code == 200  # no number: the last


# -- due dates


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_reads_the_same_rows_whatever_its_size(
    made, as_expert, count, django_assert_num_queries
):
    for _ in range(count):
        DueFactory(group=made.group)

    holidays()  # kept until a vocabulary changes

    # as the list of meetings, but for answers; then holidays, dates, what was told
    with django_assert_num_queries(CALENDAR):
        response = as_expert.get(page("group_calendar", code=made.group.code))

    assert response.content.decode().count("C’est fait") == 2 * 2 * count  # shown, and its name


CALENDAR = 10


def test_calendar_offers_the_usual_dates_to_who_leads_alone(made, as_expert, client_of):
    address, act = (
        page("group_calendar", code=made.group.code),
        page("dues_default", code=made.group.code),
    )
    assert act in as_expert.get(address).content.decode()
    assert act not in client_of(made.people["bob"]).get(address).content.decode()

    response = as_expert.post(act, follow=True)

    assert "La campagne n’a pas de date de lancement" in response.content.decode()
    assert client_of(made.people["bob"]).post(act).status_code == 403


def test_a_date_is_added_moved_met_and_removed_from_the_pages(made, as_expert, client_of):
    given = {"title": "Un bilan", "due_on": "2026-12-11"}
    as_expert.post(page("due_new", code=made.group.code), given)
    due = Due.objects.get()
    address = page("due_edit", key=due.pk)
    assert "Un bilan" in as_expert.get(address).content.decode()
    assert as_expert.post(address, given | {"due_on": "2030-01-01"}).status_code == 400
    as_expert.post(address, given | {"due_on": "2026-12-15"})
    alice, team = client_of(made.people["alice"]), made.teams[0]
    alice.post(page("due_met", key=due.pk), {"equipe": team.code})
    assert Done.objects.get().team == team
    assert (
        alice.post(page("due_met", key=due.pk), {"equipe": made.teams[1].code}).status_code == 403
    )
    alice.post(page("due_met", key=due.pk), {"equipe": team.code, "reprendre": "oui"})
    assert not Done.objects.exists()

    as_expert.post(page("due_remove", key=due.pk))

    assert not Due.objects.exists()


def test_the_pilot_follows_the_dates_and_reads_no_meeting(made, client_of):
    DueFactory(group=made.group)
    meeting = convened(made)
    pilot = client_of(User.objects.get(pk=national(Role.PILOT).person))

    text = pilot.get(page("group_calendar", code=made.group.code)).content.decode()

    assert made.teams[0].named in text
    assert meeting.title not in text
    assert pilot.get(page("meeting", key=meeting.pk)).status_code == 404


# -- feeds


def test_feeds_are_made_shown_and_revoked(made, client_of):
    bob = client_of(made.people["bob"])
    for given in ({}, {"groupe": made.group.code}):
        bob.post(reverse("feed_open"), given)
    feeds = list(Feed.objects.order_by("pk"))
    text = bob.get(reverse("feeds")).content.decode()
    assert [one.group for one in feeds] == [None, made.group]
    assert all(page("calendar", token=one.token) in text for one in feeds)

    bob.post(page("feed_revoke", key=feeds[0].pk))

    assert page("calendar", token=feeds[0].token) not in bob.get(reverse("feeds")).content.decode()
    alice = client_of(made.people["alice"])
    assert alice.post(page("feed_revoke", key=feeds[1].pk)).status_code == 404
    assert alice.post(reverse("feed_open"), {"groupe": "inconnu"}).status_code == 404


def test_the_calendar_of_one_meeting_is_a_file(made, client_of):
    meeting = convened(made)

    response = client_of(made.people["bob"]).get(page("meeting_file", key=meeting.pk))

    assert response["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in response.content
