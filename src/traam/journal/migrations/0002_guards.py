"""The database itself refuses what the journal never does.

An entry may change once: to take its seal. On PostgreSQL no row is ever deleted; on SQLite only
rows under a seal are kept from deletion, because Django empties tables with DELETE there between
tests (it uses TRUNCATE on PostgreSQL, which row triggers do not see). A restoration writes into an
empty database and inserts only.

SQLite loses the triggers of a table that a later migration remakes: that migration lays them again
(a test says so when it is forgotten).
"""

from django.db import migrations

COLUMNS = ("id", "at", "actor", "on_behalf_of", "verb", "subject", "before", "after")
MESSAGE = "le journal ne se modifie pas"

SQLITE = [
    f"""
    CREATE TRIGGER journal_entry_keeps BEFORE UPDATE ON journal_entry
    WHEN NOT (OLD.seal_id IS NULL AND NEW.seal_id IS NOT NULL AND {
        " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in COLUMNS)
    })
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER journal_entry_stays BEFORE DELETE ON journal_entry
    WHEN OLD.seal_id IS NOT NULL
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER journal_seal_keeps BEFORE UPDATE ON journal_seal
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER journal_seal_stays BEFORE DELETE ON journal_seal
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER journal_entry_keeps",
    "DROP TRIGGER journal_entry_stays",
    "DROP TRIGGER journal_seal_keeps",
    "DROP TRIGGER journal_seal_stays",
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE TRIGGER journal_entry_keeps BEFORE UPDATE ON journal_entry FOR EACH ROW
    WHEN (NOT (OLD.seal_id IS NULL AND NEW.seal_id IS NOT NULL AND {
        " AND ".join(f'OLD."{column}" IS NOT DISTINCT FROM NEW."{column}"' for column in COLUMNS)
    }))
    EXECUTE FUNCTION journal_refuse()
    """,
    """
    CREATE TRIGGER journal_entry_stays BEFORE DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse()
    """,
    """
    CREATE TRIGGER journal_seal_keeps BEFORE UPDATE OR DELETE ON journal_seal
    FOR EACH ROW EXECUTE FUNCTION journal_refuse()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER journal_entry_keeps ON journal_entry",
    "DROP TRIGGER journal_entry_stays ON journal_entry",
    "DROP TRIGGER journal_seal_keeps ON journal_seal",
    "DROP FUNCTION journal_refuse()",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SQLITE_BACK if vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_journal")]

    operations = [migrations.RunPython(guard, unguard)]
