"""A review is begun, written field by field, given, declined, reopened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from traam.access.actor import Actor
from traam.applications import actions as applications
from traam.applications.models import Application, Deposit
from traam.applications.rules.merging import Reception, decide, order, tab_of
from traam.campaigns.rules.grid import Grid, missing_faults, scale_faults, total
from traam.campaigns.rules.signing import digest_of
from traam.kit.clock import PARIS
from traam.kit.refusals import Refusal
from traam.selection import acts, telling
from traam.selection.actions.cases import seal_rules
from traam.selection.models import Review
from traam.selection.queries.grids import grid_of
from traam.selection.rules.life import DeclineReason, ReviewState

TEXT_MAX = 20_000  # characters
KEY_MAX = 60  # characters
TEXTS = ("comment", "advice")
SCORE = "score_"  # before a criterion's key: the name of its field
TO_SETTLE = "« {} » : deux textes ont été écrits en même temps. Choisissez celui qui reste."
R = ReviewState


@dataclass(frozen=True, slots=True)
class Write:
    """What a browser sends of one field, as typed. `base`: the version that it had (0: none);
    `key`: « a1b2-17 », the 17th save of this tab."""

    field: str
    value: str
    base: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: each field's present version, those that hold two texts to choose
    from, and what was refused, by field (the rest is kept)."""

    versions: dict[str, int] = field(default_factory=dict)
    rivals: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def begin(*, review: Review, now: datetime, actor: Actor | None) -> Review:
    """Begin it, on the version deposited last. The first review of a campaign freezes and seals
    its rules. Twice is once. Raises `NotAllowed` or `Refusal`."""
    held = acts.held_review(review)
    behalf = acts.allowed(actor, "review.write", held.place())
    if held.state == R.BEGUN:
        return held
    acts.need_studied(held.case)
    seal_rules(campaign=held.case.campaign, now=now, actor=None)
    deposit = newest(held.case.application)
    before = acts.move(held, "begin", deposit=deposit)
    after = {"deposit": deposit.number}
    acts.note("review.begin", held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    return held


def newest(application: Application) -> Deposit:
    """What was deposited last. Raises `Refusal` when nothing was."""
    found = application.deposits.order_by("-number", "pk").first()
    if found is None:
        raise Refusal("Cette candidature n’a pas encore été déposée.")
    return found


@transaction.atomic
def read_newest(*, review: Review, now: datetime, actor: Actor | None) -> Review:
    """The review is about the version deposited last; what was written stays. Twice is once."""
    held = acts.held_review(review)
    behalf = acts.allowed(actor, "review.write", held.place())
    deposit, before = newest(held.case.application), held.deposit
    if before is None or before.pk == deposit.pk:
        return held
    held.deposit = deposit
    held.save(update_fields=["deposit"])
    acts.note(
        "review.read_newest",
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        before={"deposit": before.number},
        after={"deposit": deposit.number},
    )
    return held


@transaction.atomic
def save(*, review: Review, writes: Sequence[Write], now: datetime, actor: Actor | None) -> Saved:
    """Keep what is typed, field by field: in its field, or beside it where another tab has written
    since. A score outside the scale is refused, by its name, and the rest is kept.

    Begins the review if it is not. Raises `NotAllowed`, or `Refusal` on what no form of ours sends.
    """
    held = begin(review=review, now=now, actor=actor)
    acts.need_studied(held.case)
    return _Saving(held, now=now).save(writes)


class _Saving:
    """One save upon the locked review."""

    def __init__(self, held: Review, *, now: datetime) -> None:
        self.held, self.now = held, now
        self.grid = grid_of(held.case.campaign)
        self.saved = Saved()
        self.is_changed = False

    def save(self, writes: Iterable[Write]) -> Saved:
        names = {*TEXTS, *(f"{SCORE}{one.key}" for one in self.grid.criteria)}
        for write in writes:
            if write.field not in names or write.base < 0 or len(write.key) > KEY_MAX:
                raise Refusal(f"Le champ « {write.field[:60]} » n’est pas de cet avis.")
            self._one(write)
        if self.is_changed:
            self.held.version += 1
            self.held.saved_at = self.now
            names_changed = ["scores", *TEXTS, "fields", "asides", "version", "saved_at"]
            self.held.save(update_fields=names_changed)
        return self.saved

    def _one(self, write: Write) -> None:
        trace = self.held.fields.get(write.field, {})
        version = trace.get("version", 0)
        value, faults = self._read(write)
        if faults:
            self.saved.faults[write.field] = faults
            return
        decision = decide(
            present_version=version,
            base_version=write.base,
            present=self.held_value(write.field),
            given=value,
            own=order(write.key, trace.get("key", "")),
        )
        if decision is Reception.WRITE:
            version += 1
            self._keep(write, value, version)
        elif decision is Reception.RIVAL:
            self._put_aside(write, value)
        if any(one["field"] == write.field for one in self.held.asides):
            self.saved.rivals.append(write.field)
        self.saved.versions[write.field] = version

    def held_value(self, name: str) -> Any:
        """What the field says: a text, or a score (None: none yet)."""
        if name in TEXTS:
            return getattr(self.held, name)
        return self.held.scores.get(name.removeprefix(SCORE))

    def _read(self, write: Write) -> tuple[Any, list[str]]:
        """The value typed, and what forbids to keep it."""
        if write.field in TEXTS:
            text = write.value.replace("\r\n", "\n")
            return text, [] if len(text) <= TEXT_MAX else [_too_long(text)]
        return read_score(self.grid, write.field.removeprefix(SCORE), write.value)

    def _keep(self, write: Write, value: Any, version: int) -> None:
        self.is_changed = True
        if write.field in TEXTS:
            setattr(self.held, write.field, value)
        else:
            self.held.scores[write.field.removeprefix(SCORE)] = value
        self.held.fields[write.field] = {"version": version, "key": write.key}

    def _put_aside(self, write: Write, value: Any) -> None:
        """Beside the present text; the same tab's later text takes the place of its earlier one."""
        tab = tab_of(write.key)
        others = [one for one in self.held.asides if not _is_of(one, write.field, tab)]
        known = [one for one in self.held.asides if one["field"] == write.field]
        if any(one["value"] == value or order(one["key"], write.key) > 0 for one in known):
            return
        made = {"field": write.field, "value": value, "key": write.key}
        self.held.asides = [*others, made | {"at": self.now.astimezone(PARIS).isoformat()}]
        self.is_changed = True


def _is_of(aside: Mapping[str, Any], name: str, tab: str) -> bool:
    return bool(tab) and aside["field"] == name and tab_of(aside["key"]) == tab


def _too_long(text: str) -> str:
    return f"Ce texte ({len(text)} caractères) doit tenir en {TEXT_MAX}."


def read_score(grid: Grid, key: str, typed: str) -> tuple[int | None, list[str]]:
    """The score typed (None: none), and what is wrong with it."""
    text = typed.strip()
    if not text:
        return None, []
    value: object = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else text
    faults = scale_faults(grid, {key: value})
    return (None, faults) if faults or not isinstance(value, int) else (value, [])


@transaction.atomic
def settle(
    *, review: Review, field: str, value: str, base: int, now: datetime, actor: Actor | None
) -> Saved:
    """Of two texts of a field, this one stays. `base`: the version it was compared with; if the
    field has changed since, this text is put aside in its turn. Twice is once."""
    held = acts.held_review(review)
    acts.allowed(actor, "review.write", held.place())
    held.asides = [one for one in held.asides if one["field"] != field]
    held.save(update_fields=["asides"])
    return save(review=held, writes=[Write(field, value, base)], now=now, actor=actor)


def fill(
    *,
    review: Review,
    scores: Mapping[str, int | None],
    comment: str = "",
    advice: str = "",
    now: datetime,
    actor: Actor | None,
) -> Saved:
    """Write the whole review at once, over what it says. As `save`."""
    typed = {f"{SCORE}{key}": "" if one is None else str(one) for key, one in scores.items()}
    typed |= {"comment": comment, "advice": advice}
    known = Review.objects.values_list("fields", flat=True).get(pk=review.pk)
    writes = [
        Write(name, value, known.get(name, {}).get("version", 0)) for name, value in typed.items()
    ]
    return save(review=review, writes=writes, now=now, actor=actor)


@transaction.atomic
def submit(*, review: Review, now: datetime, actor: Actor | None) -> Review:
    """Give it: every criterion has its score, and the version read is the one deposited last.

    Twice is once. Raises `NotAllowed`, or `Refusal` with all that is missing.
    """
    held = acts.held_review(review)
    if held.state == R.SUBMITTED and _is_writer(held, actor):
        return held
    behalf = acts.allowed(actor, "review.submit", held.place())
    acts.need_studied(held.case)
    grid = grid_of(held.case.campaign)
    if faults := submission_faults(held, grid):
        raise Refusal(*faults)
    before = acts.move(held, "submit", total=total(grid, held.scores), submitted_at=now)
    after = {"total": str(held.total), "digest": digest_of(_said(held))}
    acts.note(
        "review.submit", held, actor=actor, behalf=behalf, now=now, before=before, after=after
    )
    return held


def _said(held: Review) -> dict[str, Any]:
    """What the journal keeps the digest of."""
    deposit = held.deposit.digest if held.deposit else ""
    said = {"scores": held.scores, "comment": held.comment, "advice": held.advice}
    return {**said, "deposit": deposit}


def _is_writer(held: Review, actor: Actor | None) -> bool:
    return actor is None or actor.person == held.reviewer_id


def submission_faults(held: Review, grid: Grid) -> list[str]:
    """All that forbids to give it, in French."""
    last = newest(held.case.application)
    labels = {f"{SCORE}{one.key}": one.label for one in grid.criteria}
    labels |= {"comment": "Appréciation", "advice": "Remarques pour l’académie"}
    waiting = dict.fromkeys(one["field"] for one in held.asides)
    found = [TO_SETTLE.format(labels.get(name, name)) for name in waiting]
    if held.deposit is not None and held.deposit.number < last.number:
        found.append(
            f"La version {last.number} a été déposée après celle que vous avez lue "
            f"({held.deposit.number}) : passez à la nouvelle version avant de rendre l’avis."
        )
    return [*found, *missing_faults(grid, held.scores)]


@transaction.atomic
def decline(
    *,
    review: Review,
    why: DeclineReason,
    reason: str,
    now: datetime,
    actor: Actor | None,
) -> Review:
    """Its reviewer will not give it; a conflict is declared by the same act, and the pilot told.

    Twice is once. Raises `NotAllowed` or `Refusal`.
    """
    held = acts.held_review(review)
    if held.state == R.DECLINED and _is_writer(held, actor):
        return held
    behalf = acts.allowed(actor, "review.decline", held.place())
    words = acts.need_reason(reason)
    before = acts.move(held, "decline", declined_for=why, reason=words)
    after = {"why": why.value}
    acts.note(
        "review.decline", held, actor=actor, behalf=behalf, now=now, before=before, after=after
    )
    if why is DeclineReason.CONFLICT:
        applications.declare_conflict(
            application=held.case.application,
            person=held.reviewer,
            reason=words,
            now=now,
            actor=actor,
        )
    telling.declined(held, now=now)
    return held


@transaction.atomic
def reopen(*, review: Review, reason: str, now: datetime, actor: Actor | None) -> Review:
    """A review that was given may be changed again; its reviewer is told and reads why."""
    held = acts.held_review(review)
    behalf = acts.allowed(actor, "review.reopen", held.place())
    words = acts.need_reason(reason)
    changes: dict[str, object] = {"total": None, "submitted_at": None, "reason": words}
    before = acts.move(held, "reopen", **changes)
    acts.note("review.reopen", held, actor=actor, behalf=behalf, now=now, before=before)
    telling.reopened(held, now=now)
    return held
