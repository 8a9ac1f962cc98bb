"""The delegate compares the academy's applications, ranks them, and endorses them in one act."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.sentences import who_may
from traam.access.web import actor_of
from traam.applications.actions.endorsing import Effect, Receipt, endorse
from traam.applications.screens import doors
from traam.applications.screens.comparing import Comparison, by_numbers, comparison
from traam.campaigns.models import Campaign
from traam.kit.clock import now
from traam.kit.jinja import url
from traam.kit.keys import number_in
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.text import plural
from traam.reference.models import Academy

RANK_MAX = 9_999
BOX = "rang-"  # then a code: the name of the box of its number
TO_SAY = "à préciser"  # the channel of a dry run, which writes nothing
KIND = {
    Effect.DEPOSITED: "success",
    Effect.RANKED: "info",
    Effect.SAME: "",
    Effect.LEFT: "warning",
    Effect.REFUSED: "error",
}


@require_http_methods(["GET", "HEAD", "POST"])
def endorse_academy(request: HttpRequest, code: str) -> HttpResponse:
    """The comparison, what the act would do, then the act."""
    academy = get_object_or_404(Academy, code=code)
    enters = _need(actor_of(request), academy)
    campaign = _campaign(request.GET.get("campagne", ""))
    if campaign is None:
        return render(request, "applications/endorse_none.html", {"academy": academy})
    if request.method == "POST":
        return _act(request, campaign, academy, enters=enters)
    if "essai" in request.GET and all(map(_may_stand, _typed(request.GET).values())):
        return _foresee(request, campaign, academy, enters=enters)
    return _compare(request, campaign, academy)


def _need(actor: Actor, academy: Academy) -> bool:
    """403 saying who may; True when the act would be entered for the delegate."""
    place = Place(
        academies=frozenset({academy.code}), academy_names=(academy.name,), state="awaiting_visa"
    )
    if actor.allows("application.endorse", place):
        return False
    if actor.allows("application.enter_on_behalf", place):
        return True
    raise PermissionDenied(who_may("application.endorse", place))


def _campaign(year: str) -> Campaign | None:
    """The campaign asked for; else the latest that gathers applications."""
    if year:
        return get_object_or_404(Campaign, year=year, is_archive=False)
    return next(iter(doors.calls()), None)


def _order(request: HttpRequest) -> list[str] | None:
    """« ?ordre=a,b », or « ?rang-a=2&rang-b=1 » from the numbers typed; None: as it stands."""
    given = request.GET if request.method != "POST" else request.POST
    if typed := _typed(given):
        ranks = {
            code: number_in(text) if _is_rank(text) else place  # what is no rank leaves it there
            for place, (code, text) in enumerate(typed.items(), start=1)
            if text
        }
        return list(by_numbers(ranks, list(typed)))
    return given["ordre"].split(",") if "ordre" in given else None


def _typed(given: QueryDict) -> dict[str, str]:
    """What stands in the box of each code, in the order of the page."""
    return {
        name.removeprefix(BOX): str(given.get(name, "")).strip()
        for name in given
        if name.startswith(BOX)
    }


def _not_ranks(request: HttpRequest, page: Comparison) -> list[str]:
    """A sentence for each number typed that is no rank."""
    titles = {one.application.code: one.title for one in page.candidates}
    return [
        f"Pour « {titles[code]} », « {text} » n’est pas un rang : donnez un nombre à partir de 1, "
        "ou rien pour la laisser en attente."
        for code, text in _typed(request.GET).items()
        if code in titles and text and not _is_rank(text)
    ]


def _may_stand(text: str) -> bool:
    return not text or _is_rank(text)


def _is_rank(text: str) -> bool:
    return 0 < number_in(text) <= RANK_MAX


def _href(campaign: Campaign, academy: Academy, order: Sequence[str], **more: str) -> str:
    query = {"campagne": campaign.year, "ordre": ",".join(order), **more}
    return f"{url('endorse', code=academy.code)}?{urlencode(query)}"


def _context(request: HttpRequest, campaign: Campaign, academy: Academy) -> dict[str, object]:
    compared = comparison(campaign=campaign, academy=academy, order=_order(request), now=now())
    return {
        "page": compared,
        "href": lambda order: _href(campaign, academy, order),
        "now": now(),
        "kinds": KIND,
    }


def _compare(request: HttpRequest, campaign: Campaign, academy: Academy) -> HttpResponse:
    context = _context(request, campaign, academy)
    page = context["page"]
    assert isinstance(page, Comparison)
    context["why"] = _not_ranks(request, page)
    return render(request, "applications/endorse_compare.html", context)


def _foresee(
    request: HttpRequest,
    campaign: Campaign,
    academy: Academy,
    *,
    enters: bool,
    why: Sequence[str] = (),
) -> HttpResponse:
    """What will become of each; nothing is written."""
    context = _context(request, campaign, academy)
    compared = context["page"]
    assert isinstance(compared, Comparison)
    receipts: list[Receipt] = []
    reasons = list(why)
    if not reasons:
        try:
            receipts = _endorsed(request, campaign, academy, compared.order, dry_run=True)
        except Refusal as refusal:
            reasons = refusal.reasons
    refused = any(one.effect is Effect.REFUSED for one in receipts)
    context |= {"receipts": receipts, "why": reasons, "refused": refused, "enters": enters}
    context["channel"] = request.POST.get("canal", request.GET.get("canal", ""))
    context["back"] = _href(campaign, academy, compared.order)
    status = 400 if why else 200
    return render(request, "applications/endorse_foresee.html", context, status=status)


def _endorsed(
    request: HttpRequest,
    campaign: Campaign,
    academy: Academy,
    order: Sequence[str],
    *,
    dry_run: bool,
) -> list[Receipt]:
    given = request.POST if request.method == "POST" else request.GET
    enters = _need(actor_of(request), academy)
    return endorse(
        campaign=campaign,
        academy=academy,
        order=order,
        now=now(),
        actor=actor_of(request),
        dry_run=dry_run,
        channel=given.get("canal", "") or (TO_SAY if dry_run and enters else ""),
    )


def _act(
    request: HttpRequest, campaign: Campaign, academy: Academy, *, enters: bool
) -> HttpResponse:
    order = _order(request)
    if order is None:
        raise Http404
    if enters and not request.POST.get("canal", "").strip():
        why = ["Dites d’après quoi vous saisissez ce visa : un courriel, un courrier, et sa date."]
        return _foresee(request, campaign, academy, enters=enters, why=why)
    try:
        receipts = _endorsed(request, campaign, academy, order, dry_run=False)
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        return _foresee(request, campaign, academy, enters=enters, why=refusal.reasons)
    count = sum(one.effect is Effect.DEPOSITED for one in receipts)
    done = plural(count, "candidature visée et déposée", "candidatures visées et déposées")
    ranked = sum(one.effect is Effect.RANKED for one in receipts)
    also = f" ; {plural(ranked, 'rang changé', 'rangs changés')}" if ranked else ""
    messages.success(request, f"C’est fait : {done}{also}. Chaque récépissé est ci-dessous.")
    return redirect(f"{url('endorse', code=academy.code)}?campagne={campaign.year}")
