import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.archive.vault


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0001_initial"),
        ("requests_ogi", "0009_parts_lie_on_their_page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="consultation",
            options={"verbose_name": "征求意见", "verbose_name_plural": "征求意见"},
        ),
        migrations.AddField(
            model_name="consultation",
            name="email",
            field=portal.archive.vault.EncryptedTextField(blank=True, default="", verbose_name="电子邮箱"),
        ),
        migrations.AddField(
            model_name="consultation",
            name="finding",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reasonable", "不同意公开的理由合理，不予公开"),
                    ("unreasonable", "不同意公开的理由不合理，可以公开"),
                    ("override", "不公开会对公共利益造成重大影响，决定公开"),
                    ("silence_open", "逾期未提出意见，决定公开"),
                    ("silence_withhold", "逾期未提出意见，决定不予公开"),
                ],
                max_length=20,
                null=True,
                verbose_name="审查结论",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="finding_reasons",
            field=portal.archive.vault.EncryptedTextField(blank=True, null=True, verbose_name="审查理由"),
        ),
        migrations.AddField(
            model_name="consultation",
            name="key",
            field=portal.archive.vault.EncryptedTextField(
                blank=True, digest_in="key_digest", digest_prefix="opinion:", null=True, verbose_name="网上反馈标识"
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="key_digest",
            field=models.CharField(
                editable=False, max_length=64, null=True, unique=True, verbose_name="网上反馈标识摘要"
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="kind",
            field=models.CharField(
                choices=[("third_party", "第三方"), ("co_maker", "共同制作机关"), ("authority", "主管部门")],
                default="third_party",
                max_length=12,
                verbose_name="征求对象",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="notice",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="letters.letter",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="weighed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="审查时间"),
        ),
        migrations.AddField(
            model_name="consultation",
            name="weighed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="working_days",
            field=models.PositiveSmallIntegerField(default=15, verbose_name="反馈期限（工作日）"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="consultation",
            name="contact",
            field=portal.archive.vault.EncryptedTextField(blank=True, default="", verbose_name="联系方式"),
        ),
        migrations.AlterField(
            model_name="consultation",
            name="content",
            field=models.TextField(max_length=2000, verbose_name="涉及的信息内容"),
        ),
        migrations.AlterField(
            model_name="consultation",
            name="limit_on",
            field=models.DateField(verbose_name="反馈期限届满日"),
        ),
        migrations.AlterField(
            model_name="consultation",
            name="party",
            field=portal.archive.vault.EncryptedTextField(verbose_name="名称"),
        ),
        migrations.AlterField(
            model_name="consultation",
            name="sent_on",
            field=models.DateField(verbose_name="发出日期"),
        ),
        migrations.AlterField(
            model_name="consultation",
            name="served_on",
            field=models.DateField(blank=True, null=True, verbose_name="对方收到日期"),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key__isnull", True), ("key_digest__isnull", True)),
                    models.Q(("key__isnull", False), ("key_digest__isnull", False)),
                    _connector="OR",
                ),
                name="consultation_key_with_key_digest",
                violation_error_message="成对的两项必须同时填写或者同时为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding__isnull", True), ("finding_reasons__isnull", True)),
                    models.Q(("finding__isnull", False), ("finding_reasons__isnull", False)),
                    _connector="OR",
                ),
                name="consultation_finding_with_finding_reasons",
                violation_error_message="成对的两项必须同时填写或者同时为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding__isnull", True), ("weighed_by__isnull", True)),
                    models.Q(("finding__isnull", False), ("weighed_by__isnull", False)),
                    _connector="OR",
                ),
                name="consultation_finding_with_weighed_by",
                violation_error_message="成对的两项必须同时填写或者同时为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("weighed_at__isnull", True), ("weighed_by__isnull", True)),
                    models.Q(("weighed_at__isnull", False), ("weighed_by__isnull", False)),
                    _connector="OR",
                ),
                name="consultation_weighed_at_with_weighed_by",
                violation_error_message="成对的两项必须同时填写或者同时为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["third_party", "co_maker", "authority"])),
                name="consulted_kind_known",
                violation_error_message="征求对象只能是第三方、共同制作机关或者主管部门。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finding__isnull", True),
                    models.Q(("finding__in", ("reasonable", "unreasonable", "override")), ("opinion", "objects")),
                    models.Q(("finding__in", ("silence_open", "silence_withhold")), ("opinion__isnull", True)),
                    _connector="OR",
                ),
                name="finding_fits_what_was_said",
                violation_error_message="审查结论应当与对方的意见相符：不同意公开的审查其理由，逾期未反馈的由本机关决定。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finding__isnull", True), models.Q(("kind", "authority"), _negated=True), _connector="OR"
                ),
                name="authority_is_not_weighed",
                violation_error_message="主管部门的认定意见应当执行，不另作审查。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", "override"), _negated=True), ("kind", "third_party"), _connector="OR"
                ),
                name="override_is_for_third_parties",
                violation_error_message="因公共利益决定公开，只适用于第三方不同意公开的情形。",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("notice__isnull", True),
                    models.Q(("finding__in", ("unreasonable", "override")), ("kind", "third_party")),
                    _connector="OR",
                ),
                name="notice_tells_of_release_against_objection",
                violation_error_message="只有在第三方不同意而决定公开时，才告知第三方公开的内容和理由。",
            ),
        ),
    ]
