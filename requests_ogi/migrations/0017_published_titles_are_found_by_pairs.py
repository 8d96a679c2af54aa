"""Titles of published answers are found by pairs of neighbouring characters, as those of requests are."""

from django.db import migrations

INDEX = "CREATE INDEX published_title_pairs ON requests_ogi_publishedanswer USING gin (request_pairs(title))"


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0016_published_answers")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX published_title_pairs")]
