"""Four independent harvesters collect everything, deletions included, over several pages."""

import warnings
from collections.abc import Callable, Iterable

import pytest

from tests.dissemination.factories import publish, publish_many, rich, withdraw

Found = set[tuple[str, bool]]


def _sickle(address: str) -> Iterable[tuple[str, bool]]:
    from sickle import Sickle

    for record in Sickle(address).ListRecords(metadataPrefix="oai_dc"):
        yield record.header.identifier, record.header.deleted


def _scythe(address: str) -> Iterable[tuple[str, bool]]:
    from oaipmh_scythe import Scythe

    with Scythe(address) as scythe:
        for record in scythe.list_records(metadata_prefix="oai_dc"):
            yield record.header.identifier, record.header.deleted


def _oaipmh(address: str) -> Iterable[tuple[str, bool]]:
    """This one asks by POST."""
    from oaipmh.client import Client
    from oaipmh.metadata import MetadataRegistry, oai_dc_reader

    registry = MetadataRegistry()
    registry.registerReader("oai_dc", oai_dc_reader)
    for header, _, _ in Client(address, registry).listRecords(metadataPrefix="oai_dc"):
        yield header.identifier(), bool(header.isDeleted())


def _kongin(address: str) -> Iterable[tuple[str, bool]]:
    from kongin import OAIClient

    for record in OAIClient(address).list_records(metadata_prefix="oai_dc"):
        yield record.identifier, bool(record.deleted)


@pytest.mark.parametrize("harvester", [_sickle, _scythe, _oaipmh, _kongin])
@pytest.mark.django_db(transaction=True)
def test_a_harvester_collects_everything(
    live_server, small_pages: int, harvester: Callable[[str], Iterable[tuple[str, bool]]]
) -> None:
    made = [publish(rich(), number=0), *publish_many(7, start=1)]
    for number in (2, 5):
        withdraw(made[number], number=20)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, not ours
        found = sorted(harvester(f"{live_server.url}/oai"))

    assert found == sorted(
        (f"oai:demonstration.traam.invalid:{notice.ark}", number in (2, 5))
        for number, notice in enumerate(made)
    )
