"""demo, load, backup, restore, verify: what fills, saves and checks the folder of data."""

import json
import sys
from argparse import Namespace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from traam.kit.refusals import Refusal

SCALE_MAX = 10
SCALE_WORDS = f"taille, de 1 à {SCALE_MAX} ; 0 : quelques candidatures seulement"
FAULTS = 1  # exit code
FORMATS = "JSON ou CSV (UTF-8, virgule, listes jointes par « | »)"


def _scale(text: str) -> int:
    value = int(text)
    if not 0 <= value <= SCALE_MAX:
        raise ValueError(text)
    return value


_scale.__name__ = "scale"


def add_commands(commands: Any) -> None:
    one = commands.add_parser("demo", help="charge la démonstration dans un dossier vide")
    one.add_argument("--seed", type=int, default=1, help="graine du tirage (1)")
    one.add_argument("--today", type=date.fromisoformat, help="jour simulé, AAAA-MM-JJ")
    one.add_argument("--scale", type=_scale, default=1, help=SCALE_WORDS)
    one.add_argument("--digest", action="store_true", help="écrit l’empreinte des données")
    one.set_defaults(run=demo, needs_django=True, takes_rest=False)

    one = commands.add_parser(
        "load", help=f"charge des campagnes, des productions ou des équipes ({FORMATS})"
    )
    one.add_argument(
        "what",
        choices=["campaigns", "productions", "teams"],
        metavar="campaigns|productions|teams",
    )
    one.add_argument("files", nargs="+", type=Path, metavar="FICHIER", help=FORMATS)
    one.add_argument("--dry-run", action="store_true", help="dit tout, n’écrit rien")
    one.add_argument("--report", type=Path, metavar="FICHIER", help="écrit le compte rendu en JSON")
    one.set_defaults(run=load, needs_django=True, takes_rest=False)

    one = commands.add_parser("backup", help="sauvegarde tout dans un fichier")
    one.add_argument("file", type=Path, metavar="FICHIER", help="l’archive à écrire")
    one.set_defaults(run=backup, needs_django=True, takes_rest=False)
    one = commands.add_parser("restore", help="rétablit une sauvegarde")
    one.add_argument("file", type=Path, metavar="FICHIER", help="l’archive à lire")
    one.add_argument("--replace", action="store_true", help="remplace les données présentes")
    one.set_defaults(run=restore, needs_django=True, takes_rest=False)
    one = commands.add_parser("verify", help="vérifie le journal, les fichiers et les données")
    one.set_defaults(run=verify, needs_django=True, takes_rest=False)


def prepared() -> datetime:
    """The present instant, once the folder is prepared."""
    from traam.config import preparation  # noqa: PLC0415 (Django is set up by the caller)
    from traam.kit.clock import now  # noqa: PLC0415 (idem)

    instant = now()
    preparation.prepare(now=instant)
    return instant


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 (progress of a command)


def demo(options: Namespace, _rest: list[str]) -> int:
    from traam.config import demonstration  # noqa: PLC0415 (Django is set up by the caller)

    now = prepared()
    if options.today:
        now = datetime.combine(options.today, time(9), tzinfo=UTC)
    if not demonstration.is_loaded():
        demonstration.load(now=now, seed=options.seed, scale=options.scale)
        _note("La démonstration est chargée.")
    else:
        _note("La démonstration est déjà chargée : rien n’a changé.")
    if options.digest:
        print(demonstration.digest())  # noqa: T201 (the result)
    return 0


def load(options: Namespace, _rest: list[str]) -> int:
    from traam.catalogue.loading import load_campaigns, load_productions  # noqa: PLC0415 (idem)
    from traam.dissemination import actions as dissemination  # noqa: PLC0415 (idem)
    from traam.groups.actions import load_teams  # noqa: PLC0415 (idem)
    from traam.kit.rows import Outcome  # noqa: PLC0415 (idem)

    now = prepared()
    rows: list[dict[str, Any]] = []
    loaders = {"campaigns": load_campaigns, "productions": load_productions, "teams": load_teams}
    action = loaders[options.what]
    for path in options.files:
        report = action(
            content=_content(path), name=path.name, now=now, actor=None, dry_run=options.dry_run
        )
        rows += report.as_data()["rows"]
    if not options.dry_run:
        dissemination.follow()
    if options.report:
        text = json.dumps({"rows": rows}, ensure_ascii=False, indent=1)
        options.report.write_text(text + "\n", encoding="utf-8")
    for row in rows:
        if row["reasons"]:
            label = Outcome(row["outcome"]).label
            print(f"ligne {row['row']} : {label} — {' '.join(row['reasons'])}")  # noqa: T201
    counts = [(one.label, sum(row["outcome"] == one.value for row in rows)) for one in Outcome]
    print(", ".join(f"{count} {label}" for label, count in counts))  # noqa: T201 (the result)
    return FAULTS if any(row["outcome"] == Outcome.REFUSED for row in rows) else 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"Le fichier « {path} » ne se lit pas : {error.strerror}.") from None


def backup(options: Namespace, _rest: list[str]) -> int:
    from traam.config import archive  # noqa: PLC0415 (Django is set up by the caller)

    archive.backup(path=options.file, now=prepared())
    _note(f"Sauvegarde écrite : {options.file}")
    return 0


def restore(options: Namespace, _rest: list[str]) -> int:
    from traam.config import archive  # noqa: PLC0415 (Django is set up by the caller)

    archive.restore(path=options.file, replace=options.replace)
    _note("Sauvegarde rétablie.")
    return 0


def verify(_options: Namespace, _rest: list[str]) -> int:
    from traam.config import archive  # noqa: PLC0415 (Django is set up by the caller)

    prepared()
    faults = archive.verify()
    for fault in faults:
        print(fault)  # noqa: T201 (the result)
    if not faults:
        print("Tout est en ordre.")  # noqa: T201 (the result)
    return FAULTS if faults else 0
