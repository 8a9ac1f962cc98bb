"""What is typed of a theme: its text, axes, disciplines and cycles; and who is named on it."""

from typing import Any

from django import forms

from traam.access.roles import Role
from traam.campaigns.models import Theme
from traam.campaigns.rule_forms import rows_of
from traam.campaigns.rules.texts import (
    AXES_MAX,
    AXIS_TEXT_MAX,
    AXIS_TITLE_MAX,
    PROBLEM_MAX,
    TITLE_MAX,
    AxisText,
    ThemeText,
)
from traam.people.forms import BAD_ADDRESS
from traam.people.models import User
from traam.reference.rules import Vocabulary

LABELS = {
    "title": "Intitulé",
    "problem": "Problématique",
    "axes": "Axes de travail",
    "disciplines": "Disciplines",
    "cycles": "Cycles",
    "transversal": "Transversal",
    "academies_min": "Académies, au moins",
    "academies_max": "Académies, au plus",
    "duration_years": "Durée",
    "continues": "Thème poursuivi",
}


class AxisForm(forms.Form):
    """A line of work."""

    label = forms.CharField(
        label="Intitulé de l’axe",
        max_length=AXIS_TITLE_MAX,
        error_messages={"required": "Donnez l’intitulé de l’axe, ou retirez-le."},
    )
    text = forms.CharField(
        label="Précisions",
        required=False,
        max_length=AXIS_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


AxisRows = rows_of(AxisForm, AXES_MAX)


class ThemeForm(forms.Form):
    """A theme; `version`: of what the writer had read."""

    title = forms.CharField(
        label=LABELS["title"],
        max_length=TITLE_MAX,
        error_messages={"required": "Donnez l’intitulé du thème."},
    )
    problem = forms.CharField(
        label=LABELS["problem"],
        required=False,
        max_length=PROBLEM_MAX,
        help_text="Quelle question le thème pose-t-il aux équipes ? Facultatif dans un brouillon, "
        "demandé pour soumettre.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    transversal = forms.BooleanField(
        label="Thème transversal",
        required=False,
        help_text="Chaque discipline choisie l’adopte par l’acte de son expert·e.",
    )
    disciplines = forms.MultipleChoiceField(
        label=LABELS["disciplines"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "« %(value)s » n’est pas le code d’une discipline."},
    )
    cycles = forms.MultipleChoiceField(
        label=LABELS["cycles"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "« %(value)s » n’est pas le code d’un cycle."},
    )
    academies_min = forms.IntegerField(
        label=LABELS["academies_min"],
        required=False,
        min_value=1,
        max_value=60,
        help_text="Vide : le nombre que fixe la campagne.",
    )
    academies_max = forms.IntegerField(
        label=LABELS["academies_max"],
        required=False,
        min_value=1,
        max_value=60,
        help_text="Vide : le nombre que fixe la campagne.",
    )
    duration_years = forms.TypedChoiceField(
        label=LABELS["duration_years"],
        coerce=int,
        choices=[(1, "un an"), (2, "deux ans")],
    )
    continues = forms.ChoiceField(
        label="Poursuit un thème d’une autre campagne",
        required=False,
        error_messages={"invalid_choice": "« %(value)s » n’est pas un thème d’une autre campagne."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, words: Vocabulary, earlier: list[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("disciplines", "cycles"):
            fields[name].choices = [(term.code, term.label) for term in words.terms(name)]
        named = [(one.code, f"{one.shown_title} ({one.campaign.label})") for one in earlier]
        fields["continues"].choices = [("", "Non, il est nouveau"), *named]

    def facts(self, axes: list[dict[str, Any]]) -> ThemeText:
        """What was typed; to be asked of a valid form, with the rows that are kept."""
        typed = self.cleaned_data
        return ThemeText(
            title=" ".join(typed["title"].split()),
            problem=typed["problem"].replace("\r\n", "\n").strip(),
            axes=tuple(
                AxisText(row["label"].strip(), row["text"].replace("\r\n", "\n").strip())
                for row in axes
            ),
            disciplines=tuple(typed["disciplines"]),
            cycles=tuple(typed["cycles"]),
            transversal=typed["transversal"],
            academies_min=typed["academies_min"],
            academies_max=typed["academies_max"],
            duration_years=typed["duration_years"],
            continues=typed["continues"],
        )


def initial_of(said: ThemeText, version: int) -> dict[str, Any]:
    """What the form shows of a theme."""
    shown = {name: getattr(said, name) for name in LABELS if name != "axes"}
    return shown | {
        "disciplines": list(said.disciplines),
        "cycles": list(said.cycles),
        "version": version,
    }


def axes_of(said: ThemeText) -> list[dict[str, str]]:
    return [{"label": axis.title, "text": axis.text} for axis in said.axes]


class PersonForm(forms.Form):
    """Who is named on a theme, and as what: someone who has an account."""

    role = forms.TypedChoiceField(
        label="En tant que",
        coerce=Role,
        choices=[
            (Role.EXPERT.value, Role.EXPERT.label),
            (Role.GENERAL_INSPECTOR.value, Role.GENERAL_INSPECTOR.label),
        ],
        error_messages={"invalid_choice": "Choisissez expert·e ou inspection générale."},
    )
    email = forms.EmailField(
        label="Adresse de son compte",
        help_text="Celle de son compte TraAM. Sans compte, la personne s’invite d’abord dans "
        "« Personnes ».",
        error_messages={"required": "Donnez l’adresse de la personne.", "invalid": BAD_ADDRESS},
    )
    academy = forms.ChoiceField(
        label="Académie d’attache",
        required=False,
        help_text="Pour un·e expert·e : ses candidatures lui seront fermées (conflit d’intérêts).",
        error_messages={"invalid_choice": "« %(value)s » n’est pas le code d’une académie."},
    )

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        academies: Any = self.fields["academy"]
        named = [(term.code, term.label) for term in words.terms("academies")]
        academies.choices = [("", "aucune"), *named]

    def clean_email(self) -> User:
        email: str = self.cleaned_data["email"]
        found: User | None = User.objects.filter(email=email.lower(), is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                f"Aucun compte ouvert ne porte l’adresse « {email} » : invitez d’abord la personne."
            )
        return found
