"""An observation as its page shows it: what it says, what it said, what its reader may do."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from traam.access.actor import Actor
from traam.kit import diff
from traam.productions.rules.life import Authorisation, Recognisable
from traam.trials.models import Observation, ObservationVersion, Picture, Sight
from traam.trials.rules.hints import Hint, hints
from traam.trials.rules.life import OPEN, Observer, Outcome, TrialState
from traam.trials.rules.pictures import may_leave_the_team
from traam.trials.screens.trial import MARKS


def may_see(picture: Picture, *, is_of_the_team: bool) -> bool:
    """May this reader see the picture? A withdrawn authorisation hides it from all."""
    if picture.authorisation == Authorisation.WITHDRAWN:
        return False
    return is_of_the_team or may_leave_the_team(
        Recognisable(picture.recognisable), Authorisation(picture.authorisation)
    )


@dataclass(frozen=True, slots=True)
class Version:
    """What it said at one version, and what the next one changed."""

    row: ObservationVersion
    runs: tuple[diff.Run, ...]


class ObservationPage:
    """An observation and its reader."""

    def __init__(self, observation: Observation, actor: Actor, now: datetime) -> None:
        self.observation, self.actor, self.now = observation, actor, now
        self.trial = observation.trial
        self.place = observation.place()

    def may(self, right: str) -> bool:
        return self.actor.allows(right, self.place)

    @property
    def is_of_the_team(self) -> bool:
        return self.may("observation.read_all")

    @property
    def is_withdrawn(self) -> bool:
        return self.observation.withdrawn_at is not None

    @property
    def is_kept(self) -> bool:
        return self.observation.kept_at is not None and not self.is_withdrawn

    @property
    def why_kept(self) -> str:
        if self.trial.state in OPEN:
            return "le protocole de l’essai n’est pas complet"
        return f"l’essai est {TrialState(self.trial.state).label}"

    @property
    def may_settle(self) -> bool:
        return self.is_kept and self.actor.allows("observation.settle", self.trial.place())

    @property
    def may_correct(self) -> bool:
        return not self.is_withdrawn and self.may("observation.correct")

    @property
    def may_restore(self) -> bool:
        return self.is_withdrawn and self.may("observation.correct")

    @property
    def may_proofread(self) -> bool:
        standing = not self.is_withdrawn and not self.is_kept
        return standing and self.may("observation.proofread")

    @property
    def needs_reason(self) -> bool:
        return self.trial.state not in OPEN

    @property
    def observer(self) -> str:
        return Observer(self.observation.observer).label

    @property
    def sights(self) -> list[tuple[Sight, Outcome, str]]:
        """Each indicator, what was seen of it, and the kind of mark that says so."""
        rows = self.observation.sights.all()
        return [(one, Outcome(one.outcome), MARKS[Outcome(one.outcome)]) for one in rows]

    @cached_property
    def hints(self) -> list[Hint]:
        """What may be a name or a word of health; for those who can do something about it."""
        if not (self.may_correct or self.may_proofread):
            return []
        return hints(self.observation.seen)

    @cached_property
    def pictures(self) -> list[Picture]:
        rows = self.observation.pictures.all()
        return [one for one in rows if may_see(one, is_of_the_team=self.is_of_the_team)]

    @property
    def hidden_pictures(self) -> list[Picture]:
        """Those whose authorisation was withdrawn: named to the team, shown to nobody."""
        rows = self.observation.pictures.all() if self.is_of_the_team else []
        return [one for one in rows if one.authorisation == Authorisation.WITHDRAWN]

    @cached_property
    def versions(self) -> list[Version]:
        """What it said before, the latest first, and what changed; for the team alone."""
        if not self.is_of_the_team:
            return []
        rows = list(self.observation.versions.select_related("saved_by").order_by("-number"))
        after, found = self.observation.seen, []
        for row in rows:
            found.append(Version(row, diff.words(row.content["seen"], after)))
            after = row.content["seen"]
        return found
