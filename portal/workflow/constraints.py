"""The few shapes in which a table is told what its states imply, each with its Chinese sentence."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, Q


def both_or_neither(first: str, second: str) -> CheckConstraint:
    """Two nullable columns live and die together (`approved_at` and `approved_by`)."""
    return CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=f"%(class)s_{first}_with_{second}",
        violation_error_message="成对的两项必须同时填写或者同时为空。",
    )


def required_in(field: str, states: Iterable[str], *, name: str) -> CheckConstraint:
    """In these states the nullable column `field` has a value."""
    return CheckConstraint(
        condition=~Q(state__in=tuple(states)) | Q(**{f"{field}__isnull": False}),
        name=name,
        violation_error_message="本状态下缺少必须具备的事项。",
    )


def only_in(field: str, states: Iterable[str], *, name: str) -> CheckConstraint:
    """Only in these states the nullable column `field` has a value."""
    return CheckConstraint(
        condition=Q(state__in=tuple(states)) | Q(**{f"{field}__isnull": True}),
        name=name,
        violation_error_message="本状态下不应具备此事项。",
    )
