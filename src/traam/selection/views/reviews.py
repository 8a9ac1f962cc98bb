"""The reviews: their list, the page of one, and the acts upon it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import sheet_response
from traam.selection import actions
from traam.selection.actions.reviewing import SCORE, TEXTS
from traam.selection.forms.lists import ReviewFilter
from traam.selection.forms.reviews import DeclineForm, ReasonForm, sent
from traam.selection.models import Review
from traam.selection.queries import reviews as queries
from traam.selection.queries.grids import grid_of
from traam.selection.rules.life import DeclineReason, ReviewState
from traam.selection.screens.reviewing import ReviewPage, label_of
from traam.selection.views.finding import campaign_of, closed_review, review_of

PER_PAGE = 50
REFUSED = 400
READS = "review.read"
KEPT = "C’est enregistré."
CHOICES = ("champ", "autre", "deux")


@require_safe
@right_required(READS)
@keeps_views("Avis")
def reviews(request: HttpRequest, year: str) -> HttpResponse:
    """One's own reviews; all of them for who follows the campaign."""
    actor, instant = actor_of(request), now()
    campaign = campaign_of(request, year)
    form = ReviewFilter(request.GET, choices=queries.choices(actor, campaign))
    found = queries.all_reviews(actor, campaign, form.chosen(), now=instant)
    if answer := sheet_response(request, queries.sheet(found), f"avis-{campaign.year}"):
        return answer
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "form": form,
        "page": page,
        "page_href": lambda number: with_query(request, page=number),
        "sees_all": queries.sees_all(actor),
        "barred": queries.barred(actor, campaign),
        "now": instant,
    }
    return render(request, "selection/review_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(READS)
def review_edit(request: HttpRequest, key: int) -> HttpResponse:
    """The version read beside the grid; to its reviewer, both to be written."""
    actor, instant = actor_of(request), now()
    try:
        review = review_of(request, key)
    except Http404:
        if closed := closed_review(actor, key):
            return _closed(request, closed)
        raise
    if request.method == "POST":
        return _written(request, review)
    return _page(request, ReviewPage(review, actor, instant))


def _closed(request: HttpRequest, review: Review) -> HttpResponse:
    """A conflict closes it to its reviewer: neither title, nor academy, nor what they wrote."""
    is_open = ReviewState(review.state) in queries.OPEN
    context = {"review": review, "campaign": review.case.campaign, "is_open": is_open}
    status = 200 if request.method in ("GET", "HEAD") else 403
    return render(request, "selection/review_closed.html", context, status=status)


def _page(request: HttpRequest, page: ReviewPage, *, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "review": page.review,
        "application": page.review.case.application,
        "campaign": page.review.case.campaign,
        "now": page.now,
        "answers": page.answers,
        "label_of": label_of,
    }
    return render(request, "selection/review_edit.html", context, status=status)


def _written(request: HttpRequest, review: Review) -> HttpResponse:
    """What the form brought is kept, then the button pressed is obeyed."""
    actor, instant, data = actor_of(request), now(), request.POST
    names = [*(f"{SCORE}{one.key}" for one in grid_of(review.case.campaign).criteria), *TEXTS]
    writes = sent(data, names)
    typed = {one.field: one.value for one in writes}
    saved = actions.Saved()
    if writes:
        saved = actions.save(review=review, writes=writes, now=instant, actor=actor)
    faults: dict[str, list[str]] = dict(saved.faults)
    _settled(request, review, saved)
    if "rendre" in data and not faults:
        try:
            actions.submit(review=review, now=instant, actor=actor)
        except Refusal as refusal:
            faults = {"": refusal.reasons}
        else:
            return _given(request, review)
    if faults:
        return _again(request, review, typed, faults)
    messages.success(request, KEPT)
    return redirect("review_edit", key=review.pk)


def _settled(request: HttpRequest, review: Review, saved: actions.Saved) -> None:
    """Which text of two stays, by its button: « comment:3:autre »."""
    name, _, rest = request.POST.get("departager", "").partition(":")
    base, _, choice = rest.partition(":")
    present = Review.objects.get(pk=review.pk)
    other = next((one["value"] for one in present.asides if one["field"] == name), None)
    if choice not in CHOICES or all(one["field"] != name for one in present.asides):
        return
    is_text = name in TEXTS
    kept = getattr(present, name) if is_text else present.scores.get(name.removeprefix(SCORE))
    values = {"champ": kept, "autre": other, "deux": f"{kept}\n\n{other}" if is_text else other}
    value = values[choice]
    actions.settle(
        review=present,
        field=name,
        value="" if value is None else str(value),
        base=max(number_in(base), saved.versions.get(name, 0)),
        now=now(),
        actor=actor_of(request),
    )


def _again(
    request: HttpRequest, review: Review, typed: dict[str, str], faults: dict[str, list[str]]
) -> HttpResponse:
    """The page with what is wrong on top; what was kept is kept, the rest is as it was typed."""
    fresh = review_of(request, review.pk)
    wrong = {name: value for name, value in typed.items() if name in faults}
    page = ReviewPage(fresh, actor_of(request), now(), typed=wrong, faults=faults)
    return _page(request, page, status=REFUSED)


def _given(request: HttpRequest, review: Review) -> HttpResponse:
    """Given: on to the next one that is owed, or back to the list."""
    left = queries.owed(actor_of(request), review.case.campaign)
    following = left.exclude(pk=review.pk).values_list("pk", flat=True).first()
    if following is None:
        messages.success(request, "L’avis est rendu. C’était le dernier : merci.")
        return redirect("reviews", year=review.case.campaign.year)
    messages.success(request, "L’avis est rendu. Voici le suivant.")
    return redirect("review_edit", key=following)


@require_POST
@right_required(READS)
def review_begin(request: HttpRequest, key: int) -> HttpResponse:
    """Begin it: no conflict is known, the version read is noted."""
    review = review_of(request, key, "review.write")
    actions.begin(review=review, now=now(), actor=actor_of(request))
    return redirect("review_edit", key=key)


@require_POST
@right_required(READS)
def review_newest(request: HttpRequest, key: int) -> HttpResponse:
    """On to the version deposited since."""
    review = review_of(request, key, "review.write")
    held = actions.read_newest(review=review, now=now(), actor=actor_of(request))
    if held.deposit is not None:
        number_ = held.deposit.number
        messages.success(request, f"L’avis porte maintenant sur la version {number_}.")
    return redirect("review_edit", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(READS)
def review_decline(request: HttpRequest, key: int) -> HttpResponse:
    """Why it will not be given; even a review that a conflict has closed may be declined."""
    review = review_of(request, key, "review.decline")
    is_closed = closed_review(actor_of(request), key) is not None
    initial = {"why": DeclineReason.CONFLICT} if is_closed else None
    form = DeclineForm(request.POST or None, initial=initial, hint="Lu par le pilotage seul.")
    if request.method == "POST" and form.is_valid():
        return _declined(request, review, form.cleaned_data)
    context = {
        "form": form,
        "campaign": review.case.campaign,
        "key": review.pk,
        "title": "" if is_closed else review.case.application.title,
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/review_decline.html", context, status=status)


def _declined(request: HttpRequest, review: Review, typed: dict[str, Any]) -> HttpResponse:
    actions.decline(
        review=review,
        why=DeclineReason(typed["why"]),
        reason=typed["reason"],
        now=now(),
        actor=actor_of(request),
    )
    messages.success(request, "L’avis est décliné ; le pilotage en est averti.")
    return redirect("reviews", year=review.case.campaign.year)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("review.reopen")
def review_reopen(request: HttpRequest, key: int) -> HttpResponse:
    """A given review is handed back to its reviewer, with a reason."""
    review = review_of(request, key, "review.reopen")
    hint = "Lu par le relecteur ou la relectrice, sur la page de l’avis."
    texts = {
        "title": "Rouvrir cet avis",
        "lead": "Il pourra être modifié et devra être rendu à nouveau ; sa note ne compte plus "
        "d’ici là.",
        "button": "Rouvrir l’avis",
    }
    return _with_reason(request, review, actions.reopen, "L’avis est rouvert.", hint, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("review.assign")
def review_unassign(request: HttpRequest, key: int) -> HttpResponse:
    """A review that is not given yet is asked of them no more."""
    review = _assigned(request, key)
    texts = {
        "title": "Ne plus demander cet avis",
        "lead": "Ce qui est écrit est gardé, mais ne compte pas. L’avis pourra être confié à "
        "quelqu’un d’autre, ou à nouveau à la même personne.",
        "button": "Ne plus demander cet avis",
    }
    done = "L’avis n’est plus demandé ; la personne en est avertie."
    return _with_reason(request, review, actions.unassign, done, "Gardé avec l’avis.", texts)


def _assigned(request: HttpRequest, key: int) -> Review:
    """A review still to give, of a case that the reader assigns and may read. Raises Http404."""
    actor = actor_of(request)
    found = queries.with_rows(Review.objects.all()).filter(pk=key, state__in=queries.OPEN).first()
    if found is None:
        raise Http404
    place = found.case.place()
    if not (actor.allows("review.assign", place) and actor.allows("application.read", place)):
        raise Http404
    return found


def _with_reason(
    request: HttpRequest, review: Review, act: Any, done: str, hint: str, texts: dict[str, str]
) -> HttpResponse:
    """One question, « pourquoi », then the act; a refusal is said above the form."""
    form = ReasonForm(request.POST or None, hint=hint)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            act(review=review, reason=reason, now=now(), actor=actor_of(request))
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, done)
            return redirect("reviews", year=review.case.campaign.year)
    context = {"form": form, "review": review, "campaign": review.case.campaign, **texts}
    status = REFUSED if form.errors else 200
    return render(request, "selection/review_reason.html", context, status=status)
