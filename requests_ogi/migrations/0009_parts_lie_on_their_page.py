"""A withheld part lies on a page of a material of its own request; a copy is of a material of its own request."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION request_boxes_fit(boxes jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    box jsonb;
BEGIN
    IF jsonb_typeof(boxes) <> 'array' THEN
        RETURN false;
    END IF;
    FOR box IN SELECT value FROM jsonb_array_elements(boxes) LOOP
        IF jsonb_typeof(box) <> 'array' OR jsonb_array_length(box) <> 4 THEN
            RETURN false;
        END IF;
        IF EXISTS (SELECT FROM jsonb_array_elements(box) WHERE jsonb_typeof(value) <> 'number') THEN
            RETURN false;
        END IF;
        IF (box->>0)::numeric < 0 OR (box->>1)::numeric < 0 OR (box->>2)::numeric <= 0 OR (box->>3)::numeric <= 0
            OR (box->>0)::numeric + (box->>2)::numeric > 1.0001
            OR (box->>1)::numeric + (box->>3)::numeric > 1.0001 THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END
$$
"""
FORWARD = """
ALTER TABLE requests_ogi_withheldpart
    ADD CONSTRAINT boxes_lie_on_the_page CHECK (request_boxes_fit(boxes)),
    ADD CONSTRAINT part_of_its_requests_material
        FOREIGN KEY (material_id, request_id) REFERENCES requests_ogi_material (id, request_id);
ALTER TABLE requests_ogi_releasedcopy
    ADD CONSTRAINT copy_of_its_requests_material
        FOREIGN KEY (material_id, request_id) REFERENCES requests_ogi_material (id, request_id);
"""
BACKWARD = """
ALTER TABLE requests_ogi_releasedcopy DROP CONSTRAINT copy_of_its_requests_material;
ALTER TABLE requests_ogi_withheldpart
    DROP CONSTRAINT part_of_its_requests_material,
    DROP CONSTRAINT boxes_lie_on_the_page;
"""


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0008_materials")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION request_boxes_fit(jsonb)"),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
