"""What an announcement would do, before it does it: counts, letters, who is told, what blocks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from traam.applications.models import Application, ApplicationAcademy
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.life import CampaignState
from traam.kit.counting import number_in, number_of
from traam.kit.labels import Labelled
from traam.kit.text import of
from traam.kit.together import Asking
from traam.selection import steps
from traam.selection.models import Decision, Letter
from traam.selection.papers import letters as papers
from traam.selection.queries.recipients import Recipient, Silent, heirs_of, recipients, silent
from traam.selection.rules.announcing import Numbers
from traam.selection.rules.life import (
    DecisionKind,
    DecisionState,
    announcement_faults,
    reserve_faults,
)

D = DecisionKind


class Mend(Labelled):
    """Where a blocked announcement is mended."""

    DELIBERATION = "deliberation", "à la délibération du thème"
    LETTER = "letter", "sur la lettre"
    CALENDAR = "calendar", "à son heure"


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that forbids to announce; `key`: of the decision, `theme`: its code."""

    sentence: str
    mend: Mend
    theme: str = ""
    key: int = 0


@dataclass(frozen=True)
class Foreseen:
    """What announcing would do now. `silent`: the functions that no mail would reach."""

    campaign: Campaign
    decisions: Sequence[Decision]
    blockers: Sequence[Blocker]
    numbers: Sequence[Numbers]
    told: dict[int, list[Recipient]] = field(default_factory=dict)  # by application
    silent: Sequence[tuple[Application, Silent]] = ()

    @property
    def counts(self) -> dict[DecisionKind, int]:
        found = Counter(one.kind for one in self.decisions)
        return {kind: found.get(kind.value, 0) for kind in D}

    @property
    def to_explain(self) -> list[Numbers]:
        """The themes whose number of academies is not the one planned."""
        return [one for one in self.numbers if one.sentence]

    @property
    def messages(self) -> int:
        return sum(len(each) for each in self.told.values())

    @property
    def people(self) -> int:
        return len({one.person for each in self.told.values() for one in each})

    @property
    def is_ready(self) -> bool:
        return not self.blockers and bool(self.decisions)


def decisions(campaign: Campaign) -> QuerySet[Decision]:
    """The decisions of a campaign with all that their letters say, by theme, kind and academy."""
    associated = Prefetch(
        "case__application__associated",
        ApplicationAcademy.objects.select_related("academy").order_by("academy__name", "pk"),
    )
    rows = Decision.objects.filter(case__campaign=campaign).select_related(
        "letter",
        "case__application__campaign",
        "case__application__theme",
        "case__application__academy__successor",
        "case__theme",
    )
    rows = rows.prefetch_related(
        associated, "case__application__authors", "case__application__inspectors"
    )
    return rows.order_by("case__theme__code", "case__application__academy__name", "pk")


def foresee(*, campaign: Campaign, now: datetime, today: date) -> Foreseen:
    """What announcing would do now; a fixed number of queries."""
    rows = list(decisions(campaign))
    applications = [one.case.application for one in rows]
    told = recipients(applications, today=today)
    heirs = heirs_of([one.academy for one in applications])
    return Foreseen(
        campaign=campaign,
        decisions=rows,
        blockers=list(_blockers(campaign, rows)),
        numbers=_numbers(campaign, rows),
        told=told,
        silent=[
            (one, each)
            for one in applications
            for each in silent(one, told[one.pk], heir=heirs[one.academy_id])
        ],
    )


def _blockers(campaign: Campaign, rows: Sequence[Decision]) -> Iterator[Blocker]:
    if campaign.state != CampaignState.CALL_CLOSED:
        yield Blocker(
            f"La campagne est dans l’état « {campaign.state_label} » : les décisions s’annoncent "
            "entre la clôture de l’appel et l’annonce.",
            Mend.CALENDAR,
        )
    for left in _undecided(campaign):
        yield Blocker(
            f"Rien n’est décidé de la candidature {of(left.academy.name)} au thème "
            f"« {left.theme.shown_title} ».",
            Mend.DELIBERATION,
            theme=left.theme.code,
        )
    for one in rows:
        yield from _blockers_of(one)
    yield from _reserves(rows)


def _undecided(campaign: Campaign) -> QuerySet[Application]:
    """The deposited applications of which nothing is decided."""
    decided = Decision.objects.filter(case__campaign=campaign).values("case__application")
    left = Application.objects.filter(campaign=campaign).deposited().exclude(pk__in=decided)
    return left.select_related("academy", "theme").order_by("theme__code", "pk")


def _blockers_of(decision: Decision) -> Iterator[Blocker]:
    application = decision.case.application
    name = f"{application.academy.name}, thème « {application.theme.shown_title} »"
    code = application.theme.code
    if application.state != ApplicationState.DEPOSITED:
        yield Blocker(
            f"{name} : une décision est prise, mais la candidature n’est plus à l’étude (elle est "
            f"« {ApplicationState(application.state).label} »). Reprenez la décision.",
            Mend.DELIBERATION,
            theme=code,
            key=decision.pk,
        )
    faults = announcement_faults(kind=D(decision.kind), reason=decision.reason)
    for fault in faults:
        yield Blocker(f"{name} : {fault}", Mend.DELIBERATION, theme=code, key=decision.pk)
    letter = letter_of(decision)
    if letter is not None and letter.is_edited and not papers.is_current(letter, decision):
        yield Blocker(
            f"{name} : la lettre a été retouchée, puis la décision a changé. Relisez-la.",
            Mend.LETTER,
            theme=code,
            key=decision.pk,
        )


def letter_of(decision: Decision) -> Letter | None:
    """Its letter, once it was written or retouched."""
    return getattr(decision, "letter", None)


def _reserves(rows: Iterable[Decision]) -> Iterator[Blocker]:
    themes: dict[str, tuple[Theme, list[int]]] = {}
    for one in rows:
        if one.kind == D.RESERVE:
            theme = one.case.application.theme
            themes.setdefault(theme.code, (theme, []))[1].append(one.rank or 0)
    for code, (theme, ranks) in themes.items():
        for fault in reserve_faults(ranks):
            yield Blocker(f"« {theme.shown_title} » : {fault}", Mend.DELIBERATION, theme=code)


def _numbers(campaign: Campaign, rows: Iterable[Decision]) -> list[Numbers]:
    """How many academies each theme retains, against what it wants; every living theme."""
    retained = Counter(one.case.theme_id for one in rows if one.kind == D.RETAINED)
    themes = list(
        Theme.objects.filter(campaign=campaign)
        .living()
        .order_by("-transversal", "discipline_text", "pk")
    )
    wanted = steps.numbered(themes, campaign)
    return [
        Numbers(one.code, one.shown_title, *wanted[one.pk], retained=retained[one.pk])
        for one in themes
    ]


def announced(campaign: Campaign) -> QuerySet[Decision]:
    """What was announced of a campaign."""
    return decisions(campaign).filter(state=DecisionState.ANNOUNCED)


def decided_count(campaign: Campaign) -> Asking[int]:
    """How many decisions await the announcement; 0 while one is still to be taken."""
    decided = Decision.objects.filter(case__campaign=campaign)
    count, left = yield number_of(decided), number_of(_undecided(campaign))
    return 0 if number_in(left) else number_in(count)
