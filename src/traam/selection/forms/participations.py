"""The forms of what follows the announcement: acts with their reason, replies, other decisions."""

from typing import Any

from django import forms

from traam.selection.actions.deciding import TEXT_MAX
from traam.selection.actions.replying import REPLY_MAX
from traam.selection.acts import REASON_MAX
from traam.selection.rules.life import DecisionKind
from traam.selection.steps import CHANNEL_MAX

WHY = {"required": "Dites pourquoi, en une phrase."}


class ActForm(forms.Form):
    """What an act upon a participation asks: a reason, a channel, both or neither."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=WHY,
    )
    channel = forms.CharField(
        label="Canal de la réponse",
        max_length=CHANNEL_MAX,
        help_text="Par exemple « courriel du DAN, 3 juin ». Dit sur la page de la décision.",
        error_messages={"required": "Dites par quel canal l’académie a répondu."},
    )

    def __init__(
        self, *args: Any, reason: str | None, asks_channel: bool, hint: str, **kwargs: Any
    ) -> None:
        """`reason`: None where none is asked, "" where it may be left out, else « required »."""
        super().__init__(*args, **kwargs)
        if reason is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = bool(reason)
            self.fields["reason"].help_text = hint
        if not asks_channel:
            del self.fields["channel"]


class ReplyForm(forms.Form):
    """What an academy has to say about its decision."""

    text = forms.CharField(
        label="Vos observations",
        max_length=REPLY_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Lues par le pilotage national, qui y répond sur cette page.",
        error_messages={"required": "Écrivez vos observations avant de les envoyer."},
    )


class AnswerForm(forms.Form):
    """What is answered to them."""

    text = forms.CharField(
        label="Réponse",
        max_length=REPLY_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Lue par l’académie, sur la page de sa décision. Une réponse faite ne se change "
        "plus.",
        error_messages={"required": "Écrivez la réponse avant de l’envoyer."},
    )


class AmendForm(forms.Form):
    """Another decision, once announced."""

    kind = forms.ChoiceField(
        label="Décision", choices=DecisionKind.choices(), widget=forms.RadioSelect
    )
    rank = forms.IntegerField(
        label="Rang en réserve",
        required=False,
        min_value=1,
        help_text="Pour une décision « en réserve ». Vide : après les autres.",
    )
    reason = forms.CharField(
        label="Motif de la décision, pour l’académie",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé pour une décision « non retenue ».",
    )
    remarks = forms.CharField(
        label="Remarques à l’intention de l’académie",
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    why = forms.CharField(
        label="Pourquoi revenir sur la décision",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lu par les personnes de la candidature, sur la page de la décision.",
        error_messages=WHY,
    )

    def clean(self) -> dict[str, Any]:
        """A rank is for the reserve alone: typed beside another decision, it says nothing."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("kind") != DecisionKind.RESERVE:
            typed["rank"] = None
        return typed
