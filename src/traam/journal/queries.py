"""What is read of the journal: its page, and the verification of its chain."""

from collections.abc import Iterator
from datetime import date

from traam.journal import rules
from traam.journal.models import Entry, EntryQuerySet, Seal
from traam.kit.text import plural


def for_list(
    *,
    verb: str = "",
    subject: str = "",
    actor: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> EntryQuerySet:
    """The entries with their seal, latest first. `actor`: who did it, in whosever name."""
    entries = Entry.objects.between(first=first, last=last)
    if verb:
        entries = entries.filter(verb=verb)
    if subject:
        entries = entries.filter(subject=subject)
    if actor is not None:
        entries = entries.filter(actor=actor)
    return entries.select_related("seal").order_by("-pk")


def last_seal() -> Seal | None:
    """The end of the chain: whoever notes its digest elsewhere can prove all that precedes."""
    return Seal.objects.order_by("-number", "-pk").first()


def faults() -> Iterator[str]:
    """A French sentence for each fault of the chain; nothing when the journal is whole."""
    previous = rules.FIRST
    for position, seal in enumerate(Seal.objects.order_by("number", "pk").iterator(), 1):
        yield from _faults_of(seal, position=position, previous=previous)
        previous = seal.digest


def _faults_of(seal: Seal, *, position: int, previous: str) -> Iterator[str]:
    name = f"Journal, sceau n° {seal.number}"
    if seal.number != position:
        yield f"{name} : le sceau n° {position} manque."
    if seal.previous != previous:
        yield f"{name} : il ne suit pas l’empreinte du sceau précédent."
    lines = [entry.line() for entry in Entry.objects.filter(seal=seal).order_by("pk").iterator()]
    digest, count = rules.digest(
        previous=seal.previous, number=seal.number, sealed_at=seal.sealed_at, lines=lines
    )
    marks = {line.id: line.mark() for line in lines} if seal.marks is not None else {}
    named = rules.named_faults(dict(seal.marks or []), marks)
    if digest == seal.digest:
        if named:
            yield f"{name} : ses repères ont été modifiés (les inscriptions sont intactes)."
    elif named:
        acts = {line.id: f" ({line.verb}, {line.subject})" for line in lines}
        for key, fault in named:
            yield f"{name}, inscription n° {key}{acts.get(key, '')} : {fault}"
    elif count != seal.entry_count:
        yield f"{name} : {plural(count, 'inscription')} au lieu de {seal.entry_count}."
    elif seal.marks is not None:
        yield f"{name} : le sceau a été modifié (les inscriptions sont intactes)."
    else:
        yield f"{name} : une inscription ou le sceau a été modifié (empreinte différente)."
