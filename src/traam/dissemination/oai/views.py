"""`/oai`: HTTP in, XML out; errors of the protocol are answers like the others (200)."""

import re
from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from traam.dissemination import site
from traam.dissemination.oai import answers, arguments, repository
from traam.dissemination.oai.errors import Code, Fault, OaiError
from traam.kit.clock import now as clock_now

_URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Every argument as it came, repeated ones repeated, of the address and of the form."""
    try:
        queries = (request.GET, request.POST)
    except SuspiciousOperation as error:  # too many fields, too long a body
        raise OaiError(Fault(Code.BAD_ARGUMENT, "La demande est trop longue.")) from error
    for query in queries:
        for name, values in query.lists():
            for value in values:
                yield name, str(value)


def _repeatable(given: dict[str, str]) -> dict[str, str]:
    """The arguments of `<request>`: an identifier that is no URI has no place in the schema."""
    return {
        name: value
        for name, value in given.items()
        if name != "identifier" or _URI.fullmatch(value)
    }


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def oai(request: HttpRequest) -> HttpResponse:
    context = repository.Context(
        site=site.site_of(request), base_url=f"{site.base_of(request)}/oai"
    )
    given: dict[str, str] = {}
    try:
        asked = arguments.parse(_pairs(request))
        given = _repeatable(dict(asked.given))
        body = repository.answer(asked, context)
    except OaiError as error:
        given = {} if error.hides_arguments else given
        body = answers.errors(error.faults)
    text = answers.envelope(body, base_url=context.base_url, given=given, now=clock_now())
    return HttpResponse(text.encode(), content_type="text/xml; charset=utf-8")
