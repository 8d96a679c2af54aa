"""The one-time link with which somebody sets their own password: whoever appoints hands it over and never knows the password."""

from datetime import datetime
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from portal import moment


class OneTimeLink(PasswordResetTokenGenerator):
    """Tokens that end with the first use, with the next login, or after settings.PASSWORD_RESET_TIMEOUT seconds."""

    key_salt = "portal.organisation.password_link"

    def check_token(self, user: Any, token: str | None) -> bool:
        """Whether the token still opens this account; never one that has been closed."""
        return bool(user is not None and user.is_active and super().check_token(user, token))

    def _now(self) -> datetime:
        return moment.now().replace(tzinfo=None)


one_time_link = OneTimeLink()
