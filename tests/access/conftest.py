"""The tables of the made-up models."""

import pytest
from django.db import connection

from tests.access import things


@pytest.fixture(scope="session")
def _thing_tables(django_db_setup, django_db_blocker):
    """The tables of the made-up models, beside those of the test database."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in things.MODELS:
            editor.create_model(model)


@pytest.fixture
def thing_tables(_thing_tables, db):
    """The database, with those tables."""
