"""« Un élève est-il reconnaissable ? »: what a picture must say, and who sees it."""

from traam.productions.rules.life import Authorisation, Recognisable

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
PICTURES_MAX = 4  # of one observation
WEIGHT_MAX = 20_000_000  # bytes
DESCRIPTION = "Texte de remplacement"
DESCRIPTION_MAX = 300  # characters
UNSAID = "Dites si un élève est reconnaissable : visage, voix, écriture ou nom."
NEEDED = "Un élève est reconnaissable : dites si l’autorisation est obtenue ou reste à obtenir."
NOT_NEEDED = "Aucun élève n’est reconnaissable : l’autorisation est sans objet."


def faults(recognisable: Recognisable, authorisation: Authorisation, description: str) -> list[str]:
    """Why the picture is refused, as French sentences."""
    found = []
    if recognisable is Recognisable.UNSAID:
        found.append(UNSAID)
    if recognisable is Recognisable.YES and authorisation is Authorisation.NOT_NEEDED:
        found.append(NEEDED)
    if recognisable is Recognisable.NO and authorisation is not Authorisation.NOT_NEEDED:
        found.append(NOT_NEEDED)
    if len(description) > DESCRIPTION_MAX:
        found.append(
            f"« {DESCRIPTION} » compte {len(description)} caractères ; {DESCRIPTION_MAX} au plus."
        )
    return found


def may_leave_the_team(recognisable: Recognisable, authorisation: Authorisation) -> bool:
    """May those who are not of the team see it? Where a pupil may be recognised, only with the
    authorisation."""
    if recognisable is Recognisable.NO:
        return True
    return recognisable is Recognisable.YES and authorisation is Authorisation.OBTAINED
