"""Class trials, observations and cross-tests."""

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
        ("productions", "0001_productions"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Indicator",
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
                        ("key", models.SlugField(max_length=40, verbose_name="clé")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("text", models.CharField(max_length=300, verbose_name="indicateur")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="retiré à")),
                        (
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicateur",
                        "verbose_name_plural": "indicateurs",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("trial", "key"), name="indicator_key_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrossTestPlan",
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
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("instance", models.JSONField(verbose_name="données")),
                        ("result", models.JSONField(verbose_name="résultat")),
                        ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                        ("made_at", models.DateTimeField(verbose_name="calculé à")),
                        ("adopted_at", models.DateTimeField(null=True, verbose_name="adopté à")),
                        (
                            "adopted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="adopté par",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name": "plan de tests croisés",
                        "verbose_name_plural": "plans de tests croisés",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "number"), name="cross_test_plan_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
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
                        ("key", models.UUIDField(unique=True, verbose_name="clé d’envoi")),
                        (
                            "observer",
                            models.CharField(
                                choices=[
                                    ("self", "l’enseignant·e de la classe"),
                                    ("colleague", "un·e collègue d’une autre académie"),
                                    ("nearby", "un·e collègue de l’académie"),
                                    ("inspector", "l’inspection"),
                                ],
                                default="self",
                                max_length=10,
                                verbose_name="qui a observé",
                            ),
                        ),
                        ("seen_at", models.DateTimeField(verbose_name="vu à")),
                        ("seen", models.TextField(verbose_name="ce qui a été vu")),
                        (
                            "location",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="lieu"
                            ),
                        ),
                        (
                            "pupils",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="élèves présents"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("received_at", models.DateTimeField(verbose_name="reçue à")),
                        ("kept_at", models.DateTimeField(null=True, verbose_name="mise de côté à")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="retirée à")),
                        (
                            "reason",
                            models.TextField(
                                blank=True, default="", verbose_name="motif du retrait"
                            ),
                        ),
                        ("proofread_at", models.DateTimeField(null=True, verbose_name="relue à")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="notée par",
                            ),
                        ),
                        (
                            "proofread_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relue par",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="observations",
                                to="trials.session",
                                verbose_name="séance",
                            ),
                        ),
                        (
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "observation",
                        "verbose_name_plural": "observations",
                        "indexes": [
                            models.Index(fields=["trial", "seen_at"], name="observations_by_date")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seen", ""), _negated=True),
                                name="observation_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="observation_withdrawn_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObservationVersion",
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
                        ("saved_at", models.DateTimeField(verbose_name="enregistrée à")),
                        (
                            "observation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="trials.observation",
                                verbose_name="observation",
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
                        "verbose_name": "version d’une observation",
                        "verbose_name_plural": "versions des observations",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("observation", "number"), name="observation_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Picture",
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
                            "description",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=300,
                                verbose_name="texte de remplacement",
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
                        ("added_at", models.DateTimeField(verbose_name="ajoutée à")),
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
                            "observation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pictures",
                                to="trials.observation",
                                verbose_name="observation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "image d’une observation",
                        "verbose_name_plural": "images des observations",
                    },
                ),
                migrations.CreateModel(
                    name="Session",
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
                        ("held_on", models.DateField(verbose_name="le")),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="durée en minutes"
                            ),
                        ),
                        (
                            "location",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="lieu"
                            ),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True, default="", verbose_name="ce qui s’est passé"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="consignée à")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "séance",
                        "verbose_name_plural": "séances",
                        "indexes": [
                            models.Index(fields=["trial", "held_on"], name="sessions_by_date")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sight",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("seen", "recherché et vu"),
                                    ("not_seen", "recherché et non vu"),
                                    ("contrary", "contraire"),
                                    ("not_sought", "non recherché"),
                                ],
                                max_length=10,
                                verbose_name="constat",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sights",
                                to="trials.indicator",
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "observation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sights",
                                to="trials.observation",
                                verbose_name="observation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicateur observé",
                        "verbose_name_plural": "indicateurs observés",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("observation", "indicator"), name="sight_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trial",
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
                            "production_version",
                            models.PositiveIntegerField(default=0, verbose_name="version essayée"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "à préparer"),
                                    ("at_work", "en cours"),
                                    ("closed", "clos"),
                                    ("abandoned", "abandonné"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        ("created_at", models.DateTimeField(verbose_name="commencé à")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        (
                            "hypothesis",
                            models.TextField(blank=True, default="", verbose_name="hypothèse"),
                        ),
                        (
                            "success",
                            models.TextField(
                                blank=True, default="", verbose_name="ce qui serait une réussite"
                            ),
                        ),
                        (
                            "planned_for",
                            models.DateField(null=True, verbose_name="prévu à partir du"),
                        ),
                        (
                            "protocol_digest",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="empreinte du protocole"
                            ),
                        ),
                        (
                            "protocol_at",
                            models.DateTimeField(null=True, verbose_name="protocole arrêté à"),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="niveau"
                            ),
                        ),
                        (
                            "discipline",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="discipline"
                            ),
                        ),
                        (
                            "school_type",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=60,
                                verbose_name="type d’établissement",
                            ),
                        ),
                        (
                            "school",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="établissement"
                            ),
                        ),
                        (
                            "is_priority",
                            models.BooleanField(null=True, verbose_name="éducation prioritaire"),
                        ),
                        (
                            "equipment",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="équipement"
                            ),
                        ),
                        (
                            "pupils",
                            models.PositiveSmallIntegerField(null=True, verbose_name="élèves"),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("confirmed", "l’hypothèse est confirmée"),
                                    ("partly", "l’hypothèse est confirmée en partie"),
                                    ("not_confirmed", "l’hypothèse n’est pas confirmée"),
                                    ("undecided", "l’essai ne permet pas de conclure"),
                                ],
                                default="",
                                max_length=14,
                                verbose_name="verdict",
                            ),
                        ),
                        (
                            "conclusion",
                            models.TextField(
                                blank=True, default="", verbose_name="ce que l’essai montre"
                            ),
                        ),
                        (
                            "gains_pupils",
                            models.TextField(
                                blank=True, default="", verbose_name="plus-values pour les élèves"
                            ),
                        ),
                        (
                            "gains_teaching",
                            models.TextField(
                                blank=True,
                                default="",
                                verbose_name="plus-values pour l’enseignement",
                            ),
                        ),
                        (
                            "obstacles",
                            models.TextField(blank=True, default="", verbose_name="freins"),
                        ),
                        (
                            "levers",
                            models.TextField(blank=True, default="", verbose_name="leviers"),
                        ),
                        (
                            "adaptations",
                            models.TextField(
                                blank=True, default="", verbose_name="adaptations faites"
                            ),
                        ),
                        (
                            "transferable",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("as_is", "telle quelle"),
                                    ("adapted", "avec adaptation"),
                                    ("no", "non"),
                                    ("unknown", "ne sait pas"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="transférable",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="clos à")),
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
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="productions.production",
                                verbose_name="production essayée",
                            ),
                        ),
                        (
                            "teacher",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enseignant·e",
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
                        "verbose_name": "essai en classe",
                        "verbose_name_plural": "essais en classe",
                        "indexes": [
                            models.Index(fields=["campaign", "state"], name="trials_by_state"),
                            models.Index(fields=["teacher", "state"], name="trials_of_a_teacher"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        models.Q(("verdict", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="trial_closed_has_a_verdict",
                                violation_error_message="Un essai ne se clôt pas sans évaluation.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "abandoned"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="trial_abandoned_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("protocol_at", None),
                                    models.Q(("protocol_digest", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="trial_started_has_a_protocol",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrossTest",
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
                                    ("asked", "demandé"),
                                    ("accepted", "accepté"),
                                    ("closed", "rendu"),
                                    ("declined", "décliné"),
                                    ("cancelled", "annulé"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        ("due_on", models.DateField(null=True, verbose_name="pour le")),
                        ("asked_at", models.DateTimeField(verbose_name="demandé à")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandé par",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="productions.production",
                                verbose_name="production",
                            ),
                        ),
                        (
                            "tester",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="groups.team",
                                verbose_name="équipe qui teste",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trials.crosstestplan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "trial",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cross_test",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "test croisé",
                        "verbose_name_plural": "tests croisés",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["accepted", "asked", "closed"])),
                                fields=("production", "tester"),
                                name="cross_test_once_by_a_team",
                                violation_error_message="Cette équipe teste déjà cette production.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="cross_test_declined_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("trial__isnull", False),
                                    _connector="OR",
                                ),
                                name="cross_test_closed_has_a_trial",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
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
                        ("before", models.JSONField(verbose_name="protocole d’avant")),
                        ("after", models.JSONField(verbose_name="protocole d’après")),
                        ("reason", models.TextField(verbose_name="motif")),
                        (
                            "digest",
                            models.CharField(
                                max_length=64, verbose_name="empreinte du protocole d’après"
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="fait à")),
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
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amendments",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avenant au protocole",
                        "verbose_name_plural": "avenants au protocole",
                    },
                ),
            ],
        ),
    ]
