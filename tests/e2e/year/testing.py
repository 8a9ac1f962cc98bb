"""The trials in class and the cross-tests: protocol, sessions, what is seen, what it shows."""

from collections.abc import Mapping

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.e2e.looking import PHONE
from tests.e2e.year.names import (
    LYON_TEACHER,
    OTHER_SCENARIO,
    SCENARIO,
    SHEETS,
    address_of,
    team_of,
)
from tests.e2e.year.walking import Walk
from traam.kit.clock import now
from traam.people.models import User
from traam.trials.models import Trial
from traam.trials.rules.life import TrialState

HYPOTHESIS = "Un contre-exemple trouvé par l’outil fait douter de cent exemples."
SUCCESS = "Un groupe sur deux cherche une preuve sans relance."
SOUGHT = ("L’élève cherche un contre-exemple", "L’outil prend moins d’un tiers de la séance")
SEEN = "Après un contre-exemple, quatre groupes sur huit ont cherché une preuve."
ALSO_SEEN = "Trois groupes ont cherché une preuve sans que je le demande."
UNSEEN = "Personne n’a cherché de preuve : le tableau de valeurs a suffi à convaincre."
CLASSES = (  # beside the one that is walked through, who tries in theirs and what is seen
    ("enseignant-lille", ALSO_SEEN, "seen"),
    ("referent-lille", ALSO_SEEN, "seen"),
    ("referent-lille", ALSO_SEEN, "seen"),
    ("referent-lille", UNSEEN, "contrary"),
)
EVALUATION = {
    "verdict": "partly",
    "conclusion": "Le contre-exemple fait chercher une preuve, une fois sur deux.",
    "gains_pupils": "Ils distinguent « vrai souvent » de « vrai toujours ».",
    "transferable": "adapted",
    "adaptations": "Une seule séance.",
    "level": "4E",
    "school_type": "COL",
    "equipment": "Un ordinateur pour deux",
    "pupils": "26",
    "is_priority": "",
}


def plan_cross_tests(walk: Walk) -> None:
    """The expert reads what the computed plan proposes, then adopts it: the teams are asked."""
    walk.at(2027, 12, 6)
    page = walk.be("expert")
    walk.go(page, f"/essais/croises/{walk.codes[SHEETS]}/")
    walk.follow(page, "Composer le plan de tests")
    walk.press(page, "Calculer le plan")
    walk.look(page, "proposed")
    walk.shows(page, "optimum prouvé", SCENARIO, OTHER_SCENARIO)
    walk.press(page, "Adopter le plan et demander les 2 tests")
    walk.look(page, "asked")
    walk.shows(page, "Le plan est adopté")
    walk.work()


def answer_the_requests(walk: Walk) -> None:
    """Lyon says who will try the scenario of Lille; Lille says why it will not try Lyon's."""
    page = walk.be("referent-lyon")
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Répondre")
    walk.look(page, "asked")
    page.locator("#id_teacher").select_option(label=_name(LYON_TEACHER))
    walk.press(page, "Accepter")
    walk.look(page, "accepted")
    other = walk.be("referent-lille")
    other.goto("/tableau-de-bord/")
    walk.follow(other, "Répondre")
    walk.follow(other, "Décliner…")
    other.locator("main textarea").fill("Aucune de nos classes n’a ce chapitre cette année.")
    walk.press(other, "Décliner")
    walk.shows(other, "C’est décliné")


def _name(slug: str) -> str:
    return User.objects.get(email=address_of(slug)).name


def prepare_a_trial(walk: Walk) -> None:
    """The protocol is written before: what is expected, what would count as success."""
    walk.at(2028, 1, 10)
    page = walk.be("enseignant-lille")
    walk.go(page, "/essais/")
    walk.follow(page, "Commencer un essai")
    page.select_option("#id_production", walk.codes[SCENARIO])
    page.select_option("#id_niveau", "4E")
    walk.press(page, "Commencer l’essai")
    page.fill("#id_hypothese", HYPOTHESIS)
    page.fill("#id_reussite", SUCCESS)
    for rank, text in enumerate(SOUGHT, 1):
        page.get_by_label(f"Indicateur {rank}").fill(text)
    walk.press(page, "Enregistrer le protocole")
    walk.codes["trial"] = page.url.rstrip("/").rsplit("/", 1)[-1]


def observe_on_a_phone(walk: Walk) -> None:
    """The first session stops the protocol; what was seen waits on the phone for the network."""
    walk.at(2028, 1, 13, 10)
    page = walk.be("enseignant-lille")
    walk.go(page, f"/essais/{walk.codes['trial']}/seances/")
    walk.press(page, "Enregistrer la séance")
    walk.look(page, "at work")
    phone = walk.be("enseignant-lille", viewport=PHONE, has_touch=True)
    phone.clock.set_fixed_time(now())
    phone.goto("/tableau-de-bord/")
    phone.locator("main").get_by_role("link", name="Noter une observation").first.tap()
    phone.wait_for_url("**/essais/observer/")
    walk.look(phone)
    phone.context.set_offline(True)
    phone.fill("#id_vu", SEEN)
    phone.locator("input[name=i_i1][value=seen] + label").tap()
    phone.get_by_role("button", name="Enregistrer l’observation").tap()
    phone.locator("#envoi:has-text('1 observation non envoyée')").wait_for()
    phone.context.set_offline(False)
    phone.locator("#recus:has-text('Observation reçue')").wait_for()


def try_in_other_classes(walk: Walk) -> None:
    """Four other classes of Lille, and that of Lyon: the same forms, posted without a browser."""
    for slug, seen, outcome in CLASSES:
        began = {"equipe": team_of(walk.codes, "lille"), "production": walk.codes[SCENARIO]}
        _posted(slug, "trial_begin", began | {"niveau": "4E"})
        _tried(slug, Trial.objects.latest("pk"), seen, outcome)
    lyon = Trial.objects.get(teacher__email=address_of(LYON_TEACHER))
    _tried(LYON_TEACHER, lyon, ALSO_SEEN, "seen")


def _tried(slug: str, trial: Trial, seen: str, outcome: str) -> None:
    """A protocol, a session, what was seen of it."""
    indicators = {f"indicateur_{rank}": text for rank, text in enumerate(SOUGHT, 1)}
    protocol = {"hypothese": HYPOTHESIS, "reussite": SUCCESS, "version": trial.version}
    _posted(slug, "trial_protocol", protocol | indicators, code=trial.code)
    day = now().date().isoformat()
    _posted(slug, "trial_sessions", {"date": day, "minutes": 55}, code=trial.code)
    noted = {"vu": seen, "quand": f"{day}T09:30", "qui": "self", "i_i1": outcome}
    noted["cle"] = f"00000000-0000-4000-8000-{trial.pk:012d}"
    _posted(slug, "trial_observe", noted, code=trial.code)


def _posted(slug: str, name: str, typed: Mapping[str, object], **where: object) -> None:
    """This form of this page, by this person; it is taken."""
    client = Client()
    client.force_login(User.objects.get(email=address_of(slug)))
    answer = client.post(reverse(name, kwargs=where), typed)
    assert answer.status_code == 302, answer.content.decode()


def close(walk: Walk) -> None:
    """What each trial shows; a negative result is a full one. Lyon's is given back by being so."""
    walk.at(2028, 2, 3)
    page = walk.be("enseignant-lille")
    page.goto("/tableau-de-bord/")
    page.goto(f"/essais/{walk.codes['trial']}/")
    walk.follow(page, "Évaluer et clore")
    _evaluate(page)
    walk.press(page, "Clore l’essai")
    walk.look(page, "closed")
    walk.shows(page, "L’essai est clos")
    for one in Trial.objects.filter(state=TrialState.AT_WORK).select_related("teacher"):
        slug = one.teacher.email.partition("@")[0]
        typed = EVALUATION | {"version": one.version, "acte": "clore"}
        _posted(slug, "trial_close", typed, code=one.code)
    walk.work()
    reader = walk.be("referent-lille")
    walk.go(reader, f"/essais/croises/{walk.codes[SHEETS]}/")
    walk.look(reader, "given")
    reader.locator("main table").first.get_by_role("link", name="Lyon", exact=True).click()
    walk.look(reader, "given")
    walk.shows(reader, "rendu", EVALUATION["conclusion"])


def _evaluate(page: Page) -> None:
    for name in ("verdict", "transferable"):
        page.locator(f"input[name={name}][value={EVALUATION[name]}] + label").click()
    for name in ("level", "school_type"):
        page.select_option(f"#id_{name}", EVALUATION[name])
    for name in ("conclusion", "gains_pupils", "adaptations", "equipment", "pupils"):
        page.fill(f"#id_{name}", EVALUATION[name])


STEPS = (
    plan_cross_tests,
    answer_the_requests,
    prepare_a_trial,
    observe_on_a_phone,
    try_in_other_classes,
    close,
)
