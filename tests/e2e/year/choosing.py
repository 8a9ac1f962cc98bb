"""The conflicts and the reviews, the computed choice, and what people decide."""

from tests.e2e.year.names import LYON, SCORES, SHEETS, STUDY, address_of
from tests.e2e.year.walking import Walk
from traam.kit.clock import now
from traam.people.queries import actor_for
from traam.selection import actions as selection
from traam.selection.models import Review


def settle_conflicts_and_assign(walk: Walk) -> None:
    """The expert from Lyon may not read Lyon; each application has its two readers."""
    page = walk.be("pilote-national")
    walk.go(page, "/selection/")
    walk.go(page, f"{STUDY}conflits/")
    walk.shows(page, "Même académie : Lyon.")
    page.locator("main").get_by_role("link", name="Trancher").first.click()
    walk.look(page)
    page.locator("label[for=id_act_0]").click()
    page.fill("#id_reason", "Académie d’attache.")
    walk.press(page, "Enregistrer la décision")
    walk.go(page, f"{STUDY}affectation/")
    walk.follow(page, "Affecter automatiquement : voir d’abord")
    walk.shows(page, "8 avis seraient confiés")
    walk.press(page, "Confier ces 8 avis")
    walk.shows(page, "8 avis confiés ; leurs relecteurs sont avertis.")
    reader = walk.be("expert-physique")
    for address in ("/selection/", f"{STUDY}avis/", f"{STUDY}conflits/"):
        walk.go(reader, address)
        walk.look(reader, "with a conflict")
        assert LYON not in reader.content()
    walk.shows(reader, "Dossier en conflit d’intérêts")


def review(walk: Walk) -> None:
    """Each reader gives a review by keyboard, and the others meanwhile, through the acts."""
    for slug in ("expert", "expert-physique", "inspection-generale"):
        mine = Review.objects.filter(reviewer__email=address_of(slug)).order_by("pk")
        for one in mine[1:]:
            _given(one)
        page = walk.be(slug)
        walk.go(page, "/selection/")
        walk.follow(page, "Reprendre mes avis")
        walk.look(page, "to begin")
        walk.press(page, "Commencer l’avis")
        page.wait_for_selector("form[data-ready=yes]")
        walk.look(page, "begun")
        page.locator("input[name=score_fit]").first.focus()
        for digit in SCORES[page.locator("h1").inner_text()]:
            page.keyboard.press(digit)
        page.keyboard.type("Lu en entier.")
        walk.saved(page)
        walk.press(page, "Rendre l’avis")
        walk.shows(page, "C’était le dernier : merci.")
    given = Review.objects.filter(state="submitted")
    assert given.count() == 8
    assert len(set(given.values_list("case", "total"))) == 4  # typed or written, the same


def _given(one: Review) -> None:
    """Begun, filled and given, by its reader."""
    given = {"now": now(), "actor": actor_for(one.reviewer, now().date())}
    grid = one.case.campaign.call_rules.grid
    scores = SCORES[one.case.application.title]
    begun = selection.begin(review=one, **given)
    keyed = {one.key: int(digit) for one, digit in zip(grid.criteria, scores, strict=True)}
    selection.fill(review=begun, scores=keyed, comment="Lu en entier.", **given)
    selection.submit(review=begun, **given)


def compute_and_try(walk: Walk) -> None:
    """The optimum and its reasons; « et si ? »; a lock is laid, then lifted."""
    page = walk.be("pilote-national")
    walk.go(page, f"{STUDY}arbitrage/")
    walk.go(page, f"{STUDY}variantes/")
    page.fill("#id_name", "Proposition de référence")
    walk.press(page, "Calculer et garder")
    walk.shows(page, "optimum prouvé", "1re à appeler")
    deliberation = f"/selection/themes/{walk.codes[SHEETS]}/"
    walk.go(page, deliberation)
    page.get_by_role("button", name="Et si Lyon était retenue ?").click()
    page.locator("#et-si h2").wait_for()
    walk.look(page, "what if")
    walk.shows(page, "Coût :", "Sortirait")
    page.locator("#et-si summary").first.click()
    page.locator("#et-si textarea").first.fill("Pour voir.")
    page.locator("#et-si").get_by_role("button", name="Poser le verrou").click()
    walk.shows(page, "Le verrou est posé")
    page.locator("main").get_by_role("link", name="Décider : Lyon").click()
    walk.look(page, "locked")
    page.get_by_text("Lever le verrou : retenue d’office").click()
    page.fill("#motif-verrou", "L’essai est fini.")
    walk.press(page, "Lever le verrou")
    reader = walk.be("expert-physique")
    walk.go(reader, deliberation)
    walk.look(reader, "with a conflict")
    walk.shows(reader, "Dossier en conflit d’intérêts pour vous")
    assert LYON not in reader.content()


def decide(walk: Walk) -> None:
    """The experts decide and leave remarks; the pilot takes the rest of the proposal."""
    page = walk.be("expert")
    deliberation = f"/selection/themes/{walk.codes[SHEETS]}/"
    walk.go(page, deliberation)
    page.locator("main").get_by_role("link", name="Décider : Nantes").click()
    walk.look(page)
    page.locator("label[for=id_kind_0]").click()
    page.fill("#id_remarks", "Gardez la comparaison entre deux classes.")
    walk.press(page, "Enregistrer la décision")
    walk.shows(page, "décision « retenue » préparée")
    pilot = walk.be("pilote-national")
    walk.go(pilot, deliberation)
    walk.follow(pilot, "Prendre la proposition")
    walk.press(pilot, "Préparer ces décisions")
    walk.look(pilot, "decided")
    walk.shows(pilot, "2 décisions préparées ; 1 déjà prise, inchangée.")
    pilot.goto(f"{STUDY}arbitrage/")
    walk.look(pilot, "computed")
    walk.follow(pilot, "Prendre la proposition")
    walk.press(pilot, "Préparer ces décisions")


STEPS = (
    settle_conflicts_and_assign,
    review,
    compute_and_try,
    decide,
)
