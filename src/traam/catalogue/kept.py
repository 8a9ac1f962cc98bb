"""Public pages kept as they were drawn, for strangers, as long as no notice changes.

Only for pages that depend on nothing but the notices, the address and the host. The pages of one
state of the index go together: a publication forgets them all.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from traam.catalogue.search import engine
from traam.catalogue.search.live import Cache, View

KEPT = 1024  # pages
SIZE_MAX = 200_000  # bytes; a larger page is drawn each time
COOKIES = (settings.SESSION_COOKIE_NAME, "messages")

PageView = Callable[..., HttpResponse]


class Pages:
    """The pages kept for the present state of the index of this process."""

    def __init__(self) -> None:
        self._view: View | None = None
        self._pages: Cache[HttpResponse] = Cache(KEPT)

    def of(self, view: View) -> Cache[HttpResponse]:
        """The pages of this state; those of the state before are forgotten."""
        if view is not self._view:
            self._view, self._pages = view, Cache(KEPT)
        return self._pages


_PAGES = Pages()


class _NotKept(Exception):
    """This answer is given once: too large, or not a plain page."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def kept(view: PageView) -> PageView:
    """A public page that strangers share; whoever bears a session sees a page of their own."""

    @wraps(view)
    def shown(request: HttpRequest, **words: Any) -> HttpResponse:
        if request.method != "GET" or any(name in request.COOKIES for name in COOKIES):
            return view(request, **words)

        def drawn() -> HttpResponse:
            response = view(request, **words)
            if response.status_code != 200 or len(response.content) > SIZE_MAX:
                raise _NotKept(response)
            return response

        key = (
            *(request.scheme, request.get_host(), request.get_full_path()),
            request.headers.get("HX-Request", ""),
        )
        try:
            page = _PAGES.of(engine().view).get(key, drawn)
        except _NotKept as once:
            return once.response
        return HttpResponse(page.content, headers=dict(page.headers), status=page.status_code)

    return shown
