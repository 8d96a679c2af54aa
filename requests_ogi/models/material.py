"""What is to be given to the applicant, what of it is withheld and why, and the copies that left the house (条例第三十七条)."""

from typing import Any

from django.db import models
from django.db.models import Q

from portal.archive.models import StoredFile
from portal.archive.vault import EncryptedTextField
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import Scope
from .request import InformationRequest


class StandingQuerySet(models.QuerySet[Any]):
    def standing(self) -> "StandingQuerySet":
        """Those that nobody has taken back."""
        return self.filter(removed_at__isnull=True)


class Material(models.Model):
    """A document that answers the request (拟提供的材料). The original stays private; only a copy made of it is given out.

    Never edited: one that was a mistake is taken back and stays on record.
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="materials")
    title = models.CharField("材料名称", max_length=100)
    original = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="原件")
    pages = models.PositiveSmallIntegerField("页数")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="添加人")
    added_at = models.DateTimeField("添加时间")
    removed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    removed_at = models.DateTimeField("取回时间", null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "拟提供的材料"
        constraints = (
            models.UniqueConstraint(fields=("id", "request"), name="material_with_request"),
            models.UniqueConstraint(
                fields=("request", "title"),
                condition=Q(removed_at__isnull=True),
                name="material_title_once",
                violation_error_message="本件已有同名的拟提供材料，请换一个名称。",
            ),
            models.CheckConstraint(
                condition=Q(pages__gte=1) & ~Q(title=""),
                name="material_has_title_and_pages",
                violation_error_message="拟提供的材料应当有名称，至少有一页。",
            ),
            both_or_neither("removed_at", "removed_by"),
        )

    def __str__(self) -> str:
        return self.title


class WithheldPart(models.Model):
    """One part that is not disclosed: where it is, what it is, on which ground and why. Never edited; a change is a new row.

    The database refuses boxes that leave the page and a material of another request (see the migration).
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="withheld")
    material = models.ForeignKey(Material, models.PROTECT, related_name="withheld", null=True, blank=True)
    scope = models.CharField("范围", max_length=10, choices=Scope)
    page = models.PositiveSmallIntegerField("页码", null=True, blank=True)
    boxes = models.JSONField("遮盖区域", default=list, blank=True)
    what = EncryptedTextField("不予公开的内容")
    ground = models.CharField("依据", max_length=200)
    reason = EncryptedTextField("理由")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    added_at = models.DateTimeField("登记时间")
    removed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    removed_at = models.DateTimeField("取消时间", null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "不予公开的部分"
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(scope=Scope.AREA, material__isnull=False, page__isnull=False, page__gte=1) & ~Q(boxes=[])
                    | Q(scope=Scope.PAGE, material__isnull=False, page__isnull=False, page__gte=1, boxes=[])
                    | Q(scope=Scope.MATERIAL, material__isnull=False, page__isnull=True, boxes=[])
                    | Q(scope=Scope.ELSEWHERE, material__isnull=True, page__isnull=True, boxes=[])
                ),
                name="withheld_part_says_where",
                violation_error_message="不予公开的部分应当写明范围：区域、整页、整份材料，或者没有上传的内容。",
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="withheld_part_has_ground",
                violation_error_message="不予公开的每一部分都应当有依据。",
            ),
            both_or_neither("removed_at", "removed_by"),
        )

    def __str__(self) -> str:
        return f"{self.get_scope_display()}（{self.ground}）"


class ReleasedCopy(models.Model):
    """The copy of a material that is given out, fixed when the answer was approved. The ledger knows its hash."""

    material = models.OneToOneField(Material, models.PROTECT, related_name="released", primary_key=True)
    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="released")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="副本")
    redacted = models.BooleanField("有遮盖")
    made_at = models.DateTimeField("制作时间")

    class Meta:
        verbose_name = verbose_name_plural = "提供的副本"

    def __str__(self) -> str:
        return self.material.title
