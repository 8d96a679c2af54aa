"""Titles are found by pairs of neighbouring characters, so that a Chinese word of two characters finds by index."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION request_pairs(title text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- Honest about its price, so that a rare word is looked up in the index and only a common one is read newest first.
COST 5000
AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(title), place, 2)), '{}')
    FROM generate_series(1, char_length(title) - 1) AS place
$$
"""
INDEX = "CREATE INDEX request_title_pairs ON requests_ogi_informationrequest USING gin (request_pairs(title))"


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0002_answer_fits_its_line")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION request_pairs(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX request_title_pairs"),
    ]
