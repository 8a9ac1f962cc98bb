"""A small site of its own, so that the layout and the refusals are tested without any stage."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseGone
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move
from traam.kit.refusals import NotAllowed, Refusal, Unknown

View = Callable[[HttpRequest], HttpResponse]


class Door(Labelled):
    OPEN = "open", "ouverte"
    SHUT = "shut", "fermée"


LIFE = Machine(Door.SHUT, {"open": Move(frozenset({Door.SHUT}), Door.OPEN, "ouvrir")})


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/components_show.html", {"shelves": []}, using="jinja2")


def raising(error: Exception) -> View:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


@login_not_required
def write(request: HttpRequest) -> HttpResponse:
    """Writes to a table of the domain."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET name = ''")
    return HttpResponse("fait")


@login_not_required
def move(request: HttpRequest) -> HttpResponse:
    LIFE.after(Door.OPEN, "open")
    return HttpResponse("fait")


@login_not_required
def say(request: HttpRequest) -> HttpResponse:
    messages.success(request, "C’est <b>fait</b>.")
    return redirect("home")


NAMED = {
    "": "home",
    "catalogue/": "search",
    "campagnes/": "campaigns",
    "connexion/": "sign_in",
    "deconnexion/": "sign_out",
    "tableau-de-bord/": "dashboard",
    "accessibilite/": "accessibility",
}
urlpatterns = [
    *(path(where, show, name=name) for where, name in NAMED.items()),
    path("", include("traam.kit.urls")),
    path("refuse/droit", raising(PermissionDenied("Seul le DAN de Lille peut <viser>."))),
    path("refuse/droit-nu", raising(PermissionDenied())),
    path("refuse/action", raising(Refusal("Le titre « x » est trop court.", "Autre raison."))),
    path("refuse/interdit", raising(NotAllowed("Seul un pilote national peut publier."))),
    path("refuse/inconnu", raising(Unknown("Cette notice est un brouillon."))),
    path("refuse/suspect", raising(SuspiciousOperation("english words for the logs"))),
    path("refuse/etat", csrf_exempt(move)),
    path("refuse/panne", raising(ZeroDivisionError("secret detail"))),
    path("refuse/retire", login_not_required(lambda request: HttpResponseGone())),
    path("refuse/methode", login_not_required(require_POST(show))),
    path("refuse/formulaire", show),
    path("refuse/ecrire", csrf_exempt(write)),
    path("refuse/page", login_not_required(lambda request: HttpResponse('<p style="x">x</p>'))),
    path("dire", say),
]
handler400 = "traam.kit.errors.bad_request"
handler403 = "traam.kit.errors.forbidden"
handler404 = "traam.kit.errors.not_found"
handler500 = "traam.kit.errors.server_error"
