"""What a synthesis says today, as plain values."""

from collections import defaultdict

from django.db.models import Prefetch, QuerySet

from traam.access.actor import Actor
from traam.groups.models import NationalGroup, Team
from traam.groups.models.team import bonds_of_teams
from traam.syntheses.models import Block, Finding, Synthesis
from traam.syntheses.queries.evidence import stated
from traam.syntheses.rules.content import Content, Part, Passage
from traam.syntheses.rules.life import Mark, SynthesisKind
from traam.syntheses.rules.skeleton import section_keys, skeleton

NATIONAL, ACADEMIC = "national_synthesis", "academic_synthesis"


def right_of(kind: str, verb: str) -> str:
    """« national_synthesis.write »: the right that this verb asks over this kind."""
    return f"{NATIONAL if kind == SynthesisKind.NATIONAL else ACADEMIC}.{verb}"


def with_place(rows: QuerySet[Synthesis]) -> QuerySet[Synthesis]:
    """With what its place reads: group, theme, teams, academies; three queries for these."""
    teams = Team.objects.select_related("academy").order_by("pk")
    return with_group(rows).prefetch_related(Prefetch("teams", teams))


def with_group(rows: QuerySet[Synthesis]) -> QuerySet[Synthesis]:
    """With what its place reads, but for its own teams: for a page that shows one."""
    around = Prefetch("group__teams", _placed_teams())
    return rows.select_related("group__theme", "campaign").prefetch_related(around)


def with_group_place(rows: QuerySet[NationalGroup]) -> QuerySet[NationalGroup]:
    """Groups with what their place reads."""
    return rows.select_related("theme", "campaign").prefetch_related(
        Prefetch("teams", _placed_teams())
    )


def _placed_teams() -> QuerySet[Team]:
    rows = Team.objects.select_related("academy__successor").prefetch_related(bonds_of_teams())
    return rows.order_by("pk")


def readable(actor: Actor) -> QuerySet[Synthesis]:
    """The syntheses that this person may read, whatever their kind."""
    national = Synthesis.objects.over_which(actor, f"{NATIONAL}.read")
    academic = Synthesis.objects.over_which(actor, f"{ACADEMIC}.read")
    of_nation = national.filter(kind=SynthesisKind.NATIONAL)
    return Synthesis.objects.filter(pk__in=of_nation.values("pk")) | Synthesis.objects.filter(
        pk__in=academic.exclude(kind=SynthesisKind.NATIONAL).values("pk")
    )


def may_read(actor: Actor, synthesis: Synthesis) -> bool:
    """The same of one, in memory."""
    return actor.allows(right_of(synthesis.kind, "read"), synthesis.place())


def blocks_of(synthesis: Synthesis) -> list[Block]:
    """Its passages in the order of its sections; what is of no section of its kind comes last."""
    rows = Block.objects.filter(synthesis=synthesis).select_related("finding")
    order = {key: rank for rank, key in enumerate(section_keys(synthesis.kind))}
    found = list(rows.order_by("position", "pk"))
    return sorted(found, key=lambda one: (order.get(one.section, len(order)), one.position, one.pk))


def content_of(synthesis: Synthesis) -> Content:
    """All that it says, its findings counted now: three queries."""
    blocks = blocks_of(synthesis)
    findings: dict[int, Finding] = {
        one.finding.pk: one.finding for one in blocks if one.finding is not None
    }
    said = stated(list(findings.values()))
    passages: defaultdict[str, list[Passage]] = defaultdict(list)
    for one in blocks:
        code = one.finding.code if one.finding is not None else ""
        if one.text.strip() or code:
            passages[one.section].append(Passage(one.text.strip(), Mark(one.mark), code))
    return Content(
        kind=SynthesisKind(synthesis.kind),
        title=synthesis.title,
        summary=synthesis.summary.strip(),
        parts=tuple(Part(one, tuple(passages[one.key])) for one in skeleton(synthesis.kind)),
        findings=tuple(said[key] for key in findings),
    )
