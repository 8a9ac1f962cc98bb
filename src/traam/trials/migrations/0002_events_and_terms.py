"""What happened to a trial and why; the competences at work in it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import traam.kit.migrating


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("trials", "0001_trials"),
    ]

    operations = [
        traam.kit.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="TrialEvent",
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
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acte sur un essai",
                        "verbose_name_plural": "actes sur les essais",
                    },
                ),
                migrations.CreateModel(
                    name="TrialTerm",
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
                            "trial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="trials.trial",
                                verbose_name="essai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compétence d’un essai",
                        "verbose_name_plural": "compétences des essais",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("trial", "scheme", "code"), name="trial_term_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
