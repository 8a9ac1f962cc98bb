"""The life of a message, its delays, its parameters and its text."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.kit.machines import MoveRefused
from traam.post import rules
from traam.post.rules import LIFE, Piece, State, Text


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", LIFE.moves)
def test_life_moves_or_refuses_for_every_state_and_move(state, move):
    if state in LIFE.moves[move].sources:
        assert LIFE.after(state, move) is LIFE.moves[move].target
    else:
        with pytest.raises(MoveRefused, match="état présent"):
            LIFE.after(state, move)


def test_life_ends_only_where_a_person_may_relaunch_or_nothing_is_left():
    ends = {state: LIFE.open_moves(state) for state in (State.SENT, State.FAILED, State.ON_SCREEN)}

    assert ends == {State.SENT: [], State.FAILED: ["relaunch"], State.ON_SCREEN: ["relaunch"]}


@pytest.mark.parametrize("state", State)
def test_label_agrees_with_the_number_of_messages(state):
    alone, several = rules.counted(state, 1), rules.counted(state, 2)

    assert rules.counted(state, 0) == alone == state.label
    assert several == ("envoyés" if state == State.SENT else state.label)


def test_delays_grow_up_to_four_hours():
    minutes = [rules.delay(attempts) // timedelta(minutes=1) for attempts in range(1, 8)]

    assert minutes == [1, 4, 16, 64, 240, 240, 240]


@pytest.mark.parametrize("kind", ["hello", "a/b/c", "../x", "Sample/hello", "sample/"])
def test_check_refuses_a_kind_that_names_no_text(kind):
    with pytest.raises(rules.Unfit):
        rules.check(kind=kind, params={})


@pytest.mark.parametrize("value", ["alice@exemple.invalid", "a\nb", "x" * 301, 1.5, None, True])
def test_check_refuses_a_parameter_that_is_no_short_text(value):
    with pytest.raises(rules.Unfit):
        rules.check(kind="sample/hello", params={"value": value})


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ({"kind": "Hello"}, "a kind reads like 'campaigns/call_opened' (got 'Hello')"),
        ({"params": {"due": 1.5}}, "due: a text or a whole number (got float)"),
        ({"params": {"due": "x" * 301}}, "due: at most 300 characters on one line, no '@'"),
    ],
)
def test_check_says_what_is_wrong_with_what(message, fault):
    with pytest.raises(rules.Unfit) as refused:
        rules.check(**{"kind": "sample/hello", "params": {}} | message)

    assert str(refused.value) == fault


def test_check_takes_a_whole_number_and_a_text_of_the_longest():
    rules.check(kind="sample/hello_2", params={"count": 3, "title": "x" * rules.PARAM_MAX})


def test_split_takes_the_subject_from_the_first_line():
    assert rules.split("\nUn  sujet\n\nUn corps.\n\n") == Text("Un sujet", "Un corps.\n")
    assert rules.split("Un sujet\n\nUn.\n\nDeux.") == Text("Un sujet", "Un.\n\nDeux.\n")


@pytest.mark.parametrize("rendered", ["", "\n\n", "Sujet seul", "Sujet seul\n\n"])
def test_split_refuses_a_text_without_subject_or_body(rendered):
    with pytest.raises(rules.Unfit, match=r"^a message has a subject on its first line, then a"):
        rules.split(rendered)


def test_pieces_make_links_of_our_addresses_only():
    body = "Voir https://traam.invalid/a/b?c=d, puis https://ailleurs.invalid/x."

    assert rules.pieces(body, site="https://traam.invalid") == [
        Piece("Voir "),
        Piece("https://traam.invalid/a/b?c=d", "/a/b?c=d"),
        Piece(", puis https://ailleurs.invalid/x."),
    ]


def test_pieces_make_a_link_of_each_address_and_leave_the_mark_after_it():
    assert rules.pieces("https://a/X. Puis https://a/b/?!", site="https://a") == [
        Piece("https://a/X", "/X"),
        Piece(". Puis "),
        Piece("https://a/b/", "/b/"),
        Piece("?!"),
    ]


@given(st.text(alphabet="ab /.:htps«»\n", max_size=60))
def test_pieces_keep_the_whole_text(body):
    found = rules.pieces(body, site="https://a")

    assert "".join(piece.text for piece in found) == body


def test_message_id_depends_on_the_key_alone():
    first, again = (rules.message_id(key="a:1", domain="x.invalid") for _ in range(2))

    assert first == again
    assert first != rules.message_id(key="a:2", domain="x.invalid")
    assert re.fullmatch(r"<[0-9a-f]{24}@x\.invalid>", first)


def test_joined_names_each_file_once():
    named = rules.Joined("a" * 64, "Lettre d’annonce (Lille).pdf")

    assert rules.joined([]) == []
    assert rules.joined(["b" * 64, "a" * 64, named]) == [rules.Joined("b" * 64), named]


@pytest.mark.parametrize("digest", ["", "a" * 63, "A" * 64, "g" * 64, "../" + "a" * 61, "a" * 65])
def test_joined_refuses_what_is_no_digest(digest):
    with pytest.raises(rules.Unfit, match=r"^a digest and the name of a file \(got '"):
        rules.joined([digest])


@pytest.mark.parametrize("name", ["a/b.pdf", "a\nb.pdf", '"a".pdf', "x" * 117 + ".pdf", ".", "a@b"])
def test_joined_refuses_what_is_no_name(name):
    with pytest.raises(rules.Unfit, match=r"^a digest and the name of a file \(got 'a"):
        rules.joined([rules.Joined("a" * 64, name)])


def test_joined_takes_a_name_of_the_longest():
    assert rules.joined([rules.Joined("a" * 64, "x" * 116 + ".pdf")])[0].name.endswith("x.pdf")
