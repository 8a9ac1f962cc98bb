"""National groups, teams, meetings, what a space keeps, due dates and hours."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0003_preparation"),
        ("documents", "0001_files"),
        ("people", "0002_account_reason"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reference", "0001_vocabularies"),
        ("selection", "0004_announcement"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Meeting",
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
                        ("title", models.CharField(max_length=200, verbose_name="objet")),
                        ("starts_at", models.DateTimeField(verbose_name="début")),
                        ("ends_at", models.DateTimeField(verbose_name="fin")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("on_site", "sur place"),
                                    ("remote", "à distance"),
                                    ("both", "sur place et à distance"),
                                ],
                                max_length=10,
                                verbose_name="mode",
                            ),
                        ),
                        (
                            "location",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="lieu"
                            ),
                        ),
                        (
                            "link",
                            models.URLField(
                                blank=True,
                                default="",
                                max_length=500,
                                verbose_name="lien de connexion",
                            ),
                        ),
                        (
                            "agenda",
                            models.TextField(blank=True, default="", verbose_name="ordre du jour"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "en préparation"),
                                    ("convened", "convoquée"),
                                    ("held", "tenue"),
                                    ("cancelled", "annulée"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        (
                            "uid",
                            models.UUIDField(unique=True, verbose_name="identifiant de calendrier"),
                        ),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0, verbose_name="révision de calendrier"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposée par",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réunion",
                        "verbose_name_plural": "réunions",
                        "indexes": [models.Index(fields=["starts_at"], name="meetings_by_date")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("group__isnull", False), ("team__isnull", True)),
                                    models.Q(("group__isnull", True), ("team__isnull", False)),
                                    _connector="OR",
                                ),
                                name="meeting_of_a_group_or_a_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="meeting_ends_after_it_starts",
                                violation_error_message="La fin de la réunion doit suivre son début.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("pilot", "pilote national·e (DNE)"),
                                    ("expert", "expert·e DNE"),
                                    ("general_inspector", "inspection générale (IGÉSR)"),
                                    ("dgesco", "DGESCO"),
                                    ("rector", "recteur, rectrice"),
                                    ("digital_delegate", "DAN (délégué·e académique au numérique)"),
                                    ("inspector", "inspecteur, inspectrice (IA-IPR, IEN)"),
                                    ("correspondent", "IAN (interlocuteur académique numérique)"),
                                    ("referent", "professeur·e référent·e"),
                                    ("teacher", "enseignant·e"),
                                    ("partner", "partenaire"),
                                ],
                                max_length=20,
                                verbose_name="rôle",
                            ),
                        ),
                        (
                            "discipline",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="discipline"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="niveau"
                            ),
                        ),
                        (
                            "school",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="établissement"
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
                            "is_newcomer",
                            models.BooleanField(
                                default=False, verbose_name="participe pour la première fois"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, default="", max_length=120, verbose_name="repris de"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="à partir du")),
                        ("ends_on", models.DateField(null=True, verbose_name="jusqu’au (exclu)")),
                        (
                            "mandate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.mandate",
                                verbose_name="mandat",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membre d’une équipe",
                        "verbose_name_plural": "membres des équipes",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None)),
                                fields=("team", "person", "role"),
                                name="member_once_in_a_role",
                                violation_error_message="Cette personne a déjà ce rôle dans l’équipe.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="member_ends_after_they_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesSection",
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
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        ("text", models.TextField(blank=True, default="", verbose_name="texte")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        ("changed_at", models.DateTimeField(null=True, verbose_name="changée à")),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changée par",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="groups.meeting",
                                verbose_name="réunion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section d’un compte rendu",
                        "verbose_name_plural": "sections des comptes rendus",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "position"), name="minutes_section_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NationalGroup",
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
                        ("formed_at", models.DateTimeField(verbose_name="formé à")),
                        (
                            "is_demonstration",
                            models.BooleanField(default=False, verbose_name="démonstration"),
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
                                to="groups.nationalgroup",
                                verbose_name="poursuit",
                            ),
                        ),
                        (
                            "theme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.theme",
                                verbose_name="thème",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "groupe national",
                        "verbose_name_plural": "groupes nationaux",
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
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
                            "token",
                            models.CharField(max_length=64, unique=True, verbose_name="jeton"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="créé à")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="révoqué à")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agenda par abonnement",
                        "verbose_name_plural": "agendas par abonnement",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("person", "group"),
                                name="feed_one_for_a_group",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("group", None), ("revoked_at", None)),
                                fields=("person",),
                                name="feed_one_for_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Due",
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
                        ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                        ("due_on", models.DateField(verbose_name="pour le")),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dues",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "échéance",
                        "verbose_name_plural": "échéances",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "key"), name="due_key_once_in_a_group"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectionVersion",
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
                        ("text", models.TextField(blank=True, default="", verbose_name="texte")),
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
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="groups.minutessection",
                                verbose_name="section",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version d’une section",
                        "verbose_name_plural": "versions des sections",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("section", "number"), name="section_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
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
                            "participant",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="participant"
                            ),
                        ),
                        (
                            "project",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="projet"
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True, default="", verbose_name="résumé du projet"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("at_work", "au travail"),
                                    ("completed", "travaux achevés"),
                                    ("withdrawn", "retirée"),
                                ],
                                default="at_work",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        ("formed_at", models.DateTimeField(verbose_name="formée à")),
                        (
                            "shares_with_partners",
                            models.BooleanField(
                                default=False, verbose_name="partage avec ses partenaires"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        (
                            "academy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reference.academy",
                                verbose_name="académie",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "participation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.participation",
                                verbose_name="participation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "équipe",
                        "verbose_name_plural": "équipes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("academy__isnull", False),
                                    models.Q(("participant", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="team_is_of_an_academy_or_a_participant",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("group", "academy"),
                                name="team_one_per_academy_in_a_group",
                                violation_error_message="Cette académie a déjà une équipe dans ce groupe.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="team_withdrawn_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Spent",
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
                            "hours",
                            models.DecimalField(
                                decimal_places=2, max_digits=6, verbose_name="heures"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="le")),
                        ("what", models.CharField(max_length=200, verbose_name="pour")),
                        ("declared_at", models.DateTimeField(verbose_name="déclarées à")),
                        (
                            "attested_at",
                            models.DateTimeField(null=True, verbose_name="attestées à"),
                        ),
                        (
                            "cancelled_at",
                            models.DateTimeField(null=True, verbose_name="annulées à"),
                        ),
                        (
                            "attested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="attestées par",
                            ),
                        ),
                        (
                            "declared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déclarées par",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="groups.member",
                                verbose_name="membre",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spent",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "heures d’un membre",
                        "verbose_name_plural": "heures des membres",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hours__gt", 0)), name="spent_is_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                        ("due_on", models.DateField(verbose_name="pour le")),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("before", "rappel avant l’échéance"),
                                    ("after", "rappel après l’échéance"),
                                    ("inspector", "signalement à l’inspection"),
                                    ("pilot", "signalement au pilotage"),
                                ],
                                max_length=10,
                                verbose_name="étape",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="envoyé à")),
                        (
                            "due",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="groups.due",
                                verbose_name="échéance",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rappel",
                        "verbose_name_plural": "rappels",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("due", "team", "due_on", "step"), name="reminder_sent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Point",
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
                                choices=[("decision", "décision"), ("action", "action à mener")],
                                max_length=8,
                                verbose_name="sorte",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="texte")),
                        ("due_on", models.DateField(null=True, verbose_name="pour le")),
                        ("added_at", models.DateTimeField(verbose_name="noté à")),
                        ("done_at", models.DateTimeField(null=True, verbose_name="fait à")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noté par",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="groups.meeting",
                                verbose_name="réunion",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="chargé·e",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "décision ou action",
                        "verbose_name_plural": "décisions et actions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("group__isnull", False), ("team__isnull", True)),
                                    models.Q(("group__isnull", True), ("team__isnull", False)),
                                    _connector="OR",
                                ),
                                name="point_of_a_group_or_a_team",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                            "subject",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="objet"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="texte")),
                        ("key", models.UUIDField(unique=True, verbose_name="clé d’envoi")),
                        ("sent_at", models.DateTimeField(verbose_name="envoyé à")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="retiré à")),
                        (
                            "answers",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="groups.message",
                                verbose_name="répond à",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                        "verbose_name_plural": "messages",
                        "indexes": [models.Index(fields=["sent_at"], name="messages_by_date")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("group__isnull", False), ("team__isnull", True)),
                                    models.Q(("group__isnull", True), ("team__isnull", False)),
                                    _connector="OR",
                                ),
                                name="message_of_a_group_or_a_team",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Done",
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
                        ("done_at", models.DateTimeField(verbose_name="tenue à")),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "due",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="done",
                                to="groups.due",
                                verbose_name="échéance",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "échéance tenue",
                        "verbose_name_plural": "échéances tenues",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("due", "team"), name="due_done_once_by_a_team"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                            "heading",
                            models.CharField(
                                choices=[
                                    ("brief", "Cahier des charges"),
                                    ("themes", "Thèmes"),
                                    ("on_site", "Réunions présentielles"),
                                    ("remote", "Réunions à distance"),
                                    ("report", "Bilan"),
                                    ("other", "Autres documents"),
                                ],
                                max_length=10,
                                verbose_name="rubrique",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "file_name",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=200,
                                verbose_name="nom du fichier",
                            ),
                        ),
                        (
                            "link",
                            models.URLField(
                                blank=True, default="", max_length=500, verbose_name="lien"
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="ajouté à")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="retiré à")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ajouté par",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="groups.meeting",
                                verbose_name="réunion",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="groups.nationalgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document d’un groupe",
                        "verbose_name_plural": "documents des groupes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("group__isnull", False), ("team__isnull", True)),
                                    models.Q(("group__isnull", True), ("team__isnull", False)),
                                    _connector="OR",
                                ),
                                name="document_of_a_group_or_a_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("file__isnull", False),
                                    models.Q(("link", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="document_is_a_file_or_a_link",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allotment",
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
                            "hours",
                            models.DecimalField(
                                decimal_places=2, max_digits=6, verbose_name="heures"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                        ("given_at", models.DateTimeField(verbose_name="attribuées à")),
                        (
                            "given_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="attribuées par",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allotments",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dotation d’une équipe",
                        "verbose_name_plural": "dotations des équipes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hours", 0), _negated=True),
                                name="allotment_is_not_nothing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamBond",
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
                                    ("joint", "académie partenaire du travail commun"),
                                    ("associated", "académie associée"),
                                ],
                                max_length=10,
                                verbose_name="lien",
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
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bonds",
                                to="groups.team",
                                verbose_name="équipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "académie liée à une équipe",
                        "verbose_name_plural": "académies liées aux équipes",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "academy"), name="team_bond_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tranche",
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
                        ("label", models.CharField(max_length=100, verbose_name="intitulé")),
                        (
                            "hours",
                            models.DecimalField(
                                decimal_places=2, max_digits=6, verbose_name="heures"
                            ),
                        ),
                        ("notified_on", models.DateField(verbose_name="notifiée le")),
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
                            "noted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="saisie par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tranche d’heures",
                        "verbose_name_plural": "tranches d’heures",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "academy", "label"), name="tranche_label_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hours__gt", 0)), name="tranche_is_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Convened",
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
                            "answer",
                            models.CharField(
                                choices=[
                                    ("needs-action", "sans réponse"),
                                    ("accepted", "présence annoncée"),
                                    ("tentative", "présence incertaine"),
                                    ("declined", "absence annoncée"),
                                ],
                                default="needs-action",
                                max_length=12,
                                verbose_name="réponse",
                            ),
                        ),
                        (
                            "attendance",
                            models.CharField(
                                choices=[
                                    ("unknown", "non relevée"),
                                    ("present", "présent·e"),
                                    ("excused", "excusé·e"),
                                    ("absent", "absent·e"),
                                ],
                                default="unknown",
                                max_length=8,
                                verbose_name="présence",
                            ),
                        ),
                        (
                            "told_sequence",
                            models.PositiveIntegerField(null=True, verbose_name="révision envoyée"),
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="convened",
                                to="groups.meeting",
                                verbose_name="réunion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "personne convoquée",
                        "verbose_name_plural": "personnes convoquées",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "person"), name="convened_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
