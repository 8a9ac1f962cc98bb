"""The agreement of a school: by when it is awaited, what a team does next."""

from datetime import date

from traam.trials.rules.life import AgreementState as A

STANDINGS = {A.ASKED: "info", A.GIVEN: "success", A.REFUSED: "error", A.TAKEN_BACK: ""}  # colours
NEXT = {
    A.ASKED: "La réponse n’est pas encore donnée : parlez-en, ou reprenez la demande.",
    A.GIVEN: "L’essai peut se faire dans l’établissement.",
    A.REFUSED: (
        "Voyez ensemble ce qui peut changer (la date, l’outil, la classe), puis demandez à "
        "nouveau ; ou abandonnez l’essai, avec ce motif."
    ),
}
GONE = (
    "Cette personne n’est plus partenaire de l’équipe et ne peut plus répondre : reprenez la "
    "demande, puis adressez-la à une autre."
)


def next_of(state: A, *, can_be_answered: bool) -> str:
    """What the team does now; `can_be_answered`: by the person asked, today."""
    return GONE if state is A.ASKED and not can_be_answered else NEXT[state]


def awaited_by(planned_for: date | None, today: date) -> date | None:
    """The day before which an answer is of use: that of the trial, while it is to come."""
    return planned_for if planned_for is not None and planned_for > today else None
