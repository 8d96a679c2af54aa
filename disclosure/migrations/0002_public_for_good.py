"""What the public has read stays as it was read: no deletion, no silent change (条例第六条)."""

from django.db import migrations

DOCUMENTS = """
CREATE FUNCTION disclosure_document_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '公开过的文件不得删除' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.number, NEW.body_id, NEW.published_at) IS DISTINCT FROM (OLD.number, OLD.body_id, OLD.published_at)
        OR NEW.public_id IS NULL THEN
        RAISE EXCEPTION '公开过的文件，索引号、公开机关、首次公开时间和公开的版本不得抹去' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disclosure_document_stays BEFORE UPDATE OR DELETE ON disclosure_document
    FOR EACH ROW EXECUTE FUNCTION disclosure_document_stays();
"""

VERSIONS = """
CREATE FUNCTION disclosure_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '公开过的版本不得删除' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.document_id, NEW.number, NEW.title, NEW.summary, NEW.html, NEW.text, NEW.change_note, NEW.card,
            NEW.made_by_id, NEW.made_at, NEW.authors, NEW.published_by_id, NEW.published_at)
        IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.title, OLD.summary, OLD.html, OLD.text, OLD.change_note, OLD.card,
            OLD.made_by_id, OLD.made_at, OLD.authors, OLD.published_by_id, OLD.published_at) THEN
        RAISE EXCEPTION '公开过的版本不得修改，请另起新版' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disclosure_version_stays BEFORE UPDATE OR DELETE ON disclosure_version
    FOR EACH ROW EXECUTE FUNCTION disclosure_version_stays();
"""

FILES = """
CREATE FUNCTION disclosure_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM disclosure_version WHERE id = OLD.version_id AND published_at IS NOT NULL) THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '公开过的附件不得删除' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.version_id, NEW.file_id, NEW.title, NEW."order", NEW.transcript)
        IS DISTINCT FROM (OLD.version_id, OLD.file_id, OLD.title, OLD."order", OLD.transcript) THEN
        RAISE EXCEPTION '公开过的附件不得修改，请另起新版' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disclosure_file_stays BEFORE UPDATE OR DELETE ON disclosure_documentfile
    FOR EACH ROW EXECUTE FUNCTION disclosure_file_stays();
"""


def _away(name: str, table: str) -> str:
    return f"DROP TRIGGER disclosure_{name}_stays ON disclosure_{table}; DROP FUNCTION disclosure_{name}_stays();"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]

    operations = [
        migrations.RunSQL(DOCUMENTS, _away("document", "document")),
        migrations.RunSQL(VERSIONS, _away("version", "version")),
        migrations.RunSQL(FILES, _away("file", "documentfile")),
    ]
