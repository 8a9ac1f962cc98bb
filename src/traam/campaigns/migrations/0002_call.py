import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_campaigns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Adoption",
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
                        ("discipline", models.CharField(max_length=60, verbose_name="discipline")),
                        ("label", models.CharField(max_length=300, verbose_name="libellé")),
                        ("adopted_at", models.DateTimeField(verbose_name="adopté à")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="expert·e",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="adoptions",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adoption d’un thème transversal",
                        "verbose_name_plural": "adoptions de thèmes transversaux",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("theme", "discipline"),
                                name="theme_adopted_once_by_a_discipline",
                                violation_error_message="Cette discipline a déjà adopté ce thème.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Axis",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("title", models.CharField(max_length=300, verbose_name="intitulé")),
                        (
                            "text",
                            models.TextField(blank=True, default="", verbose_name="précisions"),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="axes",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "axe d’un thème",
                        "verbose_name_plural": "axes des thèmes",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("theme", "position"), name="theme_axis_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Brief",
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
                        ("text", models.TextField(blank=True, default="", verbose_name="texte")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("archived", "de l’archive"),
                                    ("draft", "en cours d’écriture"),
                                    ("submitted", "à signer"),
                                    ("signed_once", "signé une fois, une signature manque"),
                                    ("signed_twice", "signé"),
                                    ("withdrawn", "retiré"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        (
                            "campaign",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="brief",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cahier des charges",
                        "verbose_name_plural": "cahiers des charges",
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneDate",
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
                                    ("call_opens", "ouverture de l’appel"),
                                    ("call_closes", "clôture de l’appel"),
                                    ("reviews_due", "avis rendus"),
                                    ("deliberation", "délibération"),
                                    ("announcement", "annonce des décisions"),
                                    ("replies_due", "fin du droit de réponse"),
                                    ("launch", "lancement des travaux"),
                                    ("end", "fin des travaux"),
                                ],
                                max_length=20,
                                verbose_name="étape",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="à")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "date du calendrier",
                        "verbose_name_plural": "dates du calendrier",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "kind"),
                                name="campaign_has_a_milestone_once",
                                violation_error_message="Cette étape a déjà une date.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Questionnaire",
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
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("content", models.JSONField(verbose_name="contenu")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="publié à")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questionnaires",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "questionnaire",
                        "verbose_name_plural": "questionnaires",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "number"), name="questionnaire_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at", None)),
                                fields=("campaign",),
                                name="questionnaire_one_draft",
                                violation_error_message="Un brouillon du questionnaire existe déjà.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
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
                            "side",
                            models.CharField(
                                choices=[("dne", "la DNE"), ("ig", "l’inspection générale")],
                                max_length=3,
                                verbose_name="pour",
                            ),
                        ),
                        ("signed_at", models.DateTimeField(verbose_name="signé à")),
                        (
                            "voided_at",
                            models.DateTimeField(null=True, verbose_name="caduque depuis"),
                        ),
                        (
                            "on_behalf_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="au nom de",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signataire",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatures",
                                to="campaigns.textversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signature",
                        "verbose_name_plural": "signatures",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at", None)),
                                fields=("version", "side"),
                                name="text_version_signed_once_by_a_side",
                                violation_error_message="Cette version est déjà signée de ce côté.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextVersion",
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
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("content", models.JSONField(verbose_name="contenu")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        ("submitted_at", models.DateTimeField(verbose_name="soumis à")),
                        (
                            "brief",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="campaigns.brief",
                                verbose_name="cahier des charges",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="soumis par",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version d’un texte à signer",
                        "verbose_name_plural": "versions des textes à signer",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("brief__isnull", False), ("theme", None)),
                                    models.Q(("brief", None), ("theme__isnull", False)),
                                    _connector="OR",
                                ),
                                name="text_version_is_of_one_text",
                            ),
                            models.UniqueConstraint(
                                fields=("theme", "number"), name="theme_version_once"
                            ),
                            models.UniqueConstraint(
                                fields=("brief", "number"), name="brief_version_once"
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="campaign",
            name="copied_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.campaign",
                verbose_name="copiée de",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="frozen_at",
            field=models.DateTimeField(null=True, verbose_name="règles gelées à"),
        ),
        migrations.AddField(
            model_name="campaign",
            name="rules",
            field=models.JSONField(blank=True, default=dict, verbose_name="règles de l’appel"),
        ),
        migrations.AddField(
            model_name="theme",
            name="academies_max",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="académies, au plus"),
        ),
        migrations.AddField(
            model_name="theme",
            name="academies_min",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="académies, au moins"),
        ),
        migrations.AddField(
            model_name="theme",
            name="continues",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.theme",
                verbose_name="poursuit",
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="duration_years",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="durée en années"),
        ),
        migrations.AddField(
            model_name="theme",
            name="problem",
            field=models.TextField(blank=True, default="", verbose_name="problématique"),
        ),
        migrations.AddField(
            model_name="theme",
            name="state",
            field=models.CharField(
                choices=[
                    ("archived", "de l’archive"),
                    ("draft", "en cours d’écriture"),
                    ("submitted", "à signer"),
                    ("signed_once", "signé une fois, une signature manque"),
                    ("signed_twice", "signé"),
                    ("withdrawn", "retiré"),
                ],
                default="archived",
                max_length=12,
                verbose_name="état",
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="version"),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("academies_min", None),
                    ("academies_max", None),
                    ("academies_max__gte", models.F("academies_min")),
                    _connector="OR",
                ),
                name="theme_max_is_not_under_min",
                violation_error_message="Le nombre maximal d’académies est sous le minimal.",
            ),
        ),
    ]
