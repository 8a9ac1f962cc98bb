"""Lists of the OAI-PMH repository: pages, tokens, sets, instants, deletions, changes meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogue.factories import RecordFactory
from tests.dissemination.factories import (
    FIRST_AT,
    LILLE,
    MATHS,
    NANTES,
    SVT,
    publish,
    publish_many,
    withdraw,
)
from tests.dissemination.oai_client import OAI, ask, codes, harvest, headers
from traam.catalogue import actions
from traam.catalogue.models import Notice
from traam.dissemination.oai import answers, repository

pytestmark = pytest.mark.django_db

ALL = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}


def _stamp(minute: int) -> str:
    return answers.stamp(FIRST_AT + timedelta(minutes=minute))


def _flat(pages) -> list[tuple[str, bool]]:
    return [header for page in pages for header in headers(page)]


def test_a_list_gives_every_notice_once_over_its_pages(client: Client, small_pages: int) -> None:
    made = publish_many(8)

    pages = harvest(client, **ALL)

    assert [len(headers(page)) for page in pages] == [3, 3, 2]
    assert _flat(pages) == [(notice.ark, False) for notice in made]


def test_tokens_tell_the_size_and_the_cursor_and_the_last_is_empty(
    client: Client, small_pages: int
) -> None:
    publish_many(7)

    tokens = [page.find(f".//{OAI}resumptionToken") for page in harvest(client, **ALL)]

    assert [dict(token.attrib) for token in tokens] == [
        {"completeListSize": "7", "cursor": "0"},
        {"completeListSize": "7", "cursor": "3"},
        {"completeListSize": "7", "cursor": "6"},
    ]
    assert [bool(token.text) for token in tokens] == [True, True, False]


def test_a_list_of_one_page_has_no_token(client: Client, small_pages: int) -> None:
    publish_many(3)

    assert ask(client, **ALL).find(f".//{OAI}resumptionToken") is None


def test_a_token_can_be_replayed(client: Client, small_pages: int) -> None:
    publish_many(7)
    token = ask(client, **ALL).findtext(f".//{OAI}resumptionToken")

    twice = [headers(ask(client, verb="ListIdentifiers", resumptionToken=token)) for _ in range(2)]

    assert twice[0] == twice[1]
    assert len(twice[0]) == 3


def test_pages_do_not_depend_on_instants_being_different(
    client: Client, small_pages: int, now
) -> None:
    made = [
        actions.publish(record=RecordFactory(), origin=f"essai:{n}", now=now, actor=None)
        for n in range(8)
    ]

    assert _flat(harvest(client, **ALL)) == [(notice.ark, False) for notice in made]


def test_a_change_during_a_harvest_loses_and_repeats_nothing_else(
    client: Client, small_pages: int
) -> None:
    made = publish_many(7)
    token = ask(client, **ALL).findtext(f".//{OAI}resumptionToken")

    withdraw(made[0], number=20)
    withdraw(made[4], number=21)
    pages = [ask(client, verb="ListIdentifiers", resumptionToken=token)]
    while token := pages[-1].findtext(f".//{OAI}resumptionToken"):
        pages.append(ask(client, verb="ListIdentifiers", resumptionToken=token))

    kept = [(made[n].ark, False) for n in (3, 5, 6)]
    assert _flat(pages) == [*kept, (made[0].ark, True), (made[4].ark, True)]


def test_a_list_whose_rest_has_changed_beyond_its_end_says_so(
    client: Client, small_pages: int
) -> None:
    made = publish_many(4)
    root = ask(client, **ALL, until=_stamp(3))
    token = root.findtext(f".//{OAI}resumptionToken")

    withdraw(made[3], number=20)

    assert codes(ask(client, verb="ListIdentifiers", resumptionToken=token)) == ["noRecordsMatch"]


def test_a_withdrawn_notice_is_a_deleted_header_without_metadata(client: Client) -> None:
    notice = publish_many(2)[0]
    withdraw(notice, number=9)

    record = ask(
        client,
        verb="GetRecord",
        metadataPrefix="oai_dc",
        identifier=f"oai:demonstration.traam.invalid:{notice.ark}",
    ).find(f".//{OAI}record")

    assert record.find(f"{OAI}header").get("status") == "deleted"
    assert record.findtext(f"{OAI}header/{OAI}datestamp") == _stamp(9)
    assert record.find(f"{OAI}metadata") is None


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"from_": "minute 2"}, [2, 3, 4]),
        ({"until": "minute 2"}, [0, 1, 2]),
        ({"from_": "minute 1", "until": "minute 3"}, [1, 2, 3]),
        ({"from_": "minute 3", "until": "minute 3"}, [3]),
        ({"from_": "2026-03-01"}, [0, 1, 2, 3, 4]),
        ({"until": "2026-03-01"}, [0, 1, 2, 3, 4]),
        ({"from_": "2026-03-01", "until": "2026-03-01"}, [0, 1, 2, 3, 4]),
    ],
)
def test_bounds_are_inclusive_in_both_granularities(
    client: Client, bounds: dict[str, str], expected: list[int]
) -> None:
    made = publish_many(5)
    given = {
        name: _stamp(int(value[-1])) if value.startswith("minute") else value
        for name, value in bounds.items()
    }

    assert headers(ask(client, **ALL, **given)) == [(made[n].ark, False) for n in expected]


@pytest.mark.parametrize(
    "bounds",
    [{"from_": "2026-03-02"}, {"until": "2026-02-28"}, {"until": "0001-01-01"}],
)
def test_bounds_outside_of_the_catalogue_match_nothing(
    client: Client, bounds: dict[str, str]
) -> None:
    publish_many(2)

    assert codes(ask(client, **ALL, **bounds)) == ["noRecordsMatch"]


def test_a_set_gives_its_notices_and_its_tombstones_only(client: Client, small_pages: int) -> None:
    fields = [(SVT,), (MATHS,), (SVT, MATHS), (), (SVT,), (SVT,), (SVT,)]
    made = [publish(RecordFactory(disciplines=d), number=n) for n, d in enumerate(fields)]
    withdraw(made[0], number=20)

    found = _flat(harvest(client, **ALL, set="discipline:SVT"))
    of_maths = _flat(harvest(client, **ALL, set="discipline:MATH"))
    of_all = _flat(harvest(client, **ALL, set="discipline"))

    assert found == [*((made[n].ark, False) for n in (2, 4, 5, 6)), (made[0].ark, True)]
    assert of_maths == [(made[1].ark, False), (made[2].ark, False)]
    assert of_all == [*((made[n].ark, False) for n in (1, 2, 4, 5, 6)), (made[0].ark, True)]


def test_a_set_and_bounds_combine(client: Client) -> None:
    made = publish_many(4, academies=(LILLE,))
    publish(RecordFactory(academies=(NANTES,)), number=9)

    root = ask(client, **ALL, set="academie:09", from_=_stamp(2))

    assert headers(root) == [(made[2].ark, False), (made[3].ark, False)]


def test_a_correction_moves_a_notice_to_its_new_sets(client: Client, now) -> None:
    notice = publish(RecordFactory(academies=(LILLE,)), number=0)

    actions.correct(
        ark=notice.ark,
        record=RecordFactory(academies=(NANTES,)),
        reason="Académie corrigée.",
        now=now,
        actor=None,
    )

    assert codes(ask(client, **ALL, set="academie:09")) == ["noRecordsMatch"]
    assert headers(ask(client, **ALL, set="academie:17")) == [(notice.ark, False)]


def test_headers_name_leaves_only(client: Client) -> None:
    publish(RecordFactory(disciplines=(SVT,), academies=(LILLE,), is_archive=True), number=0)

    specs = [spec.text for spec in ask(client, **ALL).iter(f"{OAI}setSpec")]

    assert specs == [
        *("academie:09", "annee:2016-2017", "archive"),
        *("discipline:SVT", "type:scenario"),
    ]


def test_sets_are_listed_once_over_their_pages(client: Client, small_pages: int) -> None:
    publish(RecordFactory(disciplines=(SVT, MATHS), academies=(LILLE, NANTES)), number=0)

    pages = harvest(client, verb="ListSets")
    listed = [spec.text for page in pages for spec in page.iter(f"{OAI}setSpec")]
    sizes = {token.get("completeListSize") for page in pages for token in _tokens(page)}

    assert len(pages) == 2
    assert sizes == {str(len(listed))}
    assert listed == [
        *("academie", "annee", "archive", "cycle", "demonstration"),
        *("discipline", "niveau", "theme", "type"),
        *("academie:09", "academie:17", "annee:2016-2017"),
        *("discipline:MATH", "discipline:SVT", "type:scenario"),
    ]


def _tokens(page):
    return page.iter(f"{OAI}resumptionToken")


def test_sets_are_listed_even_in_an_empty_catalogue(client: Client) -> None:
    assert codes(ask(client, verb="ListSets")) == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("rendered", [True, False])
def test_a_page_of_records_takes_few_queries(
    client: Client, django_assert_num_queries, count: int, rendered: bool
) -> None:
    from traam.dissemination.actions import follow

    publish_many(count)
    if rendered:
        follow()

    # the page with its renderings; without them, one more for the records
    with django_assert_num_queries(1 if rendered else 2):
        root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")

    assert len(headers(root)) == count


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    page=st.integers(1, 6),
    minutes=st.lists(st.integers(0, 3), min_size=1, max_size=12).map(sorted),
    gone=st.sets(st.integers(0, 11), max_size=4),
)
def test_pages_put_together_are_all_notices_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, page: int, minutes: list[int], gone: set[int]
) -> None:
    Notice.objects.all().delete()
    monkeypatch.setattr(repository, "PAGE", page)
    for number, minute in enumerate(minutes):
        at = FIRST_AT + timedelta(minutes=minute)
        made = actions.publish(record=RecordFactory(), origin=f"essai:{number}", now=at, actor=None)
        if number in gone:
            actions.withdraw(ark=made.ark, reason="Retrait.", now=at, actor=None)

    found = _flat(harvest(client, **ALL))

    current = Notice.objects.current().order_by("datestamp", "pk")
    assert found == [(notice.ark, notice.act == "withdrawn") for notice in current]
