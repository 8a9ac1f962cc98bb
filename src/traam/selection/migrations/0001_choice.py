import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating
import traam.selection.rules.life


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0001_applications"),
        ("campaigns", "0002_call"),
        ("documents", "0001_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reference", "0001_vocabularies"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Case",
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
                        ("opened_at", models.DateTimeField(verbose_name="ouvert à")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
                        ),
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
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dossier à l’étude",
                        "verbose_name_plural": "dossiers à l’étude",
                        "indexes": [
                            models.Index(fields=["campaign", "theme", "id"], name="cases_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                                    ("retained", "retenue"),
                                    ("reserve", "en réserve"),
                                    ("not_retained", "non retenue"),
                                ],
                                max_length=12,
                                verbose_name="décision",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("prepared", "préparée"), ("announced", "annoncée")],
                                default=traam.selection.rules.life.DecisionState["PREPARED"],
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="rang sur la liste complémentaire"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        (
                            "remarks",
                            models.TextField(
                                blank=True, default="", verbose_name="remarques pour l’académie"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        ("prepared_at", models.DateTimeField(verbose_name="préparée à")),
                        (
                            "announced_at",
                            models.DateTimeField(null=True, verbose_name="annoncée à"),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="selection.case",
                                verbose_name="dossier",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="préparée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "décision",
                        "verbose_name_plural": "décisions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "reserve"), ("rank__gte", 1)),
                                    models.Q(
                                        models.Q(("kind", "reserve"), _negated=True), ("rank", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_rank_is_of_a_reserve",
                                violation_error_message="Un rang se donne aux dossiers en réserve, à eux seuls.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "announced"), _negated=True),
                                    ("announced_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="decision_announced_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "not_retained"),
                                        ("state", "announced"),
                                        _negated=True,
                                    ),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decision_refusal_has_a_reason",
                                violation_error_message="Un refus annoncé donne son motif.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                        ("subject", models.CharField(max_length=300, verbose_name="objet")),
                        ("text", models.TextField(verbose_name="texte")),
                        ("is_edited", models.BooleanField(default=False, verbose_name="retouchée")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="envoyée à")),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letter",
                                to="selection.decision",
                                verbose_name="décision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lettre de décision",
                        "verbose_name_plural": "lettres de décision",
                    },
                ),
                migrations.CreateModel(
                    name="Lock",
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
                        ("is_in", models.BooleanField(verbose_name="retenu d’office")),
                        ("reason", models.TextField(verbose_name="motif")),
                        ("locked_at", models.DateTimeField(verbose_name="posé à")),
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="levé à")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="locks",
                                to="selection.case",
                                verbose_name="dossier",
                            ),
                        ),
                        (
                            "locked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="posé par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "verrou",
                        "verbose_name_plural": "verrous",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("case",),
                                name="case_locked_once",
                                violation_error_message="Ce dossier porte déjà un verrou.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
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
                        ("written_at", models.DateTimeField(verbose_name="rédigé à")),
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
                            "odt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                                verbose_name="ODT",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                                verbose_name="PDF",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "procès-verbal",
                        "verbose_name_plural": "procès-verbaux",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "theme", "number"), name="minutes_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("retained", "retenue"),
                                    ("launched", "au travail"),
                                    ("completed", "achevée"),
                                    ("withdrawn", "retirée"),
                                    ("reserve", "en réserve"),
                                    ("called", "appelée de la réserve"),
                                    ("declined", "place déclinée"),
                                    ("lapsed", "délai passé sans réponse"),
                                ],
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        ("began_at", models.DateTimeField(verbose_name="depuis")),
                        ("called_at", models.DateTimeField(null=True, verbose_name="appelée à")),
                        (
                            "answer_by",
                            models.DateTimeField(null=True, verbose_name="réponse attendue avant"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="terminée à")),
                        (
                            "academy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reference.academy",
                                verbose_name="académie",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participation",
                                to="selection.decision",
                                verbose_name="décision",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participation",
                        "verbose_name_plural": "participations",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    models.Q(
                                        models.Q(("reason", ""), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="participation_withdrawn_has_reason_and_date",
                                violation_error_message="Un retrait donne son motif et sa date.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
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
                        ("text", models.TextField(verbose_name="texte")),
                        ("replied_at", models.DateTimeField(verbose_name="reçue à")),
                        (
                            "answer",
                            models.TextField(blank=True, default="", verbose_name="réponse"),
                        ),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="répondu à")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="répondu par",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="selection.decision",
                                verbose_name="décision",
                            ),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "observation en réponse",
                        "verbose_name_plural": "observations en réponse",
                    },
                ),
                migrations.CreateModel(
                    name="Review",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("assigned", "confié"),
                                    ("begun", "commencé"),
                                    ("submitted", "rendu"),
                                    ("declined", "décliné"),
                                ],
                                default=traam.selection.rules.life.ReviewState["ASSIGNED"],
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "scores",
                            models.JSONField(blank=True, default=dict, verbose_name="notes"),
                        ),
                        (
                            "comment",
                            models.TextField(blank=True, default="", verbose_name="appréciation"),
                        ),
                        (
                            "advice",
                            models.TextField(
                                blank=True, default="", verbose_name="remarques pour l’académie"
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=3,
                                max_digits=5,
                                null=True,
                                verbose_name="total sur 20",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        ("assigned_at", models.DateTimeField(verbose_name="confié à")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="rendu à")),
                        (
                            "declined_for",
                            models.CharField(
                                blank=True, default="", max_length=20, verbose_name="décliné pour"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confié par",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="selection.case",
                                verbose_name="dossier",
                            ),
                        ),
                        (
                            "deposit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="applications.deposit",
                                verbose_name="version lue",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relecteur·rice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avis",
                        "verbose_name_plural": "avis",
                        "indexes": [
                            models.Index(
                                fields=["reviewer", "state", "id"], name="reviews_of_a_reviewer"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "reviewer"),
                                name="review_once_for_a_reviewer",
                                violation_error_message="Cette personne a déjà un avis à rendre sur ce dossier.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "submitted"), _negated=True),
                                    models.Q(("submitted_at__isnull", False), ("total__gte", 0)),
                                    _connector="OR",
                                ),
                                name="review_submitted_has_date_and_total",
                            ),
                        ],
                    },
                ),
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rules", "règles, poids et grille, avant le premier avis"),
                                    ("choice", "entrées, règles, variantes et décisions"),
                                ],
                                max_length=10,
                                verbose_name="sorte",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("content", models.JSONField(verbose_name="contenu")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        ("sealed_at", models.DateTimeField(verbose_name="scellé à")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scellé",
                        "verbose_name_plural": "scellés",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "kind", "number"), name="seal_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Variant",
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
                        ("instance", models.JSONField(verbose_name="données du calcul")),
                        ("result", models.JSONField(verbose_name="résultat")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        ("computed_at", models.DateTimeField(verbose_name="calculée à")),
                        (
                            "is_reference",
                            models.BooleanField(
                                default=False, verbose_name="proposition de référence"
                            ),
                        ),
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
                            "computed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="calculée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "variante",
                        "verbose_name_plural": "variantes",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "name"),
                                name="variant_name_once",
                                violation_error_message="Une variante porte déjà ce nom.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_reference", True)),
                                fields=("campaign",),
                                name="variant_one_reference",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Departure",
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
                        ("computed", models.CharField(max_length=12, verbose_name="proposé")),
                        ("decided", models.CharField(max_length=12, verbose_name="décidé")),
                        ("reason", models.TextField(verbose_name="motif")),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=3,
                                max_digits=10,
                                null=True,
                                verbose_name="prix, en points",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="à")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="departures",
                                to="selection.case",
                                verbose_name="dossier",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "variant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="departures",
                                to="selection.variant",
                                verbose_name="variante",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "écart à la proposition",
                        "verbose_name_plural": "écarts à la proposition",
                    },
                ),
            ],
        ),
    ]
