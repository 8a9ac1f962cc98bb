"""A file of productions: each row becomes a notice of the archive, mended or refused aloud."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest

from tests.catalogue.loads import loaded, outcomes, production_row, record_of
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.catalogue.actions import withdraw
from traam.catalogue.loading import load_productions
from traam.catalogue.models import Notice, Sequence
from traam.catalogue.record import Link, Term
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.rows import Outcome
from traam.reference.models import Term as VocabularyRow

pytestmark = pytest.mark.usefixtures("vocabularies")
TAKEN, MENDED, REFUSED, UNCHANGED = (
    *(Outcome.TAKEN, Outcome.MENDED),
    *(Outcome.REFUSED, Outcome.UNCHANGED),
)


def codes(terms: tuple[Term, ...]) -> list[str]:
    return [term.code for term in terms]


def test_whole_row_becomes_a_notice_of_the_archive(now: datetime) -> None:
    (row,) = loaded(production_row(), now=now).rows

    record = record_of()
    assert (row.outcome, row.reasons) == (TAKEN, ())
    assert record.title == "Comment se déplacer en France et en Europe ?"
    assert (record.title_is_exact, record.certainty) == (True, "explicite")
    assert (record.summary, record.summary_basis) == (
        "Les élèves préparent un trajet.",
        "page_excerpt",
    )
    assert (record.kind.code, record.kind.label) == ("scenario", "Scénario")
    assert (record.years, record.year_text) == (("2016-2017",), "2016-2017")
    assert (record.campaign, record.theme, record.theme_text) == (None, None, "")
    assert (codes(record.academies), codes(record.disciplines)) == (["24"], ["HG"])
    assert (codes(record.levels), codes(record.cycles), record.level_text) == (
        ["4E"],
        ["C4"],
        "4e",
    )
    assert record.links == (
        Link(url="http://hgc.ac-creteil.fr/comment-se-deplacer", role="original"),
    )
    assert (record.is_archive, record.is_demonstration) == (True, False)


def test_dry_run_says_the_same_and_leaves_nothing(now: datetime) -> None:
    rows = (production_row(tools=["Boussole inconnue"]), production_row(id="R2", kind="poème"))
    words = VocabularyRow.objects.count()

    dry = loaded(*rows, now=now, dry_run=True)
    left = (Notice.objects.count(), VocabularyRow.objects.count() - words, Entry.objects.count())
    real = loaded(*rows, now=now)

    assert left == (0, 0, 0)
    assert dry == real


def test_second_load_changes_nothing_but_refuses_the_same(now: datetime) -> None:
    rows = (
        production_row(tools=["Boussole inconnue"]),
        production_row(id="R2", level="inter-cycles"),
        production_row(id="R3", kind="poème"),
    )

    first = loaded(*rows, now=now)
    second = loaded(*rows, now=now)

    assert outcomes(first) == [TAKEN, MENDED, REFUSED]
    assert outcomes(second) == [UNCHANGED, UNCHANGED, REFUSED]
    assert second.rows[2] == first.rows[2]
    assert Notice.objects.count() == 2


def test_row_that_changed_corrects_its_notice(now: datetime) -> None:
    loaded(production_row(), now=now)

    (row,) = loaded(production_row(title="Se déplacer"), now=now).rows

    notice = Notice.objects.current().get()
    assert row.outcome is TAKEN
    assert row.reasons == (f"La notice « {notice.ark} » est corrigée (version 2).",)
    assert (notice.version, notice.frozen().title) == (2, "Se déplacer")
    assert notice.reason == "Fichier chargé de nouveau : la ligne a changé"


def test_notice_that_was_withdrawn_stays_so(now: datetime) -> None:
    loaded(production_row(), now=now)
    withdraw(ark=Notice.objects.get().ark, reason="Une raison.", now=now, actor=None)

    (row,) = loaded(production_row(), now=now).rows

    assert row.outcome is REFUSED
    assert "est retirée ; rétablissez-la" in row.reasons[0]
    assert Notice.objects.count() == 2


def test_doubts_are_kept_with_the_record(now: datetime) -> None:
    row = production_row(
        title_exact=False, traam_certitude="déduite", summary_basis="title_or_mention"
    )

    report = loaded(row, now=now)

    record = record_of()
    assert outcomes(report) == [TAKEN]
    assert (record.title_is_exact, record.certainty, record.summary_basis) == (
        False,
        "déduite",
        "title_or_mention",
    )


def test_holes_are_left_empty(now: datetime) -> None:
    row = production_row(
        academies=[], level=None, year=None, url=None, source=None, discipline=None
    )

    report = loaded(row, now=now)

    record = record_of()
    assert outcomes(report) == [TAKEN]
    assert (record.academies, record.levels, record.years) == ((), (), ())
    assert (record.links, record.source, record.campaign) == ((), "", None)


def test_span_of_two_years_covers_both(now: datetime) -> None:
    loaded(production_row(year="2021-2023"), now=now)

    record = record_of()
    assert (record.years, record.year_text) == (("2021-2022", "2022-2023"), "2021-2023")


@pytest.mark.parametrize(
    ("level", "levels"),
    [
        ("CM2 (cycle 3)", ["CM2"]),
        ("2de et Terminale", ["2GT", "TGT"]),
    ],
)
def test_free_words_of_levels_are_read(now: datetime, level: str, levels: list[str]) -> None:
    report = loaded(production_row(level=level), now=now)

    assert outcomes(report) == [TAKEN]
    assert codes(record_of().levels) == levels
    assert record_of().level_text == level


@pytest.mark.parametrize("dry_run", [True, False])
def test_year_far_ahead_is_kept_and_it_is_told(now: datetime, dry_run: bool) -> None:
    (row,) = loaded(production_row(year="2035-2036"), now=now, dry_run=dry_run).rows

    assert row.outcome is MENDED
    assert row.reasons[0] == (
        "Champ « year » : « 2035-2036 » commence après l’année prochaine ; une année jusqu’à "
        "« 2026-2027 » est attendue ; gardée telle quelle."
    )
    if not dry_run:
        assert (record_of().years, record_of().year_text) == (("2035-2036",), "2035-2036")


def test_next_year_is_taken_without_a_word(now: datetime) -> None:
    (row,) = loaded(production_row(year="2026-2027"), now=now).rows

    assert (row.outcome, row.reasons) == (TAKEN, ())


def test_level_that_is_not_read_is_kept_as_text_and_it_is_told(now: datetime) -> None:
    (row,) = loaded(production_row(level="inter-cycles"), now=now).rows

    assert row.outcome is MENDED
    assert row.reasons == (
        "Champ « level » : « inter-cycles » n’est pas un niveau connu ; gardé tel quel, sans code.",
    )
    assert (record_of().levels, record_of().level_text) == ((), "inter-cycles")


def test_several_disciplines_in_one_text_are_all_read(now: datetime) -> None:
    loaded(production_row(discipline="Documentation ; SVT"), now=now)

    assert codes(record_of().disciplines) == ["DOC", "SVT"]
    assert record_of().discipline_text == "Documentation ; SVT"


def test_synthesis_of_several_academies_names_them_all(now: datetime) -> None:
    loaded(production_row(academies=["Bordeaux", "Limoges", "Poitiers"]), now=now)

    assert [term.label for term in record_of().academies] == ["Bordeaux", "Limoges", "Poitiers"]


def test_rows_that_share_an_address_are_as_many_notices(now: datetime) -> None:
    report = loaded(production_row(), production_row(id="R2", title="Autre"), now=now)

    assert outcomes(report) == [TAKEN, TAKEN]
    assert record_of("R001").links == record_of("R2").links


def test_page_where_it_was_seen_is_a_second_link(now: datetime) -> None:
    loaded(production_row(source="https://eduscol.education.fr/692"), now=now)

    assert record_of().links[1] == Link(url="https://eduscol.education.fr/692", role="source")


def test_new_words_enter_the_open_vocabularies_to_be_looked_at(now: datetime) -> None:
    row = production_row(tools=["Boussole inconnue", "Padlet"], competences=["Lire une boussole"])

    report = loaded(row, production_row(id="R2", tools=["boussole  inconnue"]), now=now)

    assert outcomes(report) == [TAKEN, MENDED]  # two spaces were taken out of the second
    assert [reason.split(" ; ")[0] for reason in report.rows[0].reasons] == [
        "Champ « tools » : « Boussole inconnue » est un mot nouveau, ajouté au référentiel et à "
        "vérifier.",
        "Champ « competences » : « Lire une boussole » est un mot nouveau, ajouté au référentiel "
        "et à vérifier.",
    ]
    added = VocabularyRow.objects.filter(needs_review=True, label="Boussole inconnue").get()
    assert codes(record_of("R2").tools) == [added.code]
    assert [term.label for term in record_of().tools] == ["Boussole inconnue", "Padlet"]


def test_word_without_a_letter_is_left_out_and_it_is_told(now: datetime) -> None:
    (row,) = loaded(production_row(tools=["???", "Padlet"]), now=now).rows

    assert row.outcome is MENDED
    assert row.reasons == ("Champ « tools » : « ??? » n’a ni lettre ni chiffre ; retiré.",)
    assert [term.label for term in record_of().tools] == ["Padlet"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "poème"}, "« poème » n’est pas reconnu ; attendu : « scénario »"),
        ({"academies": ["Narnia"]}, "« Narnia » n’est pas une académie connue"),
        ({"year": "un jour"}, "« un jour »"),
        ({"traam_certitude": "peut-être"}, "attendu : « explicite », « déduite »"),
        ({"summary_basis": "ouï-dire"}, "attendu : « page_excerpt », « title_or_mention »"),
        ({"url": "javascript:alert(1)"}, "adresse complète en http"),
        ({"title": None}, "vide"),
        ({"title": ["un", "deux"]}, "une liste"),
        ({"id": "=R1"}, "identifiant"),
    ],
)
def test_row_that_cannot_be_taken_is_refused_and_the_others_are_taken(
    now: datetime, changes: dict[str, Any], said: str
) -> None:
    report = loaded(production_row(**changes), production_row(id="R9"), now=now)

    assert outcomes(report) == [REFUSED, TAKEN]
    assert said in report.rows[0].reasons[0]
    assert Notice.objects.get().origin == "archive:R9"


def test_refused_row_adds_no_word_to_the_vocabularies(now: datetime) -> None:
    loaded(production_row(kind="poème", tools=["Boussole inconnue"]), now=now)

    assert not VocabularyRow.objects.filter(label="Boussole inconnue").exists()


def test_mail_address_in_a_text_is_taken_out_and_it_is_told(now: datetime) -> None:
    (row,) = loaded(production_row(note="Écrire à a.b@ac-lille.fr"), now=now).rows

    assert row.outcome is MENDED
    assert "adresse électronique retirée" in row.reasons[0]
    assert record_of().note == "Écrire à"


def test_same_identifier_with_another_content_is_refused_naming_both_rows(now: datetime) -> None:
    rows = (production_row(), production_row(), production_row(title="Autre"))

    report = loaded(*rows, now=now)

    assert outcomes(report) == [TAKEN, UNCHANGED, REFUSED]
    assert "« R001 » est déjà celui de la ligne 1" in report.rows[2].reasons[0]
    assert "de la ligne 3" in report.rows[2].reasons[0]


def test_csv_file_gives_the_same_notice_as_json(now: datetime) -> None:
    row = production_row(tools=["Padlet", "Genially"], academies=["Nice", "Reims"])
    text = io.StringIO()
    writer = csv.DictWriter(text, row)
    writer.writeheader()
    lists = {name: " | ".join(row[name]) for name in ("tools", "academies", "competences")}
    writer.writerow(row | lists | {"title_exact": "true"})
    content = ("\ufeff" + text.getvalue()).encode()

    first = load_productions(content=content, name="p.csv", now=now, actor=None, dry_run=False)
    second = loaded(row, now=now)

    assert (outcomes(first), outcomes(second)) == ([TAKEN], [UNCHANGED])


@pytest.mark.parametrize("column", ["auteur", "contact", "mail", "authors"])
def test_columns_that_name_people_refuse_the_file_before_anything(
    now: datetime, column: str
) -> None:
    with pytest.raises(Refusal, match=f"« {column} »"):
        loaded(production_row(), production_row(id="R2", **{column: "x"}), now=now)

    assert Notice.objects.count() == 0


def test_crash_in_mid_file_leaves_nothing(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from traam.catalogue import writing

    real, seen = writing.Writer.flush, []

    def burst(writer: writing.Writer) -> None:
        real(writer)
        seen.append(Notice.objects.count())
        if len(seen) == 2:
            raise RuntimeError("panne")

    monkeypatch.setattr(writing, "BATCH", 1)
    monkeypatch.setattr(writing.Writer, "flush", burst)
    with pytest.raises(RuntimeError, match="panne"):
        loaded(production_row(), production_row(id="R2"), now=now)

    assert seen == [1, 2]
    assert (Notice.objects.count(), Entry.objects.count()) == (0, 0)
    assert not Sequence.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PILOT])
def test_loads_are_the_pilot_s(now: datetime, role: Role) -> None:
    other = Actor(person=1, mandates=(Mandate(role=role),), today=date(2026, 3, 20))

    with pytest.raises(NotAllowed, match="pilotage national"):
        load_productions(content=b"[]", name="a.json", now=now, actor=other, dry_run=False)
