"""The scenarios of the teams: eight fields, shared with the group; more, to be published."""

from tests.e2e.year.names import OTHER_SCENARIO, SCENARIO, address_of, team_of
from tests.e2e.year.walking import Walk
from traam.groups.models import Team
from traam.kit.clock import now
from traam.people.models import User
from traam.people.queries import actor_for
from traam.productions import actions as productions
from traam.productions.actions import Write

FIELDS = {
    "title": SCENARIO,
    "hook": "Une conjecture naît au tableur, et se perd ou se prouve sur le papier.",
    "aim": "Distinguer ce que cent essais laissent croire de ce qu’une preuve établit.",
    "steps": "## Séance 1\n\n- chercher seul\n- essayer au tableur\n\n## Séance 2\n\nProuver.",
    "tools": "Tableur",
    "duration": "2 séances de 55 minutes",
}


def write_in_lille_and_share(walk: Walk) -> None:
    """A teacher writes, saved as it is typed; the référent reads it again and shares it."""
    walk.at(2027, 11, 8)
    page = walk.be("enseignant-lille")
    walk.go(page, "/productions/")
    walk.follow(page, "Commencer une production")
    walk.press(page, "Commencer")
    page.wait_for_selector("form[data-ready=yes]")
    walk.shows(page, "Disciplines · Mathématiques")
    page.locator("#champ-levels label:text-is('4e')").click()
    for name, value in FIELDS.items():
        page.fill(f"#q-{name}", value)
    walk.saved(page)
    walk.press(page, "Enregistrer et voir")
    walk.look(page, "draft")
    walk.codes[SCENARIO] = page.url.rstrip("/").rsplit("/", 1)[-1]
    mate = walk.be("referent-lille")
    walk.go(mate, f"/productions/{walk.codes[SCENARIO]}/")
    walk.follow(mate, "Partager avec le groupe")
    walk.press(mate, "Partager")
    walk.shows(mate, "partagée avec le groupe")


def write_in_lyon_meanwhile(walk: Walk) -> None:
    """Through the acts themselves: another academy has something to be tested too."""
    writer = User.objects.get(email=address_of("referent-lyon"))
    given = {"now": now(), "actor": actor_for(writer, now().date())}
    team = Team.objects.get(code=team_of(walk.codes, "lyon"))
    made = productions.begin(team=team, kind="scenario", **given)
    terms = {"disciplines": ["MATHS"], "levels": ["4E"]}
    values = FIELDS | terms | {"title": OTHER_SCENARIO}
    writes = [Write(name, value) for name, value in values.items()]
    productions.save(production=made, writes=writes, **given)
    productions.share(production=made, **given)
    walk.codes[OTHER_SCENARIO] = made.code


def read_in_the_group(walk: Walk) -> None:
    """Lyon reads what Lille shares."""
    page = walk.be("referent-lyon")
    page.goto("/productions/")
    walk.look(page, "of the group")
    walk.follow(page, SCENARIO)
    walk.look(page, "of another academy")
    walk.shows(page, "Une conjecture naît au tableur", "cent essais")


STEPS = (
    write_in_lille_and_share,
    write_in_lyon_meanwhile,
    read_in_the_group,
)
