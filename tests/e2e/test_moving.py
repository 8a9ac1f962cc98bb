"""Ranked and coded by moving, in a real browser: mouse, finger, keyboard, without script."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.looking import PHONE, SCREENS, faults, violations
from tests.e2e.serving import Site, Visit, served, visits

pytestmark = pytest.mark.browser

ENDORSE = "/candidatures/academie/09/?campagne=2090-2091"
CODING = "/redaction/groupes/{group}/coder/"
TALL = {"width": 1280, "height": 1400}  # all that is moved is on screen


@pytest.fixture(scope="module")
def room(base: Path) -> Iterator[Site]:
    """A server where there is something to rank and something to code."""
    with served(base, "moves") as site:
        yield site


@pytest.fixture(scope="module")
def as_persona(browser: Browser, room) -> Iterator[Visit]:
    """Opens a browser signed in as a persona."""
    with visits(browser, room.address) as visit:
        yield visit


@pytest.fixture
def delegate(as_persona: Visit) -> Page:
    return as_persona("dan-lille", viewport=TALL).new_page()


def row(page: Page, code: str) -> Locator:
    return page.locator(f"#candidature-{code}")


def shown(page: Page) -> list[str]:
    """The codes, in the order on screen; each bears the number of its place."""
    rows = page.locator(".applications-ranks > li")
    numbers = [one.input_value() for one in rows.locator("[data-rank]").all()]
    assert numbers == [str(place) for place in range(1, len(numbers) + 1)]
    return [str(one.get_attribute("id")).removeprefix("candidature-") for one in rows.all()]


def middle(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, one: Locator, to: tuple[float, float], *, leave: str = "up") -> None:
    """From the grip of `one`, step by step, as a hand does."""
    page.mouse.move(*middle(one.locator("[data-grip]")))
    page.mouse.down()
    page.mouse.move(*to, steps=8)
    if leave == "up":
        page.mouse.up()


def above(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box
    return box["x"] + 40, box["y"] + 12


def ranks(room: Site) -> dict[str, int | None]:
    """As they are stored, straight from the file that the server writes in."""
    with closing(sqlite3.connect(f"{room.folder}/traam.sqlite3")) as data:
        return dict(data.execute("SELECT code, rank FROM applications_application"))


def evidence(room: Site) -> set[tuple[str, int, str]]:
    query = """
        SELECT finding.code, one.observation_id, one.support FROM syntheses_evidence one
        JOIN syntheses_finding finding ON finding.id = one.finding_id"""
    with closing(sqlite3.connect(f"{room.folder}/traam.sqlite3")) as data:
        return set(data.execute(query))


@pytest.mark.parametrize("look", SCREENS)
def test_pages_where_one_moves_are_accessible_and_fit(as_persona, room, look) -> None:
    dan, expert = (as_persona(who, **SCREENS[look]).new_page() for who in ("dan-lille", "expert"))
    coding = CODING.format(**room.found)

    assert faults(dan, ENDORSE, shot="rank") == []
    assert faults(expert, coding, shot="code") == []
    assert faults(expert, f"{coding}?constat={room.found['findings'][0]}", shot="code for") == []


def test_row_dragged_with_the_mouse_takes_its_rank_and_says_it(delegate, room) -> None:
    first, second, third = room.found["codes"]
    delegate.goto(f"{ENDORSE}&ordre={first},{second},{third}")

    drag(delegate, row(delegate, third), above(row(delegate, first)))
    title = row(delegate, third).get_by_role("link").first.inner_text()
    said = f"« {title} » : rang 1 sur 3."
    expect(delegate.locator("[data-aloud]")).to_have_text(said)

    assert shown(delegate) == [third, first, second]
    heads = delegate.locator("#comparer-around th[scope=col] ~ th")
    expect(heads).to_have_count(3)
    delegate.reload()
    assert shown(delegate) == [third, first, second]
    assert violations(delegate) == []


def test_row_let_go_with_escape_stays_where_it_was(delegate, room) -> None:
    first, second, third = room.found["codes"]
    delegate.goto(f"{ENDORSE}&ordre={first},{second},{third}")

    drag(delegate, row(delegate, third), above(row(delegate, first)), leave="held")
    expect(delegate.locator(".applications-ranks > li").first).to_have_id(f"candidature-{third}")
    delegate.keyboard.press("Escape")
    delegate.mouse.up()

    assert shown(delegate) == [first, second, third]


def test_row_dragged_while_the_server_is_away_goes_back_and_says_why(delegate, room) -> None:
    first, second, third = room.found["codes"]
    delegate.goto(f"{ENDORSE}&ordre={first},{second},{third}")
    delegate.context.set_offline(True)

    drag(delegate, row(delegate, third), above(row(delegate, first)))

    expect(delegate.locator("[data-aloud]")).to_contain_text("rien n’a changé")
    expect(delegate.locator("[data-aloud]")).to_be_in_viewport()
    assert shown(delegate) == [first, second, third]


def test_row_is_moved_by_a_finger_and_the_page_scrolls_beside(as_persona, room) -> None:
    page = as_persona("dan-lille", **SCREENS["phone"]).new_page()
    first, second, third = room.found["codes"]
    page.goto(f"{ENDORSE}&ordre={first},{second},{third}")
    row(page, second).scroll_into_view_if_needed()
    (x, y), (_, to) = middle(row(page, second).locator("[data-grip]")), above(row(page, first))
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, at: float | None = None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    for part in range(1, 9):
        touch("touchMove", y + (to - y) * part / 8)
    touch("touchEnd")

    expect(page.locator("[data-aloud]")).to_contain_text("rang 1 sur 3")
    assert shown(page) == [second, first, third]


def test_keyboard_moves_a_row_keeps_its_place_and_hears_the_rank(delegate, room) -> None:
    first, second, third = room.found["codes"]
    delegate.goto(f"{ENDORSE}&ordre={first},{second},{third}")
    delegate.evaluate("document.body.dataset.same = 'yes'")

    delegate.locator(f"#monter-{third}").press("Enter")
    expect(delegate.locator("[data-aloud]")).to_contain_text("rang 2 sur 3")
    expect(delegate.locator(f"#monter-{third}")).to_be_focused()
    delegate.keyboard.press("Enter")
    expect(delegate.locator("[data-aloud]")).to_contain_text("rang 1 sur 3")

    expect(delegate.locator(f"#descendre-{third}")).to_be_focused()  # it can go no higher
    assert shown(delegate) == [third, first, second]
    expect(delegate.locator("body")).to_have_attribute("data-same", "yes")


def test_row_is_moved_without_script_and_no_grip_is_there(as_persona, room) -> None:
    page = as_persona("dan-lille", java_script_enabled=False).new_page()
    first, second, third = room.found["codes"]
    page.goto(f"{ENDORSE}&ordre={first},{second},{third}")

    page.locator(f"#monter-{third}").click()

    assert shown(page) == [first, third, second]
    expect(page.locator("[data-grip]").first).to_be_hidden()


def test_observation_is_dropped_on_what_it_does_to_a_finding(as_persona, room) -> None:
    found: dict[str, Any] = room.found
    page = as_persona("expert", viewport=TALL).new_page()
    page.goto(CODING.format(**found))
    finding, observation = found["findings"][1], found["observations"][2]
    place = page.locator(f"#constat-{finding} [data-place*='contradicts']")
    expect(place).to_be_hidden()

    card = page.locator(f"#observation-{observation}")
    drag(page, card, middle(page.locator(f"#constat-{finding}")), leave="held")
    page.mouse.move(*middle(place), steps=4)
    expect(place).to_have_attribute("data-over", "yes")
    page.mouse.up()

    expect(page.locator(f"#constat-{finding} [data-contrary='1']")).to_be_visible()
    expect(page.locator("[data-aloud]")).to_contain_text("Mesurer à deux rassure.")
    expect(place).to_be_hidden()
    assert (finding, observation, "contradicts") in evidence(room)


def test_observation_let_go_elsewhere_does_nothing(as_persona, room) -> None:
    page = as_persona("expert", viewport=TALL).new_page()
    page.goto(CODING.format(**room.found))
    before = evidence(room)

    drag(page, page.locator(f"#observation-{room.found['observations'][0]}"), (300, 60))

    expect(page.locator(".kit-ticket")).to_have_count(0)
    assert evidence(room) == before


def test_findings_come_up_to_the_finger_that_holds_an_observation(as_persona, room) -> None:
    page = as_persona("expert", **SCREENS["phone"]).new_page()
    page.goto(CODING.format(**room.found))
    card = page.locator(f"#observation-{room.found['observations'][0]}")
    card.scroll_into_view_if_needed()

    drag(page, card, (200, 300), leave="held")

    expect(page.locator("[data-place]").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.keyboard.press("Escape")


def test_keyboard_codes_an_observation_and_keeps_its_place(as_persona, room) -> None:
    found: dict[str, Any] = room.found
    page = as_persona("expert", viewport=TALL).new_page()
    finding, observation = found["findings"][0], found["observations"][1]
    page.goto(f"{CODING.format(**found)}?constat={finding}")

    page.locator(f"#supports-{observation}").press("Enter")

    expect(page.locator(f"#constat-{finding} [data-seen='1']")).to_be_visible()
    expect(page.locator("[data-aloud]")).to_contain_text("Comparer fait corriger.")
    expect(page.locator(f"#supports-{observation}")).to_be_focused()
    page.locator(f"#none-{observation}").press("Enter")
    expect(page.locator(f"#none-{observation}")).to_have_count(0)
    expect(page.locator(f"#supports-{observation}")).to_be_focused()


def test_order_that_was_dragged_is_what_the_act_writes(delegate, room) -> None:
    first, second, third = room.found["codes"]
    delegate.goto(f"{ENDORSE}&ordre={first},{second},{third}")

    drag(delegate, row(delegate, third), above(row(delegate, first)))
    expect(delegate.locator("[data-aloud]")).to_contain_text("rang 1 sur 3")
    delegate.get_by_role("button", name="Voir ce qui se passera…").click()
    delegate.get_by_role("button", name="Viser, classer et déposer").click()
    expect(delegate.locator("#messages")).to_contain_text("3 candidatures visées et déposées")

    stored = ranks(room)
    assert [stored[code] for code in (third, first, second)] == [1, 2, 3]
