"""The minutes of deliberations: their versions, a new one, its files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign, Theme
from traam.documents.queries import may_be_shown, open_bytes
from traam.kit.clock import now
from traam.kit.files import file_response
from traam.kit.paper import FORMS
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions, acts
from traam.selection.forms.announcement import SessionForm
from traam.selection.models import Minutes
from traam.selection.queries import minutes as queries
from traam.selection.views.finding import campaign_of

REFUSED = 400


@require_safe
@right_required(queries.FOLLOWS)
def minutes_list(request: HttpRequest, year: str) -> HttpResponse:
    """The themes whose minutes the reader keeps, with their last version."""
    actor, campaign = actor_of(request), campaign_of(request, year)
    themes, closed = queries.kept_themes(actor, campaign)
    latest = queries.latest(campaign)
    context = {
        "campaign": campaign,
        "rows": [(one, latest.get(one.pk)) for one in themes],
        "closed": closed,
        "is_pilot": queries.is_pilot(actor),
        "arbitration": latest.get(None),
        "now": now(),
    }
    return render(request, "selection/minutes_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(queries.FOLLOWS)
def minutes_write(request: HttpRequest, year: str) -> HttpResponse:
    """Who was there, then the minutes as things stand; the versions before."""
    actor, campaign, instant = actor_of(request), campaign_of(request, year), now()
    theme = _theme(request, campaign)
    session = queries.usual_session(campaign, theme, acts.day_of(instant))
    initial = session.as_data() | {"held_on": session.held_on}
    form = SessionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_minutes(
                campaign=campaign, theme=theme, session=form.session(), now=instant, actor=actor
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"Le procès-verbal est rédigé (version {made.number}).")
            return redirect(request.get_full_path())
    context = {
        "campaign": campaign,
        "theme": theme,
        "form": form,
        "versions": list(queries.versions(campaign, theme)),
        "now": instant,
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/minutes_write.html", context, status=status)


def _theme(request: HttpRequest, campaign: Campaign) -> Theme | None:
    """The theme named in the address, None for the arbitration; for who keeps its minutes. Raises
    Http404."""
    code = request.GET.get("theme", "")
    theme = Theme.objects.filter(campaign=campaign, code=code).first() if code else None
    if (code and theme is None) or not queries.may_keep(actor_of(request), theme):
        raise Http404
    return theme


@require_safe
@right_required(queries.FOLLOWS)
def minutes_file(request: HttpRequest, key: int, form: str) -> HttpResponse:
    """A version of minutes, as PDF or as ODT."""
    rows = Minutes.objects.select_related("pdf", "odt", "theme", "campaign")
    found = rows.filter(pk=key).first()
    if found is None or form not in FORMS or not queries.may_keep(actor_of(request), found.theme):
        raise Http404
    file = found.pdf if form == "pdf" else found.odt
    if not may_be_shown(file.digest):
        raise Http404
    where = found.theme.code if found.theme else f"arbitrage-{found.campaign.year}"
    name = f"proces-verbal-{where}-v{found.number}.{form}"
    with open_bytes(file.digest) as content:
        return file_response(content.read(), media_type=FORMS[form][0], name=name)
