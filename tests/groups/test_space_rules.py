"""What a space accepts, to the character; and what a digest says of what was written there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.groups.rules.space import (
    DIGEST_MAX,
    Heard,
    digest_of,
    link_faults,
    message_faults,
    point_faults,
    title_faults,
)

TODAY = date(2026, 11, 3)
NO_TITLE = "Le titre est attendu, en 200 caractères au plus."
NO_TEXT = "Le texte est attendu, en 2000 caractères au plus."
NO_MESSAGE = "Le message est attendu, en 10000 caractères au plus."
NO_SUBJECT = "L’objet du message est attendu, en 200 caractères au plus."
SITE = "https://a.fr/"


@pytest.mark.parametrize(
    "link", [SITE, "http://a.fr", "HTTPS://A.fr/b?c=d#e", SITE + "x" * (500 - len(SITE))]
)
def test_whole_address_of_the_web_is_kept(link: str) -> None:
    assert link_faults(link) == []


@pytest.mark.parametrize(
    "link",
    [
        "",
        "a.fr",
        "//a.fr",
        "https://",
        "https:///chemin",
        "ftp://a.fr",
        "javascript:alert(1)",
        "https://[a.fr",
        "https://a.fr/un deux",
        "https://a.fr/un\u00a0deux",
        SITE + "x" * (501 - len(SITE)),
    ],
)
def test_what_is_not_an_address_is_refused_and_quoted_in_80_characters(link: str) -> None:
    assert link_faults(link) == [
        f"Le lien (reçu : « {link[:80]} ») doit être une adresse complète en http:// ou https://, "
        "de 500 caractères au plus."
    ]


@pytest.mark.parametrize(
    ("length", "faults"), [(0, [NO_TITLE]), (1, []), (200, []), (201, [NO_TITLE])]
)
def test_title_is_wanted_and_bounded(length: int, faults: list[str]) -> None:
    assert title_faults("x" * length) == faults


@pytest.mark.parametrize(
    ("length", "faults"), [(0, [NO_TEXT]), (1, []), (2000, []), (2001, [NO_TEXT])]
)
def test_point_is_wanted_and_bounded(length: int, faults: list[str]) -> None:
    assert point_faults("x" * length, due_on=None, today=TODAY) == faults


def test_point_is_not_due_before_today() -> None:
    yesterday = TODAY - timedelta(days=1)
    past = "L’échéance (reçu : 2 novembre 2026) est déjà passée."

    assert point_faults("Écrire.", due_on=TODAY, today=TODAY) == []
    assert point_faults("Écrire.", due_on=yesterday, today=TODAY) == [past]
    assert point_faults("", due_on=yesterday, today=TODAY) == [NO_TEXT, past]


@pytest.mark.parametrize(
    ("length", "faults"), [(0, [NO_MESSAGE]), (1, []), (10_000, []), (10_001, [NO_MESSAGE])]
)
def test_message_is_wanted_and_bounded(length: int, faults: list[str]) -> None:
    assert message_faults("x" * length, subject="Bonjour", is_answer=False) == faults


@pytest.mark.parametrize(
    ("length", "is_answer", "faults"),
    [
        (0, False, [NO_SUBJECT]),
        (0, True, []),
        (1, False, []),
        (200, False, []),
        (200, True, []),
        (201, False, [NO_SUBJECT]),
        (201, True, [NO_SUBJECT]),
    ],
)
def test_message_has_a_subject_unless_it_answers(
    length: int, is_answer: bool, faults: list[str]
) -> None:
    assert message_faults("Oui.", subject="x" * length, is_answer=is_answer) == faults
    both = message_faults("", subject="x" * length, is_answer=is_answer)
    assert both == [NO_MESSAGE, *faults]


ME, ELSE = 1, 2


def test_digest_counts_the_messages_of_others_by_space() -> None:
    heard = [
        Heard("l’équipe de Nice", ELSE),
        Heard("le groupe", ELSE),
        Heard("le groupe", ME),
        Heard("le groupe", None),  # its writer is erased: it was written all the same
    ]

    assert digest_of(heard, reader=ME) == {
        "count": 3,
        "spaces": "2 messages dans le groupe, 1 message dans l’équipe de Nice",
    }


def test_digest_of_nothing_new_is_empty() -> None:
    assert digest_of([], reader=ME) == {}
    assert digest_of([Heard("le groupe", ME)], reader=ME) == {}


@given(st.lists(st.builds(Heard, st.sampled_from("abc"), st.none() | st.integers(1, 3))))
def test_digest_counts_each_message_of_others_once(heard: list[Heard]) -> None:
    others = [one for one in heard if one.writer != ME]

    assert digest_of(heard, reader=ME).get("count", 0) == len(others)


@pytest.mark.parametrize("over", [-1, 0, 1, 30])
def test_digest_that_is_too_long_is_cut_and_says_so(over: int) -> None:
    said = "1 message dans "
    name = "x" * (DIGEST_MAX - len(said) + over)

    spaces = digest_of([Heard(name, ELSE)], reader=ME)["spaces"]

    assert spaces == (f"{said}{name}" if over <= 0 else f"{said}{name}"[:249] + "…")
    assert len(str(spaces)) <= DIGEST_MAX
