import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Pairs of cases that cannot both be retained, declared by hand."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("selection", "0004_announcement"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="motif")),
                ("made_at", models.DateTimeField(verbose_name="déclarée à")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="levée à")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déclarée par",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="selection.case",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="selection.case",
                        verbose_name="autre dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "paire incompatible",
                "verbose_name_plural": "paires incompatibles",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(one__lt=F("other")),
                        name="pair_is_of_two_in_order",
                        violation_error_message="Une paire est de deux dossiers.",
                    ),
                    models.UniqueConstraint(
                        fields=["one", "other"],
                        condition=Q(lifted_at=None),
                        name="pair_once",
                        violation_error_message=(
                            "Ces deux dossiers sont déjà déclarés incompatibles."
                        ),
                    ),
                ],
            },
        ),
    ]
