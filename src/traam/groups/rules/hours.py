"""Hours: tranches notified to an academy, given to its teams, spent by their members. Pure.

Nothing is overspent: an academy gives no more than it was notified, a team declares no more than it
was given. An amount is a decimal number of hours, to the quarter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from traam.kit.text import hours as said
from traam.kit.text import short_day

QUARTER = Decimal("0.25")
MOST = Decimal(999)  # hours, in one line
NOTHING = Decimal(0)


def amount_faults(hours: Decimal) -> list[str]:
    """What forbids this amount, in French."""
    if not NOTHING < abs(hours) <= MOST or hours % QUARTER:
        return [
            f"Les heures (reçu : {said(hours)}) doivent être un multiple du quart d’heure, de 0,25 "
            f"à {said(MOST)}."
        ]
    return []


@dataclass(frozen=True, slots=True)
class Pool:
    """What an academy was notified in a campaign, and what its teams were given of it."""

    notified: Decimal = NOTHING
    given: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        return self.notified - self.given


@dataclass(frozen=True, slots=True)
class Account:
    """What a team was given, what its members have spent of it, what of that is attested."""

    given: Decimal = NOTHING
    spent: Decimal = NOTHING
    attested: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        return self.given - self.spent

    @property
    def to_attest(self) -> Decimal:
        return self.spent - self.attested


def allotment_faults(hours: Decimal, *, pool: Pool, team: Account) -> list[str]:
    """What forbids to give these hours to a team (less than 0: to take them back), in French."""
    if faults := amount_faults(hours):
        return faults
    if hours > max(pool.left, NOTHING):
        return [
            f"Il reste {said(pool.left)} à l’académie sur {said(pool.notified)} notifiées : "
            f"{said(hours)} ne peuvent pas être attribuées. Saisissez d’abord la tranche qui "
            "manque."
        ]
    if -hours > team.left:
        return [
            f"L’équipe a déjà déclaré {said(team.spent)} sur {said(team.given)} : on ne peut lui "
            f"en reprendre que {said(team.left)}."
        ]
    return []


def spending_faults(
    hours: Decimal, *, team: Account, on: date, span: tuple[date, date | None], today: date
) -> list[str]:
    """What forbids to declare these hours on that day. `span`: of the campaign, its end exclusive
    (None: not known)."""
    faults = amount_faults(hours)
    if not faults and hours < NOTHING:
        faults = ["Des heures déclarées sont en plus : pour en retirer, annulez la déclaration."]
    if not faults and hours > team.left:
        faults = [
            f"Il reste {said(team.left)} à l’équipe sur {said(team.given)} : {said(hours)} ne "
            "peuvent pas être déclarées. Le DAN peut en attribuer d’autres."
        ]
    starts, ends = span
    if on < starts or (ends is not None and on >= ends):
        until = f" et avant le {short_day(ends)}" if ends else ""
        faults.append(
            f"Le jour (reçu : {short_day(on)}) est hors de la campagne : à partir du "
            f"{short_day(starts)}{until}."
        )
    elif on > today:
        faults.append(f"Le jour (reçu : {short_day(on)}) est à venir : déclarez ce qui est fait.")
    return faults


def tranche_faults(hours: Decimal, *, pool: Pool, before: Decimal = NOTHING) -> list[str]:
    """What forbids a tranche of these hours (`before`: what it was), in French."""
    faults = amount_faults(hours)
    if not faults and hours < NOTHING:
        faults = ["Une tranche notifiée est en plus."]
    if not faults and pool.notified - before + hours < pool.given:
        faults = [
            f"{said(pool.given)} sont déjà attribuées à des équipes : la tranche ne peut pas "
            f"descendre à {said(hours)}."
        ]
    return faults


def shares(total: Decimal, parts: int) -> Sequence[Decimal]:
    """This many parts of a total, to the quarter, that sum to it; the first ones the larger."""
    if parts < 1:
        return []
    quarters, rest = divmod(int(total / QUARTER), parts)
    return [QUARTER * (quarters + (place < rest)) for place in range(parts)]
