"""Who withdrew a message, and why: what is shown in its place."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0002_changed_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retiré par",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="withdrawn_for",
            field=models.TextField(blank=True, default="", verbose_name="motif du retrait"),
        ),
    ]
