"""The acts on the vocabularies, as the journal's page says them."""

VERBS = {
    "reference.add": "Terme ajouté",
    "reference.alias": "Écriture d’un terme ajoutée",
    "reference.confirm": "Terme confirmé",
    "reference.import": "Référentiel chargé",
    "reference.merge": "Terme rapproché d’un autre",
    "reference.separate": "Terme séparé d’un autre",
}
