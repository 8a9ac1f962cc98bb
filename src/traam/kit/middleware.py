"""What every request goes through: a number to quote, and GETs that cannot write."""

import re
import secrets
from collections.abc import Callable
from typing import Any

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse

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


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    if _WRITE.match(sql) and not _MAY_WRITE.search(sql):
        raise WriteOnRead(sql[:200])
    return execute(sql, params, many, context)


class ReadOnlyGet:
    """A wrapper on safe methods that refuses any write to the database."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)
