"""The words of the letters: right, complete, and in a French that people write."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from traam.kit.text import FIXED
from traam.selection.rules.letters import (
    SUBJECT_MAX,
    LetterFacts,
    closing,
    joined,
    named,
    of_the,
    subject,
    text,
)
from traam.selection.rules.life import DecisionKind

FACTS = LetterFacts(
    kind=DecisionKind.RETAINED,
    rank=None,
    reason="",
    remarks="",
    campaign="2026-2027",
    theme="Mesurer le vivant",
    application="Nos mares",
    academy="Lille",
    territory="académie",
    acceptance_days=7,
    address="https://traam.test/selection/decisions/1/",
)
REFUSED = replace(FACTS, kind=DecisionKind.NOT_RETAINED, reason="Le protocole manque.")
RESERVE = replace(FACTS, kind=DecisionKind.RESERVE, rank=2)


def plain(words: str) -> str:
    return words.replace(FIXED, " ")


@pytest.mark.parametrize(
    ("territory", "academy", "said", "of"),
    [
        ("académie", "Lille", "l’académie de Lille", "de l’académie de Lille"),
        ("académie", "Amiens", "l’académie d’Amiens", "de l’académie d’Amiens"),
        (
            "académie",
            "Orléans-Tours",
            "l’académie d’Orléans-Tours",
            "de l’académie d’Orléans-Tours",
        ),
        ("académie", "La Réunion", "l’académie de La Réunion", "de l’académie de La Réunion"),
        (
            "vice-rectorat",
            "Polynésie française",
            "le vice-rectorat de Polynésie française",
            "du vice-rectorat de Polynésie française",
        ),
    ],
)
def test_academy_is_named_as_french_names_it(territory, academy, said, of) -> None:
    """A participant that is not an academy (`rules.md` §4) included."""
    assert named(territory, academy) == said
    assert of_the(territory, academy) == of


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Lille"], "Lille"),
        (["Lille", "Nice"], "Lille et Nice"),
        (["Lille", "Nice", "Caen"], "Lille, Nice et Caen"),
    ],
)
def test_names_are_joined_as_a_sentence_does(names, said) -> None:
    assert joined(names) == said


def test_subject_never_says_what_is_decided() -> None:
    said = {subject(one) for one in (FACTS, REFUSED, RESERVE)}

    assert said == {
        f"TraAM 2026-2027{FIXED}: votre candidature au thème «{FIXED}Mesurer le vivant{FIXED}»"
    }


def test_subject_is_one_line_whatever_the_theme() -> None:
    said = subject(replace(FACTS, theme="Un\nthème " * 200))

    assert "\n" not in said
    assert len(said) <= SUBJECT_MAX


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (FACTS, "La candidature de l’académie de Lille « Nos mares » est **retenue** sur le thème"),
        (RESERVE, "est inscrite sur la **liste complémentaire**, au rang 2, pour le thème"),
        (
            REFUSED,
            "la candidature de l’académie de Lille « Nos mares » n’est **pas retenue** sur",
        ),
    ],
)
def test_letter_says_what_is_decided(facts: LetterFacts, said: str) -> None:
    assert said in plain(text(facts))


def test_letter_gives_the_reason_to_the_refused_alone() -> None:
    kept = replace(FACTS, reason="Entre nous.")

    assert "## Le motif\n\nLe protocole manque." in plain(text(REFUSED))
    assert "Entre nous." not in text(kept)


def test_letter_gives_the_remarks_chosen_and_no_heading_without() -> None:
    with_remarks = plain(text(replace(FACTS, remarks=" Bravo. ")))

    assert "## Remarques à votre intention\n\nBravo.\n" in with_remarks
    assert "Remarques" not in text(FACTS)


def test_letter_says_what_to_do_next() -> None:
    launch = replace(FACTS, launches_at=datetime(2026, 9, 7, 7, 0, tzinfo=UTC))

    assert "sont lancés le lundi 7 septembre 2026" in plain(text(launch))
    assert "vous sera donnée prochainement" in text(FACTS)
    assert "aura alors 7 jours pour accepter" in plain(text(RESERVE))
    assert "Une nouvelle candidature pourra répondre" in text(REFUSED)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Nice"], "Est associée à cette candidature : Nice."),
        (["Nice", "Caen"], "Sont associées à cette candidature : Nice et Caen."),
    ],
)
def test_letter_names_the_associated_academies(names, said) -> None:
    assert said in plain(text(replace(FACTS, associated=names)))
    assert "ssociée" not in text(FACTS)


def test_closing_gives_the_right_of_reply_and_its_deadline() -> None:
    due = replace(FACTS, replies_until=datetime(2026, 6, 20, 16, 0, tzinfo=UTC))

    said = plain(closing(due))

    assert "jusqu’au samedi 20 juin 2026, 18 h, heure de Paris" in said
    assert FACTS.address in said
    assert "droit de réponse" not in closing(FACTS)
    assert FACTS.address in closing(FACTS)
    assert closing(replace(FACTS, address="")).endswith("de votre engagement.")


@pytest.mark.parametrize("facts", [FACTS, RESERVE, REFUSED])
def test_letter_has_no_line_that_begins_with_a_sign(facts: LetterFacts) -> None:
    for sign in [":", ";", "!", "?", "»"]:
        assert f" {sign}" not in text(facts) + closing(facts)


GREETING = "Madame, Monsieur,"
LATER = "La date de lancement des travaux vous sera donnée prochainement."
WITHDRAWING = (
    "Si l’académie ne peut finalement pas participer, dites-le au plus tôt sur la page de la "
    "décision : une académie de la liste complémentaire pourra être appelée."
)


@pytest.mark.parametrize(
    ("facts", "paragraphs"),
    [
        (
            FACTS,
            [
                GREETING,
                "La candidature de l’académie de Lille « Nos mares » est **retenue** sur le thème "
                "« Mesurer le vivant » des travaux académiques mutualisés, campagne 2026-2027. "
                "Nous en félicitons l’équipe qui l’a écrite.",
                "## La suite",
                LATER,
                WITHDRAWING,
            ],
        ),
        (
            replace(
                FACTS,
                application="",
                associated=["Nice"],
                launches_at=datetime(2026, 9, 7, 7, 0, tzinfo=UTC),
            ),
            [
                GREETING,
                "La candidature de l’académie de Lille est **retenue** sur le thème "
                "« Mesurer le vivant » des travaux académiques mutualisés, campagne 2026-2027. "
                "Nous en félicitons l’équipe qui l’a écrite.",
                "Est associée à cette candidature : Nice.",
                "## La suite",
                "Les travaux sont lancés le lundi 7 septembre 2026. L’équipe y rejoint le groupe "
                "national du thème.",
                WITHDRAWING,
            ],
        ),
        (
            replace(RESERVE, remarks="Un protocole à préciser."),
            [
                GREETING,
                "La candidature de l’académie de Lille « Nos mares » est inscrite sur la **liste "
                "complémentaire**, au rang 2, pour le thème « Mesurer le vivant » des travaux "
                "académiques mutualisés, campagne 2026-2027.",
                "Sa qualité est reconnue : les places du thème ne permettaient pas de la retenir "
                "d’emblée.",
                "## Remarques à votre intention",
                "Un protocole à préciser.",
                "## La suite",
                "Si une place se libère, les académies de la liste sont appelées dans l’ordre des "
                "rangs. Le délégué ou la déléguée académique au numérique aura alors 7 jours pour "
                "accepter ou décliner la place. D’ici là, vous n’avez rien à faire.",
            ],
        ),
        (
            REFUSED,
            [
                GREETING,
                "Après étude, la candidature de l’académie de Lille « Nos mares » n’est **pas "
                "retenue** sur le thème « Mesurer le vivant » des travaux académiques mutualisés, "
                "campagne 2026-2027.",
                "Nous savons le travail que demande une candidature, et nous remercions l’équipe "
                "de l’avoir proposée.",
                "## Le motif",
                "Le protocole manque.",
                "## La suite",
                "Une nouvelle candidature pourra répondre à un prochain appel ; elle peut repartir "
                "du texte de celle-ci.",
            ],
        ),
    ],
)
def test_letter_reads_so_from_end_to_end(facts: LetterFacts, paragraphs: list[str]) -> None:
    assert plain(text(facts)).split("\n\n") == paragraphs


THANKS = "Nous vous remercions, ainsi que l’équipe, de votre engagement."


def test_closing_reads_so_from_end_to_end() -> None:
    due = replace(FACTS, replies_until=datetime(2026, 6, 20, 16, 0, tzinfo=UTC))

    assert plain(closing(due)).split("\n\n") == [
        "## Votre droit de réponse",
        "Vous pouvez faire part de vos observations jusqu’au samedi 20 juin 2026, 18 h, heure de "
        "Paris, sur la page de la décision : https://traam.test/selection/decisions/1/",
        "Une réponse vous sera faite.",
        THANKS,
    ]
    assert plain(closing(replace(FACTS, address=""))).split("\n\n") == [
        "La décision est aussi sur sa page.",
        THANKS,
    ]


@pytest.mark.parametrize(
    ("length", "shown"), [(179, "x" * 179), (180, "x" * 180), (181, "x" * 179 + "…")]
)
def test_subject_shortens_the_title_of_a_theme_beyond_180_characters(
    length: int, shown: str
) -> None:
    said = plain(subject(replace(FACTS, theme="x" * length)))

    assert said == f"TraAM 2026-2027 : votre candidature au thème « {shown} »"
