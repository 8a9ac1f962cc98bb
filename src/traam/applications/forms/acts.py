"""What is typed to act upon an application: a reason, a person, a file, a rank, more time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from traam.applications.acts import CHANNEL_MAX, REASON_MAX
from traam.kit.clock import PARIS
from traam.kit.forms import InstantInput

Choices = Sequence[tuple[str, str]]


class ReasonField(forms.CharField):
    """Why; those whom the act touches will read it."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "label": "Motif",
            "max_length": REASON_MAX,
            "widget": forms.Textarea(attrs={"rows": 4}),
            "help_text": "Les personnes concernées le liront.",
            "error_messages": {"required": "Dites pourquoi, en une phrase."},
        }
        super().__init__(**(given | kwargs))


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = ReasonField()


class ChannelForm(forms.Form):
    """How the answer that is entered for someone came."""

    channel = forms.CharField(
        label="D’après",
        max_length=CHANNEL_MAX,
        help_text="Ce qui a été reçu, et quand : « courriel du 3 avril ». La saisie le dira.",
        error_messages={"required": "Dites d’après quoi vous saisissez : courriel, courrier…"},
    )


class EntryForm(ChannelForm):
    """A new application entered for an academy, which is chosen first."""

    academy = forms.CharField(widget=forms.HiddenInput)
    theme = forms.ChoiceField(
        label="Thème", error_messages={"required": "Choisissez un thème de l’appel."}
    )
    person = forms.ChoiceField(
        label="Au nom de",
        required=False,
        help_text="La personne qui a répondu, si elle a un compte dans l’académie : elle en "
        "devient l’auteur ou l’autrice.",
    )

    def __init__(
        self, *args: Any, academy: Any, themes: Choices, people: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].choices = [("", "Choisissez"), *themes]
        fields["person"].choices = [("", "personne en particulier"), *people]
        fields["academy"].initial = academy.code if academy else ""
        self.order_fields(["academy", "theme", "person", "channel"])


class AgreementForm(ChannelForm):
    """An agreement that came by mail or letter, entered for the inspector who gave it."""

    person = forms.ChoiceField(label="Accord de")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = people
        self.order_fields(["person", "channel"])


class PersonForm(forms.Form):
    """Someone to invite, among those who may be."""

    person = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        error_messages={
            "required": "Choisissez une personne dans la liste.",
            "invalid_choice": "Cette personne n’est pas, ou n’est plus, dans la liste.",
        },
    )

    def __init__(self, *args: Any, label: str, people: Choices, help_text: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", "Choisissez une personne"), *people]
        field.label, field.help_text = label, help_text


class PieceForm(forms.Form):
    """A file, and what it is."""

    file = forms.FileField(
        label="Fichier",
        allow_empty_file=True,  # the rules refuse it in French
        error_messages={"required": "Choisissez un fichier."},
    )
    label = forms.CharField(
        label="Ce que c’est",
        required=False,
        max_length=200,
        help_text="« Lettre du chef d’établissement », « calendrier des séances »…",
    )


class InstantField(forms.DateTimeField):
    """A day and a time, in Paris."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = "Donnez un jour et une heure, comme 03/04/2026 18:00."
        messages = {"required": wrong, "invalid": wrong}
        super().__init__(widget=InstantInput, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        read: datetime | None = super().to_python(value)
        return read.astimezone(PARIS) if read else None


class ExtensionForm(forms.Form):
    """More time for one academy."""

    campaign = forms.ChoiceField(label="Campagne")
    academy = forms.ChoiceField(label="Académie")
    until = InstantField(label="Jusqu’à", help_text="Heure de Paris.")
    reason = ReasonField()

    def __init__(self, *args: Any, campaigns: Choices, academies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["campaign"].choices = campaigns
        fields["academy"].choices = [("", "Choisissez"), *academies]
