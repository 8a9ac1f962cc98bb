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


def awaited_by(planned_for: date | None, today: date) -> date | None:
    """The day before which an answer is of use: that of the trial, while it is to come."""
    return planned_for if planned_for is not None and planned_for > today else None
