"""Files lie in a folder of the test; nothing is public but what a test says."""

import pytest


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "fichiers"
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns of a folder that does not exist
