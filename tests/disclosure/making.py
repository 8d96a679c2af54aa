"""Documents in the states that stories begin with, made by the acts themselves."""

from datetime import date
from io import BytesIO
from typing import Any

import docx

from disclosure import workflow
from disclosure.models import Document
from disclosure.vocabulary import Genre, Phase
from disclosure.workflow import Particulars, Text, Upload
from disclosure.workflow.common import chain_of
from disclosure.workflow.reviewing import stage_of
from tests.cast import Cast
from tests.factories import at

D = date.fromisoformat
HOLDERS = {
    "department_head": "zhou",
    "openness_office": "chen",
    "openness_director": "he",
    "leader_in_charge": "ma",
    "leading_group_head": "feng",
    "principal_leader": "guo",
}
"""Who of the cast holds a role."""

TEXT = Text(
    title="关于加快培育专精特新中小企业的通知",
    html="<p>各县（市、区）工业和信息化主管部门：</p><p>现就加快培育专精特新中小企业有关事项通知如下。</p>",
    text="各县（市、区）工业和信息化主管部门：\n现就加快培育专精特新中小企业有关事项通知如下。",
    summary="现就加快培育专精特新中小企业有关事项通知如下。",
)


def particulars(cast: Cast, day: str, **changes: Any) -> Particulars:
    """What is said about an ordinary open notice, with changes."""
    said: dict[str, Any] = {
        "genre": Genre.NOTICE,
        "phase": Phase.DECISION,
        "topic": "工业、交通",
        "issuer": cast.body.name,
        "formed_on": D(day),
        "attribute": "open",
    }
    return Particulars(**said | changes)


def drafted(cast: Cast, day: str, *, text: Text = TEXT, uploads: tuple[Upload, ...] = (), **changes: Any) -> Document:
    """A draft by the liaison 李."""
    return workflow.draft(
        cast.body,
        department=cast.department,
        text=text,
        particulars=particulars(cast, day, **changes),
        uploads=uploads,
        by=cast.li,
        at=at(day, 9),
    )


def proposed(cast: Cast, day: str, **changes: Any) -> Document:
    """Sent up by the liaison."""
    return workflow.propose(drafted(cast, day, **changes), by=cast.li, at=at(day, 10))


def reviewed(cast: Cast, document: Document, day: str) -> Document:
    """Carried through the stages before the signing, each by who holds its role."""
    while (stage := stage_of(document)) != chain_of(document).signing:
        who = getattr(cast, HOLDERS[stage.role])
        workflow.pass_stage(document, opinion=f"同意。{stage.asks}", checked=stage.checks, by=who, at=at(day, 11))
    return document


def signed(cast: Cast, day: str, **changes: Any) -> Document:
    """Signed by whoever the chain says."""
    document = reviewed(cast, proposed(cast, day, **changes), day)
    workflow.sign(document, by=getattr(cast, HOLDERS[chain_of(document).signing.role]), at=at(day, 15))
    if again := chain_of(document).recheck:
        workflow.recheck(document, checked=again.checks, by=getattr(cast, HOLDERS[again.role]), at=at(day, 15))
    return document


def published(cast: Cast, day: str, **changes: Any) -> Document:
    """Before the public, put there by the office."""
    document = signed(cast, day, **changes)
    workflow.publish(document, by=cast.chen, at=at(day, 16))
    return document


def guide() -> bytes:
    """A paper of the department, as Word writes it."""
    paper, out = docx.Document(), BytesIO()
    paper.add_heading("申报指南", level=1)
    paper.add_paragraph("申报企业应当在规定时间内提交材料。")
    paper.save(out)
    return out.getvalue()
