"""The list of what is withheld is made of parts; the free text is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0018_texts_become_parts")]

    operations = [
        migrations.RemoveField(
            model_name="draftanswer",
            name="withheld",
        ),
        migrations.AddConstraint(
            model_name="draftanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "partial"), _negated=True),
                    models.Q(
                        models.Q(("parts", []), _negated=True),
                        models.Q(("refusal", ""), _negated=True),
                        ("severability", "severable"),
                    ),
                    _connector="OR",
                ),
                name="partial_lists_what_is_withheld",
                violation_error_message="部分公开必须列明不予公开的部分及其情形。",
            ),
        ),
    ]
