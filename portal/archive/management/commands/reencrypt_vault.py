"""After a new key was put first in VAULT_KEYS: close everything again under it."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.archive import rotation


class Command(BaseCommand):
    help = "用最新密钥重新加密全部密文和文件。先把新密钥放在 VAULT_KEYS 最前，运行完毕后才能去掉旧密钥。可以中断后重新运行。"

    def handle(self, **options: Any) -> None:
        for model, field in rotation.encrypted_columns():
            count = rotation.renew_column(model, field)
            self.stdout.write(f"{model._meta.verbose_name}·{field.verbose_name}：重新加密 {count} 条。")
        self.stdout.write(f"文件：重新加密 {rotation.renew_files()} 个。旧密钥现在可以从 VAULT_KEYS 中去掉。")
