"""Bytes as the answer to a request: saved under their name, kept by nobody in between."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file_response(content: bytes, *, media_type: str, name: str) -> HttpResponse:
    """The answer that a browser saves as `name`; inert were it opened all the same."""
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = str(disposition)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
