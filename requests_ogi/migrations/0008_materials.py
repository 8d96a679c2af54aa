"""Materials that are to be given, the parts of them that are withheld, and the copies that are given out."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.archive.vault


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_append_only"),
        ("organisation", "0002_home_and_lasting_history"),
        ("requests_ogi", "0007_fees_and_volume"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, verbose_name="材料名称")),
                ("pages", models.PositiveSmallIntegerField(verbose_name="页数")),
                ("added_at", models.DateTimeField(verbose_name="添加时间")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="取回时间")),
            ],
            options={
                "verbose_name": "拟提供的材料",
                "verbose_name_plural": "拟提供的材料",
            },
        ),
        migrations.CreateModel(
            name="WithheldPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("area", "本页画出的区域"),
                            ("page", "本页全部"),
                            ("material", "整份材料"),
                            ("elsewhere", "没有上传的内容"),
                        ],
                        max_length=10,
                        verbose_name="范围",
                    ),
                ),
                ("page", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="页码")),
                ("boxes", models.JSONField(blank=True, default=list, verbose_name="遮盖区域")),
                ("what", portal.archive.vault.EncryptedTextField(verbose_name="不予公开的内容")),
                ("ground", models.CharField(max_length=200, verbose_name="依据")),
                ("reason", portal.archive.vault.EncryptedTextField(verbose_name="理由")),
                ("added_at", models.DateTimeField(verbose_name="登记时间")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="取消时间")),
            ],
            options={
                "verbose_name": "不予公开的部分",
                "verbose_name_plural": "不予公开的部分",
            },
        ),
        migrations.RemoveConstraint(
            model_name="draftanswer",
            name="partial_lists_what_is_withheld",
        ),
        migrations.AddField(
            model_name="draftanswer",
            name="earlier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="requests_ogi.informationrequest",
                verbose_name="已答复的原申请",
            ),
        ),
        migrations.AddField(
            model_name="draftanswer",
            name="materials",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name="拟提供的材料"
            ),
        ),
        migrations.AddField(
            model_name="draftanswer",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name="不予公开的部分"
            ),
        ),
        migrations.AddField(
            model_name="draftanswer",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="信息主动公开的日期"),
        ),
        migrations.AddField(
            model_name="draftanswer",
            name="undisclosed",
            field=models.BooleanField(default=False, verbose_name="对信息是否存在不予确认"),
        ),
        migrations.AlterField(
            model_name="draftanswer",
            name="ground",
            field=models.CharField(blank=True, max_length=200, verbose_name="不予公开的依据"),
        ),
        migrations.AddConstraint(
            model_name="draftanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("outcome", "granted"), _negated=True), ("parts", []), _connector="OR"),
                name="granted_withholds_nothing",
                violation_error_message="予以公开的，不能有不予公开的部分。",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="添加人",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="original",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="archive.storedfile",
                verbose_name="原件",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="materials",
                to="requests_ogi.informationrequest",
            ),
        ),
        migrations.AddField(
            model_name="withheldpart",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="withheldpart",
            name="material",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withheld",
                to="requests_ogi.material",
            ),
        ),
        migrations.AddField(
            model_name="withheldpart",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="withheldpart",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withheld",
                to="requests_ogi.informationrequest",
            ),
        ),
        migrations.CreateModel(
            name="ReleasedCopy",
            fields=[
                (
                    "material",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="released",
                        serialize=False,
                        to="requests_ogi.material",
                    ),
                ),
                ("redacted", models.BooleanField(verbose_name="有遮盖")),
                ("made_at", models.DateTimeField(verbose_name="制作时间")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.storedfile",
                        verbose_name="副本",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="released",
                        to="requests_ogi.informationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "提供的副本",
                "verbose_name_plural": "提供的副本",
            },
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(fields=("id", "request"), name="material_with_request"),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("request", "title"),
                name="material_title_once",
                violation_error_message="本件已有同名的拟提供材料，请换一个名称。",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(("pages__gte", 1), models.Q(("title", ""), _negated=True)),
                name="material_has_title_and_pages",
                violation_error_message="拟提供的材料应当有名称，至少有一页。",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="material_removed_at_with_removed_by",
                violation_error_message="成对的两项必须同时填写或者同时为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="withheldpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("material__isnull", False),
                        ("page__gte", 1),
                        ("page__isnull", False),
                        ("scope", "area"),
                        models.Q(("boxes", []), _negated=True),
                    ),
                    models.Q(
                        ("boxes", []),
                        ("material__isnull", False),
                        ("page__gte", 1),
                        ("page__isnull", False),
                        ("scope", "page"),
                    ),
                    models.Q(("boxes", []), ("material__isnull", False), ("page__isnull", True), ("scope", "material")),
                    models.Q(("boxes", []), ("material__isnull", True), ("page__isnull", True), ("scope", "elsewhere")),
                    _connector="OR",
                ),
                name="withheld_part_says_where",
                violation_error_message="不予公开的部分应当写明范围：区域、整页、整份材料，或者没有上传的内容。",
            ),
        ),
        migrations.AddConstraint(
            model_name="withheldpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", ""), _negated=True),
                name="withheld_part_has_ground",
                violation_error_message="不予公开的每一部分都应当有依据。",
            ),
        ),
        migrations.AddConstraint(
            model_name="withheldpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="withheldpart_removed_at_with_removed_by",
                violation_error_message="成对的两项必须同时填写或者同时为空。",
            ),
        ),
    ]
