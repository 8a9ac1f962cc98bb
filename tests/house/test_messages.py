"""Every text of a message says its kind in French, and no two say the same."""

import re
from pathlib import Path

import pytest

from traam.post.texts import label_of

pytestmark = pytest.mark.house
SOURCES = Path(__file__).resolve().parents[2] / "src" / "traam"
TEXTS = sorted(SOURCES.glob("*/jinja2/*/post/*.txt"))
KINDS = [f"{path.parent.parent.name}/{path.stem}" for path in TEXTS]


@pytest.mark.parametrize("kind", KINDS)
def test_kind_of_message_has_a_label_in_french(kind: str) -> None:
    assert re.fullmatch(r"[A-ZÀ-Ý].+\xa0: .+", label_of(kind))


def test_labels_of_kinds_are_all_different() -> None:
    labels = [label_of(kind) for kind in KINDS]

    assert len(set(labels)) == len(labels) > 100
