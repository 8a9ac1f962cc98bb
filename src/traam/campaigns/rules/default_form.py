"""What every application says (the typed core) and the questions that a campaign begins with.

Source: `rules.md` §3. The core is in code, since the choice reads it; the rest is data.
"""

from collections.abc import Sequence
from typing import Any

from traam.campaigns.rules.call import DEFAULT_COMMITMENTS, Commitment
from traam.campaigns.rules.questions import Form, Option, Question, QuestionKind, Section, reworded

K = QuestionKind
TITLE, SUMMARY, LEAD, REFERENTS, TEAM = "title", "summary", "lead", "referents", "team"
ASSOCIATED, DURATION, COMMITMENTS = "associated", "duration_years", "commitments"
PROJECT_SECTION, TEAM_SECTION, COMMITMENTS_SECTION = "project", "team", "commitments"
TITLE_MAX = 300  # characters: the copy that lists show
DISCIPLINE, SCHOOL = "discipline", "school"

LEVELS = (
    Option("primary", "école maternelle ou élémentaire"),
    Option("middle", "collège"),
    Option("high", "lycée général et technologique"),
    Option("vocational", "lycée professionnel"),
    Option("higher", "enseignement supérieur (BTS, classes préparatoires)"),
    Option("other", "autre (EREA, CFA, établissement médico-social…)"),
)
_NAME = Question(id="name", kind=K.TEXT, label="Prénom et nom", limit=200, required=True)
_DISCIPLINE = Question(id=DISCIPLINE, kind=K.TEXT, label="Discipline", limit=200, required=True)
_SCHOOL = Question(
    id=SCHOOL, kind=K.TEXT, label="Établissement et commune", limit=200, required=True
)
_LEVEL = Question(
    id="level", kind=K.CHOICE, label="Type d’établissement", options=LEVELS, required=True
)

CORE = Form(
    sections=(
        Section(PROJECT_SECTION, "Le projet"),
        Section(
            TEAM_SECTION,
            "L’équipe",
            "Les noms ne servent qu’à étudier la candidature : ils ne sont jamais publiés.",
        ),
        Section(COMMITMENTS_SECTION, "Les engagements"),
    ),
    questions=(
        Question(
            id=TITLE,
            kind=K.TEXT,
            label="Intitulé du projet",
            help="En une ligne : ce que les élèves feront, et avec quoi.",
            section=PROJECT_SECTION,
            required=True,
            limit=TITLE_MAX,
        ),
        Question(
            id=SUMMARY,
            kind=K.LONG_TEXT,
            label="Résumé",
            help="Pour qui ne connaît pas la discipline : le besoin, l’idée, ce qui est attendu.",
            section=PROJECT_SECTION,
            required=True,
            limit=2_000,
        ),
        Question(
            id=DURATION,
            kind=K.CHOICE,
            label="Durée",
            section=PROJECT_SECTION,
            required=True,
            options=(Option("one", "un an"), Option("two", "deux ans")),
        ),
        Question(
            id=LEAD,
            kind=K.TEXT,
            label="Porteur ou porteuse du projet",
            help="Prénom, nom et fonction.",
            section=TEAM_SECTION,
            required=True,
            limit=200,
        ),
        Question(
            id=REFERENTS,
            kind=K.BLOCK,
            label="Professeur·es référent·es",
            help="Une ou deux personnes, qui parlent pour l’équipe dans le groupe national.",
            section=TEAM_SECTION,
            required=True,
            repeats_min=1,
            repeats_max=2,
            items=(_NAME, _DISCIPLINE, _SCHOOL),
        ),
        Question(
            id=TEAM,
            kind=K.BLOCK,
            label="Enseignant·es de l’équipe",
            help="Référent·es compris·es.",
            section=TEAM_SECTION,
            required=True,
            repeats_min=3,
            repeats_max=40,
            items=(_NAME, _DISCIPLINE, _SCHOOL, _LEVEL),
        ),
        Question(
            id=ASSOCIATED,
            kind=K.CHOICES,
            label="Académies associées",
            help="Seulement pour une candidature commune à plusieurs académies.",
            section=TEAM_SECTION,
        ),
        Question(
            id=COMMITMENTS,
            kind=K.CHOICES,
            label="Engagements de l’académie",
            help="En déposant, l’académie s’engage sur chacun de ces points.",
            section=COMMITMENTS_SECTION,
            required=True,
            options=tuple(Option(one.key, one.label) for one in DEFAULT_COMMITMENTS),
        ),
    ),
)
CORE_FIELDS = frozenset(question.id for question in CORE.questions)
# Given anew by each application: a clone does not take them.
NOT_CLONED = frozenset({COMMITMENTS})


def core_for(
    *, team_min: int, commitments: Sequence[Commitment], academies: Sequence[Option] = ()
) -> Form:
    """The core as a campaign composes it: its own numbers and commitments, the academies of the
    day (their codes are the keys)."""
    given: dict[str, dict[str, Any]] = {
        TEAM: {"repeats_min": team_min, "repeats_max": max(40, team_min)},
        ASSOCIATED: {"options": tuple(academies)},
        COMMITMENTS: {
            "options": tuple(Option(one.key, one.label) for one in commitments),
            "required": bool(commitments),
        },
    }
    questions = tuple(reworded(one, **given.get(one.id, {})) for one in CORE.questions)
    return Form(CORE.sections, questions)


def _long(field: str, section: str, label: str, help_: str = "", *, limit: int = 4_000) -> Question:
    return Question(
        id=field,
        kind=K.LONG_TEXT,
        label=label,
        help=help_,
        section=section,
        required=True,
        limit=limit,
    )


DEFAULT_FORM = Form(
    sections=(
        Section("trial", "Ce qui est essayé"),
        Section("sharing", "Ce qui est mis en commun"),
        Section("means", "Les moyens"),
    ),
    questions=(
        _long(
            "problem",
            "trial",
            "La problématique, au regard de celle du thème",
            "Ce que votre académie cherche à savoir, et pourquoi ce thème.",
        ),
        _long("protocol", "trial", "Ce qui sera essayé, et dans quelles classes"),
        _long(
            "observation",
            "trial",
            "Ce qui sera observé, et comment",
            "Les indices qui feraient dire que cela marche, ou que cela ne marche pas.",
        ),
        _long(
            "offer",
            "sharing",
            "Ce qui est offert aux autres académies",
            "Des productions à essayer, des essais de leurs productions, des temps de travail.",
        ),
        Question(
            id="productions",
            kind=K.BLOCK,
            label="Productions prévues",
            section="sharing",
            required=True,
            repeats_min=1,
            repeats_max=20,
            items=(
                Question(id="what", kind=K.TEXT, label="Production", limit=300, required=True),
                Question(id="due", kind=K.DAY, label="Prévue pour le"),
            ),
        ),
        reworded(
            _long("tools", "means", "Outils et services numériques", limit=1_000), required=False
        ),
        reworded(
            _long("partners", "means", "Partenaires", "Recherche, collectivité…", limit=1_000),
            required=False,
        ),
        reworded(_long("earlier", "means", "Travaux antérieurs", limit=2_000), required=False),
        reworded(
            _long("requested", "means", "Moyens demandés", "Heures, matériel…", limit=2_000),
            required=False,
        ),
    ),
)
