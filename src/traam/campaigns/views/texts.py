"""The cahier des charges and the themes of a campaign: read, written, compared, signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.place import Place
from traam.access.sentences import who_may
from traam.access.web import actor_of, get_or_404, require
from traam.campaigns import actions, prepared, queries, theme_forms
from traam.campaigns.actions import Outdated
from traam.campaigns.contents import names, theme_text
from traam.campaigns.forms import BriefForm
from traam.campaigns.models import Campaign, Theme, campaign_flags
from traam.campaigns.rule_forms import kept_rows, one_more, tell_rows
from traam.campaigns.rules.life import CALL_OPENED_ON
from traam.campaigns.rules.signing import TextState
from traam.campaigns.rules.texts import AxisText, ThemeText, numbers_said
from traam.campaigns.text_pages import text_page
from traam.campaigns.theme_forms import AxisRows, PersonForm, ThemeForm
from traam.campaigns.views.doors import REFUSED, brief_of, campaign_of, plain_act, reader, theme_of
from traam.kit.clock import now
from traam.kit.diff import words as difference_of
from traam.kit.refusals import NotAllowed, Refusal
from traam.people import actions as people
from traam.people.reach import Limits
from traam.reference.queries import vocabulary


@require_safe
def brief_show(request: HttpRequest, year: str) -> HttpResponse:
    """The cahier des charges, what differs from what was signed, who may do what."""
    actor, brief = actor_of(request), brief_of(request, year)
    context = {
        "brief": brief,
        "campaign": brief.campaign,
        "page": text_page(brief, actor),
        "commitments": brief.campaign.call_rules.commitments,
        "now": now(),
    }
    return render(request, "campaigns/brief_show.html", context | reader(actor))


@require_http_methods(["GET", "HEAD", "POST"])
def brief_edit(request: HttpRequest, year: str) -> HttpResponse:
    """Write it, see it before keeping it; when someone else wrote too, both texts are shown."""
    actor, brief = actor_of(request), brief_of(request, year, "brief.edit")
    initial = {"text": brief.text, "version": brief.version}
    form = BriefForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"preview": None, "rival": None, "difference": ()}
    status = 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if "apercu" in request.POST:
            context["preview"] = typed["text"]
        else:
            try:
                actions.write_brief(campaign=brief.campaign, now=now(), actor=actor, **typed)
            except Outdated as outdated:
                form = BriefForm(_with_version(request, outdated.present.version))
                form.is_valid()
                form.add_error(None, outdated.reasons)
                present = brief_of(request, year)
                written = typed["text"].replace("\r\n", "\n").strip()
                runs = difference_of(present.text, written)
                context |= {"rival": present, "difference": runs}
            except Refusal as refusal:
                if isinstance(refusal, NotAllowed):
                    raise
                form.add_error(None, refusal.reasons)
            else:
                messages.success(request, "Le cahier des charges est enregistré.")
                return redirect("brief_show", year=year)
    if form.errors:
        status = REFUSED
    context |= {"form": form, "brief": brief, "campaign": brief.campaign} | reader(actor)
    return render(request, "campaigns/brief_edit.html", context, status=status)


def _with_version(request: HttpRequest, version: int) -> Any:
    """What was typed, over the version that is there now: kept once its writer has seen it."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


@require_safe
def theme_show(request: HttpRequest, code: str) -> HttpResponse:
    """A theme being prepared: its text, its people, its signatures, its adoptions."""
    actor, instant = actor_of(request), now()
    theme = get_or_404(
        prepared.for_page().exclude(state=TextState.ARCHIVED), actor, "theme.read", code=code
    )
    context = {
        "theme": theme,
        "said": theme_text(theme),
        "numbers": numbers_said(theme_text(theme)),
        "page": text_page(theme, actor),
        "people": queries.theme_people(theme, prepared.today(instant)),
        "adoptions": _adoptions(theme, actor),
        "may_name": actor.allows("mandate.grant"),
        "who_names": who_may("mandate.grant"),
        "is_public": theme in Theme.objects.public().filter(pk=theme.pk),
        "now": instant,
    }
    return render(request, "campaigns/theme_show.html", context | reader(actor))


def _adoptions(theme: Theme, actor: Any) -> list[dict[str, Any]]:
    """For a transversal theme, each discipline: adopted by whom, or who may adopt."""
    if not theme.transversal:
        return []
    adopted = {one.discipline: one for one in theme.adoptions.all()}
    ready = theme.state not in (TextState.DRAFT, TextState.WITHDRAWN)
    is_over = theme.campaign.state in CALL_OPENED_ON
    return [
        {
            "term": term,
            "adoption": adopted.get(term.code),
            "may": ready and actor.allows("theme.adopt", Place(disciplines=frozenset({term.code}))),
            "is_over": is_over,
        }
        for term in theme.terms.all()
        if term.scheme == "disciplines"
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def theme_create(request: HttpRequest, year: str) -> HttpResponse:
    """A new theme, by the pilot, who then names its experts and its inspectors general."""
    actor, campaign = actor_of(request), campaign_of(request, year)
    place = Place(state=TextState.DRAFT, flags=campaign_flags(campaign.state))
    require(actor, "theme.edit", place)

    def keep(facts: ThemeText, version: int) -> Theme:
        return actions.add_theme(campaign=campaign, facts=facts, now=now(), actor=actor)

    return _theme_form(request, campaign, None, keep)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write the theme; when someone else wrote too, both texts are shown."""
    actor, theme = actor_of(request), theme_of(request, code, "theme.edit")

    def keep(facts: ThemeText, version: int) -> Theme:
        return actions.change_theme(
            theme=theme, facts=facts, version=version, now=now(), actor=actor
        )

    return _theme_form(request, theme.campaign, theme, keep)


def _theme_form(
    request: HttpRequest, campaign: Campaign, theme: Theme | None, keep: Any
) -> HttpResponse:
    said = theme_text(theme) if theme else ThemeText(title="", axes=(AxisText(""),) * 3)
    earlier = list(
        Theme.objects.living()
        .exclude(campaign=campaign)
        .select_related("campaign")
        .order_by("-campaign__last_year", "title", "pk")
    )
    if theme and theme.continues and theme.continues not in earlier:
        earlier.append(theme.continues)
    known: dict[str, Any] = {"words": vocabulary(), "earlier": earlier}
    rows_known: dict[str, Any] = {"prefix": "axes", "initial": theme_forms.axes_of(said)}
    initial = theme_forms.initial_of(said, theme.version if theme else 0)
    context: dict[str, Any] = {"campaign": campaign, "theme": theme, "rivals": (), "present": None}
    if request.method != "POST":
        form, axes = ThemeForm(initial=initial, **known), AxisRows(**rows_known)
        return _form_page(request, context, form, axes, 200)
    if "ajouter" in request.POST:
        axes = AxisRows(one_more(request.POST, "axes"), prefix="axes")
        form = ThemeForm(request.POST, **known)
        return _form_page(request, context | {"is_quiet": True}, form, axes, 200)
    form, axes = ThemeForm(request.POST, **known), AxisRows(request.POST, prefix="axes")
    if all((form.is_valid(), axes.is_valid())):
        facts = form.facts(kept_rows(axes))
        try:
            kept = keep(facts, form.cleaned_data["version"] or 0)
        except Outdated as outdated:
            form = ThemeForm(_with_version(request, outdated.present.version), **known)
            form.is_valid()
            form.add_error(None, outdated.reasons)
            present = Theme.objects.select_related("changed_by").get(pk=outdated.present.pk)
            context |= {"rivals": _rivals(theme_text(present), facts), "present": present}
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Le thème est enregistré.")
            return redirect("theme_show", code=kept.code)
    else:
        tell_rows(form, axes, "Axe")
    return _form_page(request, context, form, axes, REFUSED)


def _form_page(
    request: HttpRequest, context: dict[str, Any], form: ThemeForm, axes: Any, status: int
) -> HttpResponse:
    context = {"is_quiet": False} | context | {"form": form, "axes": axes}
    context |= reader(actor_of(request))
    return render(request, "campaigns/theme_edit.html", context, status=status)


def _rivals(theirs: ThemeText, mine: ThemeText) -> list[tuple[str, str, Any]]:
    """Each part that both wrote otherwise: its name, their words, and what leads to mine."""
    labels = names()
    found = []
    for name, label in theme_forms.LABELS.items():
        before, after = (_shown(getattr(text, name), labels) for text in (theirs, mine))
        if before != after:
            found.append((label, before, difference_of(before, after)))
    return found


def _shown(value: Any, labels: dict[str, str]) -> str:
    if isinstance(value, tuple):
        parts = [
            f"{one.title}\n{one.text}".strip()
            if isinstance(one, AxisText)
            else str(labels.get(one, one))
            for one in value
        ]
        return "\n".join(parts)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else str(value)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_people(request: HttpRequest, code: str) -> HttpResponse:
    """Name an expert or an inspector general on the theme: the mandate is given at once."""
    actor, theme = actor_of(request), theme_of(request, code)
    require(actor, "mandate.grant")
    form = PersonForm(request.POST or None, words=vocabulary())
    if request.method == "POST" and form.is_valid():
        typed, instant = form.cleaned_data, now()
        academies = frozenset({typed["academy"]} - {""})
        limits = Limits(themes=frozenset({theme.code}), academies=academies)
        try:
            people.grant(
                person=typed["email"],
                role=typed["role"],
                limits=limits,
                starts_on=prepared.today(instant),
                ends_on=None,
                now=instant,
                actor=actor,
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"{typed['email']} est nommé·e sur ce thème.")
            return redirect("theme_show", code=code)
    context = {
        "theme": theme,
        "form": form,
        "people": queries.theme_people(theme, prepared.today(now())),
    }
    status = REFUSED if form.errors else 200
    return render(request, "campaigns/theme_people.html", context | reader(actor), status=status)


@require_POST
def theme_person_end(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Take someone off the theme: this mandate ends today."""
    actor, theme = actor_of(request), theme_of(request, code)
    held = queries.theme_people(theme, prepared.today(now()))
    mandate = next((one for one in (*held.experts, *held.inspectors) if one.pk == key), None)
    if mandate is None:
        return redirect("theme_people", code=code)
    return plain_act(
        request,
        act=lambda: people.end(mandate=mandate, on=prepared.today(now()), now=now(), actor=actor),
        said=f"{mandate.person} n’est plus sur ce thème.",
        back=reverse("theme_people", kwargs={"code": code}),
    )
