"""Mandates and delegations: who may give them, their periods, and the actor they make."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.people.acting import DAY, LILLE, MATHS, NANTES, TODAY, acting, grant, verbs
from tests.people.factories import (
    DelegationFactory,
    MandateFactory,
    MandateScopeFactory,
    UserFactory,
)
from traam.access.roles import Role
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.people import actions, models
from traam.people.models import Delegation, MandateScope, ScopeKind
from traam.people.queries import actor_for
from traam.people.reach import NO_LIMITS, Limits
from traam.people.rules import (
    ACADEMIC_ROLES,
    NATIONAL_ROLES,
    Period,
    mandate_faults,
)
from traam.post.models import Message

# -- invite


def test_invited_person_has_an_account_and_a_mail_once(pilot, now):
    first = actions.invite(
        email=" Alice@AC-Lille.invalid", name="Alice ", academies=LILLE, now=now, actor=pilot
    )
    again = actions.invite(
        email="alice@ac-lille.invalid", name="Autre", academies=LILLE, now=now, actor=pilot
    )

    assert first == again
    assert (first.email, first.name) == ("alice@ac-lille.invalid", "Alice")
    assert not first.has_usable_password()
    assert [(m.to, m.kind, m.params) for m in Message.objects.all()] == [
        (first.pk, "people/invitation", {})
    ]
    assert verbs() == ["people.invite"]


def test_dan_invites_in_their_academy_only(dan, now):
    actions.invite(email="a@x.invalid", name="A", academies=LILLE, now=now, actor=dan)

    for academies in (NANTES, LILLE | NANTES, frozenset()):
        with pytest.raises(NotAllowed):
            actions.invite(email="b@x.invalid", name="B", academies=academies, now=now, actor=dan)
    assert models.User.objects.filter(email="b@x.invalid").count() == 0


def test_closed_account_is_not_invited_again(pilot, now):
    UserFactory(email="a@x.invalid", closed=True)

    with pytest.raises(Refusal, match="fermé"):
        actions.invite(email="a@x.invalid", name="A", academies=LILLE, now=now, actor=pilot)


# -- grant


def test_granted_mandate_makes_the_actor(pilot, now):
    user = UserFactory()

    grant(
        pilot,
        now=now,
        person=user,
        role=Role.INSPECTOR,
        limits=Limits(academies=LILLE, disciplines=MATHS),
    )

    actor = actor_for(user, TODAY)
    assert actor.person == user.pk
    (mandate,) = actor.in_force
    assert (mandate.role, mandate.academies, mandate.disciplines) == (Role.INSPECTOR, LILLE, MATHS)
    assert (mandate.themes, mandate.teams) == (frozenset(), frozenset())
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.actor, entry.on_behalf_of) == ("mandate.grant", pilot.person, None)
    assert entry.after == {
        "person": user.pk,
        "role": "inspector",
        "starts_on": "2026-03-20",
        "ends_on": "",
        "limits": "academy:09 discipline:MATHS",
    }


def test_same_mandate_granted_twice_is_one_but_another_is_another(pilot, now):
    user = UserFactory()
    limits = Limits(academies=LILLE)

    first = grant(pilot, now=now, person=user, limits=limits)
    assert grant(pilot, now=now, person=user, limits=limits) == first
    others = [
        grant(pilot, now=now, person=user, limits=Limits(academies=NANTES)),
        grant(pilot, now=now, person=user, limits=limits, ends_on=TODAY + DAY),
        grant(pilot, now=now, person=user, limits=limits, starts_on=TODAY + DAY),
        grant(pilot, now=now, person=user, limits=limits, role=Role.REFERENT),
        grant(pilot, now=now, limits=limits),
    ]

    assert len({first.pk, *(mandate.pk for mandate in others)}) == 6
    assert verbs() == ["mandate.grant"] * 6


def test_dan_grants_academic_roles_in_their_academy_only(dan, now):
    for role in ACADEMIC_ROLES:
        limits = Limits(academies=LILLE, disciplines=MATHS)
        assert grant(dan, now=now, role=role, limits=limits).role == role
    for role in NATIONAL_ROLES:
        with pytest.raises(NotAllowed):
            grant(dan, now=now, role=role, limits=Limits(academies=LILLE))


@pytest.mark.parametrize(
    "limits",
    [
        NO_LIMITS,
        Limits(academies=NANTES),
        Limits(academies=LILLE | NANTES),
        Limits(academies=LILLE, teams=frozenset({"e1"})),
        Limits(academies=LILLE, themes=frozenset({"t1"})),
    ],
)
def test_dan_grants_nothing_beyond_their_academy(dan, now, limits):
    with pytest.raises(NotAllowed):
        grant(dan, now=now, limits=limits)


def test_teacher_grants_nothing(now, db):
    teacher = acting(UserFactory(), Role.TEACHER, academies=LILLE)

    with pytest.raises(NotAllowed, match="Seul le pilotage national"):
        grant(teacher, now=now, limits=Limits(academies=LILLE))


def test_mandate_given_under_a_delegation_names_both(now, db):
    titular, deputy = UserFactory(), UserFactory()
    actor = acting(deputy, Role.DIGITAL_DELEGATE, academies=LILLE, delegated_by=titular.pk)

    grant(actor, now=now, limits=Limits(academies=LILLE))
    actions.invite(email="a@x.invalid", name="A", academies=LILLE, now=now, actor=actor)

    entries = Entry.objects.order_by("pk")
    assert [(entry.actor, entry.on_behalf_of) for entry in entries] == [
        (deputy.pk, titular.pk),
        (deputy.pk, titular.pk),
    ]


@pytest.mark.parametrize(
    ("role", "academies", "disciplines", "ends_on", "expected"),
    [
        (Role.TEACHER, (), (), None, []),
        (Role.TEACHER, (), (), TODAY + DAY, []),
        (
            Role.TEACHER,
            (),
            (),
            TODAY,
            [
                "Le dernier jour du mandat (reçu : 19 mars 2026) vient avant le premier "
                "(20 mars 2026)."
            ],
        ),
        (
            Role.RECTOR,
            (),
            (),
            None,
            ["Le mandat « recteur, rectrice » demande au moins une académie."],
        ),
        (
            Role.CORRESPONDENT,
            ("09",),
            (),
            None,
            [
                "Le mandat « IAN (interlocuteur académique numérique) » demande au moins une "
                "discipline."
            ],
        ),
        (Role.CORRESPONDENT, ("09",), ("MATHS",), None, []),
        (Role.INSPECTOR, ("09",), (), None, []),
    ],
)
def test_mandate_is_refused_with_its_faults(role, academies, disciplines, ends_on, expected):
    assert (
        mandate_faults(
            role=role,
            academies=frozenset(academies),
            disciplines=frozenset(disciplines),
            period=Period(TODAY, ends_on),
        )
        == expected
    )


def test_faulty_mandate_leaves_no_row(pilot, now):
    with pytest.raises(Refusal, match="au moins une académie"):
        grant(pilot, now=now, role=Role.RECTOR)
    assert not models.Mandate.objects.exists()


# -- end


def test_ended_mandate_stops_counting_on_that_day(pilot, now):
    mandate = MandateFactory()

    actions.end(mandate=mandate, on=TODAY, now=now, actor=pilot)

    assert actor_for(mandate.person, TODAY - DAY).in_force
    assert not actor_for(mandate.person, TODAY).in_force
    (entry,) = Entry.objects.all()
    assert (entry.before, entry.after) == ({"ends_on": ""}, {"ends_on": "2026-03-20"})


def test_mandate_that_begins_that_day_disappears(pilot, now):
    mandate = MandateFactory(starts_on=TODAY)

    actions.end(mandate=mandate, on=TODAY, now=now, actor=pilot)

    assert not models.Mandate.objects.exists()
    assert verbs() == ["mandate.end"]


def test_ending_a_mandate_cuts_its_delegations(pilot, now):
    mandate = MandateFactory()
    running = DelegationFactory(mandate=mandate)
    DelegationFactory(mandate=mandate, starts_on=TODAY, ends_on=TODAY + DAY)
    past = DelegationFactory(mandate=mandate, starts_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)

    actions.end(mandate=mandate, on=TODAY, now=now, actor=pilot)

    left = dict(Delegation.objects.values_list("pk", "ends_on"))
    assert left == {running.pk: TODAY, past.pk: TODAY - DAY}


def test_mandate_is_never_ended_later_than_it_was(pilot, now):
    mandate = MandateFactory(ends_on=TODAY)
    actions.end(mandate=mandate, on=TODAY, now=now, actor=pilot)

    with pytest.raises(Refusal, match="21 mars 2026"):
        actions.end(mandate=mandate, on=TODAY + DAY, now=now, actor=pilot)


def test_mandate_that_has_counted_does_not_end_in_the_past(pilot, now):
    mandate = MandateFactory()

    for on in (mandate.starts_on, TODAY - DAY):
        with pytest.raises(Refusal, match="déjà passé : donnez aujourd’hui"):
            actions.end(mandate=mandate, on=on, now=now, actor=pilot)

    mandate.refresh_from_db()
    assert (mandate.ends_on, verbs()) == (None, [])


def test_dan_ends_a_mandate_of_their_academy_only(dan, now):
    of_lille = MandateFactory(academies=["09"])
    of_both = MandateFactory(academies=["09", "17"])
    national = MandateFactory(role=Role.EXPERT, academies=["09"])

    actions.end(mandate=of_lille, on=TODAY, now=now, actor=dan)
    for mandate in (of_both, national):
        with pytest.raises(NotAllowed):
            actions.end(mandate=mandate, on=TODAY, now=now, actor=dan)


# -- the last guard


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda: MandateFactory(ends_on=date(2025, 9, 1)), "mandate_ends_after_it_starts"),
        (lambda: MandateFactory(role="chef"), "mandate_role_is_known"),
        (lambda: DelegationFactory(ends_on=date(2026, 3, 1)), "delegation_ends_after_it_starts"),
        (lambda: MandateScopeFactory(code=""), "mandate_scope_has_a_code"),
        (lambda: UserFactory(email="Alice@x.invalid"), "user_email_is_lower_case"),
    ],
)
def test_database_refuses_what_the_rules_refuse(db, make, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_database_refuses_a_delegation_to_oneself(db):
    mandate = MandateFactory()

    with pytest.raises(IntegrityError, match="delegation_is_to_someone_else"), transaction.atomic():
        DelegationFactory(mandate=mandate, delegate=mandate.person)


def test_database_keeps_each_limit_once(db):
    scope = MandateScopeFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        MandateScope.objects.create(mandate=scope.mandate, kind=scope.kind, code=scope.code)


def test_mandates_and_accounts_are_listed_for_who_may_read_or_end_them(db, pilot, dan):
    near = MandateFactory(academies=["09", "17"])
    far = MandateFactory(academies=["17"])
    MandateScopeFactory(mandate=far, kind=ScopeKind.TEAM, code="09")  # a team, not an academy
    national = MandateFactory(role=Role.PILOT, academies=["09"])
    listed = {
        "pilot": set(models.Mandate.objects.over_which(pilot, "mandate.end")),
        "dan": set(models.Mandate.objects.over_which(dan, "mandate.end")),
    }
    oneself = models.User.objects.get(pk=dan.person)
    people = set(models.User.objects.over_which(dan, "people.read"))

    assert listed == {"pilot": {near, far, national}, "dan": {near}}
    assert people == {near.person, national.person, oneself}
    for mandate in (near, far, national):
        assert dan.allows("mandate.end", mandate.place()) == (mandate in listed["dan"])
        assert dan.allows("people.read", mandate.person.place()) == (mandate.person in people)
