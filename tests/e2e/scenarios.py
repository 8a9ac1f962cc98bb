"""Productions to read and write, in a folder of data: `python -m tests.e2e.scenarios`. Prints their
codes."""

import json
import sys
from typing import Any

import django


def team_of_lille(instant: Any) -> tuple[Any, Any]:
    """A team at work in a campaign of its own, whose people are personas; its référent."""
    from tests.campaigns.factories import CampaignFactory, ThemeFactory
    from tests.groups import factories as groups
    from traam.access.roles import Role
    from traam.campaigns.rules.life import CampaignState
    from traam.kit.clock import day_of
    from traam.people.models import User
    from traam.people.queries import actor_for
    from traam.reference.models import Academy

    first = instant.year - (instant.month < 9)
    years = {"first_year": first, "last_year": first + 1, "year": f"scenarios-{first}"}
    state = {"state": CampaignState.AT_WORK, "is_archive": False, "state_at": instant}
    campaign = CampaignFactory(**years, **state)
    theme = ThemeFactory(campaign=campaign, title="Mesurer à plusieurs", code="mesurer")
    group = groups.NationalGroupFactory(theme=theme)
    lille = Academy.objects.get(code="09")
    team = groups.TeamFactory(group=group, academy=lille, code="mesurer-lille")
    roles = {
        "enseignant-lille": Role.TEACHER,
        "inspecteur-lille": Role.INSPECTOR,
        "referent-lille": Role.REFERENT,
    }
    for persona, role in roles.items():
        person = User.objects.get(persona=persona)
        groups.MemberFactory(team=team, person=person, role=role)
    return team, actor_for(person, day_of(instant))


def prepare() -> dict[str, str]:
    """The référent of Lille has shared one production, proposed another, taken the first up."""
    from tests.documents.factories import SAMPLES
    from tests.productions.setting import TO_PUBLISH, TO_SHARE
    from traam.kit.clock import now
    from traam.productions import actions
    from traam.productions.models import Production
    from traam.productions.rules.life import FileUse

    instant = now()
    team, actor = team_of_lille(instant)
    act: dict[str, Any] = {"now": instant, "actor": actor}
    url = "https://exemple.fr/fiche"

    def written(**fields: object) -> Production:
        made = actions.begin(team=team, kind="scenario", **act)
        writes = [actions.Write(name, value) for name, value in fields.items()]
        actions.save(production=made, writes=writes, **act)
        actions.add_link(production=made, url=url, label="La fiche", **act)
        return made

    draft = written(**TO_SHARE)
    picture = {"content": SAMPLES["a.png"], "name": "classe.png", "use": FileUse.PICTURE}
    file = actions.add_file(production=draft, **picture, **act)
    actions.share(production=draft, **act)
    proposed = written(**TO_SHARE, **TO_PUBLISH)
    actions.propose(production=proposed, **act)
    child = actions.take_up(source=draft, team=team, adapted="En 4e.", **act)
    return {
        "draft": draft.code,
        "proposed": proposed.code,
        "child": child.code,
        "file": str(file.pk),
    }


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(), sys.stdout)
