"""Requests concluded before there was a column for it: the day of the answer, or of the withdrawal as the ledger has it."""

from django.db import migrations

FILL = """
UPDATE requests_ogi_informationrequest AS r
SET concluded_on = coalesce(
    answered_on,
    (
        SELECT (e.at AT TIME ZONE 'Asia/Shanghai')::date FROM ledger_entry AS e
        WHERE e.subject_type = 'requests_ogi.informationrequest' AND e.subject_id = r.id::text AND e.verb = 'withdraw'
        ORDER BY e.seq DESC LIMIT 1
    ),
    (r.changed_at AT TIME ZONE 'Asia/Shanghai')::date
)
WHERE state IN ('served', 'withdrawn', 'closed')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("requests_ogi", "0004_request_concluded_on"),
        ("ledger", "0002_append_only"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
