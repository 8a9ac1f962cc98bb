import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="RateCount",
                    fields=[
                        (
                            "cache_key",
                            models.CharField(
                                max_length=255,
                                primary_key=True,
                                serialize=False,
                                verbose_name="clé",
                            ),
                        ),
                        ("value", models.TextField(verbose_name="valeur")),
                        ("expires", models.DateTimeField(db_index=True, verbose_name="expire à")),
                    ],
                    options={
                        "verbose_name": "compte de tentatives",
                        "verbose_name_plural": "comptes de tentatives",
                        "db_table": "people_ratecount",
                    },
                ),
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "email",
                            models.EmailField(
                                max_length=254, unique=True, verbose_name="adresse électronique"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="nom affiché")),
                        (
                            "persona",
                            models.SlugField(
                                blank=True,
                                default=None,
                                max_length=60,
                                null=True,
                                unique=True,
                                verbose_name="persona",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="actif")),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                verbose_name="créé à",
                            ),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(
                                blank=True, default=None, null=True, verbose_name="effacé à"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compte",
                        "verbose_name_plural": "comptes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("email", django.db.models.functions.text.Lower("email"))
                                ),
                                name="user_email_is_lower_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", True),
                                    models.Q(
                                        ("email__endswith", "@efface.invalid"),
                                        ("is_active", False),
                                        ("name", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="user_erased_has_no_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mandate",
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
                        ("starts_on", models.DateField(verbose_name="à partir du")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="jusqu’au (exclu)"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mandates",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mandat",
                        "verbose_name_plural": "mandats",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gt", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="mandate_ends_after_it_starts",
                                violation_error_message="La fin du mandat doit suivre son début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "pilot",
                                            "expert",
                                            "general_inspector",
                                            "dgesco",
                                            "rector",
                                            "digital_delegate",
                                            "inspector",
                                            "correspondent",
                                            "referent",
                                            "teacher",
                                            "partner",
                                        ],
                                    )
                                ),
                                name="mandate_role_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
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
                        ("starts_on", models.DateField(verbose_name="à partir du")),
                        ("ends_on", models.DateField(verbose_name="jusqu’au (exclu)")),
                        (
                            "delegate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delegations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="suppléant·e",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="titulaire",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delegations",
                                to="people.mandate",
                                verbose_name="mandat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suppléance",
                        "verbose_name_plural": "suppléances",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="delegation_ends_after_it_starts",
                                violation_error_message="La fin de la suppléance doit suivre son début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("delegate", models.F("holder")), _negated=True),
                                name="delegation_is_to_someone_else",
                                violation_error_message="Un mandat ne se délègue pas à soi-même.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MandateScope",
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
                                    ("academy", "académie"),
                                    ("discipline", "discipline"),
                                    ("theme", "thème"),
                                    ("team", "équipe"),
                                ],
                                max_length=10,
                                verbose_name="sorte",
                            ),
                        ),
                        ("code", models.CharField(max_length=80, verbose_name="code")),
                        (
                            "mandate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scopes",
                                to="people.mandate",
                                verbose_name="mandat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "limite d’un mandat",
                        "verbose_name_plural": "limites des mandats",
                        "indexes": [
                            models.Index(fields=["kind", "code"], name="mandate_scope_by_code")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("mandate", "kind", "code"), name="mandate_scope_is_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                name="mandate_scope_has_a_code",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
