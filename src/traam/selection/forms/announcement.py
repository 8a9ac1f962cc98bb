"""The forms of the announcement: filters of the letters, a letter, why not as planned, minutes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from traam.kit.forms import DayInput
from traam.selection.acts import REASON_MAX
from traam.selection.rules.announcing import Numbers
from traam.selection.rules.letters import SUBJECT_MAX, TEXT_MAX
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.minutes import COUNT_MAX, OTHERS_MAX, REMARKS_MAX, Session

WHY = "pourquoi_"  # before a theme's code: the name of its field


class LetterFilter(forms.Form):
    """What narrows the list of letters."""

    decision = forms.ChoiceField(
        label="Décision",
        required=False,
        choices=[("", "toutes"), *((one.value, one.label) for one in DecisionKind)],
    )
    theme = forms.ChoiceField(label="Thème", required=False)
    lettre = forms.ChoiceField(
        label="Lettre", required=False, choices=[("", "toutes"), ("retouchee", "retouchées")]
    )

    def __init__(self, *args: Any, themes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].choices = [("", "tous"), *themes]

    def chosen(self) -> dict[str, str]:
        """What was well chosen, each filter apart."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class LetterForm(forms.Form):
    """The words of a letter; `version`: of what the writer had read."""

    subject = forms.CharField(
        label="Objet",
        max_length=SUBJECT_MAX,
        error_messages={"required": "Donnez un objet à la lettre."},
    )
    text = forms.CharField(
        label="Texte",
        max_length=TEXT_MAX,
        help_text="Une ligne vide sépare les paragraphes ; « ## » ouvre un titre, « - » une liste, "
        "et « **mot** » met en gras. Le droit de réponse s’ajoute seul, à la fin.",
        widget=forms.Textarea(attrs={"rows": 22}),
        error_messages={"required": "La lettre n’a pas de texte."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AnnounceForm(forms.Form):
    """Why some themes retain more academies than planned, or fewer; and « oui, j’ai relu »."""

    has_read = forms.BooleanField(
        label="J’ai relu : les lettres partent tout de suite, à tout le monde à la fois.",
        error_messages={"required": "Confirmez avant d’annoncer : les lettres partent aussitôt."},
    )

    def __init__(self, *args: Any, themes: Sequence[Numbers], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = themes
        asked: dict[str, forms.Field] = {
            f"{WHY}{one.code}": forms.CharField(
                label=f"{one.title} : {one.sentence}. Pourquoi ?",
                max_length=REASON_MAX,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Dites pourquoi, en une phrase."},
            )
            for one in themes
        }
        self.fields = {**asked, **self.fields}

    def reasons(self) -> dict[str, str]:
        """By theme's code; to be asked of a valid form."""
        return {one.code: self.cleaned_data[f"{WHY}{one.code}"] for one in self.themes}


class SessionForm(forms.Form):
    """Who was there, by function, before the minutes are written."""

    held_on = forms.DateField(label="Jour de la séance", required=False, widget=DayInput())
    experts = forms.IntegerField(label="Expertise DNE", min_value=0, max_value=COUNT_MAX)
    inspectors = forms.IntegerField(label="Inspection générale", min_value=0, max_value=COUNT_MAX)
    pilots = forms.IntegerField(label="Pilotage national", min_value=0, max_value=COUNT_MAX)
    others = forms.CharField(
        label="Autres présents, par fonction",
        required=False,
        max_length=OTHERS_MAX,
        help_text="Jamais de nom. Par exemple « Dgesco : 1 personne ».",
    )
    remarks = forms.CharField(
        label="À consigner",
        required=False,
        max_length=REMARKS_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce que le procès-verbal doit garder de plus. Aucun nom.",
    )

    def session(self) -> Session:
        """To be asked of a valid form."""
        return Session(**self.cleaned_data)
