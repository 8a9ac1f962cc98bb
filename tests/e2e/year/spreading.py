"""What everyone reads: the synthesis, its findings and observations; and what is harvested."""

import warnings
from urllib.parse import urlsplit

from tests.e2e.year.names import FINDING, SCENARIO, SHEETS, SYNTHESIS, YEAR
from tests.e2e.year.testing import SEEN
from tests.e2e.year.walking import Walk


def read_the_synthesis(walk: Walk) -> None:
    """A stranger comes in by the front door, and goes from a finding to what it rests on."""
    page = walk.stranger()
    walk.go(page, "/")
    page.locator("header").get_by_role("link", name="Synthèses", exact=True).first.click()
    page.wait_for_url("**/syntheses/")
    walk.look(page)
    walk.follow(page, SYNTHESIS)
    walk.codes["ark"] = page.url.rstrip("/").rsplit("/", 1)[-1]
    walk.shows(page, FINDING, "cadre", "opinion", "Réserve : Une seule classe hors de Lille.")
    page.locator(".catalogue-passage__counts a").first.click()
    page.wait_for_url("**/constats/**")
    walk.look(page)
    walk.shows(page, FINDING, "5 observations qui l’appuient", "1 observation qui le contredit")
    described = page.locator(".catalogue-observation__where").all_inner_texts()
    place = "région académique : Hauts-de-France"
    assert len(described) == 5
    assert all(one.startswith(("académie : Lille", place)) for one in described), described
    assert SEEN in page.locator(".catalogue-observation__text").first.inner_text()


def harvest(walk: Walk) -> None:
    """A real harvester collects the notice, whose identifier leads to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, not ours
        from sickle import Sickle

        found = {
            record.metadata["title"][0]: record
            for record in Sickle(f"{walk.address}/oai").ListRecords(metadataPrefix="oai_dc")
        }
    assert set(found) == {SYNTHESIS, SCENARIO}
    names = found[SYNTHESIS].metadata["identifier"]
    ark = next(one for one in names if "ark:/" in one)
    page = walk.stranger()
    page.goto(urlsplit(ark).path)
    page.wait_for_url(f"**/catalogue/{walk.codes['ark']}/")
    walk.look(page)
    walk.shows(page, SYNTHESIS)


def find_it_elsewhere(walk: Walk) -> None:
    """The campaign, before the rules of its call, the theme and the search lead to it as well."""
    page = walk.stranger()
    page.goto(f"/campagnes/{YEAR}/")
    walk.look(page, "with its synthesis")
    said = page.locator("main").inner_text()
    assert said.index(SYNTHESIS) < said.index("Ce que l’appel demandait")
    page.goto(f"/themes/{walk.codes[SHEETS]}/")
    walk.look(page, "with its synthesis")
    walk.shows(page, SYNTHESIS)
    walk.go(page, "/catalogue/?q=contre-exemple")
    walk.shows(page, SYNTHESIS)


STEPS = (
    read_the_synthesis,
    harvest,
    find_it_elsewhere,
)
