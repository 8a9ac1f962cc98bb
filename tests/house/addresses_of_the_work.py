"""The addresses from the launch to the syntheses: for whom each is, and what a GET answers."""

from tests.house.readers import (
    ABSENT,
    ACT,
    FOR_PILOT,
    JUDGES,
    KEEPERS,
    PUBLIC,
    REVIEWERS,
    SIGNED_IN,
    WRITERS,
    Access,
)

# The groups, teams, documents and messages that the test names do not exist.
_IN_A_TEAM = "groupes/equipes/<slug:code>"
_TEAMS = {
    "groupes/documents/<int:key>/": ABSENT,
    "groupes/messages/<int:key>/retirer/": ABSENT,
    f"{_IN_A_TEAM}/": ABSENT,
    f"{_IN_A_TEAM}/modifier/": ABSENT,
    f"{_IN_A_TEAM}/actes/<slug:act>/": ABSENT,
    f"{_IN_A_TEAM}/membres/": ABSENT,
    f"{_IN_A_TEAM}/membres/<int:key>/reprendre/": ACT,
    f"{_IN_A_TEAM}/membres/<int:key>/<slug:act>/": ABSENT,
    f"{_IN_A_TEAM}/heures/": ABSENT,
    f"{_IN_A_TEAM}/heures/<int:key>/<slug:act>/": ABSENT,
    f"{_IN_A_TEAM}/attestations/": ABSENT,
    f"{_IN_A_TEAM}/attestations/<int:key>.<slug:form>": ABSENT,
    f"{_IN_A_TEAM}/documents/": ABSENT,
    f"{_IN_A_TEAM}/decisions/": ABSENT,
    f"{_IN_A_TEAM}/messages/": ABSENT,
    "groupes/<slug:code>/documents/": ABSENT,
    "groupes/<slug:code>/decisions/": ABSENT,
    "groupes/<slug:code>/messages/": ABSENT,
}
FOLLOWERS = KEEPERS | JUDGES  # of any group
_GROUPS = {
    "groupes/": Access(FOLLOWERS | WRITERS | {"partenaire-lille"}),
    "groupes/<slug:code>/": Access(FOLLOWERS, ABSENT),
    "groupes/<slug:code>/membres/": Access(FOLLOWERS, ABSENT),
    "groupes/<slug:code>/equipes/nouvelle/": Access(KEEPERS, ABSENT),
    "groupes/heures/": Access(KEEPERS - {FOR_PILOT}),
    "groupes/lancement/<slug:year>/": Access(FOR_PILOT, ABSENT),
    "preparation/chargements/equipes/": Access(FOR_PILOT),
    "preparation/chargements/equipes/inviter/": Access(FOR_PILOT, ACT),
}
# The meetings, due dates and feeds that the test names do not exist.
_CALENDAR = {
    "groupes/reunions/<int:key>/": ABSENT,
    "groupes/reunions/<int:key>/modifier/": ABSENT,
    "groupes/reunions/<int:key>/acte/<slug:act>/": ABSENT,
    "groupes/reunions/<int:key>/repondre/": ACT,
    "groupes/reunions/<int:key>/presences/": ABSENT,
    "groupes/reunions/<int:key>/reunion.ics": ABSENT,
    "groupes/reunions/<int:key>/compte-rendu/": ABSENT,
    "groupes/reunions/<int:key>/compte-rendu/commencer/": ACT,
    "groupes/reunions/<int:key>/compte-rendu/section/": ACT,
    "groupes/sections/<int:key>/enregistrer/": ACT,
    "groupes/sections/<int:key>/retirer/": ACT,
    "groupes/sections/<int:key>/versions/": ABSENT,
    "groupes/equipes/<slug:code>/reunions/": ABSENT,
    "groupes/equipes/<slug:code>/reunions/nouvelle/": ABSENT,
    "groupes/<slug:code>/reunions/": ABSENT,
    "groupes/<slug:code>/reunions/nouvelle/": ABSENT,
    "groupes/echeances/<int:key>/": ABSENT,
    "groupes/echeances/<int:key>/retirer/": ACT,
    "groupes/echeances/<int:key>/tenue/": ACT,
    "groupes/<slug:code>/calendrier/": ABSENT,
    "groupes/<slug:code>/calendrier/habituel/": ACT,
    "groupes/<slug:code>/calendrier/nouvelle/": ABSENT,
    "tableau-de-bord/agenda/": 200,
    "tableau-de-bord/agenda/creer/": ACT,
    "tableau-de-bord/agenda/<int:key>/revoquer/": ACT,
}
# The syntheses, findings and passages that the test names do not exist.
_WRITING = {
    "redaction/": 200,
    "redaction/nouvelle/": ABSENT,
    "redaction/groupes/<slug:code>/constats/": ABSENT,
    "redaction/groupes/<slug:code>/coder/": ABSENT,
    "redaction/groupes/<slug:code>/coder/preuve/": ACT,
    "redaction/constats/<slug:code>/": ABSENT,
    "redaction/constats/<slug:code>/preuves/": ACT,
    "redaction/remarques/<int:key>/": ACT,
    "redaction/passages/<int:key>/": ACT,
    "redaction/passages/<int:key>/place/": ACT,
    "redaction/<slug:code>/": ABSENT,
    "redaction/<slug:code>/modifier/": ABSENT,
    "redaction/<slug:code>/modifier/titre/": ACT,
    "redaction/<slug:code>/modifier/ajouter/": ACT,
    "redaction/<slug:code>/versions/": ABSENT,
    "redaction/<slug:code>/remarques/": ACT,
    "redaction/<slug:code>/document.<slug:form>": ABSENT,
    "redaction/<slug:code>/actes/<slug:act>/": ABSENT,
    "redaction/<slug:code>/publier/": ABSENT,
    "redaction/<slug:code>/erratum/": ABSENT,
}
_SYNTHESES = {  # the ARK that the test names is that of a notice of the archive
    "syntheses/": 200,
    "syntheses/<slug:ark>/": ABSENT,
    "constats/<slug:id>/": ABSENT,
}
# No trial nor observation that the test names exists; what a mandate opens is for its holders.
TRYING = WRITERS - {"inspecteur-lille", "inspecteur-nantes"}  # who have classes
_ESSAI, _OBSERVATION = "essais/<slug:code>", "essais/observations/<int:key>"
_TRIALS = {
    "essais/": Access(WRITERS | REVIEWERS),
    "essais/tous/": Access(WRITERS | REVIEWERS),
    "essais/nouveau/": Access(TRYING),
    "essais/observer/": Access(WRITERS),
    "essais/observer/envoyer/": Access(WRITERS),
    "essais/observer/hors-ligne.js": Access(WRITERS),
    "essais/observations/relecture/": Access("expert"),
    "essais/accords/<int:key>/": Access(SIGNED_IN, ABSENT),
    f"{_OBSERVATION}/": Access(SIGNED_IN, ABSENT),
    f"{_OBSERVATION}/corriger/": Access(SIGNED_IN, ABSENT),
    f"{_OBSERVATION}/relire/": Access(SIGNED_IN, ACT),
    f"{_OBSERVATION}/images/": Access(SIGNED_IN, ACT),
    f"{_OBSERVATION}/images/<int:picture>/": Access(SIGNED_IN, ABSENT),
    f"{_OBSERVATION}/actes/<slug:act>/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/protocole/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/seances/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/seances/<int:key>/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/accord/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/accord/<int:key>/reprendre/": Access(SIGNED_IN, ACT),
    f"{_ESSAI}/observer/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/cloture/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/abandon/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/reouverture/": Access(SIGNED_IN, ABSENT),
    f"{_ESSAI}/parents.<slug:form>": Access(SIGNED_IN, ABSENT),
}
# The productions that the test names do not exist.
_PRODUCTION = "productions/<slug:code>"
_PRODUCTIONS = {
    "productions/": Access(SIGNED_IN),
    "productions/nouvelle/": Access(TRYING),
    "productions/outils/": Access(SIGNED_IN),
    "productions/outils/<slug:code>/": Access(
        frozenset({FOR_PILOT, "expert", "correspondant-lille"}), ABSENT
    ),
    "catalogue/<slug:ark>/reprendre/": Access(TRYING),
    f"{_PRODUCTION}/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/modifier/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/enregistrer/": Access(SIGNED_IN, ACT),
    f"{_PRODUCTION}/suivi/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/versions/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/fichiers/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/fichiers/<int:key>/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/fichiers/<int:key>/autorisation/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/reprendre/": Access(TRYING, ABSENT),
    f"{_PRODUCTION}/lignee/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/actes/<slug:act>/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/publier/": Access(SIGNED_IN, ABSENT),
    f"{_PRODUCTION}/retirer/": Access(SIGNED_IN, ABSENT),
}
# The groups and the cross-tests that the test names do not exist.
_CROSSING = {
    "essais/croises/<slug:code>/": ABSENT,
    "essais/croises/<slug:code>/plan/": ABSENT,
    "essais/croises/<slug:code>/plan/adopter/": ACT,
    "essais/croises/demander/<slug:code>/": ABSENT,
    "essais/croises/demandes/<int:key>/": ABSENT,
    "essais/croises/demandes/<int:key>/accepter/": ACT,
    "essais/croises/demandes/<int:key>/confier/": ACT,
    "essais/croises/demandes/<int:key>/<slug:act>/": ACT,  # « accepter », which the test names
}
COUNTERS = JUDGES | KEEPERS | {"dgesco", "recteur-lille"}  # who read the rows of a figure
WORK: dict[str, Access] = {
    **{route: Access(SIGNED_IN, status) for route, status in _WRITING.items()},
    **{route: Access(PUBLIC, status) for route, status in _SYNTHESES.items()},
    **{route: Access(SIGNED_IN, status) for route, status in _CALENDAR.items()},
    **{route: Access(SIGNED_IN, status) for route, status in _TEAMS.items()},
    **_GROUPS,
    "agenda/<slug:token>.ics": Access(PUBLIC, ABSENT),
    **_TRIALS,
    **{route: Access(SIGNED_IN, status) for route, status in _CROSSING.items()},
    **_PRODUCTIONS,
    "indicateurs/": Access(PUBLIC),
    "indicateurs/<str:year>/<slug:measure>/": Access(COUNTERS, ABSENT),
}
