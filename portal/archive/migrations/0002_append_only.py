"""A sealed dossier stays as it was sealed."""

from django.db import migrations

SEALED = """
CREATE TRIGGER archive_dossier_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON archive_dossier
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""

# The name may be re-encrypted and a file may be made public; what the file is may not change.
FACTS = """
CREATE FUNCTION archive_file_keeps_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.body_id, NEW.kind, NEW.size, NEW.sha256, NEW.address, NEW.stored_at, NEW.stored_by)
        IS DISTINCT FROM (OLD.id, OLD.body_id, OLD.kind, OLD.size, OLD.sha256, OLD.address, OLD.stored_at, OLD.stored_by) THEN
        RAISE EXCEPTION '文件的内容、校验值和存入记录不得修改' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER archive_file_keeps_facts BEFORE UPDATE ON archive_storedfile
    FOR EACH ROW EXECUTE FUNCTION archive_file_keeps_facts();
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial"), ("ledger", "0002_append_only")]

    operations = [
        migrations.RunSQL(SEALED, "DROP TRIGGER archive_dossier_append_only ON archive_dossier;"),
        migrations.RunSQL(
            FACTS,
            """
            DROP TRIGGER archive_file_keeps_facts ON archive_storedfile;
            DROP FUNCTION archive_file_keeps_facts();
            """,
        ),
    ]
