"""The pages that a public site owes its visitors: help, accessibility, law, data, cookies, plan."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.kit.layout import find

DECLARED_ON = date(2026, 11, 22)  # when the accessibility declaration was last written
PLAN: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Trouver une ressource",
        (
            ("Accueil", "home"),
            ("Rechercher dans le catalogue", "search"),
            ("Les campagnes, année par année", "campaigns"),
            ("Les synthèses et leurs constats", "public_syntheses"),
            ("Les indicateurs de chaque campagne", "indicators"),
            ("Les académies", "academies"),
            ("Aide", "help"),
        ),
    ),
    (
        "Votre espace",
        (("Se connecter", "sign_in"),),
    ),
    (
        "Le site et vos droits",
        (
            ("Déclaration d’accessibilité", "accessibility"),
            ("Mentions légales", "legal"),
            ("Données personnelles", "personal_data"),
            ("Cookies", "cookies"),
        ),
    ),
)


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    return render(request, f"catalogue/house_{name}.html", context, using="jinja2")


@login_not_required
@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration, in the mandatory format: not compliant until an audit says otherwise."""
    return _page(request, "accessibility", contact=settings.CONTACT, declared_on=DECLARED_ON)


@login_not_required
@require_safe
def show_legal(request: HttpRequest) -> HttpResponse:
    """Publisher, hosting, licences."""
    return _page(
        request,
        "legal",
        contact=settings.CONTACT,
        director=getattr(settings, "PUBLICATION_DIRECTOR", ""),
        hosting=getattr(settings, "HOSTING", ""),
    )


@login_not_required
@require_safe
def show_personal_data(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, for whom, for how long."""
    return _page(request, "personal_data", contact=settings.CONTACT)


@login_not_required
@require_safe
def show_cookies(request: HttpRequest) -> HttpResponse:
    """The three cookies of a signed-in person; none is set for a visitor."""
    return _page(
        request,
        "cookies",
        session=settings.SESSION_COOKIE_NAME,
        csrf=settings.CSRF_COOKIE_NAME,
        hours=settings.SESSION_COOKIE_AGE // 3600,
    )


@login_not_required
@require_safe
def show_site_map(request: HttpRequest) -> HttpResponse:
    """Every public page; those that do not exist yet are left out."""
    plan = [
        (title, [(label, find(name)) for label, name in pages if find(name)])
        for title, pages in PLAN
    ]
    return _page(request, "site_map", plan=[(title, pages) for title, pages in plan if pages])


@login_not_required
@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    """How to search, read, cite and harvest."""
    return _page(
        request,
        "help",
        contact=settings.CONTACT,
        naan=settings.NAAN,
        search=find("search"),
        oai=find("oai"),
        openapi=find("api-1.0.0:openapi-json") or "/api/v1/openapi.json",
        is_demonstration=settings.DEMONSTRATION,
    )
