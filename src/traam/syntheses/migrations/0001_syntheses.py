"""Findings, their evidence, and syntheses."""

import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0003_preparation"),
        ("groups", "0001_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("trials", "0001_trials"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Finding",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("gain_pupils", "plus-value pour les élèves"),
                                    ("gain_teaching", "plus-value pour l’enseignement"),
                                    ("obstacle", "frein"),
                                    ("lever", "levier"),
                                    ("condition", "condition de généralisation"),
                                    ("disciplinary", "compétence disciplinaire développée"),
                                    ("transversal", "compétence transversale développée"),
                                ],
                                max_length=14,
                                verbose_name="sorte",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="constat")),
                        (
                            "scope",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="portée"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("created_at", models.DateTimeField(verbose_name="écrit à")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="publié à")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="retiré à")),
                        (
                            "reason",
                            models.TextField(
                                blank=True, default="", verbose_name="motif du retrait"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrit par",
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
                    ],
                    options={
                        "verbose_name": "constat",
                        "verbose_name_plural": "constats",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="finding_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                        ("observation_key", models.UUIDField(verbose_name="clé de l’observation")),
                        (
                            "observation_version",
                            models.PositiveIntegerField(verbose_name="version lue"),
                        ),
                        (
                            "support",
                            models.CharField(
                                choices=[
                                    ("supports", "appuie"),
                                    ("qualifies", "nuance"),
                                    ("contradicts", "contredit"),
                                ],
                                max_length=12,
                                verbose_name="effet",
                            ),
                        ),
                        ("note", models.TextField(blank=True, default="", verbose_name="pourquoi")),
                        ("added_at", models.DateTimeField(verbose_name="ajoutée à")),
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
                            "observation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="trials.observation",
                                verbose_name="observation",
                            ),
                        ),
                        (
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="syntheses.finding",
                                verbose_name="constat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "preuve d’un constat",
                        "verbose_name_plural": "preuves des constats",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("finding", "observation_key"), name="evidence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Block",
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
                        ("section", models.CharField(max_length=40, verbose_name="section")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("text", models.TextField(blank=True, default="", verbose_name="texte")),
                        (
                            "mark",
                            models.CharField(
                                choices=[
                                    ("none", "sans marque"),
                                    ("finding", "constat"),
                                    ("frame", "cadre"),
                                    ("opinion", "opinion"),
                                ],
                                default="none",
                                max_length=8,
                                verbose_name="marque",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        (
                            "finding",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="syntheses.finding",
                                verbose_name="constat",
                            ),
                        ),
                        (
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="blocks",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "passage d’une synthèse",
                        "verbose_name_plural": "passages des synthèses",
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("synthesis", "section", "position"),
                                name="block_position_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finding__isnull", False), ("mark", "finding")),
                                    models.Q(
                                        models.Q(("mark", "finding"), _negated=True),
                                        ("finding", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="block_marked_as_a_finding_has_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sought",
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
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sought",
                                to="syntheses.finding",
                                verbose_name="constat",
                            ),
                        ),
                        (
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "essai où un constat est recherché",
                        "verbose_name_plural": "essais où les constats sont recherchés",
                        "constraints": [
                            models.UniqueConstraint(fields=("finding", "trial"), name="sought_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Synthesis",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("trial_report", "rapport d’essai"),
                                    ("academic", "synthèse académique"),
                                    ("pluri_academic", "synthèse pluriacadémique"),
                                    ("national", "synthèse nationale"),
                                ],
                                max_length=14,
                                verbose_name="sorte",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("in_validation", "en validation"),
                                    ("corrections_asked", "corrections demandées"),
                                    ("validated", "validée"),
                                    ("signed", "signée"),
                                    ("published", "publiée"),
                                    ("withdrawn", "retirée"),
                                ],
                                default="draft",
                                max_length=18,
                                verbose_name="état",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                default="",
                                verbose_name="résumé pour les non-spécialistes",
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
                            "digest",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=64,
                                verbose_name="empreinte du texte validé",
                            ),
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
                        (
                            "distributed_at",
                            models.DateTimeField(null=True, verbose_name="diffusée à"),
                        ),
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
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "teams",
                            models.ManyToManyField(
                                related_name="+", to="groups.team", verbose_name="équipes"
                            ),
                        ),
                        (
                            "trial",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "synthèse",
                        "verbose_name_plural": "synthèses",
                        "indexes": [
                            models.Index(
                                fields=["campaign", "kind", "state"], name="syntheses_by_state"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("validated", "signed", "published")),
                                        _negated=True,
                                    ),
                                    models.Q(("digest", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="synthesis_validated_has_a_digest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(
                                        models.Q(("ark", ""), _negated=True),
                                        ("published_at__isnull", False),
                                        models.Q(("summary", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="synthesis_published_has_a_notice",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "national"),
                                    models.Q(("state", "withdrawn"), _negated=True),
                                ),
                                fields=("group",),
                                name="synthesis_national_once_in_a_group",
                                violation_error_message="Ce groupe a déjà sa synthèse nationale.",
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
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("inspector", "pour l’inspection"),
                                    ("general_inspection", "pour l’inspection générale"),
                                    ("dne", "pour la DNE"),
                                ],
                                max_length=20,
                                verbose_name="qualité",
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(max_length=64, verbose_name="empreinte signée"),
                        ),
                        (
                            "reservation",
                            models.TextField(blank=True, default="", verbose_name="réserve"),
                        ),
                        ("signed_at", models.DateTimeField(verbose_name="signée à")),
                        ("voided_at", models.DateTimeField(null=True, verbose_name="annulée à")),
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
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signature d’une synthèse",
                        "verbose_name_plural": "signatures des synthèses",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at", None)),
                                fields=("synthesis", "capacity"),
                                name="synthesis_signature_standing_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sending",
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
                            "addressee",
                            models.CharField(
                                choices=[
                                    ("academy", "académie"),
                                    ("dgesco", "DGESCO"),
                                    ("general_inspection", "inspection générale"),
                                    ("partner", "partenaire"),
                                ],
                                max_length=20,
                                verbose_name="à titre de",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="envoyée à")),
                        ("reminded_at", models.DateTimeField(null=True, verbose_name="rappelée à")),
                        ("received_at", models.DateTimeField(null=True, verbose_name="reçue à")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="destinataire",
                            ),
                        ),
                        (
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sendings",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "envoi d’une synthèse",
                        "verbose_name_plural": "envois des synthèses",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("synthesis", "person"), name="sending_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
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
                        ("text", models.TextField(verbose_name="remarque")),
                        (
                            "is_correction",
                            models.BooleanField(default=False, verbose_name="correction demandée"),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="faite à")),
                        (
                            "answer",
                            models.TextField(blank=True, default="", verbose_name="réponse"),
                        ),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="réglée à")),
                        (
                            "block",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="remarks",
                                to="syntheses.block",
                                verbose_name="passage",
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
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="réglée par",
                            ),
                        ),
                        (
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remarks",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remarque",
                        "verbose_name_plural": "remarques",
                    },
                ),
                migrations.CreateModel(
                    name="Erratum",
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
                        ("text", models.TextField(verbose_name="erratum")),
                        ("published_at", models.DateTimeField(verbose_name="publié à")),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="errata",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "erratum",
                        "verbose_name_plural": "errata",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("synthesis", "number"), name="erratum_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SynthesisEvent",
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
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acte sur une synthèse",
                        "verbose_name_plural": "actes sur les synthèses",
                    },
                ),
                migrations.CreateModel(
                    name="SynthesisVersion",
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
                            "synthesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="syntheses.synthesis",
                                verbose_name="synthèse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version d’une synthèse",
                        "verbose_name_plural": "versions des synthèses",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("synthesis", "number"), name="synthesis_version_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
