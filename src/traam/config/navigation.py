"""The main menu, as data: kit's layout reads it through `settings.NAVIGATION`.

Each item: the words, the name of the address, and the right that opens it: "" for everyone,
"signed-in" for any account, "stranger" for who has not signed in (their own rooms take the place of
what the logo and the foot of the page lead to).
"""

NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("Accueil", "home", "stranger"),
    ("Rechercher", "search", ""),
    ("Synthèses", "public_syntheses", ""),
    ("Campagnes", "campaigns", ""),
    ("Académies", "academies", "stranger"),
    ("Aide", "help", "stranger"),
    ("Ma journée", "dashboard", "signed-in"),
    ("Candidatures", "applications", "application.read"),
    ("Sélection", "selection_home", "review.read"),
    ("Groupes", "groups", "team.follow"),
    ("Productions", "productions", "production.read"),
    ("Essais", "trials", "trial.read"),
    ("Rédaction", "syntheses", "signed-in"),
    ("Préparation", "preparation", "campaign.prepare"),
)
