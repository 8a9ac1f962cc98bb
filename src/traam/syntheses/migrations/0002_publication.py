"""What a published synthesis counts: its findings by number, each observation behind them."""

import django.db.models.deletion
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    dependencies = [
        ("syntheses", "0001_syntheses"),
        ("trials", "0001_trials"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="PublishedFinding",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        (
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="syntheses.finding",
                                verbose_name="constat",
                            ),
                        ),
                        (
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="published_findings",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "constat publié",
                        "verbose_name_plural": "constats publiés",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("synthesis", "number"), name="published_finding_number_once"
                            ),
                            models.UniqueConstraint(
                                fields=("synthesis", "finding"), name="published_finding_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counted",
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
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("observation_key", models.UUIDField(verbose_name="clé de l’observation")),
                        (
                            "observation_version",
                            models.PositiveIntegerField(verbose_name="version comptée"),
                        ),
                        (
                            "support",
                            models.CharField(
                                choices=[
                                    ("supports", "appuie"),
                                    ("qualifies", "nuance"),
                                    ("contradicts", "contredit"),
                                ],
                                max_length=12,
                                verbose_name="effet",
                            ),
                        ),
                        ("view", models.JSONField(null=True, verbose_name="vue publique")),
                        (
                            "published",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counted",
                                to="syntheses.publishedfinding",
                                verbose_name="constat publié",
                            ),
                        ),
                        (
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "observation comptée",
                        "verbose_name_plural": "observations comptées",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("published", "rank"), name="counted_rank_once"
                            ),
                            models.UniqueConstraint(
                                fields=("published", "observation_key"),
                                name="counted_observation_once",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["observation_key"], name="counted_by_observation")
                        ],
                    },
                ),
            ],
        ),
    ]
