"""Addresses outside, and whether they still answer. Checking them is a job, never a page's work."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Q

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.kit.text import address
from traam.productions import acts
from traam.productions.models import Production, ProductionLink
from traam.productions.rules.files import LINKS_MAX
from traam.productions.rules.life import LIVING
from traam.productions.writing import cut_before, touch

WRITE = "production.write"
URL_MAX, LABEL_MAX = 500, 200  # characters
CHECKED_EVERY = timedelta(days=7)
BATCH = 50  # links of one run of the checker
Checker = Callable[[str], int]  # an address gives an HTTP status, 0 when nothing answers


@transaction.atomic
def add_link(
    *, production: Production, url: str, label: str = "", now: datetime, actor: Actor | None
) -> ProductionLink:
    """Give an address; its health is not known yet. Raises `NotAllowed` or `Refusal`."""
    held = acts.held(production)
    behalf = allowed(actor, WRITE, held.place())
    given, words = fit(url), " ".join(label.split())[:LABEL_MAX]
    known = list(held.links.all())
    if any(one.url == given for one in known):
        raise Refusal("Cette adresse est déjà dans la liste.")
    if len(known) >= LINKS_MAX:
        raise Refusal(f"{LINKS_MAX} liens au plus : retirez-en un.")
    cut_before(held, person=person_of(actor), now=now)
    made = ProductionLink.objects.create(
        production=held,
        url=given,
        label=words,
        position=max((one.position for one in known), default=0) + 1,
    )
    touch(held, now=now)
    acts.note("production.add_link", held, actor=actor, behalf=behalf, now=now)
    return made


def fit(url: str) -> str:
    """A web address that a page may link to. Raises `Refusal`."""
    given = address(url.strip())
    parts = urlsplit(given) if given else None
    if parts is None or parts.scheme not in ("http", "https") or "." not in parts.netloc:
        raise Refusal(
            f"Adresse « {url.strip()[:80]} » : donnez-la complète, comme https://exemple.fr/page."
        )
    if "@" in parts.netloc:
        raise Refusal("Cette adresse contient un identifiant : donnez celle que tous peuvent lire.")
    if len(given) > URL_MAX:
        raise Refusal(f"Cette adresse ({len(given)} caractères) doit tenir en {URL_MAX}.")
    return given


@transaction.atomic
def remove_link(*, link: ProductionLink, now: datetime, actor: Actor | None) -> None:
    """Take it out of the list; earlier versions still say it."""
    held = acts.held(link.production)
    behalf = allowed(actor, WRITE, held.place())
    cut_before(held, person=person_of(actor), now=now)
    ProductionLink.objects.filter(pk=link.pk).delete()
    touch(held, now=now)
    acts.note("production.remove_link", held, actor=actor, behalf=behalf, now=now)


def check_due(*, checker: Checker, now: datetime) -> int:
    """Ask for the health of the links that were not asked for a week; how many were.

    The house asks: no right is needed, and the journal keeps nothing. No row is held meanwhile.
    """
    stale = Q(checked_at=None) | Q(checked_at__lt=now - CHECKED_EVERY)
    rows = ProductionLink.objects.filter(stale, production__state__in=sorted(LIVING))
    due = list(rows.order_by(F("checked_at").asc(nulls_first=True), "pk")[:BATCH])
    for one in due:
        one.health, one.checked_at = checker(one.url), now
    ProductionLink.objects.bulk_update(due, ["health", "checked_at"])
    return len(due)
