"""Several people write one production: every text is kept, every version can be read again."""

from datetime import timedelta

import pytest

from tests.productions.setting import NOW, TO_SHARE
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions import actions
from traam.productions.actions import Write
from traam.productions.models import Aside, ProductionVersion
from traam.productions.queries import versions
from traam.productions.queries.reading import open_asides, values_of, whole
from traam.productions.rules.contents import stamp
from traam.productions.rules.fields import FIELDS

pytestmark = pytest.mark.django_db


def save(production, *writes, by, now=NOW):
    return actions.save(production=production, writes=list(writes), now=now, actor=by)[1]


def said(production, name):
    return values_of(whole(type(production).objects.all()).get(pk=production.pk))[name]


@pytest.mark.parametrize("name", TO_SHARE)
def test_save_keeps_each_field_as_typed(world, name):
    made = world.begin()

    saved = save(made, Write(name, TO_SHARE[name]), by=world.teacher)

    assert saved.versions == {name: 1}
    assert said(made, name) == TO_SHARE[name]


def test_save_keeps_terms_with_their_words_and_derives_cycles(world):
    made = world.sharable()

    terms = {(one.scheme, one.code, one.label) for one in made.terms.all()}
    assert ("disciplines", "SVT", "Sciences de la vie et de la Terre") in terms
    assert ("tools", "libre:un capteur maison", "Un capteur maison") in terms
    assert {code for scheme, code, _ in terms if scheme == "cycles"} == {"C4"}
    assert {code for scheme, code, _ in terms if scheme == "school-types"} == {"COL"}


def test_tool_of_the_vocabulary_is_recognised_however_it_is_typed(world):
    made = world.write(world.begin(), tools="bookcreator")

    (tool,) = [one for one in made.terms.all() if one.scheme == "tools"]
    assert tool.code == "book-creator"


def test_two_people_in_one_field_lose_nothing(world):
    made = world.begin()
    save(made, Write("aim", "Départ", key="a-1"), by=world.teacher)

    one = save(made, Write("aim", "De l’une", base=1, key="a-2"), by=world.teacher)
    other = save(made, Write("aim", "De l’autre", base=1, key="b-1"), by=world.referent)

    assert one.versions == {"aim": 2}
    assert [(row.field, row.value) for row in other.rivals] == [("aim", "De l’autre")]
    assert said(made, "aim") == "De l’une"
    assert [row.value for row in open_asides(made)] == ["De l’autre"]


def test_two_people_in_two_fields_disturb_nobody(world):
    made = world.begin()

    save(made, Write("aim", "Un objectif"), by=world.teacher)
    saved = save(made, Write("hook", "Une accroche"), by=world.referent)

    assert saved.rivals == []
    assert (said(made, "aim"), said(made, "hook")) == ("Un objectif", "Une accroche")


def test_same_save_sent_twice_is_one(world):
    made = world.begin()
    save(made, Write("aim", "Départ", key="a-1"), by=world.teacher)
    save(made, Write("aim", "Suite", base=1, key="b-1"), by=world.referent)

    for _ in range(2):
        saved = save(made, Write("aim", "Rivale", base=1, key="a-2"), by=world.teacher)
        assert [row.value for row in saved.rivals] == ["Rivale"]

    assert Aside.objects.count() == 1


def test_tab_that_lost_the_answer_is_not_its_own_rival(world):
    made = world.begin()
    save(made, Write("aim", "Début", key="a-1"), by=world.teacher)

    saved = save(made, Write("aim", "Début et suite", key="a-2"), by=world.teacher)

    assert saved.rivals == []
    assert said(made, "aim") == "Début et suite"


def test_later_rival_of_a_tab_takes_the_place_of_its_earlier_one(world):
    made = world.begin()
    save(made, Write("aim", "Présent", key="b-1"), by=world.referent)

    save(made, Write("aim", "Ri", key="a-1"), by=world.teacher)
    save(made, Write("aim", "Rivale", key="a-2"), by=world.teacher)
    late = save(made, Write("aim", "R", key="a-0"), by=world.teacher)

    assert [row.value for row in open_asides(made)] == ["Rivale"]
    assert [row.value for row in late.rivals] == ["Rivale"]
    assert sorted(Aside.objects.values_list("value", flat=True)) == ["Ri", "Rivale"]


def test_form_without_script_sends_untouched_fields_without_rivals(world):
    made = world.sharable()
    shown = {name: stamp(said(made, name) or None) for name in ("aim", "hook")}
    world.write(made, actor=world.referent, aim="Changé entre-temps")

    saved = save(
        made,
        Write("aim", TO_SHARE["aim"], base=3, was=shown["aim"]),
        Write("hook", "Une autre accroche", base=2, was=shown["hook"]),
        by=world.teacher,
    )

    assert saved.rivals == []
    assert said(made, "aim") == "Changé entre-temps"
    assert said(made, "hook") == "Une autre accroche"


def test_settle_keeps_the_text_chosen_and_forgets_none(world):
    made = world.begin()
    save(made, Write("aim", "Présent"), by=world.teacher)
    saved = save(made, Write("aim", "Rival"), by=world.referent)

    for _ in range(2):
        actions.settle(
            production=made,
            aside=saved.rivals[0].pk,
            value="Présent et rival",
            now=NOW,
            actor=world.teacher,
        )

    assert said(made, "aim") == "Présent et rival"
    assert open_asides(made) == []
    assert Aside.objects.get().value == "Rival"


def test_settle_upon_a_text_that_changed_makes_a_new_rival(world):
    made = world.begin()
    save(made, Write("aim", "Présent"), by=world.teacher)
    aside = save(made, Write("aim", "Rival"), by=world.referent).rivals[0]
    world.write(made, actor=world.teacher, aim="Changé depuis")

    saved = actions.settle(
        production=made, aside=aside.pk, value="Choisi", base=1, now=NOW, actor=world.referent
    )

    assert said(made, "aim") == "Changé depuis"
    assert [row.value for row in saved.rivals] == ["Choisi"]


def test_settle_of_nothing_is_refused(world):
    with pytest.raises(Refusal, match="déjà départagés"):
        actions.settle(production=world.begin(), aside=7, value="x", now=NOW, actor=world.referent)


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (Write("inconnu", "x"), "n’est pas d’une production"),
        (Write("aim", ["x"]), "n’est pas une réponse"),
        (Write("levels", "5E"), "n’est pas une réponse"),
        (Write("aim", "x", base=-1), "illisible"),
        (Write("aim", "x", key="k" * 61), "illisible"),
        (Write("title", "t" * 1001), "tient en 200 caractères"),
    ],
)
def test_save_of_what_no_form_sends_is_refused_whole(world, write, why):
    made = world.begin()

    with pytest.raises(Refusal, match=why):
        save(made, Write("hook", "Une accroche"), write, by=world.teacher)

    assert said(made, "hook") == ""


def test_text_too_long_is_kept_and_its_fault_said(world):
    made = world.begin()

    saved = save(made, Write("hook", "a" * 310), by=world.teacher)

    assert saved.faults == {
        "hook": ["« Accroche » tient en 300 caractères (10 caractères de trop)."]
    }
    assert said(made, "hook") == "a" * 310


@pytest.mark.parametrize("who", ["inspector", "expert", "fellow", "stranger", "pilot"])
def test_only_the_team_and_the_authors_write(world, who):
    made = world.begin()

    with pytest.raises(NotAllowed):
        save(made, Write("aim", "x"), by=getattr(world, who))


def test_team_writes_no_more_once_proposed(world):
    with pytest.raises(NotAllowed):
        save(world.proposed(), Write("aim", "x"), by=world.referent)


# -- versions


def test_version_is_kept_when_another_takes_the_pen(world):
    made = world.begin()
    world.write(made, actor=world.teacher, aim="De l’une")
    world.write(made, actor=world.teacher, aim="De l’une, encore")

    world.write(made, actor=world.referent, aim="De l’autre")

    (kept,) = ProductionVersion.objects.all()
    assert (kept.number, kept.saved_by_id) == (2, world.teacher.person)
    assert kept.content["fields"]["aim"] == "De l’une, encore"
    change = versions.difference(made_again(made), before=2, after=None)
    assert [(run.kind, run.text) for run in change[0].runs] == [
        ("same", "De l’"),
        ("removed", "une, encore"),
        ("added", "autre"),
    ]


def made_again(production):
    return whole(type(production).objects.all()).get(pk=production.pk)


def test_long_sitting_of_one_person_is_cut_every_five_minutes(world):
    made = world.begin()
    for minutes in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11):
        fresh = made_again(made)
        base = fresh.traces.get("aim", {}).get("version", 0)
        actions.save(
            production=fresh,
            writes=[Write("aim", f"À {minutes} minutes", base=base)],
            now=NOW + timedelta(days=1, minutes=minutes),
            actor=world.teacher,
        )

    kept = ProductionVersion.objects.order_by("number", "pk")
    assert [one.content["fields"]["aim"] for one in kept] == [
        "À 0 minutes",
        "À 4 minutes",
        "À 8 minutes",
    ]


def test_version_is_kept_at_each_act(world):
    made = world.shared()

    (kept,) = ProductionVersion.objects.all()
    assert kept.number == made.version
    assert kept.digest == versions.present_digest(made_again(made))


def test_version_taken_back_says_again_every_field(world):
    made = world.shared()
    before = values_of(made_again(made))
    world.write(
        made, actor=world.teacher, aim="", tools="Padlet", disciplines=["MATHS"], title="Autre"
    )

    version = ProductionVersion.objects.order_by("pk")[0]
    actions.take_version_back(version=version, now=NOW, actor=world.referent)

    assert values_of(made_again(made)) == before
    assert ProductionVersion.objects.count() == 2
    with pytest.raises(Refusal, match="dit déjà"):
        actions.take_version_back(version=version, now=NOW, actor=world.referent)


def test_every_field_is_in_a_version(world):
    made = world.publishable()

    assert set(made_content(made)["fields"]) == set(FIELDS)


def made_content(production):
    return versions.content_at(made_again(production), None)
