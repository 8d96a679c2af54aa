"""A composed letter can be voided and nothing else.

Renewing the encryption of a letter changes its ciphertexts without changing what it says; the transaction that does so must
declare itself by `SET LOCAL portal.reencrypting = 'on'`, and may then touch the encrypted columns only.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION letter_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['voided_at', 'voided_why'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '文书不得删除，确有错误的应当作废' USING ERRCODE = 'restrict_violation';
    END IF;
    IF current_setting('portal.reencrypting', true) = 'on' THEN
        free := ARRAY['addressee', 'sealed'];
    ELSIF OLD.voided_at IS NOT NULL THEN
        RAISE EXCEPTION '已经作废的文书不得再改动' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION '文书制发后不得改动，确有错误的应当作废后重新制发' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_is_final BEFORE UPDATE OR DELETE ON letters_letter
    FOR EACH ROW EXECUTE FUNCTION letter_is_final();
"""

UNGUARD = """
DROP TRIGGER letter_is_final ON letters_letter;
DROP FUNCTION letter_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
