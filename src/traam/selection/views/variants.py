"""The variants of a choice: computed under a name, read, compared, made the reference."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CALL_CLOSED_ON, CampaignState
from traam.kit.clock import now
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import Sheet, sheet_response
from traam.selection import actions
from traam.selection.actions.choosing import QUESTION_SECONDS, SECONDS
from traam.selection.forms.deciding import NameForm
from traam.selection.models import Variant
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.queries.instance import gathered
from traam.selection.queries.variants import reading, variants_of
from traam.selection.screens.deliberating import price
from traam.selection.screens.varying import ComparisonPage, VariantPage, VariantRow, sheet_rows
from traam.selection.views.arbitration import ARBITRATES, REFUSED, campaign_of


@require_safe
@right_required(ARBITRATES)
def variants(request: HttpRequest, year: str) -> HttpResponse:
    """Those that were kept, the latest first; a form computes another."""
    return _list(request, campaign_of(request, year), NameForm())


def _list(request: HttpRequest, campaign: Campaign, form: NameForm) -> HttpResponse:
    context = {
        "campaign": campaign,
        "rows": [VariantRow(one, reading(one)) for one in variants_of(campaign)],
        "form": form,
        "is_open": campaign.state == CampaignState.CALL_CLOSED,
        "seconds": round(SECONDS),
        "question_seconds": round(QUESTION_SECONDS),
        "now": now(),
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/variant_list.html", context, status=status)


@require_POST
@right_required(ARBITRATES)
def variant_compute(request: HttpRequest, year: str) -> HttpResponse:
    """Compute the choice and keep it under a name; the answer says how long it took."""
    campaign, form = campaign_of(request, year), NameForm(request.POST)
    if form.is_valid():
        began = perf_counter()
        try:
            made = actions.compute(
                campaign=campaign,
                name=form.cleaned_data["name"],
                now=now(),
                actor=actor_of(request),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error("name", refusal.reasons)
        else:
            _say(request, made, perf_counter() - began)
            return redirect("variant", key=made.pk)
    return _list(request, campaign, form)


def _say(request: HttpRequest, made: Variant, seconds: float) -> None:
    took = f"{seconds:.1f}".replace(".", ",")
    status = reading(made).choice.status
    said = f"« {made.name} » est calculée en {took} s : {status.label}."
    if status is ChoiceStatus.OPTIMAL:
        messages.success(request, said)
    else:
        messages.warning(request, said)


def _variant(request: HttpRequest, key: int) -> Variant:
    rows = Variant.objects.select_related("campaign", "computed_by")
    found = rows.filter(pk=key, campaign__state__in=sorted(CALL_CLOSED_ON)).first()
    if found is None or not actor_of(request).allows(ARBITRATES, found.campaign.place()):
        raise Http404
    return found


@require_safe
@right_required(ARBITRATES)
def variant_show(request: HttpRequest, key: int) -> HttpResponse:
    """Who is retained and how firmly, who is not and why, the reserves; or what contradicts."""
    variant = _variant(request, key)
    page = VariantPage(variant, reading(variant), gathered(campaign=variant.campaign))
    sheet = Sheet(variant.name, page.headers, sheet_rows(page))
    if answer := sheet_response(request, sheet, f"variante-{variant.pk}"):
        return answer
    context = {
        "variant": variant,
        "campaign": variant.campaign,
        "page": page,
        "form": NameForm(initial={"name": variant.name}),
        "is_open": variant.campaign.state == CampaignState.CALL_CLOSED,
        "price": price,
        "now": now(),
    }
    return render(request, "selection/variant_show.html", context)


@require_POST
@right_required(ARBITRATES)
def variant_rename(request: HttpRequest, key: int) -> HttpResponse:
    variant, form = _variant(request, key), NameForm(request.POST)
    if not form.is_valid():
        reasons = [str(reason) for each in form.errors.values() for reason in each]
        messages.error(request, " ".join(reasons))
        return redirect("variant", key=variant.pk)
    name = form.cleaned_data["name"]
    return _done(
        request,
        variant,
        lambda: actions.rename(variant=variant, name=name, now=now(), actor=actor_of(request)),
        f"La variante s’appelle maintenant « {name} ».",
    )


@require_POST
@right_required(ARBITRATES)
def variant_reference(request: HttpRequest, key: int) -> HttpResponse:
    variant = _variant(request, key)
    return _done(
        request,
        variant,
        lambda: actions.make_reference(variant=variant, now=now(), actor=actor_of(request)),
        f"« {variant.name} » est la proposition de référence : les thèmes délibèrent sur elle.",
    )


def _done(
    request: HttpRequest, variant: Variant, act: Callable[[], Any], said: str
) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, said)
    return redirect("variant", key=variant.pk)


@require_safe
@right_required(ARBITRATES)
def variant_compare(request: HttpRequest, year: str) -> HttpResponse:
    """Two variants side by side: who is retained by one alone, and why the data differ."""
    campaign = campaign_of(request, year)
    known = {str(one.pk): one for one in variants_of(campaign)}
    one, other = (known.get(request.GET.get(name, "")) for name in ("une", "autre"))
    page = None
    if one is not None and other is not None:
        page = ComparisonPage(
            VariantRow(one, reading(one)),
            VariantRow(other, reading(other)),
            gathered(campaign=campaign),
        )
    context = {
        "campaign": campaign,
        "variants": list(known.values()),
        "one": one,
        "other": other,
        "page": page,
        "now": now(),
    }
    return render(request, "selection/variant_compare.html", context)
