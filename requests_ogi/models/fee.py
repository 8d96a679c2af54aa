"""The information-processing fee of a request (条例第四十二条、国办函〔2020〕109号): asked for once, then paid, lapsed or taken back."""

from django.db import models
from django.db.models import F, Q

from portal.letters.models import Letter
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import FeeBasis
from .request import InformationRequest


class FeeNotice(models.Model):
    """One notice of one fee. A primary key on the request keeps it at one: by the item or by the page, never both.

    `nth` is the number of the request in the applicant's month, `pages` what the answer hands out. `limit_on`, the last day
    to pay, is known once the day of receipt (`served_on`) is. How it ended: paid, lapsed, or taken back by the body.
    """

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="fee", primary_key=True)
    basis = models.CharField("计收方式", max_length=10, choices=FeeBasis)
    nth = models.PositiveIntegerField("本月第几件", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    amount = models.PositiveIntegerField("数额（元）")
    account = models.TextField("计算过程", max_length=500)
    why = models.TextField("认定超过合理范围的情况", max_length=1000)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+", verbose_name="收费通知书")
    charged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="决定人")
    sent_on = models.DateField("通知书发出日期")
    served_on = models.DateField("申请人收到日期", null=True, blank=True)
    limit_on = models.DateField("缴费期限届满日", null=True, blank=True)
    paid_on = models.DateField("缴费日期", null=True, blank=True)
    receipt_number = models.CharField("财政票据号码", max_length=40, null=True, blank=True)
    lapsed_on = models.DateField("认定逾期日期", null=True, blank=True)
    waived_on = models.DateField("撤回收费日期", null=True, blank=True)
    waived_why = models.CharField("撤回收费的理由", max_length=300, blank=True)
    refunded_on = models.DateField("退费日期", null=True, blank=True)
    refund_number = models.CharField("退费凭证号码", max_length=40, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信息处理费"
        constraints = (
            models.CheckConstraint(
                condition=Q(basis=FeeBasis.ITEM, nth__isnull=False, pages__isnull=True)
                | Q(basis=FeeBasis.PAGE, nth__isnull=True, pages__isnull=False),
                name="fee_by_item_or_by_page",
                violation_error_message="信息处理费只能按件或者按量一种方式计收，不能同时适用。",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="fee_is_a_sum",
                violation_error_message="免费的申请不发收费通知书。",
            ),
            both_or_neither("served_on", "limit_on"),
            both_or_neither("paid_on", "receipt_number"),
            both_or_neither("refunded_on", "refund_number"),
            models.CheckConstraint(
                condition=Q(refunded_on__isnull=True) | Q(paid_on__isnull=False, refunded_on__gte=F("paid_on")),
                name="fee_refunded_after_it_was_paid",
                violation_error_message="没有缴纳的费用不能退还。",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("sent_on"), limit_on__gt=F("served_on")),
                name="fee_received_after_it_was_sent",
                violation_error_message="申请人收到收费通知书的日期不能早于发出日期。",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(paid_on__gte=F("sent_on")),
                name="fee_paid_after_it_was_asked",
                violation_error_message="缴费日期不能早于收费通知书发出日期。",
            ),
            models.CheckConstraint(
                condition=Q(lapsed_on__isnull=True) | Q(lapsed_on__gt=F("limit_on"), limit_on__isnull=False),
                name="fee_lapses_after_its_limit",
                violation_error_message="缴费期限届满之前不能认定逾期。",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, lapsed_on__isnull=True)
                | Q(paid_on__isnull=True, waived_on__isnull=True)
                | Q(lapsed_on__isnull=True, waived_on__isnull=True),
                name="fee_ends_in_one_way",
                violation_error_message="已缴费、已认定逾期、已撤回收费，只能是其中一种。",
            ),
            models.CheckConstraint(
                condition=Q(waived_on__isnull=True, waived_why="") | (Q(waived_on__isnull=False) & ~Q(waived_why="")),
                name="fee_waived_for_a_reason",
                violation_error_message="撤回收费必须写明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 信息处理费{self.amount}元"
