"""A request, the person behind it (kept apart and encrypted), its attachments and its one round of completion."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from portal.archive.models import StoredFile
from portal.archive.vault import EncryptedTextField
from portal.letters.service_rules import Manner as ServiceManner
from portal.organisation import roles
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither, only_in, required_in
from portal.workflow.matter import Matter

from ..vocabulary import (
    CONCLUDED_STATES,
    OPEN_STATES,
    ApplicantKind,
    Channel,
    Form,
    Help,
    IdentityDocument,
    Manner,
    Outcome,
    ReceiptRule,
    State,
)

VIEW = "requests_ogi.view"


class RequestQuerySet(models.QuerySet["InformationRequest"]):
    def visible_to(self, user: User, *, at: datetime) -> "RequestQuerySet":
        """What this person may see: whole bodies for the office and leaders, for a department what it has now."""
        reach = roles.reach(user, VIEW, at=at)
        return self.filter(Q(body__in=reach.bodies) | Q(department__in=reach.departments))

    def waiting(self) -> "RequestQuerySet":
        """Requests whose applicant still waits for an answer."""
        return self.filter(state__in=OPEN_STATES)


class InformationRequest(Matter):
    """One request for government information (依申请公开申请)."""

    secret = models.CharField("查询码摘要", max_length=64, editable=False)
    submission_key = models.CharField("防重复提交标识", max_length=64, unique=True, null=True, editable=False)
    state = models.CharField("状态", max_length=20, choices=State)
    outcome = models.CharField("办理结果", max_length=24, choices=Outcome, blank=True)

    channel = models.CharField("提出方式", max_length=20, choices=Channel)
    receipt_rule = models.CharField("收到日期的确定方法", max_length=20, choices=ReceiptRule)
    arrived_on = models.DateField("到达日期")
    signed_on = models.DateField("签收日期", null=True, blank=True)
    confirmed_on = models.DateField("双方确认日期", null=True, blank=True)
    confirmation_note = models.CharField("确认方式与经过", max_length=200, blank=True)
    post_number = models.CharField("邮件号", max_length=40, blank=True)
    received_on = models.DateField("收到申请之日", null=True, blank=True)
    received_rolled_on = models.DateField("收到申请之日（顺延算法）", null=True, blank=True)
    receipt_basis = models.CharField("收到日期的依据", max_length=200)

    title = models.CharField("所需信息名称", max_length=200)
    document_number = models.CharField("文号", max_length=100, blank=True)
    description = models.TextField("其他特征性描述", max_length=2000, blank=True)
    form = models.CharField("获取信息的形式", max_length=20, choices=Form)
    manner = models.CharField("获取信息的方式", max_length=20, choices=Manner)
    help_needed = models.CharField("需要的协助", max_length=20, choices=Help, blank=True)

    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_in_time = models.BooleanField("是否在法定期限内答复", null=True, blank=True)
    answered_by = models.CharField("送达方式", max_length=20, choices=ServiceManner.choices, blank=True)
    provided_form = models.CharField("实际提供的形式", max_length=20, choices=Form, blank=True)
    form_reason = models.CharField("未按要求的形式提供的理由", max_length=200, blank=True)
    concluded_on = models.DateField("办结日期", null=True, blank=True)
    closed_at = models.DateTimeField("归档时间", null=True, blank=True)
    redo_of = models.OneToOneField(
        "self", models.PROTECT, related_name="redone_as", null=True, blank=True, verbose_name="重新办理的原申请"
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "依申请公开"
        indexes = (
            models.Index(fields=("body", "-opened_at", "-id"), name="request_queue"),
            models.Index(fields=("body", "state", "-opened_at", "-id"), name="request_queue_by_state"),
            models.Index(fields=("department", "-opened_at", "-id"), name="request_queue_department"),
            models.Index(fields=("department", "state", "-opened_at", "-id"), name="request_dept_by_state"),
            models.Index(
                fields=("body", "id"),
                include=("received_on", "concluded_on", "outcome", "redo_of"),
                name="request_figures",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("id", "outcome"), name="request_with_outcome"),
            models.CheckConstraint(
                condition=Q(provided_form="") | Q(provided_form=F("form")) | ~Q(form_reason=""),
                name="other_form_has_a_reason",
                violation_error_message="没有按申请人要求的形式提供的，必须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.UNCONFIRMED, received_on__isnull=True)
                | (~Q(state=State.UNCONFIRMED) & Q(received_on__isnull=False))
                | Q(state__in=(State.WITHDRAWN, State.CLOSED)),
                name="received_unless_unconfirmed",
                violation_error_message="已受理的申请必须有收到申请之日。",
            ),
            both_or_neither("received_on", "received_rolled_on"),
            models.CheckConstraint(
                condition=Q(received_rolled_on__gte=F("received_on")) | Q(received_on__isnull=True),
                name="strict_receipt_is_never_later",
                violation_error_message="顺延算法的收到日期不能早于实际收到日期。",
            ),
            required_in("department", (State.ASSIGNED, State.SUBMITTED), name="department_while_in_hand"),
            models.CheckConstraint(
                condition=Q(outcome="", state__in=OPEN_STATES[:-1])
                | (~Q(outcome="") & Q(state__in=(State.APPROVED, State.SERVED, State.WITHDRAWN, State.CLOSED))),
                name="outcome_from_approval_on",
                violation_error_message="审签之后必须有办理结果，审签之前不得有办理结果。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, outcome=Outcome.WITHDRAWN)
                | (~Q(state=State.WITHDRAWN) & ~Q(outcome=Outcome.WITHDRAWN))
                | Q(state=State.CLOSED),
                name="withdrawn_is_withdrawn",
                violation_error_message="撤回的申请，办理结果只能是“申请人撤回”。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(answered_on__isnull=True, answered_in_time__isnull=True, answered_by="")
                    | (Q(answered_on__isnull=False, answered_in_time__isnull=False) & ~Q(answered_by=""))
                ),
                name="answer_settled_at_once",
                violation_error_message="答复日期、是否按期、送达方式必须同时确定。",
            ),
            required_in("answered_on", (State.SERVED,), name="served_is_dated"),
            only_in("answered_on", (State.SERVED, State.CLOSED), name="answered_only_when_served"),
            required_in("concluded_on", CONCLUDED_STATES, name="concluded_is_dated"),
            only_in("concluded_on", CONCLUDED_STATES, name="dated_only_when_concluded"),
            models.CheckConstraint(
                condition=(Q(received_on__isnull=True) | Q(concluded_on__gte=F("received_on")))
                & (Q(answered_on__isnull=True) | Q(concluded_on=F("answered_on")))
                | Q(concluded_on__isnull=True),
                name="concluded_once_and_not_before_receipt",
                violation_error_message="办结日期不能早于收到申请之日；已答复的，办结日期就是答复日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(answered_on__isnull=False) | Q(outcome=Outcome.WITHDRAWN),
                name="closed_after_service_or_withdrawal",
                violation_error_message="未送达也未撤回的申请不能归档。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_at__isnull=True)),
                name="closed_is_dated",
                violation_error_message="归档与归档时间必须同时具备。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        return self.title


class Applicant(models.Model):
    """Who asked. Kept apart from the request, every column encrypted; staff see it masked, unmasking is an act."""

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="applicant", primary_key=True)
    kind = models.CharField("申请人类别", max_length=20, choices=ApplicantKind)
    name = EncryptedTextField("姓名或者名称")
    identity_document = models.CharField("证件类型", max_length=20, choices=IdentityDocument)
    identity_number = EncryptedTextField("证件号码", digest_in="identity_digest", digest_prefix="identity:")
    identity_digest = models.CharField("证件号码摘要", max_length=64, db_index=True, editable=False)
    representative = EncryptedTextField("法定代表人或者负责人", blank=True, null=True)
    phone = EncryptedTextField("联系电话")
    email = EncryptedTextField("电子邮箱", blank=True, null=True)
    email_wanted = models.BooleanField("接收邮件提醒", default=True)
    address = EncryptedTextField("通信地址", blank=True, null=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    agent_name = EncryptedTextField("代理人姓名", blank=True, null=True)
    agent_identity_document = models.CharField("代理人证件类型", max_length=20, choices=IdentityDocument, blank=True)
    agent_identity_number = EncryptedTextField("代理人证件号码", blank=True, null=True)
    agent_phone = EncryptedTextField("代理人联系电话", blank=True, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人"
        indexes = (models.Index(fields=("request",), include=("kind",), name="applicant_figures"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(agent_name__isnull=True, agent_identity_number__isnull=True, agent_identity_document="")
                | (Q(agent_name__isnull=False, agent_identity_number__isnull=False) & ~Q(agent_identity_document="")),
                name="agent_with_identity",
                violation_error_message="委托代理的，代理人姓名、证件类型、证件号码必须齐全。",
            ),
            models.CheckConstraint(
                condition=Q(kind=ApplicantKind.NATURAL) & ~Q(identity_document=IdentityDocument.CREDIT_CODE)
                | ~Q(kind=ApplicantKind.NATURAL) & Q(identity_document=IdentityDocument.CREDIT_CODE),
                name="identity_document_fits_applicant",
                violation_error_message="自然人凭本人身份证件、单位凭统一社会信用代码证书提出申请。",
            ),
        )

    def __str__(self) -> str:
        return "申请人"


class Attachment(models.Model):
    """A file handed in with a request, or later with its completion."""

    class Purpose(models.TextChoices):
        IDENTITY = "identity", "身份证明"
        AUTHORISATION = "authorisation", "授权委托书"
        AGENT_IDENTITY = "agent_identity", "代理人身份证明"
        DESCRIPTION = "description", "与所需信息有关的材料"
        ORIGINAL = "original", "申请原件扫描件"
        COMPLETION = "completion", "补正材料"
        REASONS = "reasons", "说明理由材料"
        WITHDRAWAL = "withdrawal", "书面撤回材料"

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    purpose = models.CharField("用途", max_length=20, choices=Purpose)
    added_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "申请附件"
        constraints = (models.UniqueConstraint(fields=("request", "file", "purpose"), name="attachment_once"),)

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.file.name}"


class CompletionRound(models.Model):
    """The one round of completion (补正): asked once, answered or lapsed. A primary key on the request keeps it at one."""

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="completion", primary_key=True)
    items = models.TextField("需要补正的内容", max_length=2000)
    working_days = models.PositiveSmallIntegerField("补正期限（工作日）")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_on = models.DateField("告知书发出日期")
    served_on = models.DateField("告知书送达日期", null=True, blank=True)
    returned_on = models.DateField("收到补正日期", null=True, blank=True)
    return_text = EncryptedTextField("补正内容", null=True, blank=True)
    lapsed_on = models.DateField("认定逾期日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "补正"
        constraints = (
            both_or_neither("returned_on", "return_text"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(lapsed_on__isnull=True),
                name="returned_or_lapsed",
                violation_error_message="已收到补正的申请不能再认定逾期。",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("sent_on")),
                name="returned_after_it_was_asked",
                violation_error_message="收到补正的日期不能早于告知书发出日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 补正"
