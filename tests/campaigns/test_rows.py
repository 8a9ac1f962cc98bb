"""Rows of a form that come and go: one left empty does not count, one half filled is refused."""

import pytest

from traam.campaigns.rule_forms import kept_rows
from traam.campaigns.theme_forms import AxisRows


def rows(*labels: tuple[str, str]):
    """What a page that offered so many rows, all of them at first, sends."""
    count = str(len(labels))
    data = {"axes-TOTAL_FORMS": count, "axes-INITIAL_FORMS": count}
    for place, (label, text) in enumerate(labels):
        data |= {f"axes-{place}-label": label, f"axes-{place}-text": text}
    return AxisRows(data, prefix="axes")


def test_row_left_empty_does_not_count():
    typed = rows(("Conjecturer", ""), ("", ""), ("Prouver", ""))

    assert typed.is_valid()
    assert [one["label"] for one in kept_rows(typed)] == ["Conjecturer", "Prouver"]


@pytest.mark.parametrize("place", [0, 2])
def test_row_half_filled_is_refused(place):
    given = [("Conjecturer", ""), ("Prouver", ""), ("Dire", "")]
    given[place] = ("", "Des précisions sans intitulé")

    typed = rows(*given)

    assert not typed.is_valid()
    assert [bool(one) for one in typed.errors] == [n == place for n in range(3)]
