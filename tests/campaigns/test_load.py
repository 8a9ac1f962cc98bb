"""A file of campaigns: each row taken, mended or refused, and every normal exception accepted."""

from datetime import datetime
from typing import Any

import pytest

from tests.campaigns.factories import CampaignFactory
from tests.campaigns.loads import (
    MENDED,
    REFUSED,
    TAKEN,
    UNCHANGED,
    loaded,
    outcomes,
    parts,
    theme_row,
)
from traam.campaigns.models import Campaign, Theme
from traam.journal.models import Entry
from traam.kit.refusals import Refusal

pytestmark = pytest.mark.usefixtures("vocabularies")


def test_whole_row_is_taken_without_a_word(now: datetime) -> None:
    (row,) = loaded(theme_row(), now=now).rows

    theme = Theme.objects.select_related("campaign").get()
    assert (row.outcome, row.reasons) == (TAKEN, ())
    assert theme.code == "svt-2016-2017-1"
    assert theme.title == theme_row()["theme"]
    assert (theme.campaign.year, theme.campaign.first_year) == ("2016-2017", 2016)
    assert (theme.campaign.state, theme.campaign.is_archive) == ("closed", True)
    assert list(theme.terms.values_list("scheme", "code")) == [("disciplines", "SVT")]
    assert parts(theme) == [
        ("Aix-Marseille", "retained", "Aix-Marseille"),
        ("Créteil", "retained", "Créteil"),
    ]
    assert theme.academies_known == "2"


def test_load_is_journaled_by_its_counts_alone(now: datetime) -> None:
    loaded(theme_row(), now=now)

    entry = Entry.objects.get(verb="archive.load")
    assert entry.subject == "archive:campaigns"
    assert entry.after == {"taken": 1, "mended": 0, "refused": 0, "unchanged": 0}


def test_dry_run_says_the_same_and_leaves_nothing(now: datetime) -> None:
    rows = (theme_row(), theme_row(discipline="Inconnue du lot", academies=["Lile"]))

    dry = loaded(*rows, now=now, dry_run=True)
    left = (Theme.objects.count(), Campaign.objects.count(), Entry.objects.count())
    real = loaded(*rows, now=now)

    assert left == (0, 0, 0)
    assert dry == real


def test_second_load_changes_nothing_but_refuses_the_same(now: datetime) -> None:
    rows = (theme_row(), theme_row(theme="Autre", academies=["Lile"]), theme_row(year=None))

    first = loaded(*rows, now=now)
    codes = list(Theme.objects.order_by("pk").values_list("pk", "code"))
    second = loaded(*rows, now=now)

    assert outcomes(first) == [TAKEN, REFUSED, TAKEN]
    assert outcomes(second) == [UNCHANGED, REFUSED, UNCHANGED]
    assert second.rows[1] == first.rows[1]
    assert list(Theme.objects.order_by("pk").values_list("pk", "code")) == codes


def test_row_that_changed_updates_its_theme_at_the_same_address(now: datetime) -> None:
    loaded(theme_row(), now=now)
    row = theme_row(note="Une précision.", academies=["Aix-Marseille", "Lille"])

    (result,) = loaded(row, now=now).rows

    theme = Theme.objects.get()
    assert result.outcome is TAKEN
    assert result.reasons == (
        "Le thème « svt-2016-2017-1 » était déjà chargé : il est mis à jour.",
    )
    assert (theme.code, theme.note) == ("svt-2016-2017-1", "Une précision.")
    assert [name for name, _, _ in parts(theme)] == ["Aix-Marseille", "Lille"]


def test_theme_that_is_not_known_is_taken_and_said_so(now: datetime) -> None:
    report = loaded(theme_row(theme=None), now=now)

    assert outcomes(report) == [TAKEN]
    assert Theme.objects.get().shown_title == "non connu"


def test_year_that_is_not_known_has_its_own_campaign(now: datetime) -> None:
    loaded(theme_row(year=None), theme_row(year=None, discipline="SES"), now=now)

    campaign = Campaign.objects.get()
    assert (campaign.year, campaign.first_year) == ("annee-inconnue", None)
    assert campaign.label == "année non connue"
    assert sorted(Theme.objects.values_list("code", flat=True)) == [
        "ses-annee-inconnue-1",
        "svt-annee-inconnue-1",
    ]


def test_span_of_two_years_is_one_campaign(now: datetime) -> None:
    loaded(theme_row(year="2021-2023"), now=now)

    campaign = Campaign.objects.get()
    assert campaign.year == "2021-2023"
    assert campaign.years.school_years == ("2021-2022", "2022-2023")


def test_theme_carried_over_two_campaigns_is_a_theme_of_each(now: datetime) -> None:
    loaded(theme_row(year="2016-2017"), theme_row(year="2017-2018"), now=now)

    assert sorted(Theme.objects.values_list("code", flat=True)) == [
        "svt-2016-2017-1",
        "svt-2017-2018-1",
    ]


@pytest.mark.parametrize("year", ["2016", "2017-2016", "2016-2040", "l’an dernier", "16-17"])
def test_year_that_cannot_be_read_is_refused_with_what_is_accepted(
    now: datetime, year: str
) -> None:
    (row,) = loaded(theme_row(year=year), now=now).rows

    assert row.outcome is REFUSED
    assert row.reasons[0].startswith("Champ « year » : ")
    assert "2016-2017" in row.reasons[0]


def test_year_written_otherwise_is_mended(now: datetime) -> None:
    (row,) = loaded(theme_row(year="2016\u20132017"), now=now).rows

    assert row.outcome is MENDED
    assert "lu « 2016-2017 »" in row.reasons[0]


def test_year_far_ahead_is_kept_and_it_is_told(now: datetime) -> None:
    (foreseen,) = loaded(theme_row(year="2035-2036"), now=now, dry_run=True).rows
    (row,) = loaded(theme_row(year="2035-2036"), now=now).rows

    assert row == foreseen
    assert row.outcome is MENDED
    assert row.reasons == (
        "Champ « year » : « 2035-2036 » commence après l’année prochaine ; une année jusqu’à "
        "« 2026-2027 » est attendue ; gardée telle quelle.",
    )
    assert Theme.objects.get().campaign.year == "2035-2036"


def test_transversal_theme_has_the_disciplines_beside(now: datetime) -> None:
    row = theme_row(
        discipline="Transversal", transversal=True, disciplines=["Mathématiques", "Technologie"]
    )

    report = loaded(row, now=now)

    theme = Theme.objects.get()
    assert outcomes(report) == [TAKEN]
    assert (theme.code, theme.transversal) == ("transversal-2016-2017-1", True)
    assert list(theme.terms.order_by("pk").values_list("code", flat=True)) == ["MATHS", "TECHNO"]


def test_discipline_transversal_makes_the_theme_transversal_and_it_is_told(now: datetime) -> None:
    (row,) = loaded(theme_row(discipline="Transversal", transversal=False), now=now).rows

    assert row.outcome is MENDED
    assert Theme.objects.get().transversal is True


def test_several_disciplines_in_one_text_are_all_read(now: datetime) -> None:
    loaded(theme_row(discipline="Mathématiques ; Technologie"), now=now)

    theme = Theme.objects.get()
    assert theme.discipline_text == "Mathématiques ; Technologie"
    assert list(theme.terms.order_by("pk").values_list("code", flat=True)) == ["MATHS", "TECHNO"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"discipline": "Poterie"}, "« Poterie » n’est pas une discipline connue"),
        ({"cycles": ["cycle 3", "les grands"]}, "« grands » n’est ni un cycle ni un niveau"),
    ],
)
def test_words_that_are_not_read_are_kept_and_it_is_told(
    now: datetime, changes: dict[str, Any], said: str
) -> None:
    (row,) = loaded(theme_row(**changes), now=now).rows

    theme = Theme.objects.get()
    assert row.outcome is MENDED
    assert said in row.reasons[0]
    assert "Poterie" in theme.discipline_text or theme.cycle_text == "cycle 3 | les grands"


def test_free_words_of_cycles_are_read(now: datetime) -> None:
    report = loaded(theme_row(cycles=["cycle 4", "lycée professionnel"]), now=now)

    theme = Theme.objects.get()
    assert outcomes(report) == [TAKEN]
    assert ("cycles", "C4") in theme.terms.values_list("scheme", "code")


def test_counts_of_a_year_are_kept(now: datetime) -> None:
    loaded(theme_row(productions=74, tests_croises=47), now=now)

    theme = Theme.objects.get()
    assert (theme.productions_count, theme.cross_tests_count) == (74, 47)


def test_same_row_twice_in_a_file_is_unchanged_the_second_time(now: datetime) -> None:
    assert outcomes(loaded(theme_row(), theme_row(), now=now)) == [TAKEN, UNCHANGED]


def test_same_key_with_another_content_is_refused_naming_both_rows(now: datetime) -> None:
    report = loaded(theme_row(), theme_row(note="Autre"), now=now)

    assert outcomes(report) == [TAKEN, REFUSED]
    assert "La ligne 1 " in report.rows[1].reasons[0]
    assert "la ligne 2" in report.rows[1].reasons[0]
    assert Theme.objects.get().note == ""


def test_years_of_a_campaign_prepared_here_are_refused(now: datetime) -> None:
    CampaignFactory(prepared=True, first_year=2016)

    (row,) = loaded(theme_row(), now=now).rows

    assert row.outcome is REFUSED
    assert "n’est pas une archive" in row.reasons[0]


@pytest.mark.parametrize("column", ["auteur", "contact", "mail", "author"])
def test_columns_that_name_people_refuse_the_file_before_anything(
    now: datetime, column: str
) -> None:
    with pytest.raises(Refusal, match=f"« {column} »"):
        loaded(theme_row(), theme_row(theme="Autre", **{column: "x"}), now=now)

    assert Theme.objects.count() == 0


def test_discipline_that_ends_like_years_has_a_code_of_its_own(now: datetime) -> None:
    given = [
        {"discipline": "SVT 2016-2017", "year": "2018-2019"},
        {"discipline": "SVT", "year": "2016-2017"},
        {"discipline": "svt !", "year": "2016-2017"},
    ]

    loaded(*(theme_row(theme=f"Thème {n}", **one) for n, one in enumerate(given)), now=now)
    loaded(theme_row(theme="Thème 4"), now=now)

    assert list(Theme.objects.order_by("pk").values_list("code", flat=True)) == [
        "svt-2016-2017-2018-2019-1",
        "svt-2016-2017-1",
        "svt-2016-2017-2",
        "svt-2016-2017-3",
    ]


def test_crash_in_mid_file_leaves_nothing(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from traam.campaigns import writing

    real, seen = writing.Writer.flush, []

    def burst(writer: writing.Writer) -> None:
        real(writer)
        seen.append(Theme.objects.count())
        if len(seen) == 2:
            raise RuntimeError("panne")

    monkeypatch.setattr(writing, "BATCH", 1)
    monkeypatch.setattr(writing.Writer, "flush", burst)
    with pytest.raises(RuntimeError, match="panne"):
        loaded(theme_row(), theme_row(theme="Autre"), now=now)

    assert seen == [1, 2]
    assert (Theme.objects.count(), Campaign.objects.count(), Entry.objects.count()) == (0, 0, 0)
