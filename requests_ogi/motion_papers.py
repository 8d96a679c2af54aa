"""The papers of a motion that are printed when asked for: the receipt of its registration."""

from portal.clocks import keeper
from portal.letters import service as letters
from portal.letters.service import Row
from portal.moment import chinese_date, local_date

from .models import Motion

TITLES = {
    "correction": "政府信息更正申请登记回执",
    "suggestion": "主动公开建议登记回执",
    "complaint": "投诉举报登记回执",
}


def receipt_pdf(motion: Motion, *, code: str) -> bytes:
    """登记回执: number, code, the day of receipt and the day by which an answer is promised. It names nobody."""
    clock = keeper.clocks_of(motion)[0]
    rows = [
        Row("编号", motion.number),
        *([Row("查询码", code)] if code else []),
        Row("事项", motion.get_kind_display()),
        Row("收到日期", chinese_date(motion.received_on)),
        Row("办理期限", f"最迟{chinese_date(clock.last_day)}告知处理结果"),
    ]
    notes = [
        "凭编号和查询码，可以在本网站“查询办理进度”栏目查看办理情况和告知书。",
        "查询码请妥善保管，工作人员不会以任何理由向您索要。",
    ]
    if not motion.is_complaint:
        notes.append(f"咨询电话：{motion.body.phone}（{motion.body.office_hours}）。")
    return letters.receipt_pdf(
        motion.body,
        title=TITLES[motion.kind],
        number=motion.number,
        rows=rows,
        notes=notes,
        on=local_date(motion.opened_at),
    )
