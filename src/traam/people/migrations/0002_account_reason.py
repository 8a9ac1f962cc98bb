from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0001_account")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="raison"),
        ),
        migrations.RemoveConstraint(model_name="user", name="user_erased_has_no_name"),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(is_active=False, name="", reason="", email__endswith="@efface.invalid"),
                name="user_erased_has_no_name",
            ),
        ),
    ]
