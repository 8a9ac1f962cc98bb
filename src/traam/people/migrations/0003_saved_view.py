import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0002_account_reason")]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list_name", models.CharField(max_length=80, verbose_name="liste")),
                ("name", models.CharField(max_length=40, verbose_name="nom")),
                ("query", models.CharField(max_length=1000, verbose_name="filtres et ordre")),
                ("is_opening", models.BooleanField(default=False, verbose_name="ouvre la liste")),
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
                "verbose_name": "vue enregistrée",
                "verbose_name_plural": "vues enregistrées",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "list_name", "name"), name="saved_view_name_is_unique"
                    ),
                    models.UniqueConstraint(
                        condition=Q(("is_opening", True)),
                        fields=("person", "list_name"),
                        name="saved_view_opens_alone",
                    ),
                    models.CheckConstraint(
                        condition=~Q(("name", "")) & ~Q(("query", "")),
                        name="saved_view_has_a_name_and_a_query",
                    ),
                ],
            },
        ),
    ]
