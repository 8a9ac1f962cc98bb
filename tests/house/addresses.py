"""The list of every address: for whom it is, and what a GET of it answers to them."""

from dataclasses import dataclass

PUBLIC = "public"
SIGNED_IN = "signed in"
FOR_PILOT = "pilote-national"
KEEPERS = frozenset({FOR_PILOT, "dan-lille", "dan-nantes"})  # of accounts and mandates
JUDGES = frozenset({FOR_PILOT, "expert", "inspection-generale"})  # of applications
REVIEWERS = JUDGES - {FOR_PILOT}
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
    "campagnes/<slug:year>/appel.pdf": ABSENT,
    "campagnes/<slug:year>/cahier-des-charges.pdf": ABSENT,
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
    "preparation/campagnes/": 200,
    "preparation/campagnes/<slug:year>/": ABSENT,  # an archive is led nowhere
    "preparation/campagnes/<slug:year>/cahier-des-charges/": ABSENT,
    "preparation/campagnes/<slug:year>/cahier-des-charges/modifier/": ABSENT,
    "preparation/campagnes/<slug:year>/cahier-des-charges/soumettre/": ACT,
    "preparation/campagnes/<slug:year>/cahier-des-charges/reprendre/": ACT,
    "preparation/campagnes/<slug:year>/cahier-des-charges/signer/": ACT,
    "preparation/campagnes/<slug:year>/cahier-des-charges/reprendre-signature/": ACT,
    "preparation/campagnes/<slug:year>/cahier-des-charges/retirer/": ACT,
    "preparation/campagnes/<slug:year>/cahier-des-charges/retablir/": ACT,
    "preparation/campagnes/<slug:year>/themes/nouveau/": ABSENT,
    "preparation/themes/<slug:code>/": ABSENT,
    "preparation/themes/<slug:code>/modifier/": ABSENT,
    "preparation/themes/<slug:code>/personnes/": ABSENT,
    "preparation/themes/<slug:code>/personnes/<int:key>/terminer/": ACT,
    "preparation/themes/<slug:code>/soumettre/": ACT,
    "preparation/themes/<slug:code>/reprendre/": ACT,
    "preparation/themes/<slug:code>/signer/": ACT,
    "preparation/themes/<slug:code>/reprendre-signature/": ACT,
    "preparation/themes/<slug:code>/retirer/": ACT,
    "preparation/themes/<slug:code>/retablir/": ACT,
    "preparation/themes/<slug:code>/adopter/": ACT,
    "preparation/themes/<slug:code>/adopter/retirer/": ACT,
    "preparation/campagnes/<slug:year>/appel/reprendre/": ACT,
    "preparation/campagnes/<slug:year>/appel/rouvrir/": ACT,
    "preparation/campagnes/<slug:year>/clore/": ACT,
    "preparation/campagnes/<slug:year>/rouvrir/": ACT,
    "tableau-de-bord/": 200,
    "tableau-de-bord/messages/": 200,
    "tableau-de-bord/messages/<int:message>/": ABSENT,
    "tableau-de-bord/messages/<int:message>/<slug:digest>": ABSENT,
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
    "preparation/campagnes/nouvelle/": 200,
    "preparation/campagnes/<slug:year>/calendrier/": ABSENT,
    "preparation/campagnes/<slug:year>/regles/": ABSENT,
    "preparation/campagnes/<slug:year>/appel/": ABSENT,
    "preparation/campagnes/<slug:year>/appel/lettre.pdf": ABSENT,
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
    "preparation/personnes/<int:key>/fermer/": 200,
    "preparation/personnes/<int:key>/rouvrir/": ELSEWHERE,  # this account is open
    "preparation/personnes/<int:key>/effacer/": 200,
}
_KEEPERS = {
    "preparation/personnes/": Access(KEEPERS),
    "preparation/personnes/inviter/": Access(KEEPERS),
    "preparation/personnes/<int:key>/": Access(KEEPERS_OF_LILLE),
    "preparation/personnes/<int:key>/mandat/": Access(KEEPERS_OF_LILLE),
    "preparation/personnes/mandats/<int:key>/terminer/": Access(KEEPERS_OF_LILLE),
}
# The campaign and the reviews that the test names are not under study: all but the home is absent.
_JUDGES = {
    "selection/": 200,
    "selection/<slug:year>/avis/": ABSENT,
    "selection/avis/<int:key>/": ABSENT,
    "selection/avis/<int:key>/commencer/": ACT,
    "selection/avis/<int:key>/version/": ACT,
    "selection/avis/<int:key>/decliner/": ABSENT,
    "selection/themes/<slug:code>/": ABSENT,
    "selection/themes/<slug:code>/et-si/": ACT,
    "selection/themes/<slug:code>/proposition/": ABSENT,
    "selection/dossiers/<int:key>/decision/": ABSENT,
    "selection/dossiers/<int:key>/decision/reprendre/": ACT,
    "selection/dossiers/<int:key>/verrou/": ACT,
    "selection/dossiers/<int:key>/verrou/lever/": ACT,
}
_REVIEWERS = {
    "selection/avis/<int:key>/enregistrer/": ACT,
    "selection/avis/<int:key>/suivi/": ABSENT,
}
_SETTLING = {
    # and, over their own themes, the experts
    "selection/avis/<int:key>/reprendre/": ABSENT,
    "selection/<slug:year>/affectation/": ABSENT,
    "selection/<slug:year>/affectation/confier/": ACT,
    "selection/<slug:year>/affectation/automatique/": ABSENT,
    "selection/<slug:year>/conflits/": ABSENT,
    "selection/<slug:year>/conflits/declarer/": ABSENT,
    "selection/avis/<int:key>/rouvrir/": ABSENT,
    "selection/<slug:year>/conflits/verifier/": ACT,
    "selection/conflits/<int:key>/": ABSENT,
    "selection/<slug:year>/arbitrage/": ABSENT,
    "selection/<slug:year>/arbitrage/proposition/": ABSENT,
    "selection/<slug:year>/variantes/": ABSENT,
    "selection/<slug:year>/variantes/calculer/": ACT,
    "selection/<slug:year>/variantes/comparer/": ABSENT,
    "selection/variantes/<int:key>/": ABSENT,
    "selection/variantes/<int:key>/renommer/": ACT,
    "selection/variantes/<int:key>/reference/": ACT,
}
WRITERS = frozenset(
    f"{role}-{place}"
    for place in ("lille", "nantes")
    for role in ("inspecteur", "referent", "enseignant")
) | {"correspondant-lille"}
READERS = WRITERS | KEEPERS | JUDGES | {"recteur-lille"}  # of at least some applications
_ONE = "candidatures/<slug:code>"  # that does not exist: 404, whoever asks
_APPLICATIONS = {
    f"{_ONE}/": ABSENT,
    f"{_ONE}/modifier/": ABSENT,
    f"{_ONE}/enregistrer/": ACT,
    f"{_ONE}/suivi/": ABSENT,
    f"{_ONE}/pieces/": ABSENT,
    f"{_ONE}/pieces/<int:key>/": ABSENT,
    f"{_ONE}/personnes/": ACT,
    f"{_ONE}/soumettre/": ABSENT,
    f"{_ONE}/reprendre/": ABSENT,
    f"{_ONE}/accord/": ABSENT,
    f"{_ONE}/renvoyer/": ABSENT,
    f"{_ONE}/retirer/": ABSENT,
    f"{_ONE}/retablir/": ABSENT,
    f"{_ONE}/rouvrir/": ABSENT,
    f"{_ONE}/recepisse.pdf": ABSENT,
}
_ANSWERING = {
    "candidatures/": Access(READERS),
    "candidatures/nouvelle/": Access(WRITERS),
    "candidatures/saisir/": Access(KEEPERS),
    "candidatures/academie/<slug:code>/": Access(KEEPERS_OF_LILLE),
    "candidatures/prolongations/": Access(FOR_PILOT),
    "candidatures/prolongations/<int:key>/terminer/": Access(FOR_PILOT, ABSENT),
    "preparation/campagnes/<slug:year>/questions/": Access(FOR_PILOT, ABSENT),
}
# The decisions, letters and minutes that the test names do not exist.
_ANNOUNCING = {
    "selection/<slug:year>/annonce/": ABSENT,
    "selection/<slug:year>/annonce/annoncer/": ACT,
    "selection/<slug:year>/annonce/reprendre/": ABSENT,
    "selection/lettres/<int:key>/": ABSENT,
    "selection/lettres/<int:key>/reecrire/": ACT,
    "selection/<slug:year>/participations/": ABSENT,
    "selection/decisions/<int:key>/revoir/": ABSENT,
    "selection/<slug:year>/reponses/": ABSENT,
    "selection/reponses/<int:key>/": ABSENT,
}
_TOLD = {
    "selection/decisions/<int:key>/": Access(SIGNED_IN, ABSENT),
    "selection/lettres/<int:key>.pdf": Access(SIGNED_IN, ABSENT),
    "selection/participations/<int:key>/<slug:act>/": Access(SIGNED_IN, ABSENT),
    "selection/decisions/": Access(READERS),
    "selection/<slug:year>/proces-verbaux/": Access(JUDGES, ABSENT),
    "selection/<slug:year>/proces-verbaux/rediger/": Access(JUDGES, ABSENT),
    "selection/proces-verbaux/<int:key>.<slug:form>": Access(JUDGES, ABSENT),
}
ADDRESSES: dict[str, Access] = {
    "connexion/": Access(PUBLIC, 200, signed_in=ELSEWHERE),
    **{route: Access(PUBLIC, status) for route, status in _PUBLIC.items()},
    **{route: Access(SIGNED_IN, status) for route, status in _SIGNED_IN.items()},
    **{route: Access(FOR_PILOT, status) for route, status in _PILOT.items()},
    **_KEEPERS,
    **_ANSWERING,
    **{route: Access(SIGNED_IN, status) for route, status in _APPLICATIONS.items()},
    **{route: Access(JUDGES, status) for route, status in _JUDGES.items()},
    **{route: Access(REVIEWERS, status) for route, status in _REVIEWERS.items()},
    **{route: Access(FOR_PILOT, status) for route, status in _SETTLING.items()},
    **{route: Access(FOR_PILOT, status) for route, status in _ANNOUNCING.items()},
    **_TOLD,
}


def filled(route: str, words: dict[str, str]) -> str:
    for part, value in words.items():
        route = route.replace(part, value)
    assert "<" not in route, route
    return f"/{route}"
