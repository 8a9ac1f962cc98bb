"""What is asked of a production: eight fields to share it, the rest to publish it. Pure.

Each field is a `Question` of `campaigns`, so that one engine reads, judges and shows what is typed.
The kinds of production ask the same fields, in words of their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from traam.applications.rules.answers import Missing, faults, is_blank
from traam.campaigns.rules.questions import Form, Option, Question, QuestionKind, Section
from traam.kit.contacts import contact_faults
from traam.productions.rules.licences import LICENCES
from traam.reference.rules.text import fold

K = QuestionKind
Value = Any  # the shapes are those that `QuestionKind` comments
Values = Mapping[str, Value]
Options = Mapping[str, Iterable[tuple[str, str]]]  # by field, the codes and labels offered

SHARE, PUBLISH = "share", "publish"
SECTIONS = (
    Section(SHARE, "Pour partager", "Huit champs suffisent pour partager avec le groupe national."),
    Section(
        PUBLISH,
        "Pour publier",
        "Demandé au moment de proposer à la validation, puis à la publication.",
    ),
)
NO_PROGRAMME = ("none", "Aucun programme national (formation, STS…)")
LINES = frozenset({"tools", "skills"})  # free words, one on each line
# The vocabularies that each field of terms reads; « skills »: competences of a discipline.
SCHEMES: Mapping[str, tuple[str, ...]] = {
    "disciplines": ("disciplines",),
    "levels": ("levels",),
    "tools": ("tools",),
    "competences": ("crcn", "socle"),
    "skills": ("competences",),
    "programmes": ("programmes",),
}
DERIVED = ("cycles", "school-types")  # from the levels
_QUESTIONS = (
    Question(
        id="title",
        kind=K.TEXT,
        label="Titre",
        section=SHARE,
        required=True,
        limit=200,
        help="Ce que les élèves apprennent, plutôt que le nom de l’outil.",
    ),
    Question(
        id="hook",
        kind=K.TEXT,
        label="Accroche",
        section=SHARE,
        required=True,
        limit=300,
        help="Une phrase qui donne envie d’essayer.",
    ),
    Question(id="disciplines", kind=K.CHOICES, label="Disciplines", section=SHARE, required=True),
    Question(id="levels", kind=K.CHOICES, label="Niveaux", section=SHARE, required=True),
    Question(
        id="aim",
        kind=K.LONG_TEXT,
        label="Objectif",
        section=SHARE,
        required=True,
        limit=4_000,
        help="Ce que l’on veut que les élèves sachent faire à la fin.",
    ),
    Question(
        id="steps",
        kind=K.LONG_TEXT,
        label="Déroulement",
        section=SHARE,
        required=True,
        limit=20_000,
        help="Étape par étape. Les titres, les listes et les tableaux s’écrivent en Markdown.",
    ),
    Question(
        id="tools",
        kind=K.LONG_TEXT,
        label="Outils",
        section=SHARE,
        required=True,
        limit=1_000,
        help="Un par ligne : « GeoGebra », « tableur ».",
    ),
    Question(
        id="duration",
        kind=K.TEXT,
        label="Durée",
        section=SHARE,
        required=True,
        limit=100,
        help="« 3 séances de 55 minutes ».",
    ),
    Question(
        id="summary",
        kind=K.LONG_TEXT,
        label="Résumé pour les non-spécialistes",
        section=PUBLISH,
        required=True,
        limit=2_000,
        help="Trois phrases qu’un parent comprend. Elles ouvriront la notice publique.",
    ),
    Question(
        id="needs",
        kind=K.LONG_TEXT,
        label="Ce qu’il faut",
        section=PUBLISH,
        limit=4_000,
        help="Salle, matériel, comptes, connexion.",
    ),
    Question(
        id="competences",
        kind=K.CHOICES,
        label="Compétences transversales",
        section=PUBLISH,
        help="Compétences numériques (CRCN) et socle commun.",
    ),
    Question(
        id="skills",
        kind=K.LONG_TEXT,
        label="Compétences disciplinaires",
        section=PUBLISH,
        limit=2_000,
        help="Une par ligne, dans les mots du programme.",
    ),
    Question(
        id="programmes",
        kind=K.CHOICES,
        label="Version du programme",
        section=PUBLISH,
        required=True,
        help="Les programmes en vigueur auxquels la production répond.",
    ),
    Question(
        id="licence",
        kind=K.CHOICE,
        label="Licence",
        section=PUBLISH,
        required=True,
        options=tuple(Option(one.code, one.label) for one in LICENCES.values()),
        help="CC BY-SA 4.0 est proposée : reprise et adaptation libres, en citant les auteurs.",
    ),
)
# What the same fields are called where « objectif » and « déroulement » would not do.
_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "video": {"steps": ("Ce que montre la capsule", "Les moments, avec leurs minutes.")},
    "infographie": {"steps": ("Ce que montre l’infographie", "Ce qu’on y lit, en texte.")},
    "carte": {"steps": ("Ce que contient la carte", "Ses branches, en texte.")},
    "outil": {"steps": ("Comment s’en servir", "Pas à pas, et ce qu’on y trouve.")},
    "parcours": {"steps": ("Déroulement du parcours", "Étape par étape, avec les durées.")},
    "texte": {
        "aim": ("Question posée", "Ce que l’on cherche à comprendre."),
        "steps": ("Texte", "Les titres, les listes et les tableaux s’écrivent en Markdown."),
    },
    "jeu": {"steps": ("Règles et déroulement", "De quoi jouer sans avoir vu le jeu.")},
    "recueil": {"steps": ("Ce que contient le recueil", "Chaque pièce, et ce qu’elle apporte.")},
    "synthese": {"steps": ("Texte de la synthèse", "Ce qui a été essayé, et ce qu’on en retient.")},
}
TITLES: Mapping[str, str] = {one.id: one.label for one in _QUESTIONS}
FIELDS = tuple(TITLES)
TERMS = frozenset(SCHEMES)
TEXTS = tuple(name for name in FIELDS if name not in TERMS)


def form_for(kind: str, options: Options) -> Form:
    """The questions of a production of this kind; `options`: what its lists offer."""
    return Form(SECTIONS, tuple(_worded(one, kind, options) for one in _QUESTIONS))


def _worded(question: Question, kind: str, options: Options) -> Question:
    if question.id in options:
        offered = tuple(Option(code, label) for code, label in options[question.id])
        question = replace(question, options=offered)
    label, text = _WORDS.get(kind, {}).get(question.id, ("", ""))
    return replace(question, label=label, help=text) if label else question


def label_of(field: str, kind: str = "") -> str:
    """How a field is called; the code itself when it is none of ours."""
    label, _ = _WORDS.get(kind, {}).get(field, ("", ""))
    return label or TITLES.get(field, field)


def lines(text: str) -> list[str]:
    """The free words of a text, each once however it is written: one on a line, or between « ; ».

    « Tableur ; tableur » gives « Tableur ».
    """
    found: dict[str, str] = {}
    for line in text.replace(";", "\n").splitlines():
        word = " ".join(line.split())
        if key := fold(word):
            found.setdefault(key, word)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """What completeness must know beside the values of the fields."""

    rivals: frozenset[str] = frozenset()  # the fields where two texts wait to be settled
    files: int = 0
    links: int = 0
    file_faults: tuple[str, ...] = ()


def missing_to_share(form: Form, values: Values, standing: Standing) -> list[Missing]:
    """What the national group must have before it reads; empty when nothing lacks."""
    return [*_lacking(form, SHARE, values), *_rivals(form, standing)]


def missing_to_publish(form: Form, values: Values, standing: Standing) -> list[Missing]:
    """All that lacks before the team gives its pen away, files and authorisations included."""
    return [
        *missing_to_share(form, values, standing),
        *_lacking(form, PUBLISH, values),
        *_uncovered(values, standing),
        *_contacts(form, values),
        *(Missing("files", sentence) for sentence in standing.file_faults),
    ]


def _lacking(form: Form, section: str, values: Values) -> Iterator[Missing]:
    for question in form.of_section(section):
        value = values.get(question.id)
        if is_blank(value):
            if question.required:
                yield Missing(question.id, f"« {question.label} » est à remplir.")
            continue
        for sentence in faults(question, value):
            yield Missing(question.id, sentence)


def _uncovered(values: Values, standing: Standing) -> Iterator[Missing]:
    if is_blank(values.get("competences")) and is_blank(values.get("skills")):
        yield Missing(
            "competences", "Dites au moins une compétence, transversale ou disciplinaire."
        )
    if not standing.files and not standing.links:
        yield Missing("files", "Joignez au moins un fichier, ou donnez un lien.")


def _contacts(form: Form, values: Values) -> Iterator[Missing]:
    for question in form.in_order():
        value = values.get(question.id)
        if isinstance(value, str):
            for sentence in contact_faults({question.label: value}):
                yield Missing(question.id, sentence)


def _rivals(form: Form, standing: Standing) -> Iterator[Missing]:
    for field in sorted(standing.rivals):
        asked = form.question(field)
        label = asked.label if asked else field
        yield Missing(field, f"« {label} » a deux textes : départagez-les.")
