"""What the looks are for is found: a page that has each fault is told of it, a sound one is not."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.looking import LOOKS, looked_over

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="fr"><title>Une page</title><style>
  :focus-visible {{ outline: 2px solid blue }} .nu:focus {{ outline: none }}
</style><main><h1>Une page</h1><p><a href="#x">Un lien</a> <button>Un bouton</button></p>
<fieldset><legend>Choix</legend><label><input type="radio"> Un</label></fieldset>
<button disabled>Éteint</button> <a href="#y" hidden>Caché</a>{}</main></html>"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", []),
        ('<a class="nu" href="#z">Un lien</a>', ["desktop: keyboard: nothing shows"]),
        ('<button tabindex="3">Avant</button>', ["tabindex", "desktop: keyboard: out of its turn"]),
        ('<img src="data:,">', ["image-alt", "image-alt"]),
        (
            '<p style="width: 60rem">Une ligne trop longue</p>',
            ["phone: wider than the screen", "zoom 200 %: wider than the screen"],
        ),
        (
            "<details><summary>Plus</summary><p style='width: 60rem'>Trop long</p></details>",
            ["phone: wider than the screen", "zoom 200 %: wider than the screen"],
        ),
        ('<p style="color: #aaa; background: #fff">Pâle</p>', ["color-contrast"]),
    ],
    ids=["sound", "no ring", "out of turn", "image", "wide", "wide once open", "pale"],
)
def test_look_finds_the_fault_and_nothing_else(browser: Browser, more, said) -> None:
    page = browser.new_page()
    page.set_content(PAGE.format(more))

    wrong = looked_over(page, LOOKS)
    page.close()

    assert [words for words in said if not any(words in one for one in wrong)] == []
    assert bool(wrong) == bool(said)
