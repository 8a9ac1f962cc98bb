"""Wrong requests to the OAI-PMH repository: each has its error, and the answer is always XML."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.dissemination.factories import publish_many
from tests.dissemination.oai_client import OAI, ask, codes, parse
from traam.dissemination.oai.arguments import VERBS

pytestmark = pytest.mark.django_db

LIST = "verb=ListRecords&metadataPrefix=oai_dc"
NAME = "oai:demonstration.traam.invalid:"
WRONG = [
    ("", "badVerb"),
    ("verb=", "badVerb"),
    ("verb=Nothing", "badVerb"),
    ("verb=identify", "badVerb"),
    ("verb=Identify&verb=Identify", "badVerb"),
    ("metadataPrefix=oai_dc", "badVerb"),
    ("verb=Identify&metadataPrefix=oai_dc", "badArgument"),
    ("verb=Identify&unknown=1", "badArgument"),
    ("verb=Identify&resumptionToken=x", "badArgument"),
    ("verb=ListMetadataFormats&metadataPrefix=oai_dc", "badArgument"),
    ("verb=ListSets&set=archive", "badArgument"),
    ("verb=GetRecord", "badArgument"),
    (f"verb=GetRecord&identifier={NAME}x", "badArgument"),
    ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
    (f"verb=GetRecord&identifier={NAME}x&metadataPrefix=oai_dc&set=archive", "badArgument"),
    ("verb=ListRecords", "badArgument"),
    ("verb=ListIdentifiers", "badArgument"),
    ("verb=ListRecords&metadataPrefix=", "badArgument"),
    (f"{LIST}&metadataPrefix=oai_dc", "badArgument"),
    (f"{LIST}&identifier={NAME}x", "badArgument"),
    (f"{LIST}&from=2026", "badArgument"),
    (f"{LIST}&from=2026-02-30", "badArgument"),
    (f"{LIST}&from=0000-01-01", "badArgument"),
    (f"{LIST}&from=2026-03-01T08:00:00", "badArgument"),
    (f"{LIST}&from=2026-03-01T08:00:00%2B01:00", "badArgument"),
    (f"{LIST}&from=2026-03-01T08:00:00.5Z", "badArgument"),
    (f"{LIST}&from=2026-03-01T25:00:00Z", "badArgument"),
    (f"{LIST}&from=%D9%A2%D9%A0%D9%A2%D9%A6-03-01", "badArgument"),
    (f"{LIST}&until=", "badArgument"),
    (f"{LIST}&until=hier", "badArgument"),
    (f"{LIST}&from=2026-03-02&until=2026-03-01", "badArgument"),
    (f"{LIST}&from=2026-03-01&until=2026-03-02T00:00:00Z", "badArgument"),
    (f"{LIST}&from=2026-03-01&from=2026-03-01", "badArgument"),
    (f"{LIST}&set=", "badArgument"),
    (f"{LIST}&set=discipline:", "badArgument"),
    (f"{LIST}&set=d%C3%A9mo", "badArgument"),
    (f"{LIST}&resumptionToken=x", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai%20dc", "badArgument"),
    ("verb=ListRecords&resumptionToken=", "badArgument"),
    ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
    ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
    ("verb=ListIdentifiers&resumptionToken=eyJhIjoxfQ:x", "badResumptionToken"),
    ("verb=ListRecords&metadataPrefix=lom2", "cannotDisseminateFormat"),
    ("verb=ListIdentifiers&metadataPrefix=oai_DC", "cannotDisseminateFormat"),
    (f"{LIST}&set=unknown", "noRecordsMatch"),
    (f"{LIST}&set=discipline:unknown", "noRecordsMatch"),
    (f"{LIST}&from=2999-01-01", "noRecordsMatch"),
    (f"{LIST}&until=1999-01-01", "noRecordsMatch"),
    (f"verb=GetRecord&identifier={NAME}none&metadataPrefix=oai_dc", "idDoesNotExist"),
    ("verb=GetRecord&identifier=not%20a%20uri%00&metadataPrefix=oai_dc", "idDoesNotExist"),
    (f"verb=ListMetadataFormats&identifier={NAME}none", "idDoesNotExist"),
]
HIDING = {"badVerb", "badArgument"}


@pytest.mark.parametrize(("query", "code"), WRONG)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_request_has_its_error(client: Client, query: str, code: str, method: str) -> None:
    publish_many(1)

    if method == "GET":
        response = client.get(f"/oai?{query}")
    else:
        response = client.post("/oai", query, content_type="application/x-www-form-urlencoded")
    root = parse(response)

    assert set(codes(root)) == {code}
    assert bool(root.find(f"{OAI}request").attrib) is (code not in HIDING)


def test_a_format_that_is_not_offered_is_said_of_a_known_notice(client: Client) -> None:
    notice = publish_many(1)[0]

    root = ask(client, verb="GetRecord", identifier=f"{NAME}{notice.ark}", metadataPrefix="marc21")

    assert codes(root) == ["cannotDisseminateFormat"]


def test_a_token_of_another_verb_is_refused(client: Client, small_pages: int) -> None:
    publish_many(5)
    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    token = root.findtext(f".//{OAI}resumptionToken")

    other = ask(client, verb="ListIdentifiers", resumptionToken=token)

    assert codes(other) == ["badResumptionToken"]


def test_a_token_that_was_touched_is_refused(client: Client, small_pages: int) -> None:
    publish_many(5)
    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    token = root.findtext(f".//{OAI}resumptionToken")

    for touched in (token[:-1], "A" + token[1:], token + "a", token.replace(":", "")):
        answer = ask(client, verb="ListRecords", resumptionToken=touched)
        assert codes(answer) == ["badResumptionToken"], touched


def test_arguments_of_the_address_and_of_the_form_are_one_request(client: Client) -> None:
    form = "application/x-www-form-urlencoded"

    once = client.post("/oai?verb=ListRecords", "metadataPrefix=lom2", content_type=form)
    twice = client.post("/oai?verb=Identify", "verb=Identify", content_type=form)

    assert codes(parse(once)) == ["cannotDisseminateFormat"]
    assert codes(parse(twice)) == ["badVerb"]


def test_too_many_arguments_are_a_bad_argument(client: Client) -> None:
    assert codes(parse(client.get("/oai?" + "a&" * 3000))) == ["badArgument"]


def test_every_fault_is_told_at_once(client: Client) -> None:
    root = parse(client.get("/oai?verb=GetRecord&nom=x&set=archive"))

    assert codes(root) == ["badArgument"] * 4


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/oai").status_code == 405


_names = st.sampled_from(
    ["verb", "metadataPrefix", "identifier", "set", "from", "until", "resumptionToken"]
) | st.text(max_size=8)
_values = st.sampled_from(
    [*VERBS, "oai_dc", "archive", "2026-03-01", "2026-03-01T00:00:00Z", NAME]
) | st.text(max_size=20)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pairs=st.lists(st.tuples(_names, _values), max_size=6))
def test_any_request_has_an_answer_that_parses(
    client: Client, pairs: list[tuple[str, str]]
) -> None:
    query = urlencode(pairs, errors="surrogatepass")

    got = client.get(f"/oai?{query}")
    posted = client.post("/oai", query, content_type="application/x-www-form-urlencoded")

    assert [got.status_code, posted.status_code] == [200, 200]
    assert etree.fromstring(got.content).tag == f"{OAI}OAI-PMH"
    assert codes(etree.fromstring(posted.content)) == codes(etree.fromstring(got.content))
