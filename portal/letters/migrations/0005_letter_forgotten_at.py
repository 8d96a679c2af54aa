"""When the content of a letter was forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_nothing_is_emptied")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="内容销毁时间"),
        ),
    ]
