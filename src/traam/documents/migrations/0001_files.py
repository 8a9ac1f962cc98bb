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
                    name="StoredFile",
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
                            "digest",
                            models.CharField(
                                max_length=64, unique=True, verbose_name="empreinte SHA-256"
                            ),
                        ),
                        ("media_type", models.CharField(max_length=100, verbose_name="type réel")),
                        ("size", models.PositiveBigIntegerField(verbose_name="taille en octets")),
                        ("created_at", models.DateTimeField(verbose_name="déposé à")),
                    ],
                    options={
                        "verbose_name": "fichier",
                        "verbose_name_plural": "fichiers",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__gte", 1)), name="file_is_not_empty"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Withholding",
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
                        ("reason", models.CharField(max_length=60, verbose_name="raison")),
                        ("since", models.DateTimeField(verbose_name="depuis")),
                        ("until", models.DateTimeField(null=True, verbose_name="jusqu’à")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withholdings",
                                to="documents.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "retenue",
                        "verbose_name_plural": "retenues",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("file", "reason"),
                                name="file_is_withheld_once_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="withholding_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
