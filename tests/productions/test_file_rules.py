"""What a file of a production may be, and what forbids to show it: pure rules."""

import pytest

from traam.productions.rules import files
from traam.productions.rules.life import (
    NEEDS_AUTHORISATION,
    Authorisation,
    FileUse,
    Recognisable,
)


def shown(**given):
    return files.Shown(
        **{
            "name": "classe.jpg",
            "use": FileUse.PICTURE,
            "recognisable": Recognisable.NO,
            "authorisation": Authorisation.NOT_NEEDED,
            "description": "Une table de mesure",
        }
        | given
    )


@pytest.mark.parametrize("use", sorted(NEEDS_AUTHORISATION))
def test_each_picture_sound_or_work_wants_an_answer_about_pupils(use):
    (fault,) = files.faults(shown(use=FileUse(use), recognisable=Recognisable.UNSAID))

    assert "reconnaissable" in fault


@pytest.mark.parametrize("use", sorted(NEEDS_AUTHORISATION))
@pytest.mark.parametrize("authorisation", list(Authorisation))
def test_pupil_who_is_recognised_must_have_agreed(use, authorisation):
    found = files.faults(
        shown(use=FileUse(use), recognisable=Recognisable.YES, authorisation=authorisation)
    )

    agreed = authorisation in (Authorisation.OBTAINED, Authorisation.WITHDRAWN)
    assert bool(found) is not agreed  # a file withdrawn is not carried: it forbids nothing


def test_work_of_a_pupil_wants_an_authorisation_though_nobody_is_recognised():
    assert files.faults(shown(use=FileUse.PUPIL_WORK))
    assert files.faults(shown(use=FileUse.SOUND)) == []


def test_files_that_forbid_to_publish_are_named_with_what_to_do():
    found = files.faults_of(
        [
            shown(name="a.jpg", recognisable=Recognisable.UNSAID, description=""),
            shown(name="b.jpg", recognisable=Recognisable.YES),
            shown(name="c.jpg"),
        ]
    )

    assert found == (
        "Fichier « a.jpg » : dites si un élève y est reconnaissable.",
        "Fichier « a.jpg » : décrivez l’image, pour qui ne la voit pas.",
        "Fichier « b.jpg » : l’autorisation est à obtenir avant de publier, ou retirez le fichier.",
    )


@pytest.mark.parametrize("use", sorted(set(FileUse) - set(NEEDS_AUTHORISATION)))
def test_file_that_shows_nobody_needs_no_authorisation(use):
    assert not files.needs_authorisation(shown(use=FileUse(use), recognisable=Recognisable.YES))


def test_document_is_asked_nothing():
    blank = {"recognisable": Recognisable.UNSAID, "description": ""}

    assert files.faults(shown(use=FileUse.ATTACHMENT, **blank)) == []


def test_picture_without_words_is_refused():
    (fault,) = files.faults(shown(description="  "))

    assert "décrivez" in fault


def test_withdrawn_file_is_not_carried():
    assert not files.is_carried(shown(authorisation=Authorisation.WITHDRAWN))
    assert files.is_carried(shown(authorisation=Authorisation.MISSING))


@pytest.mark.parametrize("use", list(FileUse))
def test_every_use_accepts_something_and_has_a_limit(use):
    assert files.ACCEPTED[use]
    assert files.limit_of(use) == (
        500 * 10**6 if use in (FileUse.VIDEO, FileUse.PUPIL_WORK) else 50 * 10**6
    )


@pytest.mark.parametrize("use", list(FileUse))
@pytest.mark.parametrize("recognisable", list(Recognisable))
@pytest.mark.parametrize("asked", list(Authorisation))
def test_authorisation_kept_is_one_that_makes_sense(use, recognisable, asked):
    kept = files.coherent(use, recognisable, asked)
    needed = files.needs_authorisation(shown(use=use, recognisable=recognisable))

    if asked is Authorisation.WITHDRAWN:
        assert kept is asked
    elif needed:
        obtained = asked is Authorisation.OBTAINED
        assert kept is (Authorisation.OBTAINED if obtained else Authorisation.MISSING)
    else:
        assert kept is Authorisation.NOT_NEEDED
