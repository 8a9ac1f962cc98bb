"""The minutes of a deliberation, or of the arbitration across themes, as a paper.

Who was there is said by function, never by name. Only for those who may read every case that they
speak of (`queries.minutes`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst

from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules import explaining
from traam.kit.clock import PARIS
from traam.kit.paper import Block, Bullets, Facts, Heading, Markdown, Paper, Paragraph, Table
from traam.kit.text import day, plural, short_instant
from traam.selection.models import CaseEvent, Decision, Departure, Seal, Variant
from traam.selection.papers.letters import AUTHOR, MARK
from traam.selection.queries.ranking import Row
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.minutes import Session

D = DecisionKind
NONE = "–"


@dataclass(frozen=True)
class Held:
    """All that minutes tell. `theme` None: of the arbitration; `decisions` by case."""

    campaign: Campaign
    theme: Theme | None
    session: Session
    rows: Sequence[Row]
    decisions: Mapping[int, Decision]
    departures: Sequence[Departure]
    overruled: Sequence[CaseEvent]
    variant: Variant | None
    seals: Sequence[Seal]
    barred: int  # the people of the theme whom a conflict kept from at least one case


def minutes(held: Held, *, number: int, now: datetime) -> Paper:
    """The minutes as written now, in their version `number`."""
    what = f"délibération du thème « {held.theme.shown_title} »" if held.theme else "arbitrage"
    return Paper(
        title=f"Procès-verbal : {what}",
        author=AUTHOR,
        issuer=AUTHOR,
        date=now.astimezone(PARIS).date(),
        reference=f"TraAM {held.campaign.label} · procès-verbal, version {number}",
        mark=MARK if held.campaign.is_demonstration else "",
        blocks=[
            Heading("La séance"),
            *_session(held),
            Heading("Le classement"),
            *_ranking(held),
            Heading("Les décisions"),
            *_decisions(held),
            Heading("Les écarts à la proposition"),
            *_departures(held),
            *_overruled(held),
            Heading("Les règles et les poids"),
            *_rules(held.campaign),
            Heading("Les scellés"),
            *_seals(held),
        ],
    )


def _session(held: Held) -> list[Block]:
    session = held.session
    when = f"Séance du {day(session.held_on)}." if session.held_on else "Date non précisée."
    blocks: list[Block] = [
        Paragraph(f"Campagne {held.campaign.label} des travaux académiques mutualisés. {when}"),
        Paragraph("Étaient présents, par fonction :"),
        Bullets(session.present() or ["non précisé"]),
    ]
    if held.barred:
        people = plural(held.barred, "personne")
        blocks.append(
            Paragraph(
                f"En raison d’un conflit d’intérêts, {people} n’a pas pris part à l’examen d’un ou "
                "de plusieurs dossiers, et n’en a rien lu."
                if held.barred == 1
                else f"En raison de conflits d’intérêts, {people} n’ont pas pris part à l’examen "
                "d’un ou de plusieurs dossiers, et n’en ont rien lu."
            )
        )
    if session.remarks:
        blocks.append(Markdown(session.remarks))
    return blocks


def points(value: float | None) -> str:
    """« 14,25 », or a dash."""
    return NONE if value is None else f"{value:.2f}".replace(".", ",")


def _ranking(held: Held) -> list[Block]:
    headers = ["Rang", "Académie", "Candidature", "Avis", "Moyenne", "Écart type", "Note corrigée"]
    rows = [
        [
            str(row.place.rank) if row.place else NONE,
            row.case.application.academy.name,
            row.case.application.title,
            f"{row.given} sur {row.expected}",
            points(row.summary.mean if row.summary else None),
            points(row.summary.deviation if row.summary else None),
            points(row.corrected),
        ]
        for row in held.rows
        if row.case is not None
    ]
    if held.theme is None:
        headers.insert(1, "Thème")
        for cells, row in zip(rows, held.rows, strict=True):
            assert row.case is not None
            cells.insert(1, row.case.theme.shown_title)
    if not rows:
        return [Paragraph("Aucune candidature n’était à l’étude.")]
    discussed = sum(1 for row in held.rows if row.is_to_discuss)
    said = plural(discussed, "candidature a été discutée", "candidatures ont été discutées")
    return [
        Table("Candidatures, par note sur 20 corrigée de la sévérité", headers, rows),
        Paragraph(f"{said} parce que les avis s’écartaient."),
    ]


def _decisions(held: Held) -> list[Block]:
    rows = [
        [
            row.case.theme.shown_title,
            row.case.application.academy.name,
            _kind(held.decisions.get(row.case.pk)),
            _reason(held.decisions.get(row.case.pk)),
        ]
        for row in held.rows
        if row.case is not None
    ]
    if not rows:
        return [Paragraph("Aucune décision.")]
    counts = [
        f"{kind.public_label} : {sum(1 for one in held.decisions.values() if one.kind == kind)}"
        for kind in D
    ]
    return [
        Bullets(counts),
        Table("Décisions", ["Thème", "Académie", "Décision", "Motif"], rows),
    ]


def _kind(decision: Decision | None) -> str:
    if decision is None:
        return "non décidée"
    label = D(decision.kind).public_label
    return f"{label}, rang {decision.rank}" if decision.rank else label


def _reason(decision: Decision | None) -> str:
    return decision.reason if decision else ""


def _departures(held: Held) -> list[Block]:
    if held.variant is None:
        return [Paragraph("Aucune proposition calculée n’était prise pour référence.")]
    name = f"Proposition de référence : « {held.variant.name} », empreinte {held.variant.digest}."
    if not held.departures:
        return [Paragraph(name), Paragraph("Les décisions suivent la proposition.")]
    rows = [
        [
            one.case.application.academy.name,
            one.case.theme.shown_title,
            f"{D(one.computed).label} → {D(one.decided).label}",
            NONE if one.price is None else points(float(one.price)),
            one.reason,
            short_instant(one.at),
        ]
        for one in held.departures
    ]
    headers = ["Académie", "Thème", "Proposé → décidé", "Prix, en points", "Motif", "Le"]
    return [Paragraph(name), Table("Écarts, avec leur motif et leur prix", headers, rows)]


def _overruled(held: Held) -> list[Block]:
    if not held.overruled:
        return []
    rows = [
        [
            one.case.application.academy.name,
            one.case.theme.shown_title,
            one.reason,
            short_instant(one.at),
        ]
        for one in held.overruled
    ]
    return [
        Heading("Les arbitrages", 2),
        Table("Décisions arbitrées entre les thèmes", ["Académie", "Thème", "Motif", "Le"], rows),
    ]


def _rules(campaign: Campaign) -> list[Block]:
    rules = campaign.call_rules
    grid = [[one.label, one.scale, one.percent] for one in explaining.shares(rules)]
    weights = [[one.label, one.points, one.when] for one in explaining.weighed(rules)]
    return [
        Bullets(explaining.hard_rules(rules)),
        Table("Grille des avis", ["Critère", "Note", "Part du total"], grid),
        Table("Ce qui compte dans la proposition", ["Règle", "Poids", "Quand"], weights),
        Paragraph(explaining.ADVICE),
    ]


def _seals(held: Held) -> list[Block]:
    if not held.seals:
        return [Paragraph("Aucun scellé n’est encore posé.")]
    return [
        Paragraph("Chaque empreinte (SHA-256) prouve que ce qu’elle scelle n’a pas changé depuis."),
        Facts(list(_seal_facts(held.seals))),
    ]


def _seal_facts(seals: Iterable[Seal]) -> Iterable[tuple[str, str]]:
    for one in seals:
        label = one.get_kind_display()
        when = short_instant(one.sealed_at)
        yield f"{capfirst(label)} (n° {one.number}, {when})", one.digest
