"""What an announcement waits for, its deadlines, and the reserve: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from traam.kit.clock import PARIS
from traam.kit.text import of, plural
from traam.selection.rules.life import DecisionKind, ParticipationState

LAST_MINUTE = time(23, 59)  # a delay in days ends with its day, in Paris
P = ParticipationState
IN = frozenset({P.RETAINED, P.LAUNCHED, P.COMPLETED})  # in the theme, as the public list says
HOLDING = frozenset({*IN, P.CALLED})  # those that take a place of the theme
NOT_BEGUN = frozenset({P.RETAINED, P.RESERVE, P.CALLED, P.DECLINED, P.LAPSED})


def end_of_day(day: date) -> datetime:
    """Its last minute in Paris: until when one may answer."""
    return datetime.combine(day, LAST_MINUTE, tzinfo=PARIS)


def after_days(now: datetime, days: int) -> datetime:
    """The end of the day, this many days later: nobody has less than was promised."""
    return end_of_day(now.astimezone(PARIS).date() + timedelta(days=days))


def reply_deadline(
    *, announced_at: datetime, replies_due: datetime | None, days: int
) -> datetime | None:
    """Until when an academy may answer its decision; None where the rules give no right to.

    The calendar's date, unless it was past when the decision was announced (or amended): then
    `days` from there.
    """
    if replies_due is not None and replies_due > announced_at:
        return replies_due
    return after_days(announced_at, days) if days > 0 else None


def source_of(*, kind: str, rank: int | None, reason: str, remarks: str) -> str:
    """What a letter was written from, as a digest: a decision that changes makes it outdated."""
    parts = (kind, "" if rank is None else str(rank), reason, remarks)
    return sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many academies a theme retains, and how many were planned."""

    code: str
    title: str
    least: int
    most: int
    retained: int

    @property
    def is_over(self) -> bool:
        return self.retained > self.most

    @property
    def is_under(self) -> bool:
        return self.retained < self.least

    @property
    def sentence(self) -> str:
        """« 9 académies retenues pour 8 prévues au plus »; empty when as planned."""
        count = plural(self.retained, "académie retenue", "académies retenues")
        if self.is_over:
            return f"{count} pour {self.most} prévues au plus"
        if self.is_under:
            return f"{count} pour {self.least} attendues au moins"
        return ""


def number_faults(themes: Iterable[Numbers], reasons: dict[str, str]) -> list[str]:
    """The themes whose number was not planned and is not explained; `reasons`: by theme's code."""
    return [
        f"« {one.title} » : {one.sentence}. Dites pourquoi, en une phrase."
        for one in themes
        if one.sentence and not reasons.get(one.code, "").strip()
    ]


@dataclass(frozen=True, slots=True)
class Reserve:
    """An academy of a theme's reserve: the key of its participation, its rank, its name."""

    key: int
    rank: int
    academy: str


def call_faults(
    *, called: Reserve, reserves: Sequence[Reserve], holding: int, most: int, reason: str
) -> list[str]:
    """What must be explained before a reserve is called: out of its turn, or one more than planned.

    `reserves`: those of the theme that wait; `holding`: the academies in the theme, or called.
    """
    if reason.strip():
        return []
    found = []
    first = min(reserves, key=lambda one: (one.rank, one.key), default=called)
    if first.rank < called.rank:
        found.append(
            f"{first.academy}, au rang {first.rank}, passe avant {called.academy} (rang "
            f"{called.rank}) : dites pourquoi ce n’est pas son tour."
        )
    if holding >= most:
        found.append(
            f"Le thème compte déjà {plural(holding, 'académie')} pour {most} au plus : dites "
            "pourquoi une de plus."
        )
    return found


def amend_faults(
    *, kind: DecisionKind, reason: str, state: ParticipationState | None, rank_taken_by: str
) -> list[str]:
    """What forbids to amend an announced decision so. `state`: of the participation that it
    opened; `rank_taken_by`: the academy that holds the rank asked for, if another does."""
    found = []
    if state is not None and state not in NOT_BEGUN:
        found.append(
            f"L’académie est déjà dans l’état « {state.label} » : retirez-la, ou rétablissez-la, "
            "plutôt que de revenir sur sa décision."
        )
    if kind is DecisionKind.NOT_RETAINED and not reason.strip():
        found.append("Le motif manque : une décision « non retenue » se motive.")
    if rank_taken_by:
        found.append(f"Ce rang de la réserve est celui de l’académie {of(rank_taken_by)}.")
    return found
