"""A campaign that moves in: a file of teams, then invitations in waves."""

import json
from datetime import timedelta

import pytest

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import NOW, TeamFactory, member, national
from tests.groups.setting import as_actor
from tests.vocabularies import vocabularies
from traam.access.roles import Role
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.groups import actions
from traam.groups.models import Member, Team
from traam.groups.queries.loading import to_invite, waves
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.together import answer
from traam.people.models import User
from traam.post.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    """Loaded from a file this autumn: of the archive, though its year runs."""
    vocabularies(now=NOW)
    made = CampaignFactory(
        year="2026-2027",
        first_year=2026,
        last_year=2027,
        is_archive=True,
        state=CampaignState.CLOSED,
    )
    ThemeFactory(campaign=made, title="Écrire à plusieurs", code="lettres-2026-2027-1")
    return made


def row(**given: str) -> dict[str, str]:
    told = {
        "year": "2026-2027",
        "theme": "Écrire à plusieurs",
        "academy": "Lille",
        "role": "enseignant",
        "mail": "alice.martin@ac-lille.fr",
        "name": "Alice Martin",
        "discipline": "Lettres",
        "school": "Collège des Essais",
        "level": "4e",
    }
    return told | given


ROWS = [
    row(role="référent"),
    row(mail="bob.durand@ac-lille.fr", name="Bob Durand"),
    row(mail="zoe.petit@ac-nantes.fr", name="Zoé Petit", academy="Nantes", role="inspecteur"),
]


def load(rows: list[dict[str, str]], *, dry_run: bool = False, actor=None) -> list[tuple]:
    report = actions.load_teams(
        content=json.dumps(rows).encode(),
        name="equipes.json",
        now=NOW,
        actor=actor,
        dry_run=dry_run,
    )
    return [(one.row, one.outcome.value) for one in report.rows]


def test_a_file_of_teams_makes_teams_members_and_mandates(campaign) -> None:
    assert load(ROWS) == [(1, "taken"), (2, "taken"), (3, "taken")]

    lille = Team.objects.get(academy__name="Lille")
    alice = User.objects.get(email="alice.martin@ac-lille.fr")
    assert as_actor(alice).allows("team.edit", lille.place())
    assert sorted(lille.members.values_list("role", "school", "level")) == [
        ("referent", "Collège des Essais", "4E"),
        ("teacher", "Collège des Essais", "4E"),
    ]
    campaign.refresh_from_db()
    assert (campaign.state, campaign.is_archive) == (CampaignState.AT_WORK, False)


def test_nobody_is_signed_in_nor_written_to_by_a_load(campaign) -> None:
    load(ROWS)

    assert not Message.objects.exists()
    assert set(User.objects.values_list("last_login", flat=True)) == {None}
    assert not any(one.has_usable_password() for one in User.objects.all())


def test_the_same_file_again_changes_nothing_but_refuses_the_same(campaign) -> None:
    rows = [*ROWS, row(theme="Inconnu")]
    assert load(rows)[-1] == (4, "refused")
    before = list(Member.objects.order_by("pk").values())

    assert load(rows) == [(1, "unchanged"), (2, "unchanged"), (3, "unchanged"), (4, "refused")]
    assert list(Member.objects.order_by("pk").values()) == before


def test_a_dry_run_says_the_same_and_writes_nothing(campaign) -> None:
    said = load(ROWS, dry_run=True)

    assert not Team.objects.exists()
    assert not User.objects.exists()
    assert said == load(ROWS)


def test_a_row_that_changed_brings_the_member_up_to_date(campaign) -> None:
    load(ROWS)

    assert load([row(role="référent", school="Lycée des Essais")]) == [(1, "taken")]
    alice = Member.objects.get(person__email="alice.martin@ac-lille.fr")
    assert alice.school == "Lycée des Essais"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"year": "2001-2002"}, "aucune campagne"),
        ({"theme": "Autre chose"}, "n’est pas un thème"),
        ({"academy": "Lile"}, "Lille"),
        ({"role": "pilote"}, "attendu"),
        ({"mail": "pas une adresse"}, "adresse électronique"),
        ({"mail": ""}, "attendu"),
        ({"name": " "}, "Champ « name »"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(campaign, given, said) -> None:
    report = actions.load_teams(
        content=json.dumps([row(**given), row(role="référent")]).encode(),
        name="equipes.json",
        now=NOW,
        actor=None,
        dry_run=False,
    )

    assert [one.outcome.value for one in report.rows] == ["refused", "taken"]
    assert said in " ".join(report.rows[0].reasons)


def test_a_word_that_is_not_known_is_mended_and_said(campaign) -> None:
    report = actions.load_teams(
        content=json.dumps([row(discipline="Xylophonie", mail="ALICE@AC-LILLE.FR")]).encode(),
        name="equipes.json",
        now=NOW,
        actor=None,
        dry_run=False,
    )

    assert report.rows[0].outcome.value == "mended"
    assert User.objects.get().email == "alice@ac-lille.fr"
    assert Member.objects.get().discipline == ""


def test_a_column_that_is_not_in_the_dictionary_is_refused_by_name(campaign) -> None:
    with pytest.raises(Refusal, match="telephone"):
        load([{**row(), "telephone": "0102030405"}])


def test_a_year_that_is_over_stays_in_the_archive(campaign) -> None:
    Campaign.objects.update(year="2020-2021", first_year=2020, last_year=2021)

    assert load([row(year="2020-2021")]) == [(1, "refused")]
    campaign.refresh_from_db()
    assert campaign.is_archive


def test_a_closed_account_is_refused_in_its_row(campaign) -> None:
    load(ROWS)
    Member.objects.all().delete()
    User.objects.filter(email="alice.martin@ac-lille.fr").update(is_active=False)

    assert load(ROWS) == [(1, "refused"), (2, "taken"), (3, "taken")]


def test_only_the_pilot_loads(campaign) -> None:
    with pytest.raises(NotAllowed):
        load(ROWS, actor=national(Role.DGESCO))

    assert load(ROWS, actor=national())[0] == (1, "taken")


def test_invitations_go_in_waves_referents_first_and_once(campaign) -> None:
    load(ROWS)
    campaign.refresh_from_db()
    pilot = national()

    assert actions.invite_wave(campaign=campaign, size=2, now=NOW, actor=pilot) == 2
    first = set(Message.objects.values_list("to", flat=True))
    assert first == set(Member.objects.exclude(role=Role.TEACHER).values_list("person", flat=True))
    later = NOW + timedelta(days=1)
    assert actions.invite_wave(campaign=campaign, size=50, now=later, actor=pilot) == 1
    assert actions.invite_wave(campaign=campaign, size=50, now=later, actor=pilot) == 0
    assert {one.kind for one in Message.objects.all()} == {"people/invitation"}
    assert [len(one.people) for one in answer(waves(NOW))] == [0]


def test_whoever_is_invited_is_counted_and_no_more_read(campaign) -> None:
    load(ROWS)
    campaign.refresh_from_db()
    actions.invite_wave(campaign=campaign, size=2, now=NOW, actor=national())

    members, left = next(to_invite(campaign, NOW))

    assert (list(members), len(left)) == ([3], 1)


def test_a_persona_of_the_demonstration_is_not_of_a_wave(campaign) -> None:
    load(ROWS)
    before = len(answer(waves(NOW))[0].people)
    one = answer(waves(NOW))[0].people[0]
    User.objects.filter(pk=one.pk).update(persona="essai")

    assert len(answer(waves(NOW))[0].people) == before - 1


def test_a_wave_of_nobody_is_refused_and_only_the_pilot_sends_one(campaign) -> None:
    with pytest.raises(Refusal, match="Une vague"):
        actions.invite_wave(campaign=campaign, size=0, now=NOW, actor=None)
    with pytest.raises(NotAllowed):
        actions.invite_wave(
            campaign=campaign,
            size=1,
            now=NOW,
            actor=member(TeamFactory(), Role.REFERENT),
        )
