"""What the living page of components shows: each component, its use, and its states, as written.

The specimens are templates, one file a shelf, in `kit/specimens/`; each opens with a comment
`{#= names | what it is for =#}`. Its source is at once what is shown and what is rendered, so that
the page cannot lie.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template import engines

from traam.kit.diff import words
from traam.kit.forms import DayInput
from traam.kit.maps import Area, drawn

SHELVES = ("actions", "formulaires", "reponses", "contenus", "listes")
NOW = datetime(2026, 3, 30, 16, 0, tzinfo=UTC)
AREAS = (
    Area("09", "Lille", ("59", "62"), "full", "R", "retenue"),
    Area("17", "Nantes", ("44", "49", "53", "72", "85"), "lines", "r", "en réserve"),
    Area("28", "La Réunion", ("974",), "full", "R", "retenue"),
    Area("10", "Lyon", ("01", "42", "69")),
)
_TITLE = re.compile(r"\{# (.+?) #\}")
_SPECIMEN = re.compile(r"\{#= (.+?) \| (.+?) =#\}\n")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component or a few (`names`), in one state or more; `says`: when to use it."""

    names: tuple[str, ...]
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Components that go together."""

    code: str
    title: str
    specimens: tuple[Specimen, ...]


class SpecimenForm(forms.Form):
    """A field of each kind."""

    title = forms.CharField(label="Titre", help_text="Une phrase, 120 caractères au plus.")
    mail = forms.EmailField(label="Adresse académique")
    secret = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    summary = forms.CharField(
        label="Résumé", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    cycle = forms.ChoiceField(
        label="Cycle", choices=[("", "Choisissez"), ("3", "cycle 3"), ("4", "cycle 4")]
    )
    place = forms.ChoiceField(
        label="Où l’essai a-t-il lieu ?",
        choices=[("class", "en classe"), ("home", "à la maison"), ("cdi", "au CDI")],
        widget=forms.RadioSelect,
    )
    tools = forms.MultipleChoiceField(
        label="Outils",
        choices=[("tablet", "tablette"), ("ent", "ENT"), ("video", "vidéo")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="L’inspecteur a donné son accord")
    piece = forms.FileField(label="Pièce", help_text="PDF ou ODT, 20 Mo au plus.", required=False)
    day = forms.DateField(label="Première séance", widget=DayInput)


def _environment() -> Any:
    return engines["jinja2"].env  # type: ignore[attr-defined]


@cache
def component_names() -> tuple[str, ...]:
    """The name of every component, in alphabetical order."""
    module = _environment().get_template("kit/components.html").module
    return tuple(sorted(name for name in vars(module) if not name.startswith("_")))


def shelf(code: str) -> Shelf:
    """The shelf of this code, read from its file."""
    environment = _environment()
    source = environment.loader.get_source(environment, f"kit/specimens/{code}.html")[0]
    head, *rest = _SPECIMEN.split(source)
    found = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    specimens = tuple(
        Specimen(tuple(names.split(", ")), says, body.strip()) for names, says, body in found
    )
    title = _TITLE.match(head)
    return Shelf(code, title[1] if title else code, specimens)


@cache
def _compiled(source: str) -> Any:
    imports = ", ".join(component_names())
    return _environment().from_string(
        f'{{% from "kit/components.html" import {imports} %}}{source}'
    )


def rendered(specimen: Specimen, request: HttpRequest) -> str:
    """The specimen's HTML, as the page of any part would get it."""
    return str(
        _compiled(specimen.source).render(
            request=request,
            form=SpecimenForm(auto_id="ici_%s"),
            filters=SpecimenForm(auto_id="filtre_%s"),
            chosen=SpecimenForm({"cycle": "4", "tools": ["ent"]}, auto_id="choisi_%s"),
            faulty=SpecimenForm({"title": "", "cycle": "9", "tools": ["tablet"]}),
            now=NOW,
            earlier=datetime(2026, 3, 27, 8, 0, tzinfo=UTC),
            later=datetime(2026, 4, 3, 16, 0, tzinfo=UTC),
            page_address=lambda page: f"?page={page}",
            runs=words("Lire et écrire au cycle 3.", "Lire, dire et écrire au cycle 4."),
            drawing=drawn(AREAS),
        )
    )
