"""Entries can be added and nothing else; a chain can only grow. Holds for the tables' owner as well."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% 只可追加，不得修改、删除或清空（%）', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

ENTRIES = """
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""

CHAINS = """
CREATE FUNCTION ledger_chain_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.body <> OLD.body OR NEW.length <= OLD.length THEN
        RAISE EXCEPTION '台账链只能增长，不能缩短或改名' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_chain_grows BEFORE UPDATE ON ledger_chain
    FOR EACH ROW EXECUTE FUNCTION ledger_chain_grows();
CREATE TRIGGER ledger_chain_stays BEFORE DELETE OR TRUNCATE ON ledger_chain
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION ledger_refuse();"),
        migrations.RunSQL(ENTRIES, "DROP TRIGGER ledger_entry_append_only ON ledger_entry;"),
        migrations.RunSQL(
            CHAINS,
            """
            DROP TRIGGER ledger_chain_stays ON ledger_chain;
            DROP TRIGGER ledger_chain_grows ON ledger_chain;
            DROP FUNCTION ledger_chain_grows();
            """,
        ),
    ]
