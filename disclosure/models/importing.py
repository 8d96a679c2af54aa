"""An import: which source was read, how far, and what became of each of its rows."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from portal.archive.models import StoredFile
from portal.organisation import roles
from portal.organisation.models import Body, User

from ..vocabulary import Fate, ImportKind

TAKE_IN = "disclosure.take_in"
SILENT = timedelta(seconds=90)
"""After so long without a word from it, a run has been broken off and may be carried on."""


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User, *, at: datetime) -> "ImportRunQuerySet":
        """The imports of the bodies where this person may take documents in."""
        return self.filter(body__in=roles.reach(user, TAKE_IN, at=at).bodies)


class ImportRun(models.Model):
    """One reading of one source for one body. `position` rows are done; whoever carries on begins behind them.

    `digest` is the SHA-256 of the source: an unfinished run of the same source is carried on, never begun anew.
    `is_public` says that the rows are public history, which `lawful_origin` proves; other rows become drafts.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("来源种类", max_length=8, choices=ImportKind)
    name = models.CharField("来源名称", max_length=200)
    digest = models.CharField("来源校验值", max_length=64)
    is_public = models.BooleanField("已经公开过", default=False)
    lawful_origin = models.CharField("合法来源", max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="导入人")
    made_at = models.DateTimeField("上传时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    touched_at = models.DateTimeField("最近进展", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    total = models.PositiveIntegerField("总行数", null=True, blank=True)
    position = models.PositiveIntegerField("已处理行数", default=0)
    taken = models.PositiveIntegerField("新收录", default=0)
    renewed = models.PositiveIntegerField("已更新", default=0)
    same = models.PositiveIntegerField("没有变化", default=0)
    refused = models.PositiveIntegerField("没有收录", default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批量导入"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "kind", "digest"),
                condition=Q(finished_at__isnull=True),
                name="one_open_import_of_a_source",
                violation_error_message="同一来源已有没有完成的导入，请继续该次导入。",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(lawful_origin=""),
                name="public_history_has_its_origin",
                violation_error_message="直接收录已经公开过的文件，应当写明合法来源。",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(started_at__isnull=False),
                name="import_finished_after_it_began",
                violation_error_message="没有开始的导入不能记为完成。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def is_silent(self, *, at: datetime) -> bool:
        """Whether it was begun, is not finished, and nothing has been heard of it for a while."""
        return bool(self.finished_at is None and self.touched_at and at - self.touched_at > SILENT)


class ImportFile(models.Model):
    """A file handed in for an import: the table itself, or an attachment that a row names."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files", verbose_name="导入")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=200)
    is_table = models.BooleanField("登记表", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "导入的文件"
        constraints = (
            models.UniqueConstraint(
                fields=("run", "name"), name="import_file_once", violation_error_message="同名的文件只能上传一个。"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """What became of one row of a source, across all runs: the same row is never taken in twice.

    `key` names the row in its source, `digest` is the SHA-256 of what it said when it was last looked at.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("来源种类", max_length=8, choices=ImportKind)
    key = models.CharField("来源标识", max_length=300)
    digest = models.CharField("内容校验值", max_length=64)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rows", verbose_name="最近一次导入")
    number = models.PositiveIntegerField("行号")
    fate = models.CharField("结果", max_length=8, choices=Fate)
    said = models.CharField("说明", max_length=500, blank=True)
    document = models.ForeignKey(
        "disclosure.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入的行"
        indexes = (models.Index(fields=("run", "fate", "number"), name="import_rows"),)
        constraints = (
            models.UniqueConstraint(
                fields=("body", "kind", "key"), name="row_taken_in_once", violation_error_message="这一行已经导入过。"
            ),
            models.CheckConstraint(
                condition=Q(fate=Fate.REFUSED) | Q(document__isnull=False),
                name="row_has_its_document",
                violation_error_message="已收录的行应当有对应的文件。",
            ),
            models.CheckConstraint(
                condition=~Q(fate=Fate.REFUSED) | ~Q(said=""),
                name="refused_row_says_why",
                violation_error_message="没有收录的行应当写明原因。",
            ),
        )

    def __str__(self) -> str:
        return f"第{self.number}行 {self.get_fate_display()}"
