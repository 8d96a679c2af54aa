"""The shape every matter shares, whatever chapter it belongs to."""

from collections.abc import Collection

from django.db import models

from portal.organisation.models import Body, Department


class Matter(models.Model):
    """Something a body must see through: it has a number, a place, a law and one axis of state.

    `profile` and `profile_version` name the law it was opened under: an old matter keeps its law. `edition` rises with every
    act, so that two people who look at the same page cannot both act on it.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="承办机构"
    )
    profile = models.SlugField("适用规定", max_length=20)
    profile_version = models.CharField("规定版本", max_length=80)
    edition = models.PositiveIntegerField("修改次数", default=0)
    opened_at = models.DateTimeField("立件时间")
    changed_at = models.DateTimeField("最近办理时间")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    def departments_for(self, act: str) -> Collection[int | None]:
        """The departments, as primary keys, that an act on it is up to: the one that has it, unless an act says otherwise."""
        return (self.department_id,)
