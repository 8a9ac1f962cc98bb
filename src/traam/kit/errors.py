"""Error pages: what happened, what to do now, and the request's number to quote.

A browser gets a page, htmx a fragment, a program that asks for JSON gets JSON. None needs the
database by itself; the page of our own faults (500) does not even look at who is here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from traam.kit.layout import Layout, bare, layout


@dataclass(frozen=True, slots=True)
class Problem:
    """What a status says to a person: a title, what happened, what to do now."""

    title: str
    text: str
    advice: str


PROBLEMS: dict[int, Problem] = {
    400: Problem(
        "Demande refusée",
        "Le site n’a pas pu donner suite à cette demande : elle est incomplète ou mal formée.",
        "Revenez à la page précédente, vérifiez ce que vous avez saisi, puis recommencez.",
    ),
    403: Problem(
        "Accès refusé",
        "Vous n’avez pas le droit de voir ou de faire ce que vous demandez.",
        "Si cela vous revient, écrivez à l’équipe du service pour que votre mandat soit vérifié.",
    ),
    404: Problem(
        "Page introuvable",
        "Aucune page ne se trouve à cette adresse, ou vous ne pouvez pas la voir.",
        "Vérifiez l’adresse si vous l’avez tapée, ou cherchez la ressource dans le catalogue.",
    ),
    405: Problem(
        "Méthode refusée",
        "Cette adresse existe, mais pas pour ce genre de demande.",
        "Repartez de la page qui vous a mené ici, par ses liens et ses boutons.",
    ),
    409: Problem(
        "L’état a changé entre-temps",
        "Ce que vous demandez n’est plus possible dans l’état présent.",
        "Rechargez la page pour voir l’état présent et ce qu’il permet.",
    ),
    410: Problem(
        "Page retirée",
        "Ce qui se trouvait à cette adresse a été retiré et ne reviendra pas.",
        "Cherchez dans le catalogue une ressource proche.",
    ),
    413: Problem(
        "Envoi trop lourd",
        "Ce que vous avez envoyé dépasse la taille acceptée.",
        "Allégez le fichier ou envoyez-le en plusieurs fois.",
    ),
    429: Problem(
        "Trop de demandes",
        "Vous avez fait trop de demandes en peu de temps ; le site vous fait patienter.",
        "Attendez quelques minutes, puis recommencez.",
    ),
    500: Problem(
        "Le site a rencontré une erreur",
        "L’erreur vient du site, pas de vous. Elle est enregistrée.",
        "Recommencez dans quelques minutes. Si l’erreur revient, écrivez-nous en citant le numéro "
        "ci-dessous.",
    ),
}
CSRF = Problem(
    "Formulaire à renvoyer",
    "Le site n’a pas pu vérifier que ce formulaire venait bien de vous : la page était ouverte "
    "depuis longtemps, ou votre navigateur refuse les cookies de ce site.",
    "Revenez à la page du formulaire, rechargez-la, puis envoyez de nouveau. Rien n’a été "
    "enregistré.",
)


def request_number(request: HttpRequest) -> str:
    """The number given by `RequestNumber`, or "" when the fault came before it."""
    return str(request.META.get("traam.request_number", ""))


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _respond(
    request: HttpRequest, status: int, problem: Problem, reasons: Sequence[str], chrome: Layout
) -> HttpResponse:
    context = {
        "problem": problem,
        "status": status,
        "reasons": list(reasons),
        "number": request_number(request),
        "chrome": chrome,
    }
    fragment = request.headers.get("HX-Request") == "true"
    name = "kit/_error.html" if fragment else "kit/error.html"
    return HttpResponse(
        loader.render_to_string(name, context, request, using="jinja2"), status=status
    )


def refuse(
    request: HttpRequest,
    *,
    status: int,
    reasons: Sequence[str] = (),
    problem: Problem | None = None,
) -> HttpResponse:
    """The answer that says no: `reasons`, French sentences, take the place of the usual text."""
    said = problem or PROBLEMS[status]
    if _wants_json(request):
        error = " ".join(reasons) or f"{said.title} : {said.text}"
        return JsonResponse({"erreur": error, "numero": request_number(request)}, status=status)
    return _respond(request, status, said, reasons, layout(request))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says nothing of the exception, whose English words are for the logs."""
    too_big = isinstance(exception, RequestDataTooBig)
    return refuse(request, status=413 if too_big else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says why and who may: the message of our `PermissionDenied`."""
    reason = str(exception or "")
    return refuse(request, status=403, reasons=[reason] if reason else [])


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refuse(request, status=403, problem=CSRF)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of our own faults, and a bare line where even that page cannot be made."""
    problem, number = PROBLEMS[500], request_number(request)
    if _wants_json(request):
        error = f"{problem.title}. {problem.text}"
        return JsonResponse({"erreur": error, "numero": number}, status=500)
    try:
        return _respond(request, 500, problem, [], bare(request))
    except Exception:  # whatever broke the page, the person still gets a number to quote
        line = f"{problem.title}. {problem.text} Numéro de la demande : {number}."
        return HttpResponse(line, status=500, content_type="text/plain; charset=utf-8")
