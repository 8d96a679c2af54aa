from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Value
from django.db.models.functions import Concat, Replace

STEM = models.CharField(default="", help_text="发文字号前缀，如“宁工信发”", max_length=30, verbose_name="公文代字")


def name_documents(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Bodies that are there already number their documents with the stem of their letters, without its 公开."""
    for model in ("Body", "HistoricalBody"):
        stem = Concat(Replace(F("number_stem"), Value("公开"), Value("")), Value("发"))
        apps.get_model("organisation", model).objects.update(document_stem=stem)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_public_units")]

    operations = [
        migrations.AddField(model_name="body", name="document_stem", field=STEM, preserve_default=False),
        migrations.AddField(model_name="historicalbody", name="document_stem", field=STEM, preserve_default=False),
        migrations.AlterField(
            model_name="body",
            name="number_stem",
            field=models.CharField(
                help_text="文号前缀，如“宁工信公开”", max_length=30, verbose_name="政府信息公开文书代字"
            ),
        ),
        migrations.AlterField(
            model_name="historicalbody",
            name="number_stem",
            field=models.CharField(
                help_text="文号前缀，如“宁工信公开”", max_length=30, verbose_name="政府信息公开文书代字"
            ),
        ),
        migrations.RunPython(name_documents, migrations.RunPython.noop),
    ]
