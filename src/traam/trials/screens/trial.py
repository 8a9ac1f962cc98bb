"""A trial as its page shows it to who reads it: how complete it is, what they may do."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.kit.clock import day_of
from traam.kit.text import sentence, since
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary
from traam.trials.models import Agreement, Amendment, Indicator, Trial, TrialEvent
from traam.trials.queries.agreements import of_trial as agreements_of
from traam.trials.queries.reading import (
    Contents,
    contents_of,
    evaluation_of,
    indicators_of,
    protocol_of,
)
from traam.trials.rules import closing
from traam.trials.rules import protocol as protocol_rules
from traam.trials.rules.agreeing import STANDINGS, next_of
from traam.trials.rules.closing import Done, Step
from traam.trials.rules.life import (
    OPEN,
    AgreementState,
    Outcome,
    Transferable,
    TrialState,
    Verdict,
)
from traam.trials.verbs import VERBS

S = TrialState
KINDS = {S.PLANNED: "info", S.AT_WORK: "new", S.CLOSED: "success", S.ABANDONED: ""}
MARKS = {
    Outcome.SEEN: "success",
    Outcome.NOT_SEEN: "warning",
    Outcome.CONTRARY: "error",
    Outcome.NOT_SOUGHT: "",
}


def label_of(words: Vocabulary, scheme: str, code: str) -> str:
    """The label of a code; the code itself when it is in no vocabulary."""
    term = words.term(scheme=scheme, code=code) if code else None
    return term.label if term else code


def standing(trial: Trial, now: datetime) -> str:
    """« En cours · depuis 3 jours »."""
    return f"{sentence(TrialState(trial.state).label)} · {since(trial.state_at, now)}"


def told(trial: Trial, words: Vocabulary) -> tuple[str, ...]:
    """Its title, then what tells it from another of the same title to whoever may observe both:
    where and in which class, never who teaches there."""
    return (
        trial.production.title or trial.code,
        label_of(words, "levels", trial.level),
        f"équipe {trial.team.named}",
        trial.campaign.label,
        TrialState(trial.state).label,
        trial.code,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How an indicator was seen, over the observations that count."""

    indicator: Indicator
    counts: tuple[tuple[Outcome, int], ...]


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement as the page of its trial says it."""

    agreement: Agreement
    is_partner: bool = True

    @property
    def state(self) -> AgreementState:
        return AgreementState(self.agreement.state)

    @property
    def kind(self) -> str:
        return STANDINGS[self.state]

    @property
    def next(self) -> str:
        """What the team does now."""
        return next_of(self.state, can_be_answered=self.is_partner)


class TrialPage:
    """A trial and its reader."""

    def __init__(self, trial: Trial, actor: Actor, now: datetime) -> None:
        self.trial, self.actor, self.now = trial, actor, now
        self.place = trial.place()

    def may(self, right: str) -> bool:
        return self.actor.allows(right, self.place)

    @property
    def state(self) -> TrialState:
        return TrialState(self.trial.state)

    @property
    def kind(self) -> str:
        return KINDS[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def may_write(self) -> bool:
        return self.is_open and self.may("trial.write")

    @property
    def may_note(self) -> bool:
        return self.is_open and self.may("observation.write")

    @cached_property
    def lacks(self) -> list[str]:
        """What its protocol lacks, while what is noted would be set aside for that."""
        if self.state is not TrialState.PLANNED:
            return []
        return protocol_rules.missing(protocol_of(self.trial))

    @property
    def may_reopen(self) -> bool:
        return not self.is_open and self.may("trial.reopen")

    @property
    def is_of_the_team(self) -> bool:
        return self.may("observation.read_all")

    @property
    def who_writes(self) -> str:
        return who_may("trial.write", self.place)

    @cached_property
    def indicators(self) -> list[Indicator]:
        return indicators_of(self.trial)

    @cached_property
    def contents(self) -> Contents:
        return contents_of(self.trial, self.actor)

    @cached_property
    def amendments(self) -> list[Amendment]:
        return list(self.trial.amendments.select_related("made_by").order_by("made_at", "pk"))

    @cached_property
    def events(self) -> list[tuple[str, TrialEvent]]:
        """What happened and why, in words; for the team alone."""
        if not self.is_of_the_team:
            return []
        rows = self.trial.events.select_related("by").order_by("at", "pk")
        return [(VERBS.get(one.kind, one.kind), one) for one in rows]

    @cached_property
    def agreements(self) -> list[AgreementLine]:
        """What schools answered, or are asked; for the team alone."""
        if not self.is_of_the_team:
            return []
        rows = agreements_of(self.trial, day_of(self.now))
        return [AgreementLine(one, is_partner=is_partner) for one, is_partner in rows]

    @cached_property
    def steps(self) -> list[Step]:
        """How complete it is, part by part."""
        rows = self.contents
        done = Done(
            len(rows.sessions),
            sum(1 for one in rows.sessions if one.minutes),
            len(rows.observations),
        )
        evaluation = closing.missing(evaluation_of(self.trial), done)
        return closing.steps(protocol_rules.missing(protocol_of(self.trial)), evaluation, done)

    @property
    def done_count(self) -> int:
        return sum(1 for one in self.steps if one.is_done)

    @cached_property
    def tallies(self) -> list[Tally]:
        """How each indicator was seen: facts, side by side, and no inference."""
        counts: dict[int, dict[str, int]] = {one.pk: {} for one in self.indicators}
        for observation in self.contents.observations:
            for sight in observation.sights.all():
                by = counts.setdefault(sight.indicator_id, {})
                by[sight.outcome] = by.get(sight.outcome, 0) + 1
        return [
            Tally(one, tuple((each, counts[one.pk].get(each.value, 0)) for each in Outcome))
            for one in self.indicators
        ]

    @property
    def verdict(self) -> str:
        return Verdict(self.trial.verdict).label if self.trial.verdict else ""

    @property
    def transferable(self) -> str:
        return Transferable(self.trial.transferable).label if self.trial.transferable else ""

    @property
    def class_facts(self) -> list[tuple[str, str]]:
        """The class where it was tried; the school is for the team alone."""
        trial, words = self.trial, vocabulary()
        known = {True: "oui", False: "non", None: ""}[trial.is_priority]
        return [
            ("Niveau", label_of(words, "levels", trial.level)),
            ("Type d’établissement", label_of(words, "school-types", trial.school_type)),
            ("Établissement", trial.school if self.is_of_the_team else ""),
            ("Éducation prioritaire", known),
            ("Élèves", str(trial.pupils or "")),
            ("Équipement", trial.equipment),
            ("Compétences au travail", ", ".join(one.label for one in trial.terms.all())),
        ]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What the evaluation says, heading by heading; what is empty is left out."""
        labels = closing.TEXTS
        names = [name for name in labels if name not in closing.SHORT]
        pairs = [(labels[name], getattr(self.trial, name)) for name in names]
        return [(label, text) for label, text in pairs if text]
