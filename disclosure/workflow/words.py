"""The list of sensitive words, kept by the office: words come with a reason and are ended with one; none is deleted (NX-19-1a)."""

from datetime import datetime

from django.db import transaction

from portal.ledger import service as ledger
from portal.ledger.service import Words, describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.regulations import library
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, taking

from ..models import SensitiveWord
from ..rules import scanning
from ..told import vouch
from ..vocabulary import Using

WORDS = Workflow(
    "words",
    (
        Step(
            "add", "添加敏感词", (), Using.IN_USE,
            "条例第十七条", "自即日起，送审和发布前检查都会查找这个词；正在办理的文件发布前也会查到。", ("NX-19-1a",),
        ),
        Step("end", "停用", (Using.IN_USE,), Using.ENDED, "条例第十七条", "自即日起不再查找这个词；记录保留，以后可以重新添加。"),
    ),
    states=dict(Using.choices),
    told=Told(department="add", office="add", above="end"),
    acts="disclosure.workflow.words",
)  # fmt: skip

_ABOUT = "disclosure.sensitiveword"
describe("add", "添加敏感词“{word}”：{reason}", about=_ABOUT)
describe("end", "停用：{reason}", about=_ABOUT)


@transaction.atomic
def add(body: Body, *, word: str, reason: str, by: User, at: datetime) -> SensitiveWord:
    """Have every text of a body searched for a word from now on."""
    if not roles.may(by, WORDS.act(WORDS["add"]), body, at=at):
        raise NotAllowed("您的岗位不能添加敏感词，请由政务公开办公室办理。")
    listed = SensitiveWord.objects.in_use().filter(body=body, word=word.strip()).exists()
    scanning.judge_word(word, reason, listed=listed)
    today = local_date(at)
    profile = library.profile(body.profile, today)
    made = SensitiveWord.objects.create(
        number=f"{body.code.upper()}-MGC-{today.year}-{Series.issue(body=body, year=today.year, code='word'):04d}",
        body=body,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        word=word.strip(),
        reason=reason.strip(),
        added_by=by,
    )
    told = {"word": Words(made.word), "reason": Words(made.reason)}
    vouch(told, "add", made)
    ledger.record("add", made, by=by, at=at, told=told)
    return made


@transaction.atomic
def end(word: SensitiveWord, *, reason: str, by: User, at: datetime) -> SensitiveWord:
    """Search for the word no more. It stays on record, and may be added anew."""
    judge(WORDS, "end", word, by=by, at=at)
    scanning.judge_end(reason)
    facts = {"ended_by": by, "ended_at": at, "end_reason": reason.strip()}
    with taking(WORDS, "end", word, by=by, at=at, facts=facts) as told:
        told["reason"] = Words(reason.strip())
        vouch(told, "end", word)
    return word
