"""The calendars that other programs follow: one's addresses, and what they answer."""

from datetime import datetime
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_POST, require_safe

from traam.access.web import actor_of
from traam.groups import actions
from traam.groups.models import Feed
from traam.groups.queries import feeds as queries
from traam.groups.views.finding import group_of
from traam.kit import icalendar
from traam.kit.clock import day_of, now

MEDIA_TYPE = f"{icalendar.MEDIA_TYPE}; charset=utf-8"


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever was given this secret address; nothing when it is revoked, or when
    they may read it no more."""
    at = now()
    found = queries.feed_of(token, today=day_of(at))
    if found is None:
        raise Http404
    shown = queries.events_of(found, now=at)
    content = icalendar.calendar(shown.events, name=shown.name)
    etag = quote_etag(sha256(content).hexdigest()[:32])
    changed = int(shown.changed.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        response = HttpResponse(content, content_type=MEDIA_TYPE)
    return _headed(response, etag=etag, changed=shown.changed)


def _headed(response: HttpResponse, *, etag: str, changed: datetime) -> HttpResponse:
    """Kept by nobody in between, listed nowhere."""
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """One's own addresses: make one, copy it, revoke it."""
    actor = actor_of(request)
    context = {"page": queries.feeds_page(actor), "base": request.build_absolute_uri("/")[:-1]}
    return render(request, "groups/feed_list.html", context)


@require_POST
def feed_open(request: HttpRequest) -> HttpResponse:
    """One's own agenda, or a group's."""
    code = request.POST.get("groupe", "")
    group = group_of(request, code, "group.read") if code else None
    actions.open_feed(group=group, now=now(), actor=actor_of(request))
    messages.success(request, "L’adresse est prête : copiez-la dans votre agenda.")
    return redirect("feeds")


@require_POST
def feed_revoke(request: HttpRequest, key: int) -> HttpResponse:
    """The address answers no more."""
    feed = get_object_or_404(Feed, pk=key, person=actor_of(request).person)
    actions.revoke_feed(feed=feed, now=now(), actor=actor_of(request))
    messages.success(request, "L’adresse est révoquée : elle ne répond plus.")
    return redirect("feeds")
