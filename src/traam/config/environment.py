"""Every setting the environment may give: its name, its shape, its default, its cure when wrong.

`read` is pure: it takes a mapping and returns the values, or raises `SettingsError` with one French
sentence for each fault. `docs/reglages.md` is generated from `SETTINGS`.
"""

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SECRET_MIN = 50  # characters
SECRET_VARIETY = 10  # different characters: what is typed again and again is no secret
_HOST = re.compile(r"\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


class SettingsError(Exception):
    """The environment is unsafe or unknown; `problems` holds a French sentence for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One variable: `parse` raises ValueError with what would be accepted, in French."""

    name: str
    default: str
    parse: Callable[[str], Any]
    accepts: str
    purpose: str


def _text(value: str) -> str:
    return value.strip()


def _choice(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError(" ou ".join(allowed))
        return value

    return parse


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"un nombre entier de {low} à {high}")
        return int(value)

    return parse


def _matching(pattern: str, accepts: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(accepts)
        return value

    return parse


def _hosts(value: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    if any(not _HOST.fullmatch(name) for name in names):
        raise ValueError(
            "des noms d’hôtes séparés par des virgules, sans « * » ni adresse complète"
        )
    return names


def _site(value: str) -> str:
    parts = urlsplit(value)
    bare = not (parts.path.rstrip("/") or parts.query or parts.fragment or parts.username)
    if value and not (parts.scheme in ("http", "https") and parts.hostname and bare):
        raise ValueError("une adresse comme https://traam.education.gouv.fr, sans chemin")
    return value.rstrip("/")


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value and urlsplit(value).scheme not in schemes:
            raise ValueError("une adresse en " + ", ".join(f"{scheme}://" for scheme in schemes))
        return value

    return parse


def _daemon(value: str) -> str:
    """A host and its port, or the path of a socket of this machine."""
    host, _, port = value.rpartition(":")
    is_path = value.startswith("/")
    if value and not is_path and not (_HOST.fullmatch(host) and re.fullmatch(r"\d{1,5}", port)):
        raise ValueError("hôte:port, ou le chemin d’une prise locale")
    if port and not is_path and not 0 < int(port) < 2**16:
        raise ValueError("un port de 1 à 65535")
    return value


def _listen(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise ValueError("une adresse IP, par exemple 127.0.0.1 ou ::1") from None


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="TRAAM_MODE",
        default="demonstration",
        parse=_choice("demonstration", "production"),
        accepts="demonstration ou production",
        purpose="La démonstration ouvre les personas et ses pages ne sont pas indexées ; "
        "la production refuse de démarrer avec des réglages de démonstration.",
    ),
    Setting(
        name="TRAAM_DATA",
        default="./var",
        parse=_text,
        accepts="un dossier",
        purpose="Le dossier de tout ce que garde le système : base, fichiers, index, courrier de "
        "la démonstration.",
    ),
    Setting(
        name="TRAAM_DATABASE_URL",
        default="",
        parse=_url("postgres", "postgresql"),
        accepts="postgresql://utilisateur:secret@hôte:5432/base",
        purpose="Un PostgreSQL (15 ou plus). Vide : une base SQLite dans TRAAM_DATA.",
    ),
    Setting(
        name="TRAAM_SECRET_KEY",
        default="",
        parse=_text,
        accepts=f"au moins {SECRET_MIN} caractères tirés au sort",
        purpose="La clé des signatures. Vide en démonstration : tirée au sort et gardée dans "
        "TRAAM_DATA. Obligatoire en production.",
    ),
    Setting(
        name="TRAAM_SITE_URL",
        default="",
        parse=_site,
        accepts="https://hôte",
        purpose="L’adresse publique, pour les courriels et les adresses absolues. Vide : celle de "
        "la requête. Obligatoire en production, en https.",
    ),
    Setting(
        name="TRAAM_HOSTS",
        default="",
        parse=_hosts,
        accepts="des noms d’hôtes séparés par des virgules",
        purpose="Les noms d’hôtes servis, outre la machine elle-même et celui de TRAAM_SITE_URL.",
    ),
    Setting(
        name="TRAAM_OFFICIAL_HOST",
        default="",
        parse=_hosts,
        accepts="un nom d’hôte de l’État, par exemple traam.education.gouv.fr",
        purpose="Déclare les hôtes officiels de l’État : eux seuls montrent la Marianne et "
        "« République française ». Sans elle, le programme n’écoute que la machine elle-même.",
    ),
    Setting(
        name="TRAAM_LISTEN",
        default="127.0.0.1",
        parse=_listen,
        accepts="une adresse IP",
        purpose="L’adresse d’écoute de `serve` et de `start`.",
    ),
    Setting(
        name="TRAAM_PORT",
        default="8000",
        parse=_whole(1, 65_535),
        accepts="un nombre entier de 1 à 65535",
        purpose="Le port d’écoute de `serve` et de `start`, que leur option `--port` remplace ; "
        "sans TRAAM_SITE_URL, les liens des messages le portent.",
    ),
    Setting(
        name="TRAAM_PROCESSES",
        default="1",
        parse=_whole(1, 64),
        accepts="un nombre entier de 1 à 64",
        purpose="Le nombre de processus du serveur web.",
    ),
    Setting(
        name="TRAAM_PROXIES",
        default="0",
        parse=_whole(0, 5),
        accepts="un nombre entier de 0 à 5",
        purpose="Le nombre de relais de confiance devant le serveur : leurs en-têtes "
        "X-Forwarded-For et X-Forwarded-Proto sont alors lus.",
    ),
    Setting(
        name="TRAAM_EMAIL_URL",
        default="",
        parse=_url("smtp", "smtps", "smtp+tls"),
        accepts="smtp+tls://utilisateur:secret@hôte:587 (STARTTLS), smtps://…:465 (TLS) ou smtp:// "
        "(en clair)",
        purpose="Le serveur d’envoi. Vide : les courriels sont écrits dans TRAAM_DATA/courrier. "
        "Obligatoire en production.",
    ),
    Setting(
        name="TRAAM_EMAIL_FROM",
        default="TraAM <ne-pas-repondre@traam.invalid>",
        parse=_text,
        accepts="Nom <adresse@hôte>",
        purpose="L’expéditeur des courriels.",
    ),
    Setting(
        name="TRAAM_CONTACT",
        default="contact@traam.invalid",
        parse=_matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "une adresse électronique"),
        accepts="une adresse électronique",
        purpose="L’adresse fonctionnelle montrée au public et aux moissonneurs.",
    ),
    Setting(
        name="TRAAM_NAAN",
        default="99999",
        parse=_matching(r"[0-9bcdfghjkmnpqrstvwxz]{5}", "cinq caractères, par exemple 99999"),
        accepts="cinq caractères",
        purpose="Le numéro d’autorité des identifiants ARK (99999 : numéro d’essai).",
    ),
    Setting(
        name="TRAAM_OAI_DOMAIN",
        default="",
        parse=_matching(
            r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+",
            "un nom de domaine, sans chiffre seul",
        ),
        accepts="un nom de domaine",
        purpose="Le domaine des identifiants OAI, à ne plus changer. Vide : l’hôte de "
        "TRAAM_SITE_URL, sinon demonstration.traam.invalid.",
    ),
    Setting(
        name="TRAAM_CLAMAV",
        default="",
        parse=_daemon,
        accepts="hôte:3310 ou /run/clamav/clamd.ctl",
        purpose="Le démon ClamAV auquel chaque fichier déposé est soumis : infecté, ou sans "
        "réponse du démon, le fichier est refusé. Vide : les fichiers ne sont pas analysés.",
    ),
    Setting(
        name="TRAAM_LINKS",
        default="",
        parse=_matching("oui", "oui, ou rien"),
        accepts="oui",
        purpose="La vérification des liens des productions : chaque adresse est demandée une fois "
        "par semaine, par une tâche de fond. Vide : rien ne sort, leur santé reste « non "
        "vérifiée ».",
    ),
    Setting(
        name="TRAAM_LOG",
        default="",
        parse=_matching("lignes|json", "lignes ou json"),
        accepts="lignes ou json",
        purpose="La forme du journal technique sur la sortie d’erreur. Vide : lignes en "
        "démonstration, json en production.",
    ),
)


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = [setting.name for setting in SETTINGS]
    problems = []
    for name in sorted(environ):
        if name.startswith("TRAAM_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            cure = f"vouliez-vous {near[0]} ?" if near else "retirez-la ; voir docs/reglages.md."
            problems.append(f"Le réglage {name} n’existe pas : {cure}")
    return problems


def _parse(environ: Mapping[str, str], problems: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        given = environ.get(setting.name) or setting.default
        shown = "(caché)" if "SECRET" in setting.name or "URL" in setting.name else f"« {given} »"
        try:
            values[setting.name] = setting.parse(given)
        except ValueError as error:
            problems.append(f"Le réglage {setting.name} vaut {shown} : donnez {error}.")
    return values


def _production(values: Mapping[str, Any]) -> list[str]:
    problems = []
    key = values["TRAAM_SECRET_KEY"]
    if len(key) < SECRET_MIN or len(set(key)) < SECRET_VARIETY:
        problems.append(
            f"TRAAM_SECRET_KEY manque ou se devine : donnez au moins {SECRET_MIN} caractères "
            "tirés au sort (python3 -c 'import secrets; print(secrets.token_urlsafe(64))')."
        )
    if not values["TRAAM_SITE_URL"].startswith("https://"):
        problems.append("TRAAM_SITE_URL manque ou n’est pas en https : donnez https://votre-hôte.")
    if not values["TRAAM_EMAIL_URL"]:
        problems.append("TRAAM_EMAIL_URL manque : donnez le serveur d’envoi, smtp://hôte:25.")
    for name in ("TRAAM_EMAIL_FROM", "TRAAM_CONTACT"):
        if ".invalid" in values[name]:
            problems.append(f"{name} est celle de la démonstration : donnez une vraie adresse.")
    return problems


def _exposure(values: Mapping[str, Any]) -> list[str]:
    """The State's design system may only be shown beyond this machine by an official host."""
    if values["TRAAM_OFFICIAL_HOST"]:
        return []
    site_host = urlsplit(values["TRAAM_SITE_URL"]).hostname
    named = [*values["TRAAM_HOSTS"], *([site_host] if site_host else [])]
    cure = (
        "le système de design de l’État est réservé à ses sites : déclarez l’hôte officiel dans "
        "TRAAM_OFFICIAL_HOST, ou restez sur cette machine"
    )
    problems = [
        f"L’hôte « {name} » dépasse cette machine ; {cure}."
        for name in named
        if name not in (*LOOPBACK_HOSTS, "::1")
    ]
    if not ipaddress.ip_address(values["TRAAM_LISTEN"]).is_loopback:
        problems.append(f"TRAAM_LISTEN vaut « {values['TRAAM_LISTEN']} » ; {cure} (127.0.0.1).")
    return problems


def read(environ: Mapping[str, str]) -> dict[str, Any]:
    """The value of every setting, by name; raises `SettingsError` naming all faults at once."""
    problems = _unknown(environ)
    values = _parse(environ, problems)
    if not problems and values["TRAAM_MODE"] == "production":
        problems += _production(values)
    if not problems:
        problems += _exposure(values)
    if problems:
        raise SettingsError(problems)
    values["TRAAM_DATA"] = Path(values["TRAAM_DATA"]).expanduser().resolve()
    return values
