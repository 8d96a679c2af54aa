"""An imported notice and its days never change: a later notice corrects it. Only `applied_at` is written afterwards."""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION workdays_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '已导入的放假安排不得修改或删除，请导入新的通知予以更正（%）', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER workdays_day_stays BEFORE UPDATE OR DELETE ON workdays_day
    FOR EACH ROW EXECUTE FUNCTION workdays_refuse();
CREATE TRIGGER workdays_notice_stays BEFORE DELETE ON workdays_notice
    FOR EACH ROW EXECUTE FUNCTION workdays_refuse();
CREATE FUNCTION workdays_notice_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    OLD.applied_at := NEW.applied_at;
    IF OLD IS DISTINCT FROM NEW THEN
        RAISE EXCEPTION '已导入的放假安排不得修改，请导入新的通知予以更正' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workdays_notice_keeps BEFORE UPDATE ON workdays_notice
    FOR EACH ROW EXECUTE FUNCTION workdays_notice_keeps();
"""

BACK = """
DROP TRIGGER workdays_notice_keeps ON workdays_notice;
DROP FUNCTION workdays_notice_keeps();
DROP TRIGGER workdays_notice_stays ON workdays_notice;
DROP TRIGGER workdays_day_stays ON workdays_day;
DROP FUNCTION workdays_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]

    operations = [migrations.RunSQL(TRIGGERS, BACK)]
