"""A view of a list is kept, opened, made the one that opens, and left: by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import looked_over
from tests.e2e.serving import Visit

pytestmark = pytest.mark.browser

LIST = "/preparation/personnes/"
ASKED = f"{LIST}?q=lille"


def test_view_is_kept_then_opens_its_list_by_keyboard(visit: Visit) -> None:
    page = visit("pilote-national").new_page()
    page.goto(ASKED)
    page.get_by_role("link", name="Enregistrer cette vue").press("Enter")
    page.wait_for_url("**/compte/vues/nouvelle/**")
    wrong = looked_over(page)
    page.get_by_label("Nom de la vue").focus()
    page.keyboard.type("Lille")
    page.get_by_label("Ouvrir la liste avec cette vue").press("Space")
    page.get_by_label("Nom de la vue").press("Enter")
    page.wait_for_url(f"**{ASKED}")

    kept = page.get_by_role("link", name="Lille (ouvre la liste)")
    expect(kept).to_have_attribute("aria-current", "true")
    wrong += looked_over(page)
    page.goto(LIST)
    expect(page).to_have_url(page.url.partition("?")[0] + "?q=lille")
    page.get_by_role("link", name="Toute la liste").press("Enter")
    expect(kept).not_to_have_attribute("aria-current", "true")
    page.context.close()

    assert wrong == []
