"""`./traam invite`: the first pilot comes in, and what is refused."""

import pytest
import time_machine

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.config.cli.main import REFUSED, run
from traam.journal.models import Entry
from traam.people.models import User
from traam.people.queries import actor_for
from traam.post.models import Message

pytestmark = pytest.mark.django_db
PILOT = ["invite", "Alice@Exemple.invalid", "--name", "Alice", "--role", "pilot"]


@pytest.fixture(autouse=True)
def _today(now, settings, tmp_path):
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    with time_machine.travel(now, tick=False):
        yield


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def actor(now) -> Actor:
    return actor_for(User.objects.get(email="alice@exemple.invalid"), now.date())


def test_first_pilot_is_invited_and_may_prepare(capsys, now):
    code, out, err = told(PILOT, capsys)

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Compte ouvert : alice@exemple.invalid ; mandat donné : « pilote national·e (DNE) » "
        "(depuis le 20 mars 2026, sans fin fixée).",
        "L’invitation part avec le courrier, quand le service tourne. Pour entrer : "
        "http://127.0.0.1:8000/connexion/ (un code y est envoyé à cette adresse).",
    ]
    assert actor(now).may("people.invite")
    assert [message.kind for message in Message.objects.all()] == ["people/invitation"]
    acts = Entry.objects.filter(subject__regex="^(user|mandate):").order_by("pk")
    assert [(entry.verb, entry.actor) for entry in acts] == [
        ("people.invite", None),
        ("mandate.grant", None),
    ]


def test_same_invitation_twice_changes_nothing_and_says_so(capsys):
    told(PILOT, capsys)
    before = Entry.objects.count()

    code, out, _ = told(PILOT, capsys)

    assert (code, "rien n’a changé" in out) == (0, True)
    assert (Entry.objects.count(), Message.objects.count()) == (before, 1)


def test_account_of_before_receives_the_mandate(capsys, now):
    told(PILOT, capsys)

    words = ["invite", "alice@exemple.invalid", "--name", "Autre", "--role", "digital_delegate"]
    code, out, _ = told([*words, "--academy", "Lille", "-a", "17", "--from", "2026-03-01"], capsys)

    assert (code, "garde son nom" in out) == (0, True)
    given = next(each for each in actor(now).in_force if each.role is Role.DIGITAL_DELEGATE)
    assert (given.academies, given.starts_on.isoformat()) == ({"09", "17"}, "2026-03-01")
    assert User.objects.get(email="alice@exemple.invalid").name == "Alice"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["alice", "--name", "A", "--role", "pilot"], "doit être complète"),
        (["a@b.fr", "--name", " ", "--role", "pilot"], "Le nom affiché manque"),
        (["a@b.fr", "--name", "A", "--role", "rector"], "demande au moins une académie"),
        (["a@b.fr", "--name", "A", "--role", "rector", "-a", "Atlantide"], "n’existe pas"),
        (["a@b.fr", "--name", "A", "--role", "expert", "-d", "DANSE"], "MATHS"),
    ],
)
def test_refused_invitation_exits_1_and_writes_nothing(words, said, capsys):
    code, out, err = told(["invite", *words], capsys)

    assert (code, out) == (REFUSED, "")
    assert said in err
    assert (User.objects.count(), Message.objects.count()) == (0, 0)
