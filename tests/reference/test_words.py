"""Words that arrive by a load, and what the pilot makes of them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.reference.factories import (
    AcademyFactory,
    AliasFactory,
    SchemeFactory,
    TermFactory,
    VersionFactory,
)
from traam.kit.refusals import Refusal, Unknown
from traam.reference import actions
from traam.reference.actions import (
    add_alias,
    add_open_term,
    confirm_term,
    merge_terms,
    separate_term,
)
from traam.reference.models import Scheme, Status, Term
from traam.reference.queries import vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def tools() -> Scheme:
    return SchemeFactory(code="tools", opened=True, facet="outil", prefix="x-")


def test_add_open_term_adds_a_word_to_be_checked(now: datetime, tools: Scheme) -> None:
    made = add_open_term(scheme="tools", label="  Mon   Oral ", now=now, actor=None)

    term = Term.objects.get()
    assert (made.code, made.label) == ("x-mon-oral", "Mon Oral")
    assert (term.needs_review, term.source) == (True, "ajouté par un chargement")
    assert vocabulary().tools(["mon oral"]).terms == (made,)


def test_add_open_term_gives_the_word_already_there(now: datetime, tools: Scheme) -> None:
    first = add_open_term(scheme="tools", label="Éléa", now=now, actor=None)
    version = vocabulary().version

    assert add_open_term(scheme="tools", label="ELEA", now=now, actor=None) == first
    assert Term.objects.count() == 1
    assert vocabulary().version == version


def test_add_open_term_avoids_a_code_taken_in_the_facet(now: datetime, tools: Scheme) -> None:
    TermFactory(code="x-padlet", scheme=SchemeFactory(code="autres", facet="outil"))

    made = add_open_term(scheme="tools", label="Padlet", now=now, actor=None)

    assert made.code == "x-padlet-2"


@pytest.mark.parametrize("label", ["", "  ", "?!", "a" * 251])
def test_add_open_term_refuses_what_is_no_word(now: datetime, tools: Scheme, label: str) -> None:
    with pytest.raises(Refusal, match="au moins une lettre"):
        add_open_term(scheme="tools", label=label, now=now, actor=None)


def test_add_open_term_refuses_a_closed_vocabulary(now: datetime) -> None:
    SchemeFactory(code="levels")

    with pytest.raises(Refusal, match="« levels » n’est pas ouvert"):
        add_open_term(scheme="levels", label="7e", now=now, actor=None)


def test_merge_gives_the_writings_and_keeps_the_code(now: datetime, tools: Scheme) -> None:
    kept = TermFactory(scheme=tools, code="padlet", label="Padlet")
    merged = TermFactory(scheme=tools, code="paddlet", label="Paddlet", arrived=True)
    AliasFactory(term=merged, text="Paddle")

    merge_terms(term=merged.pk, into=kept.pk, now=now, actor=None)

    words = vocabulary()
    assert [t.code for t in words.tools(["Paddlet", "paddle", "Padlet"]).terms] == ["padlet"]
    by_code = words.term(scheme="tools", code="paddlet")
    assert by_code is not None
    assert by_code.code == "padlet"
    assert [t.code for t in words.terms("tools")] == ["padlet"]
    merged.refresh_from_db()
    assert (merged.status, merged.valid_to) == (Status.FORMER, date(2026, 3, 20))
    assert merged.needs_review is False


def test_merge_follows_what_was_merged_before(now: datetime, tools: Scheme) -> None:
    first, second, third = TermFactory.create_batch(3, scheme=tools)
    merge_terms(term=first.pk, into=second.pk, now=now, actor=None)

    merge_terms(term=second.pk, into=third.pk, now=now, actor=None)

    assert [t.code for t in vocabulary().tools([first.label]).terms] == [third.code]
    assert Term.objects.get(pk=first.pk).replaced_by_id == third.pk


def _same(scheme: Scheme) -> tuple[Term, Term]:
    term = TermFactory(scheme=scheme)
    return term, term


def _elsewhere(scheme: Scheme) -> tuple[Term, Term]:
    return TermFactory(scheme=scheme), TermFactory()


def _closed(scheme: Scheme) -> tuple[Term, Term]:
    closed = SchemeFactory()
    return TermFactory(scheme=closed), TermFactory(scheme=closed)


def _into_former(scheme: Scheme) -> tuple[Term, Term]:
    return TermFactory(scheme=scheme), TermFactory(scheme=scheme, status=Status.FORMER)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_same, "est déjà lui-même"),
        (_elsewhere, "même édition"),
        (_closed, "ses termes sont officiels"),
        (_into_former, "n’est pas un terme en usage"),
    ],
)
def test_merge_refuses_two_terms_that_cannot_be_one(
    now: datetime, tools: Scheme, make: Callable[[Scheme], tuple[Term, Term]], reason: str
) -> None:
    term, into = make(tools)

    with pytest.raises(Refusal, match=reason):
        merge_terms(term=term.pk, into=into.pk, now=now, actor=None)


def test_separate_undoes_a_merge(now: datetime, tools: Scheme) -> None:
    kept, merged = TermFactory.create_batch(2, scheme=tools)
    merge_terms(term=merged.pk, into=kept.pk, now=now, actor=None)

    separate_term(term=merged.pk, now=now, actor=None)

    assert [t.code for t in vocabulary().tools([merged.label]).terms] == [merged.code]
    merged.refresh_from_db()
    assert (merged.status, merged.replaced_by, merged.valid_to) == (Status.CURRENT, None, None)


def test_separate_refuses_a_term_that_is_on_its_own(now: datetime, tools: Scheme) -> None:
    with pytest.raises(Refusal, match="n’est rapproché d’aucun mot"):
        separate_term(term=TermFactory(scheme=tools).pk, now=now, actor=None)


def test_confirm_keeps_the_word_as_a_term_of_its_own(now: datetime, tools: Scheme) -> None:
    term = TermFactory(scheme=tools, arrived=True)

    confirm_term(term=term.pk, now=now, actor=None)

    term.refresh_from_db()
    assert term.needs_review is False


def test_add_alias_is_read_at_once_and_only_once(now: datetime, tools: Scheme) -> None:
    term, other = TermFactory.create_batch(2, scheme=tools)

    add_alias(term=term.pk, text="Mot nouveau", now=now, actor=None)
    add_alias(term=term.pk, text="mot NOUVEAU", now=now, actor=None)

    assert [t.code for t in vocabulary().tools(["mot nouveau"]).terms] == [term.code]
    assert term.aliases.count() == 2
    with pytest.raises(Refusal, match="désigne déjà"):
        add_alias(term=other.pk, text="mot nouveau", now=now, actor=None)


@pytest.mark.parametrize("act", ["confirm_term", "separate_term"])
def test_acts_know_no_term_of_another_key(now: datetime, act: str) -> None:
    with pytest.raises(Unknown):
        getattr(actions, act)(term=999, now=now, actor=None)


def test_acts_note_codes_and_never_a_free_word(now: datetime, tools: Scheme) -> None:
    noted: list[dict[str, Any]] = []

    def record(**said: Any) -> None:
        noted.append(said)

    term = TermFactory(scheme=tools, code="padlet")
    add_alias(term=term.pk, text="Secret", now=now, actor=3, record=record)
    confirm_term(term=term.pk, now=now, actor=3, record=record)

    assert [said["verb"] for said in noted] == ["reference.alias", "reference.confirm"]
    assert {said["subject"] for said in noted} == {"term:tools.2026/padlet"}
    assert "Secret" not in repr(noted)
    assert "secret" not in repr(noted)


def test_vocabulary_costs_one_query_while_nothing_changes(
    now: datetime, tools: Scheme, django_assert_num_queries: Any
) -> None:
    add_open_term(scheme="tools", label="Padlet", now=now, actor=None)

    with django_assert_num_queries(5):  # version, editions, terms, writings, académies
        first = vocabulary()
    with django_assert_num_queries(1):  # version
        assert vocabulary() is first
    add_open_term(scheme="tools", label="Prezi", now=now, actor=None)
    assert vocabulary() is not first


@pytest.mark.parametrize("text", ["", "deux"])
def test_database_refuses_a_writing_that_is_empty_or_taken(tools: Scheme, text: str) -> None:
    term, other = TermFactory.create_batch(2, scheme=tools)
    AliasFactory(term=term, text="deux")

    with pytest.raises(IntegrityError), transaction.atomic():
        AliasFactory(term=other, text=text)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": "mort"},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2019, 1, 1)},
    ],
)
def test_database_refuses_a_term_that_does_not_hold(fault: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TermFactory(**fault)


@pytest.mark.parametrize(
    "fault", [{"former_kind": "vice-rectorat"}, {"kind_since": date(2020, 1, 1)}]
)
def test_database_refuses_an_academy_that_does_not_hold(fault: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AcademyFactory(**fault)


def test_database_keeps_one_version_only() -> None:
    VersionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        VersionFactory(id=2)
