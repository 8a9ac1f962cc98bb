"""The page of the docs that says every setting, generated from the settings themselves."""

from traam.config.environment import SETTINGS

HEAD = """# Réglages

Tous se donnent par l’environnement. Un réglage inconnu ou dangereux arrête le démarrage : il est
nommé, avec le remède. Cette page est engendrée par `PYTHONPATH=src .venv/bin/python -m
traam.config.document` et vérifiée par la suite.

| réglage | par défaut | accepte | pour quoi |
|---|---|---|---|
"""


def settings_page() -> str:
    """The whole of `docs/reglages.md`."""
    rows = [
        f"| `{one.name}` | {f'`{one.default}`' if one.default else '(vide)'} | {one.accepts} | "
        f"{one.purpose} |"
        for one in SETTINGS
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(settings_page(), end="")  # noqa: T201 (the page itself)
