"""Files joined to an application: checked, named when refused, kept where they were deposited."""

import pytest

from tests.applications.browsing import client_of
from tests.applications.factories import ExaminerFactory, OpenThemeFactory
from tests.applications.world import World, actor, holding, verbs
from tests.documents.factories import SAMPLES, archive
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.models import Deposit, Piece
from traam.applications.rules.life import Standing
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.documents.actions import withhold
from traam.documents.models import StoredFile
from traam.documents.queries import open_bytes
from traam.kit.refusals import NotAllowed, Refusal


def join(world: World, made, now, name="a.pdf", content=None, by=None):
    return actions.add_piece(
        application=made,
        content=SAMPLES[name] if content is None else content,
        name=name,
        label="Accord du chef d’établissement",
        now=now,
        actor=actor(by or world.author),
    )


@pytest.mark.parametrize("name", ["a.pdf", "a.odt", "a.docx", "a.png", "a.jpg", "a.webp"])
def test_piece_of_an_accepted_type_is_joined(world: World, now, name: str) -> None:
    made = world.begun(now)

    piece = join(world, made, now, name)

    with open_bytes(piece.file.digest) as stored:
        size = len(stored.read())
    assert (piece.name, piece.file.size, piece.added_by) == (name, size, world.author)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", SAMPLES["a.odt"], "son contenu est ODT, son nom doit finir par .odt"),
        ("a.pdf", b"", "il est vide"),
        ("a.zip", None, "c’est un fichier ZIP"),
        ("a.mp3", None, "types acceptés"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(21_000_000), "il pèse 21"),
        (
            "a.odt",
            archive(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.text",
                    "content.xml": bytes(40 * 2**20),
                }
            ),
            "bombe",
        ),
    ],
)
def test_piece_that_lies_weighs_or_swells_is_refused_and_named(
    world: World, now, name: str, content: bytes | None, words: str
) -> None:
    made = world.begun(now)

    with pytest.raises(Refusal, match=words) as refused:
        join(world, made, now, name, content)

    assert all(f"« {name} »" in reason for reason in refused.value.reasons)
    assert (Piece.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert verbs() == ["application.begin"]


def test_weight_is_the_campaigns(world: World, now) -> None:
    world.campaign.rules = {"piece_max_mb": 1}
    world.campaign.save()

    with pytest.raises(Refusal, match="la limite est de 1\xa0Mo"):
        join(world, world.begun(now), now, content=b"%PDF-1.7\n" + bytes(1_000_000))


def test_number_of_pieces_is_the_campaigns(world: World, now) -> None:
    world.campaign.rules = {"pieces_max": 1}
    world.campaign.save()
    made = world.begun(now)
    join(world, made, now)

    with pytest.raises(Refusal, match="1 pièce au plus"):
        join(world, made, now, "a.odt")


def test_piece_joined_twice_is_one(world: World, now) -> None:
    made = world.begun(now)

    assert join(world, made, now) == join(world, made, now)
    assert verbs().count("application.add_piece") == 1


def test_piece_taken_away_leaves_its_trace_and_stays_in_what_was_deposited(world, now) -> None:
    made = world.complete(now)
    piece = join(world, made, now)
    for act, by in (("submit", world.author), ("agree", world.inspector)):
        getattr(actions, act)(application=made, now=now, actor=actor(by))
    world.endorse(now, made.code)
    actions.send_back(application=made, reason="Autre pièce.", now=now, actor=actor(world.dan))

    for _ in range(2):
        actions.remove_piece(piece=piece, now=now, actor=actor(world.author))

    piece.refresh_from_db()
    assert piece.removed_at == now
    (kept,) = Deposit.objects.get().content["pieces"]
    assert kept["digest"] == piece.file.digest
    assert verbs().count("application.remove_piece") == 1
    assert join(world, made, now) != piece


def test_stranger_joins_nothing(world: World, now) -> None:
    with pytest.raises(NotAllowed):
        join(world, world.begun(now), now, by=world.coauthor)


def take(user, deposit, digest: str):
    """The answer to whoever asks for a piece of this deposit."""
    return client_of(user).get(
        f"/candidatures/{deposit.application.code}/depots/{deposit.number}/{digest}/"
    )


def status(user, deposit, digest: str) -> int:
    answer = take(user, deposit, digest)
    answer.getvalue()  # to its end, which closes the file
    return answer.status_code


def test_deposited_piece_is_given_inert_even_once_it_was_taken_away(world: World, now) -> None:
    deposit, digest = deposited(world, now)
    Piece.objects.update(removed_at=now)

    answer = take(world.dan, deposit, digest)

    assert b"".join(answer.streaming_content) == SAMPLES["a.pdf"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_deposited_piece_is_given_to_who_may_judge_it_and_to_nobody_else(world: World, now) -> None:
    deposit, digest = deposited(world, now)
    judges = [holding(Role.EXPERT, theme=world.theme.code) for _ in range(3)]
    for judge, standing in zip(judges, (Standing.CLEAR, Standing.PINNED), strict=False):
        ExaminerFactory(application=deposit.application, person=judge, standing=standing)
    before = [status(one, deposit, digest) for one in judges]
    Campaign.objects.update(state=CampaignState.CALL_CLOSED)

    after = [status(one, deposit, digest) for one in judges]

    assert (before, after) == ([404, 404, 404], [200, 404, 404])
    assert status(World().author, deposit, digest) == 404


def test_file_that_is_not_of_this_deposit_is_not_given(world: World, now) -> None:
    deposit, digest = deposited(world, now)
    other = world.begun(now, theme=OpenThemeFactory(campaign=world.campaign))
    later = join(world, other, now, "a.odt")

    assert status(world.author, deposit, later.file.digest) == 404
    deposit.number += 1
    assert status(world.author, deposit, digest) == 404


def test_deposited_piece_that_is_withheld_is_not_given(world: World, now) -> None:
    deposit, digest = deposited(world, now)
    withhold(digest=digest, reason="visage", now=now)

    assert status(world.author, deposit, digest) == 404


def deposited(world: World, now) -> tuple[Deposit, str]:
    """A deposit with one piece, and the digest of its bytes."""
    made = world.complete(now)
    piece = join(world, made, now)
    actions.submit(application=made, now=now, actor=actor(world.author))
    actions.agree(application=made, now=now, actor=actor(world.inspector))
    world.endorse(now, made.code)
    return Deposit.objects.get(application=made), piece.file.digest
