"""The Python OAI-PMH servers that install, given the same Dublin Core as ours, ready in memory.

That is their best case: no database, no JSON; what is measured is their own work, from values to
bytes. oai-repo counts its cursor from the last record seen; oaipmh asks for one row too many.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import oai_repo
from lxml import etree
from oaipmh import common, metadata, server

BASE_URL = "https://traam.example/oai"
CONTACT = "contact@traam.example"
FIRST = datetime(2020, 9, 1, tzinfo=UTC)
_DC = "http://purl.org/dc/elements/1.1/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"


@dataclass(frozen=True)
class Held:
    """A record as a peer wants it."""

    identifier: str
    datestamp: datetime
    sets: list[str]
    elements: dict[str, list[str]]


def token(answer: bytes) -> str:
    """The resumption token of an answer, empty at the end of a list."""
    _, found, rest = answer.rpartition(b"<resumptionToken")
    return rest.partition(b">")[2].partition(b"<")[0].decode() if found else ""


class _Batches:
    def __init__(self, held: Sequence[Held]) -> None:
        self.held = held

    def identify(self) -> Any:
        return common.Identify(
            *("TraAM", BASE_URL, "2.0", [CONTACT]),
            *(FIRST, "persistent", "YYYY-MM-DDThh:mm:ssZ", ["identity"]),
        )

    def listRecords(  # noqa: N802
        self,
        metadataPrefix: str,  # noqa: N803
        cursor: int = 0,
        batch_size: int = 10,
        **_: Any,
    ) -> Iterator[Any]:
        for one in self.held[cursor : cursor + batch_size]:
            stamp = one.datestamp.replace(tzinfo=None)
            header = common.Header(None, one.identifier, stamp, one.sets, False)  # noqa: FBT003
            yield header, common.Metadata(None, one.elements), None


def harvest_oaipmh(held: Sequence[Held], *, page: int) -> int:
    """Every page of oaipmh's server; how many records they hold."""
    registry = metadata.MetadataRegistry()
    registry.registerWriter("oai_dc", server.oai_dc_writer)
    peer = server.BatchingServer(_Batches(held), registry, resumption_batch_size=page)
    answer = peer.handleRequest({"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    count = answer.count(b"<record>")
    while following := token(answer):
        answer = peer.handleRequest({"verb": "ListRecords", "resumptionToken": following})
        count += answer.count(b"<record>")
    return count


def _dc(elements: dict[str, list[str]]) -> Any:
    root = etree.Element(f"{{{_OAI_DC}}}dc", nsmap=oai_repo.NSMAP_OAIDC)
    root.set(*oai_repo.OAIDC_SCHEMA)
    for name, values in elements.items():
        for value in values:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = value
    return root


class _Data(oai_repo.DataInterface):
    def __init__(self, held: Sequence[Held], page: int) -> None:
        self.limit = page
        self.held = held
        self.here: dict[str, Held] = {}
        self.formats = [oai_repo.MetadataFormat("oai_dc", f"{_OAI_DC[:-1]}.xsd", _OAI_DC)]
        self.identity = oai_repo.Identify(
            repository_name="TraAM",
            base_url=BASE_URL,
            admin_email=[CONTACT],
            earliest_datestamp=FIRST,
            deleted_record="persistent",
            granularity="YYYY-MM-DDThh:mm:ssZ",
        )

    def get_identify(self) -> Any:
        return self.identity

    def get_metadata_formats(self, identifier: str | None = None) -> Any:
        return self.formats

    def list_identifiers(
        self, prefix: str, since: Any, until: Any, spec: Any, cursor: int = 0
    ) -> Any:
        self.here = {one.identifier: one for one in self.held[cursor : cursor + self.limit]}
        return list(self.here), len(self.held), None

    def get_record_header(self, identifier: str) -> Any:
        one = self.here[identifier]
        return oai_repo.RecordHeader(identifier, one.datestamp, one.sets)

    def get_record_metadata(self, identifier: str, metadataprefix: str) -> Any:
        return _dc(self.here[identifier].elements)

    def get_record_abouts(self, identifier: str) -> Any:
        return []


def harvest_oai_repo(held: Sequence[Held], *, page: int) -> int:
    """Every page of oai-repo; how many records they hold."""
    peer = oai_repo.OAIRepository(_Data(held, page))
    answer = bytes(peer.process({"verb": "ListRecords", "metadataPrefix": "oai_dc"}))
    count = answer.count(b"<record>")
    while following := token(answer):
        answer = bytes(peer.process({"verb": "ListRecords", "resumptionToken": following}))
        count += answer.count(b"<record>")
    return count
