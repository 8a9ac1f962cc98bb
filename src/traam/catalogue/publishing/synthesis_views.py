"""The two acts on syntheses that write a notice: publish, and an erratum."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, require
from traam.catalogue.publishing.syntheses import publish_erratum, publish_synthesis
from traam.kit.clock import now
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.syntheses.models import Synthesis
from traam.syntheses.queries.contents import right_of
from traam.syntheses.views.looking import synthesis_of

REFUSED = 400


class ErratumForm(forms.Form):
    """What is corrected."""

    text = forms.CharField(
        label="Erratum",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Le texte signé reste tel quel ; l’erratum paraît à côté, daté. "
        "Par exemple « Lire “5e” au lieu de “6e” dans le deuxième constat. »",
        error_messages={"required": "Écrivez ce qu’il faut lire, et au lieu de quoi."},
    )


def _may(request: HttpRequest, code: str, verb: str) -> Synthesis:
    """The synthesis, over which the reader may do this. Raises Http404 or `NotAllowed`."""
    found = synthesis_of(request, code)
    require(actor_of(request), right_of(found.kind, verb), found.place())
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What will be public, then one button."""
    found = _may(request, code, "publish")
    context: dict[str, Any] = {"synthesis": found, "why": []}
    if request.method == "POST":
        try:
            publish_synthesis(synthesis=found, now=now(), actor=actor_of(request))
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            context["why"] = refusal.reasons
        else:
            messages.success(request, "C’est publié : chaque constat mène à ses observations.")
            return redirect("synthesis", code=code)  # where it is sent from
    status = REFUSED if context["why"] else 200
    return render(request, "catalogue/synthesis_publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """An erratum to a published synthesis."""
    found = _may(request, code, "correct")
    form = ErratumForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            publish_erratum(synthesis=found, text=text, now=now(), actor=actor_of(request))
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "L’erratum est publié ; qui a reçu la synthèse l’apprend.")
            return redirect("public_synthesis", ark=found.ark)
    status = REFUSED if form.errors else 200
    context = {"synthesis": found, "form": form}
    return render(request, "catalogue/synthesis_erratum.html", context, status=status)
