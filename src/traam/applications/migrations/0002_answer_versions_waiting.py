"""Every save asks for the texts that wait to be settled: few, among thousands of versions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_applications")]

    operations = [
        migrations.AddIndex(
            "answerversion",
            models.Index(
                fields=["application"],
                condition=models.Q(is_rival=True, settled_at=None),
                name="answer_versions_waiting",
            ),
        ),
    ]
