"""The acts on a text that two sides sign: each by POST, from the page of the text."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from traam.access.web import actor_of
from traam.campaigns import actions
from traam.campaigns.models import Theme
from traam.campaigns.rules.signing import Side
from traam.campaigns.views.doors import Text, brief_of, plain_act, reasoned_act, theme_of
from traam.kit.clock import now
from traam.kit.refusals import Refusal


def _text(request: HttpRequest, code: str, year: str) -> Text:
    return theme_of(request, code) if code else brief_of(request, year)


def _page(text: Text) -> str:
    if isinstance(text, Theme):
        return reverse("theme_show", kwargs={"code": text.code})
    return reverse("brief_show", kwargs={"year": text.campaign.year})


def _named(text: Text) -> str:
    return (
        f"Le thème « {text.shown_title} »" if isinstance(text, Theme) else "Le cahier des charges"
    )


def _side(request: HttpRequest) -> Side:
    try:
        return Side(request.POST.get("side", ""))
    except ValueError:
        raise Refusal("Dites pour qui vous signez : la DNE, ou l’inspection générale.") from None


@require_POST
def submit(request: HttpRequest, code: str = "", year: str = "") -> HttpResponse:
    text = _text(request, code, year)
    return plain_act(
        request,
        act=lambda: actions.submit_text(text=text, now=now(), actor=actor_of(request)),
        said=f"{_named(text)} est soumis : les signataires en sont avertis.",
        back=_page(text),
    )


@require_POST
def take_back(request: HttpRequest, code: str = "", year: str = "") -> HttpResponse:
    text = _text(request, code, year)
    return plain_act(
        request,
        act=lambda: actions.take_back_text(text=text, now=now(), actor=actor_of(request)),
        said=f"{_named(text)} est de nouveau un brouillon ; qui l’avait signé en est averti.",
        back=_page(text),
    )


@require_POST
def sign(request: HttpRequest, code: str = "", year: str = "") -> HttpResponse:
    text, side = _text(request, code, year), _side(request)
    digest = request.POST.get("digest", "")
    return plain_act(
        request,
        act=lambda: actions.sign_text(
            text=text, side=side, digest=digest, now=now(), actor=actor_of(request)
        ),
        said=f"{_named(text)} est signé pour {side.label}.",
        back=_page(text),
    )


@require_POST
def unsign(request: HttpRequest, code: str = "", year: str = "") -> HttpResponse:
    text, side = _text(request, code, year), _side(request)
    return reasoned_act(
        request,
        title="Reprendre une signature",
        act=lambda typed: actions.unsign_text(
            text=text, side=side, reason=typed["reason"], now=now(), actor=actor_of(request)
        ),
        said=f"La signature pour {side.label} est reprise.",
        back=_page(text),
        kept={"side": side.value},
    )


@require_POST
def withdraw(request: HttpRequest, code: str = "", year: str = "") -> HttpResponse:
    text = _text(request, code, year)
    return reasoned_act(
        request,
        title=f"Retirer {_named(text)[:1].lower()}{_named(text)[1:]}",
        act=lambda typed: actions.withdraw_text(
            text=text, reason=typed["reason"], now=now(), actor=actor_of(request)
        ),
        said=f"{_named(text)} est retiré ; qui l’avait signé en est averti.",
        back=_page(text),
    )


@require_POST
def restore(request: HttpRequest, code: str = "", year: str = "") -> HttpResponse:
    text = _text(request, code, year)
    return reasoned_act(
        request,
        title=f"Rétablir {_named(text)[:1].lower()}{_named(text)[1:]}",
        act=lambda typed: actions.restore_text(
            text=text, reason=typed["reason"], now=now(), actor=actor_of(request)
        ),
        said=f"{_named(text)} est rétabli, en brouillon : il se soumet de nouveau.",
        back=_page(text),
    )


@require_POST
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    theme = theme_of(request, code)
    discipline = request.POST.get("discipline", "")
    return plain_act(
        request,
        act=lambda: actions.adopt(
            theme=theme, discipline=discipline, now=now(), actor=actor_of(request)
        ),
        said="Le thème est adopté pour cette discipline.",
        back=_page(theme),
    )


@require_POST
def withdraw_adoption(request: HttpRequest, code: str) -> HttpResponse:
    theme = theme_of(request, code)
    discipline = request.POST.get("discipline") or request.GET.get("discipline", "")
    return reasoned_act(
        request,
        title="Retirer l’adoption de ce thème",
        act=lambda typed: actions.withdraw_adoption(
            theme=theme,
            discipline=discipline,
            reason=typed["reason"],
            now=now(),
            actor=actor_of(request),
        ),
        said="Cette discipline n’adopte plus le thème.",
        back=_page(theme),
        kept={"discipline": discipline},
    )
