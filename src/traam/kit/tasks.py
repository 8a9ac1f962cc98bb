"""The upkeep of the database, as a job."""

from django.db import connection

from traam.kit.jobs import every, job

SAMPLE = 1000  # rows of each index that are looked at


@every(hours=24)
@job(retries=3, label="tenir les statistiques de la base")
def keep_statistics() -> None:
    """SQLite looks at what its indexes hold, to choose between them; PostgreSQL does by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        cursor.execute("ANALYZE")
