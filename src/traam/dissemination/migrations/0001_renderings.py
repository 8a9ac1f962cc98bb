import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("catalogue", "0001_notices")]

    operations = [
        migrations.CreateModel(
            name="Rendering",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalogue.notice",
                        verbose_name="notice",
                    ),
                ),
                ("sequence", models.PositiveBigIntegerField(verbose_name="numéro d’ordre")),
                ("form", models.PositiveSmallIntegerField(verbose_name="forme")),
                ("oai_dc", models.TextField(verbose_name="Dublin Core")),
            ],
            options={
                "verbose_name": "rendu",
                "verbose_name_plural": "rendus",
                "indexes": [models.Index(fields=["form", "sequence"], name="rendering_followed")],
            },
        ),
    ]
