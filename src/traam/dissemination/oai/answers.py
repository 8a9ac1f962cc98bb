"""The text of every answer of the repository; pure: rows in, XML out.

Order of elements and attributes follow the official schema.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from traam.catalogue.models import Act
from traam.dissemination.oai import dublin_core
from traam.dissemination.oai.errors import Fault
from traam.dissemination.queries import Row
from traam.dissemination.site import NAME, Site
from traam.dissemination.xml import attribute, escape

_NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{_NAMESPACE} {_NAMESPACE}OAI-PMH.xsd">\n'
)
_IDENTIFIER = f"{_NAMESPACE}oai-identifier"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # an empty catalogue has nothing earlier
_SAMPLE = "t1exemple"


def stamp(instant: datetime) -> str:
    """« 2026-03-20T09:30:00Z »."""
    return instant.astimezone(UTC).isoformat()[:19] + "Z"


def envelope(body: str, *, base_url: str, given: Mapping[str, str], now: datetime) -> str:
    """The whole answer. `given`: the arguments to repeat, none after badVerb or badArgument."""
    repeated = "".join(f' {name}="{attribute(value)}"' for name, value in given.items())
    return (
        f"{_OPEN}<responseDate>{stamp(now)}</responseDate>\n"
        f"<request{repeated}>{escape(base_url)}</request>\n{body}\n</OAI-PMH>\n"
    )


def errors(faults: Iterable[Fault]) -> str:
    return "\n".join(
        f'<error code="{fault.code}">{escape(fault.message)}</error>' for fault in faults
    )


def identify(*, site: Site, base_url: str, earliest: datetime | None) -> str:
    return (
        f"<Identify><repositoryName>{escape(NAME)}</repositoryName>"
        f"<baseURL>{escape(base_url)}</baseURL><protocolVersion>2.0</protocolVersion>"
        f"<adminEmail>{escape(site.contact)}</adminEmail>"
        f"<earliestDatestamp>{stamp(earliest or _EPOCH)}</earliestDatestamp>"
        "<deletedRecord>persistent</deletedRecord>"
        "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity><compression>gzip</compression>"
        f'<description><oai-identifier xmlns="{_IDENTIFIER}" '
        f'xsi:schemaLocation="{_IDENTIFIER} {_IDENTIFIER}.xsd"><scheme>oai</scheme>'
        f"<repositoryIdentifier>{escape(site.oai_domain)}</repositoryIdentifier>"
        f"<delimiter>:</delimiter><sampleIdentifier>{escape(site.oai_identifier(_SAMPLE))}"
        "</sampleIdentifier></oai-identifier></description></Identify>"
    )


def formats() -> str:
    return (
        "<ListMetadataFormats><metadataFormat>"
        f"<metadataPrefix>{dublin_core.PREFIX}</metadataPrefix>"
        f"<schema>{dublin_core.SCHEMA}</schema>"
        f"<metadataNamespace>{dublin_core.NAMESPACE}</metadataNamespace>"
        "</metadataFormat></ListMetadataFormats>"
    )


def header(row: Row, *, site: Site) -> str:
    status = ' status="deleted"' if row.act == Act.WITHDRAWN else ""
    sets = row.sets.strip().replace(" ", "</setSpec><setSpec>")
    specs = f"<setSpec>{sets}</setSpec>" if sets else ""
    return (
        f"<header{status}><identifier>oai:{site.oai_domain}:{row.ark}</identifier>"
        f"<datestamp>{row.datestamp.isoformat()[:19]}Z</datestamp>{specs}</header>"
    )


def record(row: Row, *, site: Site) -> str:
    """A record, or the bare header of one that was withdrawn."""
    head = header(row, site=site)
    return f"<record>{head}{row.oai_dc or ''}</record>"


def sets(named: Sequence[tuple[str, str]]) -> str:
    return "\n".join(
        f"<set><setSpec>{escape(spec)}</setSpec><setName>{escape(name)}</setName></set>"
        for spec, name in named
    )


def resumption(token: str, *, size: int, cursor: int) -> str:
    """The token; empty text on the last page of a list that had several."""
    return (
        f'\n<resumptionToken completeListSize="{size}" cursor="{cursor}">'
        f"{escape(token)}</resumptionToken>"
    )
