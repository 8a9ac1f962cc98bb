"""The forms of an agreement: who is asked, what they answer."""

from typing import Any, cast

from django import forms

from traam.kit.reasons import REASON_MAX
from traam.people.models import User

YES, NO = "oui", "non"


class PartnerField(forms.ModelChoiceField[User]):
    """A partner of the team, said by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class AskAgreementForm(forms.Form):
    """From whom the agreement is asked."""

    partenaire = PartnerField(
        label="À qui le demander",
        queryset=User.objects.none(),
        empty_label="Choisissez un partenaire de l’équipe",
        error_messages={
            "required": "Dites à qui l’accord est demandé.",
            "invalid_choice": "Cette personne n’est pas partenaire de l’équipe aujourd’hui.",
        },
    )

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(PartnerField, self.fields["partenaire"])
        field.queryset = partners
        if len(partners) == 1:
            field.empty_label = None


class AnswerForm(forms.Form):
    """Yes, or no and why."""

    wanted = frozenset({"motif"})  # by a refusal
    reponse = forms.ChoiceField(
        label="Votre réponse",
        choices=[(YES, "J’accepte cet essai dans l’établissement"), (NO, "Je refuse cet essai")],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si vous acceptez ou refusez cet essai."},
    )
    motif = forms.CharField(
        label="Motif du refus",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pour refuser seulement ; lu par l’équipe. Ne nommez aucun élève.",
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        refuses = typed.get("reponse") == NO
        if refuses and not typed.get("motif") and "motif" not in self.errors:
            self.add_error("motif", "Dites pourquoi vous refusez, en une phrase.")
        return typed
