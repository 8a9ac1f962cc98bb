"""What is written is read again; what is bad is refused whole, every fault named in French."""

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.selection.optimiser.instances import drawn
from traam.kit.refusals import Refusal
from traam.selection.optimiser.instance import Instance, Weights, as_data
from traam.selection.optimiser.reading import parse, read

GOOD: dict[str, Any] = {
    "themes": [{"id": "T", "min": 1, "max": 2}],
    "academies": [{"id": "A", "max": 1, "region": "R"}, {"id": "B", "max": 1, "region": "R"}],
    "applications": [
        {
            "id": name,
            "theme": "T",
            "academy": academy,
            "score": 12.5,
            "rank": 1,
            "eligible": True,
            "lock": None,
        }
        for name, academy in (("c1", "A"), ("c2", "B"))
    ],
    "weights": {"score": 1, "rank": 2, "served": 3, "region": 4},
}


def refused(data: object) -> list[str]:
    with pytest.raises(Refusal) as caught:
        read(data)
    return caught.value.reasons


def changed(path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """The good instance with one value changed, or added."""
    data = copy.deepcopy(GOOD)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


def test_instance_of_the_surface_is_read() -> None:
    instance = read(GOOD)

    assert instance.weights == Weights(score=1, rank=2, served=3, region=4)
    assert [row.maximum for row in instance.academies] == [1, 1]
    assert [row.is_open for row in instance.applications] == [True, True]


@given(seed=st.integers(0, 100_000))
def test_instance_is_read_as_it_was_written(seed: int) -> None:
    instance = drawn(seed)

    assert read(as_data(instance)) == instance
    assert parse(json.dumps(as_data(instance)).encode()) == instance


ROW = ("applications", 0)
NUMBER = "un nombre de 0 à 1000"
RANK = "un nombre entier de 1 (le premier vœu) à 1000000"
COUNT = "un nombre entier de 0 à 1000000"


def unread(where: str, shown: str, accepted: str) -> str:
    return f"{where} : « {shown} » n’est pas accepté ; il faut {accepted}."


FAULTS = [
    ((*ROW, "score"), -1, unread("applications, ligne 1, score", "-1", NUMBER)),
    ((*ROW, "score"), "12", unread("applications, ligne 1, score", '"12"', NUMBER)),
    ((*ROW, "score"), float("nan"), unread("applications, ligne 1, score", "NaN", NUMBER)),
    ((*ROW, "score"), True, unread("applications, ligne 1, score", "true", NUMBER)),
    ((*ROW, "rank"), 0, unread("applications, ligne 1, rank", "0", RANK)),
    ((*ROW, "rank"), 1.5, unread("applications, ligne 1, rank", "1.5", RANK)),
    (
        (*ROW, "lock"),
        "peut-être",
        unread("applications, ligne 1, lock", '"peut-être"', "null, « in » ou « out »"),
    ),
    ((*ROW, "eligible"), 1, unread("applications, ligne 1, eligible", "1", "true ou false")),
    (
        (*ROW, "levels"),
        "C3",
        unread("applications, ligne 1, levels", '"C3"', "une liste de textes"),
    ),
    ((*ROW, "theme"), "X", "applications : « c1 » répond à un thème inconnu, « X »."),
    ((*ROW, "academy"), "X", "applications : « c1 » a une académie inconnue, « X »."),
    ((*ROW, "id"), "c2", "applications : l’identifiant « c2 » est là plusieurs fois."),
    (
        (*ROW, "note"),
        3,
        'applications, ligne 1 : le champ « "note" » n’existe pas (id, theme, academy, score, '
        "rank, eligible, lock, continuing, newcomer, levels, school_types, reviews).",
    ),
    (("themes", 0, "min"), 3, "themes : le thème « T » demande au moins 3 et au plus 2."),
    (
        ("themes", 0, "max"),
        float("inf"),
        unread("themes, ligne 1, max", "Infinity", "un nombre entier de 0 à 1000000"),
    ),
    (("academies", 1, "id"), "A", "academies : l’identifiant « A » est là plusieurs fois."),
    (("weights", "region"), -2, unread("weights, region", "-2", NUMBER)),
    (
        ("weights", "beauty"),
        1,
        'weights : le champ « "beauty" » n’existe pas (score, rank, served, region, overseas, '
        "newcomer, balance).",
    ),
    (("incompatible",), [["c1", "c9"]], "incompatible : la candidature « c9 » est inconnue."),
    (("incompatible",), [["c1", "c1"]], "incompatible : « c1 » ne peut l’être avec elle-même."),
    (
        ("incompatible",),
        [["c1"]],
        unread("incompatible, ligne 1", '["c1"]', "une liste de deux candidatures"),
    ),
    (("scale",), 10, "applications : « c1 » a une note de 12.5, hors de l’échelle (de 0 à 10)."),
    (("scale",), 0, unread("l’instance, scale", "0", "un nombre plus grand que 0, jusqu’à 1000")),
    (("themes",), {}, unread("l’instance, themes", "{}", "une liste")),
]


@pytest.mark.parametrize(("path", "value", "sentence"), FAULTS)
def test_fault_is_named_with_its_place_its_value_and_what_is_accepted(path, value, sentence):
    assert sentence in refused(changed(path, value))


def test_faults_are_all_named_at_once() -> None:
    data = changed((*ROW, "score"), -1)
    data["applications"][1]["rank"] = 0
    data["weights"] = {}

    assert len(refused(data)) == 3


@pytest.mark.parametrize("missing", ["themes", "academies", "applications", "weights"])
def test_missing_part_is_named(missing: str) -> None:
    data = {name: value for name, value in GOOD.items() if name != missing}

    assert refused(data) == [f"l’instance : il manque le champ « {missing} »."]


@pytest.mark.parametrize("missing", ["id", "theme", "academy", "score", "rank"])
def test_missing_field_is_named(missing: str) -> None:
    data = copy.deepcopy(GOOD)
    del data["applications"][1][missing]

    assert refused(data) == [f"applications, ligne 2 : il manque le champ « {missing} »."]


def test_number_and_text_that_read_the_same_are_the_same_id() -> None:
    data = changed(("themes",), [{"id": 1}, {"id": "1"}, {"id": "T"}])

    assert refused(data) == ["themes : l’identifiant « 1 » est là plusieurs fois."]


@pytest.mark.parametrize("text", ["", " c1", "c\x1b[2J", "\ud800", "c" * 201, "a\nb"])
def test_id_that_cannot_be_shown_is_refused_and_shown_safely(text: str) -> None:
    (sentence, *_) = refused(changed((*ROW, "id"), text))

    assert sentence.isprintable()
    assert len(sentence) < 250


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "Le fichier n’est pas en UTF-8."),
        (b"{", "Le fichier n’est pas du JSON : erreur à la ligne 1, colonne 2."),
        (b"[" * 100_000, "Le fichier n’est pas du JSON qui puisse se lire."),
        (b"9" * 5000, "Le fichier n’est pas du JSON qui puisse se lire."),
        (b'{"a": 1, "a": 2}', "Un objet du fichier a deux fois le même champ : « a »."),
        (b"[]", "l’instance : « [] » n’est pas accepté ; il faut un objet."),
    ],
)
def test_file_that_is_no_instance_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(content)

    assert caught.value.reasons == [sentence]


PATHS = [
    *((name,) for name in (*GOOD, "incompatible", "scale")),
    *(("themes", 0, name) for name in ("id", "min", "max")),
    *(("academies", 0, name) for name in ("id", "max", "region", "overseas", "size")),
    *(
        (*ROW, name)
        for name in (*GOOD["applications"][0], "newcomer", "continuing", "levels", "reviews")
    ),
    *(("weights", name) for name in ("score", "balance", "overseas")),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def tried(data: object) -> tuple[Instance | None, list[str]]:
    try:
        return read(data), []
    except Refusal as refusal:
        return None, refusal.reasons


@given(path=st.sampled_from(PATHS), value=VALUES)
@example(path=(*ROW, "score"), value=10**400)
@example(path=(*ROW, "id"), value=True)
def test_any_value_anywhere_is_read_or_refused_in_sentences(path, value) -> None:
    instance, reasons = tried(changed(path, value))

    assert (instance is None) == bool(reasons)
    assert all(one.isprintable() and one.endswith(".") for one in reasons)
    assert instance is None or read(as_data(instance)) == instance


@given(VALUES)
def test_any_value_is_no_instance_but_is_refused(value) -> None:
    assert refused(value)
