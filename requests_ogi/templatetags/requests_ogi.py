"""Filters of this chapter's pages."""

from collections.abc import Iterable

from django import template
from django.forms import BoundField

from ..models import FilingDraftFile

register = template.Library()


@register.filter
def kept_files(bound: BoundField, kept: Iterable[FilingDraftFile]) -> list[FilingDraftFile]:
    """The files already kept for the purpose a field stands for."""
    return [file for file in kept if file.purpose == bound.name]
