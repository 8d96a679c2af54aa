"""Filters of the public pages: files in words."""

from django import template

from portal.archive.kinds import Kind
from portal.web.telling import size_in_words

register = template.Library()


@register.filter
def kind_word(kind: str) -> str:
    """What sort of file it is."""
    return Kind(kind).label


@register.filter
def size_word(size: int) -> str:
    """How large it is."""
    return size_in_words(size)
