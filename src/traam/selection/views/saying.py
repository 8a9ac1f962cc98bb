"""What the pages say once something is done."""

from traam.kit.text import plural
from traam.selection.actions import Taken


def said_of(taken: Taken) -> str:
    """« 12 décisions préparées ; 3 déjà prises, inchangées. »"""
    said = [plural(taken.prepared, "décision préparée", "décisions préparées")]
    if taken.decided:
        said.append(plural(taken.decided, "déjà prise, inchangée", "déjà prises, inchangées"))
    if taken.unknown:
        said.append(f"{plural(taken.unknown, 'dossier')} hors du calcul, à décider")
    if taken.closed:
        said.append(
            f"{plural(taken.closed, 'dossier')} en conflit d’intérêts, à décider par autrui"
        )
    return f"{' ; '.join(said)}."
