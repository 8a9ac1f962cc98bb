"""The pages of a campaign being prepared, from outside: forms keep what was typed."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.campaigns.entering import HERE, of, page
from tests.campaigns.factories import BriefFactory, CampaignFactory, ThemeFactory
from tests.campaigns.preparing import CLOSES, DAY, NOW, OPENS, opened, prepared, signed
from tests.campaigns.preparing import submitted as submitted_
from traam.campaigns import actions
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.signing import Side
from traam.kit.clock import PARIS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "at_now")]
Queries = Callable[[int], AbstractContextManager[object]]


# -- the list, the campaign


def test_list_says_what_blocks_each_campaign_and_who_must_act():
    made = submitted_()

    shown = page(of(made.pilot), HERE)

    assert "attend encore 4 choses" in shown
    assert "Le cahier des charges attend la signature de la DNE." in shown
    assert "Charlie" in shown


def test_list_tells_others_only_how_many_things_are_missing():
    made = prepared()

    shown = page(of(made.inspector), HERE)

    assert "attend encore 2 choses" in shown
    assert made.theme.title not in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_many_queries_for_three_campaigns_as_for_one(
    rows: int, django_assert_num_queries: Queries
) -> None:
    client = of(prepared(dates=None).pilot)
    for _ in range(rows - 1):
        BriefFactory(campaign=CampaignFactory(prepared=True))
    client.get(HERE)

    # The session, the account, its mandates and their limits; the count and the campaigns, their
    # milestones; for what blocks them: themes, briefs, signatures of both, people of the themes.
    with django_assert_num_queries(8):
        client.get(HERE)


def test_empty_list_teaches_what_will_be_there():
    made = prepared()
    Theme.objects.all().delete()
    Campaign.objects.all().delete()

    assert "Aucune campagne n’est menée ici" in page(of(made.pilot), HERE)


def test_campaign_is_a_line_with_today_on_it_and_the_hours_elsewhere(at_now):
    made = opened()
    at_now(OPENS + DAY)

    shown = page(of(made.pilot), f"{HERE}2026-2027/")

    assert shown.index("Ouverture de l’appel") < shown.index("aujourd’hui, ")
    assert shown.index("aujourd’hui, ") < shown.index("Clôture de l’appel")
    assert "Nouvelle-Calédonie" in shown


def test_campaign_shows_a_draft_to_those_who_write_it_only():
    made = prepared()
    path = f"{HERE}2026-2027/"

    assert made.theme.title in page(of(made.expert), path)
    assert made.theme.title not in page(of(made.inspector), path)
    assert "1 thème est encore écrit" in page(of(made.inspector), path)


def test_campaign_of_the_archive_is_led_nowhere():
    made = prepared()
    CampaignFactory(first_year=2010)

    assert of(made.pilot).get(f"{HERE}2010-2011/").status_code == 404


# -- prepared, calendar, rules


def test_pilot_prepares_a_campaign_copied_from_the_last():
    made = signed()

    shown = page(
        of(made.pilot),
        f"{HERE}nouvelle/",
        first_year="2027",
        length="1",
        copy_from="2026-2027",
        themes=[made.theme.code],
    )

    assert "La campagne 2027-2028 est en préparation." in shown
    assert Theme.objects.get(campaign__year="2027-2028").continues == made.theme


def test_years_that_exist_are_refused_and_what_was_typed_is_kept():
    made = prepared()

    answer = of(made.pilot).post(f"{HERE}nouvelle/", {"first_year": "2026", "length": "1"})

    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "La campagne 2026-2027 existe déjà" in shown
    assert 'value="2026"' in shown


def test_calendar_out_of_order_is_refused_and_what_was_typed_is_kept():
    made = prepared()
    typed = {"call_opens": "2026-05-01T18:00", "call_closes": "2026-04-01T18:00"}

    answer = of(made.pilot).post(f"{HERE}2026-2027/calendrier/", typed)

    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "doit venir après" in shown
    assert 'value="2026-05-01T18:00"' in shown
    assert made.again().campaign.calendar.opens_at == OPENS


def test_calendar_is_typed_in_paris_and_shown_elsewhere():
    made = prepared()
    client = of(made.pilot)
    typed = {"call_opens": "2026-04-01T18:00", "call_closes": "2026-05-01T18:00"}

    client.post(f"{HERE}2026-2027/calendrier/", typed)

    closes = made.again().campaign.calendar.closes_at
    assert closes is not None
    assert closes.isoformat() == "2026-05-01T16:00:00+00:00"
    assert "samedi 2 mai, 3\u00a0h" in page(client, f"{HERE}2026-2027/calendrier/")


def test_closing_of_an_open_call_moves_once_its_effect_is_read_and_its_reason_given():
    made = opened()
    client, address = of(made.pilot), f"{HERE}2026-2027/calendrier/"
    local = [at.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M") for at in (OPENS, CLOSES - DAY)]
    typed = dict(zip(("call_opens", "call_closes"), local, strict=True))

    first = client.post(address, typed)
    read = {"lu": re.findall('name="lu" value="([^"]+)"', first.content.decode())}
    second = client.post(address, typed | read)
    before = made.again().campaign.calendar.closes_at
    third = client.post(address, typed | read | {"reason": "Le jury siège plus tôt."})

    assert (first.status_code, second.status_code, third.status_code) == (400, 400, 302)
    effect, why = read["lu"]
    assert effect.replace("\u00a0", " ").startswith(
        "L’appel se clora le jeudi 16 avril 2026, 11 h 30, heure de Paris, et non plus le "
        "vendredi 17 avril 2026, 11 h 30, heure de Paris : 1 jour de moins pour toutes les "
        "académies."
    )
    assert why == "Il y faut un motif, en une phrase."
    assert "Le motif manque" in second.content.decode()
    assert (before, made.again().campaign.calendar.closes_at) == (CLOSES, CLOSES - DAY)


def test_reason_for_a_closing_is_asked_of_an_open_call_only():
    made = prepared()

    assert "Motif, si la clôture" not in page(of(made.pilot), f"{HERE}2026-2027/calendrier/")


def rules_data(**changes: str) -> dict[str, str]:
    numbers = {
        "academies_min": "4",
        "academies_max": "8",
        "themes_per_academy_max": "2",
        "duration_years": "1",
        "reviews_per_application": "3",
        "reviews_per_reviewer_max": "20",
        "disagreement": "4,5",
        "grace_hours": "48",
        "piece_max_mb": "20",
        "pieces_max": "10",
        "team_min": "3",
        "reply_days": "15",
        "acceptance_days": "7",
    }
    names = ("score", "rank", "served", "region", "overseas", "newcomer", "balance")
    weights = {f"weight_{name}": "1" for name in names}
    rows = {
        "criteres-TOTAL_FORMS": "2",
        "criteres-INITIAL_FORMS": "0",
        "criteres-0-key": "fit",
        "criteres-0-label": "Adéquation",
        "criteres-0-weight": "3",
        "criteres-0-maximum": "5",
        "criteres-1-label": "Élan, vigueur",
        "criteres-1-weight": "1",
        "criteres-1-maximum": "5",
        "engagements-TOTAL_FORMS": "2",
        "engagements-INITIAL_FORMS": "0",
        "engagements-0-key": "class",
        "engagements-0-label": "Essayer en classe.",
        "engagements-1-label": "",
    }
    return numbers | weights | rows | changes


def test_rules_are_typed_with_commas_and_new_rows_get_an_identity():
    made = prepared()

    page(of(made.pilot), f"{HERE}2026-2027/regles/", **rules_data())

    rules = made.again().campaign.call_rules
    assert rules.disagreement == 4.5
    assert [(one.key, one.weight) for one in rules.grid.criteria] == [
        ("fit", 3),
        ("elan_vigueur", 1),
    ]
    assert [one.key for one in rules.commitments] == ["class"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"academies_min": "9"}, "est sous le nombre minimal (9)"),
        ({"weight_rank": "-1"}, "(reçu : -1) va de 0 à 100"),
        ({"team_min": "beaucoup"}, "Donnez un nombre."),
        ({"criteres-0-weight": "-2"}, "le poids (reçu : « -2 »)"),
        ({"criteres-0-weight": ""}, "Critère 1, Poids : Donnez le poids."),
        ({"criteres-0-weight": "0", "criteres-1-weight": "0"}, "Tous les poids sont nuls"),
        ({"criteres-0-DELETE": "on", "criteres-1-DELETE": "on"}, "La grille demande une liste"),
        (
            {f"weight_{name}": "0" for name in ("score", "rank", "served", "region", "overseas")}
            | {"weight_newcomer": "0", "weight_balance": "0"},
            "Tous les poids du choix sont nuls",
        ),
    ],
)
def test_rules_that_contradict_themselves_are_refused_named_and_the_rest_is_kept(changes, said):
    made = prepared()

    answer = of(made.pilot).post(f"{HERE}2026-2027/regles/", rules_data(**changes))

    shown = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 400
    assert said in shown
    assert "Élan, vigueur" in shown
    assert 'value="48"' in shown
    assert made.again().campaign.rules == {}


def test_row_is_added_without_script_and_nothing_is_written():
    made = prepared()
    data = rules_data(**{"ajouter-criteres": "oui", "academies_min": "7"})

    answer = of(made.pilot).post(f"{HERE}2026-2027/regles/", data)

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="criteres-2-label"' in shown
    assert 'value="7"' in shown
    assert "à corriger" not in shown
    assert made.again().campaign.rules == {}


# -- the call


def test_page_of_the_call_says_what_opening_will_do_and_shows_the_letter():
    made = signed()
    client, path = of(made.pilot), f"{HERE}2026-2027/appel/"

    page(client, path, text="Chères académies,")
    shown = page(client, path)
    draft = client.get(f"{path}lettre.pdf")

    assert "Rien ne manque" in shown
    assert "Chères académies," in shown
    assert draft.content[:5] == b"%PDF-"


def test_call_is_taken_back_and_reopened_from_the_page_of_the_campaign(at_now):
    made = opened()
    at_now(CLOSES)
    actions.close_due(now=CLOSES)
    client, path = of(made.pilot), f"{HERE}2026-2027/"

    reopened = page(
        client, f"{path}appel/rouvrir/", reason="Tempête.", closes_at="2026-05-30T18:00"
    )
    taken = page(client, f"{path}appel/reprendre/", reason="Une erreur.")

    assert "L’appel est rouvert" in reopened
    assert "L’appel est repris" in taken
    assert "Tempête." in taken


def test_signing_shows_who_may_when_one_may_not():
    made = submitted_()
    actions.sign_text(text=made.theme, side=Side.IG, now=NOW, actor=made.inspector)

    shown = page(of(made.expert), f"/preparation/themes/{made.theme.code}/")

    assert "Signer pour" not in shown
    assert "Seul le pilotage national (DNE) peut signer ce thème pour la DNE" in shown


def test_page_of_a_theme_asks_as_many_queries_whatever_its_rows(django_assert_num_queries):
    made = signed()
    client = of(made.pilot)
    for _ in range(3):
        ThemeFactory(campaign=made.campaign, draft=True)
    path = f"/preparation/themes/{made.theme.code}/"
    client.get(path)

    # The session, the account, its mandates and their limits; the theme, its axes, terms and
    # adoptions; the versions, their signatures; the events; the people; whether it is public.
    with django_assert_num_queries(12):
        client.get(path)
