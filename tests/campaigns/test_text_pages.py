"""The pages of the texts of a call, from outside: two writers lose nothing, each signs one text."""

import pytest

from tests.campaigns.entering import HERE, facts_of, of, page, theme_data
from tests.campaigns.preparing import NOW, prepared, signed
from traam.campaigns import actions
from traam.campaigns.models import Signature
from traam.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "at_now")]


def test_two_writers_of_a_theme_see_both_texts_and_lose_nothing():
    made = prepared()
    actions.change_theme(
        theme=made.theme,
        facts=type(facts_of(made)).read(facts_of(made).content() | {"problem": "Leur texte."}),
        version=made.theme.version,
        now=NOW,
        actor=made.pilot,
    )
    client, path = of(made.expert), f"/preparation/themes/{made.theme.code}/modifier/"

    answer = client.post(path, theme_data(made, problem="Mon texte."))
    shown = answer.content.decode()

    assert answer.status_code == 400
    assert "Alice" in shown
    assert "Leur" in shown
    assert "Mon texte." in shown
    assert made.again().theme.problem == "Leur texte."
    client.post(path, theme_data(made, problem="Les deux."))  # over what is there now
    assert made.again().theme.problem == "Les deux."


def test_two_writers_of_the_brief_see_both_texts():
    made = prepared()
    words = {"campaign": made.campaign, "now": NOW, "actor": made.pilot}
    actions.write_brief(text="Leur texte.", version=made.brief.version, **words)

    answer = of(made.expert).post(
        f"{HERE}2026-2027/cahier-des-charges/modifier/",
        {"text": "Mon texte.", "version": made.brief.version},
    )

    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "De leur texte au vôtre" in shown
    assert made.again().brief.text == "Leur texte."


def test_preview_writes_nothing():
    made = prepared()

    shown = page(
        of(made.pilot),
        f"{HERE}2026-2027/cahier-des-charges/modifier/",
        text="**Gras** <script>x</script>",
        version=made.brief.version,
        apercu="oui",
    )

    assert "<strong>Gras</strong>" in shown
    assert "<script>x" not in shown
    assert made.again().brief.text.startswith("## Ce que")


def test_axis_left_empty_or_taken_away_does_not_count():
    made = prepared()
    data = theme_data(made, **{"axes-TOTAL_FORMS": "3", "axes-0-DELETE": "on", "axes-2-label": ""})

    of(made.expert).post(f"/preparation/themes/{made.theme.code}/modifier/", data)

    assert [axis.title for axis in made.again().theme.axes.all()] == ["Représenter"]


def test_who_signs_again_sees_the_difference_word_by_word():
    made = signed()
    actions.change_theme(
        theme=made.theme,
        facts=type(facts_of(made)).read(facts_of(made).content() | {"title": "Raisonner sans"}),
        version=made.theme.version,
        now=NOW,
        actor=made.expert,
    )
    actions.submit_text(text=made.theme, now=NOW, actor=made.expert)

    shown = page(of(made.inspector), f"/preparation/themes/{made.theme.code}/")

    assert "Ce qui diffère du dernier texte signé" in shown
    assert "sans" in shown[shown.index("<ins>") : shown.index("</ins>")]
    assert "avec des données" in shown[shown.index("<del>") : shown.index("</del>")]


def test_theme_is_submitted_and_signed_from_its_page():
    made = prepared()
    path = f"/preparation/themes/{made.theme.code}/"

    page(of(made.expert), f"{path}soumettre/", go="1")
    shown = page(of(made.inspector), path)
    digest = shown.split('name="digest" value="')[1][:64]
    signed_page = page(of(made.inspector), f"{path}signer/", side="ig", digest=digest)

    assert "est signé pour l’inspection générale" in signed_page
    assert made.again().theme.state == "signed_once"
    assert Signature.objects.get().side == "ig"


def test_act_that_wants_a_reason_asks_for_it_again_and_does_nothing():
    made = prepared()

    answer = of(made.pilot).post(f"/preparation/themes/{made.theme.code}/retirer/", {"reason": ""})

    assert answer.status_code == 400
    assert "Dites pourquoi" in answer.content.decode()
    assert made.again().theme.state == "draft"


def test_pilot_names_someone_on_a_theme_and_takes_them_off():
    made = prepared()
    person = User.objects.create_user(email="dan@exemple.invalid", name="Dan")
    path = f"/preparation/themes/{made.theme.code}/personnes/"
    client = of(made.pilot)

    page(client, path, role="expert", email="dan@exemple.invalid", academy="09")
    mandate = person.mandates.get()
    scopes = {(one.kind, one.code) for one in mandate.scopes.all()}
    shown = page(client, f"{path}{mandate.pk}/terminer/", go="1")

    assert scopes == {("theme", made.theme.code), ("academy", "09")}
    assert "Dan n’est plus sur ce thème" in shown


def test_address_without_account_is_refused_by_its_name():
    made = prepared()

    answer = of(made.pilot).post(
        f"/preparation/themes/{made.theme.code}/personnes/",
        {"role": "expert", "email": "inconnu@exemple.invalid"},
    )

    assert answer.status_code == 400
    assert "« inconnu@exemple.invalid »" in answer.content.decode().replace("\u00a0", " ")


def test_expert_names_nobody():
    made = prepared()

    path = f"/preparation/themes/{made.theme.code}/personnes/"

    assert of(made.expert).get(path).status_code == 403


@pytest.mark.parametrize("name", ["calendrier/", "regles/", "appel/", "appel/lettre.pdf"])
def test_settings_are_for_the_pilot(name):
    made = prepared()

    answer = of(made.expert).get(f"{HERE}2026-2027/{name}")

    assert answer.status_code == 403
    assert "pilotage national" in answer.content.decode()
