"""What components ask about forms and pages, and the widgets that a browser helps to fill."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField

READ = "lu"  # the warnings that a page has shown, sent again by its form
ORDER = "tri"  # the parameter that orders a list, in every address
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar (which wants ISO whatever the language)."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class InstantInput(forms.DateTimeInput):
    """A day and a time, in Paris."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


def is_optional(bound: BoundField) -> bool:
    """May it be left empty for good? `wanted`, on a form: the fields that may wait, and that a
    later step asks for."""
    return not bound.field.required and bound.name not in getattr(bound.form, "wanted", ())


def widget_kind(bound: BoundField) -> str:
    """Which mark-up shows this field: "radios", "select"… or "input" for all that is typed."""
    widget = bound.field.widget
    return next((kind for class_, kind in _KINDS if isinstance(widget, class_)), "input")


class Filter(NamedTuple):
    """What narrows a list now: the parameter of its address, and how a reader knows it."""

    name: str
    label: str
    text: str


def active_filters(form: forms.Form) -> Iterator[Filter]:
    """What was well chosen to narrow a list; « tri », its order, narrows nothing."""
    form.is_valid()
    chosen = form.cleaned_data if form.is_bound else {}
    for bound in form:
        value = chosen.get(bound.name)
        if bound.name != ORDER and value not in (None, "", [], False):
            yield Filter(bound.name, str(bound.label), _words(bound.field, value))


def _words(field: forms.Field, value: object) -> str:
    if value is True:
        return "oui"
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)


def page_numbers(current: int, last: int) -> list[int | None]:
    """The pages to offer: first, last, current and its neighbours; None stands for a gap."""
    near = [n for n in range(current - 1, current + 2) if 1 <= n <= last]
    shown = sorted({1, *near, last})
    numbers: list[int | None] = []
    for page in shown:
        if numbers and (previous := numbers[-1]) is not None and page - previous > 1:
            numbers.append(page - 1 if page - previous == 2 else None)
        numbers.append(page)
    return numbers
