"""Every word of the archive is read or reported: the lists below are its own, word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.reference.queries import shipped_vocabulary
from traam.reference.rules import Reading, Vocabulary, fold, read_years
from traam.reference.rules.text import tokens

ACADEMIES = {
    "Aix-Marseille": "02",
    "Amiens": "20",
    "Besançon": "03",
    "Bordeaux": "04",
    "Caen": "05",
    "Clermont-Ferrand": "06",
    "Corse": "27",
    "Créteil": "24",
    "Dijon": "07",
    "Grenoble": "08",
    "Guyane": "33",
    "La Réunion": "28",
    "Lille": "09",
    "Limoges": "22",
    "Lyon": "10",
    "Martinique": "31",
    "Montpellier": "11",
    "Nancy-Metz": "12",
    "Nantes": "17",
    "Nice": "23",
    "Normandie": "70",
    "Orléans-Tours": "18",
    "Paris": "01",
    "Poitiers": "13",
    "Reims": "19",
    "Rennes": "14",
    "Rouen": "21",
    "Strasbourg": "15",
    "Toulouse": "16",
    "Versailles": "25",
}
OTHER_ACADEMIES = {
    "09": "09",
    "Réunion": "28",
    "Nancy Metz": "12",
    "Orléans Tours": "18",
    "Polynésie": "41",
    "académie de Lille": "09",
    "Académie d’Orléans-Tours": "18",
    "MAYOTTE": "43",
    "Académie de La Réunion": "28",
    "vice-rectorat de la Polynésie française": "41",
}
DISCIPLINES = {
    "Anglais": ["ANGLAIS"],
    "Anglais ; Espagnol": ["ANGLAIS", "ESPAGNOL"],
    "Arts plastiques": ["ARTS"],
    "Biochimie et biotechnologies": ["BIOTECH"],
    "Documentation": ["DOC"],
    "Documentation ; SVT": ["DOC", "SVT"],
    "EMI": ["EMI"],
    "Espagnol": ["ESPAGNOL"],
    "Espagnol ; Documentation": ["ESPAGNOL", "DOC"],
    "Histoire des arts": ["HDA"],
    "Histoire-géographie": ["HG"],
    "Langues vivantes": ["LV"],
    "Lettres": ["LETTRES"],
    "Mathématiques": ["MATHS"],
    "Mathématiques ; Technologie": ["MATHS", "TECHNO"],
    "Physique-chimie": ["PC"],
    "SES": ["SES"],
    "SES ; Mathématiques": ["SES", "MATHS"],
    "STI": ["STI"],
    "SVT": ["SVT"],
    "Technologie": ["TECHNO"],
    "Économie-gestion": ["ECOGEST"],
}
COLLEGE, LYCEE, LP = ["6E", "5E", "4E", "3E"], ["2GT", "1GT", "TGT"], ["2PRO", "1PRO", "TPRO"]
LEVELS = {
    "1re (spécialité)": (["1GT"], ["TERM"], ["LGT"]),
    "2de": (["2GT"], ["DET"], ["LGT"]),
    "2de et Terminale": (["2GT", "TGT"], ["DET", "TERM"], ["LGT"]),
    "2de à BTS": ([*LYCEE, "BTS"], ["DET", "TERM"], ["LGT", "SUP"]),
    "3e": (["3E"], ["C4"], ["COL"]),
    "3e et 1re professionnelle": (["3E", "1PRO"], ["C4"], ["COL", "LP"]),
    "3e et 2de": (["3E", "2GT"], ["C4", "DET"], ["COL", "LGT"]),
    "4e": (["4E"], ["C4"], ["COL"]),
    "4e SEGPA": (["4E", "SEGPA"], ["C4"], ["COL", "SEGPA"]),
    "5e": (["5E"], ["C4"], ["COL"]),
    "6e": (["6E"], ["C3"], ["COL"]),
    "CM2 (cycle 3)": (["CM2"], ["C3"], ["ELEM"]),
    "Terminale": (["TGT"], ["TERM"], ["LGT"]),
    "Terminale (spécialité)": (["TGT"], ["TERM"], ["LGT"]),
    "collège": (COLLEGE, ["C3", "C4"], ["COL"]),
    "collège et lycée": ([*COLLEGE, *LYCEE], ["C3", "C4", "DET", "TERM"], ["COL", "LGT"]),
    "collège, lycée général et technologique, lycée professionnel": (
        [*COLLEGE, *LYCEE, *LP, "CAP"],
        ["C3", "C4", "DET", "TERM"],
        ["COL", "LGT", "LP"],
    ),
    "cycle 3": (["CM1", "CM2", "6E"], ["C3"], ["ELEM", "COL"]),
    "cycle 4": (["5E", "4E", "3E"], ["C4"], ["COL"]),
    "cycle 4 à Terminale": (["5E", "4E", "3E", *LYCEE], ["C4", "DET", "TERM"], ["COL", "LGT"]),
    "lycée": (LYCEE, ["DET", "TERM"], ["LGT"]),
    "lycée général et technologique": (LYCEE, ["DET", "TERM"], ["LGT"]),
    "lycée professionnel": ([*LP, "CAP"], [], ["LP"]),
    # Other ways of writing ranges.
    "de la 6e à la 3e": (COLLEGE, ["C3", "C4"], ["COL"]),
    "6e-3e": (COLLEGE, ["C3", "C4"], ["COL"]),
    "2de pro à Terminale pro": (LP, [], ["LP"]),
    "3e à CPGE": (["3E", *LYCEE, "CPGE"], ["C4", "DET", "TERM"], ["COL", "LGT", "SUP"]),
    "Terminale à 2de": (["2GT", "TGT"], ["DET", "TERM"], ["LGT"]),
    "Terminale S": (["T-S"], ["TERM"], ["LGT"]),
}
KINDS = {
    "bilan": "bilan",
    "jeu": "jeu",
    "outil ou banque de ressources": "outil",
    "parcours": "parcours",
    "présentation de projet": "presentation",
    "scénario": "scenario",
    "recueil de scénarios": "recueil",
    "synthèse": "synthese",
}
TOOLS = [
    *("L'Histoire par l'image", "animation d'images", "capture d'écran", "jeu d'évasion"),
    *("Audio-Lingua", "Book Creator", "ComparIA", "DeepAI", "EDpuzzle", "ENT", "Folios"),
    *("Genially", "Gimp", "H5P", "IA générative", "Moodle", "Nolej", "Padlet", "Photofiltre"),
    *("Plickers", "Prezi", "QCM", "Quick, Draw!", "SCORM", "SketchUp", "Story Map (ESRI)"),
    *("Vittascience", "Wooclap", "appareil photo numérique", "application mobile"),
    *("applications sonométriques", "capsules vidéo", "data.gouv.fr", "diaporama vidéo"),
    *("frises numériques", "jeu sérieux", "jeu", "light painting", "mur virtuel"),
    *("numérisation", "outil de reconnaissance par IA", "photo", "portail de photos"),
    *("réalité augmentée", "simulateurs en ligne", "sites de voyage", "smartphone"),
    *("table e-TAC", "tablette", "tablettes", "vidéo", "webradio", "Éléa"),
    *("Hot Potatoes", "Didapage", "eXeLearning", "Netquiz"),
]
COMPETENCES = [
    "S'informer dans le monde du numérique",
    "Se repérer dans l'espace",
    "Raisonner, justifier une démarche",
]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return shipped_vocabulary()


def _codes(reading: Reading) -> list[str]:
    return [term.code for term in reading.terms]


@pytest.mark.parametrize(("name", "code"), {**ACADEMIES, **OTHER_ACADEMIES}.items())
def test_academy_is_found_by_any_of_its_names(words: Vocabulary, name: str, code: str) -> None:
    entry = words.academy(name)

    assert entry is not None
    assert entry.code == code


@pytest.mark.parametrize(
    "name", ["Basse-Normandie", "Haute-Normandie", "CNED", "AEFE", "99", "", "académie de"]
)
def test_academy_is_none_for_a_participant_that_is_not_one(words: Vocabulary, name: str) -> None:
    assert words.academy(name) is None


def test_academies_keep_the_participants_that_are_none(words: Vocabulary) -> None:
    reading = words.academies(["Lille", "CNED", "Polynésie", "lille", ""])

    assert (_codes(reading), reading.unread) == (["09", "41"], ("CNED",))


@pytest.mark.parametrize(("text", "codes"), DISCIPLINES.items())
def test_disciplines_of_the_archive_are_read(
    words: Vocabulary, text: str, codes: list[str]
) -> None:
    reading = words.disciplines(text)

    assert (_codes(reading), reading.unread, reading.notes) == (codes, (), ())


@pytest.mark.parametrize("text", ["Transversal", "Non précisée"])
def test_disciplines_that_are_none_are_notes(words: Vocabulary, text: str) -> None:
    assert words.disciplines(text) == Reading(notes=(text,))


def test_disciplines_keep_what_they_do_not_know(words: Vocabulary) -> None:
    reading = words.disciplines("Lettres et arts du cirque ; Astrologie")

    assert (_codes(reading), reading.unread) == (["LETTRES"], ("arts du cirque", "Astrologie"))


@pytest.mark.parametrize(("text", "expected"), LEVELS.items())
def test_levels_of_the_archive_are_read(
    words: Vocabulary, text: str, expected: tuple[list[str], list[str], list[str]]
) -> None:
    audience = words.audience(text)

    read = (audience.levels, audience.cycles, audience.school_types)
    assert tuple([term.code for term in terms] for terms in read) == expected
    assert audience.unread == ()
    assert words.levels(text).terms == audience.levels


@pytest.mark.parametrize(
    ("text", "note"), [("CM2 (cycle 3)", "cycle 3"), ("Terminale (spécialité)", "spécialité")]
)
def test_levels_keep_an_aside_as_a_note(words: Vocabulary, text: str, note: str) -> None:
    assert words.levels(text).notes == (note,)


@pytest.mark.parametrize("text", ["inter-cycles", "et", "!!", "grands débutants"])
def test_levels_keep_what_cannot_be_read(words: Vocabulary, text: str) -> None:
    assert words.levels(text) == Reading(unread=(text,))


def test_levels_of_nothing_are_nothing(words: Vocabulary) -> None:
    assert words.levels(None) == Reading()


def test_cycles_of_the_archive_are_read_or_noted(words: Vocabulary) -> None:
    reading = words.cycles(["cycle 3", "cycle 4", "lycée", "lycée professionnel", "inter-cycles"])

    assert _codes(reading) == ["C3", "C4", "DET", "TERM"]
    assert reading.notes == ("lycée", "lycée professionnel")
    assert reading.unread == ("inter-cycles",)


@pytest.mark.parametrize(("text", "code"), KINDS.items())
def test_kinds_of_the_archive_are_read(words: Vocabulary, text: str, code: str) -> None:
    kind = words.kind(text)

    assert kind is not None
    assert kind.code == code


def test_kind_is_none_when_nobody_knows_it(words: Vocabulary) -> None:
    assert words.kind("opéra") is None
    assert words.kind(None) is None


def test_tools_of_the_archive_are_all_read(words: Vocabulary) -> None:
    reading = words.tools(TOOLS)

    assert reading.unread == ()
    assert len(reading.terms) == len(TOOLS) - 1  # « tablette » and « tablettes » are one


@pytest.mark.parametrize(
    ("text", "code"), [("elea", "elea"), ("Quick Draw", "quick-draw"), ("h5p", "h5p")]
)
def test_tools_are_read_whatever_their_writing(words: Vocabulary, text: str, code: str) -> None:
    assert _codes(words.tools([text])) == [code]


def test_competences_of_the_archive_are_unread_until_a_load_adds_them(words: Vocabulary) -> None:
    assert words.competences(COMPETENCES) == Reading(unread=tuple(COMPETENCES))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gérer des données", "CRCN-1.2"),
        ("CRCN-1.2", "CRCN-1.2"),
        ("CN_INF_GER", "CRCN-1.2"),
        ("Socle domaine 2", "SOCLE-2"),
        ("Démarches scientifiques", "SOCLE-4.1"),
    ],
)
def test_competences_are_read_from_the_frameworks(words: Vocabulary, text: str, code: str) -> None:
    assert _codes(words.competences([text])) == [code]


@given(st.text())
def test_readers_take_any_text_and_lose_nothing(text: str) -> None:
    words = shipped_vocabulary()

    for reading in (words.disciplines(text), words.levels(text), words.school_types(text)):
        assert bool(text.strip()) == bool(reading.terms or reading.unread or reading.notes)
    words.academy(text)
    words.kind(text)
    read_years(text)
    for reading in (words.tools([text]), words.competences([text]), words.academies([text])):
        assert bool(text.strip()) == bool(reading.terms or reading.unread)


@given(st.lists(st.sampled_from([*LEVELS, "zut", "grands débutants"])))
def test_levels_report_every_unknown_word_of_a_long_text(texts: list[str]) -> None:
    reading = shipped_vocabulary().levels(" ; ".join(texts))

    unknown = {text for text in texts if text in ("zut", "grands débutants")}
    assert {fold(text) for text in reading.unread} == {fold(text) for text in unknown}
    assert all(list(tokens(text)) for text in reading.unread)
