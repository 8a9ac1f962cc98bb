"""How Django's forms are drawn: by its own templates, but what grows with the choices offered (the
lines of a list, boxes and buttons) is written at once, several times sooner than by templates."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"
BOXES = ("django/forms/widgets/checkbox_option.html", "django/forms/widgets/radio_option.html")


class Widgets(DjangoTemplates):
    """Django's renderer; what it draws is the same, blanks apart."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == SELECT:
            return _select(context["widget"])
        if template_name in BOXES and not context["widget"]["wrap_label"]:
            return _box(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = ((_group(name, options),) for name, options, _ in widget["optgroups"])
    attributes, lines = _attributes(widget["attrs"]), format_html_join("\n", "{}", groups)
    return format_html('<select name="{}"{}>\n{}\n</select>', widget["name"], attributes, lines)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    lines = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((one["value"], _attributes(one["attrs"]), one["label"]) for one in options),
    )
    return format_html('<optgroup label="{}">\n{}\n</optgroup>', name, lines) if name else lines


def _box(widget: Mapping[str, Any]) -> SafeString:
    shape = '<input type="{}" name="{}" value="{}"{}>'
    attributes = _attributes(widget["attrs"])
    return format_html(shape, widget["type"], widget["name"], widget["value"], attributes)


def _attributes(given: Mapping[str, Any]) -> SafeString:
    """True is said by its name alone; False is not said."""
    if not given:
        return SafeString()
    said = ((name, value) for name, value in given.items() if value is not False)
    return format_html_join(
        "", " {}{}", ((name, "" if value is True else _value(value)) for name, value in said)
    )


def _value(value: object) -> SafeString:
    return format_html('="{}"', value)
