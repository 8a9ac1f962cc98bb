"""Agreements of schools: whom a team may ask, what awaits an answer, what a partner reads."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.models import Team
from traam.people.models import Mandate, ScopeKind, User
from traam.trials.models import Agreement, Indicator, Trial
from traam.trials.rules.life import AgreementState

AGREE, READ = "trial.agree", "agreement.read"


def partners_of(team: Team, today: date) -> QuerySet[User]:
    """The living accounts with a partner's mandate over this very team today, by name."""
    mandates = Mandate.objects.in_force(today).filter(
        role=Role.PARTNER, scopes__kind=ScopeKind.TEAM, scopes__code=team.code
    )
    holders = mandates.order_by().values("person")
    rows: QuerySet[User] = User.objects.filter(is_active=True, pk__in=holders)
    return rows.order_by("name", "pk")


def whole(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With the trial, its team and production, and all that the partner's page shows."""
    indicators = Prefetch("trial__indicators", Indicator.objects.order_by("position", "pk"))
    return rows.select_related(
        "partner",
        "trial__teacher",
        "trial__team__academy",
        "trial__team__group__theme",
        "trial__team__group__campaign",
        "trial__production__team",
    ).prefetch_related(indicators, "trial__production__terms")


def of_trial(trial: Trial, today: date) -> list[tuple[Agreement, bool]]:
    """What was asked and answered, but for what was taken back, the first asked first; and whether
    the person asked may still answer today: not once they have left the team. One query."""
    partners = partners_of(trial.team, today).order_by().values("pk")
    rows = Agreement.objects.filter(trial=trial).exclude(state=AgreementState.TAKEN_BACK)
    rows = rows.select_related("partner").annotate(is_partner=Q(partner__in=partners))
    found = rows.order_by("asked_at", "pk")
    return [(one, one.is_partner) for one in found]  # type: ignore[attr-defined]


def to_answer(actor: Actor) -> QuerySet[Agreement]:
    """The requests that await this person's answer, the first asked first."""
    rows: QuerySet[Agreement] = Agreement.objects.filter(state=AgreementState.ASKED)
    found: QuerySet[Agreement] = rows.over_which(actor, AGREE)  # type: ignore[attr-defined]
    return found.select_related("trial__production").order_by("asked_at", "pk")
