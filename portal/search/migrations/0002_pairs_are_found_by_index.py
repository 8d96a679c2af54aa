"""Pairs are found by an index that the planner cannot think dearer than reading every array."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION search_pairs(grams integer[]) RETURNS integer[]
-- plpgsql, because a function in SQL would be written out by the planner, and its price with it.
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
-- Honest about its price: arrays lie outside the table and are fetched one by one, which the planner does not count. Not
-- dearer either, or it would think every search worth a compiler.
COST 100
AS $$ BEGIN RETURN grams; END $$
"""
INDEX = "CREATE INDEX search_grams ON search_entry USING gin (search_pairs(grams))"


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION search_pairs(integer[])"),
        migrations.RunSQL(INDEX, "DROP INDEX search_grams"),
    ]
