"""The texts of a call are written: the cahier des charges, and the themes.

Any change of what was submitted takes it back to a draft, voids its signatures and tells whoever
had signed why.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from traam.access.actor import Actor
from traam.access.place import Place
from traam.campaigns import acts, telling
from traam.campaigns.acts import Text
from traam.campaigns.contents import theme_text
from traam.campaigns.models import Axis, Brief, Campaign, Theme, ThemeTerm, campaign_flags
from traam.campaigns.rules.signing import TextState, digest_of
from traam.campaigns.rules.texts import ThemeText, brief_faults
from traam.campaigns.writing import SLUG_MAX, last_number
from traam.journal.rules import Scalar
from traam.kit.refusals import Refusal
from traam.reference.queries import vocabulary
from traam.reference.rules import VocabularyTerm

TRANSVERSAL = "Transversal"
NOT_WRITTEN = "Ce texte est retiré, ou de l’archive : il se rétablit avant de s’écrire."
DISCIPLINE_TEXT_MAX = 300  # characters
WRITTEN = (TextState.DRAFT, TextState.SUBMITTED, TextState.SIGNED_ONCE, TextState.SIGNED_TWICE)


class Outdated(Refusal):
    """Someone else has changed the text since it was read; `present` is what it says now."""

    def __init__(self, present: Text) -> None:
        super().__init__(
            "Quelqu’un d’autre a changé ce texte pendant que vous l’écriviez : les deux textes "
            "sont montrés, rien n’est perdu."
        )
        self.present = present


@transaction.atomic
def write_brief(
    *, campaign: Campaign, text: str, version: int, now: datetime, actor: Actor | None
) -> Brief:
    """The cahier des charges says this now. `version`: of what the writer had read.

    Raises `NotAllowed`, `Outdated`, or `Refusal` when it is too long.
    """
    brief = acts.held_text(campaign.brief)
    behalf = acts.allowed(actor, "brief.edit", brief.place())
    written = text.replace("\r\n", "\n").strip()
    _refuse(brief, brief_faults(written))
    if brief.text == written:
        return brief
    if brief.version != version:
        raise Outdated(brief)
    brief.text = written
    _mark(brief, now=now, actor=actor)
    brief.save(update_fields=["text", "version", "changed_at", "changed_by"])
    draft_again(brief, now=now, actor=actor)
    acts.note("brief.write", brief, actor=actor, behalf=behalf, now=now, after=_version(brief))
    return brief


@transaction.atomic
def add_theme(*, campaign: Campaign, facts: ThemeText, now: datetime, actor: Actor | None) -> Theme:
    """A new theme, as a draft. Raises `NotAllowed` or `Refusal`."""
    held = acts.held(campaign)
    place = Place(state=TextState.DRAFT, flags=campaign_flags(held.state))
    behalf = acts.allowed(actor, "theme.edit", place)
    terms = _terms(facts)
    if faults := [*facts.faults(), *_continues_faults(held, facts)]:
        raise Refusal(*faults)
    code = _new_code(held, facts, terms)
    theme = Theme(campaign=held, code=code, state=TextState.DRAFT, state_at=now)
    theme.natural_key = hashlib.sha256(f"prepared:{code}".encode()).hexdigest()
    _fill(theme, facts, terms)
    _mark(theme, now=now, actor=actor)
    theme.save(force_insert=True)
    _fill_rows(theme, facts, terms)
    acts.note("theme.add", theme, actor=actor, behalf=behalf, now=now, after=_version(theme))
    return theme


@transaction.atomic
def change_theme(
    *, theme: Theme, facts: ThemeText, version: int, now: datetime, actor: Actor | None
) -> Theme:
    """The theme says this now. `version`: of what the writer had read.

    Raises `NotAllowed`, `Outdated`, or `Refusal`.
    """
    held = acts.held_text(theme)
    behalf = acts.allowed(actor, "theme.edit", held.place())
    _refuse(held, [*facts.faults(), *_continues_faults(held.campaign, facts, itself=held)])
    if theme_text(held) == facts:
        return held
    if held.version != version:
        raise Outdated(held)
    terms = _terms(facts)
    _fill(held, facts, terms)
    _mark(held, now=now, actor=actor)
    held.save()
    held.axes.all().delete()
    held.terms.all().delete()
    _fill_rows(held, facts, terms)
    draft_again(held, now=now, actor=actor)
    acts.note("theme.write", held, actor=actor, behalf=behalf, now=now, after=_version(held))
    return held


def draft_again(text: Text, *, now: datetime, actor: Actor | None) -> None:
    """After a change: a draft again, its signatures void, whoever had signed told."""
    acts.move_text(text, "change", now=now)
    signatures = acts.valid_signatures(text).select_for_update(of=("self",))
    voided = list(signatures.select_related("version"))
    signatures.update(voided_at=now)
    for signature in voided:
        if signature.person_id != acts.person_of(actor):
            telling.void(signature, text, now=now)


def _refuse(text: Text, faults: Sequence[str]) -> None:
    if text.state not in WRITTEN:
        raise Refusal(NOT_WRITTEN)
    if faults:
        raise Refusal(*faults)


def _mark(text: Text, *, now: datetime, actor: Actor | None) -> None:
    text.version += 1
    text.changed_at = now
    text.changed_by_id = acts.person_of(actor)


def _version(text: Text) -> dict[str, Scalar]:
    return {"version": text.version}


def _terms(facts: ThemeText) -> list[VocabularyTerm]:
    """The terms of these codes. Raises `Refusal` on a code that no vocabulary holds."""
    words = vocabulary()
    asked = [("disciplines", code) for code in facts.disciplines]
    asked += [("cycles", code) for code in facts.cycles]
    found = [(code, words.term(scheme=scheme, code=code)) for scheme, code in asked]
    if unknown := [code for code, term in found if term is None]:
        raise Refusal(
            *(f"« {code} » n’est ni une discipline ni un cycle connu." for code in unknown)
        )
    return [term for _, term in found if term is not None]


def _labels(terms: Sequence[VocabularyTerm], scheme: str) -> list[str]:
    return [term.label for term in terms if term.scheme == scheme]


def _continues_faults(
    campaign: Campaign, facts: ThemeText, *, itself: Theme | None = None
) -> list[str]:
    """A theme carries on one of another campaign that exists."""
    if not facts.continues:
        return []
    found = Theme.objects.filter(code=facts.continues).exclude(campaign=campaign).first()
    if found is None or (itself and found.pk == itself.pk):
        return [
            f"Aucun thème d’une autre campagne ne porte le code « {facts.continues} » : choisissez "
            "celui que ce thème poursuit."
        ]
    return []


def _fill(theme: Theme, facts: ThemeText, terms: Sequence[VocabularyTerm]) -> None:
    """The columns of the theme, the copies that lists read included."""
    theme.title = facts.title.strip()
    theme.problem = facts.problem
    theme.transversal = facts.transversal
    theme.academies_min, theme.academies_max = facts.academies_min, facts.academies_max
    theme.duration_years = facts.duration_years
    theme.continues = (
        Theme.objects.filter(code=facts.continues).first() if facts.continues else None
    )
    disciplines = " ; ".join(_labels(terms, "disciplines"))
    theme.discipline_text = TRANSVERSAL if facts.transversal else disciplines[:DISCIPLINE_TEXT_MAX]
    theme.cycle_text = " | ".join(_labels(terms, "cycles"))
    theme.digest = digest_of(facts.content())


def _fill_rows(theme: Theme, facts: ThemeText, terms: Sequence[VocabularyTerm]) -> None:
    Axis.objects.bulk_create(
        Axis(theme=theme, position=position, title=axis.title.strip(), text=axis.text)
        for position, axis in enumerate(facts.axes, 1)
    )
    ThemeTerm.objects.bulk_create(
        ThemeTerm(theme=theme, scheme=term.scheme, code=term.code, label=term.label)
        for term in terms
    )


def _new_code(campaign: Campaign, facts: ThemeText, terms: Sequence[VocabularyTerm]) -> str:
    """« svt-2026-2027-1 »: given once, in the order of entry."""
    first = next(iter(_labels(terms, "disciplines")), "")
    word = TRANSVERSAL if facts.transversal else first
    start = f"{slugify(word)[:SLUG_MAX].strip('-') or 'theme'}-{campaign.year}-"
    return f"{start}{last_number(start) + 1}"
