"""The campaign of the walk: its texts, its dates, and the people who are no persona."""

from collections.abc import Mapping
from datetime import date

from traam.access.roles import Role
from traam.kit.clock import now
from traam.people import actions as people
from traam.people.reach import Limits

YEAR = "2027-2028"
CAMPAIGN = f"/preparation/campagnes/{YEAR}/"
STUDY = f"/selection/{YEAR}/"
SHEETS, SEARCH = "Raisonner avec un tableur", "Chercher à plusieurs"
NANTES, LYON, ALONE = "Prouver avec un tableur en 4e", "Des preuves à relire", "Chercher à deux"
LILLE, LATE = "Conjecturer en 3e", "Tableur et cyclones"
DATES = {
    "call_opens": "2027-03-01T09:00",
    "call_closes": "2027-04-02T18:00",
    "reviews_due": "2027-05-07T18:00",
    "deliberation": "2027-05-20T09:00",
    "announcement": "2027-06-04T12:00",
    "replies_due": "2027-06-18T18:00",
    "launch": "2027-09-01T09:00",
    "end": "2028-07-05T18:00",
}
RULES = {
    "academies_min": "1",
    "academies_max": "2",
    "reviews_per_application": "2",
    "reviews_per_reviewer_max": "3",
}
SCENARIO, OTHER_SCENARIO = "Cent exemples ne prouvent rien", "Chercher un contre-exemple"
FINDING = "Un contre-exemple fait chercher une preuve."
CONDITION = "Deux séances rapprochées sont nécessaires."
SYNTHESIS = "Ce que prouver veut dire : synthèse nationale"
LYON_TEACHER = "enseignant-lyon"  # invited by the référent of Lyon, once the team is at work
SCORES = {LILLE: "44444", NANTES: "53534", LYON: "11111", ALONE: "33333"}
PEOPLE = (
    ("referent-lyon", "Professeur·e référent·e, Lyon", Role.REFERENT, "10", "MATHS"),
    ("inspecteur-lyon", "Inspection de Lyon, mathématiques", Role.INSPECTOR, "10", "MATHS"),
    ("dan-lyon", "DAN de Lyon", Role.DIGITAL_DELEGATE, "10", ""),
    ("referent-guadeloupe", "Professeur·e référent·e, Guadeloupe", Role.REFERENT, "32", "MATHS"),
    ("inspecteur-guadeloupe", "Inspection de Guadeloupe", Role.INSPECTOR, "32", "MATHS"),
    ("expert-physique", "Expertise DNE, physique", Role.EXPERT, "", "PC"),
)


def address_of(slug: str) -> str:
    """Where the mail of this person goes."""
    return f"{slug}@demonstration.invalid"


def team_of(codes: Mapping[str, str], academy: str) -> str:
    """The code of the team of this academy (« lyon ») on the first theme."""
    return f"{codes[SHEETS]}-{academy}"


def invite_all() -> None:
    """The personas of the demonstration, and those of other academies."""
    people.prepare_personas(now=now())
    for slug, name, role, academy, discipline in PEOPLE:
        people.welcome(
            email=address_of(slug),
            name=name,
            role=role,
            limits=Limits(
                academies=frozenset({academy} - {""}), disciplines=frozenset({discipline} - {""})
            ),
            starts_on=date(2026, 9, 1),
            ends_on=None,
            now=now(),
            actor=None,
        )
