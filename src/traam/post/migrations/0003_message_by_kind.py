from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0002_message_attachments")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["kind", "-id"], name="message_by_kind"),
        ),
    ]
