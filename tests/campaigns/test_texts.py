"""Texts are written and signed: a change voids, two writers lose nothing, acts have a way back."""

import pytest

from tests.campaigns.preparing import (
    DAY,
    FACTS,
    NOW,
    named_on,
    prepared,
    signed,
    submitted,
)
from tests.people.factories import DelegationFactory
from traam.access.roles import Role
from traam.campaigns import actions
from traam.campaigns.actions import Outdated
from traam.campaigns.contents import theme_text
from traam.campaigns.models import CampaignEvent, Signature, TextVersion
from traam.campaigns.rules.signing import Side, digest_of
from traam.campaigns.rules.texts import AxisText, ThemeText
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import Mandate
from traam.post.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
LATER = NOW + DAY
REASON = "Un axe manque."


def kinds(person: int) -> list[str]:
    """What was written to this person."""
    return list(Message.objects.filter(to=person).order_by("pk").values_list("kind", flat=True))


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def changed(**words: object) -> ThemeText:
    return ThemeText.read(FACTS.content() | words)


def test_theme_says_what_was_written_of_it():
    theme = prepared().theme

    assert theme_text(theme) == FACTS
    assert theme.code == "mathematiques-2026-2027-1"
    assert (theme.discipline_text, theme.cycle_text) == ("Mathématiques", "Cycle 4")
    assert theme.digest == digest_of(FACTS.content())


def test_theme_is_signed_twice_on_the_digest_that_was_submitted():
    made = signed()

    version = TextVersion.objects.get(theme=made.theme)
    assert made.theme.state == made.brief.state == "signed_twice"
    assert version.digest == digest_of(version.content) == digest_of(FACTS.content())
    assert set(Signature.objects.filter(version=version).values_list("side", "person")) == {
        ("dne", made.pilot.person),
        ("ig", made.inspector.person),
    }


def test_submission_tells_those_who_sign_each_for_their_side():
    made = submitted()

    assert kinds(made.pilot.person) == ["campaigns/to_sign"] * 2
    assert kinds(made.inspector.person) == ["campaigns/to_sign"] * 2
    assert kinds(made.expert.person) == []


def test_submission_tells_too_who_acts_by_delegation_for_those_who_sign():
    made = prepared()
    signing = (Mandate.objects.get(person=one.person) for one in (made.pilot, made.inspector))
    deputies = [
        DelegationFactory(mandate=one, starts_on=NOW.date(), ends_on=LATER.date()).delegate
        for one in signing
    ]

    for text in made.texts:
        actions.submit_text(text=text, now=NOW, actor=made.pilot)

    assert [kinds(one.pk) for one in deputies] == [["campaigns/to_sign"] * 2] * 2


def test_change_voids_both_signatures_and_tells_who_signed():
    made = signed()

    actions.change_theme(
        theme=made.theme,
        facts=changed(title="Autre intitulé"),
        version=made.theme.version,
        now=LATER,
        actor=made.expert,
    )

    made.again()
    assert made.theme.state == "draft"
    assert made.brief.state == "signed_twice"
    assert list(
        Signature.objects.filter(version__theme=made.theme).values_list("voided_at", flat=True)
    ) == [LATER, LATER]
    assert kinds(made.pilot.person)[-1] == "campaigns/signature_void"
    assert kinds(made.inspector.person)[-1] == "campaigns/signature_void"
    assert "theme.write" in verbs()


def test_change_that_changes_nothing_voids_nothing():
    made = signed()

    actions.change_theme(theme=made.theme, facts=FACTS, version=0, now=LATER, actor=made.pilot)

    assert made.again().theme.state == "signed_twice"


@pytest.mark.parametrize("by", ["pilot", "expert"])
def test_second_writer_is_told_and_overwrites_nothing(by):
    made = prepared()
    first, second = changed(title="Le premier"), changed(title="Le second")
    actions.change_theme(theme=made.theme, facts=first, version=1, now=NOW, actor=made.pilot)

    with pytest.raises(Outdated) as outdated:
        actions.change_theme(
            theme=made.theme, facts=second, version=1, now=LATER, actor=getattr(made, by)
        )

    assert outdated.value.present.title == "Le premier"
    assert made.again().theme.title == "Le premier"


def test_second_writer_of_the_brief_is_told_and_overwrites_nothing():
    made = prepared()
    words = {"campaign": made.campaign, "now": LATER, "actor": made.pilot}
    actions.write_brief(text="Le premier", version=1, **words)

    with pytest.raises(Outdated):
        actions.write_brief(text="Le second", version=1, **words)

    assert made.again().brief.text == "Le premier"


def test_signature_of_a_text_that_has_changed_since_it_was_read_is_refused():
    made = submitted()
    read = TextVersion.objects.get(theme=made.theme).digest
    actions.change_theme(
        theme=made.theme, facts=changed(problem="Autre."), version=1, now=NOW, actor=made.pilot
    )
    actions.submit_text(text=made.theme, now=NOW, actor=made.pilot)

    with pytest.raises(Refusal, match="a changé depuis"):
        actions.sign_text(
            text=made.theme, side=Side.IG, digest=read, now=LATER, actor=made.inspector
        )


def test_one_person_does_not_sign_for_both_sides():
    made = submitted()
    both = named_on(made.theme, Role.PILOT)
    charlie = made.inspector
    actions.sign_text(text=made.theme, side=Side.IG, now=NOW, actor=charlie)
    mandate = charlie.mandates[0]
    two = type(charlie)(charlie.person, (*both.mandates, mandate), charlie.today)

    with pytest.raises(Refusal, match="une autre personne"):
        actions.sign_text(text=made.theme, side=Side.DNE, now=NOW, actor=two)


def test_signing_twice_writes_once():
    made = submitted()

    for _ in range(2):
        actions.sign_text(text=made.theme, side=Side.DNE, now=NOW, actor=made.pilot)

    assert Signature.objects.filter(version__theme=made.theme).count() == 1
    assert verbs().count("theme.sign") == 1


def test_signature_is_taken_back_with_a_reason_by_its_side():
    made = signed()

    with pytest.raises(NotAllowed):
        actions.unsign_text(
            text=made.theme, side=Side.DNE, reason=REASON, now=LATER, actor=made.inspector
        )
    actions.unsign_text(
        text=made.theme, side=Side.IG, reason=REASON, now=LATER, actor=made.inspector
    )
    after_one = made.again().theme.state
    actions.unsign_text(text=made.theme, side=Side.DNE, reason=REASON, now=LATER, actor=made.pilot)

    assert (after_one, made.again().theme.state) == ("signed_once", "submitted")
    assert CampaignEvent.objects.filter(theme=made.theme, kind="theme.unsign").count() == 2


def test_submission_is_refused_naming_all_that_is_missing():
    made = prepared(facts=ThemeText(title="Nu"))

    with pytest.raises(Refusal) as refusal:
        actions.submit_text(text=made.theme, now=NOW, actor=made.expert)

    assert refusal.value.reasons == [
        "La problématique manque.",
        "Aucun axe de travail n’est donné.",
        "Aucune discipline n’est choisie.",
        "Aucun cycle n’est choisi.",
    ]


def test_text_taken_back_is_a_draft_whose_signatures_are_void():
    made = signed()

    for text in made.texts:
        actions.take_back_text(text=text, now=LATER, actor=made.expert)

    made.again()
    assert made.theme.state == made.brief.state == "draft"
    assert not Signature.objects.filter(voided_at=None).exists()


def test_withdrawn_theme_keeps_its_reason_and_comes_back_as_a_draft():
    made = signed()

    with pytest.raises(Refusal, match="Le motif manque"):
        actions.withdraw_text(text=made.theme, reason=" ", now=NOW, actor=made.pilot)
    actions.withdraw_text(text=made.theme, reason=REASON, now=NOW, actor=made.pilot)
    withdrawn = made.again().theme.state
    with pytest.raises(Refusal, match="rétablit"):
        actions.change_theme(
            theme=made.theme, facts=changed(title="Non"), version=1, now=NOW, actor=made.pilot
        )
    actions.restore_text(text=made.theme, reason=REASON, now=LATER, actor=made.pilot)

    assert (withdrawn, made.again().theme.state) == ("withdrawn", "draft")
    assert kinds(made.inspector.person)[-1] == "campaigns/text_withdrawn"
    assert list(CampaignEvent.objects.order_by("pk").values_list("kind", "reason")) == [
        ("theme.withdraw", REASON),
        ("theme.restore", REASON),
    ]


def test_reasons_never_go_to_the_journal():
    made = signed()

    actions.withdraw_text(text=made.theme, reason=REASON, now=NOW, actor=made.pilot)

    assert not any(REASON in str(one.after) + str(one.before) for one in Entry.objects.all())


def test_new_commitments_void_the_signatures_of_the_brief_alone():
    made = signed()
    rules = made.campaign.call_rules
    fewer = type(rules).read(rules.as_data() | {"commitments": rules.as_data()["commitments"][:2]})

    actions.set_rules(campaign=made.campaign, rules=fewer, now=LATER, actor=made.pilot)

    made.again()
    assert (made.brief.state, made.theme.state) == ("draft", "signed_twice")
    assert kinds(made.inspector.person)[-1] == "campaigns/signature_void"


@pytest.mark.parametrize(
    ("who", "may"),
    [("pilot", True), ("expert", True), ("inspector", False)],
)
def test_theme_is_written_by_the_pilot_and_its_experts(who, may):
    made = prepared()
    words = {"theme": made.theme, "facts": changed(title="Autre"), "version": 1, "now": NOW}

    if may:
        actions.change_theme(actor=getattr(made, who), **words)
        assert made.again().theme.title == "Autre"
    else:
        with pytest.raises(NotAllowed):
            actions.change_theme(actor=getattr(made, who), **words)


def test_expert_of_another_theme_writes_neither_reads():
    made = prepared()
    other = actions.add_theme(
        campaign=made.campaign, facts=changed(title="Autre"), now=NOW, actor=made.pilot
    )
    stranger = named_on(other, Role.EXPERT)

    with pytest.raises(NotAllowed):
        actions.submit_text(text=made.theme, now=NOW, actor=stranger)

    assert other.code == "mathematiques-2026-2027-2"
    assert not stranger.allows("theme.read", made.theme.place())


def test_theme_carries_on_one_of_an_earlier_campaign():
    """`rules.md` §4: a theme carried over two campaigns."""
    made = signed()

    later = actions.prepare(
        years=type(made.campaign.years)(2027, 2028),
        copy_from=made.campaign,
        themes=(made.theme.code,),
        now=LATER,
        actor=made.pilot,
    )

    (carried,) = later.themes.all()
    assert carried.continues == made.theme
    assert (carried.state, carried.code) == ("draft", "mathematiques-2027-2028-1")
    assert theme_text(carried) == changed(continues=made.theme.code)


@pytest.mark.parametrize("code", ["inconnu", "mathematiques-2026-2027-1"])
def test_theme_carries_on_only_a_theme_of_another_campaign(code):
    made = prepared()

    with pytest.raises(Refusal, match="Aucun thème d’une autre campagne"):
        actions.change_theme(
            theme=made.theme, facts=changed(continues=code), version=1, now=NOW, actor=made.pilot
        )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"title": "  "}, "L’intitulé manque"),
        ({"title": "x" * 301}, r"\(301 caractères\)"),
        ({"academies_min": 9, "academies_max": 4}, "sous le nombre minimal"),
        ({"disciplines": ["MAGIE"]}, "« MAGIE » n’est ni"),
        ({"axes": [{"title": " ", "text": "x"}]}, "L’axe 1 n’a pas d’intitulé"),
        ({"duration_years": 9}, "La durée"),
    ],
)
def test_theme_that_cannot_be_is_refused_naming_why(words, reason):
    made = prepared()

    with pytest.raises(Refusal, match=reason):
        actions.change_theme(
            theme=made.theme, facts=changed(**words), version=1, now=NOW, actor=made.pilot
        )

    assert theme_text(made.again().theme) == FACTS


def test_archived_theme_is_never_submitted():
    from tests.campaigns.factories import ThemeFactory

    with pytest.raises((MoveRefused, NotAllowed, Refusal)):
        actions.submit_text(text=ThemeFactory(), now=NOW, actor=prepared().pilot)


def test_axes_keep_their_order():
    axes = tuple(AxisText(title) for title in ("zèbre", "âne", "mule"))
    made = prepared(facts=changed(axes=[{"title": one.title, "text": ""} for one in axes]))

    assert theme_text(made.again().theme).axes == axes
