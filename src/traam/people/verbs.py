"""The acts on accounts and mandates, as the journal's page says them."""

VERBS = {
    "mandate.delegate": "Suppléance confiée",
    "mandate.end": "Mandat terminé",
    "mandate.grant": "Mandat donné",
    "mandate.withdraw_delegation": "Suppléance retirée",
    "people.change_password": "Mot de passe changé",
    "people.close": "Compte fermé",
    "people.erase": "Compte effacé",
    "people.invite": "Compte ouvert",
    "people.reopen": "Compte rouvert",
}
