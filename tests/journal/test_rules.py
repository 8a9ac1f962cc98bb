"""The journal keeps keys, codes and digests, in one canonical form."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.journal import rules

AT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)


def line(**changes) -> rules.Line:
    values = {
        "id": 1,
        "at": AT,
        "actor": 7,
        "on_behalf_of": None,
        "verb": "notice.correct",
        "subject": "notice:t1abc",
        "before": {"version": 1},
        "after": {"version": 2, "digest": "ab" * 32},
    }
    return rules.Line(**values | changes)


def test_canonical_line_is_the_documented_one():
    assert line(after={"b": "é", "a": None}).canonical() == (
        '[1,"2026-03-20T09:30:00.000000Z",7,null,"notice.correct","notice:t1abc",'
        '{"version":1},{"a":null,"b":"é"}]'
    )


def test_canonical_line_is_the_same_in_every_time_zone():
    elsewhere = AT.astimezone(timezone(timedelta(hours=-10)))

    assert line(at=elsewhere).canonical() == line().canonical()


def test_digest_covers_the_documented_lines():
    text = (
        f"traam-journal-1\n{rules.FIRST}\n1\n2026-03-20T09:30:00.000000Z\n1\n{line().canonical()}\n"
    )

    found = rules.digest(previous=rules.FIRST, number=1, sealed_at=AT, lines=[line()])

    assert found == (hashlib.sha256(text.encode()).hexdigest(), 1)


@pytest.mark.parametrize(
    "change",
    [
        {"id": 2},
        {"at": AT + timedelta(microseconds=1)},
        {"actor": None},
        {"on_behalf_of": 7},
        {"verb": "notice.publish"},
        {"subject": "notice:t1abd"},
        {"before": {}},
        {"after": {"version": "2"}},
    ],
)
def test_digest_changes_when_any_field_does(change):
    def digest(entry):
        return rules.digest(previous=rules.FIRST, number=1, sealed_at=AT, lines=[entry])

    assert digest(line(**change)) != digest(line())


def test_plain_keeps_scalars_and_writes_instants_in_utc():
    kept = rules.plain(
        {"state": "draft", "count": 3, "open": True, "none": None, "on": date(2026, 4, 3), "at": AT}
    )

    assert kept == {
        "state": "draft",
        "count": 3,
        "open": True,
        "none": None,
        "on": "2026-04-03",
        "at": "2026-03-20T09:30:00.000000Z",
    }


@pytest.mark.parametrize(
    "value", ["x" * 201, "alice@exemple.invalid", "deux\nlignes", 1.5, ["a"], {"a": 1}, b"x"]
)
def test_plain_refuses_what_is_no_code(value):
    with pytest.raises(rules.Unfit):
        rules.plain({"value": value})


@pytest.mark.parametrize("key", ["", "Nom", "a b", "x" * 61, "é"])
def test_plain_refuses_a_key_that_is_no_identifier(key):
    with pytest.raises(rules.Unfit):
        rules.plain({key: 1})


@pytest.mark.parametrize("verb", ["publish", "Notice.publish", "notice.", "notice publish", "é.e"])
def test_check_refuses_a_verb_without_its_thing(verb):
    with pytest.raises(rules.Unfit):
        rules.check(verb=verb, subject="notice:t1")


@pytest.mark.parametrize("subject", ["t1", "notice:", "notice:a b", "notice:a@b", "Notice:t1"])
def test_check_refuses_a_subject_that_is_no_key(subject):
    with pytest.raises(rules.Unfit):
        rules.check(verb="notice.publish", subject=subject)


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        ({"verb": "publish"}, "a verb reads like 'notice.publish' (got 'publish')"),
        ({"verb": "a." + "b" * 59}, f"a verb reads like 'notice.publish' (got 'a.{'b' * 59}')"),
        (
            {"subject": "t 1"},
            "a subject reads like 'notice:t1abc', without a space or '@' (got 't 1')",
        ),
    ],
)
def test_check_says_what_is_wrong(act, fault):
    with pytest.raises(rules.Unfit) as refused:
        rules.check(**{"verb": "notice.publish", "subject": "notice:t1"} | act)

    assert str(refused.value) == fault


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"Nom": 1}, "a key of the journal is a short identifier (got 'Nom')"),
        ({"half": 1.5}, "half: the journal keeps scalars only (got float)"),
        ({"word": "a@b"}, "word: codes and digests only, at most 200 characters, no '@'"),
    ],
)
def test_plain_says_which_value_is_unfit(values, fault):
    with pytest.raises(rules.Unfit) as refused:
        rules.plain(values)

    assert str(refused.value) == fault


def test_longest_verb_key_subject_and_value_are_kept():
    rules.check(verb="a." + "b" * 58, subject="notice:" + "x" * 100)

    longest = {"k" * 60: "v" * rules.VALUE_MAX}
    assert rules.plain(longest) == longest


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers() | st.booleans()))
def test_plain_is_stable(values):
    assert rules.plain(rules.plain(values)) == rules.plain(values)


MARKS = st.dictionaries(st.integers(1, 9), st.sampled_from("abcdef"), max_size=6)


@given(sealed=MARKS, present=MARKS)
def test_named_faults_name_exactly_the_entries_that_are_not_as_sealed(sealed, present):
    named = [key for key, _ in rules.named_faults(sealed, present)]

    keys = sorted({*sealed, *present})
    assert named == [key for key in keys if sealed.get(key) != present.get(key)]


def test_mark_is_of_the_whole_line_but_its_id():
    assert line(id=2).mark() == line().mark()
    assert len({line().mark(), line(actor=8).mark(), line(after={"version": 3}).mark()}) == 3
