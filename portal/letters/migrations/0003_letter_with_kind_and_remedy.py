"""Let a chapter's answer refer to a letter together with its kind and remedy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_letters_never_change")]

    operations = [
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("id", "kind", "remedy"), name="letter_with_kind_and_remedy"),
        )
    ]
