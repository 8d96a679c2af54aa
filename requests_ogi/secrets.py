"""The code by which an applicant without an account follows a request (查询码)."""

import base64
import hmac
import secrets

from portal.archive import vault

LENGTH = 10
NOBODY = "0" * 64
"""What is compared when there is no such request: a digest that no code has."""


def new_key() -> str:
    """A fresh submission key: it stands for one filled-in form and cannot be guessed."""
    return secrets.token_urlsafe(32)


def code_for(submission_key: str) -> str:
    """The code that belongs to a submission key: ten characters of base 32 (50 bits), the same every time."""
    return _code(vault.digest(f"request-code:{submission_key}"))


def code_of(submission_key: str, number: str, stored: str) -> str:
    """The code a request was given when it was opened, whichever vault key was the newest then; empty if that key is gone."""
    codes = (_code(digested) for digested in vault.digests(f"request-code:{submission_key}"))
    return next((code for code in codes if matches(number, code, stored)), "")


def digest(number: str, code: str) -> str:
    """What is stored of a code: a keyed digest bound to its request."""
    return vault.digest(_bound(number, code))


def matches(number: str, code: str, stored: str) -> bool:
    """Whether `code` opens the request, compared in constant time under every vault key."""
    found = [hmac.compare_digest(digested, stored) for digested in vault.digests(_bound(number, code))]
    return any(found)


def _bound(number: str, code: str) -> str:
    return f"request-secret:{number}:{code.strip().upper()}"


def _code(digested: str) -> str:
    return base64.b32encode(bytes.fromhex(digested)).decode()[:LENGTH]
