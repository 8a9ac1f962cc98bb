"""`/documents/<digest>`: the bytes of a public file, its permission checked at each request.

Nothing may keep the answer without asking again (`no-cache`): a withdrawal takes effect at once.
Bytes are served inert: never sniffed, in a sandbox; only pictures, sound and video show in place.
"""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from traam.documents import queries, rules
from traam.documents.models import StoredFile

PIECE = 2**16  # bytes
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"


@login_not_required
@require_safe
def document(request: HttpRequest, digest: str) -> HttpResponseBase:
    file = queries.public_file(digest)
    if file is None:
        raise Http404("Ce fichier n’est pas public, ou ne l’est plus.")
    etag = f'"{file.digest}"'
    if _is_known(request, etag):
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        asked = request.headers.get("Range", "") if _same_version(request, etag) else ""
        response = _bytes(file, rules.byte_range(asked, size=file.size), head=_is_head(request))
        response["Content-Disposition"] = _disposition(file, request.GET.get("nom", ""))
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


def _disposition(file: StoredFile, wanted: str) -> str:
    name = rules.download_name(wanted, digest=file.digest, media_type=file.media_type)
    return str(content_disposition_header(not rules.is_inert(file.media_type), name))


def _is_head(request: HttpRequest) -> bool:
    return request.method == "HEAD"


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return known == ["*"] or etag in known or f"W/{etag}" in known


def _same_version(request: HttpRequest, etag: str) -> bool:
    """A range is of the version its asker began with, or is no range."""
    return request.headers.get("If-Range", etag) == etag


def _bytes(file: StoredFile, span: rules.Span | None, *, head: bool) -> HttpResponseBase:
    if span is not None and span.is_outside:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{file.size}"
        return refused
    first, last = (span.first, span.last) if span else (0, file.size - 1)
    length = last - first + 1
    body = iter(()) if head else _read(file.digest, first=first, length=length)
    response = StreamingHttpResponse(body, status=206 if span else 200)
    response["Content-Type"] = file.media_type
    response["Content-Length"] = str(length)
    if span:
        response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return response


def _read(digest: str, *, first: int, length: int) -> Iterator[bytes]:
    with queries.open_bytes(digest) as file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
