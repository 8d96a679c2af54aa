"""Personal data at rest: encrypted with keys the database does not hold, bound to the column it was written for."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

_VERSION = b"\x01"
_KEY_ID = slice(1, 9)
_NONCE = slice(9, 21)
_SEALED = slice(21, None)


class CannotOpen(Exception):
    """A ciphertext that no configured key opens for this place: altered, moved from another column, or its key is gone."""


@dataclass(frozen=True)
class _Key:
    id: bytes
    cipher: AESGCM
    digest_key: bytes


def seal(plain: bytes, *, label: str) -> bytes:
    """`plain` encrypted under the newest key (AES-256-GCM, random nonce). Only the same `label` opens it again."""
    key, nonce = _keys()[0], os.urandom(12)
    return _VERSION + key.id + nonce + key.cipher.encrypt(nonce, plain, _bound_to(label))


def unseal(sealed: bytes, *, label: str) -> bytes:
    """What `seal` was given under the same label, by whichever configured key closed it. Raises CannotOpen."""
    if sealed[:1] != _VERSION or len(sealed) < _SEALED.start:
        raise CannotOpen(f"{label}：密文格式不符，内容可能已被改动。请联系系统管理员从备份核对。")
    key = next((key for key in _keys() if key.id == sealed[_KEY_ID]), None)
    if key is None:
        raise CannotOpen(f"{label}：加密时所用的密钥不在 VAULT_KEYS 中。请系统管理员把旧密钥补到列表末尾。")
    try:
        return key.cipher.decrypt(sealed[_NONCE], sealed[_SEALED], _bound_to(label))
    except InvalidTag:
        raise CannotOpen(f"{label}：密文与校验不符，内容已被改动或被移到别处。请联系系统管理员从备份核对。") from None


def is_current(sealed: bytes) -> bool:
    """Whether the newest key closed this ciphertext."""
    return sealed[: _KEY_ID.stop] == current_prefix()


def current_prefix() -> bytes:
    """The bytes every ciphertext under the newest key begins with."""
    return _VERSION + _keys()[0].id


def digest(text: str | bytes) -> str:
    """A keyed HMAC-SHA256 in hex, to find an exact value without storing it readably. Normalise the text before."""
    return _digest(_keys()[0], text)


def digests(text: str | bytes) -> tuple[str, ...]:
    """The digest under every configured key, newest first: `filter(number_digest__in=digests(number))` while keys change."""
    return tuple(_digest(key, text) for key in _keys())


class EncryptedTextField(models.TextField):
    """Text in Python, ciphertext (bytea) in the database; None stays None.

    A ciphertext is bound to `label` ("app.model.field" unless given): name the label before renaming the model or the field.
    Rows cannot be filtered or sorted by it; keep a column with `digest(digest_prefix + text)` for exact look-ups and name it
    in `digest_in`, so that `reencrypt_vault` renews it with the key. The field itself never writes that column.
    """

    def __init__(
        self, *args: Any, label: str = "", digest_in: str = "", digest_prefix: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label, self.digest_in, self.digest_prefix = label, digest_in, digest_prefix

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        named = {"label": self.label, "digest_in": self.digest_in, "digest_prefix": self.digest_prefix}
        return name, path, args, kwargs | {key: value for key, value in named.items() if value}

    @property
    def bound_to(self) -> str:
        """The label its ciphertexts are bound to."""
        return self.label or f"{self.model._meta.label_lower}.{self.name}"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(bytes(value), label=self.bound_to).decode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> bytes | None:
        return None if value is None else seal(str(value).encode(), label=self.bound_to)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self.bound_to} is encrypted: it cannot be filtered by {lookup_name!r}. Use a column that holds its vault.digest()."
        )

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.bound_to} is encrypted: {lookup_name!r} cannot look inside it.")


def _bound_to(label: str) -> bytes:
    return _VERSION + label.encode()


def _digest(key: _Key, text: str | bytes) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    return hmac.new(key.digest_key, data, hashlib.sha256).hexdigest()


def _keys() -> tuple[_Key, ...]:
    return _derived(tuple(settings.VAULT_KEYS))


@lru_cache(maxsize=8)
def _derived(secrets: tuple[str, ...]) -> tuple[_Key, ...]:
    if not secrets or not all(secrets):
        raise ImproperlyConfigured("VAULT_KEYS must hold at least one key, and no empty one")
    return tuple(
        _Key(
            id=_derive(secret, "id", 8),
            cipher=AESGCM(_derive(secret, "encrypt", 32)),
            digest_key=_derive(secret, "digest", 32),
        )
        for secret in secrets
    )


def _derive(secret: str, purpose: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"portal.archive.vault/{purpose}".encode()).derive(secret.encode())
