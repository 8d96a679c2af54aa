"""A document: what it is, what its text was at each moment, which files belong to it, and what the public sees of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.archive.kinds import Kind
from portal.archive.models import StoredFile
from portal.organisation import roles
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither
from portal.workflow.matter import Matter

from ..vocabulary import GOES_OUT, Audience, Content, Genre, Openness, Participation, Phase, State, Validity, Withdrawal
from .card import Card
from .column import Column

VIEW = "disclosure.view"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User, *, at: datetime) -> "DocumentQuerySet":
        """What this person may see in the workplace: whole bodies for office and leaders, a department its own and those it is
        asked about.
        """
        reach = roles.reach(user, VIEW, at=at)
        asked = Document.objects.filter(countersigns__department__in=reach.departments).values("pk")
        return self.filter(Q(body__in=reach.bodies) | Q(department__in=reach.departments) | Q(pk__in=asked))

    def public(self) -> "DocumentQuerySet":
        """What everybody may read now. One that is being changed stays as it was until the new text is published."""
        return self.filter(public__isnull=False, withdrawn_at__isnull=True, audience=Audience.PUBLIC)

    def titles(self, documents: Sequence["Document"]) -> dict[int, str]:
        """The newest title of each of these documents, by primary key: one query."""
        rows = Version.objects.filter(document__in=documents).standing().order_by("number")
        return dict(rows.values_list("document", "title"))

    def for_reader(self, user: Any) -> "DocumentQuerySet":
        """What was put before this reader at any time, withdrawn or not: strangers see what is for the public, the staff of a
        body also what is for its staff (WZ-3-2).
        """
        mine = Q(audience=Audience.PUBLIC)
        if user.is_authenticated and user.is_active and user.home_id is not None:
            mine |= Q(audience=Audience.STAFF, body=user.home_id)
        return self.filter(mine, public__isnull=False)

    def gone(self) -> "DocumentQuerySet":
        """What was public and has been taken off; its page stays and says so."""
        return self.filter(withdrawn_at__isnull=False, public__isnull=False, audience=Audience.PUBLIC)


class Document(Matter):
    """One document with its eight catalogue fields (NX-19-2); `number` is its 索引号, which never changes.

    `attribute` is the value as the body's document names it, `openness` what that comes down to. `public` is the version
    the public reads; the newest version may be another one, on its way through the review. `columns` are those in which the
    public finds it: what is chosen for a new version stands with that version until it is published. `enterprise_clauses` says
    of each point a policy on enterprises must fix in which of its clauses it stands; `signed_digest` is what the signer signed.
    """

    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    content = models.CharField("内容类别", max_length=12, choices=Content, default=Content.OWN)
    genre = models.CharField("文种", max_length=16, choices=Genre)
    phase = models.CharField("公开环节", max_length=12, choices=Phase)
    topic = models.CharField("主题分类", max_length=40)
    keywords = ArrayField(models.CharField(max_length=20), verbose_name="主题词", default=list, blank=True)
    columns = models.ManyToManyField(Column, related_name="documents", blank=True, verbose_name="栏目")

    issuer = models.CharField("发文机关", max_length=100)
    joint_makers = ArrayField(models.CharField(max_length=100), verbose_name="联合制作机关", default=list, blank=True)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    formed_on = models.DateField("成文日期")
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)

    is_policy = models.BooleanField("政策性文件", default=False)
    is_major_decision = models.BooleanField("重大行政决策", default=False)
    is_enterprise_policy = models.BooleanField("涉企政策文件", default=False)
    enterprise_clauses = models.JSONField("涉企政策公开条款", default=dict, blank=True)
    for_meeting = models.BooleanField("提请常务会议审议", default=False)
    media = ArrayField(models.CharField(max_length=20), verbose_name="发布渠道", default=list, blank=True)
    forwards = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="forwarded_by", verbose_name="转发的文件"
    )

    service_class = models.CharField("公共企事业单位公开内容", max_length=40, blank=True)
    service_stage = models.CharField("公开阶段", max_length=20, blank=True)

    participation = ArrayField(
        models.CharField(max_length=16, choices=Participation), verbose_name="公众参与程序", default=list, blank=True
    )
    participation_note = models.TextField("公众参与情况", max_length=1000, blank=True)

    attribute = models.SlugField("公开属性", max_length=20, blank=True)
    proposed_attribute = models.SlugField("拟稿人提出的公开属性", max_length=20, blank=True)
    openness = models.CharField("公开方式", max_length=12, choices=Openness, blank=True)
    reason = models.TextField("不主动公开的理由", max_length=1000, blank=True)
    legal_basis = models.CharField("依据", max_length=300, blank=True)
    negative_item = models.ForeignKey(
        "NegativeItem", models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="负面清单事项"
    )
    statistics = models.BooleanField("统计资料", default=False)
    statistics_approval = models.CharField("统计部门审核同意的文号", max_length=100, blank=True)
    statistics_due_on = models.DateField("统计资料公布日期", null=True, blank=True)
    audience = models.CharField("公开范围", max_length=8, choices=Audience, default=Audience.PUBLIC)

    round = models.PositiveSmallIntegerField("送审次数", default=0)
    proposed_at = models.DateTimeField("送审时间", null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人")
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    signed_digest = models.CharField("签发文本的校验值", max_length=64, blank=True)
    import_run = models.ForeignKey(
        "ImportRun", models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="收录自"
    )

    publish_at = models.DateTimeField("定时发布", null=True, blank=True)
    embargo_until = models.DateTimeField("在此之前不得公开", null=True, blank=True)
    public = models.OneToOneField(
        "Version", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的版本"
    )
    published_at = models.DateTimeField("首次公开时间", null=True, blank=True)
    late_reason = models.CharField("逾期公开的理由", max_length=300, blank=True)
    validity = models.CharField("有效性", max_length=12, choices=Validity, default=Validity.IN_FORCE)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="代替本文件的文件"
    )

    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawal = models.CharField("撤下的原因", max_length=12, choices=Withdrawal, blank=True)
    withdrawal_note = models.CharField("对公众的说明", max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开文件"
        indexes = (
            models.Index(fields=("body", "state", "-opened_at", "-id"), name="document_queue"),
            models.Index(
                fields=("body", "-published_at"), name="document_published", condition=Q(public__isnull=False)
            ),
        )
        constraints = (
            both_or_neither("signed_at", "signed_by"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_digest="")
                | (Q(signed_at__isnull=False) & ~Q(signed_digest="")),
                name="signed_with_its_digest",
                violation_error_message="签发应当记录所签发的文本。",
            ),
            both_or_neither("public", "published_at"),
            models.CheckConstraint(
                condition=Q(attribute="", openness="") | (~Q(attribute="") & ~Q(openness="")),
                name="attribute_has_its_openness",
                violation_error_message="公开属性和公开方式应当同时确定。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.DISCARDED)) | ~Q(attribute=""),
                name="reviewed_with_an_attribute",
                violation_error_message="没有确定公开属性的文件不能送审。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.SIGNED, State.PUBLISHED, State.KEPT))
                | Q(signed_at__isnull=False)
                | Q(state=State.PUBLISHED, import_run__isnull=False),
                name="signed_before_it_goes_on",
                violation_error_message="没有签发的文件不能发布。",
            ),
            models.CheckConstraint(
                condition=Q(public__isnull=True) | Q(openness__in=GOES_OUT),
                name="closed_is_never_public",
                violation_error_message="依申请公开和不予公开的文件不能对外发布。",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(public__isnull=False),
                name="published_shows_a_version",
                violation_error_message="已公开的文件必须有公开的版本。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal="", withdrawal_note="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal="") & ~Q(withdrawal_note="")),
                name="withdrawn_with_its_explanation",
                violation_error_message="撤下文件应当写明原因和对公众的说明。",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="expires_after_it_takes_effect",
                violation_error_message="有效期截止日期不能早于施行日期。",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=Phase.values),
                name="document_has_its_phase",
                violation_error_message="公开的文件应当归入五公开的一个环节。",
            ),
            models.CheckConstraint(
                condition=Q(is_enterprise_policy=False, for_meeting=False) | Q(is_policy=True),
                name="a_policy_when_for_enterprises_or_a_meeting",
                violation_error_message="涉企政策文件和提请会议审议的政策文件应当同时标明为政策性文件。",
            ),
            models.UniqueConstraint(
                fields=("body", "document_number"),
                condition=~Q(document_number="") & ~Q(state=State.DISCARDED),
                name="document_number_once",
                violation_error_message="本机关已有这一发文字号的文件。",
            ),
        )

    def departments_for(self, act: str) -> Collection[int | None]:
        """A department that was asked for its written word answers for itself (YQ-S2-3-1)."""
        if act != "disclosure.answer_countersign" or self.pk is None:
            return super().departments_for(act)
        asked = self.countersigns.filter(answer="", department__isnull=False)
        return (self.department_id, *asked.values_list("department", flat=True))

    def get_absolute_url(self) -> str:
        """Where the public finds it, for good."""
        return reverse("disclosure:document", args=(self.body.code, self.number))

    @property
    def title_for_clock(self) -> str:
        """How limits call the document."""
        newest = self.versions.standing().order_by("-number").first()
        return newest.title if newest else self.number

    @property
    def card(self) -> Card:
        """The catalogue fields as the public reads them now; as they are, before anybody has read any."""
        return Card.of(self) if self.public is None else Card.shown_with(self.public)


class VersionQuerySet(models.QuerySet["Version"]):
    def standing(self) -> "VersionQuerySet":
        """Those that were not given up."""
        return self.filter(abandoned_at__isnull=True)


class Version(models.Model):
    """The text of a document at one moment. Every change makes a new one; nothing is written over.

    `authors` are all who wrote or changed this text since it was last published: none of them may sign or publish it.
    `change_note` tells the public what changed, from the second published version on. `card` holds the catalogue fields as they
    were when this version was published: what is changed for the next one does not change what the public reads now.
    The first version of an amendment keeps in `before` what was said of the document until then; given up, all versions of the
    amendment bear `abandoned_at` and stay on record.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name="文件")
    number = models.PositiveSmallIntegerField("版本")
    title = models.CharField("标题", max_length=200)
    summary = models.CharField("内容概述", max_length=500, blank=True)
    html = models.TextField("正文")
    text = models.TextField("正文文字")
    change_note = models.CharField("变更说明", max_length=300, blank=True)
    card = models.JSONField("公开时的目录事项", default=dict, blank=True)
    columns = models.ManyToManyField(Column, related_name="+", blank=True, verbose_name="栏目")
    before = models.JSONField("修订前的登记事项", default=dict, blank=True, encoder=DjangoJSONEncoder)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人")
    made_at = models.DateTimeField("保存时间")
    authors = ArrayField(models.IntegerField(), verbose_name="历次拟稿、改稿人员")
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    abandoned_at = models.DateTimeField("放弃时间", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件版本"
        constraints = (
            models.CheckConstraint(
                condition=Q(abandoned_at__isnull=True) | Q(published_at__isnull=True),
                name="never_published_and_abandoned",
                violation_error_message="公开过的版本不能放弃。",
            ),
            models.UniqueConstraint(
                fields=("document", "number"), name="version_once", violation_error_message="这一版本已经存在。"
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(authors__contains=[F("published_by")]),
                name="never_published_by_an_author",
                violation_error_message="拟写或者修改过这一版本的人员不能发布。",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | Q(published_at__isnull=False),
                name="published_by_has_its_moment",
                violation_error_message="发布人和公开时间应当同时记录。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} 第{self.number}版"


class DocumentFile(models.Model):
    """A file that belongs to one version. The next version keeps it by a row of its own.

    `silent` are the pages of a scan or picture that have no words (all of a picture); `transcript` is what the body typed of
    them, clean HTML: it is the reading version of such a file, and is searched and reviewed like any other text.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="files", verbose_name="版本")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    title = models.CharField("附件名称", max_length=200)
    order = models.PositiveSmallIntegerField("顺序")
    openness = models.CharField("附件的公开方式", max_length=12, choices=Openness, blank=True)
    reading_html = models.TextField("网页阅读版", blank=True)
    reading_notes = ArrayField(models.CharField(max_length=200), verbose_name="阅读版说明", default=list, blank=True)
    silent = ArrayField(models.PositiveSmallIntegerField(), verbose_name="没有文字的页", default=list, blank=True)
    transcript = models.TextField("录入的文字", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        constraints = (
            models.UniqueConstraint(
                fields=("version", "order"), name="file_in_its_place", violation_error_message="附件顺序重复。"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_picture(self) -> bool:
        """Whether it is shown on the page itself, as charts and graphic interpretations are."""
        return self.file.kind in (Kind.PNG, Kind.JPEG)

    @property
    def lacks_words(self) -> bool:
        """Whether something of it can only be looked at, unless somebody types what it says."""
        return bool(self.silent) or not self.reading_html
