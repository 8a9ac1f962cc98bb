"""A synthesis is begun, and written passage by passage: two people at once lose nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.access.place import Place
from traam.groups.models import NationalGroup, Team
from traam.kit.refusals import Refusal
from traam.syntheses import steps
from traam.syntheses.actions.keeping import keep_version, put_aside
from traam.syntheses.models import Block, Finding, Synthesis
from traam.syntheses.queries.contents import right_of
from traam.syntheses.rules.life import Mark, SynthesisKind, SynthesisState
from traam.syntheses.rules.skeleton import section_keys
from traam.trials.models import Trial
from traam.trials.rules.life import TrialState

TITLE_MAX = 200  # characters
K = SynthesisKind
TEAMS_WANTED = {
    K.ACADEMIC: "Une synthèse académique est celle d’une équipe : choisissez-en une.",
    K.PLURI_ACADEMIC: "Une synthèse pluriacadémique réunit au moins deux équipes : choisissez-les.",
    K.TRIAL_REPORT: "Un rapport d’essai part d’un essai clos : choisissez-le.",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """Another has written since: `present` stays in the text, `given` is kept among the versions;
    whoever typed chooses, or writes a third."""

    present: str
    given: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A passage as it is typed: `finding`, the key of the one it states when `mark` says so."""

    text: str = ""
    mark: Mark = Mark.NONE
    finding: int | None = None


@transaction.atomic
def begin(
    *,
    group: NationalGroup,
    kind: SynthesisKind,
    title: str,
    teams: Collection[Team] = (),
    trial: Trial | None = None,
    now: datetime,
    actor: Actor | None,
) -> Synthesis:
    """A new synthesis, empty but for its title. Raises `NotAllowed`, or `Refusal` on teams that do
    not fit its kind, or a second national one."""
    held = steps.held_group(group)
    chosen = _teams(held, SynthesisKind(kind), teams, trial)
    behalf = allowed(actor, right_of(kind, "write"), _place(held, chosen))
    _need_first(held, kind, trial)
    number = Synthesis.objects.filter(group=held).count() + 1
    made = Synthesis.objects.create(
        code=f"{held.code[:66]}-s{number}",
        kind=SynthesisKind(kind),
        campaign_id=held.campaign_id,
        group=held,
        trial=trial,
        state_at=now,
        title=checked_title(title),
        created_at=now,
        created_by_id=person_of(actor),
        changed_at=now,
    )
    made.teams.set(chosen)
    steps.note("synthesis.begin", made, actor=actor, behalf=behalf, now=now)
    return made


def _place(group: NationalGroup, teams: Collection[Team]) -> Place:
    """Where it will stand: what the right is asked over before it exists."""
    codes = frozenset(one.code for one in teams)
    return replace(group.place(), teams=codes, state=SynthesisState.DRAFT)


def _teams(
    group: NationalGroup, kind: SynthesisKind, teams: Collection[Team], trial: Trial | None
) -> list[Team]:
    """Its teams, of this group. Raises `Refusal` where they do not fit its kind."""
    if kind == K.NATIONAL:
        return []
    if kind == K.TRIAL_REPORT:
        if trial is None or trial.state != TrialState.CLOSED:
            raise Refusal(TEAMS_WANTED[kind])
        return [trial.team]
    chosen = list(teams)
    if any(one.group_id != group.pk for one in chosen):
        raise Refusal("Ces équipes ne sont pas toutes de ce groupe.")
    if len(chosen) != 1 if kind == K.ACADEMIC else len(chosen) < 2:
        raise Refusal(TEAMS_WANTED[kind])
    return chosen


def _need_first(group: NationalGroup, kind: str, trial: Trial | None) -> None:
    """Raises `Refusal` where there can be only one."""
    rows = Synthesis.objects.filter(group=group)
    if kind == K.NATIONAL and rows.living().filter(kind=kind).exists():
        raise Refusal("Ce groupe a déjà sa synthèse nationale.")
    if trial is not None and Synthesis.objects.filter(trial=trial).exists():
        raise Refusal("Cet essai a déjà son rapport.")


def checked_title(title: str) -> str:
    """On one line. Raises `Refusal` without one, or on one too long."""
    words = " ".join(title.split())
    if not words or len(words) > TITLE_MAX:
        raise Refusal(f"« Titre » ({len(words)} caractères) : de 1 à {TITLE_MAX}.")
    return words


def writable(synthesis: Synthesis, actor: Actor | None) -> tuple[Synthesis, int | None]:
    """The synthesis, kept, that this person may write now; on whose behalf."""
    held = steps.held(synthesis)
    steps.need_being_written(held)
    return held, allowed(actor, right_of(held.kind, "write"), held.place())


@transaction.atomic
def write_head(
    *,
    synthesis: Synthesis,
    title: str,
    summary: str,
    base: tuple[str, str],
    now: datetime,
    actor: Actor | None,
) -> Clash | None:
    """The title and the summary. `base`: both as they were read; a `Clash` when another has written
    something else since."""
    held, _ = writable(synthesis, actor)
    given = (checked_title(title), steps.may_text(summary, "Résumé"))
    present = (held.title, held.summary)
    if given in (present, base):
        return None
    if present != base:
        put_aside(held, place="head", text="\n\n".join(given), now=now, actor=actor)
        return Clash("\n\n".join(present), "\n\n".join(given))
    held.title, held.summary = given
    held.save(update_fields=["title", "summary"])
    keep_version(held, now=now, actor=actor)
    return None


@transaction.atomic
def add_block(
    *,
    synthesis: Synthesis,
    section: str,
    typed: Typed,
    now: datetime,
    actor: Actor | None,
) -> Block:
    """A passage at the end of a section. Raises `Refusal` on a section of another kind."""
    held, _ = writable(synthesis, actor)
    if section not in section_keys(held.kind):
        raise Refusal(f"La section « {section[:40]} » n’est pas de cette synthèse.")
    text, mark, finding = checked(held, typed)
    last = Block.objects.filter(synthesis=held, section=section).order_by("-position").first()
    made = Block.objects.create(
        synthesis=held,
        section=section,
        position=last.position + 1 if last else 1,
        text=text,
        mark=mark,
        finding_id=finding,
    )
    keep_version(held, now=now, actor=actor)
    return made


def checked(synthesis: Synthesis, typed: Typed) -> tuple[str, Mark, int | None]:
    """What a passage keeps. Raises `Refusal` on a finding that is not one of the group's."""
    text, mark = steps.may_text(typed.text, "Passage"), Mark(typed.mark)
    if mark is not Mark.FINDING:
        return text, mark, None
    rows = Finding.objects.standing().filter(group=synthesis.group_id, pk=typed.finding or 0)
    if not rows.exists():
        raise Refusal("Choisissez le constat que cette phrase énonce, parmi ceux du groupe.")
    return text, mark, typed.finding


@transaction.atomic
def write_block(
    *, block: Block, typed: Typed, base: int, now: datetime, actor: Actor | None
) -> Clash | None:
    """Other words, another mark. `base`: the version that was read; a `Clash` when another has
    written since: both texts are kept."""
    held, _ = writable(block.synthesis, actor)
    present = Block.objects.select_for_update(of=("self",)).filter(pk=block.pk).first()
    text, mark, finding = checked(held, typed)
    if present is None:
        put_aside(held, place="removed", text=text, now=now, actor=actor)
        return Clash("", text)
    if (text, mark, finding) == (present.text, present.mark, present.finding_id):
        return None
    if base != present.version:
        put_aside(held, place=f"block:{present.pk}", text=text, now=now, actor=actor)
        return Clash(present.text, text)
    present.text, present.mark, present.finding_id = text, mark, finding
    present.version += 1
    present.save(update_fields=["text", "mark", "finding", "version"])
    keep_version(held, now=now, actor=actor)
    return None


@transaction.atomic
def remove_block(*, block: Block, now: datetime, actor: Actor | None) -> None:
    """The passage leaves the text; its words stay in the versions. Twice is once."""
    held, _ = writable(block.synthesis, actor)
    if Block.objects.filter(pk=block.pk).delete()[0]:
        keep_version(held, now=now, actor=actor)


@transaction.atomic
def move_block(*, block: Block, offset: Literal[-1, 1], now: datetime, actor: Actor | None) -> None:
    """One place up (-1), or down (1), within its section; nothing at an end."""
    held, _ = writable(block.synthesis, actor)
    rows = list(
        Block.objects.filter(synthesis=held, section=block.section).order_by("position", "pk")
    )
    keys = [one.pk for one in rows]
    if block.pk not in keys:
        return
    rank = keys.index(block.pk)
    other = rank + offset
    if 0 <= other < len(rows):
        rows[rank], rows[other] = rows[other], rows[rank]
        _number(rows)
        keep_version(held, now=now, actor=actor)


def _number(rows: Iterable[Block]) -> None:
    """Their positions, from 1; the constraint is checked at the end of the transaction."""
    for position, one in enumerate(rows, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
