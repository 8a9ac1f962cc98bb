"""The filters of the outbox."""

from typing import Any

from django import forms

from traam.post.rules import State


class OutboxFilter(forms.Form):
    """A state, a kind; both may be left out."""

    etat = forms.ChoiceField(label="État", required=False, choices=[("", "tous"), *State.choices()])
    sorte = forms.ChoiceField(label="Sorte de message", required=False)

    def __init__(self, data: Any, *, kinds: list[tuple[str, str]]) -> None:
        super().__init__(data)
        choices = [("", "toutes"), *kinds]
        self.fields["sorte"].choices = choices  # type: ignore[attr-defined]
