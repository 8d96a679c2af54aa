"""Reconsideration and litigation over a request (条例第五十一条): a matter of its own beside the request it is about."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, F, Q

from portal.archive.models import StoredFile
from portal.archive.vault import EncryptedTextField
from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.workflow.constraints import both_or_neither, only_in, required_in
from portal.workflow.matter import Matter

from ..vocabulary import ChallengeKind, ChallengeResult, ChallengeState, Procedure
from .request import InformationRequest

CHALLENGE_VIEW = "challenges.view"


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, user: User, *, at: datetime) -> "ChallengeQuerySet":
        """What this person may see: whole bodies only, because a challenge shows who asked."""
        return self.filter(body__in=roles.reach(user, CHALLENGE_VIEW, at=at).bodies)

    def unconcluded(self) -> "ChallengeQuerySet":
        """Challenges that have not been decided."""
        return self.exclude(state=ChallengeState.CONCLUDED)

    def within(self, column: str, *, since: date, until: date) -> "ChallengeQuerySet":
        """The challenges behind one column of table four: those decided that way in the period, or `pending` at its end."""
        return self.filter(_cell(column, since=since, until=until))

    def table_four(self, body: Body, since: date, until: date) -> dict[str, dict[str, int]]:
        """The 15 numbers of table four (表四) of a body for the period since–until, both days included: one query.

        Rows by kind, columns upheld, corrected, other, pending, total. A challenge counts as decided in the period of the
        decision's day, and as pending when it was received by `until` and not decided by then.
        """
        columns = (*ChallengeResult.values, "pending")
        counted = {
            row["kind"]: row
            for row in self.filter(body=body)
            .values("kind")
            .annotate(**{column: Count("pk", filter=_cell(column, since=since, until=until)) for column in columns})
        }
        table = {}
        for kind in ChallengeKind.values:
            numbers = {column: int(counted.get(kind, {}).get(column, 0)) for column in columns}
            table[kind] = numbers | {"total": sum(numbers.values())}
        return table


def _cell(column: str, *, since: date, until: date) -> Q:
    if column == "pending":
        return Q(received_on__lte=until) & (Q(decided_on__isnull=True) | Q(decided_on__gt=until))
    if column == "total":
        return Q(decided_on__range=(since, until)) | _cell("pending", since=since, until=until)
    return Q(result=ChallengeResult(column), decided_on__range=(since, until))


class Challenge(Matter):
    """One reconsideration or one lawsuit over one request: what came, what the body said to it, how it ended."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="challenges", verbose_name="申请")
    kind = models.CharField("类别", max_length=24, choices=ChallengeKind)
    review = models.ForeignKey(
        "self", models.PROTECT, related_name="appeals", null=True, blank=True, verbose_name="此前的行政复议"
    )
    procedure = models.CharField("审理程序", max_length=10, choices=Procedure, blank=True)
    authority = models.CharField("复议机关或者人民法院", max_length=100)
    case_number = models.CharField("案号", max_length=100, blank=True)
    summary = EncryptedTextField("请求和理由摘要")
    received_on = models.DateField("收到通知之日")
    state = models.CharField("状态", max_length=12, choices=ChallengeState)

    defended_on = models.DateField("提交答复（答辩）日期", null=True, blank=True)
    defended_in_time = models.BooleanField("是否按期答复举证", null=True, blank=True)
    defence = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="答复书或者答辩状"
    )

    result = models.CharField("结果", max_length=12, choices=ChallengeResult, blank=True)
    withdrawn = models.BooleanField("因申请人（原告）撤回而终结", default=False)
    decided_on = models.DateField("决定（裁判）日期", null=True, blank=True)
    served_on = models.DateField("决定书送达本机关之日", null=True, blank=True)
    decision = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="决定书或者裁判文书"
    )
    consequence = EncryptedTextField("决定主要内容和后续处理", blank=True, default="")
    ordered_days = models.PositiveSmallIntegerField("限期重新答复（工作日）", null=True, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼"
        indexes = (
            models.Index(fields=("body", "-opened_at", "-id"), name="challenge_queue"),
            models.Index(fields=("body", "kind", "decided_on"), name="challenge_table_four"),
        )
        constraints = (
            # What a later lawsuit refers to as a whole, so that it cannot name the review of another request.
            models.UniqueConstraint(fields=("id", "request"), name="challenge_with_request"),
            models.CheckConstraint(
                condition=(Q(kind=ChallengeKind.RECONSIDERATION) & ~Q(procedure=""))
                | (~Q(kind=ChallengeKind.RECONSIDERATION) & Q(procedure="")),
                name="procedure_of_a_reconsideration",
                violation_error_message="行政复议应当写明简易程序或者普通程序，行政诉讼不填此项。",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChallengeKind.LITIGATION_AFTER_REVIEW, review__isnull=False)
                | (~Q(kind=ChallengeKind.LITIGATION_AFTER_REVIEW) & Q(review__isnull=True)),
                name="after_review_names_its_review",
                violation_error_message="复议后起诉的应当对应一件已审结的行政复议，其他情形不填。",
            ),
            both_or_neither("defended_on", "defence"),
            both_or_neither("defended_on", "defended_in_time"),
            required_in("defended_on", (ChallengeState.DEFENDED,), name="defended_is_dated"),
            only_in(
                "defended_on", (ChallengeState.DEFENDED, ChallengeState.CONCLUDED), name="dated_only_when_defended"
            ),
            models.CheckConstraint(
                condition=Q(defended_on__isnull=True) | Q(defended_on__gte=F("received_on")),
                name="defended_after_receipt",
                violation_error_message="提交答复的日期不能早于收到通知之日。",
            ),
            models.CheckConstraint(
                condition=(Q(state=ChallengeState.CONCLUDED) & ~Q(result="") & Q(decided_on__isnull=False))
                | (~Q(state=ChallengeState.CONCLUDED) & Q(result="", decided_on__isnull=True)),
                name="concluded_has_its_result",
                violation_error_message="审结与结果、决定日期必须同时具备。",
            ),
            both_or_neither("decided_on", "served_on"),
            both_or_neither("decided_on", "decision"),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(decided_on__gte=F("received_on"), served_on__gte=F("decided_on")),
                name="challenge_dates_in_order",
                violation_error_message="收到通知、作出决定、决定书送达的日期必须依次先后。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(result=ChallengeResult.OTHER),
                name="withdrawn_is_another_result",
                violation_error_message="申请人或者原告撤回的，计入其他结果。",
            ),
            models.CheckConstraint(
                condition=Q(ordered_days__isnull=True) | Q(result=ChallengeResult.CORRECTED, ordered_days__gte=1),
                name="days_ordered_by_a_correction",
                violation_error_message="只有结果纠正的决定才会限期重新答复。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        return f"{self.get_kind_display()}：{self.request.title}"

    @property
    def of_court(self) -> bool:
        """Whether it is a lawsuit."""
        return self.kind != ChallengeKind.RECONSIDERATION

    def words(self) -> dict[str, Any]:
        """What the papers of this way are called: the notice that comes, the defence, the decision, the other side."""
        if self.of_court:
            return {"notice": "应诉通知书", "defence": "行政诉讼答辩状", "decision": "裁判文书", "challenger": "原告"}
        return {
            "notice": "行政复议答复通知书",
            "defence": "行政复议答复书",
            "decision": "行政复议决定书",
            "challenger": "申请人",
        }
