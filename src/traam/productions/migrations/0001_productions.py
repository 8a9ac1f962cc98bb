"""Productions, their versions, files and links, and what they start from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0003_preparation"),
        ("documents", "0001_files"),
        ("groups", "0001_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Production",
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
                        ("kind", models.CharField(max_length=40, verbose_name="sorte")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("shared", "partagée avec le groupe"),
                                    ("proposed", "proposée à la validation"),
                                    ("validated", "validée"),
                                    ("published", "publiée"),
                                    ("withdrawn", "retirée"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="titre"
                            ),
                        ),
                        (
                            "hook",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="accroche"
                            ),
                        ),
                        ("aim", models.TextField(blank=True, default="", verbose_name="objectif")),
                        (
                            "steps",
                            models.TextField(blank=True, default="", verbose_name="déroulement"),
                        ),
                        (
                            "duration",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="durée"
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                default="",
                                verbose_name="résumé pour les non-spécialistes",
                            ),
                        ),
                        (
                            "needs",
                            models.TextField(blank=True, default="", verbose_name="ce qu’il faut"),
                        ),
                        (
                            "licence",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="licence"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                default=1, verbose_name="numéro de version"
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(default=0, verbose_name="enregistrements"),
                        ),
                        (
                            "ark",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=60,
                                verbose_name="identifiant pérenne",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="commencée à")),
                        ("changed_at", models.DateTimeField(verbose_name="changée à")),
                        ("shared_at", models.DateTimeField(null=True, verbose_name="partagée à")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="publiée à")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="commencée par",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "production",
                        "verbose_name_plural": "productions",
                        "indexes": [
                            models.Index(fields=["campaign", "state"], name="productions_by_state"),
                            models.Index(fields=["team", "state"], name="productions_of_a_team"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(
                                        models.Q(("ark", ""), _negated=True),
                                        ("published_at__isnull", False),
                                        models.Q(("title", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="production_published_has_a_notice",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoAuthor",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="authors",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "auteur ou autrice d’une production",
                        "verbose_name_plural": "auteurs et autrices des productions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("production", "person"), name="co_author_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductionEvent",
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
                        ("kind", models.CharField(max_length=60, verbose_name="acte")),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        (
                            "channel",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="saisi d’après"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="à")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acte sur une production",
                        "verbose_name_plural": "actes sur les productions",
                    },
                ),
                migrations.CreateModel(
                    name="ProductionFile",
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
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        ("use", models.CharField(max_length=12, verbose_name="usage")),
                        (
                            "description",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=300,
                                verbose_name="texte de remplacement",
                            ),
                        ),
                        (
                            "credit",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="crédit"
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="licence"
                            ),
                        ),
                        (
                            "recognisable",
                            models.CharField(
                                choices=[
                                    ("unsaid", "non renseigné"),
                                    ("no", "non, aucun élève n’est reconnaissable"),
                                    ("yes", "oui"),
                                ],
                                default="unsaid",
                                max_length=8,
                                verbose_name="un élève est-il reconnaissable ?",
                            ),
                        ),
                        (
                            "authorisation",
                            models.CharField(
                                choices=[
                                    ("not_needed", "sans objet"),
                                    ("missing", "à obtenir"),
                                    ("obtained", "obtenue"),
                                    ("withdrawn", "retirée"),
                                ],
                                default="not_needed",
                                max_length=12,
                                verbose_name="autorisation",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("added_at", models.DateTimeField(verbose_name="ajouté à")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fichier d’une production",
                        "verbose_name_plural": "fichiers des productions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("production", "file"), name="production_file_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductionLink",
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
                        ("url", models.URLField(max_length=500, verbose_name="adresse")),
                        (
                            "label",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="intitulé"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        (
                            "health",
                            models.PositiveSmallIntegerField(default=0, verbose_name="santé"),
                        ),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="vérifié à")),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lien d’une production",
                        "verbose_name_plural": "liens des productions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("production", "url"), name="production_link_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductionTerm",
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
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "terme d’une production",
                        "verbose_name_plural": "termes des productions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("production", "scheme", "code"), name="production_term_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductionVersion",
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
                        ("number", models.PositiveIntegerField(verbose_name="enregistrement")),
                        ("content", models.JSONField(verbose_name="contenu")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        ("saved_at", models.DateTimeField(verbose_name="enregistrée à")),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                        (
                            "saved_by",
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
                        "verbose_name": "version d’une production",
                        "verbose_name_plural": "versions des productions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("production", "number"), name="production_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reprise",
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
                            "source_ark",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="notice reprise"
                            ),
                        ),
                        (
                            "source_number",
                            models.PositiveIntegerField(null=True, verbose_name="version reprise"),
                        ),
                        (
                            "adapted",
                            models.TextField(
                                blank=True, default="", verbose_name="ce qui a été adapté"
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="faite à")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reprises",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_by",
                                to="productions.production",
                                verbose_name="reprise de",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reprise",
                        "verbose_name_plural": "reprises",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source__isnull", False)),
                                fields=("production", "source"),
                                name="reprise_once_of_a_production",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source__isnull", False),
                                    models.Q(("source_ark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="reprise_has_a_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source", None),
                                    models.Q(("source", models.F("production")), _negated=True),
                                    _connector="OR",
                                ),
                                name="reprise_is_not_of_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ToolSheet",
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
                            "code",
                            models.SlugField(max_length=100, unique=True, verbose_name="code"),
                        ),
                        ("label", models.CharField(max_length=200, verbose_name="nom")),
                        (
                            "host",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="hébergement"
                            ),
                        ),
                        (
                            "data",
                            models.TextField(
                                blank=True, default="", verbose_name="données traitées"
                            ),
                        ),
                        (
                            "minimum_age",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="âge minimal, en années"
                            ),
                        ),
                        (
                            "ai",
                            models.CharField(
                                choices=[
                                    ("unknown", "non connu"),
                                    ("no", "sans intelligence artificielle"),
                                    ("yes", "avec intelligence artificielle"),
                                ],
                                default="unknown",
                                max_length=8,
                                verbose_name="intelligence artificielle",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="source"
                            ),
                        ),
                        ("checked_on", models.DateField(null=True, verbose_name="vérifié le")),
                        (
                            "changed_by",
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
                        "verbose_name": "fiche d’un outil",
                        "verbose_name_plural": "fiches des outils",
                    },
                ),
            ],
        ),
    ]
