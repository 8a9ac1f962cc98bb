"""Notices made up for the benchmarks: composed French, frequencies that fall as in real text.

The same number gives the same notice, so that any two runs measure the same thing.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate

from traam.catalogue.models import Act, Notice, Sequence
from traam.catalogue.record import Record, Term


def _listing(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ACADEMIES = _listing(
    "Aix-Marseille Amiens Besançon Bordeaux Caen Clermont-Ferrand Corse Créteil Dijon Grenoble "
    "Guadeloupe Guyane Lille Limoges Lyon Martinique Mayotte Montpellier Nancy-Metz Nantes Nice "
    "Orléans-Tours Paris Poitiers Reims Rennes Réunion Rouen Strasbourg Toulouse Versailles"
)
DISCIPLINES = (
    *("Arts plastiques", "Documentation", "Économie-gestion", "Éducation musicale", "EPS"),
    *("Histoire-géographie", "Langues vivantes", "Lettres", "Mathématiques", "Philosophie"),
    *("Physique-chimie", "SES", "SVT", "Technologie", "STI", "Biotechnologies", "Interlangues"),
)
LEVELS = _listing("6e 5e 4e 3e 2de 1re Tle CP CE1 CE2 CM1 CM2 CAP BTS")
WORDS = _listing(
    "élève classe séance activité numérique vidéo tablette carte récit écriture lecture oral "
    "évaluation compétence groupe collaboration projet enquête recherche information média image "
    "son enregistrement podcast débat argumentation démarche expérience mesure modélisation "
    "simulation programmation algorithme robot capteur données tableur graphique jeu escape "
    "scénario parcours différenciation accompagnement autonomie motivation erreur correction "
    "trace mémoire exposé présentation affiche sous-titrage capsule inversée réalité augmentée "
    "virtuelle musée patrimoine territoire paysage ville climat énergie biodiversité cellule "
    "génétique volcan séisme fonction géométrie probabilité statistique fraction équation poésie "
    "théâtre roman nouvelle article journal presse source fiabilité esprit critique citoyenneté "
    "laïcité droit entreprise marché emploi orientation métier stage langue anglais espagnol "
    "allemand interaction prononciation compréhension production création œuvre peinture musique "
    "chant rythme danse corps mouvement performance natation course équipe santé alimentation "
    "sécurité hygiène atelier machine maquette impression objet technique système réseau internet "
    "blog wiki forum portfolio questionnaire sondage badge tutoriel ressource banque partage"
)
_SYLLABLES = _listing("ba co du fé gra li mo né pi ro sa té vu chan tion ment eur iste age able")
_LITTLE = _listing("de la le les des en et à un une pour avec sur par dans l’élève d’une du qu’ils")


def _tail(count: int) -> list[str]:
    draw = random.Random("tail")
    return ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(count)]


DISTINCT = 50_000
VOCABULARY = [*WORDS, *_tail(12_000)]
_WEIGHTS = list(accumulate(1 / (rank + 8) for rank in range(len(VOCABULARY))))
_LITTLE_WEIGHTS = list(accumulate(1 / (rank + 1) for rank in range(len(_LITTLE))))


def records(count: int) -> Iterator[tuple[str, Record]]:
    """`count` pairs of an ARK and its record; beyond `DISTINCT`, the same records come again."""
    draw = random.Random("corpus")
    made = [_record(draw, number) for number in range(min(count, DISTINCT))]
    for number in range(count):
        yield f"t{number:07d}", made[number % DISTINCT]


def _record(draw: random.Random, number: int) -> Record:
    year = 2012 + int(draw.triangular(0, 14, 9))
    span = (year,) if draw.random() < 0.9 else (year, year + 1)
    discipline = int(draw.triangular(0, len(DISCIPLINES), 6))
    return Record(
        title=_text(draw, draw.randint(4, 9)).capitalize(),
        title_is_exact=draw.random() < 0.9,
        kind=Term(f"type-{number % 9}", f"Type {number % 9}"),
        summary=". ".join(_text(draw, 6).capitalize() for _ in range(2)) + ".",
        certainty="explicite",
        years=tuple(f"{one}-{one + 1}" for one in span),
        theme=_term(draw, "theme", 200, "Thème"),
        academies=tuple(_listed("", ACADEMIES, draw, 1 if draw.random() < 0.85 else 2)),
        disciplines=(Term(f"d{discipline}", DISCIPLINES[discipline]),),
        levels=tuple(_listed("n", LEVELS, draw, draw.randint(1, 3))),
        cycles=(_term(draw, "cycle", 4, "cycle"),),
        competences=tuple(_term(draw, "comp", 60, "Compétence") for _ in range(2)),
        tools=tuple(_term(draw, "outil", 150, "Outil") for _ in range(draw.randint(0, 3))),
        is_archive=True,
    )


def _text(draw: random.Random, length: int) -> str:
    words = draw.choices(VOCABULARY, cum_weights=_WEIGHTS, k=length)
    little = draw.choices(_LITTLE, cum_weights=_LITTLE_WEIGHTS, k=length)
    return " ".join(f"{one} {other}" for one, other in zip(words, little, strict=True))


def _term(draw: random.Random, prefix: str, count: int, label: str) -> Term:
    number = min(int(draw.expovariate(4 / count)), count - 1)
    return Term(f"{prefix}-{number}", f"{label} {number}")


def _listed(
    prefix: str, labels: tuple[str, ...] | list[str], draw: random.Random, count: int
) -> Iterator[Term]:
    for number in draw.sample(range(len(labels)), count):
        yield Term(f"{prefix}{number}", labels[number])


def phrase(draw: random.Random, length: int) -> str:
    """So many words, drawn as the notices draw theirs."""
    return " ".join(draw.choices(VOCABULARY, cum_weights=_WEIGHTS, k=length))


def fill(count: int) -> list[str]:
    """Write `count` published notices in the database; their ARK names."""
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    notices = [
        Notice(
            ark=ark,
            version=1,
            act=Act.PUBLISHED,
            sequence=number,
            datestamp=instant,
            first_published_at=instant,
            origin=f"bench:{ark}",
            record=record.as_data(),
            digest=record.digest(),
        )
        for number, (ark, record) in enumerate(records(count), 1)
    ]
    Notice.objects.bulk_create(notices, batch_size=500)
    Sequence.objects.update_or_create(pk=1, defaults={"last": count})
    return [notice.ark for notice in notices]
