"""Reconsideration and litigation, requests done again, and the periodic look at what was withheld."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.archive.vault


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_append_only"),
        ("organisation", "0002_home_and_lasting_history"),
        ("requests_ogi", "0012_motions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="informationrequest",
            name="redo_of",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redone_as",
                to="requests_ogi.informationrequest",
                verbose_name="重新办理的原申请",
            ),
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("profile", models.SlugField(max_length=20, verbose_name="适用规定")),
                ("profile_version", models.CharField(max_length=80, verbose_name="规定版本")),
                ("edition", models.PositiveIntegerField(default=0, verbose_name="修改次数")),
                ("opened_at", models.DateTimeField(verbose_name="立件时间")),
                ("changed_at", models.DateTimeField(verbose_name="最近办理时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reconsideration", "行政复议"),
                            ("litigation_direct", "行政诉讼（未经复议直接起诉）"),
                            ("litigation_after_review", "行政诉讼（复议后起诉）"),
                        ],
                        max_length=24,
                        verbose_name="类别",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        blank=True,
                        choices=[("simple", "简易程序"), ("ordinary", "普通程序")],
                        max_length=10,
                        verbose_name="审理程序",
                    ),
                ),
                ("authority", models.CharField(max_length=100, verbose_name="复议机关或者人民法院")),
                ("case_number", models.CharField(blank=True, max_length=100, verbose_name="案号")),
                ("summary", portal.archive.vault.EncryptedTextField(verbose_name="请求和理由摘要")),
                ("received_on", models.DateField(verbose_name="收到通知之日")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待答复举证"), ("defended", "已答复举证，待审结"), ("concluded", "已审结")],
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("defended_on", models.DateField(blank=True, null=True, verbose_name="提交答复（答辩）日期")),
                ("defended_in_time", models.BooleanField(blank=True, null=True, verbose_name="是否按期答复举证")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果")],
                        max_length=12,
                        verbose_name="结果",
                    ),
                ),
                ("withdrawn", models.BooleanField(default=False, verbose_name="因申请人（原告）撤回而终结")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定（裁判）日期")),
                ("served_on", models.DateField(blank=True, null=True, verbose_name="决定书送达本机关之日")),
                (
                    "consequence",
                    portal.archive.vault.EncryptedTextField(
                        blank=True, default="", verbose_name="决定主要内容和后续处理"
                    ),
                ),
                (
                    "ordered_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="限期重新答复（工作日）"),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.body",
                        verbose_name="机关",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.storedfile",
                        verbose_name="决定书或者裁判文书",
                    ),
                ),
                (
                    "defence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.storedfile",
                        verbose_name="答复书或者答辩状",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.department",
                        verbose_name="承办机构",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="requests_ogi.informationrequest",
                        verbose_name="申请",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="requests_ogi.challenge",
                        verbose_name="此前的行政复议",
                    ),
                ),
            ],
            options={
                "verbose_name": "复议诉讼",
                "verbose_name_plural": "复议诉讼",
                "indexes": [
                    models.Index(fields=["body", "-opened_at", "-id"], name="challenge_queue"),
                    models.Index(fields=["body", "kind", "decided_on"], name="challenge_table_four"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "request"), name="challenge_with_request"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reconsideration"), models.Q(("procedure", ""), _negated=True)),
                            models.Q(models.Q(("kind", "reconsideration"), _negated=True), ("procedure", "")),
                            _connector="OR",
                        ),
                        name="procedure_of_a_reconsideration",
                        violation_error_message="行政复议应当写明简易程序或者普通程序，行政诉讼不填此项。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "litigation_after_review"), ("review__isnull", False)),
                            models.Q(
                                models.Q(("kind", "litigation_after_review"), _negated=True), ("review__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="after_review_names_its_review",
                        violation_error_message="复议后起诉的应当对应一件已审结的行政复议，其他情形不填。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("defence__isnull", True), ("defended_on__isnull", True)),
                            models.Q(("defence__isnull", False), ("defended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="challenge_defended_on_with_defence",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("defended_in_time__isnull", True), ("defended_on__isnull", True)),
                            models.Q(("defended_in_time__isnull", False), ("defended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="challenge_defended_on_with_defended_in_time",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("defended",)), _negated=True),
                            ("defended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="defended_is_dated",
                        violation_error_message="本状态下缺少必须具备的事项。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("defended", "concluded")), ("defended_on__isnull", True), _connector="OR"
                        ),
                        name="dated_only_when_defended",
                        violation_error_message="本状态下不应具备此事项。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("defended_on__isnull", True),
                            ("defended_on__gte", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="defended_after_receipt",
                        violation_error_message="提交答复的日期不能早于收到通知之日。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "concluded"),
                                models.Q(("result", ""), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "concluded"), _negated=True),
                                ("decided_on__isnull", True),
                                ("result", ""),
                            ),
                            _connector="OR",
                        ),
                        name="concluded_has_its_result",
                        violation_error_message="审结与结果、决定日期必须同时具备。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("served_on__isnull", True)),
                            models.Q(("decided_on__isnull", False), ("served_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="challenge_decided_on_with_served_on",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("decision__isnull", True)),
                            models.Q(("decided_on__isnull", False), ("decision__isnull", False)),
                            _connector="OR",
                        ),
                        name="challenge_decided_on_with_decision",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True),
                            models.Q(
                                ("decided_on__gte", models.F("received_on")), ("served_on__gte", models.F("decided_on"))
                            ),
                            _connector="OR",
                        ),
                        name="challenge_dates_in_order",
                        violation_error_message="收到通知、作出决定、决定书送达的日期必须依次先后。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn", False), ("result", "other"), _connector="OR"),
                        name="withdrawn_is_another_result",
                        violation_error_message="申请人或者原告撤回的，计入其他结果。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordered_days__isnull", True),
                            models.Q(("ordered_days__gte", 1), ("result", "corrected")),
                            _connector="OR",
                        ),
                        name="days_ordered_by_a_correction",
                        violation_error_message="只有结果纠正的决定才会限期重新答复。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReEvaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="第几次评估")),
                ("due_on", models.DateField(verbose_name="应当评估日期")),
                (
                    "proposed",
                    models.CharField(
                        choices=[("still_withheld", "继续不予公开"), ("now_public", "情势变化，可以公开")],
                        max_length=16,
                        verbose_name="拟评估结论",
                    ),
                ),
                ("proposed_reason", portal.archive.vault.EncryptedTextField(verbose_name="拟评估理由")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("still_withheld", "继续不予公开"), ("now_public", "情势变化，可以公开")],
                        max_length=16,
                        null=True,
                        verbose_name="评估结论",
                    ),
                ),
                ("reason", portal.archive.vault.EncryptedTextField(blank=True, null=True, verbose_name="评估理由")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审定时间")),
                ("released_on", models.DateField(blank=True, null=True, verbose_name="公开日期")),
                (
                    "released_where",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="公开的栏目或者网址"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审定人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="评估人",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reevaluations",
                        to="requests_ogi.informationrequest",
                        verbose_name="申请",
                    ),
                ),
            ],
            options={
                "verbose_name": "定期评估",
                "verbose_name_plural": "定期评估",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "round"),
                        name="reevaluation_round_once",
                        violation_error_message="这一轮评估意见已经提出。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("request",),
                        name="reevaluation_one_open",
                        violation_error_message="上一轮评估意见尚未审定。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reevaluation_decided_at_with_decided_by",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("verdict__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("verdict__isnull", False)),
                            _connector="OR",
                        ),
                        name="reevaluation_decided_at_with_verdict",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("reason__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("reason__isnull", False)),
                            _connector="OR",
                        ),
                        name="reevaluation_decided_at_with_reason",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_on__isnull", True), ("released_where__isnull", True)),
                            models.Q(("released_on__isnull", False), ("released_where__isnull", False)),
                            _connector="OR",
                        ),
                        name="reevaluation_released_on_with_released_where",
                        violation_error_message="成对的两项必须同时填写或者同时为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reevaluation_by_two",
                        violation_error_message="提出评估意见的人员不能审定本人的意见。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("released_on__isnull", True), ("verdict", "now_public"), _connector="OR"),
                        name="released_only_when_public",
                        violation_error_message="只有评估认为可以公开的信息才能登记公开。",
                    ),
                ],
            },
        ),
    ]
