from django.db import migrations, models
from django.db.models import Q

from traam.catalogue.models import OfSynthesis


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_loads")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["-first_published_at", "id", "act"],
                condition=Q(OfSynthesis("origin"), is_current=True),
                name="notice_of_synthesis",
            ),
        ),
    ]
