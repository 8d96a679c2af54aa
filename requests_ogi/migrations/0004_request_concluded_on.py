"""The day a request was answered or withdrawn: the annual report counts by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0003_titles_are_found_by_pairs")]

    operations = [
        migrations.AddField(
            model_name="informationrequest",
            name="concluded_on",
            field=models.DateField(blank=True, null=True, verbose_name="办结日期"),
        ),
    ]
