"""The catalogue of openness items (公开事项标准目录): what stands in it now with its versions, and applications to adjust it."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.organisation import roles
from portal.organisation.models import Body, Department, User
from portal.workflow.constraints import both_or_neither, required_in
from portal.workflow.matter import Matter

from ..vocabulary import Adjusting, Adjustment

VIEW_CATALOGUE = "catalogue.view"


class CatalogueItem(models.Model):
    """One item with its ten elements (LD-A7-2), its flow chart as a list of steps, its policy card, and which list it
    was derived from (LD-A7-3).

    Only `adjust` writes it; every former version stays in the history.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="catalogue", verbose_name="机关")
    code = models.CharField("事项编码", max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="申请单位")
    title = models.CharField("公开事项", max_length=200)
    content = models.TextField("公开内容", max_length=1000)
    renewal = models.CharField("信息更新时间", max_length=100)
    subject = models.CharField("公开主体", max_length=100)
    support = models.CharField("信息保障单位", max_length=100)
    channel = models.CharField("公开渠道", max_length=200)
    column = models.CharField("公开栏目", max_length=100)
    basis = models.CharField("公开依据", max_length=300)
    audience = models.CharField("公开对象", max_length=100)
    manner = models.CharField("公开方式", max_length=100)
    steps = ArrayField(models.CharField(max_length=100), verbose_name="流程图各步", default=list, blank=True)
    card = models.TextField("惠企利民政策明白卡", max_length=2000, blank=True)
    origin = models.CharField("梳理来源", max_length=40, blank=True)
    since = models.DateField("列入日期")
    removed_on = models.DateField("清除日期", null=True, blank=True)

    history = HistoricalRecords(verbose_name="事项变更")

    class Meta:
        verbose_name = verbose_name_plural = "公开事项"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "code"), name="catalogue_code_once", violation_error_message="本机关已有这一事项编码。"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False, steps=[]) | (Q(removed_on__isnull=True) & ~Q(steps=[])),
                name="flow_chart_with_its_item",
                violation_error_message="列入清单的事项应当有流程图，清除的事项同步删除流程图。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CatalogueChangeQuerySet(models.QuerySet["CatalogueChange"]):
    def visible_to(self, user: User, *, at: datetime) -> "CatalogueChangeQuerySet":
        """The office sees its body's applications, a department its own."""
        reach = roles.reach(user, VIEW_CATALOGUE, at=at)
        return self.filter(Q(body__in=reach.bodies) | Q(department__in=reach.departments))


class CatalogueChange(Matter):
    """变更信息申请表 (LD-A7-F). `elements` is what the item is to say afterwards, in the fields of `CatalogueItem`."""

    state = models.CharField("状态", max_length=12, choices=Adjusting, default=Adjusting.FILLED_IN)
    action = models.CharField("变更内容", max_length=8, choices=Adjustment)
    item = models.ForeignKey(
        CatalogueItem, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="事项"
    )
    elements = models.JSONField("变更后的要素", default=dict, blank=True)
    item_name = models.CharField("事项名称", max_length=200)
    cause = models.CharField("调整事由", max_length=300)
    cause_on = models.DateField("事由发生日期")
    basis = models.CharField("变更依据", max_length=300)
    detail = models.TextField("变更详情", max_length=1000)
    remark = models.CharField("备注", max_length=300, blank=True)
    filler = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填表人")
    phone = models.CharField("联系电话", max_length=30)
    suggested = models.BooleanField("公开办提出的调整建议", default=False)
    opinion = models.CharField("部门意见", max_length=300, blank=True)
    sealed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人")
    sealed_at = models.DateTimeField("单位审核盖章时间", null=True, blank=True)
    reported_on = models.DateField("报上级部门日期", null=True, blank=True)

    objects = CatalogueChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开事项目录"
        constraints = (
            both_or_neither("sealed_at", "sealed_by"),
            models.CheckConstraint(
                condition=Q(action=Adjustment.ADD) | Q(item__isnull=False),
                name="change_names_its_item",
                violation_error_message="变更、清除应当写明是哪一事项。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(Adjusting.SEALED, Adjusting.ADJUSTED))
                | Q(sealed_at__isnull=False)
                | Q(suggested=True),
                name="sealed_before_it_goes_up",
                violation_error_message="申请表应当经单位审核并加盖公章。",
            ),
            required_in("item", (Adjusting.ADJUSTED,), name="adjusted_has_its_item"),
            models.UniqueConstraint(
                fields=("item",),
                condition=Q(state__in=(Adjusting.FILLED_IN, Adjusting.SEALED)),
                name="one_adjustment_at_a_time",
                violation_error_message="这一事项已有正在办理的调整申请。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        """How limits call the application."""
        return f"{self.get_action_display()}公开事项：{self.item_name}"
