"""The academies of a theme: in their time, their part, their number; none is invented."""

from datetime import datetime
from typing import Any

import pytest

from tests.campaigns.loads import MENDED, REFUSED, TAKEN, loaded, outcomes, parts, theme_row
from traam.campaigns.models import Theme

pytestmark = pytest.mark.usefixtures("vocabularies")


def test_academy_that_existed_then_is_taken_as_named(now: datetime) -> None:
    (row,) = loaded(
        theme_row(year="2017-2018", academies=["Caen", "Rouen"], academies_total=2), now=now
    ).rows

    assert (row.outcome, row.reasons) == (TAKEN, ())


def test_academies_that_merge_in_mid_project_are_taken_and_it_is_told(now: datetime) -> None:
    row = theme_row(year="2019-2020", academies=["Normandie"], academies_total=None)

    (result,) = loaded(row, now=now).rows

    assert result.outcome is TAKEN
    assert result.reasons == (
        "Normandie : fusion au 1er janvier 2020, en cours d’année ; nommée telle quelle.",
    )


@pytest.mark.parametrize(
    ("year", "academy", "said"),
    [
        ("2016-2017", "Normandie", "n’existait pas encore (créée le 1er janvier 2020)"),
        ("2022-2023", "Caen", "n’existait plus (jusqu’au 31 décembre 2019)"),
    ],
)
def test_academy_out_of_its_time_is_taken_as_named_and_it_is_told(
    now: datetime, year: str, academy: str, said: str
) -> None:
    (row,) = loaded(theme_row(year=year, academies=[academy], academies_total=1), now=now).rows

    assert row.outcome is TAKEN
    assert said in row.reasons[0]


def test_participant_that_is_not_an_academy_is_taken_and_it_is_told(now: datetime) -> None:
    row = theme_row(academies=["Polynésie française"], academies_total=1)

    (result,) = loaded(row, now=now).rows

    assert result.outcome is TAKEN
    assert result.reasons == (
        "Polynésie française n’est pas une académie (vice-rectorat) : participant admis.",
    )


def test_academy_that_drops_out_is_kept_as_withdrawn(now: datetime) -> None:
    row = theme_row(academies=["Lille", "Reims"], academies_abandon=["Reims"])

    report = loaded(row, now=now)

    assert outcomes(report) == [TAKEN]
    assert [(name, part) for name, part, _ in parts(Theme.objects.get())] == [
        ("Lille", "retained"),
        ("Reims", "withdrawn"),
    ]


def test_academy_associated_with_others_is_not_counted_among_them(now: datetime) -> None:
    row = theme_row(academies_associees=["Toulouse"])

    report = loaded(row, now=now)

    theme = Theme.objects.get()
    assert outcomes(report) == [TAKEN]
    assert parts(theme)[-1] == ("Toulouse", "associated", "Toulouse")
    assert theme.academies_known == "2"


def test_academy_both_retained_and_associated_is_refused(now: datetime) -> None:
    (row,) = loaded(theme_row(academies_associees=["Créteil"]), now=now).rows

    assert row.outcome is REFUSED
    assert row.reasons == (
        "Champ « academies_associees » : « Créteil » est aussi donnée comme retenue ; l’une ou "
        "l’autre est attendue.",
    )


def test_academy_on_two_themes_at_once_is_a_member_of_each(now: datetime) -> None:
    loaded(theme_row(), theme_row(theme="Un second thème"), now=now)

    assert [len(parts(theme)) for theme in Theme.objects.order_by("pk")] == [2, 2]


def test_academy_named_twice_is_kept_once_and_it_is_told(now: datetime) -> None:
    (row,) = loaded(theme_row(academies=["Créteil", "Académie de Créteil", "Lille"]), now=now).rows

    assert row.outcome is MENDED
    assert row.reasons == (
        "Champ « academies » : « Académie de Créteil » est déjà donnée ; gardée une fois.",
    )


def test_unknown_academy_is_refused_with_the_nearest(now: datetime) -> None:
    (row,) = loaded(theme_row(academies=["Lile", "Créteil"]), now=now).rows

    assert row.outcome is REFUSED
    assert row.reasons == (
        "Champ « academies » : « Lile » n’est pas une académie connue ; la plus proche est "
        "« Lille ».",
    )


def test_incomplete_list_says_how_many_are_known(now: datetime) -> None:
    loaded(theme_row(academies_total=7, academies_complete=False), now=now)

    assert Theme.objects.get().academies_known == "2 connues sur 7"


def test_fewer_academies_in_all_than_named_are_refused(now: datetime) -> None:
    (row,) = loaded(theme_row(academies_total=1), now=now).rows

    assert row.outcome is REFUSED
    assert row.reasons == (
        "Champ « academies_total » : 1, mais 2 académies sont nommées ; un nombre d’au moins 2 "
        "est attendu.",
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"academies_total": 7}, "2 nommées sur 7"),
        ({"academies": [], "academies_total": None}, "0 nommées sur un nombre non connu"),
    ],
)
def test_list_said_complete_that_is_not_is_mended(
    now: datetime, changes: dict[str, Any], said: str
) -> None:
    (row,) = loaded(theme_row(academies_complete=True, **changes), now=now).rows

    assert row.outcome is MENDED
    assert said in row.reasons[0]
    assert Theme.objects.get().academies_complete is False
