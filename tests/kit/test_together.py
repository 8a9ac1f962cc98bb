"""Querysets read together give what each gives by itself, in one query."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Count, F, Max, Model, QuerySet, Value
from django.db.models.functions import Upper

from tests.groups.factories import NOW, SpentFactory, TeamFactory
from tests.trials.factories import ObservationFactory, TrialFactory
from traam.campaigns.models import Campaign, MilestoneDate, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.groups.models import Spent, Team
from traam.kit.counting import number_in, number_of
from traam.kit.together import Asking, Part, answer, gather, read, shown
from traam.people.models import User
from traam.productions.models import Production
from traam.trials.models import Observation, Trial

STRANGE = "« 100 % »\n\\ \"é\u2009' :x {y}"


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rows() -> None:
    """A few rows of each."""
    academy = TeamFactory().academy
    TrialFactory.create_batch(3, production__team__academy=academy)
    SpentFactory(hours=Decimal("1.5"))
    SpentFactory(hours=Decimal("2.0"), attested_at=NOW)
    ObservationFactory.create_batch(2)
    for campaign in Campaign.objects.filter(milestones=None):
        MilestoneDate.objects.create(campaign=campaign, kind=Milestone.END, at=NOW)


def by_field(one: Model) -> dict[str, tuple[type, Any]]:
    """What each field holds, and the type of it."""
    fields = one._meta.concrete_fields
    return {each.attname: (type(value := getattr(one, each.attname)), value) for each in fields}


ASKED = {
    "instances": lambda: Theme.objects.order_by("-pk"),
    "related": lambda: Team.objects.select_related("academy", "group__theme__campaign"),
    "more columns than a function takes": lambda: Trial.objects.select_related(
        "production__team__group__theme__campaign", "team__academy__successor", "teacher"
    ).order_by("pk"),
    "annotated": lambda: Campaign.objects.annotate(n=Count("themes"), last=Max("themes__state_at")),
    "tuples": lambda: Spent.objects.values_list("team__code", "hours", "on", "attested_at"),
    "flat": lambda: User.objects.order_by("-pk").values_list("email", flat=True),
    "named": lambda: User.objects.values_list("pk", "name", named=True).order_by("name", "pk"),
    "dictionaries": lambda: Observation.objects.values(
        "pk", "seen_at", up=Upper("location")
    ).order_by("pk"),
    "grouped": lambda: (
        Theme.objects.order_by("campaign").values_list("campaign").annotate(Count("pk"))
    ),
    "distinct": lambda: Theme.objects.order_by("campaign__year").values("campaign").distinct(),
    "ordered by what is not shown": lambda: Theme.objects.order_by("campaign__year", "pk").values(
        "pk"
    ),
    "sliced": lambda: Production.objects.order_by("-state_at", "pk")[3:9],
    "reversed": lambda: Campaign.objects.order_by("year").reverse(),
    "deferred": lambda: Theme.objects.only("code").order_by("pk"),
    "none": lambda: Theme.objects.none(),
    "no row": lambda: Theme.objects.filter(code="personne"),
    "in nothing": lambda: Theme.objects.filter(pk__in=[]),
    "united": lambda: Theme.objects.values_list("pk").union(Team.objects.values_list("pk")),
    "floating": lambda: Theme.objects.order_by("pk").values_list(Value(0.1) + Value(0.2))[:1],
    "counted": lambda: number_of(Theme.objects.filter(campaign__year__gt="2")),
    "quoted": lambda: User.objects.filter(name__contains="%").values_list("pk", "name"),
    "text": lambda: Theme.objects.values_list(Value(STRANGE), "pk").order_by("pk")[:1],
}


def plain(rows: Any) -> list[Any]:
    return [by_field(one) if isinstance(one, Model) else one for one in rows]


def test_every_kind_of_queryset_is_read_as_by_itself() -> None:
    together = {name: make() for name, make in ASKED.items()}

    read(together.values())

    for name, make in ASKED.items():
        assert plain(together[name]) == plain(make()), name


def test_it_is_one_query_and_one_for_each_relation_that_is_fetched(
    django_assert_num_queries,
) -> None:
    prepared = Campaign.objects.prefetch_related("milestones").order_by("pk")
    public = Campaign.objects.prefetch_related("milestones").order_by("-pk")
    teams = Team.objects.select_related("academy").order_by("pk")

    with django_assert_num_queries(2):
        read([prepared, public, teams])

    with django_assert_num_queries(0):
        found = [len(one.milestones.all()) for one in (*prepared, *public)]
        assert [one.academy.name for one in teams]
    assert sum(found) == 2 * MilestoneDate.objects.count()


def test_what_was_read_is_not_read_again_and_may_be_filtered_further(
    django_assert_num_queries,
) -> None:
    themes, teams = Theme.objects.order_by("pk"), Team.objects.order_by("pk")
    read([themes, teams, themes])

    with django_assert_num_queries(0):
        read([themes, teams])
    first = themes[0]

    assert list(themes.filter(pk=first.pk)) == [first]


# -- askings


def codes(rows: QuerySet[Theme], rounds: int) -> Asking[list[str]]:
    """The first codes, a round each."""
    found = []
    for place in range(rounds):
        [code] = yield rows.order_by("pk").values_list("code", flat=True)[place : place + 1]
        found.append(code)
    return found


def test_askings_go_on_round_by_round_each_at_its_own_pace(django_assert_num_queries) -> None:
    themes = Theme.objects.all()
    expected = list(themes.order_by("pk").values_list("code", flat=True)[:3])

    with django_assert_num_queries(3):
        found = answer(gather([codes(themes, 2), codes(themes, 0), codes(themes, 3)]))

    assert found == [expected[:2], [], expected]
    assert answer(gather([])) == []


def test_several_querysets_asked_at_once_come_back_in_their_order(
    django_assert_num_queries,
) -> None:
    def both() -> Asking[tuple[int, int]]:
        themes, teams = yield number_of(Theme.objects.all()), number_of(Team.objects.all())
        return number_in(themes), number_in(teams)

    with django_assert_num_queries(1):
        found = answer(both())

    assert found == (Theme.objects.count(), Team.objects.count())


def test_number_of_what_is_known_to_be_empty_is_nought() -> None:
    nothing, something = number_of(Theme.objects.none()), number_of(Theme.objects.all())

    read([nothing, something])

    assert (number_in(nothing), number_in(something)) == (0, Theme.objects.count())
    assert number_in(number_of(Team.objects.filter(pk__in=[]))) == 0


def test_part_shows_what_it_yields_between_what_it_asks() -> None:
    def part() -> Part[str]:
        yield "avant"
        count = number_in((yield number_of(Theme.objects.all())))
        yield f"{count} thèmes"
        teams = yield Team.objects.order_by("pk").annotate(said=F("code"))[:2]
        yield from (team.said for team in teams)

    count, teams = Theme.objects.count(), Team.objects.order_by("pk")[:2]

    assert answer(shown(part())) == ["avant", f"{count} thèmes", *(one.code for one in teams)]


def test_refusal_of_a_part_is_told() -> None:
    def part() -> Iterator[Any]:
        yield Theme.objects.all()
        raise ValueError("raté")

    with pytest.raises(ValueError, match="raté"):
        answer(gather([shown(part())]))
