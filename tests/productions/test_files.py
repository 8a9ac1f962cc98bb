"""Files and links: no place in any picture, no lie about a type, nothing shown once withdrawn."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from tests.documents.factories import SAMPLES, picture
from tests.productions.factories import ProductionFileFactory, ProductionLinkFactory
from tests.productions.setting import NOW
from traam.documents import storage
from traam.documents.models import StoredFile, Withholding
from traam.documents.queries import may_be_shown, withheld_among
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal, Unknown
from traam.post.models import Message
from traam.productions import actions
from traam.productions.models import ProductionFile, ProductionLink, ProductionVersion
from traam.productions.rules.files import FILES_MAX, LINKS_MAX
from traam.productions.rules.life import Authorisation, FileUse, Recognisable

pytestmark = pytest.mark.django_db
GPS, MAKER = 0x8825, 0x010F
PLACE = b"secret-place"


def add(world, production, content=SAMPLES["a.pdf"], name="fiche.pdf", **given):
    wanted = {"use": FileUse.ATTACHMENT, "now": NOW, "actor": world.referent} | given
    return actions.add_file(production=production, content=content, name=name, **wanted)


def located(kind: str) -> bytes:
    """A picture that says where and by what it was taken."""
    exif = Image.Exif()
    exif[MAKER] = "Un appareil"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (50.0, 38.0, 14.0)
    made = io.BytesIO(picture(kind, size=(40, 20)))
    with Image.open(made) as image:
        written = io.BytesIO()
        image.save(written, kind, exif=exif, comment=PLACE, xmp=b"<x>" + PLACE + b"</x>")
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("use", [FileUse.PICTURE, FileUse.PUPIL_WORK])
def test_no_place_in_any_stored_picture(world, kind, use):
    content = located(kind)
    with Image.open(io.BytesIO(content)) as image:
        assert image.getexif().get_ifd(GPS)  # there was one

    row = add(world, world.begin(), content, f"a.{kind.lower()}", use=use)

    kept = storage.path_of(row.file.digest).read_bytes()
    with Image.open(io.BytesIO(kept)) as image:
        assert dict(image.getexif()) == {}
        assert image.getexif().get_ifd(GPS) == {}
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)
    assert b"Exif" not in kept
    assert PLACE not in kept


def test_no_place_in_a_picture_of_two_frames(world):
    """Some telephones write a second picture, with its own place, after the first."""
    exif = Image.Exif()
    exif[MAKER] = "Un appareil"
    exif.get_ifd(GPS)[1] = "N"
    first, second = Image.new("RGB", (40, 20), "red"), Image.new("RGB", (40, 20), "blue")
    written = io.BytesIO()
    first.save(written, "MPO", save_all=True, append_images=[second], exif=exif)
    with Image.open(io.BytesIO(written.getvalue())) as image:
        assert image.n_frames == 2

    row = add(world, world.begin(), written.getvalue(), "a.jpg", use=FileUse.PICTURE)

    kept = storage.path_of(row.file.digest).read_bytes()
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "JPEG"
        assert image.getexif().get_ifd(GPS) == {}
    assert b"Exif" not in kept


@pytest.mark.parametrize("kind", ["WEBP", "GIF"])
def test_no_place_in_a_moving_picture(world, kind):
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    first, second = Image.new("RGB", (40, 20), "red"), Image.new("RGB", (40, 20), "blue")
    written = io.BytesIO()
    more = {} if kind == "GIF" else {"exif": exif}
    first.save(
        written, kind, save_all=True, append_images=[second], comment=PLACE, xmp=PLACE, **more
    )

    row = add(world, world.begin(), written.getvalue(), f"a.{kind.lower()}", use=FileUse.PICTURE)

    kept = storage.path_of(row.file.digest).read_bytes()
    assert b"Exif" not in kept
    assert PLACE not in kept


@pytest.mark.parametrize(
    ("content", "name", "use", "why"),
    [
        (SAMPLES["a.png"], "a.pdf", FileUse.PUPIL_WORK, "son nom doit finir par .png"),
        (SAMPLES["a.pdf"], "a.pdf", FileUse.PICTURE, "c’est un fichier PDF"),
        (b"MZ" + bytes(64), "a.pdf", FileUse.ATTACHMENT, "n’est pas reconnu"),
        (b"", "a.pdf", FileUse.ATTACHMENT, "vide"),
        (SAMPLES["a.png"][:50], "a.png", FileUse.PICTURE, "illisible"),
        (picture("JPEG", (400, 400))[:-600], "a.jpg", FileUse.PICTURE, "illisible"),
        (SAMPLES["a.mp3"], "a.mp3", FileUse.VIDEO, "c’est un fichier MP3"),
    ],
    ids=["a lie", "not a picture", "unknown", "empty", "cut header", "cut picture", "not a video"],
)
def test_file_that_is_not_what_it_says_is_refused_and_not_kept(world, content, name, use, why):
    with pytest.raises(Refusal, match=why):
        add(world, world.begin(), content, name, use=use)

    assert StoredFile.objects.count() == 0


def test_file_too_heavy_is_refused_with_its_limit(world, monkeypatch):
    monkeypatch.setattr("traam.productions.rules.files.FILE_MAX", 10)

    with pytest.raises(Refusal, match="la limite est de 10"):
        add(world, world.begin())


@pytest.mark.parametrize("who", ["inspector", "expert", "fellow", "stranger", "pilot"])
def test_nothing_is_stored_for_who_may_not_write(world, who):
    with pytest.raises(NotAllowed):
        add(world, world.begin(), actor=getattr(world, who))

    assert StoredFile.objects.count() == 0


def test_same_file_twice_is_refused_by_its_name(world):
    made = world.begin()
    add(world, made)

    with pytest.raises(Refusal, match="sous le nom « fiche"):
        add(world, made, name="autre.pdf")


def test_files_are_so_many_at_most(world):
    made = world.begin()
    ProductionFileFactory.create_batch(FILES_MAX, production=made)

    with pytest.raises(Refusal, match="30 fichiers au plus"):
        add(world, made)


def test_name_of_a_file_loses_its_folders_and_controls(world):
    assert add(world, world.begin(), name="C:\\Élèves\\fi\x00che.pdf").name == "fi_che.pdf"


def test_file_is_described_and_its_answers_make_sense(world):
    row = add(world, world.begin(), SAMPLES["a.png"], "a.png", use=FileUse.PICTURE)
    said = {"description": " Une  table ", "recognisable": "yes", "authorisation": "not_needed"}

    actions.describe_file(file=row, said=said, now=NOW, actor=world.teacher)

    row.refresh_from_db()
    assert (row.description, row.authorisation) == ("Une table", Authorisation.MISSING)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"recognisable": "peut-être"}, "oui ou par non"),
        ({"authorisation": "promise"}, "sans objet"),
        ({"licence": "privée"}, "« privée »"),
        ({"description": "a" * 301}, "tenir en 300"),
        ({"credit": "a" * 201}, "tenir en 200"),
    ],
)
def test_description_that_makes_no_sense_is_refused(world, said, why):
    row = add(world, world.begin())

    with pytest.raises(Refusal, match=why):
        actions.describe_file(file=row, said=said, now=NOW, actor=world.referent)


def test_file_removed_stays_in_the_versions_that_had_it(world):
    made = world.begin()
    row = add(world, made)

    actions.remove_file(file=row, now=NOW, actor=world.teacher)

    assert ProductionFile.objects.count() == 0
    assert ProductionVersion.objects.get().content["files"][0]["name"] == "fiche.pdf"


# -- authorisations


def agreed(world, production):
    return add(
        world,
        production,
        SAMPLES["a.png"],
        "classe.png",
        use=FileUse.PICTURE,
        said={"recognisable": "yes", "authorisation": "obtained", "description": "La classe"},
    )


@pytest.mark.parametrize("who", ["referent", "teacher", "inspector", "expert", "pilot"])
def test_authorisation_withdrawn_withholds_at_once_in_any_state(world, who):
    made = world.publishable()
    row = agreed(world, made)
    actions.propose(production=made, now=NOW, actor=world.referent)
    assert may_be_shown(row.file.digest)

    for _ in range(2):
        actions.withdraw_authorisation(
            file=row, reason="Une famille le demande.", now=NOW, actor=getattr(world, who)
        )

    assert not may_be_shown(row.file.digest)
    assert withheld_among([row.file.digest, "0" * 64]) == {row.file.digest}
    assert Withholding.objects.count() == 1
    assert Message.objects.filter(kind="productions/withheld", to=world.referent.person).exists()


def test_authorisation_given_back_shows_again(world):
    made = world.begin()
    row = agreed(world, made)
    actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=world.referent)

    actions.give_authorisation_back(
        file=row, reason="Oui.", now=NOW + timedelta(days=1), actor=world.referent
    )

    assert may_be_shown(row.file.digest)
    row.refresh_from_db()
    assert row.authorisation == Authorisation.OBTAINED


def test_description_begun_before_a_withdrawal_gives_nothing_back(world):
    row = agreed(world, world.begin())
    read_before = ProductionFile.objects.get(pk=row.pk)
    actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=world.referent)

    actions.describe_file(
        file=read_before, said={"description": "Une table"}, now=NOW, actor=world.referent
    )

    row.refresh_from_db()
    assert (row.description, row.authorisation) == ("Une table", Authorisation.WITHDRAWN)


def test_second_of_two_withdrawals_changes_nothing(world):
    row = agreed(world, world.begin())
    read_before = ProductionFile.objects.get(pk=row.pk)
    withdrawal = {"reason": "Non.", "now": NOW, "actor": world.referent}
    actions.withdraw_authorisation(file=row, **withdrawal)

    actions.withdraw_authorisation(file=read_before, **withdrawal)

    assert Entry.objects.filter(verb="production.withhold_file").count() == 1


def test_authorisation_withdrawn_meanwhile_is_given_back(world):
    row = agreed(world, world.begin())
    read_before = ProductionFile.objects.get(pk=row.pk)
    actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=world.referent)

    actions.give_authorisation_back(file=read_before, reason="Oui.", now=NOW, actor=world.referent)

    assert may_be_shown(row.file.digest)


def test_file_removed_meanwhile_is_unknown(world):
    row = agreed(world, world.begin())
    actions.remove_file(file=row, now=NOW, actor=world.teacher)
    act = {"file": row, "now": NOW, "actor": world.referent}

    for call, more in (
        (actions.describe_file, {"said": {"description": "Une table"}}),
        (actions.withdraw_authorisation, {"reason": "Non."}),
        (actions.give_authorisation_back, {"reason": "Oui."}),
    ):
        with pytest.raises(Unknown, match="n’est plus joint"):
            call(**act, **more)


def test_same_picture_withdrawn_elsewhere_stays_withheld(world):
    one, other = agreed(world, world.begin()), agreed(world, world.begin())
    for row in (one, other):
        actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=world.referent)

    actions.give_authorisation_back(file=one, reason="Oui.", now=NOW, actor=world.referent)

    assert one.file == other.file
    assert not may_be_shown(one.file.digest)


@pytest.mark.parametrize("who", ["fellow", "stranger"])
def test_authorisation_is_not_for_strangers_to_withdraw(world, who):
    row = agreed(world, world.begin())

    with pytest.raises(NotAllowed):
        actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=getattr(world, who))


def test_authorisation_is_not_given_back_by_describing(world):
    row = agreed(world, world.begin())
    actions.withdraw_authorisation(file=row, reason="Non.", now=NOW, actor=world.referent)

    with pytest.raises(Refusal, match="retirée"):
        actions.describe_file(
            file=row, said={"authorisation": "obtained"}, now=NOW, actor=world.referent
        )


def test_pupil_without_an_authorisation_forbids_to_propose(world):
    made = world.publishable()
    row = add(world, made, SAMPLES["a.png"], "classe.png", use=FileUse.PICTURE)

    with pytest.raises(Refusal) as refused:
        actions.propose(production=made, now=NOW, actor=world.referent)
    assert len(refused.value.reasons) == 2  # who is recognised, and what the picture shows

    actions.describe_file(
        file=row,
        said={"recognisable": Recognisable.NO, "description": "Une table"},
        now=NOW,
        actor=world.referent,
    )
    assert actions.propose(production=made, now=NOW, actor=world.referent).state == "proposed"


# -- links


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "exemple.fr",
        "ftp://exemple.fr/a",
        "https://",
        "https://moi:secret@exemple.fr/",
        "data:text/html,x",
        "http://[::1",
        f"https://exemple.fr/{'a' * 500}",
        "",
    ],
)
def test_address_that_pages_may_not_link_to_is_refused(world, url):
    with pytest.raises(Refusal):
        actions.add_link(production=world.begin(), url=url, now=NOW, actor=world.referent)


def test_link_is_kept_encoded_once_and_its_health_unknown(world):
    made = world.begin()

    link = actions.add_link(
        production=made,
        url=" https://exemple.fr/é ",
        label="Une  page",
        now=NOW,
        actor=world.teacher,
    )

    assert (link.url, link.label) == ("https://exemple.fr/%C3%A9", "Une page")
    assert (link.health, link.checked_at) == (0, None)
    with pytest.raises(Refusal, match="déjà"):
        actions.add_link(production=made, url=link.url, now=NOW, actor=world.teacher)
    actions.remove_link(link=link, now=NOW, actor=world.teacher)
    assert ProductionLink.objects.count() == 0


def test_links_are_so_many_at_most(world):
    made = world.begin()
    ProductionLinkFactory.create_batch(LINKS_MAX, production=made)

    with pytest.raises(Refusal, match="30 liens au plus"):
        actions.add_link(production=made, url="https://exemple.fr/z", now=NOW, actor=world.referent)


def test_links_are_checked_once_a_week_by_whoever_is_given():
    links = ProductionLinkFactory.create_batch(3)
    asked: list[str] = []

    def checker(url: str) -> int:
        asked.append(url)
        return 404 if url == links[1].url else 200

    assert actions.check_due(checker=checker, now=NOW) == 3
    assert actions.check_due(checker=checker, now=NOW + timedelta(days=6)) == 0
    assert actions.check_due(checker=checker, now=NOW + timedelta(days=8)) == 3
    assert asked == [one.url for one in links] * 2
    assert [one.health for one in ProductionLink.objects.order_by("pk")] == [200, 404, 200]
