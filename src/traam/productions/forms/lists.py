"""The filters of the list of productions: they combine, and live in the address."""

from typing import Any

from django import forms

from traam.productions.queries.listing import ProductionOrder
from traam.productions.rules.life import ProductionState

WORDS_MAX = 200  # characters


class ListFilter(forms.Form):
    """What a reader types to narrow the list; the choices are those of what they may read."""

    q = forms.CharField(label="Mots du titre", required=False, max_length=WORDS_MAX)
    campagne = forms.ChoiceField(label="Campagne", required=False)
    theme = forms.ChoiceField(label="Thème", required=False)
    equipe = forms.ChoiceField(label="Équipe", required=False)
    discipline = forms.ChoiceField(label="Discipline", required=False)
    niveau = forms.ChoiceField(label="Niveau", required=False)
    sorte = forms.ChoiceField(label="Sorte", required=False)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "tous"), *ProductionState.choices()]
    )
    attente = forms.ChoiceField(
        label="À qui d’agir",
        required=False,
        choices=[("", "peu importe"), ("moi", "attend quelque chose de moi")],
    )
    tri = forms.ChoiceField(label="Trier par", required=False, choices=ProductionOrder.choices())

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, listed in choices.items():
            every = "tous" if name in ("theme", "niveau") else "toutes"
            fields[name].choices = [("", every), *listed]

    def chosen(self) -> dict[str, str]:
        """What was well chosen, each filter apart: one that makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrows(self) -> bool:
        return bool(set(self.chosen()) - {"tri"})
