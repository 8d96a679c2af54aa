"""Tie a lawsuit after review, by a composite foreign key, to a review of its own request."""

from django.db import migrations

FORWARD = """
ALTER TABLE requests_ogi_challenge
    ADD CONSTRAINT review_of_the_same_request
        FOREIGN KEY (review_id, request_id) REFERENCES requests_ogi_challenge (id, request_id);
"""
BACKWARD = "ALTER TABLE requests_ogi_challenge DROP CONSTRAINT review_of_the_same_request;"


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0013_remedies")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
