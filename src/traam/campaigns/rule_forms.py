"""What is typed of the rules of a call: numbers, weights, and rows of criteria and commitments that
are added and taken away without any script."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify

from traam.campaigns.rules.call import (
    BOUNDS,
    WEIGHT_LABELS,
    CallRules,
    Commitment,
    Weights,
)
from traam.campaigns.rules.grid import Criterion, Grid
from traam.kit.keys import number_in
from traam.kit.refusals import Refusal

CRITERIA_MAX, COMMITMENTS_MAX = 12, 20
HELP = {
    "academies_min": "En dessous, le thème n’a pas lieu.",
    "reviews_per_application": "Combien de personnes lisent chaque candidature.",
    "disagreement": "En points sur 20 : au-delà, la candidature est « à discuter ».",
    "grace_hours": "En heures : pour ce qui attend encore un accord ou un visa.",
    "piece_max_mb": "En Mo.",
    "duration_years": "En années.",
    "reply_days": "En jours, après l’annonce.",
    "acceptance_days": "En jours, pour accepter la place proposée.",
}
_NOT_KEY = re.compile(r"[^a-z0-9]+")


class RulesForm(forms.Form):
    """The numbers of a call and the weights of its choice; what they may be, the rules say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, _, _) in BOUNDS.items():
            kind = forms.FloatField if name == "disagreement" else forms.IntegerField
            self.fields[name] = _number(kind, label, HELP.get(name, ""))
        for name, label in WEIGHT_LABELS.items():
            self.fields[f"weight_{name}"] = _number(forms.FloatField, label, "")

    @property
    def numbers(self) -> list[Any]:
        return [self[name] for name in BOUNDS]

    @property
    def weights(self) -> list[Any]:
        return [self[f"weight_{name}"] for name in WEIGHT_LABELS]


def _number(kind: type[forms.Field], label: str, hint: str) -> forms.Field:
    return kind(
        label=label,
        help_text=hint,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "6"}),
        error_messages={"required": "Donnez un nombre.", "invalid": "Donnez un nombre."},
    )


class CriterionForm(forms.Form):
    """A row of the grid; `key` is its identity, given when it is first kept."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(
        label="Critère",
        max_length=200,
        error_messages={"required": "Donnez l’intitulé du critère."},
    )
    weight = forms.IntegerField(
        label="Poids",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
        error_messages={"required": "Donnez le poids.", "invalid": "Donnez un nombre entier."},
    )
    maximum = forms.IntegerField(
        label="Note la plus haute",
        initial=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
        error_messages={"required": "Donnez la note.", "invalid": "Donnez un nombre entier."},
    )
    help = forms.CharField(
        label="Aide à la notation",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def has_changed(self) -> bool:
        """A new row whose words are empty is no row, whatever its usual marks."""
        return bool({"label", "weight", "help"} & {*self.changed_data}) or bool(self.initial)


class CommitmentForm(forms.Form):
    """A commitment of the academies."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(
        label="Engagement",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Donnez le texte de l’engagement, ou retirez-le."},
    )


class Rows(BaseFormSet[Any]):
    """Rows of which one left empty does not count, even where the page offered it."""

    def initial_form_count(self) -> int:
        """None once typed: Django would ask for every row that the page had shown."""
        return 0 if self.is_bound else super().initial_form_count()


def rows_of(form: type[forms.Form], most: int) -> type[BaseFormSet[Any]]:
    """Rows of this form, at most so many, each of which may be taken away."""
    made: type[BaseFormSet[Any]] = formset_factory(
        form,
        formset=Rows,
        extra=0,
        can_delete=True,
        max_num=most,
        validate_max=True,
        absolute_max=most + 1,
    )
    return made


CriterionRows = rows_of(CriterionForm, CRITERIA_MAX)
CommitmentRows = rows_of(CommitmentForm, COMMITMENTS_MAX)


def one_more(data: Any, prefix: str) -> Any:
    """What was typed, with one more row, empty."""
    more = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    given = more.get(name, "")
    more[name] = str(number_in(given) + 1)
    return more


def kept_rows(rows: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """What the rows say, those taken away and the empty ones left out."""
    return [
        row.cleaned_data
        for row in rows.forms
        if row.cleaned_data.get("label") and not row.cleaned_data.get("DELETE")
    ]


def initial_of(rules: CallRules) -> dict[str, Any]:
    """What the form shows of the present rules."""
    numbers = {name: getattr(rules, name) for name in BOUNDS}
    return numbers | {f"weight_{name}": getattr(rules.weights, name) for name in WEIGHT_LABELS}


def rules_typed(
    form: RulesForm, criteria: BaseFormSet[Any], commitments: BaseFormSet[Any]
) -> CallRules:
    """The rules that were typed; to be asked of valid forms."""
    typed = form.cleaned_data
    return CallRules(
        **{name: typed[name] for name in BOUNDS},
        weights=Weights(**{name: typed[f"weight_{name}"] for name in WEIGHT_LABELS}),
        grid=Grid(_criteria(kept_rows(criteria))),
        commitments=_commitments(kept_rows(commitments)),
    )


def _criteria(rows: list[dict[str, Any]]) -> tuple[Criterion, ...]:
    keys = _keys(rows)
    return tuple(
        Criterion(key, row["label"].strip(), row["weight"], row["maximum"], row["help"])
        for key, row in zip(keys, rows, strict=True)
    )


def _commitments(rows: list[dict[str, Any]]) -> tuple[Commitment, ...]:
    keys = _keys(rows)
    return tuple(
        Commitment(key, " ".join(row["label"].split())) for key, row in zip(keys, rows, strict=True)
    )


def _keys(rows: list[dict[str, Any]]) -> list[str]:
    """The identity of each row: the one it has, else a new one drawn from its words."""
    taken = {row["key"] for row in rows if row["key"]}
    found = []
    for row in rows:
        key = row["key"] or _new_key(row["label"], taken)
        taken.add(key)
        found.append(key)
    return found


def _new_key(label: str, taken: Collection[str]) -> str:
    start = _NOT_KEY.sub("_", slugify(label)).strip("_")[:30].strip("_")
    start = start if start[:1].isalpha() else f"k_{start}".rstrip("_")
    numbered = (start if number == 1 else f"{start}_{number}" for number in range(1, 1000))
    return next(key for key in numbered if key not in taken)


def tell_rows(form: forms.Form, rows: BaseFormSet[Any], name: str) -> None:
    """Put the faults of rows in the list on top, each named: « Critère 2, Poids : … »."""
    for number, row in enumerate(rows.forms, 1):
        for field, faults in row.errors.items():
            label = row.fields[field].label if field in row.fields else ""
            for fault in faults:
                form.add_error(None, f"{name} {number}, {label} : {fault}")
    for fault in rows.non_form_errors():
        form.add_error(None, f"{name} : {fault}")


def tell_refusal(form: forms.Form, refusal: Refusal, rules: CallRules) -> None:
    """Put each fault beside its field, and the others on top."""
    told = set()
    for fault in rules.faults():
        told.add(fault.sentence)
        form.add_error(fault.field if fault.field in form.fields else None, fault.sentence)
    for reason in refusal.reasons:
        if reason not in told:
            form.add_error(None, reason)
