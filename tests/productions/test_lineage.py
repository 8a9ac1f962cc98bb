"""« Reprise »: the link is kept, what was adapted is said, and nothing ever comes from itself."""

import pytest

from tests.productions.factories import ProductionFactory, RepriseFactory
from tests.productions.setting import NOW
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions import actions
from traam.productions.models import Production, Reprise
from traam.productions.queries.lineage import edges, lineage_of, sources_of
from traam.productions.queries.reading import values_of, whole
from traam.productions.rules.lineage import loops

pytestmark = pytest.mark.django_db


def take_up(world, source, **given):
    wanted = {"team": world.other_team, "now": NOW, "actor": world.fellow} | given
    return actions.take_up(source=source, **wanted)


def said(production):
    return values_of(whole(Production.objects.all()).get(pk=production.pk))


@pytest.mark.parametrize("code", ["SVT", "MATHS", None])
def test_another_team_starts_from_what_a_production_says(world, code):
    source = world.publishable()
    if code is not None:  # the discipline of the theme, in which a production begins
        world.team.group.theme.terms.create(scheme="disciplines", code=code, label=code)

    made = take_up(world, source, adapted="En 5e, une séance de moins.")

    assert said(made) == said(source)
    assert (made.team, made.state, made.links.count()) == (world.other_team, "draft", 0)
    (link,) = Reprise.objects.all()
    assert (link.source, link.adapted) == (source, "En 5e, une séance de moins.")
    assert link.source_number == world.again(source).version


def test_source_that_one_may_not_read_is_not_taken_up(world):
    with pytest.raises(NotAllowed):
        take_up(world, world.sharable())


def test_team_of_others_takes_nothing_up(world):
    with pytest.raises(NotAllowed):
        take_up(world, world.shared(), team=world.team)


def test_withdrawn_production_is_not_taken_up(world):
    made = actions.withdraw(
        production=world.shared(), reason="Doublon.", now=NOW, actor=world.referent
    )

    with pytest.raises(Refusal, match="retirée"):
        take_up(world, made, team=world.team, actor=world.referent)


def test_notice_of_the_archive_is_taken_up_by_its_identifier(world):
    made = actions.take_up_notice(
        ark="t000000x",
        kind="scenario",
        title="Un scénario d’autrefois",
        summary="Ce que l’on en sait.",
        team=world.team,
        now=NOW,
        actor=world.referent,
    )

    assert (made.title, made.aim) == ("Un scénario d’autrefois", "Ce que l’on en sait.")
    assert sources_of(made) == [("t000000x", "Un scénario d’autrefois")]
    with pytest.raises(Refusal, match="n’est pas celui d’une notice"):
        actions.take_up_notice(
            ark="../x",
            kind="scenario",
            title="",
            summary="",
            team=world.team,
            now=NOW,
            actor=world.referent,
        )


def test_reprise_that_would_loop_is_refused_with_what_to_do(world):
    source = world.shared()
    child = take_up(world, source)
    RepriseFactory(production=(grandchild := ProductionFactory(team=world.team)), source=child)

    with pytest.raises(Refusal, match="ferait une boucle") as refused:
        actions.add_source(
            production=source, source=grandchild, adapted="", now=NOW, actor=world.referent
        )

    assert "nouvelle production" in str(refused.value)
    assert not loops(edges())


def test_reprise_of_itself_or_twice_is_refused(world):
    one, other = world.shared(), world.shared()
    common = {"adapted": "", "now": NOW, "actor": world.referent}

    with pytest.raises(Refusal, match="boucle"):
        actions.add_source(production=one, source=one, **common)
    actions.add_source(production=one, source=other, **common)
    with pytest.raises(Refusal, match="reprend déjà"):
        actions.add_source(production=one, source=other, **common)


def test_what_was_adapted_is_said_later_and_in_measure(world):
    made = take_up(world, world.shared())
    link = made.reprises.get()

    actions.say_adapted(reprise=link, adapted=" Autre niveau. ", now=NOW, actor=world.fellow)

    link.refresh_from_db()
    assert link.adapted == "Autre niveau."
    with pytest.raises(Refusal, match="2000"):
        actions.say_adapted(reprise=link, adapted="a" * 2001, now=NOW, actor=world.fellow)
    with pytest.raises(NotAllowed):
        actions.say_adapted(reprise=link, adapted="", now=NOW, actor=world.referent)


def test_lineage_names_only_what_its_reader_may_read(world):
    source = world.shared()
    secret = take_up(world, source)  # a draft of the other team
    found = lineage_of(source, world.referent)

    assert [(one.generation, bool(one.production)) for one in found.relatives] == [
        (0, True),
        (1, False),
    ]
    mine = lineage_of(source, world.fellow)
    assert [one.production.code for one in mine.relatives if one.production] == [
        source.code,
        secret.code,
    ]


def test_lineage_costs_the_same_whatever_its_depth(world, django_assert_num_queries):
    chain = ProductionFactory.create_batch(6, team=world.team)
    for child, source in zip(chain[1:], chain, strict=False):
        RepriseFactory(production=child, source=source)
    reader = world.referent

    for one in (chain[0], chain[3], ProductionFactory()):
        with django_assert_num_queries(3):  # edges, those that one may read, what was adapted
            lineage_of(one, reader)

    assert [one.generation for one in lineage_of(chain[2], reader).relatives] == [
        *(-2, -1, 0, 1, 2, 3)
    ]
