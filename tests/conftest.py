"""What every test stands on: its own folder of data, and no setting but the database's."""

import os
import tempfile
from datetime import UTC, datetime

import pytest

for _name in [name for name in os.environ if name.startswith("TRAAM_")]:
    if _name != "TRAAM_DATABASE_URL":
        del os.environ[_name]
os.environ["TRAAM_DATA"] = tempfile.mkdtemp(prefix="traam-test-")


@pytest.fixture
def now() -> datetime:
    """A school day, in the middle of a call."""
    return datetime(2026, 3, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _cheap_settings(settings) -> None:
    """Plain static files and fast hashing; messages stay in memory (Django's own doing)."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
