"""A list of choices is drawn as Django draws it, by no template for each of its lines."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.base import Template
from django.utils.safestring import mark_safe
from lxml import html

from traam.kit.drawing import Widgets

HARD = [
    ("", "---------"),
    ("a&b", "Été <comparer> & « noter »"),
    (1, 1),
    ('"x"', mark_safe("déjà &lt;sûr&gt;")),
    ("Groupe « A & B »", [("2", "deux"), (3, "trois")]),
]
FIELDS = {
    "one": (forms.ChoiceField(choices=HARD), "a&b"),
    "none chosen": (forms.ChoiceField(choices=HARD), None),
    "several": (forms.MultipleChoiceField(choices=HARD), ["1", "3"]),
    "nothing offered": (forms.ChoiceField(choices=[]), None),
    "required, with attributes": (
        forms.ChoiceField(
            choices=HARD,
            widget=forms.Select(
                attrs={"class": "fr-select", "data-x": '<"&', "disabled": True, "hidden": False}
            ),
        ),
        "2",
    ),
    "buttons": (forms.ChoiceField(choices=HARD, widget=forms.RadioSelect), "a&b"),
    "boxes": (forms.MultipleChoiceField(choices=HARD, widget=forms.CheckboxSelectMultiple), ["1"]),
    "not a list": (forms.CharField(), "<b>"),
}


def _drawn(name: str, renderer: Any) -> str:
    field, initial = FIELDS[name]
    form = type("SampleForm", (forms.Form,), {"champ": field})(
        renderer=renderer, initial={"champ": initial}
    )
    apart = [one.tag() for one in form["champ"]]  # as a page draws boxes and buttons
    return f"<div>{form['champ']}{''.join(apart)}</div>"


def _read(drawn: str) -> list[tuple[str, dict[str, str], str]]:
    nodes = html.fragment_fromstring(drawn).iter()
    return [(one.tag, dict(one.attrib), (one.text or "").strip()) for one in nodes]


@pytest.mark.parametrize("name", FIELDS)
def test_field_is_drawn_as_django_draws_it(name) -> None:
    assert _read(_drawn(name, Widgets())) == _read(_drawn(name, DjangoTemplates()))


def test_choices_are_drawn_by_no_template(monkeypatch) -> None:
    rendered: list[str | None] = []
    monkeypatch.setattr(Template, "render", lambda one, _: rendered.append(one.name) or "")
    offered = [(str(number), number) for number in range(300)]

    class SampleForm(forms.Form):  # as every form of the house is
        one = forms.ChoiceField(choices=offered)
        many = forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple)

    form = SampleForm()

    assert str(form["one"]).count("<option") == 300
    assert [one.tag().count("<input") for one in form["many"]] == [1] * 300
    assert rendered == []
