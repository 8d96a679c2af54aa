"""Where an account was opened; and the history of posts can be added to and nothing else."""

import django.db.models.deletion
from django.db import migrations, models

FIRST_POST_IS_HOME = """
UPDATE organisation_user AS person SET home_id = (
    SELECT body_id FROM organisation_post WHERE user_id = person.id ORDER BY starts_on, id LIMIT 1
) WHERE home_id IS NULL;
"""

HISTORY = """
CREATE TRIGGER organisation_historicalpost_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON organisation_historicalpost
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial"), ("ledger", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="home",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.body",
                verbose_name="开通账号的机关",
            ),
        ),
        migrations.RunSQL(FIRST_POST_IS_HOME, migrations.RunSQL.noop),
        migrations.RunSQL(
            HISTORY, "DROP TRIGGER organisation_historicalpost_append_only ON organisation_historicalpost;"
        ),
    ]
