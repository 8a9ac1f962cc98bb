"""How the views find what an address names, for whom it is."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest

from traam.access.web import actor_of
from traam.groups.models import NationalGroup
from traam.syntheses.models import Block, Finding, Sending, Synthesis
from traam.syntheses.queries.coding import groups_of
from traam.syntheses.queries.contents import may_read, readable, with_group, with_group_place


def group_of(request: HttpRequest, code: str) -> NationalGroup:
    """A group that the reader may read. Raises Http404."""
    found = groups_of(actor_of(request)).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def synthesis_of(request: HttpRequest, code: str) -> Synthesis:
    """A synthesis that the reader may read, with `is_to_receive`: was it sent to them, who have not
    said that they have it? Raises Http404."""
    actor = actor_of(request)
    sent = Sending.objects.filter(synthesis=OuterRef("pk"), person=actor.person, received_at=None)
    rows = with_group(readable(actor)).annotate(is_to_receive=Exists(sent))
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def block_of(request: HttpRequest, key: int) -> Block:
    """A passage of a synthesis that the reader may read. Raises Http404."""
    found = Block.objects.filter(pk=key).select_related("synthesis").first()
    if found is None or not may_read(actor_of(request), found.synthesis):
        raise Http404
    return found


def finding_of(request: HttpRequest, code: str) -> Finding:
    """A finding of a group that the reader may read. Raises Http404."""
    groups = NationalGroup.objects.over_which(actor_of(request), "group.read")
    rows = Finding.objects.filter(group__in=groups.values("pk"), code=code)
    found = rows.select_related("created_by").first()
    if found is None:
        raise Http404
    found.group = with_group_place(NationalGroup.objects.all()).get(pk=found.group_id)
    return found
