"""Hours, to the quarter: what each act refuses at its limit, and in which words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.groups.rules.hours import (
    QUARTER,
    Account,
    Pool,
    allotment_faults,
    amount_faults,
    shares,
    spending_faults,
    tranche_faults,
)
from traam.kit.text import FIXED

TODAY = date(2026, 11, 3)
STARTS, ENDS = date(2026, 9, 1), date(2027, 7, 6)
RICH = Account(given=Decimal(2000))
QUARTERS = st.integers(1, 400).map(lambda count: QUARTER * count)


def plain(faults: list[str]) -> list[str]:
    return [one.replace(FIXED, " ") for one in faults]


def spending(hours: str, *, team: Account = RICH, on: date = TODAY, ends: date | None = ENDS):
    faults = spending_faults(Decimal(hours), team=team, on=on, span=(STARTS, ends), today=TODAY)
    return plain(faults)


def amount(said: str) -> list[str]:
    return [
        f"Les heures (reçu : {said}) doivent être un multiple du quart d’heure, de 0,25 à 999 h."
    ]


@pytest.mark.parametrize("hours", ["0.25", "1", "7.50", "999", "-0.25", "-999"])
def test_amount_to_the_quarter_is_accepted_up_to_999_hours(hours: str) -> None:
    assert amount_faults(Decimal(hours)) == []


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("0", "0 h"),
        ("0.1", "0,1 h"),
        ("-0.3", "-0,3 h"),
        ("999.25", "999,25 h"),
        ("-999.25", "-999,25 h"),
        ("1000.1", "1000,1 h"),
    ],
)
def test_other_amount_is_refused_in_every_act(hours: str, said: str) -> None:
    value, pool = Decimal(hours), Pool(notified=Decimal(5000))

    assert plain(amount_faults(value)) == amount(said)
    assert plain(allotment_faults(value, pool=pool, team=RICH)) == amount(said)
    assert plain(tranche_faults(value, pool=pool)) == amount(said)
    assert spending(hours) == amount(said)


def test_what_is_left_is_what_was_given_less_what_was_used() -> None:
    assert Pool(notified=Decimal(20), given=Decimal("7.5")).left == Decimal("12.5")
    team = Account(given=Decimal(10), spent=Decimal(4), attested=Decimal(1))
    assert (team.left, team.to_attest) == (Decimal(6), Decimal(3))
    assert Pool().left == Account().left == Account().to_attest == 0


# -- given to a team


def test_academy_gives_all_that_it_has_left_and_no_more() -> None:
    pool = Pool(notified=Decimal(20), given=Decimal(15))

    assert allotment_faults(Decimal(5), pool=pool, team=Account()) == []
    assert plain(allotment_faults(Decimal("5.25"), pool=pool, team=Account())) == [
        "Il reste 5 h à l’académie sur 20 h notifiées : 5,25 h ne peuvent pas être attribuées. "
        "Saisissez d’abord la tranche qui manque."
    ]


def test_academy_that_gave_too_much_may_still_take_back() -> None:
    pool, team = Pool(notified=Decimal(10), given=Decimal(12)), Account(given=Decimal(12))

    assert allotment_faults(Decimal(-2), pool=pool, team=team) == []
    assert len(allotment_faults(QUARTER, pool=pool, team=team)) == 1


def test_team_gives_back_all_that_it_has_not_spent_and_no_more() -> None:
    pool, team = Pool(given=Decimal(10)), Account(given=Decimal(10), spent=Decimal(4))

    assert allotment_faults(Decimal(-6), pool=pool, team=team) == []
    assert plain(allotment_faults(Decimal("-6.25"), pool=pool, team=team)) == [
        "L’équipe a déjà déclaré 4 h sur 10 h : on ne peut lui en reprendre que 6 h."
    ]


# -- spent by its members


def test_team_declares_all_that_it_has_left_and_no_more() -> None:
    team = Account(given=Decimal(10), spent=Decimal(4))

    assert spending("6", team=team) == []
    assert spending("6.25", team=team) == [
        "Il reste 6 h à l’équipe sur 10 h : 6,25 h ne peuvent pas être déclarées. Le DAN peut en "
        "attribuer d’autres."
    ]


def test_declaration_is_never_of_less_than_nothing() -> None:
    more = ["Des heures déclarées sont en plus : pour en retirer, annulez la déclaration."]

    assert spending("-0.25") == more
    assert spending("-1", team=Account()) == more


@pytest.mark.parametrize(
    ("on", "ends", "faults"),
    [
        (STARTS, ENDS, []),
        (TODAY, ENDS, []),
        (TODAY, None, []),
        (date(2026, 11, 2), TODAY, []),
        (
            date(2026, 8, 31),
            ENDS,
            [
                "Le jour (reçu : 31 août 2026) est hors de la campagne : à partir du "
                "1er septembre 2026 et avant le 6 juillet 2027."
            ],
        ),
        (
            date(2026, 8, 31),
            None,
            [
                "Le jour (reçu : 31 août 2026) est hors de la campagne : à partir du "
                "1er septembre 2026."
            ],
        ),
        (
            ENDS,
            ENDS,
            [
                "Le jour (reçu : 6 juillet 2027) est hors de la campagne : à partir du "
                "1er septembre 2026 et avant le 6 juillet 2027."
            ],
        ),
        (
            date(2026, 11, 4),
            ENDS,
            ["Le jour (reçu : 4 novembre 2026) est à venir : déclarez ce qui est fait."],
        ),
        (
            date(2026, 11, 4),
            None,
            ["Le jour (reçu : 4 novembre 2026) est à venir : déclarez ce qui est fait."],
        ),
    ],
)
def test_day_is_within_the_campaign_and_not_to_come(
    on: date, ends: date | None, faults: list[str]
) -> None:
    assert spending("1", on=on, ends=ends) == faults
    assert spending("0", on=on, ends=ends) == [*amount("0 h"), *faults]


# -- tranches


def test_tranche_goes_down_to_what_is_given_and_no_further() -> None:
    pool = Pool(notified=Decimal(20), given=Decimal(15))

    assert tranche_faults(Decimal(5), pool=pool, before=Decimal(10)) == []
    assert plain(tranche_faults(Decimal("4.75"), pool=pool, before=Decimal(10))) == [
        "15 h sont déjà attribuées à des équipes : la tranche ne peut pas descendre à 4,75 h."
    ]
    assert tranche_faults(QUARTER, pool=pool) == []  # a new one


def test_tranche_is_never_of_less_than_nothing() -> None:
    more = ["Une tranche notifiée est en plus."]

    assert tranche_faults(Decimal(-1), pool=Pool(notified=Decimal(20))) == more
    assert tranche_faults(-QUARTER, pool=Pool(notified=Decimal(1), given=Decimal(1))) == more


# -- shared


@given(QUARTERS, st.integers(1, 40))
def test_parts_are_quarters_that_sum_to_the_total_the_larger_first(total, parts) -> None:
    found = list(shares(total, parts))

    assert (len(found), sum(found)) == (parts, total)
    assert found == sorted(found, reverse=True)
    assert found[0] - found[-1] <= QUARTER
    assert not any(one % QUARTER for one in found)


@pytest.mark.parametrize("parts", [0, -1])
def test_total_among_nobody_makes_no_part(parts: int) -> None:
    assert list(shares(Decimal(3), parts)) == []
    assert list(shares(Decimal(3), 1)) == [Decimal(3)]
