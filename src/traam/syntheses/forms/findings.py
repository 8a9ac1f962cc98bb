"""The forms of findings: one to write, the filters of « code and find »."""

from collections.abc import Iterable
from typing import Any

from django import forms

from traam.kit.reasons import REASON_MAX
from traam.syntheses.actions.findings import SCOPE_MAX, TEXT_MAX
from traam.syntheses.rules.life import FindingKind
from traam.trials.rules.life import Outcome


class FindingForm(forms.Form):
    """A finding: what was established, in one sentence, and where."""

    kind = forms.ChoiceField(label="Sorte", choices=FindingKind.choices())
    text = forms.CharField(
        label="Constat",
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une phrase : « Comparer ses mesures avec une autre classe fait reprendre les "
        "siennes. »",
    )
    scope = forms.CharField(
        label="Portée",
        required=False,
        max_length=SCOPE_MAX,
        help_text="Par exemple « en 6e, avec un ordinateur pour deux ».",
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a finding is withdrawn, or restored."""

    reason = forms.CharField(
        label="Motif", max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )


class FilterForm(forms.Form):
    """What narrows the observations; all may be left out."""

    mots = forms.CharField(label="Mots de l’observation", required=False, max_length=100)
    academie = forms.ChoiceField(label="Académie", required=False)
    niveau = forms.ChoiceField(label="Niveau", required=False)
    issue = forms.ChoiceField(
        label="Indicateur",
        required=False,
        choices=[
            ("", "Tous"),
            *((one.value, one.label) for one in Outcome if one != Outcome.NOT_SOUGHT),
        ],
    )
    libres = forms.BooleanField(label="Celles qui ne servent à aucun constat", required=False)

    def __init__(
        self,
        *args: Any,
        academies: Iterable[tuple[str, str]],
        levels: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["academie"].choices = [("", "Toutes"), *academies]
        fields["niveau"].choices = [("", "Tous"), *levels]
