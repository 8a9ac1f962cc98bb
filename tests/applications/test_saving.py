"""What is typed is saved: field by field, twice, late, by two people and two tabs."""

import random

import pytest
from django.db import connection

from tests.applications.factories import AnswerFactory
from tests.applications.world import COMPLETE, World, actor, holding
from tests.reference.factories import AcademyFactory
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.actions import Write
from traam.applications.models import Answer, AnswerVersion, Application, Presence
from traam.applications.queries.answers import missing_of, open_rivals
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal


def send(world, made, now, *writes, by=None):
    return actions.save(
        application=made,
        writes=[Write(*one) for one in writes],
        now=now,
        actor=actor(by or world.author),
    )


def present(made, field="lead"):
    return (
        Answer.objects.filter(application=made, field=field).values_list("value", flat=True).get()
    )


@pytest.fixture
def made(world: World, now) -> Application:
    """Written by two."""
    made = world.begun(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))
    return made


def test_text_is_saved_with_its_version_its_writer_and_its_past(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    saved = send(world, made, now, ("lead", "deux", 1), by=world.coauthor)

    assert saved.versions == {"lead": 2}
    assert Answer.objects.get(application=made, field="lead").saved_by == world.coauthor
    rows = AnswerVersion.objects.filter(application=made).order_by("version")
    assert list(rows.values_list("version", "value", "is_rival")) == [
        (1, "un", False),
        (2, "deux", False),
    ]


def test_field_that_is_emptied_is_blank_with_its_version_and_may_be_written_again(
    world, made, now
) -> None:
    versions = [
        send(world, made, now, ("lead", text, base)).versions["lead"]
        for base, text in enumerate(("un", "", "  ", "deux"))
    ]

    assert versions == [1, 2, 2, 2]
    assert [one.value for one in open_rivals(made)] == ["deux"]
    rows = AnswerVersion.objects.filter(application=made, is_rival=False).order_by("version")
    assert list(rows.values_list("value", flat=True)) == ["un", None]
    assert "lead" in {one.field for one in missing_of(made, today=now.date())}


def test_emptied_field_and_a_text_written_at_once_are_both_kept(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    send(world, made, now, ("lead", "deux", 1), by=world.coauthor)

    (rival,) = send(world, made, now, ("lead", "", 1)).rivals
    actions.settle(
        application=made,
        field="lead",
        rival=rival.key,
        value=None,
        now=now,
        actor=actor(world.author),
    )

    assert (rival.mine, rival.theirs) == (None, "deux")
    assert (present(made), open_rivals(made)) == (None, [])


def test_save_sent_twice_is_one(world, made, now) -> None:
    first = send(world, made, now, ("lead", "un", 0, "t-1"))
    send(world, made, now, ("lead", "deux", 1, "t-2"))

    again = send(world, made, now, ("lead", "un", 0, "t-1"))

    assert (first.versions, again.versions) == ({"lead": 1}, {"lead": 2})
    assert (again.rivals, present(made)) == ([], "deux")


def test_two_people_on_two_fields_do_not_meet(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    saved = send(world, made, now, ("title", "deux", 0), by=world.coauthor)

    assert (saved.rivals, saved.versions) == ([], {"title": 1})


def test_two_texts_of_one_field_are_both_kept_and_shown(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    (rival,) = send(world, made, now, ("lead", "deux", 0), by=world.coauthor).rivals

    assert (rival.mine, rival.theirs, rival.by) == ("deux", "un", world.author.pk)
    assert present(made) == "un"
    assert [one.value for one in open_rivals(made)] == ["deux"]
    assert "lead" in {one.field for one in missing_of(made, today=now.date())}


def test_rival_sent_again_is_one_and_told_again(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    first = send(world, made, now, ("lead", "deux", 0, "t-1"), by=world.coauthor)
    again = send(world, made, now, ("lead", "deux", 0, "t-1"), by=world.coauthor)

    assert first.rivals == again.rivals
    assert len(open_rivals(made)) == 1


def test_text_that_goes_on_in_one_tab_takes_the_place_of_its_own_rival(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    send(world, made, now, ("lead", "de", 0, "t-1"), by=world.coauthor)
    send(world, made, now, ("lead", "deux", 0, "t-2"), by=world.coauthor)
    send(world, made, now, ("lead", "trois", 0, "u-1"), by=world.coauthor)

    assert [one.value for one in open_rivals(made)] == ["deux", "trois"]
    assert AnswerVersion.objects.filter(application=made, value="de").exists()


def test_saves_of_one_tab_that_arrive_in_disorder_leave_the_last_typed(world, made, now) -> None:
    send(world, made, now, ("lead", "un deux", 0, "t-2"))
    late = send(world, made, now, ("lead", "un", 0, "t-1"))
    send(world, made, now, ("lead", "un deux trois", 0, "t-3"))

    assert (late.versions, late.rivals) == ({"lead": 1}, [])
    assert (present(made), open_rivals(made)) == ("un deux trois", [])


def test_text_sent_back_unchanged_by_a_late_tab_replaces_nothing(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    send(world, made, now, ("lead", "deux", 1), by=world.coauthor)

    saved = send(world, made, now, ("lead", "un", 1))

    assert (saved.rivals, saved.versions, present(made)) == ([], {"lead": 2}, "deux")


def test_rival_is_settled_by_a_text_that_becomes_the_present_one(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    (rival,) = send(world, made, now, ("lead", "deux", 0), by=world.coauthor).rivals
    given = {"application": made, "field": "lead", "rival": rival.key, "value": "un, deux"}

    for _ in range(2):
        saved = actions.settle(**given, base=1, now=now, actor=actor(world.author))

    assert (present(made), open_rivals(made), saved.versions) == ("un, deux", [], {"lead": 2})


def test_settling_what_has_changed_since_makes_it_a_rival_in_its_turn(world, made, now) -> None:
    send(world, made, now, ("lead", "un", 0))
    (rival,) = send(world, made, now, ("lead", "deux", 0), by=world.coauthor).rivals
    send(world, made, now, ("lead", "trois", 1))

    saved = actions.settle(
        application=made,
        field="lead",
        rival=rival.key,
        value="deux",
        base=1,
        now=now,
        actor=actor(world.coauthor),
    )

    assert [(one.mine, one.theirs) for one in saved.rivals] == [("deux", "trois")]
    assert [one.value for one in open_rivals(made)] == ["deux"]


def test_what_is_not_acceptable_is_kept_and_said(world, made, now) -> None:
    saved = send(world, made, now, ("title", "a" * 301, 0), ("duration_years", "trois", 0))

    assert set(saved.faults) == {"title", "duration_years"}
    assert present(made, "title") == "a" * 301
    made.refresh_from_db()
    assert len(made.title) == 300


@pytest.mark.parametrize(
    "write",
    [
        ("inconnu", "a", 0),
        ("title", {"a": 1}, 0),
        ("team", [{"autre": "a"}], 0),
        ("title", "a" * 200_001, 0),
        ("title", "a", -1),
        ("title", "a", 0, "k" * 61),
    ],
)
def test_what_no_form_sends_is_refused_and_nothing_is_written(world, made, now, write) -> None:
    with pytest.raises(Refusal):
        send(world, made, now, ("lead", "un", 0), write)

    assert not Answer.objects.filter(application=made).exists()


def test_stranger_does_not_save(world, made, now) -> None:
    other = holding(Role.REFERENT, academy=world.academy.code)

    with pytest.raises(NotAllowed):
        send(world, made, now, ("lead", "un", 0), by=other)


def test_submitted_application_is_no_longer_written(world, now) -> None:
    made = world.submitted(now)

    with pytest.raises(NotAllowed, match="brouillon"):
        send(world, made, now, ("lead", "un", 1))


def test_associated_academies_are_those_of_the_answer(world, made, now) -> None:
    one, two = AcademyFactory(), AcademyFactory()

    send(world, made, now, ("associated", [one.code, two.code, world.academy.code], 0))
    send(world, made, now, ("associated", [two.code], 1))

    assert [each.academy for each in made.associated.all()] == [two]


def test_presence_is_one_row_for_a_person(world, made, now) -> None:
    for field in ("title", "lead"):
        by = actor(world.author)
        actions.autosave(code=made.code, writes=[], seen=field, now=now, actor=by)

    assert list(Presence.objects.values_list("person", "field")) == [(world.author.pk, "lead")]


def test_saving_leaves_no_line_in_the_journal(world, made, now) -> None:
    before = Entry.objects.count()

    send(world, made, now, ("lead", "un", 0))

    assert Entry.objects.count() == before


@pytest.mark.parametrize("count", [1, 3])
def test_save_of_new_fields_takes_few_queries(
    world, made, now, count: int, django_assert_num_queries
) -> None:
    writes = [Write(name, COMPLETE[name], 0, f"t-{name}") for name in list(COMPLETE)[1 : 1 + count]]
    by = actor(world.author)
    actions.save(application=made, writes=[], now=now, actor=by)  # the questions are known

    # The savepoint and its release; the facts, the present texts; then, for each field, its text
    # and its version. And the lock, on a database where rows have one.
    locks = connection.features.has_select_for_update
    with django_assert_num_queries(4 + locks + 2 * count):
        actions.save(application=made, writes=writes, now=now, actor=by)


def test_every_text_acknowledged_among_a_thousand_is_found_afterwards(world, made, now) -> None:
    """Two people, two tabs each, stale versions, repeated keys, any order."""
    chance = random.Random(7)
    fields = ("lead", "title", "summary", "problem")
    seen = {(tab, field): 0 for tab in range(4) for field in fields}
    sent: list[tuple[int, Write]] = []
    acknowledged: list[tuple[str, str]] = []
    for number in range(1_000):
        tab, field = chance.randrange(4), chance.choice(fields)
        if sent and chance.random() < 0.15:
            tab, write = chance.choice(sent[-40:])  # late, or twice
        else:
            base = seen[tab, field] if chance.random() < 0.8 else chance.randrange(number + 1)
            write = Write(field, f"texte {number}", base, f"tab{tab}-{number}")
            sent.append((tab, write))
            if chance.random() < 0.05:
                continue  # the network is cut: it will be sent later, or never
        by = actor(world.author if tab < 2 else world.coauthor)
        saved = actions.save(application=made, writes=[write], now=now, actor=by)
        acknowledged.append((write.field, write.value))
        if chance.random() < 0.7:  # the answer came back
            seen[tab, write.field] = saved.versions[write.field]

    kept = set(AnswerVersion.objects.filter(application=made).values_list("field", "value"))
    kept |= set(Answer.objects.filter(application=made).values_list("field", "value"))
    assert [one for one in acknowledged if one not in kept] == []
    for answer in Answer.objects.filter(application=made):
        rows = AnswerVersion.objects.filter(application=made, field=answer.field, is_rival=False)
        assert list(rows.order_by("version").values_list("version", flat=True)) == list(
            range(1, answer.version + 1)
        )


def test_factory_of_answers_is_accepted(db) -> None:
    assert AnswerFactory().version == 1
