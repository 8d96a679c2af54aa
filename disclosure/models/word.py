"""The sensitive words of a body: every text is searched for those in use before it goes out."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from portal.organisation import roles
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither, required_in
from portal.workflow.matter import Matter

from ..vocabulary import Using

VIEW_WORDS = "words.view"


class SensitiveWordQuerySet(models.QuerySet["SensitiveWord"]):
    def visible_to(self, user: User, *, at: datetime) -> "SensitiveWordQuerySet":
        """The words of the bodies whose list this person looks after."""
        return self.filter(body__in=roles.reach(user, VIEW_WORDS, at=at).bodies)

    def in_use(self) -> "SensitiveWordQuerySet":
        """What is searched for now."""
        return self.filter(state=Using.IN_USE)


class SensitiveWord(Matter):
    """A word that every text of a body is searched for, from the moment it was added until it was ended. Nothing is deleted."""

    state = models.CharField("状态", max_length=8, choices=Using, default=Using.IN_USE)
    word = models.CharField("敏感词", max_length=40)
    reason = models.CharField("列入的理由", max_length=300)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="添加人")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="停用人")
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)
    end_reason = models.CharField("停用的理由", max_length=300, blank=True)

    objects = SensitiveWordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "敏感词"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "word"),
                condition=Q(state=Using.IN_USE),
                name="sensitive_word_once",
                violation_error_message="这一敏感词已经在列表中。",
            ),
            models.CheckConstraint(
                condition=Q(word__regex=r"^\S.*\S$"),
                name="sensitive_word_of_two_characters",
                violation_error_message="敏感词至少两个字，前后不留空格。",
            ),
            models.CheckConstraint(
                condition=~Q(reason="")
                & (Q(state=Using.IN_USE, end_reason="") | (Q(state=Using.ENDED) & ~Q(end_reason=""))),
                name="sensitive_word_with_its_reasons",
                violation_error_message="添加和停用敏感词应当写明理由。",
            ),
            required_in("ended_at", (Using.ENDED,), name="sensitive_word_ended_at_a_moment"),
            both_or_neither("ended_at", "ended_by"),
        )

    @property
    def title_for_clock(self) -> str:
        """How pages call it."""
        return self.word
