"""A production from its first word to its validation, and every step back."""

import pytest

from tests.groups.factories import DueFactory, MemberFactory, TeamFactory
from tests.people.factories import UserFactory
from tests.productions.factories import CoAuthorFactory, ProductionFactory
from tests.productions.setting import NOW, TO_PUBLISH
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.models import Done
from traam.groups.rules.life import TeamState
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import User
from traam.people.queries import actor_for
from traam.post.models import Message
from traam.productions import actions
from traam.productions.models import Production, ProductionEvent
from traam.productions.queries.reading import READ
from traam.productions.rules.life import ProductionState
from traam.productions.verbs import VERBS
from traam.reference.queries import shipped_vocabulary

pytestmark = pytest.mark.django_db
P = ProductionState


@pytest.fixture(autouse=True)
def _people_first(world):
    """The people are there before what they are told of."""
    assert world.inspector.person
    assert world.expert.person


def told(kind: str) -> set[int | None]:
    return set(Message.objects.filter(kind=f"productions/{kind}").values_list("to", flat=True))


# -- begun


@pytest.mark.parametrize("kind", [one.code for one in shipped_vocabulary().terms("kinds")])
def test_production_of_every_kind_may_be_begun(world, kind):
    made = world.begin(kind=kind, title="  Un  titre ")

    assert (made.kind, made.state, made.title) == (kind, P.DRAFT, "Un titre")
    assert made.licence == "cc-by-sa-4.0"
    assert [one.person_id for one in made.authors.all()] == [world.referent.person]


def test_kinds_of_the_rules_are_all_there():
    known = {one.label.lower() for one in shipped_vocabulary().terms("kinds")}

    assert known >= {
        *("scénario", "synthèse", "outil ou banque de ressources", "capsule vidéo", "infographie"),
        *("carte heuristique", "parcours de formation", "texte réflexif", "jeu", "recueil"),
    }


def test_kind_that_is_none_is_refused(world):
    with pytest.raises(Refusal, match="« poème »"):
        world.begin(kind="poème")


def test_codes_are_numbered_within_the_team(world):
    codes = [world.begin().code for _ in range(3)]

    assert codes == [f"{world.team.code}-{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("who", ["inspector", "expert", "fellow", "stranger", "pilot"])
def test_only_its_people_begin_for_a_team(world, who):
    with pytest.raises(NotAllowed):
        world.begin(actor=getattr(world, who))


def test_team_that_has_ended_begins_nothing(world):
    world.team.state = TeamState.COMPLETED
    world.team.save(update_fields=["state"])

    with pytest.raises(Refusal, match="ne travaille plus"):
        world.begin()


# -- shared, proposed, validated


def test_way_from_draft_to_validated_tells_each_in_turn(world):
    made = world.validated()

    assert (made.state, made.shared_at) == (P.VALIDATED, NOW)
    assert told("proposed") == {world.inspector.person}
    assert told("validated") == {world.referent.person}
    assert told("to_publish") == {world.expert.person}


@pytest.mark.parametrize("name", ["share", "propose", "validate"])
def test_act_done_twice_is_done_once(world, name):
    ready = {"share": world.sharable, "propose": world.publishable, "validate": world.proposed}
    who = world.inspector if name == "validate" else world.referent
    made = ready[name]()

    for _ in range(2):
        made = getattr(actions, name)(production=made, now=NOW, actor=who)

    assert Entry.objects.filter(verb=f"production.{name}").count() == 1


def test_sharing_says_all_that_lacks(world):
    made = world.write(world.begin(), title="Un titre")

    with pytest.raises(Refusal) as refused:
        actions.share(production=made, now=NOW, actor=world.referent)

    assert len(refused.value.reasons) == 7
    assert world.again(made).state == P.DRAFT


def test_proposing_says_all_that_publication_asks(world):
    with pytest.raises(Refusal) as refused:
        actions.propose(production=world.shared(), now=NOW, actor=world.referent)

    assert refused.value.reasons == [
        "« Résumé pour les non-spécialistes » est à remplir.",
        "« Version du programme » est à remplir.",
        "Dites au moins une compétence, transversale ou disciplinaire.",
        "Joignez au moins un fichier, ou donnez un lien.",
    ]


def test_draft_may_be_proposed_at_once_and_is_then_shared(world):
    made = world.write(world.sharable(), **TO_PUBLISH)
    actions.add_link(production=made, url="https://exemple.fr/a", now=NOW, actor=world.referent)

    proposed = actions.propose(production=made, now=NOW, actor=world.referent)

    assert (proposed.state, proposed.shared_at) == (P.PROPOSED, NOW)


BACK = {
    "unshare": ("shared", "referent", P.DRAFT),
    "take_back": ("proposed", "referent", P.SHARED),
    "send_back": ("proposed", "inspector", P.SHARED),
}


@pytest.mark.parametrize("name", BACK)
def test_every_step_has_its_counter_act_with_a_reason(world, name):
    ready, who, state = BACK[name]
    made, actor = getattr(world, ready)(), getattr(world, who)

    with pytest.raises(Refusal, match="motif manque"):
        getattr(actions, name)(production=made, reason=" ", now=NOW, actor=actor)
    back = getattr(actions, name)(production=made, reason="La durée manque.", now=NOW, actor=actor)

    assert back.state == state
    assert ProductionEvent.objects.filter(reason="La durée manque.").exists()


def test_expert_sends_back_what_was_validated_and_the_team_reads_why(world):
    made = world.validated()

    actions.send_back(production=made, reason="Créditer la carte.", now=NOW, actor=world.expert)

    assert world.again(made).state == P.SHARED
    assert told("returned") == {world.referent.person}
    message = Message.objects.get(kind="productions/returned")
    assert message.params["reason"] == "Créditer la carte."


def test_withdrawn_without_notice_then_restored(world):
    made = actions.withdraw(
        production=world.shared(), reason="Doublon.", now=NOW, actor=world.referent
    )
    assert made.state == P.WITHDRAWN
    assert (
        actions.withdraw(production=made, reason="Doublon.", now=NOW, actor=world.pilot).state
        == P.WITHDRAWN
    )

    back = actions.restore(production=made, reason="Non.", now=NOW, actor=world.expert)

    assert back.state == P.DRAFT
    assert (
        told("withdrawn")
        == told("restored")
        == {
            world.referent.person,
            world.inspector.person,
        }
    )


def test_production_with_a_notice_is_withdrawn_with_it_only(world):
    made = world.validated()
    actions.mark_published(production=made, ark="t000000x", now=NOW, actor=world.expert)

    with pytest.raises(Refusal, match="notice publique"):
        actions.withdraw(production=made, reason="Non.", now=NOW, actor=world.pilot)


@pytest.mark.parametrize("state", list(ProductionState))
@pytest.mark.parametrize("name", ["share", "propose", "validate", "open_version"])
def test_act_starts_only_from_its_own_states(world, state, name):
    made = world.validated()
    Production.objects.filter(pk=made.pk).update(state=state, ark="t000000x", published_at=NOW)
    sources = {
        "share": {P.DRAFT, P.SHARED},
        "propose": {P.DRAFT, P.SHARED, P.PROPOSED},
        "validate": {P.PROPOSED, P.VALIDATED},
        "open_version": {P.PUBLISHED, P.SHARED},
    }

    if state in sources[name]:
        getattr(actions, name)(production=made, now=NOW, actor=None)
    else:
        with pytest.raises(MoveRefused):
            getattr(actions, name)(production=made, now=NOW, actor=None)


@pytest.mark.parametrize(
    ("name", "ready", "may"),
    [
        ("share", "sharable", {"referent", "teacher"}),
        ("propose", "publishable", {"referent"}),
        ("validate", "proposed", {"inspector"}),
    ],
)
def test_act_belongs_to_its_role(world, name, ready, may):
    for who in ("referent", "teacher", "inspector", "expert", "fellow", "stranger", "pilot"):
        made = getattr(world, ready)()
        act = getattr(actions, name)
        if who in may:
            act(production=made, now=NOW, actor=getattr(world, who))
        else:
            with pytest.raises(NotAllowed):
                act(production=made, now=NOW, actor=getattr(world, who))


def test_journal_says_every_act_in_french(world):
    world.validated()

    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {one for one in verbs if one.startswith("production.")} <= set(VERBS)
    assert Entry.objects.filter(subject__startswith="production:").exists()


# -- who reads


READERS = {
    P.DRAFT: {"referent", "teacher", "inspector"},
    P.SHARED: {"referent", "teacher", "inspector", "expert", "fellow"},
    P.PROPOSED: {"referent", "teacher", "inspector", "expert", "fellow"},
    P.VALIDATED: {"referent", "teacher", "inspector", "expert", "fellow"},
    P.PUBLISHED: {"referent", "teacher", "inspector", "expert", "fellow", "stranger", "pilot"},
    P.WITHDRAWN: {"referent", "teacher", "inspector"},
}


@pytest.mark.parametrize("state", list(ProductionState))
@pytest.mark.parametrize("ark", ["", "t000000x"], ids=["never published", "with a notice"])
def test_list_and_page_agree_on_who_reads(world, state, ark):
    """A new version being written is not read by everyone because the former one was published."""
    if state == P.PUBLISHED and not ark:
        ark = "t000000y"
    made = ProductionFactory(team=world.team, state=state, ark=ark, published_at=NOW)
    for who in ("referent", "teacher", "inspector", "expert", "fellow", "stranger", "pilot"):
        actor = getattr(world, who)
        listed = Production.objects.over_which(actor, READ).filter(pk=made.pk).exists()
        assert listed is actor.allows(READ, made.place()), who
        assert listed is (who in READERS[state]), who


# -- authors


def test_author_of_another_team_of_the_group_writes_with_the_team(world):
    made, fellow = world.begin(), world.fellow
    person = User.objects.get(pk=fellow.person)

    for _ in range(2):
        actions.add_author(production=made, person=person, now=NOW, actor=world.referent)

    assert made.authors.count() == 2
    assert world.write(made, actor=fellow, aim="Écrit à deux équipes").aim
    actions.remove_author(production=made, person=person, now=NOW, actor=world.referent)
    with pytest.raises(NotAllowed):
        world.write(made, actor=fellow, aim="Non")


def test_author_from_outside_the_group_is_refused(world):
    made = world.begin()
    outside = MemberFactory(team=TeamFactory()).person

    for person in (outside, UserFactory()):
        with pytest.raises(Refusal, match="aucune équipe"):
            actions.add_author(production=made, person=person, now=NOW, actor=world.referent)


def test_last_author_stays(world):
    made = world.begin()
    person = User.objects.get(pk=world.referent.person)

    with pytest.raises(Refusal, match="au moins un auteur"):
        actions.remove_author(production=made, person=person, now=NOW, actor=world.referent)


def test_two_referents_and_two_inspectors_act_each_alone(world):
    second = actor_for(MemberFactory(team=world.team, role=Role.REFERENT).person, NOW.date())
    other: Actor = actor_for(MemberFactory(team=world.team, role=Role.INSPECTOR).person, NOW.date())
    made = actions.propose(production=world.publishable(), now=NOW, actor=second)

    assert told("proposed") == {world.inspector.person, other.person}
    assert actions.validate(production=made, now=NOW, actor=other).state == P.VALIDATED


def test_author_who_left_every_team_is_no_writer(world):
    made = ProductionFactory(team=world.team)
    gone = CoAuthorFactory(production=made).person

    with pytest.raises(NotAllowed):
        world.write(made, actor=actor_for(gone, NOW.date()), aim="x")


def test_sharing_meets_the_due_date_that_asks_for_it(world) -> None:
    due = DueFactory(group=world.team.group, key="shared")

    world.shared()

    assert [one.team for one in Done.objects.filter(due=due)] == [world.team]
