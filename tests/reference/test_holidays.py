"""School holidays: the shipped zones and periods, and a calendar loaded from a file."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from traam.reference.actions import import_vocabulary, prepare
from traam.reference.queries import holidays, shipped_vocabulary
from traam.reference.rules import Holidays, Period

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


def test_a_period_without_its_two_days_is_no_holiday() -> None:
    vocabulary = shipped_vocabulary()
    first = next(each for each in vocabulary.schemes if each.code == "holidays")

    assert all(term.valid_from and term.valid_to for term in first.terms)
