"""Every page is valid HTML for the Nu checker (Java, hence run where it is installed)."""

import os
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.house.addresses import ADDRESSES, filled
from tests.house.readers import FOR_PILOT
from traam.people.models import User

pytestmark = [pytest.mark.vnu, pytest.mark.django_db]

MORE = (
    *(
        "catalogue/?q=classe",
        "catalogue/?q=zzzz",
        "catalogue/?discipline=SVT&tri=recent&tout=outil",
    ),
    *("catalogue/?page=3", "themes/technologie-2020-2021-1/", "academies/70/", "nulle-part/"),
    *("preparation/journal/?acte=notice.publish", "preparation/courrier/?etat=failed"),
)


def test_pages_are_valid_html(words, tmp_path: Path) -> None:
    pilot = Client()
    person = User.objects.get(persona=FOR_PILOT)
    pilot.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for reader, name in ((Client(), "anonyme"), (pilot, "pilote")):
        for number, route in enumerate((*ADDRESSES, *MORE)):
            answer = reader.get(filled(route, words))
            if answer.get("Content-Type", "").startswith("text/html") and answer.content:
                (tmp_path / f"{name}-{number:03}.html").write_bytes(answer.content)

    pages = sorted(str(page) for page in tmp_path.glob("*.html"))
    checker = ["java", "-jar", os.environ["VNU_JAR"], "--errors-only", "--format", "gnu"]
    done = subprocess.run([*checker, *pages], capture_output=True, text=True, check=False)

    assert len(pages) > 60
    assert done.returncode == 0, done.stderr[-6000:]
