from django.db import migrations, models


class Migration(migrations.Migration):
    """What names an altered entry. Empty on the seals before: SQLite then adds the column without
    remaking the table, whose triggers stay."""

    dependencies = [("journal", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="seal",
            name="marks",
            field=models.JSONField(null=True, verbose_name="repères des inscriptions"),
        ),
    ]
