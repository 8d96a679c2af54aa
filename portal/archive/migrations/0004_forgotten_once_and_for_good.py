"""A file may be forgotten once, in a transaction that declares itself by `SET LOCAL portal.forgetting = 'on'`, and never
comes back. Everything else about it stays as before.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION archive_file_keeps_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.body_id, NEW.kind, NEW.size, NEW.sha256, NEW.address, NEW.stored_at, NEW.stored_by)
        IS DISTINCT FROM (OLD.id, OLD.body_id, OLD.kind, OLD.size, OLD.sha256, OLD.address, OLD.stored_at, OLD.stored_by) THEN
        RAISE EXCEPTION '文件的内容、校验值和存入记录不得修改' USING ERRCODE = 'restrict_violation';
    END IF;
    {forgetting}
    RETURN NEW;
END $$;
"""

ONCE = """
    IF NEW.forgotten_at IS DISTINCT FROM OLD.forgotten_at AND (
        OLD.forgotten_at IS NOT NULL OR current_setting('portal.forgetting', true) IS DISTINCT FROM 'on') THEN
        RAISE EXCEPTION '文件内容只能按档案保管期限销毁一次，销毁后不能恢复' USING ERRCODE = 'restrict_violation';
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_storedfile_forgotten_at")]

    operations = [migrations.RunSQL(FUNCTION.format(forgetting=ONCE), FUNCTION.format(forgetting=""))]
