"""For every right, actor and thing: the list and the page give the same answer."""

from datetime import date
from itertools import product

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.things import FLAG_FIELDS, Thing, make
from traam.access.actor import Actor, Mandate, anonymous
from traam.access.policy import RIGHTS, allows
from traam.access.policy.grants import InState
from traam.access.roles import Role
from traam.access.sql import EVERYTHING, NOTHING, PathMissing, scope_q

TODAY = date(2026, 3, 20)
ALICE, BOB, CHARLIE = 1, 2, 3
HERE, THERE = "09", "17"
STATES = sorted(
    {
        state
        for grants in RIGHTS.values()
        for grant in grants
        for condition in grant.conditions
        if isinstance(condition, InState)
        for state in condition.states
    }
)


def _mandates(role: Role) -> list[Mandate]:
    """A mandate of each reach: the nation, one place, another, expired, to come, delegated."""
    near = {
        "academies": frozenset({HERE}),
        "disciplines": frozenset({"MATHS"}),
        "themes": frozenset({"t1"}),
        "teams": frozenset({"e1"}),
    }
    far = {name: frozenset({THERE, "SVT", "t2", "e2"}) for name in near}
    return [
        Mandate(role=role),
        Mandate(role=role, **near),
        Mandate(role=role, **far),
        Mandate(role=role, **near, ends_on=TODAY),
        Mandate(role=role, **near, delegated_by=BOB),
    ]


ACTORS = [
    anonymous(TODAY),
    Actor(ALICE, (), TODAY),
    *(Actor(ALICE, (mandate,), TODAY) for role in Role for mandate in _mandates(role)),
    Actor(ALICE, tuple(_mandates(Role.INSPECTOR)[1:3]), TODAY),
    Actor(ALICE, (_mandates(Role.TEACHER)[4], _mandates(Role.EXPERT)[1]), TODAY),
]


def _family() -> None:
    """Things near and far, of Alice's and of Bob's, in each state, with each flag and without."""
    near = {"academies": [HERE], "disciplines": ["MATHS"], "theme": "t1", "teams": ["e1"]}
    far = {"academies": [THERE], "disciplines": ["SVT"], "theme": "t2", "teams": ["e2"]}
    # Two academies, two disciplines, two teams: many joined rows, one thing.
    both = {
        "academies": [HERE, THERE],
        "disciplines": ["MATHS", "SVT"],
        "theme": "t1",
        "teams": ["e1", "e2"],
    }
    crossed = {"academies": [HERE], "disciplines": ["e1"], "theme": HERE, "teams": ["MATHS"]}
    for facts, state in product((near, far, both, crossed, {}), STATES):
        make(**facts, state=state)
    everything = {
        "authors": [ALICE, BOB],
        "reviewers": [ALICE, CHARLIE],
        "reviewed_by": [ALICE],
        "asked": [ALICE, BOB],
        "cleared": [ALICE],
    }
    for state, call in product(STATES, ("open", "closed")):
        make(**both, **everything, state=state, call=call, inspector=ALICE)
    for flag, state in product(FLAG_FIELDS, ("draft", "deposited")):
        make(**near, group_teams=["e1", "e2"], flags=[flag], state=state, call="closed")
        make(**far, authors=[BOB], group_teams=["e1"], distributed=True, flags=[flag])


def _places() -> dict[int, object]:
    return {thing.pk: thing.place() for thing in Thing.objects.order_by("pk")}


def _concerned(right: str) -> list[Actor]:
    """The actors of the right's own roles, and three of those whom it leaves out."""
    roles = {grant.role for grant in RIGHTS[right]}
    inside = [actor for actor in ACTORS if roles & {each.role for each in actor.mandates}]
    return inside + [actor for actor in ACTORS if actor not in inside][:3]


def test_list_agrees_with_page_for_every_right_actor_and_thing(thing_tables):
    _family()
    places = _places()

    disagreements, answers = [], {right: set() for right in RIGHTS}
    for right in RIGHTS:
        for actor in _concerned(right):
            listed = set(Thing.objects.over_which(actor, right).values_list("pk", flat=True))
            allowed = {key for key, place in places.items() if allows(actor, right, place)}
            answers[right] |= {bool(allowed), len(allowed) == len(places)}
            if listed != allowed:
                disagreements.append((right, actor.mandates))

    assert disagreements == []
    # It would prove little of a right that nobody ever has here, or everybody always.
    assert [right for right, seen in answers.items() if len(seen) == 1] == ["notice.read"]


CODES = st.frozensets(st.sampled_from([HERE, THERE, "MATHS", "t1", "e1", "e2"]), max_size=3)
PEOPLE = st.sets(st.sampled_from([ALICE, BOB, CHARLIE]), max_size=3)
MANDATES = st.builds(
    Mandate,
    role=st.sampled_from(list(Role)),
    academies=CODES,
    disciplines=CODES,
    themes=CODES,
    teams=CODES,
    starts_on=st.sampled_from([date.min, TODAY, date(2026, 3, 21)]),
    ends_on=st.sampled_from([None, TODAY, date(2026, 3, 21)]),
    delegated_by=st.sampled_from([None, BOB]),
)
ANY_THING = st.fixed_dictionaries(
    {
        "academies": CODES,
        "disciplines": CODES,
        "theme": st.sampled_from(["t1", "t2"]),
        "teams": CODES,
        "group_teams": st.none() | CODES,
        "authors": PEOPLE,
        "inspector": st.sampled_from([None, ALICE, BOB]),
        "reviewers": PEOPLE,
        "reviewed_by": PEOPLE,
        "asked": PEOPLE,
        "cleared": PEOPLE,
        "state": st.sampled_from(STATES),
        "call": st.sampled_from(["", "open", "closed"]),
        "distributed": st.booleans(),
        "flags": st.sets(st.sampled_from(FLAG_FIELDS)),
    }
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mandates=st.lists(MANDATES, max_size=3), facts=ANY_THING)
def test_list_agrees_with_page_whatever_the_mandates_and_the_thing(thing_tables, mandates, facts):
    actor = Actor(ALICE, tuple(mandates), TODAY)
    thing = make(**facts)
    place = thing.place()

    for right in RIGHTS:
        listed = Thing.objects.filter(pk=thing.pk).over_which(actor, right).count()
        assert listed == int(allows(actor, right, place)), right
    thing.delete()


ME, OTHER = 901, 902  # keys that no thing has
NEAR = {
    name: frozenset({code})
    for name, code in (
        *(("academies", HERE), ("disciplines", "MATHS")),
        *(("themes", "t1"), ("teams", "e1")),
    )
}
READS = [
    # right, role, what the thing that is shown is, and what those that are not are
    (
        "application.endorse",
        Role.DIGITAL_DELEGATE,
        {"academies": [THERE, HERE], "state": "awaiting_visa"},
        [{"academies": [THERE], "state": "awaiting_visa"}, {"academies": [HERE]}],
    ),
    (
        "notice.prepare",
        Role.CORRESPONDENT,
        {"academies": [HERE], "disciplines": ["MATHS"]},
        [{"academies": [HERE], "teams": ["MATHS"]}, {"disciplines": ["MATHS"]}],
    ),
    ("group.form", Role.EXPERT, {"theme": "t1"}, [{"theme": "t2"}, {"teams": ["t1"]}]),
    ("hours.record", Role.REFERENT, {"teams": ["e2", "e1"]}, [{"disciplines": ["e1"]}]),
    (
        "finding.write",
        Role.REFERENT,
        {"group_teams": ["e1"], "flags": ["shared"]},
        [{"group_teams": ["e1"], "flags": ["published"]}, {"group_teams": ["e2"]}, {}],
    ),
    (
        "trial.write",
        Role.TEACHER,
        {"authors": [OTHER, ME], "state": "planned"},
        [{"authors": [OTHER], "state": "planned"}, {"authors": [ME], "state": "closed"}],
    ),
    (
        "application.agree",
        Role.INSPECTOR,
        {"inspector": ME, "state": "awaiting_agreement"},
        [{"inspector": OTHER, "state": "awaiting_agreement"}, {"state": "awaiting_agreement"}],
    ),
    (
        "trial.agree",
        Role.PARTNER,
        {"teams": ["e1"], "asked": [ME], "state": "planned"},
        [
            {"teams": ["e1"], "asked": [OTHER], "state": "planned"},
            {"teams": ["e2"], "asked": [ME], "state": "planned"},
            {"teams": ["e1"], "asked": [ME], "state": "closed"},
        ],
    ),
    (
        "review.write",
        Role.EXPERT,
        {"reviewers": [ME], "cleared": [ME, OTHER], "state": "begun"},
        [
            {"reviewers": [ME], "cleared": [OTHER], "state": "begun"},
            {"reviewers": [OTHER], "cleared": [ME], "state": "begun"},
            {"reviewed_by": [ME], "cleared": [ME], "state": "begun"},
        ],
    ),
    ("people.read", Role.PARTNER, {"reviewed_by": [ME, OTHER]}, [{"reviewed_by": [OTHER]}, {}]),
    (
        "national_synthesis.read",
        Role.TEACHER,
        {"group_teams": ["e1"], "distributed": True},
        [{"group_teams": ["e1"]}, {"group_teams": ["e2"], "distributed": True}],
    ),
    (
        "decision.deliberate",
        Role.EXPERT,
        {"theme": "t1", "call": "closed", "cleared": [ME, OTHER]},
        [
            {"theme": "t1", "call": "closed"},
            {"theme": "t1", "call": "open", "cleared": [ME]},
            {"theme": "t1", "call": "closed", "cleared": [ME], "flags": ["announced"]},
            {"theme": "t2", "call": "closed", "cleared": [ME]},
        ],
    ),
    (
        "theme.read",
        None,
        {"call": "open", "state": "signed_twice"},
        [{"call": "closed", "state": "signed_twice"}, {"call": "open", "state": "submitted"}],
    ),
    ("mandate.grant", Role.DIGITAL_DELEGATE, None, [{"academies": [HERE]}]),  # never academic
    ("people.erase", Role.PILOT, {}, []),
    ("people.erase", Role.EXPERT, None, [{"theme": "t1"}]),
]


@pytest.mark.parametrize("lender", [None, ME])
@pytest.mark.parametrize(("right", "role", "shown", "hidden"), READS)
def test_list_shows_the_things_that_meet_every_condition(
    thing_tables, right, role, shown, hidden, lender
):
    """In the actor's own name, then in the name of who lent the mandate."""
    wanted = [make(**shown).pk] if shown is not None else []
    for facts in hidden:
        make(**facts)
    mandates = [Mandate(role=role, **NEAR, delegated_by=lender)] if role else []
    actor = Actor(OTHER if lender else ME, tuple(mandates), TODAY)

    listed = Thing.objects.over_which(actor, right).order_by("pk")

    assert [thing.pk for thing in listed] == wanted


@pytest.mark.parametrize(
    ("cleared", "opens"),
    [([ME, OTHER], True), ([ME], False), ([OTHER], False), ([], False)],
)
def test_delegate_judges_only_what_neither_they_nor_the_holder_are_in_conflict_with(
    thing_tables, cleared, opens
):
    thing = make(theme="t1", reviewers=[ME], cleared=cleared, state="begun")
    delegate = Actor(OTHER, (Mandate(role=Role.EXPERT, **NEAR, delegated_by=ME),), TODAY)

    listed = Thing.objects.over_which(delegate, "review.write").filter(pk=thing.pk)

    assert listed.exists() is opens
    assert delegate.allows("review.write", thing.place()) is opens


def test_list_shows_nothing_for_a_mandate_without_a_scope_or_out_of_its_days(thing_tables):
    make(academies=[HERE], state="awaiting_visa")
    boundless = Mandate(role=Role.DIGITAL_DELEGATE)
    ended = Mandate(role=Role.DIGITAL_DELEGATE, academies=frozenset({HERE}), ends_on=TODAY)

    for mandate in (boundless, ended):
        actor = Actor(ME, (mandate,), TODAY)
        assert not Thing.objects.over_which(actor, "application.endorse").exists()


def test_list_shows_a_thing_once_when_many_rows_open_it(thing_tables):
    thing = make(academies=[HERE, THERE], state="awaiting_visa")
    dan = Mandate(role=Role.DIGITAL_DELEGATE, academies=frozenset({HERE, THERE}))

    listed = Thing.objects.over_which(Actor(ALICE, (dan, dan), TODAY), "application.endorse")

    assert [found.pk for found in listed] == [thing.pk]


def test_list_keeps_its_own_filters(thing_tables):
    make(state="awaiting_visa", academies=[HERE])
    pilot = Actor(ALICE, (Mandate(role=Role.PILOT),), TODAY)

    listed = Thing.objects.filter(state="draft").over_which(pilot, "application.reopen")

    assert list(listed) == []


def test_an_unlimited_right_is_never_an_empty_condition():
    assert (Q(pk=1) & NOTHING) | EVERYTHING != Q(pk=1) & NOTHING
    assert Q() | EVERYTHING == EVERYTHING
    assert bool(EVERYTHING)


def test_list_is_one_query_without_a_join_for_the_nation(thing_tables, django_assert_num_queries):
    pilot = Actor(ALICE, (Mandate(role=Role.PILOT),), TODAY)

    with django_assert_num_queries(1):  # the things
        list(Thing.objects.over_which(pilot, "application.reopen"))


@pytest.mark.parametrize(
    ("right", "role", "selects"),
    [
        ("application.reopen", Role.PILOT, 1),  # nothing to look up
        ("application.agree", Role.INSPECTOR, 1),  # a column of the row itself
        ("application.endorse", Role.DIGITAL_DELEGATE, 2),  # a relation to many
        ("notice.prepare", Role.CORRESPONDENT, 3),  # two of them, each apart
    ],
)
def test_list_looks_aside_only_for_relations_to_many(right, role, selects):
    actor = Actor(ALICE, _mandates(role)[1:2], TODAY)

    assert str(Thing.objects.over_which(actor, right).query).count("SELECT") == selects


class Mute:
    """A model that forgot to say where it stands."""

    __name__ = "Mute"


def test_list_refuses_a_model_that_does_not_say_where_its_facts_are():
    dan = Actor(ALICE, _mandates(Role.DIGITAL_DELEGATE)[1:2], TODAY)

    with pytest.raises(PathMissing, match="SCOPE_PATHS must say where « academy » is"):
        scope_q(actor=dan, right="application.endorse", model=Mute)


def test_list_fails_on_a_right_that_does_not_exist():
    with pytest.raises(KeyError):
        scope_q(actor=anonymous(TODAY), right="application.steal", model=Thing)
