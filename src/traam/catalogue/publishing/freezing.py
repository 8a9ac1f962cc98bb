"""A prepared synthesis as the record of its notice: words for codes, ranks for keys."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from traam.campaigns.models import Theme
from traam.catalogue.findings import (
    FrozenErratum,
    FrozenFinding,
    FrozenObservation,
    FrozenPassage,
    FrozenSection,
    FrozenSignature,
    FrozenSynthesis,
    school_order,
)
from traam.catalogue.record import Record, Term, Terms
from traam.groups.models import Team
from traam.groups.rules.life import TeamState
from traam.kit.text import MONTHS, short_day
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary
from traam.syntheses.actions.publishing import Prepared
from traam.syntheses.models import Counted, Erratum, PublishedFinding, Synthesis
from traam.syntheses.queries.public import label_of, texts_of
from traam.syntheses.rules.content import Part, Stated
from traam.syntheses.rules.life import Capacity, Mark, Support, SynthesisKind
from traam.syntheses.rules.publishing import crossed

KIND = Term(code="synthese", label="Synthèse")
LICENCE = Term(
    code="cc-by-sa-4.0",
    label="CC BY-SA 4.0",
    uri="https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
)
COUNTED = (*("seen", "sought", "academies", "cross_tests", "qualified", "contrary", "abandoned"),)


def record_of(prepared: Prepared) -> Record:
    """The whole record of a synthesis that is about to be published."""
    synthesis, words = prepared.synthesis, vocabulary()
    theme, campaign = synthesis.group.theme, synthesis.campaign
    return Record(
        title=synthesis.title,
        kind=KIND,
        summary=prepared.content.summary,
        years=tuple(campaign.years.school_years),
        year_text=campaign.label,
        campaign=Term(code=campaign.year, label=campaign.label),
        theme=Term(code=theme.code, label=theme.shown_title),
        academies=_academies(synthesis),
        disciplines=_of_theme(theme, "disciplines"),
        cycles=_of_theme(theme, "cycles"),
        licence=LICENCE,
        is_demonstration=synthesis.group.is_demonstration,
        synthesis=_frozen(prepared, words),
    )


def _of_theme(theme: Theme, scheme: str) -> Terms:
    return tuple(Term(one.code, one.label) for one in theme.terms.all() if one.scheme == scheme)


def _academies(synthesis: Synthesis) -> Terms:
    """Those whose work it is: its teams', or all those of the group that have not left it."""
    teams: list[Team] = list(synthesis.teams.all()) or [
        one for one in synthesis.group.teams.all() if one.state != TeamState.WITHDRAWN
    ]
    named = {one.academy.code: one.academy.name for one in teams if one.academy is not None}
    return tuple(Term(code=code, label=name) for code, name in sorted(named.items()))


def _frozen(prepared: Prepared, words: Vocabulary) -> FrozenSynthesis:
    observations = observations_of(prepared.synthesis, words)
    return FrozenSynthesis(
        code=prepared.synthesis.code,
        kind=SynthesisKind(prepared.synthesis.kind).label,
        digest=prepared.synthesis.digest,
        sections=tuple(_section(one, prepared) for one in prepared.content.parts if one.passages),
        findings=tuple(
            _finding(one, prepared, observations, words) for one in prepared.content.findings
        ),
        signatures=tuple(
            FrozenSignature(Capacity(one.capacity).label, short_day(one.signed_at), one.reservation)
            for one in prepared.signatures
        ),
        errata=errata_of(prepared.synthesis),
    )


def _section(part: Part, prepared: Prepared) -> FrozenSection:
    content = prepared.content
    passages = []
    for one in part.passages:
        stated = content.stated(one.finding) if one.finding else None
        text = one.text or (stated.text if stated else "")
        mark = "" if one.mark is Mark.NONE else one.mark.label
        passages.append(FrozenPassage(text, mark, prepared.numbers.get(one.finding, 0)))
    return FrozenSection(part.section.key, part.section.title, tuple(passages))


def _finding(
    one: Stated,
    prepared: Prepared,
    observations: Mapping[str, tuple[FrozenObservation, ...]],
    words: Vocabulary,
) -> FrozenFinding:
    counts, contexts = one.counts.as_data(), crossed(prepared.cells[one.code])
    return FrozenFinding(
        number=prepared.numbers[one.code],
        code=one.code,
        kind=one.kind.label,
        text=one.text,
        scope=one.scope,
        sentence=one.counts.sentence,
        counts={name: counts[name] for name in COUNTED},
        marks=one.counts.marks,
        contexts=tuple(
            (each, contexts[each]) for each in sorted(contexts, key=school_order(words))
        ),
        observations=observations.get(one.code, ()),
    )


def errata_of(synthesis: Synthesis) -> tuple[FrozenErratum, ...]:
    """What was corrected of it, in order."""
    rows = Erratum.objects.filter(synthesis=synthesis).order_by("number", "pk")
    return tuple(FrozenErratum(one.number, one.text, short_day(one.published_at)) for one in rows)


def observations_of(
    synthesis: Synthesis, words: Vocabulary
) -> dict[str, tuple[FrozenObservation, ...]]:
    """By finding (its code), each observation that it counts, as it may be shown now."""
    rows: list[Any] = list(  # with `is_stale`
        Counted.objects.filter(published__synthesis=synthesis)
        .with_state()
        .select_related("published__finding")
        .order_by("published__number", "rank")
    )
    places = _places(synthesis)
    texts = texts_of([str(one.observation_key) for one in rows if one.view is not None])
    found: dict[str, list[FrozenObservation]] = {}
    for one in rows:
        version, text = texts.get(str(one.observation_key), (0, ""))
        shown = text if version == one.observation_version and one.view is not None else ""
        plain = FrozenObservation(Support(one.support).label, text=shown, is_stale=one.is_stale)
        described = _described(plain, one.view, places, words) if one.view else plain
        found.setdefault(one.published.finding.code, []).append(described)
    return {code: tuple(each) for code, each in found.items()}


def _places(synthesis: Synthesis) -> dict[str, str]:
    """The words of an academy, of its région académique, by their codes."""
    published = PublishedFinding.objects.filter(synthesis=synthesis)
    rows = Counted.objects.filter(published__in=published.values("pk"), view__isnull=False)
    team = "trial__team__academy"
    found: dict[str, str] = {}
    for academy, name, region, region_name in rows.order_by("pk").values_list(
        f"{team}__code", f"{team}__name", f"{team}__region__code", f"{team}__region__name"
    ):
        found |= {academy: f"académie : {name}"} if academy else {}
        found |= {region: f"région académique : {region_name}"} if region else {}
    return found


def _described(
    one: FrozenObservation, view: Mapping[str, str], places: Mapping[str, str], words: Vocabulary
) -> FrozenObservation:
    audience = view["audience"]
    level = label_of("levels", audience, words)
    year, _, month = view["month"].partition("-")
    return replace(
        one,
        place=places.get(view["place"], view["place"]),
        audience=level if level != audience else label_of("cycles", audience, words),
        discipline=label_of("disciplines", view["discipline"], words),
        school_type=label_of("school-types", view["school_type"], words),
        month=f"{MONTHS[int(month) - 1]} {year}" if month else "",
    )


def refreshed(record: Record, synthesis: Synthesis) -> Record:
    """The record as it should be today: what is frozen stays; errata, « preuve corrigée depuis »
    and proof-read words follow."""
    frozen = record.synthesis
    if frozen is None:
        return record
    present = observations_of(synthesis, vocabulary())
    findings = tuple(
        replace(one, observations=_followed(one.observations, present.get(one.code, ())))
        for one in frozen.findings
    )
    changed = replace(frozen, findings=findings, errata=errata_of(synthesis))
    return replace(record, synthesis=changed)


def _followed(
    frozen: tuple[FrozenObservation, ...], present: tuple[FrozenObservation, ...]
) -> tuple[FrozenObservation, ...]:
    """Each observation as it was described, flagged and worded as it is now."""
    return tuple(
        replace(one, text=now.text if one.is_described else "", is_stale=now.is_stale)
        for one, now in zip(frozen, present, strict=True)
    )
