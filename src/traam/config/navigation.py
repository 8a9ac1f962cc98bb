"""The main menu, as data: kit's layout reads it through `settings.NAVIGATION`.

Each item: the words, the name of the address, and the right that opens it: "" for everyone,
"signed-in" for any account.
"""

NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("Accueil", "home", ""),
    ("Rechercher", "search", ""),
    ("Synthèses", "public_syntheses", ""),
    ("Campagnes", "campaigns", ""),
    ("Académies", "academies", ""),
    ("Aide", "help", ""),
    ("Ma journée", "dashboard", "signed-in"),
    ("Candidatures", "applications", "application.read"),
    ("Sélection", "selection_home", "review.read"),
    ("Groupes", "groups", "team.follow"),
    ("Productions", "productions", "production.read"),
    ("Essais", "trials", "trial.read"),
    ("Rédaction", "syntheses", "signed-in"),
    ("Préparation", "preparation", "campaign.prepare"),
)
