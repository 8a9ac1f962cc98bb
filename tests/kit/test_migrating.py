"""Many tables made at once: the same as one by one, and for a fraction of the renderings."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from traam.kit.migrating import CreateModels

KEY = ("id", models.BigAutoField(primary_key=True))
APP = "kit"


def both() -> CreateModels:
    """A table that refers to one that comes after it, with a constraint and an index."""
    leaf = CreateModel(
        "Leaf",
        [
            KEY,
            ("tree", models.ForeignKey("kit.Tree", models.CASCADE)),
            ("rank", models.IntegerField()),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=["tree", "rank"], name="leaf_once")],
            "indexes": [models.Index(fields=["rank"], name="leaf_by_rank")],
        },
    )
    return CreateModels(operations=[leaf, CreateModel("Tree", [KEY])])


@pytest.fixture
def made(db) -> Iterator[tuple[CreateModels, ProjectState]]:
    operation, state = both(), ProjectState()
    operation.state_forwards(APP, state)
    with connection.schema_editor() as editor:
        operation.database_forwards(APP, editor, ProjectState(), state)
    yield operation, state
    if "kit_leaf" in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            operation.database_backwards(APP, editor, state, ProjectState())


@pytest.mark.django_db(transaction=True)
def test_tables_are_made_with_their_constraints_and_indexes(made) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "kit_leaf")

    assert {"leaf_once", "leaf_by_rank"} <= set(found)
    assert ("kit_tree", "id") in [one["foreign_key"] for one in found.values()]


@pytest.mark.django_db(transaction=True)
def test_tables_are_taken_away_in_the_other_direction(made) -> None:
    operation, state = made

    with connection.schema_editor() as editor:
        operation.database_backwards(APP, editor, state, ProjectState())

    assert not {"kit_leaf", "kit_tree"} & set(connection.introspection.table_names())


def test_state_is_rendered_once_however_many_tables_there_are() -> None:
    operation, state = both(), ProjectState()
    first = state.apps

    operation.state_forwards(APP, state)

    assert "apps" not in state.__dict__
    assert state.apps is not first
    assert {one.__name__ for one in state.apps.get_models()} == {"Leaf", "Tree"}


def test_operation_says_what_it_makes_and_can_be_written() -> None:
    operation = both()
    written, imports = OperationWriter(operation).serialize()

    assert operation.describe() == "Create models Leaf, Tree"
    assert operation.references_model("Tree", APP)
    assert not operation.references_model("Forest", APP)
    assert written.strip().startswith("traam.kit.migrating.CreateModels(")
    assert "import traam.kit.migrating" in imports
