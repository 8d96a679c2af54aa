"""When the content of a file was forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="内容销毁时间"),
        ),
    ]
