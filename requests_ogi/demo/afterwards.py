"""What comes after an answer: content or not, published for all, challenged, done again, looked at once more."""

from typing import Any

from portal.letters.service import Row

from .. import workflow
from ..filing import Upload
from ..models import InformationRequest
from ..vocabulary import ChallengeKind, ChallengeResult, Fault, Outcome, Procedure, Verdict
from ..workflow import challenging
from .asking import Story
from .giving import sheet_pdf

_RATINGS = (
    (5, "答复及时，期限写得清楚，电话沟通也很耐心。"),
    (4, "内容是需要的，希望附表提供可编辑的格式。"),
    (5, ""),
    (2, "超过了期限才答复，虽然说明了原因。"),
    (4, "网上能看到办到哪一步，很方便。"),
)
_PUBLISHED = {
    Outcome.GRANTED: "该信息属于应当公开的政府信息，已向申请人提供。需要同一信息的，可以向本机关依申请获取，本机关将按同样内容提供。",
    Outcome.ALREADY_PUBLIC: "该信息已经主动公开：登录本机关门户网站“政府信息公开”专栏，在“法定主动公开内容”中按标题检索，可以直接查看、下载。",
    Outcome.NEEDS_PROCESSING: "本机关按项目保存原始台账，没有现成的汇总数据，需要重新统计、加工，依法不予提供；可以申请获取具体项目的台账。",
}


class Afterwards:
    """After the answer, as a part of a life. Days are counted from the arrival of the request, or back from today."""

    def _rated(self: Any) -> Story:
        yield self._when(max(self.plan.age - 32, 4), 20)
        score, comment = _RATINGS[self.number % len(_RATINGS)]
        workflow.rate(self.case, score=score, comment=comment, at=self.at)

    def _propose(self: Any, ago: int) -> Story:
        yield self._when(ago, 10)
        workflow.propose_publication(
            self.case,
            title=self.case.title,
            question=f"某申请人申请公开“{self.case.title}”。",
            answer=_PUBLISHED[self.plan.outcome],
            by=self.staff.office,
            at=self.at,
        )

    def _proposed(self: Any) -> Story:
        yield from self._propose(2)

    def _published(self: Any) -> Story:
        yield from self._propose(self.plan.age - 33)
        yield self._when(self.plan.age - 34, 15)
        workflow.check_privacy(self.case, by=self.staff.director, at=self.at)

    def _returned(self: Any) -> Story:
        """The answer was posted and came back: the addressee has moved. It waits to be served again."""
        age = self.plan.age
        yield from self._assign(age - 1)
        yield from self._answer(age - 3)
        yield from self._submit(age - 3)
        yield from self._approve(age - 4)
        yield from self._serve(age - 5)
        yield self._when(4, 10)
        workflow.return_post(
            self.case,
            returned_on=self.at.date(),
            reason="收件人地址搬迁，投递两次未成，邮政企业退回",
            fault=Fault.APPLICANT,
            by=self.staff.office,
            at=self.at,
        )

    # --- reconsideration and litigation ---------------------------------------------------------------------------------

    def _register(self: Any, ago: int, kind: ChallengeKind, summary: str, **given: Any) -> Story:
        yield self._when(ago, 9)
        court = kind != ChallengeKind.RECONSIDERATION
        self.challenge = challenging.register(
            self.case,
            kind=kind,
            authority="（演示）有管辖权的人民法院" if court else self.staff.body.reconsideration_authority,
            case_number=f"（演示）{self.at.year}{'行初' if court else '政复'}字第{self.number + 100}号",
            summary=summary,
            received_on=self.at.date(),
            by=self.staff.office,
            at=self.at,
            **given,
        )

    def _defend(self: Any, ago: int) -> Story:
        yield self._when(ago, 16)
        paper = self._paper(
            "行政复议答复书", ("答复意见", "本机关的答复认定事实清楚，适用依据正确，程序合法，内容适当，请求予以维持。")
        )
        challenging.defend(self.challenge, submitted_on=self.at.date(), paper=paper, by=self.staff.director, at=self.at)

    def _conclude(self: Any, ago: int, result: ChallengeResult, said: str, **given: Any) -> Story:
        yield self._when(ago, 10)
        paper = self._paper("行政复议决定书", ("决定", said))
        challenging.conclude(
            self.challenge,
            result=result,
            decided_on=self.at.date(),
            served_on=self.at.date(),
            paper=paper,
            consequence=said,
            by=self.staff.office,
            at=self.at,
            **given,
        )

    def _paper(self: Any, title: str, said: tuple[str, str]) -> Upload:
        rows = (Row("案号", self.challenge.case_number), Row("所涉申请", self.case.number), Row(*said))
        pdf = sheet_pdf(self.staff.body, title=title, number="（演示文书）", rows=rows, on=self.at.date())
        return Upload(f"{title}.pdf", pdf, "paper")

    def _reviewed_now(self: Any) -> Story:
        """A reconsideration came three days ago: the time for the defence runs."""
        summary = (
            "请求撤销不予公开的答复，责令区分处理后公开。理由：被申请人没有说明第三方的理由为何合理，也没有作区分处理。"
        )
        yield from self._register(3, ChallengeKind.RECONSIDERATION, summary, procedure=Procedure.ORDINARY)

    def _upheld(self: Any) -> Story:
        age = self.plan.age
        summary = "请求确认“信息不存在”的答复违法。理由：被申请人没有尽到合理检索义务。"
        yield from self._register(age - 20, ChallengeKind.RECONSIDERATION, summary, procedure=Procedure.SIMPLE)
        yield from self._defend(age - 23)
        said = "被申请人提交了检索系统、关键词、时间范围和询问记录，已尽合理检索义务，维持原答复。"
        yield from self._conclude(9, ChallengeResult.UPHELD, said)

    def _sued(self: Any) -> Story:
        """Not content with the decision, the applicant goes to court."""
        summary = "请求撤销答复和复议决定，判令重新检索后答复。"
        kind = ChallengeKind.LITIGATION_AFTER_REVIEW
        yield from self._register(2, kind, summary, review=self.challenge)

    def _corrected(self: Any) -> Story:
        """The decision corrects the body: the request is done again under a new number."""
        age = self.plan.age
        summary = "请求撤销答复，责令公开会议作出的决定。理由：申请的是最终决定，不是讨论记录。"
        yield from self._register(age - 18, ChallengeKind.RECONSIDERATION, summary, procedure=Procedure.ORDINARY)
        yield from self._defend(age - 24)
        said = (
            "撤销原答复；会议作出的决定已经对外产生效力，不属于过程性信息，责令自收到决定书之日起15个工作日内重新答复。"
        )
        yield from self._conclude(11, ChallengeResult.CORRECTED, said, ordered_days=15)
        yield self._when(10, 10)
        self.case = challenging.redo(self.challenge, by=self.staff.office, at=self.at)
        yield from self._assign(9)

    # --- looking again ----------------------------------------------------------------------------------------------------

    def _reassessed(self: Any) -> Story:
        """A year has gone by: the office thinks it may be public now; the director has not decided."""
        yield self._when(2, 15)
        case = InformationRequest.objects.get(pk=self.case.pk)
        workflow.reassess(
            case,
            verdict=Verdict.NOW_PUBLIC,
            reason="分配方案已经印发并主动公开，讨论稿所反映的过程已经结束，公开不再影响决策，建议主动公开。",
            by=self.staff.office,
            at=self.at,
        )
