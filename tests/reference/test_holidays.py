"""School holidays: the shipped zones and periods, and a calendar loaded from a file."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from traam.reference.actions import import_vocabulary, prepare
from traam.reference.queries import holidays, shipped_vocabulary
from traam.reference.rules import Holidays, Period, SchemeFacts, TermFacts, Vocabulary

NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
SHIPPED = Holidays.of(shipped_vocabulary())
METROPOLITAN = {
    entry.code
    for entry in shipped_vocabulary().academy_entries.values()
    if not entry.overseas and entry.code != "27"
}
WINTER = Period("Hiver", date(2027, 2, 13), date(2027, 2, 28))
TAILED = Period("Pont", date(2027, 3, 1), date(2027, 3, 2))


def test_shipped_zones_hold_every_metropolitan_academy_but_corse() -> None:
    assert set(SHIPPED.zones) == METROPOLITAN
    assert set(SHIPPED.zones.values()) == {"A", "B", "C"}


def test_shipped_periods_of_a_zone_never_overlap() -> None:
    for periods in SHIPPED.periods.values():
        for one, other in combinations(periods, 2):
            assert one.last < other.first or other.last < one.first


def test_shipped_periods_have_their_two_days() -> None:
    editions = [each for each in shipped_vocabulary().schemes if each.code == "holidays"]

    assert editions
    assert all(one.valid_from and one.valid_to for each in editions for one in each.terms)


def test_shipped_zones_have_the_same_number_of_days_off_each_year() -> None:
    for start, end in (
        (date(2025, 9, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), date(2027, 8, 31)),
    ):
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        counts = {
            code: sum(SHIPPED.off(code, day) is not None for day in days)
            for code in ("08", "09", "01")
        }
        assert len(set(counts.values())) == 1, counts


@pytest.mark.parametrize(
    ("academy", "day", "label"),
    [
        ("08", date(2027, 2, 13), "Vacances d’hiver 2026-2027, zone A"),
        ("09", date(2027, 2, 13), None),
        ("01", date(2027, 2, 13), "Vacances d’hiver 2026-2027, zone C"),
        ("09", date(2026, 12, 18), None),
        ("09", date(2026, 12, 19), "Vacances de Noël 2026-2027, zone B"),
        ("09", date(2027, 1, 3), "Vacances de Noël 2026-2027, zone B"),
        ("09", date(2027, 1, 4), None),
        ("28", date(2026, 12, 25), None),
    ],
)
def test_off_says_the_holidays_of_the_academy(academy: str, day: date, label: str | None) -> None:
    found = SHIPPED.off(academy, day)

    assert (found.label if found else None) == label


def test_back_on_is_the_first_day_after_all_that_follows_each_other() -> None:
    calendar = Holidays({"08": "A"}, {"A": (TAILED, WINTER)})

    assert calendar.back_on("08", date(2027, 2, 12)) == date(2027, 2, 12)
    assert calendar.back_on("08", date(2027, 2, 13)) == date(2027, 3, 3)
    assert calendar.back_on("09", date(2027, 2, 13)) == date(2027, 2, 13)


def _file(scheme: str, terms: list[dict[str, object]]) -> dict[str, object]:
    return {
        "scheme": scheme,
        "edition": "corse-2026",
        "label": f"Corse, {scheme}",
        "source": "arrêté de la rectrice",
        "licence": "texte officiel",
        "valid_from": "2026-09-01",
        "terms": terms,
    }


@pytest.mark.django_db
def test_a_loaded_file_adds_the_calendar_of_an_academy_and_keeps_the_others() -> None:
    prepare(now=NOW)
    zone = {"code": "CORSE", "label": "Corse", "facts": {"academies": ["27"]}}
    period = {
        "code": "CORSE-2026-hiver",
        "label": "Vacances d’hiver 2027, Corse",
        "valid_from": "2027-02-20",
        "valid_to": "2027-03-07",
        "facts": {"zone": "CORSE"},
    }

    for scheme, term in (("holiday-zones", zone), ("holidays", period)):
        import_vocabulary(data=_file(scheme, [term]), now=NOW, actor=None, dry_run=False)

    assert holidays().off("27", date(2027, 2, 20)) is not None
    assert holidays().off("27", date(2027, 2, 19)) is None
    assert holidays().off("09", date(2027, 2, 20)) is not None
    assert holidays().off("08", date(2027, 3, 2)) is None


def term(code: str, label: str = "", **more: Any) -> TermFacts:
    days = {key: more.pop(key) for key in ("valid_from", "valid_to") if key in more}
    return TermFacts(code=code, label=label or code, facts=more, **days)


def vocabulary(zones: tuple[TermFacts, ...], periods: tuple[TermFacts, ...] = ()) -> Vocabulary:
    return Vocabulary(
        tuple(
            SchemeFacts(code=code, edition="1", label=code, terms=terms)
            for code, terms in (("holiday-zones", zones), ("holidays", periods))
        )
    )


FIRST, LAST = date(2027, 2, 13), date(2027, 2, 28)


def test_zones_and_periods_are_those_of_the_editions() -> None:
    zones = (term("Z", academies=["08", "10"]), term("Y", academies=["09"]), term("X"))
    periods = (
        term("1", "Hiver", zone="Z", valid_from=FIRST, valid_to=LAST),
        term("2", "Pont", zone="Z", valid_from=date(2027, 3, 1), valid_to=date(2027, 3, 2)),
        term("3", "Hiver ailleurs", zone="Y", valid_from=FIRST, valid_to=FIRST),
    )

    assert Holidays.of(vocabulary(zones, periods)) == Holidays(
        {"08": "Z", "10": "Z", "09": "Y"},
        {"Z": (WINTER, TAILED), "Y": (Period("Hiver ailleurs", FIRST, FIRST),)},
    )


@pytest.mark.parametrize("days", [{}, {"valid_from": FIRST}, {"valid_to": LAST}])
def test_a_period_without_its_two_days_is_no_holiday(days: dict[str, date]) -> None:
    found = Holidays.of(vocabulary((term("Z", academies=["08"]),), (term("1", zone="Z", **days),)))

    assert found == Holidays({"08": "Z"}, {})


@pytest.mark.parametrize("zone", [{}, {"zone": ""}, {"zone": None}])
def test_a_period_of_no_zone_is_no_holiday_for_an_academy_of_no_known_zone(
    zone: dict[str, str | None],
) -> None:
    period = term("1", "Hiver", valid_from=FIRST, valid_to=LAST, **zone)
    found = Holidays.of(vocabulary((term("Z", academies=["08"]),), (period,)))

    assert [found.off(academy, FIRST) for academy in ("08", "27")] == [None, None]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 2, 12), False),
        (FIRST, True),
        (date(2027, 2, 20), True),
        (LAST, True),
        (date(2027, 3, 1), False),
    ],
)
def test_both_ends_of_a_period_are_holidays(day: date, expected: bool) -> None:
    assert WINTER.holds(day) is expected
