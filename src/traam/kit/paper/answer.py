"""A paper as the answer to a request."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from traam.kit.files import file_response
from traam.kit.paper.blocks import Paper
from traam.kit.paper.odt import to_odt
from traam.kit.paper.pdf import to_pdf

FORMS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", to_pdf),
    "odt": ("application/vnd.oasis.opendocument.text", to_odt),
}


def paper_response(paper: Paper, form: str, name: str) -> HttpResponse:
    """The paper as « pdf » or « odt », saved as `name` with its ending; 404 for another form."""
    if form not in FORMS:
        raise Http404("Ce document existe en PDF et en ODT.")
    media_type, write = FORMS[form]
    return file_response(write(paper), media_type=media_type, name=f"{name}.{form}")
