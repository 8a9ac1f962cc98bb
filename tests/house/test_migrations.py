"""Every migration of ours can be undone, back to nothing and forth again."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = [config.label for config in apps.get_app_configs() if config.name.startswith("traam.")]


@pytest.mark.django_db(transaction=True)
def test_migrations_of_ours_go_back_to_nothing_and_forth_again() -> None:
    with_tables = [label for label in OURS if any(apps.get_app_config(label).get_models())]
    before = set(connection.introspection.table_names())

    for label in with_tables:
        call_command("migrate", label, "zero", verbosity=0)
    emptied = set(connection.introspection.table_names())
    call_command("migrate", verbosity=0)

    executor = MigrationExecutor(connection)
    assert not [name for name in emptied if name.split("_")[0] in OURS]
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert set(connection.introspection.table_names()) == before
