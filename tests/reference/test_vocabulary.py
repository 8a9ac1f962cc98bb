"""A small vocabulary, made on the spot: editions, successors, academies, groups and ranges."""

from dataclasses import replace
from datetime import date

import pytest

from traam.reference.rules import (
    FORMER,
    REMARK,
    AcademyEntry,
    Audience,
    Reading,
    SchemeFacts,
    TermFacts,
    Vocabulary,
    VocabularyTerm,
)


def scheme(code: str, *terms: TermFacts, edition: str = "1", **more: str | date) -> SchemeFacts:
    return SchemeFacts(code=code, edition=edition, label=code, terms=terms, **more)  # type: ignore[arg-type]


def level(code: str, step: int, path: str = "", **facts: str) -> TermFacts:
    facts_ = {"step": step} | ({"path": path} if path else {}) | facts
    return TermFacts(code=code, label=code, facts=facts_)


TOOLS = scheme(
    "tools",
    TermFacts(code="elea", label="Éléa", uri="https://exemple.invalid/elea", aliases=("eléa 2",)),
    TermFacts(code="padlet", label="Padlet", status=FORMER),
    TermFacts(code="pad", label="Pad", replaced_by="padlet"),
    TermFacts(code="rien", label="Aucun outil", status=REMARK),
    facet="outil",
)
CRCN = scheme("crcn", TermFacts(code="CRCN-1", label="Chercher"), facet="competence")
SOCLE = scheme("socle", TermFacts(code="S-1", label="Langages"), facet="competence")
FREE = scheme(
    "competences",
    TermFacts(code="L-1", label="Oser"),
    TermFacts(code="L-2", label="Chercher"),
    facet="competence",
)
REGIONS = scheme("regions", TermFacts(code="R28", label="Normandie"))
ACADEMIES = scheme(
    "academies",
    TermFacts(
        code="05",
        label="Caen",
        valid_to=date(2019, 12, 31),
        facts={"kind": "académie", "region": "R28", "successor": "70", "departments": ["14"]},
    ),
    TermFacts(
        code="70",
        label="Normandie",
        valid_from=date(2020, 1, 1),
        facts={"kind": "académie", "region": "R28"},
    ),
    TermFacts(code="41", label="Polynésie", facts={"kind": "vice-rectorat", "overseas": True}),
    TermFacts(code="98", label="Ys"),
)
LEVELS = scheme(
    "levels",
    level("CM2", 1, cycle="C3", type="ELEM"),
    level("6e", 2, cycle="C3", type="COL"),
    level("5e", 3, cycle="C4", type="COL"),
    level("2de", 4, path="general", type="LGT"),
    level("2PRO", 4, path="pro", type="LP"),
    level("1re", 5, path="general", type="LGT"),
    level("1PRO", 5, path="pro", type="LP"),
    level("Tle", 6, path="general", type="LGT"),
    level("TPRO", 6, path="pro", type="LP"),
    level("BTS", 7, type="SUP"),
    TermFacts(code="COLLEGE", label="collège", facts={"levels": ["6e", "5e"]}),
    TermFacts(code="LPRO", label="lycée pro", facts={"levels": ["2PRO", "1PRO", "TPRO"]}),
    TermFacts(code="SEGPA", label="SEGPA", facts={"levels": ["6e"], "type": "SEG"}),
    TermFacts(code="SPE", label="spécialité", status=REMARK),
)
CYCLES = scheme(
    "cycles",
    TermFacts(code="C3", label="cycle 3", facts={"levels": ["CM2", "6e"]}),
    TermFacts(code="C4", label="cycle 4", facts={"levels": ["5e"]}),
    TermFacts(code="C5", label="cycle 5"),
)
TYPES = scheme(
    "school-types", *(TermFacts(code=c, label=c) for c in ("ELEM", "COL", "LGT", "LP", "SEG"))
)
SYNONYMS = scheme("synonyms", TermFacts(code="svt", label="SVT", aliases=("La Vie",)))
WORDS = Vocabulary.of(
    (TOOLS, CRCN, SOCLE, FREE, REGIONS, ACADEMIES, LEVELS, CYCLES, TYPES, SYNONYMS)
)
ELEA = VocabularyTerm("tools", "elea", "Éléa", "https://exemple.invalid/elea")
PADLET = VocabularyTerm("tools", "padlet", "Padlet")


def codes(terms: tuple[VocabularyTerm, ...]) -> str:
    return " ".join(term.code for term in terms)


def test_terms_are_those_in_use() -> None:
    assert codes(WORDS.terms("tools")) == "elea pad"
    assert WORDS.terms("tools")[0] == ELEA
    assert WORDS.terms("zut") == ()
    assert [Vocabulary.of((), version=each).version for each in ("", "v1")] == ["", "v1"]


def test_family_is_the_term_then_all_that_stands_under_it_in_order() -> None:
    words = Vocabulary.of(
        [
            scheme(
                "levels",
                TermFacts(code="T-S", label="Terminale S", parent="TG"),
                TermFacts(code="LGT", label="Lycée"),
                TermFacts(code="TG", label="Terminale générale", parent="LGT"),
                TermFacts(code="LP", label="Lycée professionnel"),
            )
        ]
    )

    assert words.family(scheme="levels", code="LGT") == ("LGT", "T-S", "TG")
    assert words.family(scheme="levels", code="LP") == ("LP",)
    assert words.family(scheme="levels", code="zut") == ("zut",)


def test_term_and_facts_are_found_by_code() -> None:
    assert WORDS.term(scheme="tools", code="padlet") == PADLET
    assert WORDS.term(scheme="tools", code="pad") == PADLET
    assert WORDS.term(scheme="tools", code="zut") is None
    assert WORDS.term(scheme="zut", code="elea") is None
    assert WORDS.facts(scheme="tools", code="pad") == TOOLS.terms[2]
    assert WORDS.facts(scheme="tools", code="zut") is None
    assert WORDS.facts(scheme="zut", code="elea") is None


def test_term_in_a_facet_is_that_of_any_of_its_vocabularies() -> None:
    socle = WORDS.in_facet(facet="competence", code="S-1")

    assert socle == VocabularyTerm("socle", "S-1", "Langages")
    assert WORDS.in_facet(facet="outil", code="S-1") is None
    assert WORDS.in_facet(facet="zut", code="S-1") is None


def test_synonyms_are_folded_together() -> None:
    assert WORDS.synonyms() == (frozenset({"svt", "la vie"}),)
    assert Vocabulary.of((TOOLS,)).synonyms() == ()


@pytest.mark.parametrize("length", [1, 5])
def test_merged_term_leads_to_the_last_of_a_chain_and_a_loop_ends(length: int) -> None:
    chain = [TermFacts(code=f"t{n}", label=f"T{n}", replaced_by=f"t{n + 1}") for n in range(length)]
    words = Vocabulary.of([scheme("tools", *chain, TermFacts(code=f"t{length}", label="Fin"))])
    looped = Vocabulary.of(
        [scheme("tools", replace(chain[0], replaced_by="t0"), TermFacts(code="x", label="X"))]
    )

    assert words.term(scheme="tools", code="t0") == VocabularyTerm("tools", f"t{length}", "Fin")
    assert looped.term(scheme="tools", code="t0") == VocabularyTerm("tools", "t0", "T0")


def test_last_edition_wins_and_an_undated_one_is_the_oldest() -> None:
    def edition(name: str, label: str, **more: date) -> SchemeFacts:
        return scheme("tools", TermFacts(code="a", label=label), edition=name, **more)

    old = edition("9", "Sans date")
    mid = edition("2", "Deux", valid_from=date(2020, 9, 1))
    last = edition("1", "Un", valid_from=date(2025, 9, 1))
    twin = edition("2", "Un bis", valid_from=date(2025, 9, 1))

    def label(*schemes: SchemeFacts) -> str:
        found = Vocabulary.of(schemes).term(scheme="tools", code="a")
        assert found is not None
        return found.label

    assert label(last, mid, old) == "Un"
    assert label(mid, old) == "Deux"
    assert label(twin, last, mid) == "Un bis"
    assert [term.label for term in Vocabulary.of((last, mid)).tools(["deux", "un"]).terms] == ["Un"]


def test_academy_is_found_by_its_code_its_name_and_its_title() -> None:
    entries = WORDS.academy_entries

    assert entries["05"] == AcademyEntry(
        code="05",
        name="Caen",
        kind="académie",
        region="R28",
        region_name="Normandie",
        departments=("14",),
        overseas=False,
        valid_from=None,
        valid_to=date(2019, 12, 31),
        successor="70",
        predecessors=(),
    )
    assert (entries["70"].predecessors, entries["70"].successor) == (("05",), "")
    assert (entries["41"].kind, entries["41"].overseas) == ("vice-rectorat", True)
    assert entries["70"].valid_from == date(2020, 1, 1)
    assert entries["98"] == AcademyEntry("98", "Ys", "", "", "", (), False, None, None, "", ())
    assert WORDS.academy(" 05 ") is WORDS.academy("académie de CAEN") is entries["05"]
    assert WORDS.academy("Vice-rectorat de la Polynésie") is entries["41"]
    assert WORDS.academy("rectorat de Caen") is None


def test_academy_exists_from_its_first_day_to_its_last() -> None:
    caen, normandie = WORDS.academy_entries["05"], WORDS.academy_entries["70"]
    eve, day = date(2019, 12, 31), date(2020, 1, 1)

    assert [each.existed_on(when) for each in (caen, normandie) for when in (eve, day)] == [
        True,
        False,
        False,
        True,
    ]
    assert caen.term == VocabularyTerm("academies", "05", "Caen")


def test_academies_are_each_given_once() -> None:
    assert WORDS.academies(["Caen", "CNED", "05", " "]) == Reading(
        (VocabularyTerm("academies", "05", "Caen"),), ("CNED",)
    )


def test_words_are_read_exactly_or_kept() -> None:
    read = WORDS.tools(["eléa 2", "pad", "Padlet", "zut", " ", "zut"])

    assert read.terms == (ELEA, PADLET)
    assert (read.unread, read.notes) == (("zut",), ())
    assert WORDS.tools("Éléa") == Reading((ELEA,))


def test_competences_are_those_of_the_first_framework_that_knows_them() -> None:
    assert codes(WORDS.competences(["Oser", "chercher", "Langages"]).terms) == "L-1 CRCN-1 S-1"
    assert WORDS.competences("Courir") == Reading(unread=("Courir",))


def test_readers_without_their_vocabulary_keep_every_word() -> None:
    words = Vocabulary()

    assert words.disciplines("SVT") == Reading(unread=("SVT",))
    assert words.levels("6e") == Reading(unread=("6e",))
    assert words.programmes("2019") == words.dispositifs(["2019"]) == Reading(unread=("2019",))
    assert words.kind("jeu") is None
    assert words.academies(["Caen"]) == Reading(unread=("Caen",))
    assert words.disciplines(None) == words.school_types(None) == words.levels(None) == Reading()
    assert words.programmes(None) == Reading()


def test_programmes_dispositifs_and_kinds_are_read_from_their_own_vocabulary() -> None:
    words = Vocabulary.of(
        scheme(name, TermFacts(code=f"{name}-1", label="Un"))
        for name in ("programmes", "dispositifs", "kinds", "disciplines")
    )

    assert codes(words.programmes("Un").terms) == "programmes-1"
    assert codes(words.dispositifs(["Un"]).terms) == "dispositifs-1"
    assert words.kind("un") == VocabularyTerm("kinds", "kinds-1", "Un")
    assert codes(words.disciplines("un").terms) == "disciplines-1"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("6e", "6e"),
        ("CM2 à 2de", "CM2 6e 5e 2de"),
        ("CM2 et 2de", "CM2 2de"),
        ("2de - Tle", "2de 1re Tle"),
        ("2PRO à TPRO", "2PRO 1PRO TPRO"),
        ("6e à 1PRO", "6e 5e 2PRO 1PRO"),
        ("2PRO à BTS", "2PRO 1PRO TPRO BTS"),
        ("6e à BTS", "6e 5e 2de 1re Tle BTS"),
        ("BTS à 6e", "6e BTS"),
        ("CM2 à 5e, 2de à Tle", "CM2 6e 5e 2de 1re Tle"),
        ("collège", "6e 5e"),
        ("collège à Tle", "6e 5e 2de 1re Tle"),
        ("CM2 à lycée pro", "CM2 6e 5e 2PRO 1PRO TPRO"),
        ("cycle 4 à 1re", "5e 2de 1re"),
        ("cycle 3", "CM2 6e"),
        ("6e (cycle 3)", "6e"),
        ("(6e)", "6e"),
        ("6e à spécialité", "6e"),
        ("6e à zut à 2de", "6e 2de"),
    ],
)
def test_levels_fill_a_range_on_the_path_of_its_end(text: str, levels: str) -> None:
    assert codes(WORDS.levels(text).terms) == levels


def test_audience_gathers_every_text() -> None:
    audience = WORDS.audience(["6e (cycle 3)", "cycle 4 ; zut", "spécialité ; zut", "6e (cycle 3)"])

    assert codes(audience.levels) == "6e 5e"
    assert codes(audience.cycles) == "C3 C4"
    assert codes(audience.school_types) == "COL"
    assert (audience.unread, audience.notes) == (("zut",), ("cycle 3", "spécialité"))
    assert WORDS.audience("6e") == WORDS.audience(("6e",))


def test_levels_chosen_by_their_codes_bring_their_cycles_and_types_of_school() -> None:
    audience = WORDS.around(["5e", "CM2", "2de", "inconnu"])

    assert codes(audience.levels) == "CM2 5e 2de"
    assert codes(audience.cycles) == "C3 C4"
    assert codes(audience.school_types) == "ELEM COL LGT"
    assert WORDS.around([]) == Audience()


def test_cycle_and_type_of_school_that_were_named_are_kept_without_a_level() -> None:
    assert codes(WORDS.audience("cycle 5").cycles) == "C5"
    assert codes(WORDS.audience("SEGPA").school_types) == "COL SEG"
    assert codes(WORDS.school_types("col, LP").terms) == "COL LP"


def test_cycles_note_the_words_that_are_none() -> None:
    read = WORDS.cycles(["cycle 3", "collège", "zut", " "])

    assert codes(read.terms) == "C3 C4"
    assert (read.unread, read.notes) == (("zut",), ("collège",))
    assert WORDS.cycles("cycle 3") == Reading((VocabularyTerm("cycles", "C3", "cycle 3"),))
    assert WORDS.cycles(["6e (spécialité)"]).notes == ("spécialité", "6e (spécialité)")


def test_longest_writing_is_read_first() -> None:
    words = Vocabulary.of(
        [
            scheme(
                "disciplines",
                TermFacts(code="A", label="arts"),
                TermFacts(code="AP", label="arts plastiques", aliases=("arts de la main libre",)),
            )
        ]
    )

    assert codes(words.disciplines("arts plastiques et arts").terms) == "AP A"
    assert codes(words.disciplines("les arts de la main libre, arts").terms) == "AP A"
    assert words.disciplines("arts de la main") == Reading(
        (VocabularyTerm("disciplines", "A", "arts"),), ("main",)
    )
