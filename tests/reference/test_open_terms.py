"""Words added together leave what as many single additions leave, the version's digest included."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from tests.reference.factories import AliasFactory, SchemeFactory, TermFactory
from traam.kit.refusals import Refusal
from traam.reference.actions import add_open_term, add_open_terms
from traam.reference.models import Alias, Term, Version

pytestmark = pytest.mark.django_db
WORDS = [
    *(("tools", "Mon  Oral"), ("competences", "Lire"), ("tools", "mon oral"), ("tools", "Éléa")),
    *(("competences", "Écrire"), ("tools", "Padlet"), ("tools", "C++"), ("tools", "c++")),
]


@pytest.fixture(autouse=True)
def _vocabularies() -> None:
    tools = SchemeFactory(code="tools", opened=True, facet="outil", prefix="x-")
    SchemeFactory(code="competences", opened=True)
    AliasFactory(term=TermFactory(scheme=tools, code="elea", label="ÉLÉA"), text="Elea LMS")
    TermFactory(code="x-padlet", scheme=SchemeFactory(code="autres", facet="outil"))


def left_by(add: Callable[[], Any]) -> list[Any]:
    with transaction.atomic():
        add()
        terms = Term.objects.order_by("scheme__code", "rank", "code")
        writings = Alias.objects.order_by("term__code", "folded")
        left = [
            list(terms.values_list("scheme__code", "rank", "code", "label", "needs_review")),
            list(writings.values_list("term__code", "text", "folded")),
            list(Version.objects.values_list("number", "digest")),
        ]
        transaction.set_rollback(True)
    return left


def test_words_added_together_are_those_of_single_additions(now: datetime) -> None:
    one_by_one = left_by(
        lambda: [
            add_open_term(scheme=scheme, label=label, now=now, actor=None)
            for scheme, label in WORDS
        ]
    )

    together = left_by(lambda: add_open_terms(words=WORDS))

    assert together == one_by_one
    assert len(together[0]) == 7


def test_words_added_are_given_once_in_their_order() -> None:
    added = add_open_terms(words=WORDS)

    assert [(one.scheme, one.label) for one in added] == [
        *(("tools", "Mon Oral"), ("competences", "Lire"), ("competences", "Écrire")),
        *(("tools", "Padlet"), ("tools", "C++")),
    ]
    assert add_open_terms(words=WORDS) == []


@pytest.mark.parametrize("wrong", [("tools", "???"), ("tools", "x" * 251), ("autres", "Mot")])
def test_one_word_that_cannot_be_added_refuses_them_all(wrong: tuple[str, str]) -> None:
    count = Term.objects.count()

    with pytest.raises(Refusal), transaction.atomic():
        add_open_terms(words=[("tools", "Nouveau"), wrong])

    assert Term.objects.count() == count


def test_queries_do_not_grow_with_the_words(django_assert_num_queries: Any) -> None:
    add_open_terms(words=[("tools", "Premier")])

    for count in (1, 3):
        words = [("tools", f"Mot {count} {number}") for number in range(count)]
        # Savepoint; version locked (2); edition, writings, codes (2), last rank, terms, writings;
        # version read and written; release.
        with django_assert_num_queries(13):
            add_open_terms(words=words)
