"""The answers of the whole form as a citizen looks them over: by section, each row with the way back to its page."""

from dataclasses import dataclass

from django.urls import reverse

from portal.organisation.models import Body

from ..forms.public import MANNERS, SoFar
from ..models import Attachment
from ..vocabulary import ApplicantKind, Form, Help, IdentityDocument, Manner


@dataclass(frozen=True)
class Row:
    """One question with its answer; `url` leads to the page where it was asked."""

    key: str
    value: str
    url: str


@dataclass(frozen=True)
class Section:
    """The rows of a few pages under one heading."""

    title: str
    rows: list[Row]


def sections_of(so_far: SoFar, body: Body) -> list[Section]:
    """The check-answers page. What was left empty is shown as 未填写, so that one sees what could still be said."""
    return [
        Section("受理机关和申请人", [*_kind(so_far, body), *_applicant(so_far)]),
        *([Section("代理人", _agent(so_far))] if so_far.by_agent else []),
        Section("所需信息", _information(so_far)),
        Section("提供方式和联系方式", [*_reply(so_far), *_contact(so_far)]),
        Section("上传的材料", _files(so_far)),
    ]


def _row(page: str, key: str, value: str) -> Row:
    return Row(key, value or "未填写", reverse("requests_ogi:page", args=[page]))


def _kind(so_far: SoFar, body: Body) -> list[Row]:
    kind = so_far.answers["kind"]
    return [
        _row("kind", "向哪个单位申请", body.name),
        _row("kind", "申请人类别", ApplicantKind(kind["kind"]).label),
        _row("kind", "办理手续", "委托代理人办理" if so_far.by_agent else "申请人自己办理"),
    ]


def _applicant(so_far: SoFar) -> list[Row]:
    given = so_far.answers["applicant"]
    document = IdentityDocument(given["identity_document"]).label
    rows = [
        _row("applicant", "姓名" if so_far.natural else "单位名称", given["name"]),
        _row("applicant", "证件", f"{document}\n{given['identity_number']}"),
    ]
    if not so_far.natural:
        rows.append(_row("applicant", "法定代表人或者负责人", given["representative"]))
    return rows


def _agent(so_far: SoFar) -> list[Row]:
    given = so_far.answers["agent"]
    document = IdentityDocument(given["agent_identity_document"]).label
    return [
        _row("agent", "代理人姓名", given["agent_name"]),
        _row("agent", "代理人证件", f"{document}\n{given['agent_identity_number']}"),
        _row("agent", "代理人联系电话", given["agent_phone"]),
    ]


def _information(so_far: SoFar) -> list[Row]:
    given = so_far.answers["information"]
    return [
        _row("information", "所需信息的名称", given["wanted"]),
        _row("information", "文号", given["document_number"]),
        _row("information", "其他特征性描述", given["description"]),
    ]


def _reply(so_far: SoFar) -> list[Row]:
    given = so_far.answers["reply"]
    return [
        _row("reply", "希望得到的形式", Form(given["form"]).label),
        _row("reply", "答复怎样送给您", MANNERS[Manner(given["manner"])]),
        _row("reply", "是否需要协助", Help(given["help_needed"]).label),
    ]


def _contact(so_far: SoFar) -> list[Row]:
    given = so_far.answers["contact"]
    return [
        _row("contact", "联系电话", given["phone"]),
        _row("contact", "电子邮箱", given["email"]),
        _row("contact", "通信地址", f"{given['address']} {given['postcode']}".strip()),
    ]


def _files(so_far: SoFar) -> list[Row]:
    rows = []
    for purpose in Attachment.Purpose:
        names = [file.name for file in so_far.kept if file.purpose == purpose]
        if names:
            rows.append(_row("files", purpose.label, "\n".join(names)))
    return rows or [_row("files", "上传的材料", "没有上传")]
