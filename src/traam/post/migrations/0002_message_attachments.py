from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0001_outbox")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="attachments",
            field=models.JSONField(default=list, verbose_name="fichiers joints"),
        ),
    ]
