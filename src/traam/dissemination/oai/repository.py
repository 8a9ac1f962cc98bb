"""Answers a well-formed request: one function for each verb, from stored rows to XML text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from traam.catalogue.sets import ROOTS
from traam.dissemination import queries
from traam.dissemination.oai import answers, dublin_core, tokens
from traam.dissemination.oai.arguments import Asked
from traam.dissemination.oai.errors import Code, Fault, OaiError
from traam.dissemination.oai.tokens import Position
from traam.dissemination.site import Site

PAGE = 100  # records, headers or sets in one answer


@dataclass(frozen=True, kw_only=True)
class Context:
    """What every answer needs beside the request."""

    site: Site
    base_url: str


def _known_format(prefix: str) -> None:
    if prefix != dublin_core.PREFIX:
        raise OaiError(
            Fault(
                Code.CANNOT_DISSEMINATE_FORMAT,
                f"Le format « {prefix} » n’est pas offert ; accepté : {dublin_core.PREFIX}.",
            )
        )


def _row(identifier: str, site: Site) -> queries.Row:
    scheme = site.oai_identifier("")
    ark = identifier.removeprefix(scheme)
    usable = identifier.startswith(scheme) and "\x00" not in ark
    found = queries.row_of(ark=ark) if usable else None
    if found is None:
        raise OaiError(
            Fault(Code.ID_DOES_NOT_EXIST, f"L’identifiant « {identifier} » n’existe pas ici.")
        )
    return found


def _identify(asked: Asked, context: Context) -> str:
    return answers.identify(
        site=context.site, base_url=context.base_url, earliest=queries.earliest()
    )


def _list_metadata_formats(asked: Asked, context: Context) -> str:
    if asked.identifier:
        _row(asked.identifier, context.site)
    return answers.formats()


def _get_record(asked: Asked, context: Context) -> str:
    row = _row(asked.identifier, context.site)
    _known_format(asked.prefix)
    record = dublin_core.at(answers.record(row, site=context.site), site=context.site)
    return f"<GetRecord>{record}</GetRecord>"


def _start(asked: Asked) -> Position:
    """Where the list begins, or goes on. `size` is counted later, when a second page is needed."""
    if asked.token:
        return tokens.read(asked.token, verb=asked.verb)
    return Position(
        verb=asked.verb,
        prefix=asked.prefix,
        spec=asked.spec,
        since=asked.since,
        until=asked.until,
        seen=0,
        size=0,
    )


def _list_sets(asked: Asked, context: Context) -> str:
    start = _start(asked)
    found = list(queries.leaf_sets(after=start.after_spec, limit=PAGE + 1))
    page = found[:PAGE]
    roots = [] if asked.token else list(ROOTS.items())
    token = ""
    size = start.size or len(ROOTS) + queries.leaf_sets_count()
    if len(found) > PAGE:
        seen = start.seen + len(roots) + PAGE
        token = tokens.write(
            Position(verb=asked.verb, after_spec=page[-1][0], seen=seen, size=size)
        )
    end = answers.resumption(token, size=size, cursor=start.seen) if token or asked.token else ""
    return f"<ListSets>{answers.sets([*roots, *page])}{end}</ListSets>"


def _next(start: Position, *, last: queries.Row, size: int) -> str:
    return tokens.write(
        Position(
            verb=start.verb,
            prefix=start.prefix,
            spec=start.spec,
            since=start.since,
            until=start.until,
            after_datestamp=last.datestamp,
            after_pk=last.pk,
            seen=start.seen + PAGE,
            size=size,
        )
    )


def _list_rows(asked: Asked, context: Context) -> str:
    start = _start(asked)
    _known_format(start.prefix)
    harvest = queries.Harvest(spec=start.spec, since=start.since, until=start.until)
    after = (start.after_datestamp, start.after_pk) if start.after_datestamp else None
    full = asked.verb == "ListRecords"
    found = harvest.rows(after=after, limit=PAGE + 1, with_records=full)
    if not found:  # with a token: all that remained has since changed beyond `until`
        raise OaiError(Fault(Code.NO_RECORDS_MATCH, "Aucune notice ne répond à cette demande."))
    rows = found[:PAGE]
    more = len(found) > PAGE
    size = start.size or (harvest.size() if more else 0)
    token = _next(start, last=rows[-1], size=size) if more else ""
    end = answers.resumption(token, size=size, cursor=start.seen) if more or asked.token else ""
    write = answers.record if full else answers.header
    body = "\n".join([write(row, site=context.site) for row in rows])
    return f"<{asked.verb}>{dublin_core.at(body, site=context.site)}{end}</{asked.verb}>"


_VERBS: Mapping[str, Callable[[Asked, Context], str]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "ListIdentifiers": _list_rows,
    "ListRecords": _list_rows,
    "GetRecord": _get_record,
}


def answer(asked: Asked, context: Context) -> str:
    """The body of the answer. Raises `OaiError`."""
    return _VERBS[asked.verb](asked, context)
