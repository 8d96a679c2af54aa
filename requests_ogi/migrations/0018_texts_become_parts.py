"""What earlier drafts listed as withheld, line by line, becomes withheld parts: the same words, ground and reason."""

from typing import Any

from django.db import migrations


def forward(apps: Any, schema_editor: Any) -> None:
    drafts = apps.get_model("requests_ogi", "DraftAnswer")
    parts = apps.get_model("requests_ogi", "WithheldPart")
    for draft in drafts.objects.filter(outcome="partial", parts=[]).order_by("pk"):
        lines = [line.strip() for line in draft.withheld.splitlines() if line.strip()]
        made = [
            parts.objects.create(
                request_id=draft.request_id,
                scope="elsewhere",
                what=line,
                ground=draft.ground,
                reason=draft.reason,
                added_by_id=draft.drafted_by_id,
                added_at=draft.drafted_at,
            )
            for line in lines
        ]
        draft.parts = [part.pk for part in made]
        draft.save(update_fields=("parts",))


class Migration(migrations.Migration):
    dependencies = [("requests_ogi", "0017_published_titles_are_found_by_pairs")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
