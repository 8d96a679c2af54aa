"""Words beside the chain, which holds their digest only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="FreeWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=20, verbose_name="机关代码")),
                ("seq", models.PositiveBigIntegerField(verbose_name="序号")),
                ("key", models.CharField(max_length=40, verbose_name="项目")),
                ("salt", models.CharField(max_length=32, verbose_name="盐值")),
                ("text", models.TextField(verbose_name="文字")),
            ],
            options={
                "verbose_name": "台账所附文字",
                "verbose_name_plural": "台账所附文字",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "seq", "key"),
                        name="ledger_words_once",
                        violation_error_message="同一条台账记录的同一项目只能附一次文字。",
                    )
                ],
            },
        ),
    ]
