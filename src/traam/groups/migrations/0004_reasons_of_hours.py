"""Why hours were cancelled, or attested no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_withdrawn_messages")]

    operations = [
        migrations.AddField(
            model_name="spent",
            name="reason",
            field=models.TextField(blank=True, default="", verbose_name="motif"),
        ),
    ]
