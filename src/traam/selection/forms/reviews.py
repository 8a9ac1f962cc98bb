"""The review's form: a score for each criterion, two texts; and the forms of the acts upon it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from traam.campaigns.rules.grid import Criterion, Grid
from traam.kit.keys import number_in
from traam.selection.actions.reviewing import SCORE, TEXTS, Write
from traam.selection.acts import REASON_MAX
from traam.selection.queries.grids import meaning
from traam.selection.rules.life import DeclineReason

TEXT_LABELS = {
    "comment": (
        "Appréciation",
        "Ce qui fonde vos notes. Lue par le pilotage et, une fois leur avis rendu, par les autres "
        "relecteurs.",
    ),
    "advice": (
        "Remarques pour l’académie",
        "Ce que vous conseillez à l’équipe. Le pilotage choisit ce qui est transmis.",
    ),
}


class ReviewForm(forms.Form):
    """The criteria and texts as typed; it judges nothing itself (`actions.reviewing` does)."""

    use_required_attribute = False

    def __init__(
        self, grid: Grid, *, typed: Mapping[str, str], faults: Mapping[str, Sequence[str]]
    ) -> None:
        super().__init__(dict(typed), auto_id="%s")
        self.fields = {f"{SCORE}{one.key}": _score(one) for one in grid.criteria}
        for name, (label, words) in TEXT_LABELS.items():
            rows = forms.Textarea(attrs={"rows": 6 if name == "comment" else 4})
            self.fields[name] = forms.CharField(
                label=label, help_text=words, widget=rows, required=False
            )
        self._errors = ErrorDict(
            {name: self.error_class(list(said)) for name, said in faults.items() if said}
        )

    @property
    def scores(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(SCORE)]

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS]


def _score(one: Criterion) -> forms.ChoiceField:
    weight = f"Compte {one.weight} fois." if one.weight > 1 else ""
    if not one.weight:
        weight = "Demandé, mais ne compte pas dans la note."
    scale = [
        (str(score), f"{score} – {meaning(score, one.maximum)}") for score in range(one.maximum + 1)
    ]
    return forms.ChoiceField(
        label=one.label,
        help_text=" ".join(part for part in (one.help, weight) if part),
        choices=scale,
        widget=forms.RadioSelect,
    )


def mark(text: str) -> str:
    """A short digest: whether what came back is what was shown."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sent(data: QueryDict, names: Sequence[str]) -> list[Write]:
    """What a form brought, what nobody touched left out."""
    found = []
    for name in names:
        if f"base-{name}" not in data:
            continue
        value = data.get(name, "").replace("\r\n", "\n")
        if data.get(f"was-{name}") != mark(value):
            found.append(Write(name, value, number_in(data.get(f"base-{name}"))))
    return found


class ReasonForm(forms.Form):
    """Why an act is done: those it concerns read it."""

    reason = forms.CharField(
        label="Motif", max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class DeclineForm(ReasonForm):
    """Why a review is declined; a conflict is declared by the same act."""

    why = forms.ChoiceField(
        label="Pourquoi", choices=DeclineReason.choices(), widget=forms.RadioSelect
    )
    field_order = ("why", "reason")
