"""Words beside the chain never change. They leave one by one, in a transaction that declares itself by
`SET LOCAL portal.forgetting = 'on'`, and never all at once.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION ledger_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('portal.forgetting', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '台账所附文字不得修改，只能按档案保管期限销毁（%）', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_words_stay BEFORE UPDATE OR DELETE ON ledger_freewords
    FOR EACH ROW EXECUTE FUNCTION ledger_words_stay();
CREATE TRIGGER ledger_words_are_not_emptied BEFORE TRUNCATE ON ledger_freewords
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""

UNGUARD = """
DROP TRIGGER ledger_words_are_not_emptied ON ledger_freewords;
DROP TRIGGER ledger_words_stay ON ledger_freewords;
DROP FUNCTION ledger_words_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_free_words")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
