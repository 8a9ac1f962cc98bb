"""What every request goes through: a number to quote, GETs that cannot write, refusals as pages."""

import re
import secrets
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from traam.kit import errors
from traam.kit.machines import MoveRefused
from traam.kit.once import remembered
from traam.kit.refusals import NotAllowed, Refusal, Unknown

Handler = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
_WRITE = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE
)
# The named exceptions: a session that is opened, renewed or closed by a page that only reads.
_MAY_WRITE = re.compile(r'"django_session"|"mfa_authenticator"')


class WriteOnRead(Exception):
    """A page that only reads tried to write: a fault of ours, never of the visitor."""


class RequestNumber:
    """Gives each request a number, bound to the logs and sent back as `X-Request-Id`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        request.META["traam.request_number"] = number
        structlog.contextvars.bind_contextvars(request=number)
        try:
            response = self.get_response(request)
        finally:
            structlog.contextvars.unbind_contextvars("request")
        response["X-Request-Id"] = number
        return response


class SecurityHeaders:
    """The Content-Security-Policy and the Permissions-Policy: the same words on every answer.

    A view that needs a stricter policy (a stored file) sets its own.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": "; ".join(
                f"{name} {sources}" for name, sources in settings.CONTENT_SECURITY_POLICY.items()
            ),
            "Permissions-Policy": settings.PERMISSIONS_POLICY,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    if _WRITE.match(sql) and not _MAY_WRITE.search(sql):
        raise WriteOnRead(sql[:200])
    return execute(sql, params, many, context)


class ReadOnlyGet:
    """A wrapper on safe methods that refuses any write to the database, so that what is asked
    twice is asked once (`kit.once`)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes), remembered():
            return self.get_response(request)


class Refusals:
    """Makes pages of what actions refuse, and of the empty answers that say no (405, 410…).

    A refusal that the view did not catch is a last resort: a form should show it beside its field.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        empty = not response.streaming and not response.content
        if not empty or response.status_code not in errors.PROBLEMS:
            return response
        page = errors.refuse(request, status=response.status_code)
        if "Allow" in response:
            page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of an expected no; None leaves all the rest to burst."""
        if isinstance(exception, Unknown):
            return errors.refuse(request, status=404)
        if isinstance(exception, NotAllowed):
            return errors.refuse(request, status=403, reasons=exception.reasons)
        if isinstance(exception, MoveRefused):
            return errors.refuse(request, status=409, reasons=exception.reasons)
        if isinstance(exception, Refusal):
            return errors.refuse(request, status=400, reasons=exception.reasons)
        return None
