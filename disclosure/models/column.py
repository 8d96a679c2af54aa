"""A column of the site: where documents are found, and which departments keep it."""

from django.db import models
from simple_history.models import HistoricalRecords

from portal.organisation.models import Body, Department


class Column(models.Model):
    """One column of one body, laid out by its profile (`load_columns`) and renamed or reordered by the office."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="columns", verbose_name="机关")
    code = models.SlugField("代码", max_length=40)
    name = models.CharField("栏目名称", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    owners = models.ManyToManyField(Department, blank=True, related_name="+", verbose_name="维护机构")
    order = models.PositiveSmallIntegerField("顺序", default=0)
    key_area = models.BooleanField("重点领域", default=False)

    history = HistoricalRecords(verbose_name="栏目变更")

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "code"), name="column_once", violation_error_message="本机关已有这一栏目。"
            ),
        )

    def __str__(self) -> str:
        return self.name
