"""What can be found: one row for each thing that is public, or open to the people who work here."""

from collections.abc import Collection

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, ExtractYear

_PAIRS = ArrayField(models.IntegerField())


class Audience(models.TextChoices):
    """For whom something was made public."""

    PUBLIC = "public", "社会公众"
    STAFF = "staff", "本单位工作人员"


class EntryQuerySet(models.QuerySet["Entry"]):
    def holding(self, grams: Collection[int]) -> "EntryQuerySet":
        """Those that have all these pairs, by the index of the migration `pairs_are_found_by_index`."""
        pairs = Func(F("grams"), function="search_pairs", output_field=_PAIRS)
        contains = Func(
            pairs,
            Cast(Value(sorted(grams)), _PAIRS),
            template="(%(expressions)s)",
            arg_joiner=" @> ",
            output_field=models.BooleanField(),
        )
        return self.filter(contains)


class Entry(models.Model):
    """One thing that can be found. It is here as long as it may be seen, and goes in the transaction that takes it away.

    Written by `service.put` and `service.drop` alone. Kind, columns, topics and validity are the words people read;
    `body` is a body's code. `number_key` is the document number in its one form.
    """

    subject_type = models.CharField("事项类型", max_length=60)
    subject_id = models.CharField("事项标识", max_length=40)
    audience = models.CharField("公开范围", max_length=10, choices=Audience, default=Audience.PUBLIC)
    body = models.SlugField("机关", max_length=20, db_index=False)
    kind = models.CharField("类别", max_length=40)
    title = models.CharField("标题", max_length=500)
    text = models.TextField("正文", blank=True)
    url = models.CharField("网址", max_length=500)
    document_number = models.CharField("文号", max_length=100, blank=True)
    number_key = models.CharField("归一的文号", max_length=100, blank=True)
    reference = models.CharField("索引号", max_length=60, blank=True)
    published_on = models.DateField("公开日期")
    year = models.GeneratedField(
        expression=ExtractYear("published_on"), output_field=models.SmallIntegerField("年份"), db_persist=True
    )
    columns = ArrayField(models.CharField(max_length=60), verbose_name="栏目", default=list)
    topics = ArrayField(models.CharField(max_length=60), verbose_name="主题", default=list)
    validity = models.CharField("效力", max_length=20, blank=True)
    dated_on = models.DateField("文本日期", null=True, blank=True)
    former = models.CharField("已由新的文本代替", max_length=100, blank=True)
    title_grams = ArrayField(models.IntegerField(), verbose_name="标题的字对")
    grams = ArrayField(models.IntegerField(), verbose_name="全文的字对")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "可查找的内容"
        indexes = (
            models.Index(fields=("number_key",), condition=~Q(number_key=""), name="search_numbers"),
            models.Index(fields=("audience", "-published_on", "-id"), name="search_newest"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("subject_type", "subject_id"),
                name="found_once",
                violation_error_message="同一事项只能有一条查找记录。",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & Q(url__startswith="/"),
                name="found_under_a_title_on_this_site",
                violation_error_message="可查找的内容必须有标题，并且指向本网站的页面。",
            ),
        )

    def __str__(self) -> str:
        return self.title
