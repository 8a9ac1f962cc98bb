from django.db import migrations, models


class Migration(migrations.Migration):
    """What two tabs of one review need: a version for each field, the texts to be settled."""

    dependencies = [("selection", "0001_choice")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="fields",
            field=models.JSONField(blank=True, default=dict, verbose_name="versions des champs"),
        ),
        migrations.AddField(
            model_name="review",
            name="asides",
            field=models.JSONField(blank=True, default=list, verbose_name="textes à départager"),
        ),
        migrations.AddField(
            model_name="review",
            name="saved_at",
            field=models.DateTimeField(null=True, verbose_name="enregistré à"),
        ),
    ]
