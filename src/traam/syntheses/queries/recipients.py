"""Who is told of a synthesis, and to whom it is sent."""

from collections.abc import Collection
from datetime import date

from traam.access.roles import Role
from traam.people.models import Mandate, MandateScope, ScopeKind
from traam.syntheses.models import Synthesis
from traam.syntheses.rules.life import Addressee, Capacity, SynthesisKind

R = Role


def with_role(
    roles: Collection[Role], today: date, kind: ScopeKind, codes: Collection[str]
) -> list[int]:
    """The living accounts that hold one of these roles today over one of these things."""
    scopes = MandateScope.objects.in_force(today).filter(
        kind=kind,
        code__in=sorted(codes),
        mandate__role__in=sorted(roles),
        mandate__person__is_active=True,
    )
    return sorted(set(scopes.order_by("pk").values_list("mandate__person", flat=True)))


def _everywhere(role: Role, today: date) -> list[int]:
    held = Mandate.objects.in_force(today).filter(role=role, person__is_active=True)
    return sorted(set(held.order_by("pk").values_list("person", flat=True)))


def team_codes(synthesis: Synthesis) -> list[str]:
    """Its own teams'; those of the whole group when it has none."""
    own = [one.code for one in synthesis.teams.all()]
    return own or [one.code for one in synthesis.group.teams.all()]


def academy_codes(synthesis: Synthesis) -> list[str]:
    """The academies whose work it is, their successors with them."""
    own = team_codes(synthesis)
    teams = [one for one in synthesis.group.teams.all() if one.code in own]
    return sorted({code for one in teams for code in one.academy_codes})


def writers(synthesis: Synthesis, today: date) -> list[int]:
    """Who may write it: experts and référents of a national one, else the people of its teams."""
    teams = team_codes(synthesis)
    if synthesis.kind == SynthesisKind.NATIONAL:
        experts = with_role([R.EXPERT], today, ScopeKind.THEME, [synthesis.group.theme.code])
        return sorted({*experts, *with_role([R.REFERENT], today, ScopeKind.TEAM, teams)})
    return with_role([R.REFERENT, R.TEACHER], today, ScopeKind.TEAM, teams)


def validators(synthesis: Synthesis, today: date) -> list[int]:
    """Who validates it: the general inspection of its theme, or its teams' inspectors."""
    if synthesis.kind == SynthesisKind.NATIONAL:
        return signatories(synthesis, Capacity.GENERAL_INSPECTION, today)
    return with_role([R.INSPECTOR], today, ScopeKind.TEAM, team_codes(synthesis))


def signatories(synthesis: Synthesis, capacity: Capacity, today: date) -> list[int]:
    """Who may sign a national synthesis in this capacity."""
    role = R.EXPERT if capacity is Capacity.DNE else R.GENERAL_INSPECTOR
    return with_role([role], today, ScopeKind.THEME, [synthesis.group.theme.code])


def _partners(synthesis: Synthesis, today: date) -> list[int]:
    """Those of its teams; of a national one, those of its academies too."""
    found = with_role([R.PARTNER], today, ScopeKind.TEAM, team_codes(synthesis))
    if synthesis.kind == SynthesisKind.NATIONAL:
        found += with_role([R.PARTNER], today, ScopeKind.ACADEMY, academy_codes(synthesis))
    return found


def addressees(synthesis: Synthesis, today: date) -> dict[int, Addressee]:
    """To whom it is sent, each person once: as whom they come first in `Addressee`."""
    academies = academy_codes(synthesis)
    in_academies = with_role([R.DIGITAL_DELEGATE, R.RECTOR], today, ScopeKind.ACADEMY, academies)
    theme = [synthesis.group.theme.code]
    found = {
        Addressee.ACADEMY: in_academies,
        Addressee.DGESCO: _everywhere(R.DGESCO, today),
        Addressee.GENERAL_INSPECTION: with_role(
            [R.GENERAL_INSPECTOR], today, ScopeKind.THEME, theme
        ),
        Addressee.PARTNER: _partners(synthesis, today),
    }
    told: dict[int, Addressee] = {}
    for addressee, people in found.items():
        for person in people:
            told.setdefault(person, addressee)
    return told
