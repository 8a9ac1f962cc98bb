"""What is typed about hours: tranches, gifts, what was spent."""

from collections.abc import Sequence
from typing import Any

from django import forms

from traam.groups.actions.hours import LABEL_MAX, WHAT_MAX, Work
from traam.kit.forms import DayInput
from traam.kit.reasons import REASON_MAX


class HoursField(forms.DecimalField):
    """Hours, to the quarter; a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = "Donnez un nombre d’heures, comme 2 ou 1,5."
        messages = {"required": wrong, "invalid": wrong}
        super().__init__(
            max_digits=6,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages=messages,
            localize=False,
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(",", ".").replace("\u2212", "-").strip()
        return super().to_python(value)


class TrancheForm(forms.Form):
    """Hours that the ministry notified to an academy."""

    label = forms.CharField(
        label="Tranche",
        max_length=LABEL_MAX,
        help_text="« Première tranche ». Le même intitulé corrige la tranche.",
        error_messages={"required": "Donnez l’intitulé de la tranche."},
    )
    hours = HoursField(label="Heures")
    notified_on = forms.DateField(
        label="Notifiée le",
        widget=DayInput(),
        error_messages={"required": "Donnez un jour.", "invalid": "Donnez une date."},
    )


class AllotForm(forms.Form):
    """Hours given to a team, or taken back."""

    team = forms.ChoiceField(label="Équipe", error_messages={"required": "Choisissez une équipe."})
    hours = HoursField(label="Heures", help_text="Précédées du signe moins pour en reprendre.")
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Demandé pour une reprise d’heures.",
    )

    def __init__(self, *args: Any, teams: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.choices = [("", "Choisissez une équipe"), *teams]


EVERYONE = "tous"


class SpentForm(forms.Form):
    """Hours that a member spent, or a total split among all."""

    member = forms.ChoiceField(
        label="Pour qui", error_messages={"required": "Choisissez un membre, ou toute l’équipe."}
    )
    hours = HoursField(
        label="Heures",
        help_text="Pour toute l’équipe : le total, réparti entre référent·es et enseignant·es.",
    )
    on = forms.DateField(
        label="Fait le",
        widget=DayInput(),
        error_messages={"required": "Donnez un jour.", "invalid": "Donnez une date."},
    )
    what = forms.CharField(
        label="Pour quoi",
        max_length=WHAT_MAX,
        help_text="« Préparation d’une séance », « réunion nationale »…",
        error_messages={"required": "Dites pour quoi sont ces heures."},
    )

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        field.choices = [("", "Choisissez"), (EVERYONE, "Toute l’équipe, à répartir"), *members]

    def work(self) -> Work:
        return Work(on=self.cleaned_data["on"], what=self.cleaned_data["what"])
