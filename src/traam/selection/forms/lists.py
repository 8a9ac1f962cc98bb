"""The filters of the list of reviews: they combine, and live in the address."""

from typing import Any

from django import forms

from traam.kit.labels import Labelled
from traam.selection.rules.life import ReviewState

WORDS_MAX = 200  # characters


class Order(Labelled):
    """In which order the list is read; the value is part of the address."""

    STATE = "etat", "état"
    THEME = "theme", "thème"
    TITLE = "intitule", "intitulé"
    ACADEMY = "academie", "académie"
    REVIEWER = "relecteur", "relecteur·rice"
    TOTAL = "note", "note"


TO_GIVE = "a-rendre"  # two states at once, in the list of states


class ReviewFilter(forms.Form):
    """What a reader types to narrow the list; the choices are those of what they may read."""

    q = forms.CharField(label="Mots de l’intitulé", required=False, max_length=WORDS_MAX)
    theme = forms.ChoiceField(label="Thème", required=False)
    academie = forms.ChoiceField(label="Académie", required=False)
    relecteur = forms.ChoiceField(label="Relecteur·rice", required=False)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "tous"), (TO_GIVE, "à rendre (confié ou commencé)"), *ReviewState.choices()],
    )
    retard = forms.ChoiceField(
        label="Retard", required=False, choices=[("", "peu importe"), ("oui", "en retard")]
    )
    tri = forms.ChoiceField(label="Trier par", required=False, choices=Order.choices())

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, every in (("theme", "tous"), ("academie", "toutes"), ("relecteur", "toutes")):
            fields[name].choices = [("", every), *choices[name]]
        if not choices["relecteur"]:
            del fields["relecteur"]

    def chosen(self) -> dict[str, str]:
        """What was well chosen, each filter apart: one that makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrows(self) -> bool:
        return bool(set(self.chosen()) - {"tri"})
