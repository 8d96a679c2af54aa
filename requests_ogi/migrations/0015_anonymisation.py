"""Putting finished requests up for anonymity, and carrying it out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests_ogi", "0014_review_of_the_same_request"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Anonymisation",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="anonymisation",
                        serialize=False,
                        to="requests_ogi.informationrequest",
                        verbose_name="申请",
                    ),
                ),
                ("nominated_at", models.DateTimeField(verbose_name="提请时间")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="匿名化时间")),
                ("texts", models.PositiveIntegerField(default=0, verbose_name="销毁的文字（处）")),
                ("files", models.PositiveIntegerField(default=0, verbose_name="销毁的文件（个）")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审定人",
                    ),
                ),
                (
                    "nominated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "匿名化",
                "verbose_name_plural": "匿名化",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="anonymisation_done_at_with_done_by",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_by__isnull", True),
                            models.Q(("done_by", models.F("nominated_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="anonymised_by_two",
                        violation_error_message="提请匿名化的人员不能审定本人的提请。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("done_at__gte", models.F("nominated_at")),
                            _connector="OR",
                        ),
                        name="anonymised_after_nomination",
                        violation_error_message="匿名化的时间不能早于提请的时间。",
                    ),
                ],
            },
        ),
    ]
