"""The licences that a production may bear; the first one is proposed (`rules.md` §3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """`code`: what is kept; `uri`: the address of its text."""

    code: str
    label: str
    uri: str


PROPOSED = "cc-by-sa-4.0"
_CC = "https://creativecommons.org/licenses"
LICENCES: dict[str, Licence] = {
    one.code: one
    for one in (
        Licence(PROPOSED, "CC BY-SA 4.0 (proposée)", f"{_CC}/by-sa/4.0/deed.fr"),
        Licence("cc-by-4.0", "CC BY 4.0", f"{_CC}/by/4.0/deed.fr"),
        Licence("cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0", f"{_CC}/by-nc-sa/4.0/deed.fr"),
        Licence(
            "etalab-2.0",
            "Licence Ouverte 2.0 (Etalab)",
            "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        ),
        Licence(
            "cc0-1.0",
            "CC0 1.0 (domaine public)",
            "https://creativecommons.org/publicdomain/zero/1.0/deed.fr",
        ),
    )
}


def label_of(code: str) -> str:
    """« CC BY-SA 4.0 »; the code itself when it is none of ours, "" without one."""
    known = LICENCES.get(code)
    return known.label.removesuffix(" (proposée)") if known else code


def uri_of(code: str) -> str:
    """The address of its text; "" when it is none of ours."""
    known = LICENCES.get(code)
    return known.uri if known else ""
