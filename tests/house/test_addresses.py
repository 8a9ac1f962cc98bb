"""Every address × every persona × a stranger: who may open what. An address nobody listed fails."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from tests.house.addresses import ADDRESSES, filled
from tests.house.readers import ACT, PUBLIC, SIGNED_IN, Access
from traam.people.models import User
from traam.people.personas import PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STRANGER = "anonyme"
_FOR_ALL = (PUBLIC, SIGNED_IN)
EVERYONE = (STRANGER, *(persona.slug for persona in PERSONAS))


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def test_address_is_listed() -> None:
    assert sorted(set(routes(get_resolver())) ^ set(ADDRESSES)) == []


def test_address_without_parameter_is_hidden_by_no_other() -> None:
    """« /candidatures/nouvelle/ » is not the application whose code would be « nouvelle »."""
    plain = [route for route in routes(get_resolver()) if "<" not in route]

    assert [route for route in plain if resolve(f"/{route}").route != route] == []


def opens(access: Access, who: str) -> bool:
    if access.who == PUBLIC:
        return True
    if access.who == SIGNED_IN:
        return who != STRANGER
    return who in access.who if isinstance(access.who, frozenset) else who == access.who


def expected(access: Access, who: str) -> set[int]:
    """The statuses that this reader may get by a GET of this address."""
    if opens(access, who):
        return {access.signed_in or access.status if who != STRANGER else access.status}
    if who == STRANGER:
        return {302}  # to the sign-in page
    return {403, 404, 405} if access.status == ACT else {403, 404}


def signed_in(who: str) -> Client:
    client = Client()
    if who != STRANGER:
        person = User.objects.get(persona=who)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_address_answers_every_persona_as_listed(words) -> None:
    wrong = []
    for who in EVERYONE:
        client = signed_in(who)
        for route, access in ADDRESSES.items():
            answer = client.get(filled(route, words))
            to_sign_in = answer.get("Location", "").startswith("/connexion/?")
            fits = answer.status_code in expected(access, who)
            if not fits or (opens(access, who) and to_sign_in):
                wrong.append(f"{who} {route}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)


def test_every_act_is_refused_to_whom_it_does_not_belong(words) -> None:
    theirs = {route: each for route, each in ADDRESSES.items() if each.who not in _FOR_ALL}
    wrong = []
    for who in EVERYONE:
        client = signed_in(who)
        for route in [route for route, access in theirs.items() if not opens(access, who)]:
            answer = client.post(filled(route, words))
            refused = {302} if who == STRANGER else {403, 404, 405}
            at_the_door = answer.get("Location", "/connexion/?").startswith("/connexion/?")
            if answer.status_code not in refused or not at_the_door:
                wrong.append(f"{who} {route}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)
