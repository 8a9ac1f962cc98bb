"""Fields and completeness, contents, files, lineage: pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.productions.setting import TO_PUBLISH, TO_SHARE
from traam.kit.contacts import contacts
from traam.kit.diff import Run
from traam.productions.rules import contents, lineage
from traam.productions.rules.fields import (
    FIELDS,
    PUBLISH,
    SCHEMES,
    SHARE,
    Standing,
    form_for,
    label_of,
    lines,
    missing_to_publish,
    missing_to_share,
)
from traam.productions.rules.licences import LICENCES, PROPOSED, uri_of
from traam.productions.rules.licences import label_of as licence_label
from traam.productions.rules.life import (
    PRODUCTION_LIFE,
    ProductionState,
)

OPTIONS = {
    "disciplines": [("SVT", "SVT")],
    "levels": [("5E", "5e"), ("4E", "4e")],
    "competences": [("CRCN-1.3", "Traiter des données"), ("SOCLE-4.1", "Démarches")],
    "programmes": [("P2015-C4", "Cycle 4")],
}
FORM = form_for("scenario", OPTIONS)
FULL = TO_SHARE | TO_PUBLISH
LINKED = Standing(links=1)


# -- fields


def test_eight_fields_are_asked_to_share_and_the_rest_to_publish():
    shared = [one.id for one in FORM.of_section(SHARE) if one.required]

    assert shared == [*TO_SHARE]
    assert {one.id for one in FORM.of_section(PUBLISH) if one.required} == {
        "summary",
        "programmes",
        "licence",
    }


@pytest.mark.parametrize("name", TO_SHARE)
def test_sharing_wants_each_of_the_eight_fields(name):
    found = missing_to_share(FORM, {**TO_SHARE, name: ""}, Standing())

    assert [one.field for one in found] == [name]


@pytest.mark.parametrize("name", TO_SHARE)
def test_field_of_blanks_is_not_filled(name):
    blank = [""] if isinstance(TO_SHARE[name], list) else "  \n "

    assert missing_to_share(FORM, {**TO_SHARE, name: blank}, Standing())


def test_nothing_lacks_when_the_eight_fields_are_filled():
    assert missing_to_share(FORM, TO_SHARE, Standing()) == []


@pytest.mark.parametrize("name", ["summary", "programmes", "licence"])
def test_publishing_wants_what_sharing_did_not(name):
    found = missing_to_publish(FORM, {**FULL, name: None}, LINKED)

    assert [one.field for one in found] == [name]


def test_publishing_wants_a_competence_of_one_kind_or_the_other():
    without = {**FULL, "competences": [], "skills": ""}

    assert [one.field for one in missing_to_publish(FORM, without, LINKED)] == ["competences"]
    assert missing_to_publish(FORM, {**FULL, "competences": []}, LINKED) == []
    assert missing_to_publish(FORM, {**FULL, "skills": ""}, LINKED) == []


def test_publishing_wants_a_file_or_a_link():
    assert [one.field for one in missing_to_publish(FORM, FULL, Standing())] == ["files"]
    assert missing_to_publish(FORM, FULL, Standing(files=1)) == []
    assert missing_to_publish(FORM, FULL, LINKED) == []


def test_faults_of_files_forbid_to_publish_but_not_to_share():
    standing = Standing(files=1, file_faults=("Dites-le.",))

    assert missing_to_share(FORM, FULL, standing) == []
    assert [one.sentence for one in missing_to_publish(FORM, FULL, standing)] == ["Dites-le."]


def test_what_lacks_at_the_end_says_where_and_what_to_do():
    bare = {**FULL, "competences": [], "skills": ""}
    found = missing_to_publish(FORM, bare, Standing(file_faults=("Dites-le.",)))

    assert [(one.field, one.sentence) for one in found] == [
        ("competences", "Dites au moins une compétence, transversale ou disciplinaire."),
        ("files", "Joignez au moins un fichier, ou donnez un lien."),
        ("files", "Dites-le."),
    ]


def test_two_texts_must_be_settled_before_sharing():
    found = missing_to_share(FORM, TO_SHARE, Standing(rivals=frozenset({"aim"})))

    assert [(one.field, one.sentence) for one in found] == [
        ("aim", "« Objectif » a deux textes : départagez-les.")
    ]


def test_field_too_long_is_said_with_its_limit():
    found = missing_to_share(FORM, {**TO_SHARE, "hook": "a" * 301}, Standing())

    assert [one.sentence for one in found] == [
        "« Accroche » tient en 300 caractères (1 caractère de trop)."
    ]


@pytest.mark.parametrize(
    "written",
    [
        "prenom.nom@ac-lille.fr",
        "prenom.nom [at] exemple.fr",
        "06 12 34 56 78",
        "0612345678",
        "+33 6 12 34 56 78",
        "01.98.45.67.89",
    ],
)
def test_contact_is_found_and_forbids_to_publish(written):
    text = f"Écrivez à {written} pour en parler."

    assert [one.excerpt for one in contacts(text)] == [written]
    found = missing_to_publish(FORM, {**FULL, "steps": text}, LINKED)
    assert [one.field for one in found] == ["steps"]
    assert written in found[0].sentence
    assert missing_to_share(FORM, {**TO_SHARE, "steps": text}, Standing()) == []


@pytest.mark.parametrize(
    "text",
    [
        "3 séances de 55 minutes",
        "2026-2027",
        "10.1234567890",
        "1,0123456789 g",
        "@classe",
        "à 14:30",
    ],
)
def test_ordinary_text_holds_no_contact(text):
    assert contacts(text) == []


def test_every_field_of_terms_names_its_vocabulary():
    assert set(SCHEMES) <= set(FIELDS)


@pytest.mark.parametrize("kind", ["scenario", "video", "jeu", "recueil", "synthese", "inconnue"])
def test_every_kind_asks_the_same_fields_in_its_own_words(kind):
    form = form_for(kind, OPTIONS)

    assert [one.id for one in form.in_order()] == [one.id for one in FORM.in_order()]
    assert [label_of(one.id, kind) for one in form.questions] == [
        one.label for one in form.questions
    ]


def test_label_of_a_field_unknown_is_its_code():
    assert label_of("autre") == "autre"
    assert label_of("steps", "jeu") == "Règles et déroulement"


def test_lines_keep_each_word_once_whatever_its_writing():
    text = " Tableur ;GeoGebra\n\ntableur\n - \nCarte  mentale"

    assert lines(text) == ["Tableur", "GeoGebra", "Carte mentale"]


def test_licences_are_named_with_their_texts():
    assert next(iter(LICENCES)) == PROPOSED
    assert licence_label(PROPOSED) == "CC BY-SA 4.0"
    assert (licence_label("autre"), uri_of("autre")) == ("autre", "")
    assert all(uri_of(one).startswith("https://") for one in LICENCES)


# -- states


def test_every_state_but_the_withdrawn_may_be_withdrawn():
    for state in ProductionState:
        expected = state is not ProductionState.WITHDRAWN
        assert ("withdraw" in PRODUCTION_LIFE.open_moves(state)) is expected


# -- contents


def test_digest_changes_with_any_word_and_not_with_the_order_of_keys():
    one = {"fields": {"title": "A", "aim": "B"}}
    same = {"fields": {"aim": "B", "title": "A"}}

    assert contents.digest_of(one) == contents.digest_of(same)
    assert contents.digest_of(one) != contents.digest_of({"fields": {"title": "A", "aim": "b"}})
    assert contents.stamp(None) != contents.stamp("")


def test_digests_are_those_that_were_kept():
    """A digest that moves from one version of the program to another says that a text changed."""
    content = {"fields": {"title": "Été", "tools": ["a", "b"]}}

    assert contents.digest_of(content) == (
        "05c50ec188479e7960c9dd1ec0312c29c7f6bb43d9c5e174c9417832c0bc8c26"
    )
    assert contents.stamp({"b": "Été", "a": [1, 2]}) == "73c9a5656d0e61e1"
    assert contents.stamp({"a": [1, 2], "b": "Été"}) == "73c9a5656d0e61e1"


def test_files_and_words_that_come_are_read_line_by_line():
    after = {
        "fields": {"tools": ["Tableur", "GeoGebra"]},
        "files": [{"use": "picture", "name": "a.png", "note": ""}, {"name": "b.pdf", "use": None}],
    }

    assert [(one.label, one.runs) for one in contents.changes({}, after)] == [
        ("Outils", (Run("added", "Tableur\nGeoGebra"),)),
        ("Fichiers", (Run("added", "a.png · picture\nb.pdf"),)),
    ]
    assert [one.label for one in contents.changes(after, {})] == ["Outils", "Fichiers"]


def test_changes_are_named_in_the_words_of_the_kind():
    (found,) = contents.changes({}, {"fields": {"steps": "Un."}}, kind="texte")

    assert found.label == "Texte"


def test_changes_name_the_fields_that_differ_word_by_word():
    before = {"fields": {"aim": "Lire un graphique", "tools": ["Tableur"]}, "links": []}
    after = {
        "fields": {"aim": "Lire un tableau", "tools": ["Tableur", "GeoGebra"]},
        "links": [{"url": "https://exemple.fr", "label": ""}],
    }

    found = contents.changes(before, after)

    assert [one.label for one in found] == ["Objectif", "Outils", "Liens"]
    assert [(run.kind, run.text) for run in found[0].runs] == [
        ("same", "Lire un "),
        ("removed", "graphique"),
        ("added", "tableau"),
    ]


def test_nothing_changes_from_a_content_to_itself():
    content = {"fields": FULL, "files": [{"name": "a", "use": "x"}], "links": []}

    assert contents.changes(content, content) == []


# -- lineage


def test_family_reads_from_the_oldest_source_to_the_last_reprise():
    edges = [("b", "a"), ("c", "b"), ("d", "b"), ("x", "y")]

    assert lineage.ancestors("c", edges) == {"b": 1, "a": 2}
    assert lineage.descendants("a", edges) == {"b": 1, "c": 2, "d": 2}
    assert [(one.key, one.generation) for one in lineage.family("b", edges)] == [
        ("a", -1),
        ("b", 0),
        ("c", 1),
        ("d", 1),
    ]


def test_production_never_takes_itself_up_nor_what_came_from_it():
    edges = [("b", "a"), ("c", "b")]

    assert lineage.would_loop("a", "a", edges)
    assert lineage.would_loop("a", "c", edges)
    assert not lineage.would_loop("c", "a", edges)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40))
def test_graph_built_one_link_at_a_time_never_loops(asked):
    edges: list[tuple[int, int]] = []
    for production, source in asked:
        if not lineage.would_loop(production, source, edges):
            edges.append((production, source))

    assert not lineage.loops(edges)
    for key in range(9):
        assert key not in lineage.ancestors(key, edges)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_link_is_refused_only_when_it_would_close_a_loop(asked):
    edges: list[tuple[int, int]] = []
    for production, source in asked:
        refused = lineage.would_loop(production, source, edges)
        assert refused == lineage.loops([*edges, (production, source)])
        if not refused:
            edges.append((production, source))
