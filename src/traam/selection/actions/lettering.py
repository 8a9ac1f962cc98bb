"""The letters of decisions: written from them, retouched by people, typeset when they go."""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns.models import Campaign
from traam.documents.actions import store
from traam.kit.paper import to_pdf
from traam.kit.refusals import Refusal
from traam.reference.models import Academy
from traam.selection import acts, steps
from traam.selection.models import Decision, Letter
from traam.selection.papers import letters as papers
from traam.selection.queries import announcement
from traam.selection.queries.announcement import letter_of
from traam.selection.rules import letters
from traam.selection.rules.letters import LetterFacts
from traam.selection.rules.life import DecisionState

ANNOUNCE = "decision.announce"
PDF = "application/pdf"
LIMIT = 20_000_000  # bytes
ROWS = 200


class OutdatedLetter(Refusal):
    """Someone else has retouched the letter since it was read; `present`: what it says now."""

    def __init__(self, present: Letter) -> None:
        super().__init__(
            "Quelqu’un d’autre a retouché cette lettre pendant que vous l’écriviez : les deux "
            "textes sont montrés, rien n’est perdu."
        )
        self.present = present


@transaction.atomic
def prepare_letters(*, campaign: Campaign, now: datetime, actor: Actor | None) -> int:
    """A letter for each decision, written again where the decision changed; how many were. The
    retouched ones stay as they are. Raises `NotAllowed`."""
    acts.allowed(actor, ANNOUNCE, campaign.place())
    calendar, rules = campaign.calendar, campaign.call_rules
    written = []
    for one in announcement.decisions(campaign).filter(state=DecisionState.PREPARED):
        letter = letter_of(one) or Letter(decision=one)
        if letter.is_edited:
            continue
        facts = papers.facts_of(one, calendar=calendar, rules=rules, day=now)
        before = (letter.subject, letter.text, letter.source)
        letter.subject, letter.text = letters.subject(facts), letters.text(facts)
        letter.source = papers.source(one)
        if before != (letter.subject, letter.text, letter.source):
            letter.version += 1
            written.append(letter)
    fresh = [one for one in written if one.pk is None]
    Letter.objects.bulk_create(fresh, batch_size=ROWS)
    known = [one for one in written if one not in fresh]
    Letter.objects.bulk_update(known, ["subject", "text", "source", "version"], batch_size=ROWS)
    return len(written)


@transaction.atomic
def edit_letter(
    *,
    decision: Decision,
    subject: str,
    text: str,
    version: int,
    now: datetime,
    actor: Actor | None,
) -> Letter:
    """The letter of this decision says this. `version`: of what the writer had read, 0 when it was
    never written. Raises `NotAllowed`, `OutdatedLetter` or `Refusal`."""
    held = steps.held_decision(decision)
    behalf = acts.allowed(actor, ANNOUNCE, held.case.campaign.place())
    _need_prepared(held)
    said = (" ".join(subject.split()), text.replace("\r\n", "\n").strip())
    if faults := _faults(*said):
        raise Refusal(*faults)
    letter = Letter.objects.filter(decision=held).first() or Letter(decision=held)
    source = papers.source(held)
    if (letter.subject, letter.text, letter.source) == (*said, source) and letter.pk:
        return letter
    if letter.version != version:
        raise OutdatedLetter(letter)
    letter.subject, letter.text = said
    letter.source, letter.is_edited = source, True
    letter.version += 1
    letter.save()
    after = {"version": letter.version}
    steps.note("decision.edit_letter", held, actor=actor, behalf=behalf, now=now, after=after)
    return letter


def _faults(subject: str, text: str) -> list[str]:
    found = []
    if not 1 <= len(subject) <= letters.SUBJECT_MAX:
        found.append(
            f"L’objet ({len(subject)} caractères) doit en compter de 1 à {letters.SUBJECT_MAX}."
        )
    if not 1 <= len(text) <= letters.TEXT_MAX:
        found.append(
            f"Le texte de la lettre ({len(text)} caractères) doit en compter de 1 à "
            f"{letters.TEXT_MAX}."
        )
    return found


def _need_prepared(decision: Decision) -> None:
    if decision.state == DecisionState.ANNOUNCED:
        raise Refusal("Cette lettre est partie : elle ne se retouche plus.")


@transaction.atomic
def reset_letter(*, decision: Decision, now: datetime, actor: Actor | None) -> None:
    """The letter is written from the decision again: what was retouched is left. Twice is once."""
    held = steps.held_decision(decision)
    behalf = acts.allowed(actor, ANNOUNCE, held.case.campaign.place())
    _need_prepared(held)
    letter = Letter.objects.filter(decision=held, is_edited=True).first()
    if letter is None:
        return
    letter.is_edited, letter.source = False, ""
    letter.version += 1
    letter.save(update_fields=["is_edited", "source", "version"])
    after = {"version": letter.version}
    steps.note("decision.reset_letter", held, actor=actor, behalf=behalf, now=now, after=after)


def typeset(
    decision: Decision, letter: Letter, facts: LetterFacts, *, heir: Academy, now: datetime
) -> str:
    """The PDF of a letter that goes that day, kept; its digest."""
    content = to_pdf(
        papers.paper(
            decision, subject=letter.subject, text=letter.text, facts=facts, heir=heir, day=now
        )
    )
    name = f"decision-{decision.case.application.code}.pdf"
    return store(content=content, name=name, limit=LIMIT, accepted={PDF}, now=now).digest
