"""Hours are notified, given, spent and attested, and never overspent."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.groups.factories import (
    NOW,
    TODAY,
    AllotmentFactory,
    MemberFactory,
    NationalGroupFactory,
    SpentFactory,
    TeamFactory,
    TrancheFactory,
    member,
    of_academy,
    this_year,
)
from traam.access.roles import Role
from traam.groups.actions import hours as actions
from traam.groups.actions.hours import Work
from traam.groups.models import Spent, Team
from traam.groups.queries.hours import account_of, attested_of, pool_of
from traam.groups.rules.hours import (
    QUARTER,
    Account,
    Pool,
    allotment_faults,
    shares,
    spending_faults,
    tranche_faults,
)
from traam.groups.steps import first_day
from traam.kit.refusals import NotAllowed, Refusal

WORK = Work(on=TODAY, what="préparation d’une séance")
quarters = st.integers(1, 400).map(lambda count: QUARTER * count)


@pytest.mark.django_db
def test_hours_of_a_group_formed_at_night_begin_on_the_day_of_paris() -> None:
    night = datetime(2026, 8, 24, 22, 30, tzinfo=UTC)
    group = NationalGroupFactory(formed_at=night, theme__campaign__first_year=2026)

    assert first_day(group) == date(2026, 8, 25)


@given(quarters, st.integers(1, 40))
def test_shares_sum_to_the_total_and_differ_by_a_quarter_at_most(total, parts) -> None:
    found = shares(total, parts)

    assert sum(found) == total
    assert max(found) - min(found) <= QUARTER


@given(quarters, quarters, quarters)
def test_a_gift_is_refused_exactly_when_it_passes_what_is_left(notified, before, hours) -> None:
    pool = Pool(notified=notified + before, given=before)

    assert bool(allotment_faults(hours, pool=pool, team=Account())) == (hours > notified)


@given(quarters, quarters, quarters)
def test_taking_back_is_refused_exactly_when_it_passes_what_is_not_spent(
    given_, spent, hours
) -> None:
    team = Account(given=given_ + spent, spent=spent)

    faults = allotment_faults(-hours, pool=Pool(given=given_ + spent), team=team)
    assert bool(faults) == (hours > given_)


@pytest.mark.parametrize("hours", ["0", "0.1", "1000", "-1"])
def test_an_amount_out_of_bounds_is_refused_with_what_is_accepted(hours: str) -> None:
    faults = spending_faults(
        Decimal(hours),
        team=Account(given=Decimal(2000)),
        on=TODAY,
        span=(date(2026, 9, 1), None),
        today=TODAY,
    )

    assert len(faults) == 1


def test_a_tranche_does_not_go_below_what_is_given() -> None:
    pool = Pool(notified=Decimal(20), given=Decimal(15))

    assert tranche_faults(Decimal(10), pool=pool, before=Decimal(20))
    assert not tranche_faults(Decimal(15), pool=pool, before=Decimal(20))


@pytest.mark.django_db
class TestHours:
    """From the notified tranche to the attestation."""

    def team(self, hours: int = 20) -> Team:
        made = TeamFactory()
        TrancheFactory(campaign=made.group.campaign, academy=made.academy, hours=Decimal(hours))
        return made

    def allot(self, team: Team, hours: object, reason: str = "", actor=None):
        return actions.allot(
            team=team, hours=Decimal(str(hours)), reason=reason, now=NOW, actor=actor
        )

    def declare(self, one, hours: object, work: Work = WORK, actor=None) -> Spent:
        return actions.declare(
            member=one, hours=Decimal(str(hours)), work=work, now=NOW, actor=actor
        )

    def test_a_delegate_notes_a_tranche_and_corrects_it(self) -> None:
        team = TeamFactory()
        delegate = of_academy(team)
        for hours in (10, 12):
            actions.note_tranche(
                campaign=team.group.campaign,
                academy=team.academy,
                label="Première tranche",
                hours=Decimal(hours),
                notified_on=TODAY,
                now=NOW,
                actor=delegate,
            )

        assert pool_of(team.group.campaign, team.academy).notified == 12

    def test_a_delegate_does_not_give_more_than_was_notified(self) -> None:
        team = self.team(20)
        other = TeamFactory(academy=team.academy, group__theme__campaign=team.group.campaign)
        delegate = of_academy(team)
        self.allot(team, 15, actor=delegate)

        with pytest.raises(Refusal, match=r"Il reste 5.h à l’académie"):
            self.allot(other, 6, actor=delegate)

        self.allot(other, 5, actor=delegate)
        assert pool_of(team.group.campaign, team.academy).left == 0

    def test_the_delegate_of_elsewhere_gives_nothing(self) -> None:
        team = self.team()

        with pytest.raises(NotAllowed):
            self.allot(team, 1, actor=of_academy(TeamFactory()))

    def test_taking_hours_back_asks_a_reason(self) -> None:
        team = self.team()
        self.allot(team, 10)

        with pytest.raises(Refusal, match="motif manque"):
            self.allot(team, -4)

        self.allot(team, -4, reason="Moins d’essais que prévu.")
        assert account_of(team).given == 6

    def test_merged_academies_share_their_tranches(self) -> None:
        team = self.team(20)
        heir = TeamFactory().academy
        team.academy.successor, team.academy.valid_to = heir, TODAY
        team.academy.save(update_fields=["successor", "valid_to"])

        assert pool_of(team.group.campaign, heir).notified == 20
        with pytest.raises(Refusal, match="20"):
            self.allot(team, 21)

    def test_a_team_declares_no_more_than_it_was_given(self) -> None:
        one = MemberFactory(team=this_year(TeamFactory()))
        AllotmentFactory(team=one.team, hours=Decimal(3))
        referent = member(one.team, Role.REFERENT)
        self.declare(one, 2.5, actor=referent)

        with pytest.raises(Refusal, match=r"Il reste 0,5.h à l’équipe"):
            self.declare(one, 1, actor=referent)

        assert account_of(one.team).left == Decimal("0.5")

    @pytest.mark.parametrize(
        ("on", "said"),
        [
            (date(2026, 8, 31), "hors de la campagne"),
            (date(2099, 9, 1), "hors de la campagne"),
            (TODAY + timedelta(days=1), "à venir"),
        ],
    )
    def test_a_day_outside_the_campaign_or_to_come_is_refused(self, on: date, said: str) -> None:
        one = MemberFactory(team=this_year(TeamFactory()))
        AllotmentFactory(team=one.team)

        with pytest.raises(Refusal, match=said):
            self.declare(one, 1, Work(on=on, what="séance"))

    def test_a_total_is_split_among_referents_and_teachers(self) -> None:
        team = this_year(TeamFactory())
        AllotmentFactory(team=team, hours=Decimal(10))
        for role in (Role.REFERENT, Role.TEACHER, Role.TEACHER, Role.INSPECTOR):
            MemberFactory(team=team, role=role)

        made = actions.split(team=team, hours=Decimal(2), work=WORK, now=NOW, actor=None)

        assert [one.hours for one in made] == [Decimal("0.75"), Decimal("0.75"), Decimal("0.5")]

    def test_a_cancelled_line_gives_its_hours_back_once(self) -> None:
        spent = SpentFactory(hours=Decimal(2))
        AllotmentFactory(team=spent.team, hours=Decimal(2))
        referent = member(spent.team, Role.REFERENT)

        actions.cancel(spent=spent, reason="Erreur.", now=NOW, actor=referent)
        actions.cancel(spent=spent, reason="Erreur.", now=NOW, actor=referent)

        assert account_of(spent.team).left == 2
        assert Spent.objects.get(pk=spent.pk).reason == "Erreur."

    def test_only_the_inspector_attests_and_undoes_it(self) -> None:
        spent = SpentFactory(hours=Decimal(2))
        team, referent = spent.team, member(spent.team, Role.REFERENT)
        inspector = member(team, Role.INSPECTOR)
        with pytest.raises(NotAllowed):
            actions.attest(team=team, lines=[spent.pk], now=NOW, actor=referent)

        assert actions.attest(team=team, lines=[spent.pk], now=NOW, actor=inspector) == 1
        assert actions.attest(team=team, lines=[spent.pk], now=NOW, actor=inspector) == 0
        assert attested_of(spent.member) == 2
        with pytest.raises(NotAllowed):
            actions.cancel(
                spent=Spent.objects.get(pk=spent.pk), reason="Non.", now=NOW, actor=referent
            )
        actions.take_back_attestation(
            team=team, lines=[spent.pk], reason="Erreur.", now=NOW, actor=inspector
        )
        assert attested_of(spent.member) == 0
        assert Spent.objects.get(pk=spent.pk).reason == "Erreur."

        actions.attest(team=team, lines=[spent.pk], now=NOW, actor=inspector)
        assert Spent.objects.get(pk=spent.pk).reason == ""

    def test_lines_of_another_team_are_not_attested(self) -> None:
        spent, team = SpentFactory(), TeamFactory()

        with pytest.raises(Refusal, match="Cochez au moins une"):
            actions.attest(team=team, lines=[spent.pk], now=NOW, actor=None)
        assert Spent.objects.get().attested_at is None

    def test_a_team_without_an_academy_is_given_nothing(self) -> None:
        team = TeamFactory(academy=None, participant="Polynésie", code="groupe-polynesie")

        with pytest.raises(Refusal, match="n’est pas d’une académie"):
            self.allot(team, 1)
