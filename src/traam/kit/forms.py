"""What components ask about forms and pages, and the widgets that a browser helps to fill."""

from django import forms
from django.forms.boundfield import BoundField

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


def widget_kind(bound: BoundField) -> str:
    """Which mark-up shows this field: "radios", "select"… or "input" for all that is typed."""
    widget = bound.field.widget
    return next((kind for class_, kind in _KINDS if isinstance(widget, class_)), "input")


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
