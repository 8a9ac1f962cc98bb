"""When a meeting and a due date last changed: what calendars ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_groups")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="changed_at",
            field=models.DateTimeField(null=True, verbose_name="changée à"),
        ),
        migrations.AddField(
            model_name="due",
            name="changed_at",
            field=models.DateTimeField(null=True, verbose_name="changée à"),
        ),
    ]
