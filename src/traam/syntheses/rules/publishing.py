"""What may be published, and under what: at least five classes behind what a page names."""

from collections.abc import Iterator, Mapping

from traam.syntheses.rules.anonymity import CLASSES_MIN
from traam.syntheses.rules.content import Content
from traam.syntheses.rules.life import SynthesisKind
from traam.syntheses.rules.marks import quoted

K = SynthesisKind
NAMING = frozenset({K.ACADEMIC, K.PLURI_ACADEMIC})  # its page names the academies of its classes
NEVER = (
    "Un rapport d’essai ne se publie pas : il ne parle que d’une classe. Ses observations "
    "paraissent, sans rien nommer, par les constats d’une synthèse."
)


def publication_faults(content: Content, *, classes: int) -> list[str]:
    """Why it may not be public. `classes`: the closed trials behind all its findings."""
    return list(_faults(content, classes))


def _faults(content: Content, classes: int) -> Iterator[str]:
    if content.kind == K.TRIAL_REPORT:
        yield NEVER
        return
    if classes < CLASSES_MIN:
        yield (
            f"Cette synthèse repose sur {classes} classe{'s' * (classes > 1)} : il en faut au "
            f"moins {CLASSES_MIN} pour que personne ne s’y reconnaisse."
        )
    if content.kind in NAMING:
        for one in content.findings:
            if one.counts.sought < CLASSES_MIN:
                yield (
                    f"Le constat {quoted(one.text)} n’est recherché que dans {one.counts.sought} "
                    f"essais, et la page nomme leurs académies : il en faut au moins {CLASSES_MIN}."
                )


def crossed(cells: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """A row of the matrix findings × contexts: by context, « 7 sur 11 », or "" for what is hidden.

    `cells`: in how many classes it was seen, and sought. A context of fewer than five classes is
    hidden, and others with it until what is hidden holds five: the finding's own counts, less what
    is shown, would tell the rest.
    """
    order = sorted((sought, context) for context, (_, sought) in cells.items() if sought)
    hidden: list[tuple[int, str]] = [each for each in order if each[0] < CLASSES_MIN]
    for each in order[len(hidden) :]:
        if not hidden or sum(sought for sought, _ in hidden) >= CLASSES_MIN:
            break
        hidden.append(each)
    unsaid = {context for _, context in hidden}
    return {
        context: "" if context in unsaid else f"{seen} sur {sought}"
        for context, (seen, sought) in cells.items()
        if sought
    }
