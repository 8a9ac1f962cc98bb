"""The no-break spaces of French."""

import pytest
from django.template import engines

from traam.kit.french import fixed

N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Lille : 3", f"Lille{N}: 3"),
        ("Que chercher ?", f"Que chercher{N}?"),
        ("« ici » ; là !", f"«{N}ici{N}»{N}; là{N}!"),
        (" » et la suite", f"{N}» et la suite"),
        ("Séparer de « ", f"Séparer de «{N}"),
        (f"déjà{N}: fixé", f"déjà{N}: fixé"),
        ("de 13:45 à 14:00", "de 13:45 à 14:00"),
        ('<a href="/?q=1">a</a>', '<a href="/?q=1">a</a>'),
        ("  : après un retrait", "  : après un retrait"),
        ("a :b", "a :b"),
    ],
)
def test_spaces_before_high_marks_and_inside_quotes_are_fixed(typed, shown):
    assert fixed(typed) == shown
    assert fixed(shown) == shown


def test_template_is_fixed_and_what_it_is_given_is_not():
    template = engines["jinja2"].from_string("« {{ x }} » : {{ 'oui ?' }}{{ x ~ ' !' }}")

    assert template.render({"x": "a : b"}) == f"«{N}a : b{N}»{N}: oui{N}?a : b{N}!"
