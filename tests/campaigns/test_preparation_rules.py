"""The rules of a campaign being prepared: calendar, hours, states, texts, what a call waits for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.campaigns.rules.calendar import (
    Calendar,
    Milestone,
    moved_closing,
    phase_at,
    same_weekday,
)
from traam.campaigns.rules.call import (
    BOUNDS,
    WEIGHT_LABELS,
    CallRules,
    Commitment,
    Fault,
    Weights,
)
from traam.campaigns.rules.grid import DEFAULT_GRID, Criterion, Grid
from traam.campaigns.rules.hours import TERRITORIES, ZONES, elsewhere, hour_in, zone_of
from traam.campaigns.rules.life import CAMPAIGN_LIFE, CampaignState
from traam.campaigns.rules.signing import (
    TEXT_LIFE,
    Side,
    TextState,
    canonical,
    digest_of,
    sign_move,
    unsign_move,
)
from traam.campaigns.rules.years import Years
from traam.kit.clock import PARIS
from traam.kit.machines import MoveRefused
from traam.kit.text import FIXED

NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
OPENS, CLOSES = NOW + DAY, datetime(2026, 4, 3, 16, tzinfo=UTC)  # 18 h in Paris
CALENDAR = Calendar({Milestone.CALL_OPENS: OPENS, Milestone.CALL_CLOSES: CLOSES})
S, T = CampaignState, TextState

# -- the calendar


@pytest.mark.parametrize(
    ("end", "is_refused"),
    [(2024, True), (2025, False), (2027, False), (2028, False), (2029, True), (2199, True)],
)
def test_calendar_stays_near_the_years_of_its_campaign(end, is_refused):
    far = Calendar({Milestone.END: datetime(end, 6, 30, tzinfo=UTC)}).strays(Years(2026, 2027))

    said = f"« Fin des travaux » (30 juin {end}) tombe loin de la campagne 2026-2027 : "
    assert far == ([f"{said}donnez une date de 2025 à 2028."] if is_refused else [])


def test_calendar_of_unknown_years_is_far_from_none():
    far = Calendar({Milestone.END: datetime(2199, 6, 30, tzinfo=UTC)})

    assert far.strays(Years(None, None)) == []
    assert far.strays(Years(2026, None)) == []
    assert far.strays(Years(None, 2027)) == []


def test_new_year_of_paris_is_of_the_year_that_begins():
    at = datetime(2028, 12, 31, 23, 30, tzinfo=UTC)  # 2029 in Paris

    assert len(Calendar({Milestone.END: at}).strays(Years(2026, 2027))) == 1


@pytest.mark.parametrize(
    ("after", "change"),
    [(CLOSES + 2 * DAY, "2 jours de plus"), (CLOSES - DAY, "1 jour de moins")],
)
def test_moved_end_of_a_call_says_when_by_how_much_and_who_is_told(after, change):
    said = moved_closing(CLOSES, after).replace(FIXED, " ")

    day = {5: "dimanche 5", 2: "jeudi 2"}[after.day]
    assert said == (
        f"L’appel se clora le {day} avril 2026, 18 h, heure de Paris, et non plus le vendredi 3 "
        f"avril 2026, 18 h, heure de Paris : {change} pour toutes les académies. Le motif est "
        "écrit aux recteurs, rectrices et DAN, et montré aux auteurs des candidatures qui ne sont "
        "pas déposées."
    )


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ((Milestone.END, Milestone.LAUNCH, Milestone.ANNOUNCEMENT), Milestone.ANNOUNCEMENT),
        ((Milestone.END, Milestone.LAUNCH), Milestone.LAUNCH),
        ((Milestone.END,), Milestone.END),
        ((Milestone.CALL_OPENS, Milestone.CALL_CLOSES), None),
    ],
)
def test_what_no_answer_may_come_after_is_the_first_act_that_is_known(known, found):
    assert Calendar(dict.fromkeys(known, CLOSES)).next_after_closing == found


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(PARIS)),
    st.integers(1, 4),
)
def test_moved_instant_keeps_its_day_of_the_week_and_its_hour_in_paris(at, years):
    moved = same_weekday(at, years)

    assert moved.weekday() == at.weekday()
    assert (moved.hour, moved.minute, moved.second) == (at.hour, at.minute, at.second)
    assert abs((moved.date() - at.date()).days - round(365.25 * years)) <= 4


@pytest.mark.parametrize(
    ("at", "years", "moved"),
    [
        ("2026-04-03T18:00:00+02:00", 1, "2027-04-02T18:00:00+02:00"),
        ("2028-02-29T12:00:00+01:00", 1, "2029-02-27T12:00:00+01:00"),
        ("2026-10-26T09:00:00+01:00", 2, "2028-10-23T09:00:00+02:00"),  # summer time there
    ],
)
def test_moved_instant_is_the_nearest_such_day(at, years, moved):
    assert same_weekday(datetime.fromisoformat(at), years).isoformat() == moved


def test_moved_calendar_moves_every_instant_and_stays_in_order():
    dates = {each: NOW + 20 * DAY * number for number, each in enumerate(Milestone)}

    moved = Calendar(dates).moved(1)

    assert list(moved.dates) == list(Milestone)
    assert moved.faults() == []


def test_call_is_open_from_its_opening_to_the_very_instant_of_its_closing():
    second = timedelta(seconds=1)

    at = [OPENS - second, OPENS, CLOSES - second, CLOSES]

    assert [CALENDAR.is_open_at(one) for one in at] == [False, True, True, False]
    assert [CALENDAR.is_over_at(one) for one in at] == [False, False, False, True]
    assert not Calendar().is_open_at(NOW)
    assert not Calendar().is_over_at(NOW)


def test_calendar_out_of_order_says_what_must_follow_what():
    turned = Calendar({Milestone.CALL_OPENS: CLOSES, Milestone.CALL_CLOSES: OPENS})

    assert turned.faults() == ["« Clôture de l’appel » doit venir après « ouverture de l’appel »."]
    assert CALENDAR.faults() == []
    assert Calendar().missing() == [Milestone.CALL_OPENS, Milestone.CALL_CLOSES]


@pytest.mark.parametrize("state", list(CampaignState))
@pytest.mark.parametrize("now", [OPENS - DAY, OPENS, CLOSES])
def test_phase_closes_a_call_at_its_instant_and_opens_none_by_itself(state, now):
    is_late = state == S.CALL_OPEN and now >= CLOSES

    assert phase_at(state, CALENDAR, now) == (S.CALL_CLOSED if is_late else state)


# -- the hours


def test_closing_is_said_at_the_hour_of_every_territory_from_west_to_east():
    assert [(one.place, one.hour.replace(FIXED, " ")) for one in elsewhere(CLOSES)] == [
        ("Polynésie française", "vendredi 3 avril, 6 h"),
        ("Antilles", "vendredi 3 avril, 12 h"),
        ("Guyane", "vendredi 3 avril, 13 h"),
        ("Saint-Pierre-et-Miquelon", "vendredi 3 avril, 14 h"),
        ("Mayotte", "vendredi 3 avril, 19 h"),
        ("La Réunion", "vendredi 3 avril, 20 h"),
        ("Nouvelle-Calédonie", "samedi 4 avril, 3 h"),
        ("Wallis-et-Futuna", "samedi 4 avril, 4 h"),
    ]


def test_territories_that_share_an_hour_share_a_line():
    winter = datetime(2026, 1, 1, 11, 5, tzinfo=UTC)

    lines = {one.hour.replace(FIXED, " "): one.place for one in elsewhere(winter)}

    assert lines["jeudi 1er janvier, 8 h 05"] == "Guyane, Saint-Pierre-et-Miquelon"


def test_academy_of_europe_lives_in_paris():
    assert zone_of("09") == PARIS
    assert hour_in(CLOSES, "09").replace(FIXED, " ") == "vendredi 3 avril, 18 h"


def test_every_territory_has_a_zone():
    assert {code for _, code in TERRITORIES} <= set(ZONES)
    assert all(zone_of(code) != PARIS for code in ZONES)


# -- the states


CAMPAIGN_MOVES = {
    ("preparation", "open_call", "call_open"),
    ("call_open", "close_call", "call_closed"),
    ("call_closed", "announce", "announced"),
    ("announced", "launch", "at_work"),
    ("at_work", "close", "closed"),
    ("call_open", "take_back_call", "preparation"),
    ("call_closed", "reopen_call", "call_open"),
    ("announced", "take_back_announcement", "call_closed"),
    ("closed", "reopen", "at_work"),
}
TEXT_MOVES = {
    ("draft", "submit", "submitted"),
    ("submitted", "sign_first", "signed_once"),
    ("signed_once", "sign_second", "signed_twice"),
    ("signed_twice", "unsign_second", "signed_once"),
    ("signed_once", "unsign_first", "submitted"),
    *((one, "change", "draft") for one in ("draft", "submitted", "signed_once", "signed_twice")),
    *(
        (one, "withdraw", "withdrawn")
        for one in ("draft", "submitted", "signed_once", "signed_twice")
    ),
    ("withdrawn", "restore", "draft"),
}


def walked(machine, states) -> set[tuple[str, str, str]]:
    """Every state × every move that does not refuse."""
    found = set()
    for state in states:
        for move in machine.moves:
            try:
                found.add((state.value, move, machine.after(state, move).value))
            except MoveRefused:
                continue
    return found


def test_every_state_of_a_campaign_takes_these_moves_and_no_other():
    assert walked(CAMPAIGN_LIFE, CampaignState) == CAMPAIGN_MOVES
    assert CAMPAIGN_LIFE.initial == S.PREPARATION


def test_every_state_of_a_text_takes_these_moves_and_no_other():
    assert walked(TEXT_LIFE, TextState) == TEXT_MOVES
    assert TEXT_LIFE.initial == T.DRAFT


@pytest.mark.parametrize(
    ("signed", "side", "signs", "unsigns"),
    [
        ((), Side.DNE, "sign_first", None),
        ((Side.IG,), Side.DNE, "sign_second", None),
        ((Side.DNE,), Side.DNE, None, "unsign_first"),
        ((Side.DNE, Side.IG), Side.DNE, None, "unsign_second"),
    ],
)
def test_signature_moves_by_what_is_signed_already(signed, side, signs, unsigns):
    assert (sign_move(signed, side), unsign_move(signed, side)) == (signs, unsigns)


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=5))
def test_digest_depends_on_what_is_said_not_on_its_order(content):
    turned = dict(reversed(content.items()))

    assert digest_of(content) == digest_of(turned)
    assert canonical(content) == canonical(turned)
    assert digest_of(content | {"more": "x"}) != digest_of(content)


# -- the rules of the call


def test_rules_that_are_usual_have_no_fault_and_read_back():
    rules = CallRules()

    assert rules.faults() == []
    assert CallRules.read(rules.as_data()) == rules
    assert CallRules.read({}) == rules


@pytest.mark.parametrize("name", list(BOUNDS))
def test_number_out_of_its_bounds_is_named(name):
    label, least, most = BOUNDS[name]
    under, over = (replace(CallRules(), **{name: one}) for one in (least - 1, most + 1))

    for rules in (under, over):
        (fault, *_) = [one for one in rules.faults() if one.field == name]
        assert label in fault.sentence
        assert "reçu" in fault.sentence
    for rules in (replace(CallRules(), **{name: one}) for one in (least, most)):
        assert not [one for one in rules.faults() if one.sentence.startswith(f"« {label} »")]


def test_more_academies_at_least_than_at_most_is_refused():
    (fault,) = replace(CallRules(), academies_min=9, academies_max=8).faults()

    assert fault.field == "academies_max"
    assert "(reçu : 8) est sous le nombre minimal (9)" in fault.sentence


def test_as_many_academies_at_least_as_at_most_is_a_call_of_one_number():
    assert replace(CallRules(), academies_min=8, academies_max=8).faults() == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("team_min", 0, "« Enseignants par équipe, au moins » (reçu : 0) va de 1 à 20."),
        ("disagreement", 20.5, "« Écart qui met en discussion » (reçu : 20,5) va de 0,5 à 20."),
    ],
)
def test_number_out_of_its_bounds_says_them_as_french_writes_numbers(name, value, sentence):
    assert replace(CallRules(), **{name: value}).faults() == [Fault(name, sentence)]


@pytest.mark.parametrize("name", list(WEIGHT_LABELS))
def test_negative_weight_is_named(name):
    (fault,) = replace(CallRules(), weights=replace(Weights(), **{name: -0.5})).faults()

    assert fault.field == f"weight_{name}"
    assert "(reçu : -0,5)" in fault.sentence


def test_weight_goes_up_to_a_hundred():
    most, more = (replace(CallRules(), weights=Weights(served=one)) for one in (100, 100.5))

    assert most.faults() == []
    assert more.faults() == [
        Fault(
            "weight_served",
            "« Une académie qui n’a encore aucun thème » : le poids (reçu : 100,5) va de 0 à 100.",
        )
    ]


def test_weights_all_null_are_refused():
    nothing = Weights(**dict.fromkeys(WEIGHT_LABELS, 0))

    assert replace(CallRules(), weights=nothing).faults() == [
        Fault("weight_score", "Tous les poids du choix sont nuls : au moins un doit compter.")
    ]


def test_commitments_said_twice_or_empty_are_refused():
    twice = (Commitment("a", "Oui"), Commitment("a", "  "))

    assert replace(CallRules(), commitments=twice).faults() == [
        Fault("commitments", "L’engagement « a » est donné deux fois."),
        Fault("commitments", "Un engagement n’a pas de texte."),
    ]


def test_grid_that_forbids_to_review_is_refused():
    (one, *_) = DEFAULT_GRID.criteria
    null = Grid((Criterion(one.key, one.label, 0),))

    assert replace(CallRules(), grid=null).faults() == [
        Fault(
            "grid",
            "Tous les poids sont nuls : donnez à un critère au moins un poids supérieur à 0.",
        )
    ]
