"""Who is who: a body (机关), its departments (内设机构), its people and the posts they hold."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from simple_history.models import HistoricalRecords


class Body(models.Model):
    """An administrative organ (行政机关) that answers in its own name under its own regulation."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("机关全称", max_length=100)
    short_name = models.CharField("机关简称", max_length=40)
    seal_name = models.CharField("发文机关标志", max_length=100)
    number_stem = models.CharField("政府信息公开文书代字", max_length=30, help_text="文号前缀，如“宁工信公开”")
    document_stem = models.CharField("公文代字", max_length=30, help_text="发文字号前缀，如“宁工信发”")
    region = models.CharField("所属地区", max_length=10, help_text="适用地区性放假安排，如 CN-NX")
    profile = models.SlugField("适用规定", max_length=20)
    office_name = models.CharField("受理机构名称", max_length=100)
    office_address = models.CharField("办公地址", max_length=200)
    office_hours = models.CharField("办公时间", max_length=100)
    phone = models.CharField("联系电话", max_length=40)
    fax = models.CharField("传真号码", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    postal_address = models.CharField("通信地址", max_length=200)
    postcode = models.CharField("邮政编码", max_length=6)
    reconsideration_authority = models.CharField("行政复议机关", max_length=100)
    reconsideration_url = models.URLField("网上提交复议申请地址", blank=True)
    litigation_court = models.CharField("有管辖权的人民法院", max_length=100)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "机关"

    def __str__(self) -> str:
        return self.name


class Service(models.TextChoices):
    """What a public unit (公共企事业单位) is; it decides to whom its catalogue is filed (LD-A5-10b)."""

    INSTITUTION = "institution", "事业单位"
    ENTERPRISE = "enterprise", "企业单位"


class Department(models.Model):
    """An internal department or affiliated unit (内设机构、直属单位) of a body.

    One with a `service` is a public institution or enterprise that serves the public under its `supervisor` (LD-A5-2).
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="departments", verbose_name="所属机关")
    code = models.SlugField("代码", max_length=40)
    name = models.CharField("名称", max_length=60)
    is_openness_office = models.BooleanField("承担政务公开办公室职责", default=False)
    order = models.PositiveSmallIntegerField("次序", default=0)
    service = models.CharField("公共企事业单位", max_length=12, choices=Service, blank=True)
    supervisor = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="supervised",
        null=True,
        blank=True,
        verbose_name="行政主管部门或者行业主管部门",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "内设机构"
        constraints = (
            models.CheckConstraint(
                condition=Q(service="", supervisor__isnull=True) | (~Q(service="") & Q(supervisor__isnull=False)),
                name="public_unit_with_its_supervisor",
                violation_error_message="公共企事业单位应当写明主管部门，其他单位不填写主管部门。",
            ),
            models.UniqueConstraint(
                fields=("body", "code"),
                name="department_code_once",
                violation_error_message="该机关已有此代码的内设机构。",
            ),
            models.UniqueConstraint(
                fields=("body",),
                condition=Q(is_openness_office=True),
                name="one_openness_office",
                violation_error_message="每个机关只能有一个政务公开办公室。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who works here. Accounts are personal (LD-A1-19b); what one may do follows from posts.

    `home` is the body whose appointer opened the account: until somebody holds a post, only that body finds the person.
    """

    first_name = last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=40)
    home = models.ForeignKey(
        Body, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="开通账号的机关"
    )
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def live(self, *, on: date) -> "PostQuerySet":
        """Posts held on the day `on` (both ends included)."""
        return self.lasting(on=on).filter(starts_on__lte=on)

    def lasting(self, *, on: date) -> "PostQuerySet":
        """Posts that are not over on the day `on`: held then, or to begin later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Post(models.Model):
    """A person in a role from one day to another. The history of holders is kept (NX-04-4): a post is ended, not deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="人员")
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts", verbose_name="机关")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="posts", null=True, blank=True, verbose_name="内设机构"
    )
    role = models.SlugField("岗位角色", max_length=40)
    starts_on = models.DateField("任职起")
    ends_on = models.DateField("任职止", null=True, blank=True)
    history = HistoricalRecords()

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_it_starts",
                violation_error_message="任职终止日期不能早于起始日期。",
            ),
            ExclusionConstraint(
                name="post_held_once_at_a_time",
                expressions=(
                    ("user", RangeOperators.EQUAL),
                    ("body", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Func(F("department_id"), Value(0), function="COALESCE"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message="同一人员在同一岗位的任职期间不能重叠。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}（{self.department or self.body.short_name}）"
