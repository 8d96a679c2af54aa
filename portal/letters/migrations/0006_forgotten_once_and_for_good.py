"""What a letter says may be forgotten once, in a transaction that declares itself by `SET LOCAL portal.forgetting = 'on'`,
and never comes back: its number, date, kind, remedy and the hash of its paper stay.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION letter_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['voided_at', 'voided_why'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '文书不得删除，确有错误的应当作废' USING ERRCODE = 'restrict_violation';
    END IF;
    IF current_setting('portal.reencrypting', true) = 'on' THEN
        free := ARRAY['addressee', 'sealed'];
    {forgetting}
    ELSIF OLD.voided_at IS NOT NULL THEN
        RAISE EXCEPTION '已经作废的文书不得再改动' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION '文书制发后不得改动，确有错误的应当作废后重新制发' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

ONCE = """
    ELSIF current_setting('portal.forgetting', true) = 'on' AND OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL THEN
        free := ARRAY['addressee', 'sealed', 'forgotten_at'];
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_letter_forgotten_at")]

    operations = [migrations.RunSQL(FUNCTION.format(forgetting=ONCE), FUNCTION.format(forgetting=""))]
