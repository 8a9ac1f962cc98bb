import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Why a lock was lifted, a decision taken back or arbitrated: reasons, which no journal keeps."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("selection", "0002_reviewing"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="acte")),
                ("reason", models.TextField(verbose_name="motif")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("at", models.DateTimeField(verbose_name="à")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="selection.case",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "événement d’un dossier",
                "verbose_name_plural": "événements des dossiers",
            },
        ),
    ]
