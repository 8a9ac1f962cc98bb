"""The smallest harvester: asks, parses, follows the tokens."""

from typing import Any

from django.test import Client
from lxml import etree

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def ask(client: Client, **arguments: str) -> Any:
    """The root of the answer; `from_` stands for `from`."""
    named = {name.rstrip("_"): value for name, value in arguments.items()}
    return parse(client.get("/oai", named))


def parse(response: Any) -> Any:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def codes(root: Any) -> list[str]:
    return [error.get("code") for error in root.iter(f"{OAI}error")]


def headers(root: Any) -> list[tuple[str, bool]]:
    """(ARK, is it deleted?) of each header, in order."""
    return [
        (header.findtext(f"{OAI}identifier").rpartition(":")[2], header.get("status") == "deleted")
        for header in root.iter(f"{OAI}header")
    ]


def harvest(client: Client, **arguments: str) -> list[Any]:
    """Every page of a list."""
    pages = [ask(client, **arguments)]
    while token := pages[-1].findtext(f".//{OAI}resumptionToken"):
        pages.append(ask(client, verb=arguments["verb"], resumptionToken=token))
    return pages
