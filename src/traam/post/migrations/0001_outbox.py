from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "to",
                    models.PositiveBigIntegerField(null=True, verbose_name="clé du destinataire"),
                ),
                ("kind", models.CharField(max_length=80, verbose_name="sorte")),
                ("params", models.JSONField(default=dict, verbose_name="paramètres")),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="clé")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "en attente"),
                            ("sending", "en cours d’envoi"),
                            ("sent", "envoyé"),
                            ("failed", "en échec"),
                            ("on_screen", "à l’écran seulement (sans adresse)"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="tentatives"),
                ),
                (
                    "last_error",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="dernière erreur"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="écrit à")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyé à")),
                (
                    "next_try_at",
                    models.DateTimeField(null=True, verbose_name="prochaine tentative à"),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "indexes": [
                    models.Index(fields=["to", "-id"], name="message_by_person"),
                    models.Index(fields=["state", "next_try_at"], name="message_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_sent_has_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("next_try_at__isnull", False), ("state__in", ("queued", "sending"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("queued", "sending")), _negated=True),
                                ("next_try_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_waiting_has_a_next_try",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to__isnull", False),
                            ("state__in", ("sent", "failed")),
                            _connector="OR",
                        ),
                        name="message_without_recipient_is_a_trace",
                    ),
                ],
            },
        ),
    ]
