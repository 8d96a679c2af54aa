"""The uniform form on paper (政府信息公开申请表): every box of 条例第二十九条, and none that asks what the information is for."""

from datetime import date

from portal.letters import paper
from portal.letters.paper import Row
from portal.organisation.models import Body
from portal.regulations.registry import carries

from .vocabulary import ApplicantKind, Form, Help, IdentityDocument, Manner

LINE = 20
"""So many characters fit into one line of the form's right column."""


def _boxes(labels: list[str]) -> str:
    """Boxes to tick, none torn from its label by the end of a line."""
    lines = [""]
    for label in labels:
        box = f"□{label}"
        fits = len(lines[-1]) + len(box) + 1 <= LINE
        lines[-1:] = [f"{lines[-1]}　{box}".strip()] if fits else [lines[-1], box]
    return "\n".join(line for line in lines if line)


@carries("LD-A8-5a", "LD-A8-7a")
def application_form_pdf(body: Body, *, on: date) -> bytes:
    """The form of a body, to be printed and filled in by hand."""
    rows = (
        Row("申请人类别", _boxes([one.label for one in ApplicantKind])),
        Row("姓名或者名称"),
        Row("证件类型", _boxes([one.label for one in IdentityDocument])),
        Row("证件号码"),
        Row("法定代表人或者负责人", "（单位申请的填写）"),
        Row("联系电话"),
        Row("电子邮箱"),
        Row("通信地址和邮政编码"),
        Row("代理人姓名、证件号码、联系电话", "（委托他人办理的填写，并附授权委托书和代理人身份证明）", lines=2),
        Row("所需信息的名称", lines=2),
        Row("文号"),
        Row("其他特征性描述", "（制作时间、涉及的地区或者事项等，便于查找）", lines=3),
        Row("获取信息的形式", _boxes([one.label for one in Form])),
        Row("获取信息的方式", _boxes([one.label for one in Manner])),
        Row("需要的协助", _boxes([label for value, label in Help.choices if value])),
        Row("申请人签名或者盖章", lines=2),
        Row("申请日期", "　　　　年　　　月　　　日"),
    )
    notes = (
        "申请时请附身份证明复印件（单位附统一社会信用代码证书复印件）。不需要说明申请用途。",
        f"当面提交：{body.office_name}，{body.office_address}（{body.office_hours}）。",
        f"邮寄：{body.postal_address}，邮政编码{body.postcode}，请在信封上注明“政府信息公开申请”。",
        f"填写有困难的，请拨打{body.phone}，或者到受理机构由工作人员代为填写。",
    )
    return paper.form_pdf(
        body,
        title="政府信息公开申请表",
        number="编号：　　　　　　　　（由受理机构填写）",
        rows=rows,
        notes_heading="说明：",
        notes=notes,
        dated=on,
        signed=False,
    )
