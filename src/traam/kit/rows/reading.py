"""A file's bytes to rows: what is refused as a whole, and each row with its own reasons."""

import difflib
from collections.abc import Collection, Mapping

from traam.kit.refusals import Refusal
from traam.kit.rows.cells import CellRefused, Column, read_cell
from traam.kit.rows.csv_file import parse_csv
from traam.kit.rows.json_file import Repeated, parse_json
from traam.kit.rows.report import RawRow, Value
from traam.kit.rows.text import shown

BYTES_MAX = 20 * 2**20  # 20 Mo
ROWS_MAX = 50_000
_SIGNATURES = (
    (b"PK\x03\x04", "une archive ou un classeur (ZIP, ODS, XLSX, ODT, DOCX)"),
    (b"\xd0\xcf\x11\xe0", "un ancien document de bureautique (XLS, DOC)"),
    (b"%PDF", "un document PDF"),
    (b"\x1f\x8b", "une archive compressée (GZ)"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"SQLite format 3", "une base de données"),
)
_PERSONAL = frozenset(
    {"auteur", "auteurs", "author", "authors", "contact", "contacts", "mail", "mails", "email"}
    | {"e-mail", "courriel", "adresse_mail", "nom", "prenom", "prénom", "telephone", "téléphone"}
    | {"phone", "creator", "createur", "contributeur", "referent", "référent"}
)


def read_rows(*, content: bytes, name: str, columns: Mapping[str, Column]) -> list[RawRow]:
    """The rows of a JSON or CSV file. Raises `Refusal`, and nothing else, on a bad file.

    JSON: an array of objects, or `{"rows": [...]}`. CSV: UTF-8, comma, a header, lists joined by
    « | ». A column that is not declared refuses the whole file, by its name.
    """
    text = _decoded(content, name)
    given = _parsed(text, name)
    if not given:
        raise Refusal(f"{name} : aucune ligne ; au moins une est attendue.")
    if len(given) > ROWS_MAX:
        raise Refusal(f"{name} : {len(given)} lignes ; {ROWS_MAX} au plus sont acceptées.")
    _check_columns(given, name, columns)
    return [_row(number, cells, columns) for number, cells in enumerate(given, start=1)]


def _decoded(content: bytes, name: str) -> str:
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Refusal(f"{name} : le fichier est vide ; un fichier JSON ou CSV est attendu.")
    if len(content) > BYTES_MAX:
        raise Refusal(f"{name} : {len(content)} octets ; 20 Mo au plus sont acceptés.")
    for start, what in _SIGNATURES:
        if content.startswith(start):
            raise Refusal(f"{name} : c’est {what} ; un fichier JSON ou CSV est attendu.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal(f"{name} : encodé en UTF-16 ; enregistrez-le en UTF-8.")
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise Refusal(
            f"{name} : l’octet n° {error.start + 1} (0x{byte:02X}) n’est pas de l’UTF-8 ; "
            "enregistrez le fichier en UTF-8."
        ) from None


def _parsed(text: str, name: str) -> list[object]:
    suffix = name.lower().rpartition(".")[2]
    if suffix == "csv":
        return list(parse_csv(text, name))
    if suffix == "json" or text.lstrip()[:1] in ("[", "{"):
        return parse_json(text, name)
    raise Refusal(f"{name} : ni JSON ni CSV ; le nom du fichier doit finir par .json ou .csv.")


def _check_columns(given: list[object], name: str, columns: Mapping[str, Column]) -> None:
    seen = dict.fromkeys(key for cells in given if isinstance(cells, dict) for key in cells)
    unknown = [key for key in seen if key not in columns]
    if unknown:
        raise Refusal(*(_unknown_column(key, name, columns) for key in unknown[:20]))
    wanted = [key for key, column in columns.items() if column.required or column.present]
    missing = [key for key in wanted if key not in seen]
    if missing and seen:
        missed = (f"{name} : la colonne « {key} » manque ; elle est attendue." for key in missing)
        raise Refusal(*missed)


def _unknown_column(key: str, name: str, columns: Collection[str]) -> str:
    if key.strip().lower() in _PERSONAL:
        return (
            f"{name} : la colonne {shown(key)} est refusée : auteurs, contacts et adresses "
            "électroniques ne sont jamais enregistrés ; retirez-la."
        )
    close = difflib.get_close_matches(key[:80], columns, n=1)
    hint = f"peut-être « {close[0]} »" if close else "attendues : " + ", ".join(columns)
    return f"{name} : la colonne {shown(key)} est inconnue ; {hint}."


def _row(number: int, cells: object, columns: Mapping[str, Column]) -> RawRow:
    values: dict[str, Value] = {}
    mended: list[str] = []
    refused: list[str] = []
    if isinstance(cells, Repeated):
        refused.append(f"Le champ {shown(cells.key)} est donné deux fois ; gardez-en un.")
        cells = {}
    elif not isinstance(cells, dict):
        refused.append(f"{shown(cells)} n’est pas une ligne ; un objet est attendu.")
        cells = {}
    for key, column in columns.items():
        try:
            values[key], more = read_cell(cells.get(key), column)
            mended += [f"Champ « {key} » : {reason}." for reason in more]
        except CellRefused as error:
            values[key] = None
            refused.append(f"Champ « {key} » : {error}.")
    # A row that could not be read at all has one reason, not one for each empty field.
    return RawRow(number, values, tuple(mended), tuple(refused if cells else refused[:1]))
