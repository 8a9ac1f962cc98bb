"""What the rules of trials say to teams, word for word, and the numbers at which they say it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from traam.trials.rules import closing, observing, protocol
from traam.trials.rules.closing import Done, Evaluation, Step
from traam.trials.rules.life import Outcome
from traam.trials.rules.observing import Noted, Window
from traam.trials.rules.protocol import Protocol, Sought

NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
YEAR = Window(date(2026, 9, 1), date(2027, 8, 31))
EVALUATION = [
    "Le verdict manque : un résultat négatif est un résultat entier.",
    "« Ce que l’essai montre » est vide : une phrase suffit.",
    "Aucune plus-value, aucun frein, aucun levier n’est dit : il en faut au moins un.",
    "Dites si ce travail est transférable, fût-ce « ne sait pas ».",
    "Le niveau de la classe manque.",
    "Le type d’établissement manque.",
    "Le nombre d’élèves manque.",
    "L’équipement manque : « un ordinateur pour deux », « aucun »…",
]
NO_SESSION = "Aucune séance n’est consignée : un essai qui n’a pas eu lieu s’abandonne."
NO_DURATION = "Aucune séance ne dit combien de temps elle a duré."
NO_OBSERVATION = "Aucune observation n’est notée."


# -- closing


def test_closing_says_what_is_missing_in_the_order_of_the_page() -> None:
    blank = Evaluation(conclusion=" ", levers="\n", equipment=" ")

    assert closing.missing(blank, Done()) == [NO_SESSION, NO_OBSERVATION, *EVALUATION]
    assert closing.missing(blank, Done(2, 0, 1)) == [NO_DURATION, *EVALUATION]
    assert closing.missing(blank, Done(2, 1, 1)) == EVALUATION


def test_each_part_of_a_trial_says_what_it_lacks() -> None:
    lacks = protocol.missing(Protocol("H.", ""))

    def steps(done: Done) -> list[Step]:
        return closing.steps(lacks, closing.missing(Evaluation(), done), done)

    assert steps(Done()) == [
        Step("Protocole", lacks),
        Step("Séances", ["Aucune séance n’est consignée."]),
        Step("Observations", [NO_OBSERVATION]),
        Step("Évaluation", EVALUATION),
    ]
    assert steps(Done(1, 0, 1))[1:] == [
        Step("Séances", [NO_DURATION]),
        Step("Observations", []),
        Step("Évaluation", EVALUATION),
    ]
    assert [one.is_done for one in steps(Done(1, 1, 1))] == [False, True, True, False]


@pytest.mark.parametrize(("name", "label"), closing.TEXTS.items())
def test_each_text_of_an_evaluation_has_its_limit(name, label) -> None:
    most = 200 if name in ("equipment", "school") else 8_000

    assert closing.faults(Evaluation(**{name: "!" * most})) == []
    assert closing.faults(Evaluation(**{name: "!" * (most + 1)})) == [
        f"« {label} » compte {most + 1} caractères ; {most} au plus."
    ]


@pytest.mark.parametrize("pupils", [-1, 0, 201])
def test_class_is_of_one_to_two_hundred_pupils(pupils) -> None:
    assert [closing.faults(Evaluation(pupils=each)) for each in (1, 200)] == [[], []]
    assert closing.faults(Evaluation(pupils=pupils)) == [
        f"{pupils} élèves dans la classe : de 1 à 200."
    ]


def test_evaluation_holds_no_contact() -> None:
    assert closing.faults(Evaluation(school="voir m.d@ac-lille.fr")) == [
        "« Établissement » : « m.d@ac-lille.fr » ressemble à une adresse électronique. "
        "Retirez-la : aucune coordonnée ne s’écrit ici."
    ]


# -- protocol


def test_protocol_says_in_words_what_it_lacks() -> None:
    assert protocol.missing(Protocol("\n", " ", (Sought("i1", " "),))) == [
        "Le protocole n’a pas d’hypothèse : dites en une phrase ce que vous attendez.",
        "Le protocole ne dit pas ce qui serait une réussite.",
        "Le protocole n’a aucun indicateur : notez au moins une chose à observer.",
    ]


def test_protocol_refuses_from_one_character_or_one_indicator_too_many() -> None:
    def numbered(count: int) -> list[Sought]:
        return [Sought("", f"Geste {rank}") for rank in range(count)]

    fit = Protocol("!" * 4_000, "!" * 4_000, [*numbered(7), Sought("", "!" * 300)])
    unfit = Protocol("!" * 4_001, "!" * 4_002, [*numbered(8), Sought("", f" {'!' * 301} ")])

    assert protocol.faults(fit) == []
    assert protocol.faults(unfit) == [
        "« Hypothèse » compte 4001 caractères ; 4000 au plus.",
        "« Ce qui serait une réussite » compte 4002 caractères ; 4000 au plus.",
        "9 indicateurs ; 8 au plus : gardez les premiers.",
        "L’indicateur 9 (301 caractères) : 300 au plus.",
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Reprise d’un  essai",
        "REPRISE D'UN ESSAI",
        "reprise\u00a0d’un\nessai ",
        "reprise dʼun essai",
    ],
)
def test_indicators_that_only_case_spaces_or_apostrophes_tell_apart_say_the_same(other) -> None:
    sought = (Sought("i1", "reprise d’un essai"), Sought("", other))

    assert protocol.faults(Protocol("", "", sought)) == [
        "Deux indicateurs disent la même chose : gardez-en un."
    ]
    assert protocol.faults(Protocol("", "", (sought[0], Sought("", "reprise des essais")))) == []


def test_protocol_names_the_indicators_that_say_the_same_or_hold_a_contact() -> None:
    twice = (Sought("i1", "Un geste"), Sought("", " "), Sought("i2", " un GESTE "))
    contact = (Sought("i1", "Un geste"), Sought("", " "), Sought("i2", "m.d@ac-lille.fr"))

    assert protocol.faults(Protocol("", "", twice)) == [
        "Deux indicateurs disent la même chose : gardez-en un."
    ]
    assert [one.partition(" : ")[0] for one in protocol.faults(Protocol("", "", contact))] == [
        "« Indicateur 2 »"
    ]
    assert [
        one.partition(" : ")[0]
        for one in protocol.faults(Protocol("06 12 34 56 78", "06 12 34 56 78"))
    ] == ["« Hypothèse »", "« Ce qui serait une réussite »"]


def test_named_protocol_is_cleaned_and_numbered_from_the_first_free_key() -> None:
    typed = Protocol(" Une ligne\r\nune autre ", "\nRéussite ", [Sought("", t) for t in "abc"])

    assert protocol.named(typed, taken=[]) == Protocol(
        "Une ligne\nune autre",
        "Réussite",
        (Sought("i1", "a"), Sought("i2", "b"), Sought("i3", "c")),
    )
    assert protocol.named(typed, taken=["i1", "i2", "i4"]).indicators == (
        Sought("i3", "a"),
        Sought("i5", "b"),
        Sought("i6", "c"),
    )


# -- observing


def test_observation_says_all_that_is_wrong_in_words() -> None:
    noted = Noted(
        NOW,
        " " * 4_001,
        {"zz": Outcome.SEEN, "i1": Outcome.SEEN, "aa": Outcome.NOT_SEEN},
        "!" * 201,
        pupils=0,
    )

    assert observing.faults(noted, window=YEAR, now=NOW, keys=["i1"]) == [
        "Dites en une phrase ce que vous avez vu.",
        "« Ce qui a été vu » compte 4001 caractères ; 4000 au plus.",
        "« Lieu » compte 201 caractères ; 200 au plus.",
        "0 élèves présents : de 1 à 200.",
        "Indicateur inconnu de cet essai : aa, zz. Rechargez la page.",
    ]


@pytest.mark.parametrize("pupils", [None, 1, 200])
def test_observation_may_be_as_long_as_its_limits(pupils) -> None:
    noted = Noted(NOW, "!" * 4_000, {"i1": Outcome.SEEN}, "!" * 200, pupils)

    assert observing.faults(noted, window=YEAR, now=NOW, keys=["i1", "i2"]) == []


def test_device_may_run_a_quarter_of_an_hour_ahead() -> None:
    def said(seen_at: datetime, now: datetime) -> list[str]:
        return observing.faults(Noted(seen_at, "Vu."), window=YEAR, now=now, keys=[])

    midnight = datetime(2026, 11, 10, 23, tzinfo=UTC)  # the 11th begins in Paris

    assert said(NOW + timedelta(minutes=15), NOW) == []
    assert said(NOW + timedelta(minutes=15, seconds=1), NOW) == [
        "L’heure de l’observation n’est pas encore venue : corrigez-la."
    ]
    assert said(midnight, midnight - timedelta(minutes=10)) == []
    assert said(midnight, midnight - timedelta(minutes=20)) == [
        "L’observation est datée du 11 novembre 2026, qui n’est pas encore venu."
    ]


def test_observation_is_within_the_campaign_its_last_day_included() -> None:
    def said(day: date, window: Window) -> list[str]:
        return observing.day_faults(day, window=window, today=date(2027, 12, 1), what="La séance")

    assert [said(day, YEAR) for day in (YEAR.first, YEAR.last)] == [[], []]
    assert said(date(2027, 9, 1), YEAR) == [
        "La séance est datée du 1er septembre 2027 : la campagne va du 1er septembre 2026 au "
        "31 août 2027. Corrigez la date."
    ]
    assert said(date(2026, 8, 31), Window(YEAR.first, None)) == [
        "La séance est datée du 31 août 2026 : la campagne va à partir du 1er septembre 2026. "
        "Corrigez la date."
    ]
    assert said(date(2027, 9, 1), Window(None, YEAR.last)) == [
        "La séance est datée du 1er septembre 2027 : la campagne va jusqu’au 31 août 2027. "
        "Corrigez la date."
    ]
