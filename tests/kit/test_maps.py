"""The map as data: each area once, the mainland by its shapes, overseas by squares."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.kit import maps
from traam.kit.maps import Area, drawn

KNOWN = json.loads(maps.SHAPES.read_text(encoding="utf-8"))["departments"]
ACADEMIES = Path(maps.__file__).parents[1] / "reference" / "data" / "academies.json"


def test_shapes_are_the_departments_of_the_mainland() -> None:
    mainland = {f"{number:02d}" for number in range(1, 96)} - {"20"} | {"2A", "2B"}

    assert set(KNOWN) == mainland


def test_every_academy_is_drawn_once_whether_it_has_a_shape_or_not() -> None:
    terms = json.loads(ACADEMIES.read_text(encoding="utf-8"))["terms"]
    areas = [
        Area(term["code"], term["label"], tuple(term["facts"].get("departments", ())))
        for term in terms
        if not term.get("valid_to")
    ]

    drawing = drawn(areas)

    said = [one.area.code for one in (*drawing.shapes, *drawing.squares)]
    assert sorted(said) == sorted(one.code for one in areas)
    overseas = {term["code"] for term in terms if term["facts"].get("overseas")}
    assert {one.area.code for one in drawing.squares} == overseas


def test_area_of_two_departments_is_one_outline_and_one_letter() -> None:
    drawing = drawn([Area("09", "Lille", ("59", "62"), "full", "R")])

    shape = drawing.shapes[0]
    assert shape.outline == KNOWN["59"]["d"] + KNOWN["62"]["d"]
    assert (
        min(KNOWN["59"]["x"], KNOWN["62"]["x"]) < shape.x < max(KNOWN["59"]["x"], KNOWN["62"]["x"])
    )


@given(st.integers(min_value=0, max_value=40))
def test_squares_never_overlap_and_stay_on_the_drawing(count) -> None:
    drawing = drawn([Area(str(number), "Île", ()) for number in range(count)])

    corners = {(one.x, one.y) for one in drawing.squares}
    assert len(corners) == count
    for one in drawing.squares:
        assert 0 <= one.x <= drawing.width - one.side
        assert one.y + one.side <= drawing.height


def test_styles_are_those_in_use_in_their_order() -> None:
    drawing = drawn([Area("a", "A", (), "dots"), Area("b", "B", ("59",), "full")])

    assert drawing.styles == ("full", "dots")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("La Réunion", "Réunion"),
        ("Nouvelle-Calédonie", "N.-Calédonie"),
        ("Polynésie française", "Polynésie"),
        ("Saint-Pierre-et-Miquelon", "St-Pierre"),
        ("Wallis-et-Futuna", "Wallis"),
    ],
)
def test_name_of_a_square_is_short(name, short) -> None:
    assert drawn([Area("x", name, ())]).squares[0].short == short
