"""The rules of the texts of a call: what they say, what a call waits for, how a choice is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from traam.campaigns.rules import explaining, opening
from traam.campaigns.rules.calendar import Calendar, Milestone
from traam.campaigns.rules.call import WEIGHT_LABELS, CallRules, Weights
from traam.campaigns.rules.grid import Criterion, Grid
from traam.campaigns.rules.opening import TextFacts, blockers
from traam.campaigns.rules.signing import Side, TextState, canonical
from traam.campaigns.rules.texts import (
    AXES_MAX,
    AxisText,
    ThemeText,
    brief_faults,
    brief_prose,
    numbers_said,
    reason_faults,
    theme_prose,
)

NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
OPENS, CLOSES = NOW + timedelta(days=1), datetime(2026, 4, 3, 16, tzinfo=UTC)  # 18 h in Paris
CALENDAR = Calendar({Milestone.CALL_OPENS: OPENS, Milestone.CALL_CLOSES: CLOSES})
T = TextState

# -- the texts


TEXT = ThemeText(
    title="Le son",
    problem="Pourquoi ?",
    axes=(AxisText("Écouter", "En classe."),),
    disciplines=("SVT",),
    cycles=("C4",),
)


def test_theme_reads_back_what_it_hashed():
    assert ThemeText.read(TEXT.content()) == TEXT
    assert TEXT.faults() == TEXT.missing() == []


def test_draft_may_lack_what_a_submission_wants():
    bare = ThemeText(title="Le son")

    assert bare.faults() == []
    assert bare.missing() == [
        "La problématique manque.",
        "Aucun axe de travail n’est donné.",
        "Aucune discipline n’est choisie.",
        "Aucun cycle n’est choisi.",
    ]


def test_theme_of_which_only_the_title_was_kept_reads_as_a_draft():
    assert ThemeText.read({"title": "Le son"}) == ThemeText(title="Le son")


def test_theme_is_hashed_under_names_that_never_change():
    assert TEXT.content() == {
        "title": "Le son",
        "problem": "Pourquoi ?",
        "axes": [{"title": "Écouter", "text": "En classe."}],
        "disciplines": ["SVT"],
        "cycles": ["C4"],
        "transversal": False,
        "academies_min": None,
        "academies_max": None,
        "duration_years": 1,
        "continues": "",
    }


def test_theme_at_its_limits_has_no_fault():
    full = replace(
        TEXT,
        title="x" * 300,
        problem="x" * 6000,
        axes=(AxisText("x" * 300, "x" * 2000),) * AXES_MAX,
        academies_min=1,
        academies_max=1,
        duration_years=3,
    )

    assert full.faults() == replace(TEXT, academies_min=5).faults() == []
    assert replace(TEXT, academies_max=5).faults() == []


def test_theme_and_its_axes_want_a_title():
    bare = replace(TEXT, title=" ", axes=(AxisText("Écouter"), AxisText(" \n")))

    assert bare.faults() == [
        "L’intitulé manque : donnez au moins celui-ci.",
        "L’axe 2 n’a pas d’intitulé.",
    ]


@pytest.mark.parametrize("years", [0, 4])
def test_work_lasts_from_one_year_to_three(years):
    assert replace(TEXT, duration_years=years).faults() == [
        f"La durée (reçu : {years}) va d’un an à trois ans."
    ]


def test_theme_with_too_much_is_refused_naming_each():
    long = replace(
        TEXT,
        title="x" * 301,
        problem="x" * 6001,
        axes=(AxisText("x" * 301, "x" * 2001),) * (AXES_MAX + 1),
        academies_min=0,
        academies_max=-1,
        duration_years=4,
    )

    faults = long.faults()

    assert "L’intitulé (301 caractères) doit tenir en 300." in faults
    assert "La problématique (6001 caractères) doit tenir en 6000." in faults
    assert "Un thème a 10 axes au plus (reçus : 11)." in faults
    assert "L’intitulé de l’axe 1 (301 caractères) doit tenir en 300." in faults
    assert "Le texte de l’axe 11 (2001 caractères) doit tenir en 2000." in faults
    assert "Un thème demande au moins une académie." in faults
    assert "La durée (reçu : 4) va d’un an à trois ans." in faults
    assert "Le nombre maximal d’académies (reçu : -1) est sous le nombre minimal (0)." in faults


def test_theme_is_told_as_one_text_with_the_labels_of_its_codes():
    whole = replace(TEXT, transversal=True, continues="svt-1", academies_min=3, duration_years=2)

    assert theme_prose(whole.content(), {"SVT": "Sciences", "C4": "cycle 4"}).split("\n\n") == [
        "Le son",
        "Pourquoi ?",
        "Axe 1 : Écouter",
        "En classe.",
        "Disciplines : Sciences",
        "Cycles : cycle 4",
        "Thème transversal.",
        "Au moins 3 académies, sur deux ans.",
        "Poursuit le thème svt-1.",
    ]


def test_codes_without_a_label_are_told_as_they_are():
    two = replace(TEXT, disciplines=("SVT", "PC"), cycles=())
    told = theme_prose(two.content(), {"SVT": "Sciences"}).split("\n\n")

    assert "Disciplines : Sciences, PC" in told
    assert "Cycles : aucune choisie" in told


@pytest.mark.parametrize(("years", "said"), [(1, "un an"), (2, "deux ans"), (3, "trois ans")])
def test_length_of_the_work_is_said_in_words(years, said):
    assert numbers_said(replace(TEXT, duration_years=years)) == f"Travaux sur {said}."


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (None, None, "Travaux sur un an."),
        (3, 6, "De 3 à 6 académies, sur un an."),
        (2, 2, "2 académies, sur un an."),
        (3, None, "Au moins 3 académies, sur un an."),
        (1, None, "Au moins 1 académie, sur un an."),
        (None, 6, "Au plus 6 académies, sur un an."),
        (None, 1, "Au plus 1 académie, sur un an."),
    ],
)
def test_numbers_of_a_theme_are_said(least, most, said):
    assert numbers_said(replace(TEXT, academies_min=least, academies_max=most)) == said


def test_brief_is_told_with_its_commitments():
    content = {"text": "Le texte.", "commitments": [{"key": "a", "label": "Essayer."}]}

    assert brief_prose(content) == "Le texte.\n\nEngagements des académies :\n\n– Essayer."
    assert brief_faults("x" * 60_001) == [
        "Le cahier des charges (60001 caractères) doit tenir en 60000."
    ]
    assert brief_faults("x" * 60_000) == []
    assert brief_prose({"text": "Le texte."}) == "Le texte."
    assert brief_prose({}) == ""


def test_reason_is_wanted_and_bounded():
    assert reason_faults(" \n") == ["Le motif manque : dites pourquoi, en une phrase."]
    assert reason_faults("x" * 1001) == ["Le motif (1001 caractères) doit tenir en 1000."]
    assert reason_faults("Un axe manque.") == []


# -- what a call waits for


READY = TextFacts(code="svt-1", title="Le son", state=T.SIGNED_TWICE, signed=frozenset(Side))
BRIEF = replace(READY, code="", title="cahier des charges")


def waiting(themes=(READY,), brief=BRIEF, calendar=CALENDAR, rule_faults=(), now=NOW):
    return blockers(calendar=calendar, brief=brief, themes=themes, rule_faults=rule_faults, now=now)


def test_call_with_everything_signed_waits_for_nothing():
    assert waiting() == []


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        (
            replace(READY, state=T.DRAFT, signed=frozenset(), experts=("Bob",)),
            [("Le thème « Le son » n’est pas encore soumis.", "Bob")],
        ),
        (
            replace(READY, state=T.DRAFT, signed=frozenset()),
            [("Le thème « Le son » n’est pas encore soumis.", opening.PILOT)],
        ),
        (
            replace(READY, state=T.SUBMITTED, signed=frozenset(), inspectors=("Charlie", "Dan")),
            [
                ("Le thème « Le son » attend la signature de la DNE.", opening.PILOT),
                (
                    "Le thème « Le son » attend la signature de l’inspection générale.",
                    "Charlie, Dan",
                ),
            ],
        ),
        (
            replace(READY, state=T.SIGNED_ONCE, signed=frozenset({Side.DNE})),
            [
                (
                    "Le thème « Le son » attend la signature de l’inspection générale.",
                    "le pilotage national : nommez d’abord quelqu’un de l’inspection générale",
                ),
            ],
        ),
    ],
)
def test_call_waits_for_a_theme_that_is_not_signed_twice(theme, said):
    found = waiting(themes=(READY, theme))

    assert [(one.sentence, one.who) for one in found] == said
    assert {(one.code, one.door) for one in found} == {("svt-1", "theme")}


def test_withdrawn_theme_blocks_nothing_unless_none_is_left():
    gone = replace(READY, state=T.WITHDRAWN)

    assert waiting(themes=(READY, gone)) == []
    assert [one.sentence for one in waiting(themes=(gone,))] == ["Aucun thème n’est proposé."]


def test_call_waits_for_the_brief_the_calendar_and_the_rules():
    found = waiting(
        brief=replace(BRIEF, state=T.WITHDRAWN), calendar=Calendar(), rule_faults=["Non."]
    )

    assert [(one.sentence, one.door) for one in found] == [
        ("La date « ouverture de l’appel » n’est pas fixée.", "calendar"),
        ("La date « clôture de l’appel » n’est pas fixée.", "calendar"),
        ("Non.", "rules"),
        ("Le cahier des charges n’est pas encore soumis.", "brief"),
    ]


def test_call_that_would_open_after_its_closing_stays_closed():
    (found,) = waiting(now=CLOSES)

    assert found.sentence.startswith("La clôture est déjà passée (vendredi 3 avril 2026")


# -- how the choice is explained


def test_choice_is_explained_by_its_own_numbers():
    rules = replace(CallRules(), academies_min=3, themes_per_academy_max=1)

    said = " ".join(explaining.hard_rules(rules))

    assert "de 3 à 8 académies" in said
    assert "retenue sur 1 thème au plus" in said
    assert "48 heures" in " ".join(explaining.answering(rules))


def test_shares_of_the_grid_are_percents_of_the_weights():
    grid = Grid((Criterion("a", "Un", 3), Criterion("b", "Deux", 1, maximum=10)))

    found = explaining.shares(replace(CallRules(), grid=grid))

    assert [(one.label, one.scale, one.percent) for one in found] == [
        ("Un", "de 0 à 5", "75 %"),
        ("Deux", "de 0 à 10", "25 %"),
    ]


def test_weights_come_the_heaviest_first_and_null_ones_are_left_out():
    weights = replace(Weights(), served=0, rank=2.5)

    found = explaining.weighed(replace(CallRules(), weights=weights))

    assert [one.points for one in found][:2] == ["2,5 points", "1 point"]
    assert "Une académie qui n’a encore aucun thème" not in [one.label for one in found]
    assert {*explaining.POINTS} == {*WEIGHT_LABELS}


def test_what_both_sides_sign_is_the_text_as_it_is_written() -> None:
    assert canonical({"b": "Été", "a": [1, 2]}) == '{"a":[1,2],"b":"Été"}'
