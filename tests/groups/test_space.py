"""What a group and a team keep, and the mail that says what was written."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.groups.factories import (
    NOW,
    TODAY,
    DocumentFactory,
    MemberFactory,
    MessageFactory,
    NationalGroupFactory,
    PointFactory,
    TeamFactory,
    leader,
    member,
    national,
)
from tests.groups.setting import as_actor, mail
from traam.access.roles import Role
from traam.groups.actions import space as actions
from traam.groups.actions.space import Brought
from traam.groups.models import Document, Message
from traam.groups.queries.space import (
    POINTS_SHOWN,
    documents_of,
    nearest_actions,
    points_of,
    points_page,
    threads_of,
)
from traam.groups.rules.life import Heading, PointKind
from traam.groups.rules.space import Heard, digest_of
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message as Mail

PDF = Brought(
    content=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", name="Compte rendu.pdf"
)


@pytest.mark.django_db
def test_points_are_in_the_order_in_which_one_needs_them_a_page_at_a_time() -> None:
    group = NationalGroupFactory()
    action = {"group": group, "kind": PointKind.ACTION, "owner": MemberFactory().person}
    later = PointFactory(**action, due_on=TODAY + timedelta(days=9))
    done = PointFactory(**action, due_on=TODAY, done_at=NOW, added_at=NOW)
    undated = PointFactory(**action, due_on=None)
    decided = PointFactory(group=group, kind=PointKind.DECISION, added_at=NOW - timedelta(days=1))
    sooner = PointFactory(**action, due_on=TODAY + timedelta(days=1))
    PointFactory()

    assert list(points_of(group)) == [sooner, later, undated, done, decided]
    assert nearest_actions(group) == [sooner, later, undated, done]
    PointFactory.create_batch(POINTS_SHOWN, group=group, kind=PointKind.DECISION)
    assert [len(points_page(group, page=page)) for page in (None, "2", "9")] == [POINTS_SHOWN, 5, 5]


def test_a_digest_says_how_many_and_where_and_no_word_of_them() -> None:
    heard = [Heard("le groupe « A »", 1), Heard("le groupe « A »", 2), Heard("l’équipe « B »", 2)]

    assert digest_of(heard, reader=1) == {
        "count": 2,
        "spaces": "1 message dans le groupe « A », 1 message dans l’équipe « B »",
    }
    assert digest_of(heard[:1], reader=1) == {}


def document(space, **given) -> Document:
    whole = {
        "heading": Heading.REPORT,
        "title": "Bilan",
        "brought": None,
        "link": "https://exemple.fr/bilan",
        "now": NOW,
        "actor": None,
    } | given
    return actions.add_document(space=space, **whole)


def message(space, actor, **given) -> Message:
    whole = {"subject": "Objet", "text": "Texte.", "key": uuid4(), "now": NOW} | given
    return actions.write_message(space=space, actor=actor, **whole)


@pytest.mark.django_db
class TestSpace:
    """Documents, points and messages."""

    def test_documents_are_kept_by_heading(self) -> None:
        group = NationalGroupFactory()
        expert = leader(group)
        document(group, actor=expert)
        document(group, actor=expert, brought=PDF, link="", heading=Heading.REMOTE)

        assert [(one.value, len(rows)) for one, rows in documents_of(group)] == [
            ("remote", 1),
            ("report", 1),
        ]

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"link": ""}, "l’un ou l’autre"),
            ({"brought": PDF}, "l’un ou l’autre"),
            ({"link": "ftp://exemple.fr"}, "adresse complète"),
            ({"title": " "}, "titre est attendu"),
            ({"link": "", "brought": Brought(content=PDF.content, name="image.png")}, r"\.pdf"),
            ({"link": "", "brought": Brought(content=b"\x00\x01", name="image.png")}, "reconnu"),
        ],
    )
    def test_a_document_that_cannot_be_kept_is_refused(self, given, said) -> None:
        with pytest.raises(Refusal, match=said):
            document(TeamFactory(), **given)

        assert not Document.objects.exists()

    def test_a_withdrawn_document_is_listed_no_more_until_it_is_put_back(self) -> None:
        kept = DocumentFactory()

        actions.withdraw_document(document=kept, now=NOW, actor=None)
        assert documents_of(kept.group) == []
        actions.put_back_document(document=kept, now=NOW, actor=leader(kept.group))

        assert len(documents_of(kept.group)) == 1

    def test_a_teacher_keeps_no_document_of_the_group(self) -> None:
        team = TeamFactory()

        for space in (team.group, team):
            with pytest.raises(NotAllowed):
                document(space, actor=member(team))

    def test_the_one_in_charge_of_an_action_says_it_is_done(self) -> None:
        team = TeamFactory()
        one = MemberFactory(team=team)
        point = actions.add_point(
            space=team,
            kind=PointKind.ACTION,
            text="Relire la grille.",
            owner=one.person,
            due_on=TODAY + timedelta(days=7),
            now=NOW,
            actor=member(team, Role.REFERENT),
        )

        with pytest.raises(NotAllowed):
            actions.finish_point(point=point, now=NOW, actor=member(team))
        actions.finish_point(point=point, now=NOW, actor=as_actor(one.person))

        assert points_of(team)[0].done_at == NOW
        actions.reopen_point(point=point, now=NOW, actor=as_actor(one.person))
        assert points_of(team)[0].done_at is None

    def test_a_decision_is_not_to_do_and_an_action_is_not_due_in_the_past(self) -> None:
        decided = PointFactory(kind=PointKind.DECISION)
        with pytest.raises(Refusal, match="elle est prise"):
            actions.finish_point(point=decided, now=NOW, actor=None)

        with pytest.raises(Refusal, match="déjà passée"):
            actions.add_point(
                space=decided.group,
                kind=PointKind.ACTION,
                text="Trop tard.",
                owner=None,
                due_on=TODAY - timedelta(days=1),
                now=NOW,
                actor=None,
            )

    def test_a_message_sent_twice_is_one(self) -> None:
        team = TeamFactory()
        someone, key = member(team), uuid4()

        assert message(team, someone, key=key) == message(team, someone, key=key)

    def test_answers_join_the_first_message(self) -> None:
        team = TeamFactory()
        first = message(team, member(team))
        second = message(team, member(team), answers=first, subject="")
        message(team, member(team), answers=second, subject="")

        (thread,) = threads_of(team, page=None)
        assert [one.answers for one in thread.replies.all()] == [first, first]

    def test_a_message_of_elsewhere_is_not_answered_here(self) -> None:
        team = TeamFactory()

        with pytest.raises(Refusal, match="un autre espace"):
            message(team, member(team), answers=MessageFactory(), subject="")

    def test_a_teacher_writes_to_the_team_and_not_to_the_group(self) -> None:
        team = TeamFactory()
        teacher = member(team)

        message(team, teacher)
        with pytest.raises(NotAllowed):
            message(team.group, teacher)

    def test_a_message_is_withdrawn_by_its_writer_or_with_a_reason(self) -> None:
        team = TeamFactory()
        writer, referent = member(team), member(team, Role.REFERENT)
        one, other = message(team, writer), message(team, writer)

        actions.withdraw_message(message=one, reason="", now=NOW, actor=writer)
        with pytest.raises(Refusal, match="motif manque"):
            actions.withdraw_message(message=other, reason="", now=NOW, actor=referent)
        with pytest.raises(NotAllowed):
            actions.withdraw_message(message=other, reason="Non.", now=NOW, actor=member(team))

        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.withdrawn_at, other.withdrawn_at) == (NOW, None)

    def test_a_message_is_put_back_with_the_right_that_withdrew_it(self) -> None:
        team = TeamFactory()
        writer, referent = member(team), member(team, Role.REFERENT)
        own, others = message(team, writer), message(team, writer)
        actions.withdraw_message(message=own, reason="", now=NOW, actor=writer)
        actions.withdraw_message(message=others, reason=" Hors sujet. ", now=NOW, actor=referent)
        others.refresh_from_db()
        assert (others.withdrawn_by_id, others.withdrawn_for) == (referent.person, "Hors sujet.")

        for kept, stranger in ((own, referent), (others, writer)):
            with pytest.raises(NotAllowed):
                actions.put_back_message(message=kept, now=NOW, actor=stranger)
        keeper = member(team, Role.REFERENT)
        for kept, actor in ((own, writer), (others, keeper), (others, keeper)):
            actions.put_back_message(message=kept, now=NOW, actor=actor)

        rows = Message.objects.values_list("withdrawn_at", "withdrawn_by", "withdrawn_for")
        assert set(rows) == {(None, None, "")}
        noted = Entry.objects.filter(verb="space.put_back_message")
        assert noted.count() == 2
        assert "Hors sujet" not in str(list(Entry.objects.values_list("before", "after")))

    def test_what_was_written_goes_in_one_mail_a_day_to_each_reader(self) -> None:
        team = TeamFactory()
        writer, expert = member(team, Role.REFERENT), leader(team.group)
        reader = MemberFactory(team=TeamFactory(group=team.group))
        message(team.group, writer)
        message(team, writer)
        message(team, writer, subject="Retiré")
        actions.withdraw_message(
            message=Message.objects.latest("pk"), reason="", now=NOW, actor=writer
        )
        national()
        tomorrow = NOW + timedelta(days=1)

        assert actions.send_digests(now=NOW) == 0
        actions.send_digests(now=tomorrow)
        actions.send_digests(now=tomorrow + timedelta(hours=1))

        assert sorted(mail("digest")) == sorted([expert.person, reader.person_id])
        assert [one.params["count"] for one in Mail.objects.filter(kind="groups/digest")] == [1, 1]
        actions.send_digests(now=tomorrow + timedelta(days=1))
        assert len(mail("digest")) == 2
