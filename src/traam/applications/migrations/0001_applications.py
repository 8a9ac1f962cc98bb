import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0002_call"),
        ("documents", "0001_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reference", "0001_vocabularies"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Extension",
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
                        ("until", models.DateTimeField(verbose_name="jusqu’à")),
                        ("reason", models.TextField(verbose_name="motif")),
                        ("given_at", models.DateTimeField(verbose_name="accordée à")),
                        ("is_over", models.BooleanField(default=False, verbose_name="passée")),
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
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accordée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "prolongation",
                        "verbose_name_plural": "prolongations",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_over", False)),
                                fields=("campaign", "academy"),
                                name="extension_one_at_a_time",
                                violation_error_message="Cette académie a déjà une prolongation en cours.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
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
                        ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    (
                                        "awaiting_agreement",
                                        "en attente de l’accord de l’inspection",
                                    ),
                                    ("awaiting_visa", "en attente du visa du DAN"),
                                    ("deposited", "déposée"),
                                    ("withdrawn", "retirée"),
                                    ("lapsed", "caduque, faute d’accord ou de visa à temps"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="état",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="intitulé"
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="rang donné par l’académie"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="commencée à")),
                        ("deposited_at", models.DateTimeField(null=True, verbose_name="déposée à")),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=100,
                                verbose_name="saisie d’après",
                            ),
                        ),
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
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                        (
                            "continues",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="applications.application",
                                verbose_name="poursuit",
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.questionnaire",
                                verbose_name="questionnaire",
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
                        (
                            "extension",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="applications.extension",
                                verbose_name="prolongation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "candidature",
                        "verbose_name_plural": "candidatures",
                        "indexes": [
                            models.Index(fields=["campaign", "state"], name="application_by_state")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "awaiting_agreement",
                                            "awaiting_visa",
                                            "deposited",
                                            "draft",
                                        ],
                                    )
                                ),
                                fields=("theme", "academy"),
                                name="application_one_per_academy_and_theme",
                                violation_error_message="Cette académie a déjà une candidature sur ce thème : une seule est attendue.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "deposited"), _negated=True),
                                    ("deposited_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_deposited_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rank", None), ("rank__gte", 1), _connector="OR"
                                ),
                                name="application_rank_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NamedInspector",
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
                            "agreed_at",
                            models.DateTimeField(null=True, verbose_name="accord donné à"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="inspectors",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="inspecteur·rice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inspecteur·rice désigné·e",
                        "verbose_name_plural": "inspecteur·rices désigné·es",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "person"), name="named_inspector_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Piece",
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
                        (
                            "label",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="objet"
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="jointe à")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="retirée à")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="jointe par",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pieces",
                                to="applications.application",
                                verbose_name="candidature",
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
                    ],
                    options={
                        "verbose_name": "pièce jointe",
                        "verbose_name_plural": "pièces jointes",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("application", "file"),
                                name="piece_once",
                                violation_error_message="Ce fichier est déjà joint.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
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
                            "field",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="champ"
                            ),
                        ),
                        ("seen_at", models.DateTimeField(verbose_name="vu à")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presences",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "présence",
                        "verbose_name_plural": "présences",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "person"), name="presence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerVersion",
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
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        ("value", models.JSONField(verbose_name="valeur")),
                        ("version", models.PositiveIntegerField(verbose_name="version")),
                        (
                            "is_rival",
                            models.BooleanField(default=False, verbose_name="concurrente"),
                        ),
                        (
                            "settled_at",
                            models.DateTimeField(null=True, verbose_name="départagée à"),
                        ),
                        (
                            "save_key",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=60,
                                verbose_name="clé d’enregistrement",
                            ),
                        ),
                        ("saved_at", models.DateTimeField(verbose_name="enregistré à")),
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
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answer_versions",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version d’une réponse",
                        "verbose_name_plural": "versions des réponses",
                        "indexes": [
                            models.Index(
                                fields=["application", "field", "id"],
                                name="answer_versions_in_order",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("save_key", ""), _negated=True),
                                fields=("application", "field", "save_key"),
                                name="answer_saved_once_for_a_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        ("value", models.JSONField(verbose_name="valeur")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("saved_at", models.DateTimeField(verbose_name="enregistré à")),
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
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réponse",
                        "verbose_name_plural": "réponses",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "field"), name="answer_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationAcademy",
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
                            "academy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reference.academy",
                                verbose_name="académie",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="associated",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "académie associée",
                        "verbose_name_plural": "académies associées",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "academy"), name="application_academy_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Author",
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
                            "deposits",
                            models.BooleanField(
                                default=False, verbose_name="soumet la candidature"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="authors",
                                to="applications.application",
                                verbose_name="candidature",
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
                    ],
                    options={
                        "verbose_name": "auteur ou autrice",
                        "verbose_name_plural": "auteurs et autrices",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "person"), name="author_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deposit",
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
                        ("deposited_at", models.DateTimeField(verbose_name="déposée à")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deposits",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
                        ),
                        (
                            "brief",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.textversion",
                                verbose_name="accepte",
                            ),
                        ),
                        (
                            "deposited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="visée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dépôt",
                        "verbose_name_plural": "dépôts",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"), name="deposit_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
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
                        ("verb", models.CharField(max_length=60, verbose_name="acte")),
                        ("at", models.DateTimeField(verbose_name="à")),
                        (
                            "channel",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="d’après"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="applications.application",
                                verbose_name="candidature",
                            ),
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "événement d’une candidature",
                        "verbose_name_plural": "événements des candidatures",
                        "indexes": [
                            models.Index(fields=["application", "id"], name="events_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Examiner",
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
                            "standing",
                            models.CharField(
                                choices=[
                                    ("clear", "sans conflit connu"),
                                    ("found", "conflit trouvé"),
                                    ("pinned", "conflit confirmé"),
                                    ("dismissed", "conflit écarté, avec un motif"),
                                ],
                                max_length=10,
                                verbose_name="situation",
                            ),
                        ),
                        (
                            "kinds",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="conflits"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        ("checked_at", models.DateTimeField(verbose_name="vérifié à")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="examiners",
                                to="applications.application",
                                verbose_name="candidature",
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
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="tranché par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "examinateur·rice",
                        "verbose_name_plural": "examinateur·rices",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "person"), name="examiner_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("standing", "dismissed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="examiner_dismissed_has_a_reason",
                                violation_error_message="Écarter un conflit demande un motif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("standing", "clear"), _negated=True),
                                    ("kinds", ""),
                                    _connector="OR",
                                ),
                                name="examiner_clear_has_no_conflict",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
