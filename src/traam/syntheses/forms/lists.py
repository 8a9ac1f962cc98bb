"""The filters of the list of syntheses: they combine, and live in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms

from traam.kit.lists import well_chosen
from traam.syntheses.rules.life import SynthesisKind, SynthesisState

MINE = "moi"  # those sent to the reader, who has not said so


class ListFilter(forms.Form):
    """What a reader chooses to narrow the list; `years`: of the campaigns of what they may read."""

    campagne = forms.ChoiceField(label="Campagne", required=False)
    sorte = forms.ChoiceField(
        label="Sorte", required=False, choices=[("", "toutes"), *SynthesisKind.choices()]
    )
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "tous"), *SynthesisState.choices()]
    )
    attente = forms.ChoiceField(
        label="Attente", required=False, choices=[("", "peu importe"), (MINE, "ma lecture")]
    )

    def __init__(self, *args: Any, years: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["campagne"].choices = [("", "toutes"), *((one, one) for one in years)]

    def chosen(self) -> dict[str, Any]:
        """What was well chosen, each filter apart: one that makes no sense narrows nothing."""
        return well_chosen(self)
