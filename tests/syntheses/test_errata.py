"""What is said of a published synthesis afterwards, beside its frozen text."""

import re
from datetime import timedelta

import pytest

from tests.syntheses.publishing import page, published
from tests.syntheses.world import world
from traam.catalogue.models import Notice
from traam.catalogue.publishing.syntheses import (
    publish_erratum,
    publish_synthesis,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def test_erratum_stands_beside_the_frozen_text(client) -> None:
    here = world(teams=1, trials=5)
    synthesis, notice = published(here, here.finding(0, 1, 2, 3, 4))
    before = notice.frozen().synthesis

    text = "Lire « 5e ».\r\n\r\nEt non « 6e »."
    publish_erratum(synthesis=synthesis, text=text, now=here.now, actor=here.expert)

    after = Notice.objects.current().get(ark=notice.ark).frozen().synthesis
    assert after.sections == before.sections
    assert after.findings == before.findings
    assert [one.text for one in after.errata] == [text]
    for address in (f"/catalogue/{notice.ark}/", f"/syntheses/{notice.ark}/"):
        errata = page(client, address).split('id="errata"')[1].split("</section>")[0]
        said = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<p>(.*?)</p>", errata)]
        assert said[0] == "Lire « 5e »."
        assert said[1].startswith("Et non « 6e ». (")
    assert "Erratum n° 1." in page(client, f"/catalogue/{notice.ark}/")


def test_publication_and_erratum_are_changes_of_a_synthesis() -> None:
    here = world(teams=1, trials=5)
    synthesis = here.signed(here.synthesis(here.finding(0, 1, 2, 3, 4)))
    published_at, corrected_at = here.now + timedelta(days=1), here.now + timedelta(days=2)

    publish_synthesis(synthesis=synthesis, now=published_at, actor=here.expert)
    synthesis.refresh_from_db()
    first = synthesis.changed_at
    publish_erratum(synthesis=synthesis, text="Lire « 5e ».", now=corrected_at, actor=here.expert)
    synthesis.refresh_from_db()

    assert (first, synthesis.changed_at) == (published_at, corrected_at)
