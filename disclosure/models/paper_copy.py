"""Which texts were taken to the places where people read them on paper."""

from django.db import models
from django.db.models import Q

from portal.organisation.models import User

from .document import Document, Version


class PaperCopy(models.Model):
    """One handing over of one version at one place (LD-A4-7b, LD-A6-5-2). `copies` counts the paper ones."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="paper_copies", verbose_name="文件")
    version = models.ForeignKey(Version, models.PROTECT, related_name="paper_copies", verbose_name="版本")
    place = models.CharField("送交场所", max_length=60)
    copies = models.PositiveSmallIntegerField("纸质份数")
    electronic = models.BooleanField("同时送交电子文本", default=False)
    received_by = models.CharField("签收人", max_length=60)
    delivered_on = models.DateField("送交日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "送交查阅场所"
        constraints = (
            models.CheckConstraint(
                condition=Q(copies__gte=1) & ~Q(received_by=""),
                name="delivered_and_received",
                violation_error_message="送交查阅场所应当记录份数和签收人。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.place}"
