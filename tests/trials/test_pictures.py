"""The pictures of an observation: bare of what a device writes in them, shown as families agree."""

import io
import uuid

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from tests.trials.setting import LATER, NOW, seen, setting
from traam.documents.pictures import clean_picture
from traam.documents.queries import may_be_shown, open_bytes
from traam.kit.refusals import Refusal
from traam.productions.rules.life import Authorisation, Recognisable
from traam.trials import actions
from traam.trials.actions import pictures

pytestmark = pytest.mark.django_db


def noted(place, key=1):
    given = {"key": uuid.UUID(int=key), "now": NOW, "actor": place.teacher}
    return actions.note(trial=place.trial, noted=seen(), **given)


def photo(kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken."""
    image = Image.new("RGB", (40, 30), "green")
    exif = Image.Exif()
    exif[0x010F] = "Un appareil"
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (IFDRational(48), IFDRational(51), IFDRational(30)), 3: "E"}
    )
    written = io.BytesIO()
    image.save(written, kind, exif=exif)
    return written.getvalue()


def joined(place, made, **more):
    given = {"recognisable": Recognisable.NO, "authorisation": Authorisation.NOT_NEEDED} | more
    return pictures.add(
        observation=made, content=photo(), name="photo.jpg", now=NOW, actor=place.teacher, **given
    )


def test_stored_picture_has_neither_place_nor_device() -> None:
    place = setting(at_work=True)

    made = joined(place, noted(place))

    assert b"Un appareil" in photo()
    with open_bytes(made.file.digest) as file:
        content = file.read()
    assert b"Un appareil" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_photo_is_written_anew_once_only() -> None:
    """Each writing of a JPEG loses a little of it."""
    place = setting(at_work=True)
    written = io.BytesIO()
    Image.effect_noise((64, 64), 80).convert("RGB").save(written, "JPEG", quality=95)
    once = clean_picture(content=written.getvalue(), media_type="image/jpeg")

    made = pictures.add(
        observation=noted(place),
        content=written.getvalue(),
        name="photo.jpg",
        recognisable=Recognisable.NO,
        authorisation=Authorisation.NOT_NEEDED,
        now=NOW,
        actor=place.teacher,
    )

    assert clean_picture(content=once, media_type="image/jpeg") != once
    with open_bytes(made.file.digest) as file:
        assert file.read() == once


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"recognisable": Recognisable.UNSAID}, "Dites si un élève est reconnaissable"),
        ({"recognisable": Recognisable.YES}, "l’autorisation est obtenue ou reste"),
        ({"authorisation": Authorisation.OBTAINED}, "sans objet"),
        ({"description": "écrire à m.d@ac-lille.fr"}, "ressemble à"),
    ],
)
def test_picture_without_its_answers_is_refused(answers, said) -> None:
    place = setting(at_work=True)
    made = noted(place)

    with pytest.raises(Refusal, match=said):
        joined(place, made, **answers)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "photo.jpg", "vide"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 40, "photo.png", "illisible"),
        (photo("PNG"), "photo.jpg", "doit finir par .png"),
        (b"%PDF-1.7\n" + b"0" * 200, "photo.jpg", "c’est un fichier PDF"),
        (photo()[:400], "photo.jpg", "illisible"),
    ],
)
def test_what_is_no_picture_is_refused(content, name, said) -> None:
    place = setting(at_work=True)

    with pytest.raises(Refusal, match=said):
        pictures.add(
            observation=noted(place),
            content=content,
            name=name,
            recognisable=Recognisable.NO,
            authorisation=Authorisation.NOT_NEEDED,
            now=NOW,
            actor=place.teacher,
        )


def test_withdrawn_authorisation_hides_the_picture_at_once() -> None:
    place = setting(at_work=True)
    made = joined(
        place,
        noted(place),
        recognisable=Recognisable.YES,
        authorisation=Authorisation.OBTAINED,
    )
    change = {"picture": made, "now": LATER, "actor": place.teacher}

    pictures.authorise(authorisation=Authorisation.WITHDRAWN, **change)
    assert not may_be_shown(made.file.digest)
    pictures.authorise(authorisation=Authorisation.OBTAINED, **change)

    assert may_be_shown(made.file.digest)


def test_picture_given_back_stays_hidden_while_another_family_refuses_the_same_file() -> None:
    place = setting(at_work=True)
    shown = {"recognisable": Recognisable.YES, "authorisation": Authorisation.OBTAINED}
    both = [joined(place, noted(place, key=one), **shown) for one in (1, 2)]
    given = {"now": LATER, "actor": place.teacher}
    for one in both:
        pictures.authorise(picture=one, authorisation=Authorisation.WITHDRAWN, **given)

    pictures.authorise(picture=both[0], authorisation=Authorisation.OBTAINED, **given)
    assert not may_be_shown(both[0].file.digest)
    pictures.authorise(picture=both[1], authorisation=Authorisation.OBTAINED, **given)

    assert both[0].file == both[1].file
    assert may_be_shown(both[0].file.digest)
