"""What is typed to compose the questions of a call: a section, a question, an item of a block."""

from collections.abc import Sequence
from typing import Any

from django import forms

from traam.applications.rules.composing import identity, options_as_text, options_from
from traam.campaigns.rules.form_faults import LABEL_MAX, TEXT_MAX
from traam.campaigns.rules.questions import (
    MAY_DECIDE,
    NO,
    WITH_OPTIONS,
    YES,
    Condition,
    Form,
    Question,
    QuestionKind,
    Section,
)

K = QuestionKind
ITEM_KINDS = [(kind.value, kind.label) for kind in K if kind is not K.BLOCK]
OPTIONS_HELP = (
    "Un par ligne. « clé = libellé » garde la clé d’un choix déjà offert : on peut alors en "
    "changer les mots sans perdre les réponses."
)
NEW_ITEMS = 3  # blank items offered beside those of a block


class SectionForm(forms.Form):
    """The heading of some questions."""

    title = forms.CharField(label="Titre de la section", max_length=LABEL_MAX)
    help = forms.CharField(label="Aide", required=False, max_length=2000)

    def section(self, form: Form, before: Section | None) -> Section:
        typed = self.cleaned_data
        taken = {one.id for one in form.sections}
        key = before.id if before else identity(typed["title"], taken=taken, start="section")
        return Section(key, typed["title"], typed["help"])


class QuestionForm(forms.Form):
    """A question: what it asks, how, in which section, and when."""

    label = forms.CharField(label="Question", max_length=LABEL_MAX)
    help = forms.CharField(
        label="Aide", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    section = forms.ChoiceField(label="Section")
    kind = forms.ChoiceField(label="Réponse attendue", choices=K.choices())
    required = forms.BooleanField(label="La réponse est exigée pour soumettre", required=False)
    limit = forms.IntegerField(
        label="Limite",
        required=False,
        min_value=1,
        max_value=TEXT_MAX,
        help_text="Caractères d’un texte, ou plus grand nombre. Vide : sans limite.",
    )
    options = forms.CharField(
        label="Choix offerts",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=OPTIONS_HELP,
    )
    condition = forms.MultipleChoiceField(
        label="Ne la poser que si l’on a répondu",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Des réponses à une même question, posée avant. Rien de coché : toujours.",
    )
    repeats_min = forms.IntegerField(
        label="Groupe : lignes au moins", required=False, min_value=0, max_value=100
    )
    repeats_max = forms.IntegerField(
        label="Groupe : lignes au plus", required=False, min_value=1, max_value=100
    )

    def __init__(self, *args: Any, form: Form, before: Question | None, **kwargs: Any) -> None:
        self.form, self.before = form, before
        kwargs["initial"] = _initial(before) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["section"].choices = [(one.id, one.title) for one in form.sections]
        fields["condition"].choices = deciding(form, before)
        if not fields["condition"].choices:
            del self.fields["condition"]

    def clean_condition(self) -> Condition | None:
        pairs = [text.partition(":")[::2] for text in self.cleaned_data["condition"]]
        names = {name for name, _ in pairs}
        if len(names) > 1:
            raise forms.ValidationError("Cochez des réponses à une seule question.")
        return Condition(names.pop(), tuple(key for _, key in pairs)) if names else None

    def question(self, items: Sequence[Question]) -> Question:
        """What was typed, under the identity it already had, or a new one."""
        typed, before = self.cleaned_data, self.before
        kind = K(typed["kind"])
        taken = {one.id for one in self.form.questions}
        is_block = kind is K.BLOCK
        return Question(
            id=before.id if before else identity(typed["label"], taken=taken),
            kind=kind,
            label=typed["label"],
            help=typed["help"],
            section=typed["section"],
            required=typed["required"],
            limit=typed["limit"] if kind not in (*WITH_OPTIONS, K.YES_NO, K.BLOCK) else None,
            options=_options(typed["options"], before) if kind in WITH_OPTIONS else (),
            condition=typed.get("condition"),
            repeats_min=(typed["repeats_min"] or 0) if is_block else 0,
            repeats_max=typed["repeats_max"] if is_block else None,
            items=tuple(items) if is_block else (),
        )


def _options(text: str, before: Question | None) -> tuple[Any, ...]:
    return options_from(text.splitlines(), before.options if before else ())


def _initial(before: Question | None) -> dict[str, Any]:
    if before is None:
        return {"kind": K.LONG_TEXT.value}
    condition = before.condition
    among = [f"{condition.question}:{key}" for key in condition.among] if condition else []
    return {
        "label": before.label,
        "help": before.help,
        "section": before.section,
        "kind": before.kind.value,
        "required": before.required,
        "limit": before.limit,
        "options": options_as_text(before.options),
        "condition": among,
        "repeats_min": before.repeats_min or None,
        "repeats_max": before.repeats_max,
    }


def deciding(form: Form, before: Question | None) -> list[tuple[str, str]]:
    """The answers that may decide of a question: those of the questions asked before it."""
    found = []
    for one in form.in_order():
        if before is not None and one.id == before.id:
            break
        if one.kind in MAY_DECIDE:
            answers = [(each.key, each.label) for each in one.options]
            answers = answers or [(YES, "oui"), (NO, "non")]
            found += [(f"{one.id}:{key}", f"{one.label} : {label}") for key, label in answers]
    return found


class ItemForm(forms.Form):
    """A question of a block; without words, it is none."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label="Question", required=False, max_length=LABEL_MAX)
    kind = forms.ChoiceField(label="Réponse attendue", choices=ITEM_KINDS, required=False)
    required = forms.BooleanField(label="Exigée", required=False)
    limit = forms.IntegerField(label="Limite", required=False, min_value=1, max_value=TEXT_MAX)
    options = forms.CharField(
        label="Choix offerts, un par ligne",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def item(self, before: Question | None, taken: set[str]) -> Question | None:
        typed = self.cleaned_data
        if not typed["label"]:
            return None
        kind = K(typed["kind"] or K.TEXT)
        key = before.id if before else identity(typed["label"], taken=taken)
        taken.add(key)
        return Question(
            id=key,
            kind=kind,
            label=typed["label"],
            required=typed["required"],
            limit=typed["limit"] if kind not in (*WITH_OPTIONS, K.YES_NO) else None,
            options=_options(typed["options"], before) if kind in WITH_OPTIONS else (),
        )


def item_forms(question: Question | None, data: Any) -> list[ItemForm]:
    """The items of a block, then blank ones; as many as were sent."""
    items = question.items if question else ()
    count = len(items) + NEW_ITEMS
    if data is not None:
        sent = data.get("items", "")
        count = min(int(sent), 100) if sent.isdecimal() and len(sent) < 4 else 0
    return [
        ItemForm(data, prefix=f"item-{rank}", initial=_item_initial(items, rank))
        for rank in range(count)
    ]


def _item_initial(items: Sequence[Question], rank: int) -> dict[str, Any]:
    if rank >= len(items):
        return {"kind": K.TEXT.value}
    one = items[rank]
    return {
        "id": one.id,
        "label": one.label,
        "kind": one.kind.value,
        "required": one.required,
        "limit": one.limit,
        "options": options_as_text(one.options),
    }


def items_of(given: Sequence[ItemForm], question: Question | None) -> list[Question]:
    """What was typed in them, each under the identity it already had."""
    before = {one.id: one for one in (question.items if question else ())}
    taken = set(before)
    made = (one.item(before.get(one.cleaned_data["id"]), taken) for one in given)
    return [one for one in made if one is not None]
