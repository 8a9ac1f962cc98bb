"""A synthesis is made ready for the catalogue, which writes its notice and says so here.

What is counted is kept with it, so that a later correction flags exactly what rests on it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.syntheses import steps, telling
from traam.syntheses.actions.findings import reopened
from traam.syntheses.actions.signing import CHANGED
from traam.syntheses.actions.validating import need_faultless
from traam.syntheses.models import (
    Block,
    Counted,
    Erratum,
    Evidence,
    Finding,
    PublishedFinding,
    Signature,
    Synthesis,
)
from traam.syntheses.models.finding import STALE
from traam.syntheses.queries import public
from traam.syntheses.queries.contents import content_of, right_of
from traam.syntheses.rules.anonymity import views
from traam.syntheses.rules.content import Content
from traam.syntheses.rules.life import SYNTHESIS_LIFE, SynthesisKind, SynthesisState
from traam.syntheses.rules.publishing import publication_faults

S = SynthesisState
NOT_SIGNED = (
    "Une synthèse nationale se publie signée par l’inspection générale et par un·e expert·e."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the catalogue publishes. `numbers`: of the findings, by code; `cells`: by code, the
    classes where each was seen and sought, by cycle."""

    synthesis: Synthesis
    content: Content
    numbers: dict[str, int]
    cells: dict[str, dict[str, tuple[int, int]]]
    signatures: tuple[Signature, ...]


@transaction.atomic
def prepare(*, synthesis: Synthesis, now: datetime, actor: Actor | None) -> Prepared:
    """Count what its findings rest on, and decide what may be shown of each observation.

    Raises `NotAllowed`, or `Refusal` with what keeps it from being public.
    """
    held = steps.held(synthesis)
    allowed(actor, right_of(held.kind, "publish"), held.place())
    _need_ready(held)
    content = need_faultless(held)
    if content.digest() != held.digest:
        raise Refusal(CHANGED)
    findings = _findings(held)
    if faults := publication_faults(content, classes=public.classes_behind(findings)):
        raise Refusal(*faults)
    numbers = _numbered(held, [one.code for one in content.findings], findings)
    _count(held, findings)
    cells = public.by_cycle(findings)
    return Prepared(
        synthesis=held,
        content=content,
        numbers=numbers,
        cells={one.code: cells.get(one.pk, {}) for one in findings},
        signatures=tuple(held.signatures.filter(voided_at=None).order_by("signed_at", "pk")),
    )


def _need_ready(synthesis: Synthesis) -> None:
    SYNTHESIS_LIFE.after(S(synthesis.state), "publish")
    if synthesis.kind == SynthesisKind.NATIONAL and synthesis.state != S.SIGNED:
        raise Refusal(NOT_SIGNED)


def _findings(synthesis: Synthesis) -> list[Finding]:
    keys = Block.objects.filter(synthesis=synthesis, finding__isnull=False).values("finding")
    return list(Finding.objects.filter(pk__in=keys).order_by("pk"))


def _numbered(synthesis: Synthesis, codes: list[str], findings: list[Finding]) -> dict[str, int]:
    """The number of each, in the order of the text; one given once is kept for ever."""
    by_code = {one.code: one for one in findings}
    rows = PublishedFinding.objects.filter(synthesis=synthesis).order_by("number")
    numbers = dict(rows.values_list("finding__code", "number"))
    following = max(numbers.values(), default=0)
    for code in codes:
        if code not in numbers:
            following += 1
            numbers[code] = following
            PublishedFinding.objects.create(
                synthesis=synthesis, finding=by_code[code], number=following
            )
    return {code: numbers[code] for code in codes}


def _count(synthesis: Synthesis, findings: list[Finding]) -> None:
    """Keep what each finding counts, with the description that it may bear in public."""
    behind = public.behind(findings)
    pages = {str(key): [one.context for one in rows] for key, rows in behind.items()}
    shown = views(pages=pages, shown=public.shown_elsewhere(synthesis))
    published = {
        one.finding_id: one for one in PublishedFinding.objects.filter(synthesis=synthesis)
    }
    Counted.objects.filter(published__synthesis=synthesis).delete()
    rows_ = []
    for key, rows in behind.items():
        for rank, one in enumerate(rows, start=1):
            view = shown[str(key)].get(one.context.observation)
            rows_.append(
                Counted(
                    published=published[key],
                    rank=rank,
                    observation_key=one.context.observation,
                    observation_version=one.version,
                    trial_id=one.context.trial,
                    support=one.support,
                    view=view.as_data() if view is not None else None,
                )
            )
    Counted.objects.bulk_create(rows_)


@transaction.atomic
def mark_published(
    *, synthesis: Synthesis, ark: str, now: datetime, actor: Actor | None
) -> Synthesis:
    """Its notice is written, under this name."""
    held = steps.held(synthesis)
    behalf = allowed(actor, right_of(held.kind, "publish"), held.place())
    before = steps.move(held, "publish", now=now, ark=ark, published_at=now)
    stated = Block.objects.filter(synthesis=held, finding__isnull=False).values("finding")
    Finding.objects.filter(pk__in=stated, published_at=None).update(published_at=now)
    after = {"ark": ark}
    steps.note(
        "synthesis.publish", held, actor=actor, behalf=behalf, now=now, before=before, after=after
    )
    telling.published(held, now=now, actor=actor)
    return held


@transaction.atomic
def add_erratum(*, synthesis: Synthesis, text: str, now: datetime, actor: Actor | None) -> Erratum:
    """What is corrected of a published synthesis: the frozen text stays, the erratum is beside."""
    held = steps.held(synthesis)
    behalf = allowed(actor, right_of(held.kind, "correct"), held.place())
    if held.state != S.PUBLISHED:
        raise Refusal("Un erratum corrige une synthèse publiée : celle-ci se rouvre, ou s’écrit.")
    number = held.errata.count() + 1
    made = Erratum.objects.create(
        synthesis=held,
        number=number,
        text=steps.need_text(text, "Erratum"),
        published_at=now,
        published_by_id=person_of(actor),
    )
    held.number += 1
    held.changed_at = now
    held.save(update_fields=["number", "changed_at"])
    after = {"erratum": number}
    steps.note("synthesis.erratum", held, actor=actor, behalf=behalf, now=now, after=after)
    telling.corrected(held, number, now=now, actor=actor)
    return made


# -- evidence that has changed since


def stale_findings() -> QuerySet[Finding]:
    """Those of which a piece of evidence was corrected, withdrawn or deleted since it was read."""
    stale = Evidence.objects.filter(STALE).values("finding")
    return Finding.objects.standing().filter(pk__in=stale)


def reopen_changed(*, now: datetime) -> int:
    """Whatever was fixed and rests on evidence that has changed is to be corrected and validated
    again; how many were. Whatever is being written says so on its own page."""
    fixed = Synthesis.objects.filter(state__in=(S.VALIDATED, S.SIGNED)).order_by("pk")
    resting = fixed.filter(blocks__finding__in=stale_findings().values("pk")).distinct()
    return sum(_reopen_changed(one, now=now) for one in resting)


@transaction.atomic
def _reopen_changed(synthesis: Synthesis, *, now: datetime) -> bool:
    held = steps.held(synthesis)
    is_fixed = held.state in (S.VALIDATED, S.SIGNED)
    if not is_fixed or content_of(held).digest() == held.digest:
        return False
    reopened(held, now=now, actor=None, reason="Une observation à l’appui a changé.")
    return True
