"""Minutes: several people at once, nothing lost, every version kept."""

from datetime import timedelta

import pytest

from tests.groups.factories import NOW, MeetingFactory, MinutesSectionFactory
from tests.groups.meeting_setting import Room, convened, proposed, room
from traam.groups import actions
from traam.groups.actions.minutes import DEFAULTS, SECTIONS_MAX, TEXT_MAX
from traam.groups.models import MinutesSection, SectionVersion
from traam.kit.refusals import NotAllowed, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Room:
    return room()


@pytest.fixture
def section(made) -> MinutesSection:
    meeting = convened(made)
    return actions.begin_minutes(meeting=meeting, now=NOW, actor=made.expert)[0]


def save(section, made, text, base, *, by="alice"):
    return actions.save_section(
        section=section, text=text, base=base, now=NOW, actor=made.actor(by)
    )


def text_of(section) -> str:
    section.refresh_from_db()
    return section.text


def test_begin_makes_the_usual_sections_once(made):
    meeting = convened(made)

    for _ in range(2):
        sections = actions.begin_minutes(meeting=meeting, now=NOW, actor=made.actor("alice"))

    assert tuple(one.title for one in sections) == DEFAULTS


def test_minutes_are_refused_before_the_invitations_and_to_who_may_not_write(made):
    with pytest.raises(Refusal, match="convoquée"):
        actions.begin_minutes(meeting=proposed(made), now=NOW, actor=made.expert)
    with pytest.raises(NotAllowed):
        actions.begin_minutes(meeting=convened(made), now=NOW, actor=made.actor("bob"))


def test_a_teacher_writes_the_minutes_of_their_team_not_of_another(made):
    meeting = MeetingFactory(group=None, team=made.teams[0], state="convened")

    assert actions.begin_minutes(meeting=meeting, now=NOW, actor=made.actor("bob"))
    with pytest.raises(NotAllowed):
        actions.begin_minutes(meeting=meeting, now=NOW, actor=made.actor("denise"))


def test_two_who_write_in_different_places_both_keep_their_words(made, section):
    save(section, made, "Bilan\n\nEssais\n\nSuite", 0)

    first = save(section, made, "Bilan complet\n\nEssais\n\nSuite", 1)
    second = save(section, made, "Bilan\n\nEssais\n\nSuite en mars", 1, by="charlie")

    assert (first.is_merged, second.is_merged, second.clashes) == (False, True, 0)
    assert text_of(section) == "Bilan complet\n\nEssais\n\nSuite en mars"
    assert section.changed_by == made.people["charlie"]


def test_two_who_write_in_the_same_place_are_kept_one_after_the_other(made, section):
    save(section, made, "Trois essais", 0)

    saved = save(section, made, "Quatre essais", 0, by="charlie")

    assert saved.clashes == 1
    assert text_of(section) == "Trois essais\nQuatre essais"


def test_the_same_text_twice_is_one_version(made, section):
    for _ in range(2):
        save(section, made, "Bilan", 0)

    assert SectionVersion.objects.count() == 1
    assert text_of(section) == "Bilan"


def test_every_version_is_kept_with_who_wrote_it(made, section):
    save(section, made, "Un", 0)
    save(section, made, "Deux", 1, by="charlie")

    rows = SectionVersion.objects.order_by("number").values_list("number", "text", "saved_by")
    assert list(rows) == [
        (1, "Un", made.people["alice"].pk),
        (2, "Deux", made.people["charlie"].pk),
    ]


def test_a_text_typed_from_a_version_to_come_is_taken_as_typed_from_the_last(made, section):
    save(section, made, "Un", 0)

    saved = save(section, made, "Un, et deux", 99)

    assert (saved.is_merged, text_of(section)) == (False, "Un, et deux")


def test_take_version_says_again_what_was_said(made, section):
    save(section, made, "Un", 0)
    save(section, made, "Deux", 1)

    actions.take_version(section=section, number=1, now=NOW, actor=made.actor("alice"))

    assert text_of(section) == "Un"
    assert section.version == 3


def test_a_text_too_long_is_refused_and_says_how_long(made, section):
    with pytest.raises(Refusal, match=f"{TEXT_MAX + 1} caractères"):
        save(section, made, "x" * (TEXT_MAX + 1), 0)


def test_sections_are_added_at_the_end_up_to_a_limit(made, section):
    meeting = section.meeting
    added = actions.add_section(meeting=meeting, title=" Divers ", now=NOW, actor=made.expert)

    assert (added.title, added.position) == ("Divers", len(DEFAULTS) + 1)
    for number in range(SECTIONS_MAX - len(DEFAULTS) - 1):
        MinutesSectionFactory(meeting=meeting, position=100 + number)
    with pytest.raises(Refusal, match="au plus"):
        actions.add_section(meeting=meeting, title="Trop", now=NOW, actor=made.expert)
    with pytest.raises(Refusal, match="titre"):
        actions.add_section(meeting=meeting, title=" ", now=NOW, actor=made.expert)


def test_only_an_empty_section_goes(made, section):
    save(section, made, "Un", 0)
    with pytest.raises(Refusal, match="videz-la"):
        actions.remove_section(section=section, now=NOW, actor=made.expert)
    save(section, made, "", 1)

    actions.remove_section(section=section, now=NOW + timedelta(minutes=1), actor=made.expert)

    assert not MinutesSection.objects.filter(pk=section.pk).exists()
