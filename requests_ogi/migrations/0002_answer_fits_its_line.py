"""Tie an answer, by composite foreign keys, to one whole line of dispositions, to its letter and to its request."""

from django.db import migrations

FORWARD = """
ALTER TABLE requests_ogi_answer
    ADD CONSTRAINT answer_is_a_whole_line
        FOREIGN KEY (law, outcome, article, report_row, letter_kind, remedy)
        REFERENCES requests_ogi_disposition (law, outcome, article, report_row, letter_kind, remedy),
    ADD CONSTRAINT answer_fits_its_letter
        FOREIGN KEY (letter_id, letter_kind, remedy) REFERENCES letters_letter (id, kind, remedy),
    ADD CONSTRAINT answer_fits_its_request
        FOREIGN KEY (request_id, outcome) REFERENCES requests_ogi_informationrequest (id, outcome);
"""
BACKWARD = """
ALTER TABLE requests_ogi_answer
    DROP CONSTRAINT answer_is_a_whole_line,
    DROP CONSTRAINT answer_fits_its_letter,
    DROP CONSTRAINT answer_fits_its_request;
"""


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
