from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_immutable_notices")]

    operations = [
        migrations.CreateModel(
            name="Load",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("campaigns", "campagnes et thèmes"),
                            ("productions", "productions"),
                        ],
                        max_length=12,
                        verbose_name="contenu",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                (
                    "rows_digest",
                    models.CharField(max_length=64, verbose_name="empreinte des lignes"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checked", "vérifié, à charger"),
                            ("done", "chargé"),
                            ("abandoned", "abandonné"),
                        ],
                        default="checked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("results", models.JSONField(verbose_name="compte rendu")),
                ("checked_at", models.DateTimeField(verbose_name="vérifié à")),
                ("checked_by", models.PositiveBigIntegerField(verbose_name="vérifié par")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="terminé à")),
                ("ended_by", models.PositiveBigIntegerField(null=True, verbose_name="terminé par")),
            ],
            options={
                "verbose_name": "chargement",
                "verbose_name_plural": "chargements",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "checked")),
                            models.Q(
                                models.Q(("state", "checked"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="load_end_is_dated",
                    )
                ],
            },
        ),
    ]
