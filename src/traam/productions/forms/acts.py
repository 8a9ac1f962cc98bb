"""What is typed to act upon a production: a reason, a team, a file, a link, a tool, a person."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from traam.groups.models import Team
from traam.kit.forms import DayInput
from traam.kit.reasons import REASON_MAX
from traam.productions.actions.taking_up import ADAPTED_MAX
from traam.productions.models import ProductionFile
from traam.productions.rules.files import DESCRIPTION_MAX
from traam.productions.rules.licences import LICENCES
from traam.productions.rules.life import Authorisation, FileUse, Recognisable, Uses

Choices = Sequence[tuple[str, str]]


class ReasonForm(forms.Form):
    """Why; those whom the act touches will read it."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les personnes concernées le liront.",
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )


class TeamField(forms.ChoiceField):
    """One of these teams; its value is the team itself."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {
            "required": "Choisissez une équipe.",
            "invalid_choice": "Vous n’écrivez pas, ou plus, pour cette équipe.",
        }
        super().__init__(label="Équipe", error_messages=wrong, **kwargs)
        self.teams: dict[str, Team] = {}

    def offer(self, teams: Iterable[Team]) -> None:
        self.teams = {one.code: one for one in teams}
        self.choices = [
            (code, f"{one.named} · {one.group.theme.shown_title}")
            for code, one in self.teams.items()
        ]

    def clean(self, value: Any) -> Team:
        return self.teams[super().clean(value)]


class AdaptedField(forms.CharField):
    """What changes from the source, if it is known already."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "label": "Ce que vous adaptez",
            "required": False,
            "max_length": ADAPTED_MAX,
            "widget": forms.Textarea(attrs={"rows": 3}),
            "help_text": "« En 5e au lieu de la 6e, une séance de moins. » Cela se complète plus "
            "tard.",
        }
        super().__init__(**(given | kwargs))


class TeamForm(forms.Form):
    """For which team one takes up a production, and what one means to adapt."""

    team = TeamField()
    adapted = AdaptedField()

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.offer(teams)


class AdaptForm(forms.Form):
    """What was adapted from a source."""

    adapted = AdaptedField(label="Ce qui a été adapté")


class SourceForm(forms.Form):
    """Another production that this one takes up too."""

    source = forms.ChoiceField(
        label="Production reprise",
        error_messages={
            "required": "Choisissez une production.",
            "invalid_choice": "Vous ne lisez pas cette production, ou elle est retirée.",
        },
    )
    adapted = AdaptedField(label="Ce qui a été adapté")

    def __init__(self, *args: Any, sources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.choices = [("", "Choisissez"), *sources]


class BeginForm(forms.Form):
    """A new production: for which team, of which kind, and its title if it is known."""

    team = TeamField()
    kind = forms.ChoiceField(label="Sorte de production")
    title = forms.CharField(
        label="Titre",
        required=False,
        max_length=200,
        help_text="Il peut attendre, et changer.",
    )

    def __init__(self, *args: Any, teams: Iterable[Team], kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["team"].offer(teams)
        fields["kind"].choices = kinds


class DescribeForm(forms.Form):
    """What is said of a file: words for who does not see it, rights, and who may be recognised."""

    description = forms.CharField(
        label="Description",
        required=False,
        max_length=DESCRIPTION_MAX,
        help_text="Pour une image : ce qu’elle montre, pour qui ne la voit pas.",
    )
    credit = forms.CharField(
        label="Crédit", required=False, max_length=200, help_text="L’auteur, la source."
    )
    licence = forms.ChoiceField(
        label="Licence du fichier",
        required=False,
        choices=[("", "celle de la production"), *((k, v.label) for k, v in LICENCES.items())],
    )
    recognisable = forms.ChoiceField(
        label="Un élève est-il reconnaissable ?",
        required=False,
        choices=Recognisable.choices(),
        widget=forms.RadioSelect,
        help_text="Visage, voix, nom, écriture. À dire pour une image, un son, une vidéo, un "
        "travail d’élève.",
    )
    authorisation = forms.ChoiceField(
        label="Autorisation",
        required=False,
        choices=[
            (one.value, one.label) for one in Authorisation if one is not Authorisation.WITHDRAWN
        ],
        help_text="Celle de l’élève et de ses responsables. Gardez-la dans l’établissement : ne "
        "la joignez pas ici.",
    )

    @classmethod
    def of(cls, file: ProductionFile, data: Any = None) -> "DescribeForm":
        """Filled with what is known of this file."""
        names = ("description", "credit", "licence", "recognisable", "authorisation")
        known = {name: getattr(file, name) for name in names}
        return cls(data, initial=known, auto_id=f"f{file.pk}-%s")

    def said(self) -> dict[str, str]:
        """What was typed, for the action; a radio left untouched says nothing."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("file", "use")
            and (value or name in ("description", "credit", "licence"))
        }


class FileForm(DescribeForm):
    """A file to join, and what is known of it."""

    file = forms.FileField(
        label="Fichier",
        allow_empty_file=True,  # the rules refuse it in French
        error_messages={"required": "Choisissez un fichier."},
        help_text="50 Mo au plus ; 500 Mo pour une vidéo.",
    )
    use = forms.ChoiceField(label="Ce que c’est", choices=FileUse.choices())
    field_order = ["file", "use"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"recognisable": Recognisable.UNSAID})
        super().__init__(*args, **kwargs)


class LinkForm(forms.Form):
    """An address outside."""

    url = forms.CharField(
        label="Adresse",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": "Donnez l’adresse."},
    )
    label = forms.CharField(label="Intitulé", required=False, max_length=200)


class ToolForm(forms.Form):
    """What is known of a tool."""

    host = forms.CharField(
        label="Hébergement",
        required=False,
        max_length=200,
        help_text="Qui l’héberge, et où : « France, par l’académie », « États-Unis ».",
    )
    treated = forms.CharField(
        label="Données traitées",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Compte nécessaire ou non, données demandées aux élèves, durée.",
    )
    minimum_age = forms.IntegerField(
        label="Âge minimal",
        required=False,
        min_value=0,
        max_value=21,
        help_text="En années, selon les conditions d’utilisation.",
        error_messages={"invalid": "Donnez un nombre d’années, comme 13."},
    )
    ai = forms.ChoiceField(label="Intelligence artificielle", choices=Uses.choices())
    source = forms.CharField(label="Source", required=False, max_length=300)
    checked_on = forms.DateField(
        label="Vérifié le",
        required=False,
        widget=DayInput,
        error_messages={"invalid": "Donnez une date, comme 03/04/2026."},
    )
