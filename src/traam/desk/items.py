"""One thing that awaits a person: what every provider of « Ma journée » gives."""

from dataclasses import dataclass

from traam.kit.layout import find


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do now: what, why, and where: the name of its page, its address (empty: none
    yet). `at`: the very page, when `door` only names its room."""

    title: str
    text: str
    action: str
    door: str
    query: str = ""  # what of that page: « ?etat=failed », « #mandats »
    at: str = ""

    @property
    def href(self) -> str:
        page = self.at or find(self.door)
        return f"{page}{self.query}" if page else ""
