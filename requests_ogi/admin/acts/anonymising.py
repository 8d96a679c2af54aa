"""Putting a finished case up for anonymity and carrying it out, with everything listed that will be gone."""

from ... import workflow
from ...forms.retention import AnonymiseForm, NominateForm
from .deed import Deed, Group, said

ACTS: dict[str, Deed] = {
    "nominate": Deed(
        NominateForm,
        lambda case, form, by, at: workflow.nominate(case, by=by, at=at),
        said("已提请匿名化，待负责同志审定。"),
        template="admin/requests_ogi/anonymise.html",
        group=Group.OTHER,
    ),
    "anonymise": Deed(
        AnonymiseForm,
        lambda case, form, by, at: workflow.anonymise(case, by=by, at=at),
        lambda row: f"已匿名化：销毁文字{row.texts}处、文件{row.files}个。办理结果、日期、编号和校验值保留。",
        template="admin/requests_ogi/anonymise.html",
        grave=True,
        group=Group.OTHER,
    ),
}
