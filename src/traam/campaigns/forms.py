"""What is typed to prepare a campaign: years, calendar, letter, cahier des charges, reasons."""

from datetime import datetime
from typing import Any

from django import forms

from traam.campaigns.actions.preparation import LETTER_MAX
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import NEEDED, Milestone
from traam.campaigns.rules.signing import TextState
from traam.campaigns.rules.texts import BRIEF_MAX, REASON_MAX
from traam.campaigns.rules.years import Years
from traam.kit.forms import InstantInput
from traam.kit.text import instant

FIRST_YEAR, LAST_YEAR = 2020, 2090
MARKDOWN_HINT = (
    "Une ligne vide sépare les paragraphes ; « ## » ouvre un titre, « - » une liste, et "
    "« **mot** » met en gras."
)


class PrepareForm(forms.Form):
    """The years of a new campaign, and the one it is copied from."""

    first_year = forms.IntegerField(
        label="Automne où la campagne commence",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="Une année, comme 2027 : la campagne est alors 2027-2028.",
        error_messages={
            "required": "Donnez l’année de l’automne où la campagne commence.",
            "invalid": "Donnez une année en quatre chiffres, comme 2027.",
            "min_value": "Donnez une année à partir de %(limit_value)s (reçu : %(show_value)s).",
            "max_value": "Donnez une année jusqu’à %(limit_value)s (reçu : %(show_value)s).",
        },
    )
    length = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[(1, "une année scolaire"), (2, "deux années scolaires")],
        error_messages={"invalid_choice": "Choisissez une ou deux années (reçu : %(value)s)."},
    )
    copy_from = forms.ChoiceField(
        label="Copier d’une autre campagne",
        required=False,
        help_text="Sont copiés : le calendrier, décalé au même jour de la semaine, les règles, les "
        "questions, la lettre et le cahier des charges. Rien n’est signé d’avance.",
        error_messages={"invalid_choice": "« %(value)s » n’est pas une campagne menée ici."},
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes à poursuivre",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Un thème poursuivi repart en brouillon dans la nouvelle campagne, et dit lequel "
        "il poursuit.",
        error_messages={"invalid_choice": "« %(value)s » n’est pas un thème de cette campagne."},
    )

    def __init__(self, *args: Any, sources: list[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        choices = [(one.year, f"Campagne {one.label}") for one in sources]
        fields["copy_from"].choices = [("", "Aucune : partir des règles habituelles"), *choices]
        themes = [
            (theme.code, f"{theme.shown_title} ({one.label})")
            for one in sources
            for theme in one.themes.all()
            if theme.state != TextState.WITHDRAWN
        ]
        fields["themes"].choices = themes
        if not themes:
            del self.fields["themes"]

    @property
    def years(self) -> Years:
        first: int = self.cleaned_data["first_year"]
        return Years(first, first + self.cleaned_data["length"])


class CalendarForm(forms.Form):
    """The instants of a campaign, each in Paris time; `is_open`: its call is, and to move its end
    wants a reason."""

    wanted = ("reason",)

    def __init__(self, *args: Any, is_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Milestone:
            self.fields[each.value] = forms.DateTimeField(
                label=each.label.capitalize(),
                required=each in NEEDED,
                widget=InstantInput(),
                error_messages={
                    "required": f"Fixez la date : {each.label}.",
                    "invalid": "Donnez un jour et une heure.",
                },
            )

        if is_open:
            self.fields["reason"] = forms.CharField(
                label="Motif, si la clôture de l’appel change",
                required=False,
                max_length=REASON_MAX,
                help_text="Une phrase : elle est gardée, et lue par les personnes que cela touche.",
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def dates(self) -> dict[Milestone, datetime]:
        """What was typed; to be asked of a valid form."""
        return {each: at for each in Milestone if (at := self.cleaned_data[each.value])}


class LetterForm(forms.Form):
    """The words of the letter of the call."""

    text = forms.CharField(
        label="Texte de la lettre",
        max_length=LETTER_MAX,
        required=False,
        help_text=f"{MARKDOWN_HINT} Le calendrier, les thèmes et l’adresse s’ajoutent seuls. "
        "Vide : le texte habituel.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class BriefForm(forms.Form):
    """The cahier des charges; `version`: of what the writer had read."""

    text = forms.CharField(
        label="Texte du cahier des charges",
        required=False,
        max_length=BRIEF_MAX,
        help_text=MARKDOWN_HINT,
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why something is taken back, withdrawn, reopened."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        help_text="Une phrase : elle est gardée, et lue par les personnes que cela touche.",
        error_messages={"required": "Dites pourquoi, en une phrase."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(ReasonForm):
    """Why, and until when, a call that has closed is open again."""

    closes_at = forms.DateTimeField(
        label="Nouvelle clôture",
        help_text="À l’heure de Paris.",
        widget=InstantInput(),
        error_messages={
            "required": "Donnez la nouvelle clôture.",
            "invalid": "Donnez un jour et une heure.",
        },
    )

    def clean_closes_at(self) -> datetime:
        at: datetime = self.cleaned_data["closes_at"]
        if at.year > LAST_YEAR:
            raise forms.ValidationError(f"Donnez une date proche (reçu : {instant(at)}).")
        return at
