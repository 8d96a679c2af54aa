"""The draft answers of a request, the search behind them, and the table that ties an outcome to its law."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.archive.vault import EncryptedTextField
from portal.letters.models import Letter
from portal.organisation.models import Department, User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import REFUSALS, Outcome, Severability
from .request import InformationRequest


class Disposition(models.Model):
    """An outcome with its article, its line in table three, its letter and its remedy text, as the law of a time has them.

    Loaded from the profiles. An answer refers to one whole line of this table by a composite foreign key, so that an answer
    with the article of one outcome and the remedy of another cannot be stored.
    """

    law = models.CharField("法律版本", max_length=80)
    outcome = models.CharField("办理结果", max_length=24, choices=Outcome)
    article = models.CharField("法律依据", max_length=120)
    report_row = models.CharField("年度报告表三行次", max_length=8)
    letter_kind = models.CharField("文书种类", max_length=40)
    remedy = models.CharField("救济告知", max_length=2)

    class Meta:
        verbose_name = verbose_name_plural = "答复口径"
        constraints = (
            models.UniqueConstraint(fields=("law", "outcome"), name="disposition_once"),
            models.UniqueConstraint(
                fields=("law", "outcome", "article", "report_row", "letter_kind", "remedy"), name="disposition_whole"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}（{self.report_row}）"


class SearchRecord(models.Model):
    """One search made for the information: where, for what, by whom (不存在 is owed to these)."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="searches")
    system = models.CharField("检索的系统或者档案", max_length=100)
    keywords = models.CharField("检索关键词", max_length=200)
    period = models.CharField("检索时段", max_length=100)
    asked = models.CharField("询问的机构和人员", max_length=200, blank=True)
    result = models.CharField("检索结果", max_length=300)
    searched_on = models.DateField("检索日期")
    searched_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")

    class Meta:
        verbose_name = verbose_name_plural = "检索记录"

    def __str__(self) -> str:
        return f"{self.system}：{self.keywords}"


class DraftAnswer(models.Model):
    """One version of the answer. Never edited: a change is a new version, and `authors` grows with it."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="drafts")
    version = models.PositiveSmallIntegerField("版次")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", null=True)
    decided = models.JSONField("七步判断", default=dict)

    outcome = models.CharField("拟办结果", max_length=24, choices=Outcome)
    finding = EncryptedTextField("查明的事实", blank=True, default="")
    reason = EncryptedTextField("理由", blank=True, default="")
    ground = models.CharField("不予公开的依据", max_length=200, blank=True)
    refusal = models.CharField("不予公开的情形", max_length=24, choices=Outcome, blank=True)
    harm = models.TextField("公开可能造成的损害", max_length=1000, blank=True)
    severability = models.CharField("能否区分处理", max_length=12, choices=Severability, blank=True)
    parts = ArrayField(models.BigIntegerField(), verbose_name="不予公开的部分", default=list, blank=True)
    materials = ArrayField(models.BigIntegerField(), verbose_name="拟提供的材料", default=list, blank=True)
    provision = models.TextField("提供信息的时间、地点和方式", max_length=1000, blank=True)
    query_method = models.TextField("获取的方式、途径", max_length=1000, blank=True)
    query_address = models.CharField("获取的地址或者网址", max_length=300, blank=True)
    organ_name = models.CharField("负责公开的机关", max_length=100, blank=True)
    organ_contact = models.CharField("该机关联系方式", max_length=200, blank=True)
    organ_unknown = models.BooleanField("无法确定负责机关", default=False)
    legal_channel = models.CharField("告知的法定途径", max_length=300, blank=True)
    earlier_answer = models.CharField("原答复文号和日期", max_length=200, blank=True)

    earlier = models.ForeignKey(
        InformationRequest, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="已答复的原申请"
    )
    published_on = models.DateField("信息主动公开的日期", null=True, blank=True)
    undisclosed = models.BooleanField("对信息是否存在不予确认", default=False)

    explanation = models.TextField("说明理由的情况", max_length=1000, blank=True)

    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    authors = ArrayField(models.BigIntegerField(), verbose_name="历次拟稿、改稿人员")
    sent_back_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_why = models.CharField("退回意见", max_length=500, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "答复稿"
        constraints = (
            models.UniqueConstraint(fields=("request", "version"), name="draft_version_once"),
            both_or_neither("approved_at", "approved_by"),
            both_or_neither("sent_back_at", "sent_back_by"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(authors__contains=[F("approved_by")]),
                name="never_approved_by_an_author",
                violation_error_message="拟写或者修改过本件答复的人员不能审签。",
            ),
            models.CheckConstraint(
                condition=Q(authors__contains=[F("drafted_by")]),
                name="drafter_is_an_author",
                violation_error_message="拟稿人必须记入历次拟稿、改稿人员。",
            ),
            models.UniqueConstraint(
                fields=("request",), condition=Q(approved_at__isnull=False), name="one_approved_answer"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=REFUSALS) | (~Q(ground="") & Q(severability=Severability.INSEVERABLE)),
                name="refusal_has_ground_and_severability",
                violation_error_message="不予公开必须有法律依据，并已回答能否区分处理。",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.PARTIAL)
                | (~Q(parts=[]) & ~Q(refusal="") & Q(severability=Severability.SEVERABLE)),
                name="partial_lists_what_is_withheld",
                violation_error_message="部分公开必须列明不予公开的部分及其情形。",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.GRANTED) | Q(parts=[]),
                name="granted_withholds_nothing",
                violation_error_message="予以公开的，不能有不予公开的部分。",
            ),
            models.CheckConstraint(
                condition=Q(undisclosed=False) | Q(outcome__in=REFUSALS),
                name="only_a_refusal_leaves_existence_open",
                violation_error_message="只有不予公开的答复才可以对信息是否存在不予确认。",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.NOT_OURS)
                | Q(organ_unknown=True)
                | (~Q(organ_name="") & ~Q(organ_contact="")),
                name="not_ours_names_the_organ",
                violation_error_message="不属于本机关负责公开的，应告知负责机关的名称和联系方式，或者注明无法确定。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 第{self.version}稿"


class Answer(models.Model):
    """How the request was disposed of: one whole line of the table of dispositions, and the letter that says so.

    Composite foreign keys (see the migration) tie the line to `Disposition`, the kind and remedy to the letter, and the
    outcome to the request: none of them can be changed alone.
    """

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="answer", primary_key=True)
    law = models.CharField("法律版本", max_length=80)
    outcome = models.CharField("办理结果", max_length=24, choices=Outcome)
    article = models.CharField("法律依据", max_length=120)
    report_row = models.CharField("年度报告表三行次", max_length=8)
    letter_kind = models.CharField("文书种类", max_length=40)
    remedy = models.CharField("救济告知", max_length=2)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+")
    draft = models.OneToOneField(DraftAnswer, models.PROTECT, related_name="+", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        indexes = (models.Index(fields=("request",), include=("report_row",), name="answer_figures"),)

    def __str__(self) -> str:
        return f"{self.request.number} {self.get_outcome_display()}"
