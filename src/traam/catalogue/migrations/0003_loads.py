import django.db.models.deletion
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_immutable_notices"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Load",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        ("row_count", models.PositiveIntegerField(verbose_name="lignes")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checking", "en cours de vérification"),
                                    ("checked", "vérifié, à charger"),
                                    ("loading", "en cours de chargement"),
                                    ("done", "chargé"),
                                    ("abandoned", "abandonné"),
                                ],
                                default="checking",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("run", models.UUIDField(null=True, verbose_name="tâche")),
                        (
                            "taken_count",
                            models.PositiveIntegerField(default=0, verbose_name="prises"),
                        ),
                        (
                            "mended_count",
                            models.PositiveIntegerField(
                                default=0, verbose_name="prises avec réparation"
                            ),
                        ),
                        (
                            "refused_count",
                            models.PositiveIntegerField(default=0, verbose_name="refusées"),
                        ),
                        (
                            "unchanged_count",
                            models.PositiveIntegerField(default=0, verbose_name="inchangées"),
                        ),
                        ("checked_at", models.DateTimeField(verbose_name="vérifié à")),
                        ("checked_by", models.PositiveBigIntegerField(verbose_name="vérifié par")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="terminé à")),
                        (
                            "ended_by",
                            models.PositiveBigIntegerField(null=True, verbose_name="terminé par"),
                        ),
                    ],
                    options={
                        "verbose_name": "chargement",
                        "verbose_name_plural": "chargements",
                        "indexes": [
                            models.Index(fields=["checked_at", "id"], name="load_by_instant")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("state__in", ["checking", "checked", "loading"]),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        ("state__in", ["done", "abandoned"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="load_end_is_dated",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LoadRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "load",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="catalogue.load",
                                verbose_name="chargement",
                            ),
                        ),
                        ("row", models.PositiveIntegerField(verbose_name="ligne")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "prise"),
                                    ("mended", "prise avec réparation"),
                                    ("refused", "refusée"),
                                    ("unchanged", "inchangée"),
                                ],
                                max_length=10,
                                verbose_name="issue",
                            ),
                        ),
                        ("reasons", models.JSONField(default=list, verbose_name="raisons")),
                    ],
                    options={
                        "verbose_name": "ligne d’un chargement",
                        "verbose_name_plural": "lignes des chargements",
                        "indexes": [
                            models.Index(
                                fields=["load", "outcome", "row"], name="load_row_by_outcome"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("load", "row"), name="load_row_is_unique"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
