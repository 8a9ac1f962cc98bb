import django.db.models.deletion
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("reference", "0001_vocabularies"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Campaign",
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
                            "year",
                            models.CharField(max_length=20, unique=True, verbose_name="années"),
                        ),
                        (
                            "first_year",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="commence à l’automne de"
                            ),
                        ),
                        (
                            "last_year",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="finit à l’été de"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparation", "en préparation"),
                                    ("call_open", "appel ouvert"),
                                    ("call_closed", "appel clos"),
                                    ("announced", "décisions annoncées"),
                                    ("at_work", "au travail"),
                                    ("closed", "close"),
                                ],
                                default="preparation",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("is_archive", models.BooleanField(default=False, verbose_name="archive")),
                        (
                            "is_demonstration",
                            models.BooleanField(default=False, verbose_name="démonstration"),
                        ),
                    ],
                    options={
                        "verbose_name": "campagne",
                        "verbose_name_plural": "campagnes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("first_year__isnull", True), ("last_year__isnull", True)
                                    ),
                                    ("last_year__gt", models.F("first_year")),
                                    _connector="OR",
                                ),
                                name="campaign_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_archive", False), ("state", "closed"), _connector="OR"
                                ),
                                name="campaign_of_archive_is_closed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Theme",
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
                        ("code", models.SlugField(max_length=80, unique=True, verbose_name="code")),
                        (
                            "title",
                            models.TextField(blank=True, default="", verbose_name="intitulé"),
                        ),
                        (
                            "transversal",
                            models.BooleanField(default=False, verbose_name="transversal"),
                        ),
                        (
                            "discipline_text",
                            models.CharField(
                                max_length=300, verbose_name="discipline, comme donnée"
                            ),
                        ),
                        (
                            "cycle_text",
                            models.TextField(
                                blank=True, default="", verbose_name="cycles, comme donnés"
                            ),
                        ),
                        (
                            "academies_total",
                            models.PositiveIntegerField(
                                null=True, verbose_name="nombre d’académies"
                            ),
                        ),
                        (
                            "academies_complete",
                            models.BooleanField(
                                default=False, verbose_name="liste d’académies complète"
                            ),
                        ),
                        (
                            "productions_count",
                            models.PositiveIntegerField(
                                null=True, verbose_name="nombre de productions"
                            ),
                        ),
                        (
                            "cross_tests_count",
                            models.PositiveIntegerField(
                                null=True, verbose_name="nombre de tests croisés"
                            ),
                        ),
                        ("note", models.TextField(blank=True, default="", verbose_name="note")),
                        ("source", models.TextField(blank=True, default="", verbose_name="source")),
                        (
                            "natural_key",
                            models.CharField(
                                max_length=64, unique=True, verbose_name="empreinte de la clé"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(max_length=64, verbose_name="empreinte du contenu"),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="themes",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thème",
                        "verbose_name_plural": "thèmes",
                        "indexes": [
                            models.Index(
                                fields=["campaign", "-transversal", "discipline_text", "id"],
                                name="campaign_themes_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThemeAcademy",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("retained", "retenue"),
                                    ("associated", "associée"),
                                    ("withdrawn", "retirée en cours d’année"),
                                ],
                                default="retained",
                                max_length=10,
                                verbose_name="part",
                            ),
                        ),
                        ("named_as", models.CharField(max_length=200, verbose_name="nommée")),
                        ("place", models.CharField(max_length=90, verbose_name="place")),
                        (
                            "academy",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reference.academy",
                                verbose_name="académie",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "académie d’un thème",
                        "verbose_name_plural": "académies des thèmes",
                        "indexes": [
                            models.Index(
                                fields=["academy", "place", "theme"], name="academy_themes_in_order"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("theme", "academy"), name="theme_has_an_academy_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThemeTerm",
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
                        ("scheme", models.CharField(max_length=40, verbose_name="référentiel")),
                        ("code", models.CharField(max_length=100, verbose_name="code")),
                        ("label", models.CharField(max_length=300, verbose_name="libellé")),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "terme d’un thème",
                        "verbose_name_plural": "termes des thèmes",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("theme", "scheme", "code"), name="theme_has_a_term_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
