"""The database itself keeps a version as it was written: only `is_current` may change, once."""

from django.db import migrations

COLUMNS = (
    "id, ark, version, act, sequence, datestamp, first_published_at, origin, record, digest, "
    "reason, sets"
)
MESSAGE = "a version of a notice is written once"

SQLITE = f"""
CREATE TRIGGER catalogue_notice_immutable BEFORE UPDATE OF {COLUMNS} ON catalogue_notice
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END;
CREATE TRIGGER catalogue_notice_stays_past BEFORE UPDATE OF is_current ON catalogue_notice
WHEN NEW.is_current AND NOT OLD.is_current
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END;
"""
SQLITE_BACK = """
DROP TRIGGER catalogue_notice_stays_past;
DROP TRIGGER catalogue_notice_immutable;
"""
POSTGRESQL = f"""
CREATE FUNCTION catalogue_notice_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.is_current AND NOT OLD.is_current)
    OR (to_jsonb(NEW) - 'is_current') IS DISTINCT FROM (to_jsonb(OLD) - 'is_current')
  THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER catalogue_notice_immutable BEFORE UPDATE ON catalogue_notice
FOR EACH ROW EXECUTE FUNCTION catalogue_notice_immutable();
"""
POSTGRESQL_BACK = """
DROP TRIGGER catalogue_notice_immutable ON catalogue_notice;
DROP FUNCTION catalogue_notice_immutable();
"""


def _run(schema_editor, sqlite, postgresql):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgresql)
        return
    for statement in sqlite.split("END;") if "END;" in sqlite else sqlite.split(";"):
        if statement.strip():
            schema_editor.execute(statement + ("END;" if "END;" in sqlite else ""))


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_notices")]

    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
