"""What is taken out of a text that comes from outside, and how a value is quoted in a reason."""

import re
import unicodedata

SHOWN_MAX = 60  # characters of a value quoted in a reason
_FORMULA = "=+-@"  # what a spreadsheet would run, once a file of ours is opened in it
_JOINERS = "\u200c\u200d"  # they carry meaning (emoji, some scripts)
_AT = r"\s*(?:@|[\[(]\s*(?:at|arobase|@)\s*[\])])\s*"
_MAIL = re.compile(rf"[\w.+'-]{{1,64}}{_AT}[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+", re.IGNORECASE)
_SPACE = r"[ .\u00a0\u202f-]?"
_ABROAD = rf"(?:\+|00)\d{{2,3}}{_SPACE}(?:\(0\))?{_SPACE}"
_PHONE = re.compile(rf"(?<![\w/.=_-])(?:{_ABROAD}|0)[1-9](?:{_SPACE}\d{{2}}){{4}}(?!\w)")
_MAIL_HINT = re.compile(r"@|[\[(]\s*(?:at|arobase)\b", re.IGNORECASE)  # no address without it
_BREAKS = re.compile(r"[\t\r\n\v\f\u0085\u2028\u2029]+")
_SPACES = re.compile(r" {2,}")
_TWICE = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€")
MAIL_REMOVED = "adresse électronique retirée (aucune n’est conservée)"
PHONE_REMOVED = "numéro de téléphone retiré (aucun n’est conservé)"


def _is_bad(character: str) -> bool:
    """Control, invisible, surrogate, or not allowed in XML."""
    if character.isascii():
        return not character.isprintable()
    if ord(character) & 0xFFFE == 0xFFFE:
        return True
    category = unicodedata.category(character)
    return category in ("Cc", "Cf", "Cs") and character not in _JOINERS


def shown(value: object, *, limit: int = SHOWN_MAX) -> str:
    """« the value », short, printable, without mail addresses: fit for a reason."""
    text = "".join("\ufffd" if _is_bad(c) else c for c in str(value)[: 4 * limit])
    text = _PHONE.sub("…", _MAIL.sub("…@…", text))
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return f"« {cut} »"


def has_contact(text: str) -> bool:
    """Does it hold a mail address? (Telephone numbers cannot be told from digits in an address.)"""
    return bool(_MAIL_HINT.search(text) and _MAIL.search(text))


def without_contacts(text: str) -> tuple[str, list[str]]:
    """The text without mail addresses nor telephone numbers, and what was taken out."""
    mended = []
    if _MAIL_HINT.search(text):
        text, count = _MAIL.subn("", text)
        mended += [MAIL_REMOVED] * bool(count)
    if "0" in text or "+" in text:
        text, count = _PHONE.subn("", text)
        mended += [PHONE_REMOVED] * bool(count)
    return text, mended


def cleaned(text: str) -> tuple[str, list[str]]:
    """One line of composed, printable text (NFC), and what had to be mended, in French."""
    text, mended = _reencoded(text)
    line = text if text.isprintable() else _BREAKS.sub(" ", text)
    if line != text:
        mended.append("sauts de ligne ou tabulations remplacés par des espaces")
    kept = line if line.isprintable() else _printable(line)
    if kept != line:
        mended.append("caractères de contrôle ou invisibles retirés")
    composed = unicodedata.normalize("NFC", kept)
    if composed != kept:
        mended.append("accents recomposés")
    final = _SPACES.sub(" ", composed).strip()
    if final != composed:
        mended.append("espaces superflues retirées")
    return final, mended


def _reencoded(text: str) -> tuple[str, list[str]]:
    """« CrÃ©teil » is UTF-8 that was once read as Windows-1252: « Créteil »."""
    if text.isascii() or not _TWICE.search(text):
        return text, []
    try:
        return text.encode("cp1252").decode("utf-8"), ["accents mal encodés rétablis"]
    except UnicodeError:
        return text, []


def _printable(line: str) -> str:
    return "".join(character for character in line if not _is_bad(character))


def is_formula(text: str) -> bool:
    """Would a spreadsheet take it for a formula?"""
    return text[:1] in _FORMULA and text != ""


def without_formula(text: str) -> str:
    """The same words, without what would make a formula of them."""
    return text.lstrip(_FORMULA + " ")
