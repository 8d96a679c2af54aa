"""Letters and deliveries cannot be emptied at once, past the guards of their rows; and a delivery is never deleted."""

from django.db import migrations

GUARD = """
CREATE TRIGGER letters_letter_stays BEFORE TRUNCATE ON letters_letter
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER letters_delivery_stays BEFORE DELETE OR TRUNCATE ON letters_delivery
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""

UNGUARD = """
DROP TRIGGER letters_delivery_stays ON letters_delivery;
DROP TRIGGER letters_letter_stays ON letters_letter;
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_letter_with_kind_and_remedy"), ("ledger", "0002_append_only")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
