"""Five classes or wider, on each page and on all of them together; else counts only."""

from collections import defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traam.syntheses.rules.anonymity import CLASSES_MIN, Context, View, too_few, views

REGIONS = {"09": "R32", "20": "R32", "17": "R52", "00": ""}
CYCLES = {"5E": "C4", "4E": "C4", "6E": "C3", "LP": ""}


def context(
    key: int, *, trial: int | None = None, academy: str = "09", level: str = "5E", month="2026-11"
) -> Context:
    return Context(
        observation=f"o{key}",
        trial=key if trial is None else trial,
        academy=academy,
        region=REGIONS[academy],
        level=level,
        cycle=CYCLES[level],
        discipline="SVT",
        school_type="COL",
        month=month,
    )


def test_five_classes_alike_are_shown_as_they_are() -> None:
    page = [context(key) for key in range(5)]

    found = views(pages={"p": page}, shown={})["p"]

    assert set(found.values()) == {View("09", "5E", "SVT", "COL", "2026-11")}
    assert len(found) == 5


def test_five_observations_of_one_class_are_not_five_classes() -> None:
    page = [context(key, trial=1) for key in range(9)]

    assert views(pages={"p": page}, shown={}) == {"p": {}}


def test_academies_widen_to_their_region_before_levels_to_their_cycle() -> None:
    two_academies = [context(key, academy="09" if key < 3 else "20") for key in range(5)]
    two_levels = [context(key, level="5E" if key < 3 else "4E") for key in range(5)]

    assert set(views(pages={"p": two_academies}, shown={})["p"].values()) == {
        View("R32", "5E", "SVT", "COL", "2026-11")
    }
    assert set(views(pages={"p": two_levels}, shown={})["p"].values()) == {
        View("R32", "C4", "SVT", "COL", "2026-11")
    }


def test_what_five_classes_do_not_share_is_only_counted() -> None:
    page = [context(key, academy="09" if key < 4 else "17") for key in range(8)]

    assert views(pages={"p": page}, shown={}) == {"p": {}}


def test_observation_bears_the_same_description_on_every_page() -> None:
    wide = [context(key, academy="09" if key < 4 else "20") for key in range(6)]
    narrow = [context(key) for key in range(4)] + [context(10)]

    found = views(pages={"wide": wide, "narrow": narrow}, shown={})

    both = found["wide"].keys() & found["narrow"].keys()
    assert {found["wide"][key] for key in both} == {found["narrow"][key] for key in both}


def test_description_shown_elsewhere_is_kept_and_never_narrowed() -> None:
    page = [context(key) for key in range(5)]
    wide = {one.observation: one.view(1) for one in page}
    untrue = {"o0": View("17", "5E", "SVT", "COL", "2026-11")}

    assert set(views(pages={"p": page}, shown=wide)["p"].values()) == {page[0].view(1)}
    assert views(pages={"p": page}, shown=untrue) == {"p": {}}


contexts = st.builds(
    context,
    st.integers(0, 40),
    trial=st.integers(0, 12),
    academy=st.sampled_from(sorted(REGIONS)),
    level=st.sampled_from(sorted(CYCLES)),
    month=st.sampled_from(["2026-11", "2026-12"]),
)


@st.composite
def worlds(draw):
    """Observations, each of one class; the pages that count them; what is shown elsewhere."""
    by_key = {one.observation: one for one in draw(st.lists(contexts, max_size=40))}
    keys = st.lists(st.sampled_from(sorted(by_key) or ["-"]), unique=True, max_size=25)
    pages = {
        f"p{rank}": [by_key[key] for key in draw(keys) if key in by_key]
        for rank in range(draw(st.integers(1, 4)))
    }
    before = {
        key: by_key[key].view(draw(st.integers(0, 2)))
        for key in draw(keys)
        if key in by_key and draw(st.booleans())
    }
    return pages, before


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(worlds())
def test_no_page_alone_or_with_the_others_shows_fewer_than_five_classes(world) -> None:
    pages, before = world

    found = views(pages=pages, shown=before)

    trial = {one.observation: one.trial for page in pages.values() for one in page}
    shown: defaultdict[str, set[View]] = defaultdict(set)
    for name, displayed in found.items():
        assert too_few((view, trial[key]) for key, view in displayed.items()) == {}, name
        assert displayed.keys() <= {one.observation for one in pages[name]}
        for key, view in displayed.items():
            shown[key].add(view)
    everywhere = [(view, trial[key]) for one in found.values() for key, view in one.items()]
    assert too_few(everywhere) == {}
    assert all(len(each) == 1 for each in shown.values())
    assert all(shown[key] == {before[key]} for key in before.keys() & shown.keys())
    assert CLASSES_MIN == 5


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(worlds())
def test_what_is_shown_is_true_of_its_observation(world) -> None:
    pages, before = world
    by_key = {one.observation: one for page in pages.values() for one in page}

    for displayed in views(pages=pages, shown=before).values():
        assert all(view in by_key[key].views for key, view in displayed.items())
