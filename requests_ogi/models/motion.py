"""What citizens move a body to do besides handing out information: correct, publish, mend (条例第四十一、四十四、四十七、五十一条)."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from portal.archive.models import StoredFile
from portal.archive.vault import EncryptedTextField
from portal.organisation import roles
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither, required_in
from portal.workflow.matter import Matter

from ..vocabulary import (
    OUTCOMES_OF,
    Channel,
    ConversionState,
    Grievance,
    IdentityDocument,
    MotionKind,
    MotionOutcome,
    MotionState,
)
from .request import InformationRequest

VIEW, VIEW_COMPLAINTS = "motions.view", "complaints.view"


class Movant(models.Model):
    """Who moved, every column encrypted. Of a signed suggestion or complaint only what was given; nothing if unsigned."""

    name = EncryptedTextField("姓名或者名称", blank=True, null=True)
    identity_document = models.CharField("证件类型", max_length=20, choices=IdentityDocument, blank=True)
    identity_number = EncryptedTextField(
        "证件号码", blank=True, null=True, digest_in="identity_digest", digest_prefix="identity:"
    )
    identity_digest = models.CharField("证件号码摘要", max_length=64, blank=True, db_index=True, editable=False)
    phone = EncryptedTextField("联系电话", blank=True, null=True)
    email = EncryptedTextField("电子邮箱", blank=True, null=True)
    address = EncryptedTextField("通信地址", blank=True, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "提出人"
        constraints = (
            models.CheckConstraint(
                condition=Q(identity_document="", identity_number__isnull=True)
                | (~Q(identity_document="") & Q(identity_number__isnull=False, name__isnull=False)),
                name="movant_identity_is_whole",
                violation_error_message="姓名、证件类型、证件号码应当齐全，或者都不填写。",
            ),
        )

    def __str__(self) -> str:
        return "提出人"


class MotionQuerySet(models.QuerySet["Motion"]):
    def visible_to(self, user: User, *, at: datetime) -> "MotionQuerySet":
        """What this person may see. Complaints are seen by those who supervise, never through the posts that handle requests."""
        reaches = roles.reaches(user, at=at)
        plain, complaints = reaches.get(VIEW, roles.NOWHERE), reaches.get(VIEW_COMPLAINTS, roles.NOWHERE)
        return self.filter(
            (~Q(kind=MotionKind.COMPLAINT) & (Q(body__in=plain.bodies) | Q(department__in=plain.departments)))
            | Q(kind=MotionKind.COMPLAINT, body__in=complaints.bodies)
        )

    def waiting(self) -> "MotionQuerySet":
        """Motions whose movant still waits to be told."""
        return self.exclude(state__in=(MotionState.TOLD, MotionState.CLOSED))


class Motion(Matter):
    """A correction applied for, a suggestion to publish, or a complaint. `content` and `finding` may speak of persons."""

    kind = models.CharField("事项", max_length=12, choices=MotionKind)
    state = models.CharField("状态", max_length=12, choices=MotionState, default=MotionState.RECEIVED)
    outcome = models.CharField("处理结果", max_length=16, choices=MotionOutcome, blank=True)
    secret = models.CharField("查询码摘要", max_length=64, editable=False)
    submission_key = models.CharField("防重复提交标识", max_length=64, unique=True, editable=False)
    movant = models.OneToOneField(Movant, models.PROTECT, null=True, blank=True, related_name="motion")
    request = models.ForeignKey(
        InformationRequest, models.PROTECT, null=True, blank=True, related_name="motions", verbose_name="涉及的申请"
    )
    channel = models.CharField("提出方式", max_length=20, choices=Channel)
    received_on = models.DateField("收到日期")
    grievance = models.CharField("投诉举报的事项", max_length=20, choices=Grievance, blank=True)
    subject = EncryptedTextField("涉及的信息或者记录")
    content = EncryptedTextField("具体内容")

    reported_finding = EncryptedTextField("承办机构核实意见", blank=True, null=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField("核实意见提交时间", null=True, blank=True)

    finding = EncryptedTextField("核实情况和理由", blank=True, null=True)
    organ_name = models.CharField("有权处理的机关", max_length=100, blank=True)
    organ_contact = models.CharField("该机关联系方式", max_length=200, blank=True)
    measure = EncryptedTextField("责令改正的内容", blank=True, null=True)
    mending_days = models.PositiveSmallIntegerField("改正期限（工作日）", null=True, blank=True)
    mended_on = models.DateField("改正完成日期", null=True, blank=True)
    mended_how = EncryptedTextField("改正情况", blank=True, null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    told_on = models.DateField("告知日期", null=True, blank=True)
    closed_at = models.DateTimeField("归档时间", null=True, blank=True)

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正、建议和投诉"
        indexes = (models.Index(fields=("body", "state", "-opened_at", "-id"), name="motion_queue"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind=MotionKind.CORRECTION) | Q(movant__isnull=False),
                name="correction_is_signed",
                violation_error_message="更正申请必须有申请人。",
            ),
            models.CheckConstraint(
                condition=Q(kind=MotionKind.COMPLAINT) & ~Q(grievance="")
                | ~Q(kind=MotionKind.COMPLAINT) & Q(grievance=""),
                name="complaint_says_of_what",
                violation_error_message="投诉举报必须写明事项，其他事项没有这一栏。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MotionKind.COMPLAINT) | Q(department__isnull=True),
                name="complaint_is_never_assigned",
                violation_error_message="投诉举报不得转给被反映的机构办理。",
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(kind=MotionKind.CORRECTION, outcome__in=OUTCOMES_OF[MotionKind.CORRECTION])
                | Q(kind=MotionKind.SUGGESTION, outcome__in=OUTCOMES_OF[MotionKind.SUGGESTION])
                | Q(kind=MotionKind.COMPLAINT, outcome__in=OUTCOMES_OF[MotionKind.COMPLAINT]),
                name="motion_outcome_fits_kind",
                violation_error_message="处理结果与事项种类不符。",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, state__in=(MotionState.RECEIVED, MotionState.ASSIGNED))
                | (
                    ~Q(outcome="")
                    & Q(decided_at__isnull=False, finding__isnull=False)
                    & Q(state__in=(MotionState.DECIDED, MotionState.TOLD, MotionState.CLOSED))
                ),
                name="motion_outcome_from_decision_on",
                violation_error_message="作出决定之后必须有处理结果和理由，之前不得有。",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=(MotionOutcome.TRANSFERRED, MotionOutcome.NOT_OURS))
                & ~Q(organ_name="")
                & ~Q(organ_contact="")
                | ~Q(outcome__in=(MotionOutcome.TRANSFERRED, MotionOutcome.NOT_OURS)),
                name="motion_names_the_right_organ",
                violation_error_message="不属于本机关处理的，必须写明有权处理的机关及其联系方式。",
            ),
            models.CheckConstraint(
                condition=Q(outcome=MotionOutcome.UPHELD, measure__isnull=False, mending_days__isnull=False)
                | ~Q(outcome=MotionOutcome.UPHELD) & Q(measure__isnull=True, mending_days__isnull=True),
                name="upheld_orders_something",
                violation_error_message="责令改正的，必须写明改正内容和期限。",
            ),
            models.CheckConstraint(
                condition=Q(mended_on__isnull=True) | Q(outcome=MotionOutcome.UPHELD),
                name="only_what_was_ordered_is_mended",
                violation_error_message="没有责令改正的，不得登记改正情况。",
            ),
            required_in("department", (MotionState.ASSIGNED,), name="motion_department_while_in_hand"),
            required_in("told_on", (MotionState.TOLD, MotionState.CLOSED), name="motion_told_is_dated"),
            required_in("closed_at", (MotionState.CLOSED,), name="motion_closed_is_dated"),
            both_or_neither("decided_at", "decided_by"),
            both_or_neither("reported_at", "reported_by"),
        )

    @property
    def title_for_clock(self) -> str:
        """The kind only: limits are shown and mailed where nobody may read what the motion is about."""
        return str(MotionKind(self.kind).label)

    @property
    def is_complaint(self) -> bool:
        return self.kind == MotionKind.COMPLAINT


class MotionFile(models.Model):
    """A file handed in with a motion."""

    class Purpose(models.TextChoices):
        EVIDENCE = "evidence", "证明材料"
        IDENTITY = "identity", "身份证明"
        ORIGINAL = "original", "原件扫描件"

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    purpose = models.CharField("用途", max_length=12, choices=Purpose)
    added_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "更正、建议和投诉的附件"
        constraints = (models.UniqueConstraint(fields=("motion", "file", "purpose"), name="motion_file_once"),)


class Conversion(Matter):
    """Information asked for on request that is to be published for everybody (转为主动公开, 条例第四十四条)."""

    state = models.CharField("状态", max_length=8, choices=ConversionState, default=ConversionState.OPEN)
    title = models.CharField("信息名称", max_length=200)
    gist = models.CharField("归并用名称", max_length=200)
    motion = models.OneToOneField(Motion, models.PROTECT, null=True, blank=True, related_name="conversion")
    applicants = models.PositiveIntegerField("申请过的人数", default=0)
    published_on = models.DateField("公开日期", null=True, blank=True)
    published_where = models.CharField("公开的位置", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "转为主动公开"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "gist"),
                condition=Q(state=ConversionState.OPEN),
                name="conversion_once_at_a_time",
                violation_error_message="该信息已经列入转为主动公开，不需要重复办理。",
            ),
            models.CheckConstraint(
                condition=Q(state=ConversionState.OPEN, published_on__isnull=True, published_where="")
                | Q(state=ConversionState.DONE, published_on__isnull=False) & ~Q(published_where=""),
                name="conversion_done_says_where",
                violation_error_message="已公开的，必须写明公开日期和位置。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        return self.title
