"""« Ma journée » names what syntheses await from a person, and nothing of the others."""

import pytest

from tests.desk.reading import items
from tests.groups.factories import national
from tests.syntheses.factories import SendingFactory, SynthesisFactory
from tests.syntheses.world import signed_in, world
from traam.access.roles import Role
from traam.desk import syntheses as desk
from traam.syntheses import actions

pytestmark = pytest.mark.django_db


def titles(provider, actor, here) -> list[str]:
    return [one.title for one in items(provider, actor, here.now)]


def test_each_step_awaits_the_one_who_may_take_it() -> None:
    here, there = world(teams=2, trials=3), world(teams=1, trials=1)
    synthesis = here.synthesis(here.finding(0, 1, 2, 3, 4))
    name = synthesis.title
    given = {"synthesis": synthesis, "now": here.now}

    actions.submit(**given, actor=here.expert)
    assert titles(desk.to_validate, here.inspection, here) == [f"À valider : {name}"]
    assert titles(desk.to_validate, here.expert, here) == []
    assert titles(desk.to_validate, there.inspection, here) == []
    actions.ask_corrections(**given, reason="Un mot.", actor=here.inspection)
    assert titles(desk.to_correct, here.expert, here) == [f"À corriger : {name}"]
    here.signed(synthesis)
    assert titles(desk.to_sign, here.inspection, here) == []
    assert titles(desk.to_publish, here.expert, here) == [f"À publier : {name}"]
    actions.distribute(**given, actor=here.expert)
    assert titles(desk.to_receive, here.inspection, here) == [f"Pour vous : {name}"]
    actions.receive(**given, actor=here.inspection)
    assert titles(desk.to_receive, here.inspection, here) == []


def test_beyond_a_few_syntheses_sent_to_one_reader_one_line_opens_the_list_of_all() -> None:
    here, dgesco = world(teams=1, trials=1), national(Role.DGESCO)
    sent = SynthesisFactory.create_batch(6)
    for one in sent[:5]:
        SendingFactory(synthesis=one, person_id=dgesco.person)

    *named, line = items(desk.to_receive, dgesco, here.now)
    assert [one.title for one in named] == [f"Pour vous : {one.title}" for one in sent[:3]]
    assert (line.title, line.href) == ("2 autres synthèses à lire", "/redaction/?attente=moi")
    listed = signed_in(dgesco).get(line.href).content.decode()
    assert [one.code in listed for one in sent] == [True, True, True, True, True, False]

    actions.receive(synthesis=sent[0], now=here.now, actor=dgesco)
    assert titles(desk.to_receive, dgesco, here) == [
        *(f"Pour vous : {one.title}" for one in sent[1:4]),
        "1 autre synthèse à lire",
    ]


def test_signature_awaits_those_who_have_not_signed() -> None:
    here = world(teams=1, trials=3)
    synthesis = here.validated(here.synthesis(here.finding(0)))

    for actor in (here.expert, here.inspection):
        assert titles(desk.to_sign, actor, here) == [f"À signer : {synthesis.title}"]


def test_stale_evidence_awaits_those_who_write_findings() -> None:
    here = world(teams=1, trials=1)
    here.finding(0)
    type(here.observations[0]).objects.update(version=2)

    assert titles(desk.to_read_again, here.expert, here) == ["1 constat à relire"]
    assert titles(desk.to_read_again, here.inspection, here) == []
