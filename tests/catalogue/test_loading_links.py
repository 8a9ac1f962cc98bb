"""A production belongs to a theme when it is certain; else its link waits, and it is said."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.catalogue.loads import (
    THEME,
    campaign_loaded,
    loaded,
    outcomes,
    production_row,
    record_of,
)
from traam.catalogue.actions import withdraw
from traam.catalogue.loading import settle
from traam.catalogue.models import Notice
from traam.catalogue.record import Term
from traam.journal.models import Entry
from traam.kit.rows import Outcome

pytestmark = pytest.mark.usefixtures("vocabularies")
CODE = "histoire-geographie-2016-2017-1"
CAMPAIGN = Term(code="2016-2017", label="2016-2017")


def test_theme_of_the_same_title_is_linked_without_a_word(now: datetime) -> None:
    campaign_loaded(now=now)

    (row,) = loaded(production_row(theme=THEME), now=now).rows

    assert (row.outcome, row.reasons) == (Outcome.TAKEN, ())
    assert record_of().theme == Term(code=CODE, label=THEME)
    assert (record_of().campaign, record_of().theme_text) == (CAMPAIGN, "")


def test_theme_of_a_near_title_is_linked_and_it_is_told(now: datetime) -> None:
    campaign_loaded(now=now)
    near = "S'informer dans le monde du numérique (2016-2018)"

    (row,) = loaded(production_row(theme=near), now=now).rows

    assert row.outcome is Outcome.MENDED
    assert row.reasons == (
        f"Champ « theme » : « {near} » est rattaché au thème « {THEME} » ({CODE}).",
    )
    assert record_of().theme == Term(code=CODE, label=THEME)


def test_language_belongs_to_a_theme_of_languages(now: datetime) -> None:
    campaign_loaded(now=now, discipline="Langues vivantes", theme="Évaluer avec le numérique")

    loaded(production_row(theme="Évaluer avec le numérique", discipline="Espagnol"), now=now)

    assert record_of().theme == Term(
        code="langues-vivantes-2016-2017-1", label="Évaluer avec le numérique"
    )


@pytest.mark.parametrize(
    ("changes", "why", "campaign"),
    [
        ({"year": "2014-2015"}, "la campagne 2014-2015 n’est pas chargée", None),
        ({"year": None}, "l’année n’est pas connue", None),
        (
            {"discipline": "SVT"},
            "aucun thème de la campagne 2016-2017 n’y répond dans cette discipline",
            CAMPAIGN,
        ),
    ],
)
def test_theme_that_is_not_certain_waits_and_it_is_told(
    now: datetime, changes: dict[str, object], why: str, campaign: Term | None
) -> None:
    campaign_loaded(now=now)

    (row,) = loaded(production_row(theme=THEME, **changes), now=now).rows

    assert row.outcome is Outcome.TAKEN
    assert row.reasons == (f"Champ « theme » : « {THEME} » : lien en attente, {why}.",)
    assert (record_of().theme, record_of().theme_text) == (None, THEME)
    assert record_of().campaign == campaign


def test_theme_that_may_be_two_waits_naming_both(now: datetime) -> None:
    campaign_loaded(now=now, theme="Le monde du numérique : lire")
    campaign_loaded(now=now, theme="Le monde du numérique : écrire")

    (row,) = loaded(production_row(theme="Le monde du numérique"), now=now).rows

    assert row.outcome is Outcome.TAKEN
    assert f"plusieurs thèmes y répondent ({CODE}, " in row.reasons[0]
    assert record_of().theme is None


def test_production_without_a_theme_is_of_its_campaign_all_the_same(now: datetime) -> None:
    campaign_loaded(now=now)

    loaded(production_row(theme=None), now=now)

    assert (record_of().campaign, record_of().theme) == (CAMPAIGN, None)


def test_campaign_loaded_later_settles_the_link_by_a_new_version(now: datetime) -> None:
    loaded(production_row(theme=THEME), production_row(id="R2", theme=None, year=None), now=now)
    before = record_of()
    later = now + timedelta(days=1)

    campaign_loaded(now=later)

    notice = Notice.objects.current().get(origin="archive:R001")
    assert (notice.version, notice.reason) == (2, "Campagne chargée : lien établi")
    assert notice.datestamp == later
    assert notice.frozen() == replace(
        before, campaign=CAMPAIGN, theme=Term(code=CODE, label=THEME), theme_text=""
    )
    assert Notice.objects.current().get(origin="archive:R2").version == 1


def test_links_are_settled_once(now: datetime) -> None:
    loaded(production_row(theme=THEME), now=now)
    campaign_loaded(now=now)

    assert settle(now=now, person=None) == 0
    campaign_loaded(now=now)
    assert Notice.objects.count() == 2
    assert Entry.objects.filter(verb="notice.correct").count() == 1


def test_row_whose_link_was_settled_is_unchanged_when_loaded_again(now: datetime) -> None:
    loaded(production_row(theme=THEME), now=now)
    campaign_loaded(now=now)

    report = loaded(production_row(theme=THEME), now=now)

    assert outcomes(report) == [Outcome.UNCHANGED]


def test_withdrawn_notice_is_left_alone_by_a_later_campaign(now: datetime) -> None:
    loaded(production_row(theme=THEME), now=now)
    withdraw(ark=Notice.objects.get().ark, reason="Une raison.", now=now, actor=None)

    campaign_loaded(now=now)

    assert Notice.objects.current().get().version == 2
