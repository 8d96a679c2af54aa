"""The motions of the demonstration: corrections, suggestions, complaints, each a story like those of the requests."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from portal.letters.service import Row

from .. import secrets
from ..filing import MotionFiling, Signature, Upload
from ..models import Conversion, InformationRequest, Motion
from ..rules.motion import Verdict
from ..vocabulary import Grievance, IdentityDocument, MotionKind, MotionOutcome
from ..workflow import conversions, motions
from .giving import sheet_pdf
from .people import applicant

if TYPE_CHECKING:
    from .lives import Stage

Story = Iterator[datetime]

_WRONG = {
    "nx": (
        "中小企业认定名单中的法定代表人姓名",
        "名单第37行将本单位法定代表人姓名中的“钧”写成“钓”，与营业执照不一致。",
    ),
    "yc": ("保障性租赁住房配租结果中的门牌号", "公示表第12行将本人房号写成402，配租通知书为420，请予更正。"),
    "yq": ("企业职工安置资金发放表中的工龄", "发放表记载本人工龄18年，档案和劳动合同均为19年，请予更正。"),
    "ld": ("惠农补贴“一卡通”发放表中的承包面积", "发放表记载本户水田2.1亩，承包经营权证为2.7亩，请予更正。"),
    "wz": ("招商项目签约名录中的企业名称", "名录将本单位名称中的“西江”写成“江西”，与营业执照不一致。"),
}
_WISH = {
    "nx": "自治区工业园区（开发区）历年综合考核评价结果",
    "yc": "市区公共停车泊位位置和收费标准",
    "yq": "全市节能诊断服务机构名单和服务范围",
    "ld": "各镇农村饮水工程水质检测结果",
    "wz": "全市标准厂房招租房源和租金减免办法",
}
_NEWS = {
    "nx": "工业企业电价政策一览",
    "yc": "学校招生划片示意图（可放大的版本）",
    "yq": "煤矿区域无线信号覆盖情况",
    "ld": "县城公交时刻表和线路图",
    "wz": "历年来梧投资企业满意度调查结果",
}


def motions_of(stage: "Stage") -> Iterator[Story]:
    """The lives of the motions of one body."""
    for story in ("corrected", "looked_into", "taken_up", "just_said", "complained"):
        yield getattr(_Moving(stage), f"_{story}")()


class _Moving:
    """One motion. `yield` waits for the moment of the next act; `self.at` is then that moment."""

    def __init__(self, stage: "Stage") -> None:
        self.stage, self.staff = stage, stage.staff
        self.code = stage.staff.body.code
        self.at: datetime

    def _when(self, ago: int, hour: int) -> datetime:
        self.at = self.stage.moment(ago, hour, minute=ago * 11 % 60)
        return self.at

    def _file(self, kind: MotionKind, subject: str, content: str, **given: object) -> Motion:
        filing = MotionFiling(kind, subject, content, **given)  # type: ignore[arg-type]
        return motions.file(body=self.staff.body, filing=filing, submission_key=secrets.new_key(), at=self.at)

    def _signed(self, number: int) -> Signature:
        person = applicant(self.staff.body, number, electronic=False)
        return Signature(
            name=person.name,
            identity_document=IdentityDocument.RESIDENT_ID,
            identity_number=person.identity_number,
            phone=person.phone,
            address=person.address,
        )

    def _proofs(self) -> tuple[Upload, ...]:
        """The two papers a correction needs."""
        made = []
        for title, purpose in (("身份证明（演示）", "identity"), ("证明材料（演示）", "evidence")):
            rows = (Row("说明", "演示用的材料，不含真实信息。"),)
            pdf = sheet_pdf(self.staff.body, title=title, number="（演示）", rows=rows, on=self.at.date())
            made.append(Upload(f"{title}.pdf", pdf, purpose))
        return tuple(made)

    def _correction(self, number: int) -> Motion:
        subject, content = _WRONG[self.code]
        return self._file(
            MotionKind.CORRECTION, subject, content, signature=self._signed(number), uploads=self._proofs()
        )

    def _corrected(self) -> Story:
        department, liaison = next(iter(self.staff.liaisons.items()))
        yield self._when(38, 10)
        motion = self._correction(701)
        yield self._when(37, 15)
        motions.assign(motion, department=department, by=self.staff.office, at=self.at)
        yield self._when(33, 15)
        motions.report(motion, finding="经核对原始档案，确属录入错误，建议更正。", by=liaison, at=self.at)
        yield self._when(32, 10)
        verdict = Verdict(MotionOutcome.CORRECTED, "经核对原始档案，记录确有错误，已在业务系统和公开的文本中更正。")
        motions.decide(motion, verdict=verdict, by=self.staff.director, at=self.at)
        yield self._when(31, 10)
        self._tell(motion)
        yield self._when(29, 16)
        motions.close(motion, by=self.staff.office, at=self.at)

    def _looked_into(self) -> Story:
        department, liaison = list(self.staff.liaisons.items())[1]
        yield self._when(6, 14)
        motion = self._correction(702)
        yield self._when(5, 10)
        motions.assign(motion, department=department, by=self.staff.office, at=self.at)
        yield self._when(2, 16)
        finding = "经与登记台账核对，记录与原件不一致，系系统导入时错行所致，建议更正并通知相关机构。"
        motions.report(motion, finding=finding, by=liaison, at=self.at)

    def _taken_up(self) -> Story:
        wish = _WISH[self.code]
        yield self._when(24, 20)
        motion = self._file(
            MotionKind.SUGGESTION, wish, "多次有人依申请索取，建议在网站上统一公布，并按年度更新，减少重复申请。"
        )
        yield self._when(17, 10)
        finding = "该信息涉及公众利益、需要公众广泛知晓，不涉及国家秘密、商业秘密和个人隐私，采纳建议。"
        verdict = Verdict(MotionOutcome.PUBLISH, finding, title=wish)
        motions.decide(motion, verdict=verdict, by=self.staff.director, at=self.at)
        yield self._when(16, 10)
        self._tell(motion)
        yield self._when(15, 10)
        motions.close(motion, by=self.staff.office, at=self.at)
        yield self._when(9, 10)
        conversions.publish(
            Conversion.objects.get(motion=motion),
            published_on=self.at.date(),
            where="门户网站“政府信息公开—法定主动公开内容—重点领域”专栏",
            by=self.staff.office,
            at=self.at,
        )

    def _just_said(self) -> Story:
        yield self._when(3, 21)
        self._file(MotionKind.SUGGESTION, _NEWS[self.code], "现在只能打电话询问，建议在网站上公布并及时更新。")

    def _complained(self) -> Story:
        """Somebody whose answer came late complains; those who supervise find it true and set a term for mending."""
        yield self._when(13, 19)
        late = InformationRequest.objects.filter(body=self.staff.body, answered_in_time=False).first()
        filing = MotionFiling(
            MotionKind.COMPLAINT,
            "政府信息公开申请没有按期答复",
            "申请提出后超过二十个工作日才收到答复，期间没有收到延期告知，请查明原因。",
            grievance=Grievance.NOT_ANSWERED,
        )
        motion = motions.file(
            body=self.staff.body, filing=filing, submission_key=secrets.new_key(), about=late, at=self.at
        )
        yield self._when(6, 10)
        verdict = Verdict(
            MotionOutcome.UPHELD,
            "经查，该件由承办机构迟延报送拟办意见，超过法定期限答复，且未办理延期，情况属实。",
            measure="责令承办机构书面检查，建立到期前五个工作日提醒制度。",
            mending_days=10,
        )
        motions.decide(motion, verdict=verdict, by=self.staff.discipline, at=self.at)
        yield self._when(5, 10)
        motions.answer(motion, manner="electronic", sent_on=self.at.date(), by=self.staff.discipline, at=self.at)

    def _tell(self, motion: Motion) -> None:
        motions.answer(motion, manner="electronic", sent_on=self.at.date(), by=self.staff.office, at=self.at)
