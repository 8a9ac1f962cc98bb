"""What several people write at once: the trace of each field, and the texts put aside."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("productions", "0001_productions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="production",
            name="traces",
            field=models.JSONField(blank=True, default=dict, verbose_name="traces des champs"),
        ),
        migrations.AlterField(
            model_name="production",
            name="title",
            field=models.CharField(blank=True, default="", max_length=1000, verbose_name="titre"),
        ),
        migrations.AlterField(
            model_name="production",
            name="hook",
            field=models.CharField(
                blank=True, default="", max_length=1000, verbose_name="accroche"
            ),
        ),
        migrations.AlterField(
            model_name="production",
            name="duration",
            field=models.CharField(blank=True, default="", max_length=1000, verbose_name="durée"),
        ),
        migrations.AddField(
            model_name="reprise",
            name="source_title",
            field=models.CharField(
                blank=True, default="", max_length=300, verbose_name="titre de la notice"
            ),
        ),
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40, verbose_name="champ")),
                ("value", models.JSONField(null=True, verbose_name="texte")),
                (
                    "base",
                    models.PositiveIntegerField(default=0, verbose_name="écrit d’après la version"),
                ),
                (
                    "save_key",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="clé d’enregistrement"
                    ),
                ),
                ("saved_at", models.DateTimeField(verbose_name="enregistré à")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="départagé à")),
                (
                    "production",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="asides",
                        to="productions.production",
                        verbose_name="production",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "texte mis de côté",
                "verbose_name_plural": "textes mis de côté",
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["production"],
                        name="productions_texts_to_settle",
                    )
                ],
            },
        ),
    ]
