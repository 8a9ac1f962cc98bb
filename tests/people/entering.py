"""The gestures of someone who signs in."""

import re

SIGN_IN, CODE = "/connexion/", "/connexion/code/"
PASSWORD = "une phrase assez longue"


def ask(client, email: str, **more):
    """Ask for a code."""
    return client.post(SIGN_IN, {"email": email, **more})


def by_password(client, email: str, password: str):
    return client.post(SIGN_IN, {"login": email, "password": password})


def code_in(mailoutbox) -> str:
    """The code of the last mail, as a person reads it."""
    return re.search(r"^ {4}(\S+)$", mailoutbox[-1].body, re.MULTILINE).group(1)


def signed_in(client) -> bool:
    return client.get("/compte/").status_code == 200


def errors(response) -> list[str]:
    """What the page says at its fields."""
    return re.findall(r'fr-message--error">(.*?)</p>', response.content.decode())
