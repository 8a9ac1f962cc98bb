"""The forms of conflicts: the filters of their list, what settles one, what declares one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from traam.applications.models import Application
from traam.applications.rules.life import ConflictKind, Standing
from traam.kit.labels import Labelled
from traam.people.models import User
from traam.selection.acts import REASON_MAX


class ConflictFilter(forms.Form):
    """What narrows the list of conflicts."""

    situation = forms.ChoiceField(
        label="Situation",
        required=False,
        choices=[
            ("", "toutes"),
            *(one for one in Standing.choices() if one[0] != Standing.CLEAR),
        ],
    )
    theme = forms.ChoiceField(label="Thème", required=False)
    sorte = forms.ChoiceField(
        label="Nature du lien", required=False, choices=[("", "toutes"), *ConflictKind.choices()]
    )

    def __init__(self, *args: Any, themes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].choices = [("", "tous"), *themes]

    def chosen(self) -> dict[str, str]:
        """What was well chosen, each filter apart."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class Settling(Labelled):
    """What is done with a conflict."""

    PIN = "confirmer", "Confirmer : la personne ne lit pas ce dossier"
    DISMISS = "ecarter", "Écarter : le lien n’empêche pas de juger"
    RELEASE = "reprendre", "Reprendre la décision : revenir à ce que les faits montrent"
    TAKE_BACK = "lever", "Lever la déclaration : elle a été faite par erreur"


class SettleForm(forms.Form):
    """One of the acts that the conflict allows, and why."""

    act = forms.ChoiceField(label="Décision", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé pour confirmer ou écarter. Il reste avec le conflit ; ni les auteurs ni "
        "la personne ne le lisent.",
    )

    def __init__(self, *args: Any, acts: Sequence[Settling], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["act"].choices = [(one.value, one.label) for one in acts]


class DeclareForm(forms.Form):
    """An application, for the pilot a person too, and the tie."""

    application = forms.ChoiceField(label="Candidature")
    person = forms.ChoiceField(label="Personne concernée")
    reason = forms.CharField(
        label="Quel est ce lien ?", max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        applications: Sequence[Application],
        people: Sequence[User] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["application"].choices = [
            ("", "Choisissez"),
            *((str(one.pk), f"{one.title} ({one.academy.name})") for one in applications),
        ]
        if people is None:
            del fields["person"]
        else:
            fields["person"].choices = [
                ("", "Choisissez"),
                *((str(one.pk), str(one)) for one in people),
            ]
