"""What `manage.py check --deploy` refuses or warns of, beyond Django's own checks: the settings only an operator can give."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

SHORTEST_KEY = 32


@register(Tags.security, deploy=True)
def the_operator_has_decided(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Keys, name and mail of the site have no safe default: a production site states them."""
    found: list[CheckMessage] = []
    if settings.TRIAL:
        found.append(
            Error(
                "DEMO、DEBUG 或者 TESTING 已开启，它们使用人人知道的密钥。",
                hint="正式部署时去掉这些变量。",
                id="web.E001",
            )
        )
    if not settings.SECRET_KEY_GIVEN:
        found.append(Error("没有设置 SECRET_KEY。", hint="设置一个随机的长字符串，并妥善保管。", id="web.E002"))
    if not settings.VAULT_KEYS_GIVEN:
        found.append(
            Error(
                "没有设置 VAULT_KEYS，个人信息无法加密保存。",
                hint="设置单独的密钥（新的在前，逗号分隔），与数据库备份分开保管。",
                id="web.E003",
            )
        )
    elif min(map(len, settings.VAULT_KEYS)) < SHORTEST_KEY:
        found.append(
            Error(f"VAULT_KEYS 中有不足{SHORTEST_KEY}个字符的密钥。", hint="使用随机的长字符串。", id="web.E004")
        )
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            Error(
                "SITE_URL 不是 https:// 开头的网址。", hint="填写公众访问本网站的网址，通知邮件中使用。", id="web.E005"
            )
        )
    if settings.BEHIND_PROXY and not settings.TRUSTED_PROXIES:
        found.append(
            Error(
                "BEHIND_PROXY 已开启而 TRUSTED_PROXIES 为 0：所有访问者都显示为代理的地址，次数限制会把他们一并锁定。",
                hint="填写到本网站之间受信任的代理层数，一般为 1。",
                id="web.E006",
            )
        )
    if not settings.EMAIL_URL:
        found.append(
            Warning(
                "没有设置 EMAIL_URL，通知邮件不会发出，都将记为发送失败。",
                hint="例如 smtp://user:password@host:25。",
                id="web.W001",
            )
        )
    if not settings.LEDGER_WITNESS:
        found.append(
            Warning(
                "没有设置 LEDGER_WITNESS：台账校验值不会每日送出，整链被改写时无从发现。",
                hint="填写本系统管理员不能改动的邮箱，例如纪检监察机构的；多个用逗号分隔。",
                id="web.W002",
            )
        )
    return found
