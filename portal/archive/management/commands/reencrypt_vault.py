"""After a new key was put first in VAULT_KEYS: close everything again under it."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.archive import rotation


class Command(BaseCommand):
    help = "用最新密钥重新加密全部密文和文件。先把新密钥放在 VAULT_KEYS 最前，旧密钥留在后面。可以中断后重新运行。"

    def handle(self, **options: Any) -> None:
        for model, field in rotation.encrypted_columns():
            count = rotation.renew_column(model, field)
            self.stdout.write(f"{model._meta.verbose_name}·{field.verbose_name}：重新加密 {count} 条。")
        self.stdout.write(f"文件：重新加密 {rotation.renew_files()} 个。")
        # A code is kept as a digest only, which nobody can make anew without the code.
        self.stdout.write(
            "加密的列和文件都已换用新密钥。旧密钥还用来核对换钥以前发出的查询码和尚未提交的申请："
            "等这些件不再需要网上查询，再从 VAULT_KEYS 中去掉旧密钥。"
        )
