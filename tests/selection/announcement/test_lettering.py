"""The letters of decisions are written from them, retouched by people, and never lost."""

import pytest

from tests.selection.announcement.setting import Hall
from tests.selection.factories import NOW
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions
from traam.selection.models import Decision, Letter

pytestmark = pytest.mark.django_db


def test_letters_are_written_again_when_a_decision_changes_unless_retouched(ready: Hall) -> None:
    assert actions.prepare_letters(campaign=ready.campaign, now=NOW, actor=ready.pilot) == 3
    assert actions.prepare_letters(campaign=ready.campaign, now=NOW, actor=ready.pilot) == 0
    actions.edit_letter(
        decision=ready.decision(0),
        subject="Bravo",
        text="Un mot de plus.",
        version=1,
        now=NOW,
        actor=ready.pilot,
    )
    Decision.objects.update(remarks="D’autres remarques.")

    assert actions.prepare_letters(campaign=ready.campaign, now=NOW, actor=ready.pilot) == 2
    texts = [Letter.objects.get(decision=ready.decision(place)).text for place in range(3)]
    assert texts[0] == "Un mot de plus."
    assert "D’autres remarques." in texts[1]
    with pytest.raises(Refusal, match="retouchée, puis la décision a changé"):
        ready.announce()

    actions.reset_letter(decision=ready.decision(0), now=NOW, actor=ready.pilot)
    ready.announce()

    assert "D’autres remarques." in Letter.objects.get(decision=ready.decision(0)).text


def test_letter_of_two_writers_shows_the_second_what_the_first_wrote(ready: Hall) -> None:
    given = {"decision": ready.decision(0), "now": NOW, "actor": ready.pilot, "version": 0}
    actions.edit_letter(**given, subject="Objet", text="Le texte du premier.")

    with pytest.raises(actions.OutdatedLetter) as refused:
        actions.edit_letter(**given, subject="Objet", text="Le texte du second.")

    assert refused.value.present.text == "Le texte du premier."
    again = actions.edit_letter(**given, subject="Objet", text="Le texte du premier.")
    assert again.version == 1  # the same text is no rival


def test_letter_that_has_gone_is_not_retouched(ready: Hall) -> None:
    ready.announce()

    with pytest.raises(NotAllowed):
        actions.edit_letter(
            decision=ready.decision(0),
            subject="Objet",
            text="Trop tard.",
            version=1,
            now=NOW,
            actor=ready.pilot,
        )
    with pytest.raises(Refusal, match="est partie"):
        actions.edit_letter(
            decision=ready.decision(0),
            subject="Objet",
            text="Trop tard.",
            version=1,
            now=NOW,
            actor=None,
        )


@pytest.mark.parametrize(("subject", "text"), [("", "Un texte."), ("Objet", " "), ("o" * 301, "t")])
def test_letter_without_subject_or_text_is_refused(ready: Hall, subject: str, text: str) -> None:
    with pytest.raises(Refusal, match="doit en compter de 1 à"):
        actions.edit_letter(
            decision=ready.decision(0),
            subject=subject,
            text=text,
            version=0,
            now=NOW,
            actor=ready.pilot,
        )

    assert not Letter.objects.exists()
