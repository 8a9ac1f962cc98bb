"""The forms of cross-tests: what a plan is computed with, when it is due, who tests, why not."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms

from traam.groups.models import Team
from traam.kit.reasons import REASON_MAX
from traam.people.models import User
from traam.trials.queries.plan import WANTED

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WHY = {"required": "Dites pourquoi, en une phrase."}


class PlanForm(forms.Form):
    """What the plan is computed with."""

    wanted = forms.IntegerField(
        label="Tests par production",
        min_value=1,
        max_value=5,
        initial=WANTED,
        help_text="Chaque production en reçoit un avant qu’aucune n’en reçoive deux.",
    )
    maximum = forms.IntegerField(
        label="Tests qu’une équipe donne au plus",
        min_value=1,
        max_value=200,
        required=False,
        help_text="Laissez vide pour ne pas limiter ; la charge est répartie dans tous les cas.",
    )


class AdoptForm(forms.Form):
    """When the tests are due."""

    due_on = forms.DateField(
        label="À rendre pour le",
        widget=DAY,
        error_messages={"required": "Dites pour quel jour les tests sont attendus."},
    )


class AcceptForm(forms.Form):
    """Who will try the production."""

    teacher = forms.ModelChoiceField(
        label="Qui l’essaiera ?",
        queryset=User.objects.none(),
        empty_label="Choisissez une personne de l’équipe",
        help_text="Référent·es et enseignant·es de l’équipe : les autres membres n’ont pas la "
        "classe où l’essayer.",
        error_messages={
            "required": "Dites qui essaiera cette production.",
            "invalid_choice": "Choisissez un·e référent·e ou un·e enseignant·e de l’équipe.",
        },
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField[User], self.fields["teacher"]).queryset = people


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lu par l’équipe qui a écrit la production et par l’animation du groupe.",
        error_messages=WHY,
    )


class TeamField(forms.ModelChoiceField[Team]):
    """A team, said by its academy."""

    def label_from_instance(self, obj: Team) -> str:
        return obj.named


class AskForm(forms.Form):
    """Whom to ask, for when."""

    tester = TeamField(
        label="Équipe à qui le demander",
        queryset=Team.objects.none(),
        empty_label="Choisissez une équipe d’une autre académie",
        error_messages={"required": "Choisissez l’équipe qui testera."},
    )
    due_on = forms.DateField(label="À rendre pour le", widget=DAY, required=False)

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(TeamField, self.fields["tester"])
        rows = Team.objects.filter(pk__in=[one.pk for one in teams]).select_related("academy")
        field.queryset = rows.order_by("academy__name", "pk")


def default_due(end: date | None, today: date) -> date | None:
    """Six weeks before the campaign's end, while that is to come."""
    if end is None:
        return None
    due = date.fromordinal(end.toordinal() - 42)
    return due if due > today else None
