"""The public API, read only: the search's own filters, and one notice.

No documentation page: Swagger's needs styles that the site's content policy forbids; the contract
is `/api/v1/openapi.json`.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import wraps
from typing import Annotated, Any, Literal

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Query, Schema, Status
from ninja.errors import ValidationError
from pydantic import Field, StringConstraints

from traam.catalogue.models import Notice
from traam.catalogue.search import FACETS, Hit, Request, Results, engine, parse
from traam.catalogue.search.request import SORTS, TEXT_MAX, VALUE_MAX, VALUES_MAX
from traam.dissemination import notices
from traam.dissemination.site import Site, site_of
from traam.dissemination.views import open_to_all

LIMIT_MAX = 100
PAGE_MAX = 10_000
Code = Annotated[str, StringConstraints(max_length=VALUE_MAX)]
Codes = Annotated[list[Code], Field(max_length=VALUES_MAX)]
Sort = Literal["pertinence", "recent", "ancien", "titre"]


class Filters(Schema):
    """What can be asked: repeated values of a facet widen it, facets narrow each other."""

    q: Annotated[str, StringConstraints(max_length=TEXT_MAX)] = ""
    discipline: Codes = []
    niveau: Codes = []
    cycle: Codes = []
    academie: Codes = []
    annee: Codes = []
    theme: Codes = []
    competence: Codes = []
    outil: Codes = []
    type: Codes = []
    tri: Sort = "pertinence"
    page: Annotated[int, Field(ge=1, le=PAGE_MAX)] = 1
    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX)] = 20


class FacetValue(Schema):
    code: str
    label: str
    count: int
    selected: bool


class FacetCounts(Schema):
    label: str
    values: list[FacetValue]


class NoticeLine(Schema):
    ark: str
    url: str
    api_url: str
    title: str
    title_is_exact: bool
    certainty: str
    kind: str
    academies: list[str]
    disciplines: list[str]
    level: str
    year: str
    summary: str
    is_demonstration: bool
    is_archive: bool


class NoticeList(Schema):
    count: int
    next: str | None
    facets: dict[str, FacetCounts]
    results: list[NoticeLine]


class VersionLine(Schema):
    version: int
    act: str
    act_label: str
    datestamp: str
    reason: str
    digest: str


class NoticeDocument(Schema):
    ark: str
    identifier: str
    url: str
    oai_identifier: str
    is_withdrawn: bool
    first_published_at: str
    record: dict[str, Any]
    versions: list[VersionLine]


class Fault(Schema):
    champ: str
    message: str
    accepte: str


class Faults(Schema):
    message: str
    erreurs: list[Fault]


class Missing(Schema):
    message: str


class PublicApi(NinjaAPI):
    """Every answer may be read from any site."""

    def create_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return open_to_all(super().create_response(*args, **kwargs))


def _public(view: Any) -> Any:
    @wraps(view, updated=())
    def public(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return open_to_all(view(request, *args, **kwargs))

    return login_not_required(public)


api = PublicApi(
    title="TraAM : catalogue",
    version="1",
    description="Les notices publiées des travaux académiques mutualisés. Lecture seule.",
    docs_url=None,
    docs_decorator=_public,
    urls_namespace="api",
)

ACCEPTED: Mapping[str, str] = {
    "q": f"un texte de {TEXT_MAX} caractères au plus",
    "tri": ", ".join(SORTS),
    "page": f"un nombre entier de 1 à {PAGE_MAX}",
    "limit": f"un nombre entier de 1 à {LIMIT_MAX}",
    **dict.fromkeys(
        FACETS, f"au plus {VALUES_MAX} codes de {VALUE_MAX} caractères au plus, lus dans « facets »"
    ),
}


@api.exception_handler(ValidationError)
def _refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: each wrong parameter, and what it accepts."""
    fields = dict.fromkeys(_field(one["loc"]) for one in error.errors)
    faults = [
        {
            "champ": field,
            "message": f"La valeur de « {field} » n’est pas acceptée.",
            "accepte": ACCEPTED.get(field, ""),
        }
        for field in fields
    ]
    data = {"message": "La demande n’est pas acceptée.", "erreurs": faults}
    return api.create_response(request, data, status=422)


def _field(location: tuple[Any, ...]) -> str:
    return next((str(part) for part in location if part in ACCEPTED), str(location[-1]))


def _line(hit: Hit, site: Site) -> dict[str, Any]:
    path = reverse("api:notice", kwargs={"ark": hit.ark})
    return {**hit.data, "ark": hit.ark, "url": site.notice(hit.ark), "api_url": site.base + path}


def _following(asked: Request, results: Results, *, limit: int, site: Site) -> str | None:
    if results.page >= results.pages:
        return None
    query = replace(asked, page=results.page + 1).address()
    return f"{site.base}{reverse('api:notices')}?{query}&limit={limit}"


@api.get(
    "/notices",
    response={200: NoticeList, 422: Faults},
    url_name="notices",
    summary="Chercher des notices",
)
def list_notices(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Les filtres et les tris de la recherche ; les valeurs des facettes sont des codes."""
    site = site_of(request)
    asked = replace(parse(filters.dict()), per_page=filters.limit)
    results = engine().search(asked)
    return {
        "count": results.total,
        "next": _following(asked, results, limit=filters.limit, site=site),
        "facets": {
            facet.name: {"label": facet.label, "values": facet.counts} for facet in results.facets
        },
        "results": [_line(hit, site) for hit in results.hits],
    }


@api.get(
    "/notices/{ark}",
    response={200: NoticeDocument, 404: Missing, 410: NoticeDocument, 422: Faults},
    url_name="notice",
    summary="Lire une notice et ses versions",
)
def read_notice(request: HttpRequest, ark: str) -> Status[Any]:
    """Une notice retirée répond 410 : il en reste le titre, la date et la raison du retrait."""
    versions = list(Notice.objects.filter(ark=ark).order_by("-version", "pk")) if _sane(ark) else []
    if not versions:
        return Status(404, notices.unknown(ark))
    status = 410 if notices.is_withdrawn(versions) else 200
    return Status(status, notices.document(versions, site=site_of(request)))


def _sane(ark: str) -> bool:
    return "\x00" not in ark
