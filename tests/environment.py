"""Loaded before everything else: a folder of data of its own, and no setting but the database's.

What is imported and collected stays to the end: the collector would walk it again and again, for
two fifths of the time that this takes.
"""

import gc
import os
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("TRAAM_")]:
    if _name != "TRAAM_DATABASE_URL":
        del os.environ[_name]
os.environ["TRAAM_DATA"] = tempfile.mkdtemp(prefix="traam-test-")
Path(os.environ["TRAAM_DATA"], "static").mkdir()  # where WhiteNoise looks
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in its thread


gc.disable()


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()
