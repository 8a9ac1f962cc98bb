"""A request of agreement as the person asked reads it: what a head of school needs, no more."""

from datetime import date, datetime
from functools import cached_property

from traam.access.actor import Actor
from traam.kit.clock import day_of
from traam.kit.text import plural
from traam.productions.models import ToolSheet
from traam.productions.queries.versions import sheets_of
from traam.reference.queries import vocabulary
from traam.trials.models import Agreement, Session
from traam.trials.queries.agreements import AGREE
from traam.trials.queries.reading import protocol_of
from traam.trials.rules.agreeing import awaited_by
from traam.trials.rules.life import AgreementState, TrialState
from traam.trials.rules.protocol import Protocol
from traam.trials.screens.trial import AgreementLine, label_of


class AgreementPage:
    """A request and the person asked: facts of the trial, never what was seen in it."""

    def __init__(self, agreement: Agreement, actor: Actor, now: datetime) -> None:
        self.agreement, self.actor, self.now = agreement, actor, now
        self.trial, self.line = agreement.trial, AgreementLine(agreement)

    @property
    def is_taken_back(self) -> bool:
        return self.line.state is AgreementState.TAKEN_BACK

    @property
    def may_answer(self) -> bool:
        return not self.is_taken_back and self.actor.allows(AGREE, self.agreement.place())

    @property
    def trial_state(self) -> TrialState:
        return TrialState(self.trial.state)

    @property
    def awaited_by(self) -> date | None:
        return awaited_by(self.trial.planned_for, day_of(self.now))

    @property
    def protocol(self) -> Protocol:
        return protocol_of(self.trial)

    @cached_property
    def sessions(self) -> list[Session]:
        """The lessons already held: their day and length alone are shown."""
        rows = Session.objects.filter(trial=self.trial).only("held_on", "minutes")
        return list(rows.order_by("held_on", "pk"))

    @cached_property
    def tools(self) -> list[tuple[str, str, ToolSheet | None]]:
        """The tools of the production, and what is known of their data."""
        return sheets_of(self.trial.production)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is tried, where and with whom; what is not known is left out."""
        trial = self.trial
        return [
            ("Thème", trial.team.group.theme.shown_title),
            ("Équipe", trial.team.named),
            ("Enseignant·e", trial.teacher.name),
            ("Niveau de la classe", label_of(vocabulary(), "levels", trial.level)),
            ("Taille de la classe", plural(trial.pupils, "élève") if trial.pupils else ""),
            ("Équipement", trial.equipment),
            ("Durée", trial.production.duration),
        ]
