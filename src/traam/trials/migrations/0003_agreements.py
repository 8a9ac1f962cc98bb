"""The agreement of a school to a trial."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("trials", "0002_events_and_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "demandé"),
                            ("given", "accordé"),
                            ("refused", "refusé"),
                            ("taken_back", "demande reprise"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("state_at", models.DateTimeField(verbose_name="dans cet état depuis")),
                ("reason", models.TextField(blank=True, default="", verbose_name="motif")),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé à",
                    ),
                ),
                (
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="trials.trial",
                        verbose_name="essai",
                    ),
                ),
            ],
            options={
                "verbose_name": "accord d’un établissement",
                "verbose_name_plural": "accords des établissements",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("trial", "partner"), name="agreement_once_a_partner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "refused"), _negated=True)
                        | models.Q(("reason", ""), _negated=True),
                        name="agreement_refused_has_a_reason",
                    ),
                ],
            },
        ),
    ]
