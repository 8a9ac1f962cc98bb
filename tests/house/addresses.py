"""The list of every address: for whom it is, and what a GET of it answers to them."""

from dataclasses import dataclass

PUBLIC = "public"
SIGNED_IN = "signed in"
FOR_PILOT = "pilote-national"
KEEPERS = frozenset({FOR_PILOT, "dan-lille", "dan-nantes"})  # of accounts and mandates
KEEPERS_OF_LILLE = frozenset({FOR_PILOT, "dan-lille"})


@dataclass(frozen=True)
class Access:
    """`who`: the public, all who have signed in, one persona or several.

    `status`: what those who may open it get by a GET (405: an act, by POST only).
    """

    who: str | frozenset[str]
    status: int = 200
    signed_in: int = 0  # what those who have signed in get, where it differs


ACT = 405
ABSENT = 404  # the thing that the test names does not exist
ELSEWHERE = 302
REFUSED = 403  # a persona has neither password nor second factor to confirm with

_PUBLIC = {
    "": 200,
    "catalogue/": 200,
    "catalogue/<slug:ark>/": 200,
    "catalogue/<slug:ark>.json": 200,
    "ark:/<slug:naan>/<slug:name>": ELSEWHERE,
    "ark:<slug:naan>/<slug:name>": ELSEWHERE,
    "campagnes/": 200,
    "campagnes/<slug:year>/": 200,
    "themes/<slug:code>/": 200,
    "academies/": 200,
    "academies/<slug:code>/": 200,
    "documents/<slug:digest>": ABSENT,
    "oai": 200,
    "flux/<slug:name>.atom": 200,
    "sitemap.xml": 200,
    "robots.txt": 200,
    "api/v1/openapi.json": 200,
    "api/v1/notices": 200,
    "api/v1/notices/<ark>": 200,
    "api/v1/": ABSENT,
    "accessibilite/": 200,
    "mentions-legales/": 200,
    "donnees-personnelles/": 200,
    "cookies/": 200,
    "plan-du-site/": 200,
    "aide/": 200,
    "composants/": 200,
    "sante/vivant": 200,
    "sante/pret": 200,
    "connexion/demo/": 200,
    "connexion/code/": ELSEWHERE,
    "connexion/second-facteur/": ELSEWHERE,
    "deconnexion/": ACT,
}
_SIGNED_IN = {
    "tableau-de-bord/": 200,
    "tableau-de-bord/messages/": 200,
    "tableau-de-bord/messages/<int:message>/": ABSENT,
    "compte/": 200,
    "compte/mot-de-passe/": ABSENT,  # a persona has none
    "compte/mandats/<int:key>/suppleance/": ABSENT,
    "compte/suppleances/<int:key>/retirer/": ABSENT,
    "compte/second-facteur/": 200,
    "compte/second-facteur/activer/": 200,
    "compte/second-facteur/retirer/": ABSENT,
    "compte/second-facteur/codes/": ABSENT,
    "compte/second-facteur/codes/nouveaux/": 200,
    "compte/second-facteur/codes/fichier/": ABSENT,
    "connexion/confirmer/": REFUSED,
    "connexion/confirmer/code/": REFUSED,
}
_PILOT = {
    "catalogue/<slug:ark>/corriger/": 200,
    "catalogue/<slug:ark>/retirer/": 200,
    "preparation/": 200,
    "preparation/chargements/": 200,
    "preparation/chargements/<int:key>/": ABSENT,
    "preparation/chargements/<int:key>/charger": ACT,
    "preparation/chargements/<int:key>/abandonner": ACT,
    "preparation/chargements/<int:key>.json": ABSENT,
    "preparation/chargements/<int:key>.csv": ABSENT,
    "preparation/referentiels/": 200,
    "preparation/referentiels/charger/": 200,
    "preparation/referentiels/<slug:code>/<str:edition>/": 200,
    "preparation/referentiels/termes/<int:key>/": 200,
    "preparation/referentiels/termes/<int:key>/rapprocher/": ACT,
    "preparation/referentiels/termes/<int:key>/separer/": ACT,
    "preparation/referentiels/termes/<int:key>/confirmer/": ACT,
    "preparation/referentiels/termes/<int:key>/ecritures/": ACT,
    "preparation/journal/": 200,
    "preparation/courrier/": 200,
    "preparation/courrier/<int:message>/relancer/": ACT,
    "preparation/taches/": 200,
    "preparation/taches/<uuid:key>/relancer/": ACT,
    "preparation/personnes/<int:key>/effacer/": 200,
}
_KEEPERS = {
    "preparation/personnes/": Access(KEEPERS),
    "preparation/personnes/inviter/": Access(KEEPERS),
    "preparation/personnes/<int:key>/": Access(KEEPERS_OF_LILLE),
    "preparation/personnes/<int:key>/mandat/": Access(KEEPERS_OF_LILLE),
    "preparation/personnes/mandats/<int:key>/terminer/": Access(KEEPERS_OF_LILLE),
}
ADDRESSES: dict[str, Access] = {
    "connexion/": Access(PUBLIC, 200, signed_in=ELSEWHERE),
    **{route: Access(PUBLIC, status) for route, status in _PUBLIC.items()},
    **{route: Access(SIGNED_IN, status) for route, status in _SIGNED_IN.items()},
    **{route: Access(FOR_PILOT, status) for route, status in _PILOT.items()},
    **_KEEPERS,
}


def filled(route: str, words: dict[str, str]) -> str:
    for part, value in words.items():
        route = route.replace(part, value)
    assert "<" not in route, route
    return f"/{route}"
