"""/sante/*: is it alive, is it ready to be shown?"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from traam.catalogue.search import engine
from traam.config import demonstration, preparation
from traam.kit.refusals import Refusal

TYPE = "text/plain; charset=utf-8"


@login_not_required
def alive(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("vivant\n", content_type=TYPE)


def missing() -> list[str]:
    """What is not ready yet, in French; empty when all is."""
    if preparation.pending_migrations():
        return ["les tables ne sont pas prêtes"]
    if settings.DEMONSTRATION and not demonstration.is_loaded():
        return ["la démonstration n’est pas chargée"]
    return [] if _index_has_read_all() else ["l’index de recherche n’a pas tout lu"]


def _index_has_read_all() -> bool:
    """Looks at what was written (and builds the index where there is none), then says."""
    try:
        return bool(engine().view) and engine().caught_up()
    except Refusal:
        return False


@login_not_required
def ready(_request: HttpRequest) -> HttpResponse:
    faults = missing()
    status = 503 if faults else 200
    return HttpResponse("\n".join(faults or ["prêt"]) + "\n", content_type=TYPE, status=status)
