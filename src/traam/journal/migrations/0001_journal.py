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
                    name="Seal",
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
                            "number",
                            models.PositiveBigIntegerField(unique=True, verbose_name="numéro"),
                        ),
                        ("sealed_at", models.DateTimeField(verbose_name="scellé à")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        (
                            "previous",
                            models.CharField(max_length=64, verbose_name="empreinte précédente"),
                        ),
                        (
                            "entry_count",
                            models.PositiveIntegerField(verbose_name="nombre d’inscriptions"),
                        ),
                    ],
                    options={
                        "verbose_name": "sceau",
                        "verbose_name_plural": "sceaux",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("previous",), name="seal_follows_one_other"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("entry_count__gte", 1), ("number__gte", 1)),
                                name="seal_covers_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
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
                        ("at", models.DateTimeField(verbose_name="à")),
                        (
                            "actor",
                            models.PositiveBigIntegerField(
                                null=True, verbose_name="clé de la personne"
                            ),
                        ),
                        (
                            "on_behalf_of",
                            models.PositiveBigIntegerField(
                                null=True, verbose_name="au nom de (clé)"
                            ),
                        ),
                        ("verb", models.CharField(max_length=60, verbose_name="acte")),
                        ("subject", models.CharField(max_length=160, verbose_name="objet")),
                        ("before", models.JSONField(default=dict, verbose_name="avant")),
                        ("after", models.JSONField(default=dict, verbose_name="après")),
                        (
                            "seal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="journal.seal",
                                verbose_name="sceau",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inscription au journal",
                        "verbose_name_plural": "inscriptions au journal",
                        "indexes": [
                            models.Index(fields=["subject", "id"], name="entry_by_subject"),
                            models.Index(fields=["verb", "id"], name="entry_by_verb"),
                            models.Index(fields=["actor", "id"], name="entry_by_actor"),
                            models.Index(fields=["at"], name="entry_by_instant"),
                            models.Index(
                                condition=models.Q(("seal__isnull", True)),
                                fields=["id"],
                                name="entry_unsealed",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
