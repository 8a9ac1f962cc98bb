import django.db.models.deletion
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Sequence",
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
                            "last",
                            models.PositiveBigIntegerField(
                                default=0, verbose_name="dernier numéro"
                            ),
                        ),
                        (
                            "named",
                            models.PositiveBigIntegerField(default=0, verbose_name="dernier nom"),
                        ),
                    ],
                    options={
                        "verbose_name": "compteur",
                        "verbose_name_plural": "compteurs",
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                        ("ark", models.CharField(max_length=20, verbose_name="nom ARK")),
                        ("version", models.PositiveIntegerField(verbose_name="version")),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("published", "publiée"),
                                    ("corrected", "corrigée"),
                                    ("withdrawn", "retirée"),
                                ],
                                max_length=10,
                                verbose_name="acte",
                            ),
                        ),
                        (
                            "sequence",
                            models.PositiveBigIntegerField(
                                unique=True, verbose_name="numéro d’ordre"
                            ),
                        ),
                        ("datestamp", models.DateTimeField(verbose_name="horodatage")),
                        (
                            "first_published_at",
                            models.DateTimeField(verbose_name="première publication"),
                        ),
                        (
                            "is_current",
                            models.BooleanField(default=True, verbose_name="version courante"),
                        ),
                        ("origin", models.CharField(max_length=100, verbose_name="origine")),
                        ("record", models.JSONField(verbose_name="métadonnées")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        ("reason", models.TextField(blank=True, default="", verbose_name="raison")),
                        (
                            "sets",
                            models.TextField(blank=True, default="", verbose_name="ensembles OAI"),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_current", True)),
                                fields=["datestamp", "id"],
                                name="notice_harvest",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ark", "version"), name="notice_version_is_unique"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("ark",),
                                name="notice_has_one_current_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("origin",),
                                name="notice_origin_has_one_current_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("act", "published"),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="notice_change_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HarvestSet",
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
                            "spec",
                            models.CharField(max_length=120, unique=True, verbose_name="setSpec"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="intitulé")),
                    ],
                    options={
                        "verbose_name": "ensemble OAI",
                        "verbose_name_plural": "ensembles OAI",
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        ("datestamp", models.DateTimeField(verbose_name="horodatage")),
                        (
                            "harvest_set",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalogue.harvestset",
                                verbose_name="ensemble",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalogue.notice",
                                verbose_name="notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appartenance",
                        "verbose_name_plural": "appartenances",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("harvest_set", "datestamp", "notice"),
                                name="membership_in_harvest_order",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
