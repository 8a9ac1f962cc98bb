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
                    name="Scheme",
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
                        ("code", models.CharField(max_length=60, verbose_name="code")),
                        ("edition", models.CharField(max_length=60, verbose_name="édition")),
                        ("label", models.CharField(max_length=250, verbose_name="nom")),
                        (
                            "facet",
                            models.CharField(
                                blank=True, max_length=30, verbose_name="facette des adresses"
                            ),
                        ),
                        (
                            "prefix",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="préfixe des codes ajoutés"
                            ),
                        ),
                        (
                            "is_open",
                            models.BooleanField(
                                default=False, verbose_name="ouvert aux mots nouveaux"
                            ),
                        ),
                        ("source", models.TextField(verbose_name="source")),
                        ("licence", models.TextField(verbose_name="licence")),
                        (
                            "uri",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="adresse du vocabulaire"
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="premier jour de validité"
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="dernier jour de validité"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "shipped",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="empreinte du fichier livré"
                            ),
                        ),
                        ("changed_at", models.DateTimeField(verbose_name="changé à")),
                    ],
                    options={
                        "verbose_name": "référentiel",
                        "verbose_name_plural": "référentiels",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "edition"),
                                name="reference_scheme_edition_once",
                                violation_error_message="Cette édition du référentiel existe déjà.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="reference_scheme_days_in_order",
                                violation_error_message="La fin de validité précède son début.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Term",
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
                        ("code", models.CharField(max_length=60, verbose_name="code")),
                        ("label", models.CharField(max_length=250, verbose_name="libellé")),
                        (
                            "uri",
                            models.CharField(blank=True, max_length=300, verbose_name="adresse"),
                        ),
                        (
                            "official",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="libellé ScoLOMFR"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("current", "en usage"),
                                    ("former", "ancien"),
                                    ("remark", "mention"),
                                ],
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="premier jour de validité"
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="dernier jour de validité"
                            ),
                        ),
                        ("rank", models.PositiveIntegerField(verbose_name="rang")),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "needs_review",
                            models.BooleanField(default=False, verbose_name="à vérifier"),
                        ),
                        (
                            "facts",
                            models.JSONField(blank=True, default=dict, verbose_name="repères"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reference.term",
                                verbose_name="terme père",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reference.term",
                                verbose_name="remplacé par",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="reference.scheme",
                                verbose_name="référentiel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "terme",
                        "verbose_name_plural": "termes",
                        "indexes": [
                            models.Index(fields=["scheme", "rank"], name="reference_term_order")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "code"),
                                name="reference_term_code_once",
                                violation_error_message="Ce code existe déjà dans ce référentiel.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["current", "former", "remark"])),
                                name="reference_term_status_known",
                                violation_error_message="État de terme inconnu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by", None), ("status", "former"), _connector="OR"
                                ),
                                name="reference_term_replaced_is_former",
                                violation_error_message="Un terme remplacé n’est plus en usage.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="reference_term_days_in_order",
                                violation_error_message="La fin de validité précède son début.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Region",
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
                        ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=250, verbose_name="nom")),
                        (
                            "valid_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="premier jour de validité"
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="dernier jour de validité"
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="region",
                                to="reference.term",
                                verbose_name="terme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "région académique",
                        "verbose_name_plural": "régions académiques",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="reference_region_days_in_order",
                                violation_error_message="La fin de validité précède son début.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alias",
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
                        ("text", models.CharField(max_length=250, verbose_name="écriture")),
                        (
                            "folded",
                            models.CharField(max_length=250, verbose_name="écriture réduite"),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reference.scheme",
                                verbose_name="référentiel",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aliases",
                                to="reference.term",
                                verbose_name="terme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "écriture",
                        "verbose_name_plural": "écritures",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "folded"),
                                name="reference_alias_once",
                                violation_error_message="Cette écriture désigne déjà un terme de ce référentiel.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("folded", ""), _negated=True),
                                name="reference_alias_not_empty",
                                violation_error_message="Une écriture contient au moins une lettre ou un chiffre.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Academy",
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
                        ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=250, verbose_name="nom")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("académie", "académie"),
                                    ("vice-rectorat", "vice-rectorat"),
                                    (
                                        "service de l'éducation nationale",
                                        "service de l’éducation nationale",
                                    ),
                                ],
                                max_length=40,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "former_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("académie", "académie"),
                                    ("vice-rectorat", "vice-rectorat"),
                                    (
                                        "service de l'éducation nationale",
                                        "service de l’éducation nationale",
                                    ),
                                ],
                                max_length=40,
                                verbose_name="nature précédente",
                            ),
                        ),
                        (
                            "kind_since",
                            models.DateField(
                                blank=True,
                                null=True,
                                verbose_name="premier jour de la nature présente",
                            ),
                        ),
                        (
                            "departments",
                            models.JSONField(default=list, verbose_name="départements"),
                        ),
                        ("overseas", models.BooleanField(default=False, verbose_name="outre-mer")),
                        (
                            "valid_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="premier jour de validité"
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="dernier jour de validité"
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="reference.academy",
                                verbose_name="académie qui lui succède",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="academies",
                                to="reference.region",
                                verbose_name="région",
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="academy",
                                to="reference.term",
                                verbose_name="terme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "académie",
                        "verbose_name_plural": "académies",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("former_kind", ""), ("kind_since", None)),
                                    models.Q(
                                        models.Q(("former_kind", ""), _negated=True),
                                        ("kind_since__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="reference_academy_former_kind_dated",
                                violation_error_message="Un changement de nature porte sa date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("successor", None),
                                    ("valid_to__isnull", False),
                                    _connector="OR",
                                ),
                                name="reference_academy_succeeded_is_ended",
                                violation_error_message="Une académie qui a une suite a une fin.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="reference_academy_days_in_order",
                                violation_error_message="La fin de validité précède son début.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
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
                            models.PositiveBigIntegerField(default=0, verbose_name="numéro"),
                        ),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                    ],
                    options={
                        "verbose_name": "version des référentiels",
                        "verbose_name_plural": "version des référentiels",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)),
                                name="reference_version_one_row",
                                violation_error_message="La version des référentiels tient en une ligne.",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
