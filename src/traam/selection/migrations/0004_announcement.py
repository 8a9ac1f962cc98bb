import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a letter was written from and its PDF, what minutes tell of their session, by which
    channel an answer came."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("selection", "0003_deliberation"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="source",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="empreinte de la décision"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="file",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="PDF envoyé"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="session",
            field=models.JSONField(blank=True, default=dict, verbose_name="séance"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rédigé par",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(
                condition=models.Q(("theme", None)),
                fields=("campaign", "number"),
                name="minutes_of_arbitration_number_once",
            ),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="channel",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="d’après"),
        ),
    ]
