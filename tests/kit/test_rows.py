"""A file of rows is read as given, mended with a word about it, or refused in clear French."""

import json

import pytest

from traam.kit.refusals import Refusal
from traam.kit.rows import Column, Kind, Outcome, RawRow, Report, RowResult, read_rows
from traam.kit.rows.cells import CellRefused, read_cell

COLUMNS = {
    "id": Column(kind=Kind.IDENTIFIER, required=True),
    "title": Column(required=True),
    "words": Column(kind=Kind.WORDS),
    "count": Column(kind=Kind.COUNT),
    "sure": Column(kind=Kind.FLAG),
    "url": Column(kind=Kind.ADDRESS),
    "basis": Column(accepts=("vu", "dit")),
}


def read(content: bytes | str, name: str = "essai.json") -> list[RawRow]:
    data = content.encode() if isinstance(content, str) else content
    return read_rows(content=data, name=name, columns=COLUMNS)


def one(**cells: object) -> RawRow:
    return read(json.dumps([{"id": "R1", "title": "Le titre"} | cells]))[0]


def refusal(content: bytes | str, name: str = "essai.json") -> str:
    with pytest.raises(Refusal) as caught:
        read(content, name)
    return " ".join(caught.value.reasons)


def test_json_row_is_read_as_given() -> None:
    row = one(words=["Lille", "Lyon"], count=7, sure=False, url="http://a.fr/x?y=1&z=2")

    assert row == RawRow(
        1,
        {
            "id": "R1",
            "title": "Le titre",
            "words": ("Lille", "Lyon"),
            "count": 7,
            "sure": False,
            "url": "http://a.fr/x?y=1&z=2",
            "basis": "",
        },
    )


def test_json_may_wrap_its_rows() -> None:
    assert read('{"rows": [{"id": "R1", "title": "T"}]}')[0].text("title") == "T"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_row_is_read_as_given_with_or_without_a_byte_order_mark(mark: str) -> None:
    text = f'{mark}id,title,words,count,sure\r\nR1,"Aménager : Lyon, Turin",Lille | Lyon,7,true\r\n'

    row = read(text, "essai.csv")[0]

    assert row.refused == row.mended == ()
    assert row.text("title") == "Aménager : Lyon, Turin"
    assert row.words("words") == ("Lille", "Lyon")
    assert (row.count("count"), row.flag("sure")) == (7, True)


def test_empty_cells_are_not_known_rather_than_false_or_zero() -> None:
    row = read("id,title,words,count,sure,url\nR1,T,,,,\n", "essai.csv")[0]

    assert (row.words("words"), row.count("count"), row.flag("sure")) == ((), None, None)
    assert row.text("url") == ""


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.json", "vide"),
        (b"\xef\xbb\xbf  \n", "a.csv", "vide"),
        ("[]", "a.json", "aucune ligne"),
        ("id,title\n", "a.csv", "aucune ligne"),
        ('[{"id": "R1", "title": "Fr\xe9"}]'.encode("latin-1"), "a.json", "l’octet n° 27 (0xE9)"),
        ('[{"id": "R1"}]'.encode("utf-16"), "a.json", "UTF-16"),
        (b"PK\x03\x04rest", "a.csv", "classeur"),
        (b"\xd0\xcf\x11\xe0rest", "a.csv", "XLS"),
        (b"%PDF-1.7", "a.json", "PDF"),
        ("bonjour", "a.txt", ".json ou .csv"),
        ('[{"id": "R1",\n "tit', "a.json", "ligne 2, colonne 2"),
        ('{"id": "R1", "title": "T"}', "a.json", "un tableau d’objets"),
        ("3", "a.json", "un tableau d’objets"),
        ('[{"id": NaN}]', "a.json", "NaN"),
        ('[{"id": -Infinity}]', "a.json", "-Infinity"),
        ('{"rows": [], "rows": []}', "a.json", "« rows » est donnée deux fois"),
        ("[" * 200_000, "a.json", "imbriqués"),
        ('[{"id": "R1", "title": "T", "tilte": 1}]', "a.json", "peut-être « title »"),
        ('[{"id": "R1", "title": "T", "quoi": 1}]', "a.json", "attendues : id, title"),
        ('[{"id": "R1", "title": "T", "Auteur": "x"}]', "a.json", "jamais enregistrés"),
        ('[{"id": "R1"}]', "a.json", "la colonne « title » manque"),
        ("id;title\nR1;T\n", "a.csv", "point-virgule"),
        ("id\ttitle\nR1\tT\n", "a.csv", "tabulation"),
        ("id,title\nR1,T,de trop\n", "a.csv", "ligne 2 : 3 cellules au lieu de 2"),
        ("id,title\nR1\n", "a.csv", "ligne 2 : 1 cellules au lieu de 2"),
        ("id,title,id\nR1,T,R1\n", "a.csv", "« id » est donnée deux fois"),
        ("id,title,\nR1,T,\n", "a.csv", "n° 3 n’a pas de nom"),
        ('id,title\nR1,"T\n', "a.csv", "guillemet"),
    ],
)
def test_bad_file_is_refused_as_a_whole_in_one_clear_sentence(
    content: bytes | str, name: str, said: str
) -> None:
    sentence = refusal(content, name)

    assert said in sentence
    assert sentence.startswith(name)


def test_too_many_rows_or_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("traam.kit.rows.reading.ROWS_MAX", 2)
    three = json.dumps([{"id": f"R{n}", "title": "T"} for n in range(3)])
    assert "2 au plus" in refusal(three)

    monkeypatch.setattr("traam.kit.rows.reading.BYTES_MAX", 10)
    assert "20 Mo" in refusal(three)


@pytest.mark.parametrize(
    ("given", "value", "said"),
    [
        ({"title": 12}, "12", "pris comme un texte"),
        ({"title": 1e400}, "1e999", ""),
        ({"title": "a\u0000b\u0007c"}, "abc", "contrôle"),
        ({"title": "a\u202eb\u200b"}, "ab", "invisibles"),
        ({"title": "  un  titre "}, "un titre", "superflues"),
        ({"title": "un\ntitre"}, "un titre", "sauts de ligne"),
        ({"title": "e\u0301le\u0300ve"}, "élève", "accents"),
        ({"title": "CrÃ©teil : lâ€™élÃ¨ve"}, "CrÃ©teil : lâ€™élÃ¨ve", ""),
        ({"title": "CrÃ©teil : lâ€™Ã©cole"}, "Créteil : l’école", "mal encodés"),
        ({"title": "=cmd|' /C calc'!A0"}, "cmd|' /C calc'!A0", "formule"),
        ({"title": "-2+3"}, "2+3", "formule"),
        ({"title": "a@b.fr =2+3"}, "2+3", "formule"),
        ({"title": "+33 6 12 34 56 78 Appeler"}, "Appeler", "téléphone"),
        ({"title": "\tTitre"}, "Titre", "formule"),
        ({"title": "Écrire à a.b@ac-lille.fr svp"}, "Écrire à svp", "électronique"),
        ({"title": "Écrire à a.b [at] ac-lille.fr"}, "Écrire à", "électronique"),
        ({"title": "Tél. 03 20 15 60 00."}, "Tél. .", "téléphone"),
        ({"title": "Tél. +33 (0)3.20.15.60.00"}, "Tél.", "téléphone"),
        ({"words": "Lille | Lyon"}, ("Lille", "Lyon"), ""),
        ({"words": ["Lille", "Lille"]}, ("Lille",), "deux fois"),
        ({"words": ["Lille", None, ""]}, ("Lille",), "vide"),
        ({"words": [3]}, ("3",), "pris comme un texte"),
        ({"count": "7"}, 7, ""),
        ({"count": 7.0}, 7, "lu comme 7"),
        ({"sure": "oui"}, True, "lu comme vrai"),
        ({"sure": 0}, False, "lu comme faux"),
        ({"id": " R1 "}, "R1", "superflues"),
    ],
)
def test_cell_is_mended_and_it_is_said(given: dict[str, object], value: object, said: str) -> None:
    text = json.dumps([{"id": "R1", "title": "Le titre"} | given]).replace("Infinity", "1e999")

    row = read(text)[0]

    (column,) = given
    assert row.refused == ()
    assert row.values[column] == value
    assert said in " ".join(row.mended)
    assert all(reason.startswith(f"Champ « {column} »") for reason in row.mended)


def test_lone_surrogate_is_taken_out_and_it_is_said() -> None:
    row = read('[{"id": "R1", "title": "un\\ud800 titre"}]')[0]

    assert row.text("title") == "un titre"
    assert row.mended == ("Champ « title » : caractères de contrôle ou invisibles retirés.",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ["un", "deux"]}, "un texte est attendu"),
        ({"title": {"fr": "un"}}, "un texte est attendu"),
        ({"title": ""}, "vide"),
        ({"title": "\u0000"}, "vide"),
        ({"title": "x" * 20_001}, "20001 caractères, 20000 au plus"),
        ({"id": "=R1"}, "identifiant"),
        ({"id": "R1 ; DROP"}, "identifiant"),
        ({"id": None}, "vide"),
        ({"words": {"a": 1}}, "une liste de textes"),
        ({"words": [["a"]]}, "une liste ou un objet"),
        ({"words": ["x"] * 201}, "200 au plus"),
        ({"count": -1}, "un nombre entier de 0"),
        ({"count": 1.5}, "un nombre entier"),
        ({"count": "sept"}, "un nombre entier"),
        ({"count": 10**300}, "un nombre entier"),
        ({"count": True}, "un nombre entier"),
        ({"sure": "peut-être"}, "vrai ou faux"),
        ({"sure": []}, "vrai ou faux"),
        ({"url": "javascript:alert(1)"}, "http"),
        ({"url": "www.ac-lille.fr"}, "http"),
        ({"url": "http://"}, "http"),
        ({"url": "http://[::1"}, "http"),
        ({"url": "http://a.fr:port/"}, "http"),
        ({"url": "http://moi:secret@a.fr/"}, "http"),
        ({"url": "http://a.fr/ b"}, "http"),
        ({"url": "http://a.fr/?a=b.c@d.fr"}, "adresse électronique"),
        ({"basis": "rêvé"}, "attendu : « vu », « dit »"),
    ],
)
def test_cell_is_refused_with_what_would_be_accepted(given: dict[str, object], said: str) -> None:
    row = one(**given)

    assert len(row.refused) == 1
    assert said in row.refused[0]
    assert row.refused[0].startswith(f"Champ « {next(iter(given))} »")


def test_row_that_is_no_row_is_refused_and_the_others_are_read() -> None:
    rows = read('["R1", {"id": "R2", "title": "a", "title": "b"}, {"id": "R3", "title": "T"}]')

    assert rows[0].refused == ("« R1 » n’est pas une ligne ; un objet est attendu.",)
    assert rows[1].refused == ("Le champ « title » est donné deux fois ; gardez-en un.",)
    assert rows[2].refused == ()


def test_reasons_never_repeat_a_mail_address_nor_a_control_character() -> None:
    row = one(id="a.b@ac-lille.fr\u0007")

    assert "a.b" not in row.refused[0]
    assert row.refused[0].isprintable()
    assert "ac-lille" not in refusal('[{"id": "R1", "title": "T", "a@ac-lille.fr": 1}]')


@pytest.mark.parametrize(
    "address",
    [
        "http://eduscol.education.fr/traam2016-2017/@@document_whole",
        "https://www.pedagogie.ac-aix-marseille.fr/jcms/c_10601546/fr/0612345678",
        "http://clemi.ac-creteil.fr/spip.php?article614&debutpagin_twitter_229=15",
    ],
)
def test_addresses_of_pages_are_taken_for_neither_mails_nor_telephones(address: str) -> None:
    row = one(url=address, title=address)

    assert (row.text("url"), row.text("title")) == (address, address)
    assert row.mended == row.refused == ()


def test_report_counts_each_outcome_and_is_given_as_plain_data() -> None:
    report = Report(
        (RowResult(1, Outcome.TAKEN), RowResult(2, Outcome.REFUSED, ("Champ « id » : vide.",)))
    )

    assert report.as_data() == {
        "rows": [
            {"row": 1, "outcome": "taken", "reasons": []},
            {"row": 2, "outcome": "refused", "reasons": ["Champ « id » : vide."]},
        ]
    }
    assert report.counts() == {
        Outcome.TAKEN: 1,
        Outcome.MENDED: 0,
        Outcome.REFUSED: 1,
        Outcome.UNCHANGED: 0,
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [("alice@ac-lille.fr", "alice@ac-lille.fr"), (" Alice@AC-Lille.FR ", "alice@ac-lille.fr")],
)
def test_a_declared_mail_address_is_kept_in_lower_case(given: str, kept: str) -> None:
    made, mended = read_cell(given, Column(kind=Kind.MAIL))

    assert made == kept
    assert bool(mended) == (given != kept)


@pytest.mark.parametrize("given", ["alice", "alice@lille", "a b@lille.fr", "a@b.fr, c@d.fr", "@"])
def test_what_is_no_mail_address_is_refused_where_one_is_declared(given: str) -> None:
    with pytest.raises(CellRefused, match="n’est pas une adresse électronique"):
        read_cell(given, Column(kind=Kind.MAIL))
