"""The filters of the list of applications: they combine, and live in the address."""

from typing import Any

from django import forms

from traam.applications.rules.life import ApplicationState
from traam.kit.labels import Labelled

WORDS_MAX = 200  # characters


class Order(Labelled):
    """In which order the list is read; the value is part of the address."""

    LATEST = "recent", "dernier changement"
    THEME = "theme", "thème"
    ACADEMY = "academie", "académie"
    RANK = "rang", "académie, puis rang"
    STATE = "etat", "état"
    TITLE = "intitule", "intitulé"


class Waiting(Labelled):
    """Whose turn it is."""

    MINE = "moi", "attend quelque chose de moi"
    OTHERS = "autres", "attend quelqu’un d’autre"


class ListFilter(forms.Form):
    """What a reader types to narrow the list; the choices are those of what they may read."""

    q = forms.CharField(label="Mots de l’intitulé", required=False, max_length=WORDS_MAX)
    campagne = forms.ChoiceField(label="Campagne", required=False)
    theme = forms.ChoiceField(label="Thème", required=False)
    academie = forms.ChoiceField(label="Académie", required=False)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "tous"), *ApplicationState.choices()]
    )
    attente = forms.ChoiceField(
        label="À qui d’agir", required=False, choices=[("", "peu importe"), *Waiting.choices()]
    )
    tri = forms.ChoiceField(label="Trier par", required=False, choices=Order.choices())

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, every in (("campagne", "toutes"), ("theme", "tous"), ("academie", "toutes")):
            fields[name].choices = [("", every), *choices[name]]

    def chosen(self) -> dict[str, str]:
        """What was well chosen, each filter apart: one that makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrows(self) -> bool:
        return bool(set(self.chosen()) - {"tri"})
