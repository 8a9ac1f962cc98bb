"""The pure rules of trials: protocol and its digest, dates, closing, pictures, states."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.productions.rules.life import Authorisation, Recognisable
from traam.trials.rules import closing, pictures, protocol
from traam.trials.rules.closing import Done, Evaluation
from traam.trials.rules.life import OPEN, TRIAL_LIFE, Observer, Transferable, TrialState, Verdict
from traam.trials.rules.observing import (
    Noted,
    Window,
    day_faults,
    faults,
    is_to_keep,
    usual_observer,
    window_of,
)
from traam.trials.rules.protocol import Protocol, Sought

NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
YEAR = Window(date(2026, 9, 1), date(2027, 8, 31))
WHOLE = Protocol("Hypothèse.", "Réussite.", (Sought("i1", "Un geste"),))
FULL = Evaluation(
    verdict=Verdict.PARTLY,
    conclusion="Oui.",
    levers="À deux.",
    transferable=Transferable.UNKNOWN,
    level="5E",
    school_type="COL",
    equipment="aucun",
    pupils=24,
)


def test_states_and_moves_are_those_of_the_rules() -> None:
    found = {state: TRIAL_LIFE.open_moves(state) for state in TrialState}

    assert found == {
        TrialState.PLANNED: ["start", "abandon"],
        TrialState.AT_WORK: ["close", "abandon"],
        TrialState.CLOSED: ["reopen"],
        TrialState.ABANDONED: ["reopen", "restart"],
    }


def test_digest_is_of_the_canonical_protocol() -> None:
    data = protocol.as_data(WHOLE, production="p-1", version=3)

    assert protocol.canonical(data) == (
        '{"format":"traam-protocol-1","hypothesis":"Hypothèse.",'
        '"indicators":[{"key":"i1","text":"Un geste"}],"production":"p-1",'
        '"production_version":3,"success":"Réussite."}'
    )
    assert protocol.digest(data) == (
        "dce236b9e1690e6596ca814a842bfaf9dab6897cfd01d0401acb47dd1e3f511b"
    )


def test_digest_is_the_same_however_accents_are_composed() -> None:
    composed = protocol.as_data(Protocol("é", "r"), production="p", version=1)
    apart = protocol.as_data(Protocol("e\u0301", "r"), production="p", version=1)

    assert protocol.digest(composed) == protocol.digest(apart)


@given(st.text(max_size=20), st.text(max_size=20))
def test_digest_tells_two_protocols_apart(one, other) -> None:
    both = [
        protocol.as_data(Protocol(text, ""), production="p", version=1) for text in (one, other)
    ]
    same = protocol.canonical(both[0]) == protocol.canonical(both[1])

    assert (protocol.digest(both[0]) == protocol.digest(both[1])) is same


@pytest.mark.parametrize(
    ("given_", "count"),
    [
        (WHOLE, 0),
        (Protocol(" ", "R.", WHOLE.indicators), 1),
        (Protocol("H.", "", WHOLE.indicators), 1),
        (Protocol("H.", "R.", (Sought("i1", " "),)), 1),
        (Protocol(), 3),
    ],
)
def test_protocol_says_what_it_lacks(given_, count) -> None:
    assert len(protocol.missing(given_)) == count


def test_new_indicators_get_keys_that_were_never_used() -> None:
    typed = (Sought("", " Un  autre "), Sought("i2", "Deux"), Sought("", ""), Sought("x", "Trois"))

    named = protocol.named(Protocol("H.", "R.", typed), taken=["i1", "i2"])

    assert named.indicators == (
        Sought("i3", "Un autre"),
        Sought("i2", "Deux"),
        Sought("i4", "Trois"),
    )


def test_protocol_refuses_too_many_too_long_and_twice_the_same() -> None:
    many = tuple(Sought("", f"Indicateur {n}") for n in range(protocol.INDICATORS_MAX + 1))
    assert protocol.faults(Protocol("H.", "R.", many))
    assert not protocol.faults(Protocol("H.", "R.", many[1:]))
    assert protocol.faults(Protocol("H." * protocol.TEXT_MAX, "R."))
    assert protocol.faults(Protocol("H.", "R.", (Sought("", "x" * 301),)))
    assert not protocol.faults(Protocol("H.", "R.", (Sought("", "x" * 300),)))
    assert protocol.faults(Protocol("H.", "R.", (Sought("", "Un geste"), Sought("", "UN GESTE"))))


@pytest.mark.parametrize(
    ("facts", "window"),
    [
        ((2026, 2027, None, None), YEAR),
        ((2026, 2027, date(2026, 7, 1), date(2027, 7, 1)), Window(date(2026, 7, 1), YEAR.last)),
        ((2026, 2027, date(2026, 10, 1), date(2027, 12, 1)), Window(YEAR.first, date(2027, 12, 1))),
        ((None, None, None, None), Window()),
        ((None, None, date(2026, 10, 1), None), Window(date(2026, 10, 1), None)),
        ((None, 2027, None, None), Window(None, YEAR.last)),
    ],
)
def test_window_is_the_school_years_widened_by_the_calendar(facts, window) -> None:
    names = ("first_year", "last_year", "starts", "ends")

    assert window_of(**dict(zip(names, facts, strict=True))) == window


@pytest.mark.parametrize(
    ("day", "window", "said"),
    [
        (date(2026, 9, 1), YEAR, ""),
        (date(2026, 11, 10), YEAR, ""),
        (date(2026, 8, 31), YEAR, "va du 1er septembre 2026 au 31 août 2027"),
        (date(2026, 11, 11), YEAR, "pas encore venu"),
        (date(2026, 8, 31), Window(YEAR.first, None), "va à partir du 1er septembre 2026"),
        (date(2026, 9, 2), Window(None, date(2026, 9, 1)), "va jusqu’au 1er septembre 2026"),
        (date(1999, 1, 1), Window(), ""),
    ],
)
def test_day_outside_the_campaign_is_refused(day, window, said) -> None:
    found = day_faults(day, window=window, today=date(2026, 11, 10), what="La séance")

    assert (said in " ".join(found)) if said else not found


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 0),
        ({"seen": " "}, 1),
        ({"seen": "x" * 4001}, 1),
        ({"location": "x" * 201}, 1),
        ({"pupils": 0}, 1),
        ({"pupils": 200}, 0),
        ({"pupils": 201}, 1),
        ({"outcomes": {"autre": "seen"}}, 1),
        ({"seen_at": NOW + timedelta(minutes=15)}, 0),
        ({"seen_at": NOW + timedelta(minutes=16)}, 1),
        ({"seen_at": NOW - timedelta(days=200)}, 1),
        ({"seen": "06 12 34 56 78"}, 1),
        ({"location": "m.d@ac-lille.fr"}, 1),
    ],
)
def test_observation_says_why_it_is_refused(changes, count) -> None:
    noted = Noted(**({"seen_at": NOW, "seen": "Vu."} | changes))

    assert len(faults(noted, window=YEAR, now=NOW, keys=["i1"])) == count


@pytest.mark.parametrize("state", TrialState)
def test_observation_is_kept_where_the_trial_cannot_take_it(state) -> None:
    assert is_to_keep(state, lacks=[]) is (state not in OPEN)
    assert is_to_keep(state, lacks=["Aucun indicateur."])


@pytest.mark.parametrize(
    ("is_teacher", "is_inspector", "who"),
    [
        (True, True, Observer.SELF),
        (True, False, Observer.SELF),
        (False, True, Observer.INSPECTOR),
        (False, False, Observer.NEARBY),
    ],
)
def test_usual_observer_is_who_looks(is_teacher, is_inspector, who) -> None:
    assert usual_observer(is_teacher=is_teacher, is_inspector=is_inspector) is who


def test_closing_asks_nothing_more_of_a_full_evaluation() -> None:
    assert closing.missing(FULL, Done(1, 1, 1)) == []


def test_closing_of_an_empty_evaluation_says_all_that_is_missing() -> None:
    assert len(closing.missing(Evaluation(), Done())) == 10
    assert len(closing.missing(Evaluation(), Done(sessions=1))) == 10  # no duration, now


@pytest.mark.parametrize("name", closing.SEEN_IN)
def test_one_gain_or_obstacle_or_lever_is_enough(name) -> None:
    given_ = {**dict.fromkeys(closing.SEEN_IN, ""), name: "Quelque chose."}

    assert closing.missing(Evaluation(**{**_as_dict(FULL), **given_}), Done(1, 1, 1)) == []


def _as_dict(evaluation: Evaluation) -> dict[str, object]:
    return {name: getattr(evaluation, name) for name in Evaluation.__dataclass_fields__}


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_closes_a_trial_as_well(verdict) -> None:
    given_ = {**_as_dict(FULL), "verdict": verdict}

    assert closing.missing(Evaluation(**given_), Done(1, 1, 1)) == []


def test_steps_are_done_one_by_one() -> None:
    empty = closing.steps(["Pas d’hypothèse."], closing.missing(Evaluation(), Done()), Done())
    done = Done(2, 1, 3)
    full = closing.steps([], closing.missing(FULL, done), done)

    assert [one.is_done for one in empty] == [False] * 4
    assert [one.is_done for one in full] == [True] * 4
    assert len(empty[3].lacks) == 8


@pytest.mark.parametrize(("pupils", "count"), [(None, 0), (0, 1), (1, 0), (200, 0), (201, 1)])
def test_evaluation_refuses_an_impossible_class(pupils, count) -> None:
    assert len(closing.faults(Evaluation(pupils=pupils))) == count


def test_every_answer_about_a_picture_is_coherent_or_refused() -> None:
    accepted = {
        (recognisable, authorisation): pictures.may_leave_the_team(recognisable, authorisation)
        for recognisable, authorisation in product(Recognisable, Authorisation)
        if not pictures.faults(recognisable, authorisation, "")
    }

    assert accepted == {
        (Recognisable.NO, Authorisation.NOT_NEEDED): True,
        (Recognisable.YES, Authorisation.MISSING): False,
        (Recognisable.YES, Authorisation.OBTAINED): True,
        (Recognisable.YES, Authorisation.WITHDRAWN): False,
    }
    assert not any(pictures.may_leave_the_team(Recognisable.UNSAID, each) for each in Authorisation)


@pytest.mark.parametrize(
    ("recognisable", "authorisation", "reasons"),
    [
        (Recognisable.UNSAID, Authorisation.NOT_NEEDED, [pictures.UNSAID]),
        (Recognisable.YES, Authorisation.NOT_NEEDED, [pictures.NEEDED]),
        (Recognisable.NO, Authorisation.OBTAINED, [pictures.NOT_NEEDED]),
        (Recognisable.NO, Authorisation.NOT_NEEDED, []),
    ],
)
def test_picture_says_why_it_is_refused(recognisable, authorisation, reasons) -> None:
    assert pictures.faults(recognisable, authorisation, "Des mains") == reasons


def test_text_in_place_of_a_picture_is_refused_from_one_character_too_many() -> None:
    said = [
        pictures.faults(Recognisable.NO, Authorisation.NOT_NEEDED, "a" * length)
        for length in (300, 301)
    ]

    assert said == [[], ["« Texte de remplacement » compte 301 caractères ; 300 au plus."]]
