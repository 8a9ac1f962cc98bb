"""The acts on notices and on files to load, as the journal's page says them."""

VERBS = {
    "load.abandon": "Chargement abandonné",
    "load.carry_out": "Chargement effectué",
    "load.check": "Chargement contrôlé",
    "notice.correct": "Notice corrigée",
    "notice.publish": "Notice publiée",
    "notice.withdraw": "Notice retirée",
}
