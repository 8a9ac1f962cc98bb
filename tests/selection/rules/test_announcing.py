"""Deadlines, numbers, and the turn of each reserve: pure."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.kit.clock import PARIS
from traam.selection.rules.announcing import (
    NOT_BEGUN,
    Numbers,
    Reserve,
    after_days,
    amend_faults,
    call_faults,
    end_of_day,
    number_faults,
    reply_deadline,
    source_of,
)
from traam.selection.rules.life import DecisionKind, ParticipationState

NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
INSTANTS = st.integers(0, 10**9).map(lambda seconds: NOW + timedelta(seconds=seconds - 5 * 10**8))


@given(at=INSTANTS, days=st.integers(0, 90))
def test_delay_ends_with_its_day_in_paris_and_is_never_shorter(at, days) -> None:
    end = after_days(at, days)

    local = end.astimezone(PARIS)
    assert (local.hour, local.minute) == (23, 59)
    assert (local.date() - at.astimezone(PARIS).date()).days == days


def test_delay_begun_late_in_the_evening_counts_from_the_day_in_paris() -> None:
    late = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past midnight there, on 2 June

    assert after_days(late, 1) == datetime(2026, 6, 3, 21, 59, tzinfo=UTC)
    assert end_of_day(date(2026, 1, 5)) == datetime(2026, 1, 5, 22, 59, tzinfo=UTC)
    assert end_of_day(date(2026, 1, 5)).tzinfo is PARIS


def test_reply_deadline_is_the_calendar_s_unless_it_is_past() -> None:
    due = NOW + timedelta(days=19)

    assert reply_deadline(announced_at=NOW, replies_due=due, days=15) == due
    late = reply_deadline(announced_at=due, replies_due=due, days=15)
    assert late == after_days(due, 15)
    assert reply_deadline(announced_at=NOW, replies_due=None, days=1) == after_days(NOW, 1)
    assert reply_deadline(announced_at=NOW, replies_due=None, days=0) is None
    assert reply_deadline(announced_at=NOW, replies_due=due, days=0) == due


@pytest.mark.parametrize(
    ("retained", "said"),
    [
        (0, "0 académie retenue pour 4 attendues au moins"),
        (3, "3 académies retenues pour 4 attendues au moins"),
        (4, ""),
        (8, ""),
        (9, "9 académies retenues pour 8 prévues au plus"),
    ],
)
def test_numbers_say_what_was_not_planned(retained: int, said: str) -> None:
    one = Numbers("svt", "Le vivant", 4, 8, retained)

    assert one.sentence == said
    assert (one.is_under, one.is_over) == (retained < 4, retained > 8)
    faults = number_faults([one], {})
    assert faults == ([f"« Le vivant » : {said}. Dites pourquoi, en une phrase."] if said else [])
    assert number_faults([one], {"svt": "Un choix."}) == []
    assert bool(number_faults([one], {"svt": "  ", "autre": "Un choix."})) == bool(said)


FIRST, SECOND = Reserve(1, 1, "Lille"), Reserve(2, 2, "Nice")


@pytest.mark.parametrize(
    ("called", "reserves", "holding", "count"),
    [
        (FIRST, [FIRST, SECOND], 3, 0),
        (SECOND, [FIRST, SECOND], 3, 1),
        (FIRST, [FIRST, SECOND], 4, 1),
        (SECOND, [SECOND, FIRST], 5, 2),
        (SECOND, [], 3, 0),  # called again: it waits no more
        (FIRST, [SECOND], 3, 0),
    ],
)
def test_call_out_of_turn_or_beyond_the_places_wants_a_reason(
    called, reserves, holding, count
) -> None:
    given_ = {"called": called, "reserves": reserves, "holding": holding, "most": 4}

    assert len(call_faults(**given_, reason=" ")) == count
    assert call_faults(**given_, reason="Un motif.") == []


def test_call_out_of_turn_names_whose_turn_it_is() -> None:
    (said,) = call_faults(called=SECOND, reserves=[FIRST, SECOND], holding=0, most=4, reason="")

    assert said == (
        "Lille, au rang 1, passe avant Nice (rang 2) : dites pourquoi ce n’est pas son tour."
    )


def test_call_beyond_the_places_says_how_many_there_are() -> None:
    (said,) = call_faults(called=FIRST, reserves=[FIRST], holding=4, most=4, reason="")

    assert said == ("Le thème compte déjà 4 académies pour 4 au plus : dites pourquoi une de plus.")


def test_turn_of_two_of_the_same_rank_is_that_of_the_first_kept() -> None:
    twins = [Reserve(7, 1, "Caen"), Reserve(5, 1, "Lyon")]

    (said,) = call_faults(called=SECOND, reserves=twins, holding=0, most=4, reason="")

    assert said.startswith("Lyon, au rang 1, passe avant Nice")


@pytest.mark.parametrize("state", [None, *ParticipationState])
def test_amending_waits_for_nobody_who_works_or_left(state) -> None:
    found = amend_faults(kind=DecisionKind.RETAINED, reason="", state=state, rank_taken_by="")

    begun = state is not None and state not in NOT_BEGUN
    assert found == (
        [
            f"L’académie est déjà dans l’état « {state.label} » : retirez-la, ou rétablissez-la, "
            "plutôt que de revenir sur sa décision."
        ]
        if begun
        else []
    )


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_amending_into_a_refusal_wants_its_reason(kind: DecisionKind) -> None:
    found = amend_faults(kind=kind, reason=" ", state=None, rank_taken_by="")

    refusal = ["Le motif manque : une décision « non retenue » se motive."]
    assert found == (refusal if kind is DecisionKind.NOT_RETAINED else [])
    assert amend_faults(kind=kind, reason="Un motif.", state=None, rank_taken_by="") == []


def test_amending_into_a_rank_that_another_holds_names_it() -> None:
    (said,) = amend_faults(kind=DecisionKind.RESERVE, reason="", state=None, rank_taken_by="Lille")

    assert said == "Ce rang de la réserve est celui de l’académie de Lille."


PARTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([one.value for one in DecisionKind]),
        "rank": st.none() | st.integers(1, 9),
        "reason": st.text(max_size=8),
        "remarks": st.text(max_size=8),
    }
)


@given(one=PARTS, other=PARTS)
def test_source_tells_two_decisions_apart(one, other) -> None:
    separated = "\x1f" in "".join(map(str, [*one.values(), *other.values()]))

    assert separated or (source_of(**one) == source_of(**other)) == (one == other)


def test_source_is_the_digest_of_every_part_in_its_order() -> None:
    """What letters already written are compared with: it may not change from one day to another."""
    parts = "reserve\x1f2\x1fUn motif.\x1fÀ revoir."
    expected = sha256(parts.encode()).hexdigest()

    said = source_of(kind="reserve", rank=2, reason="Un motif.", remarks="À revoir.")
    unranked = source_of(kind="retained", rank=None, reason="", remarks="")

    assert said == expected
    assert unranked == sha256(b"retained\x1f\x1f\x1f").hexdigest()
