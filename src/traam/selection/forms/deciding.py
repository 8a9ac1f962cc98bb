"""What is typed to decide, to lock, to name a variant."""

from typing import Any

from django import forms

from traam.selection.actions.choosing import NAME_MAX
from traam.selection.actions.deciding import TEXT_MAX
from traam.selection.actions.taking import RESERVES_MAX
from traam.selection.acts import REASON_MAX
from traam.selection.models import Decision
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.proposing import RESERVES

RANK_MAX = 999


def _long(label: str, help_text: str, limit: int, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"Ce texte doit tenir en {limit} caractères."},
    )


class DecisionForm(forms.Form):
    """A decision; `version`: of the one that the page shows."""

    kind = forms.ChoiceField(
        label="Décision",
        choices=DecisionKind.choices(),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une décision.",
            "invalid_choice": "« %(value)s » n’est pas une décision.",
        },
    )
    rank = forms.IntegerField(
        label="Rang en réserve",
        help_text="Pour une réserve seulement. Vide : après les autres.",
        required=False,
        min_value=1,
        max_value=RANK_MAX,
        error_messages={
            "invalid": "Donnez un nombre entier, à partir de 1.",
            "min_value": "Donnez un rang à partir de 1 (reçu : %(show_value)s).",
            "max_value": "Donnez un rang jusqu’à %(limit_value)s (reçu : %(show_value)s).",
        },
    )
    departure = _long(
        "Pourquoi autrement que la proposition, ou que ce qui était décidé",
        "Demandé seulement si votre décision s’en écarte. Gardé avec la délibération : l’académie "
        "ne le lit pas.",
        REASON_MAX,
        2,
    )
    reason = _long(
        "Motif pour l’académie",
        "Une décision « non retenue » se motive avant l’annonce. L’académie le lira.",
        REASON_MAX,
    )
    remarks = _long(
        "Remarques pour l’académie",
        "Ce qui l’aidera : ce qui a convaincu, ce qui manquait. L’académie les lira.",
        TEXT_MAX,
        5,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def filled(cls, present: Decision | None) -> "DecisionForm":
        """What is decided now."""
        if present is None:
            return cls(initial={"version": 0})
        names = ("kind", "rank", "reason", "remarks", "version")
        return cls(initial={name: getattr(present, name) for name in names})

    def decision(self) -> dict[str, Any]:
        """What `actions.decide` takes."""
        given = dict(self.cleaned_data)
        kind = given["kind"] = DecisionKind(given["kind"])
        if kind is not DecisionKind.RESERVE:
            given["rank"] = None
        return given


class WhyForm(forms.Form):
    """A reason, asked of an act that leaves a trace."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Dites pourquoi, en une phrase.",
            "max_length": f"Le motif doit tenir en {REASON_MAX} caractères.",
        },
    )


class PairForm(forms.Form):
    """Two cases that cannot both be retained, and why."""

    one = forms.ChoiceField(label="Un dossier")
    other = forms.ChoiceField(label="Et un autre")
    reason = forms.CharField(
        label="Pourquoi ils ne peuvent être retenus tous les deux",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Dites pourquoi, en une phrase.",
            "max_length": f"Le motif doit tenir en {REASON_MAX} caractères.",
        },
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field: Any = self.fields[name]
            field.choices = [("", "Choisissez"), *cases]
            field.error_messages = {
                "required": "Choisissez un dossier.",
                "invalid_choice": "Ce dossier n’est pas à l’étude.",
            }


class TakeForm(forms.Form):
    """How long the reserve of each theme is, when a proposal is taken."""

    reserves = forms.IntegerField(
        label="Dossiers en réserve, par thème",
        help_text="Les premiers à appeler si une académie se retire. Les suivants ne sont pas "
        "retenus.",
        min_value=0,
        max_value=RESERVES_MAX,
        initial=RESERVES,
        error_messages={
            "required": "Donnez un nombre, 0 pour aucun.",
            "invalid": "Donnez un nombre entier.",
            "min_value": "Donnez un nombre à partir de 0 (reçu : %(show_value)s).",
            "max_value": "Donnez un nombre jusqu’à %(limit_value)s (reçu : %(show_value)s).",
        },
    )


class NameForm(forms.Form):
    """The name of a variant."""

    name = forms.CharField(
        label="Nom de la variante",
        help_text="Ce qui la distingue : « sans le verrou de Mayotte ».",
        max_length=NAME_MAX,
        error_messages={
            "required": "Donnez un nom à la variante.",
            "max_length": f"Le nom doit tenir en {NAME_MAX} caractères.",
        },
    )
