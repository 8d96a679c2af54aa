"""The papers of a case: the form as handed in, the receipt, and everything that goes into the sealed dossier."""

from portal.archive import service as archive
from portal.archive.service import Part
from portal.ledger import service as ledger
from portal.letters import service as letters
from portal.letters.models import Delivery, Letter
from portal.letters.service import Row
from portal.moment import SHANGHAI, chinese_date, local_date

from .models import Applicant, InformationRequest
from .vocabulary import ApplicantKind
from .wording.withheld import ground_words, part_line, withheld_lines


def application_rows(case: InformationRequest) -> list[Row]:
    """The registration form (登记表) as label and value, unmasked: for the applicant and for the dossier only."""
    person = case.applicant
    return [
        Row("申请编号", case.number),
        Row("受理机关", case.body.name),
        Row("申请人类别", person.get_kind_display()),
        Row("姓名" if person.kind == ApplicantKind.NATURAL else "单位名称", person.name),
        Row("证件", f"{person.get_identity_document_display()} {person.identity_number}"),
        *([Row("法定代表人", person.representative)] if person.representative else []),
        Row("联系电话", person.phone),
        *([Row("电子邮箱", person.email)] if person.email else []),
        *([Row("通信地址", f"{person.address} {person.postcode}".strip())] if person.address else []),
        *_agent_rows(person),
        Row("所需信息名称", case.title),
        *([Row("文号", case.document_number)] if case.document_number else []),
        *([Row("其他特征性描述", case.description)] if case.description else []),
        Row("获取信息的形式", case.get_form_display()),
        Row("获取信息的方式", case.get_manner_display()),
        *([Row("需要的协助", case.get_help_needed_display())] if case.help_needed else []),
        Row("提出方式", case.get_channel_display()),
        Row(
            "收到日期",
            f"{chinese_date(case.received_on)}（{case.receipt_basis}）" if case.received_on else case.receipt_basis,
        ),
    ]


def _agent_rows(person: Applicant) -> list[Row]:
    if not person.agent_name:
        return []
    document = person.get_agent_identity_document_display()
    return [
        Row("代理人", person.agent_name),
        Row("代理人证件", f"{document} {person.agent_identity_number}"),
        *([Row("代理人联系电话", person.agent_phone)] if person.agent_phone else []),
    ]


def application_pdf(case: InformationRequest) -> bytes:
    """政府信息公开申请登记表, as registered."""
    return letters.receipt_pdf(
        case.body,
        title="政府信息公开申请登记表",
        number=case.number,
        rows=application_rows(case),
        notes=(),
        on=local_date(case.opened_at),
    )


def receipt_pdf(case: InformationRequest, *, code: str, due_line: str) -> bytes:
    """登记回执: number, code, day of receipt and how it was found, last day, and how to follow the request."""
    rows = [
        Row("申请编号", case.number),
        *([Row("查询码", code)] if code else []),
        Row("申请获取", case.title),
        Row(
            "收到申请之日",
            f"{chinese_date(case.received_on)}（{case.receipt_basis}）" if case.received_on else case.receipt_basis,
        ),
        Row("答复期限", due_line),
        Row("获取信息的方式", case.get_manner_display()),
    ]
    notes = [
        "凭申请编号和查询码，可以在本机关网站“查询办理进度”栏目查看办理情况、下载文书、提交补正材料或者撤回申请。",
        "查询码请妥善保管，工作人员不会以任何理由向您索要。",
        f"咨询电话：{case.body.phone}（{case.body.office_hours}）。",
    ]
    return letters.receipt_pdf(
        case.body,
        title="政府信息公开申请登记回执",
        number=case.number,
        rows=rows,
        notes=notes,
        on=local_date(case.opened_at),
    )


def timeline_text(case: InformationRequest) -> str:
    """The ledger of the case as plain text, one act a line, with the hash of each entry."""
    lines = [f"{case.body.name}　政府信息公开申请　{case.number}　办理过程", ""]
    for entry in ledger.timeline(case):
        when = entry.at.astimezone(SHANGHAI)
        lines.append(f"{when:%Y-%m-%d %H:%M:%S}　{entry.actor_label}　{ledger.present(entry)}")
        lines.append(f"　　记录序号 {entry.seq}　校验值 {entry.hash}")
    return "\n".join(lines) + "\n"


def draft_text(case: InformationRequest) -> str:
    """Every version of the answer with who wrote it and what became of it (审签稿)."""
    lines = [f"{case.number}　拟办与审签记录", ""]
    for draft in case.drafts.select_related("drafted_by", "approved_by", "sent_back_by").order_by("version"):
        when = draft.drafted_at.astimezone(SHANGHAI)
        lines.append(
            f"第{draft.version}稿　{draft.drafted_by}　{when:%Y-%m-%d %H:%M}　拟办结果：{draft.get_outcome_display()}"
        )
        for label, text in (
            ("事实", draft.finding),
            ("依据", ground_words(case, draft.ground) if draft.ground else ""),
            ("理由", draft.reason),
            *(("不予公开", line) for line in withheld_lines(case, draft)),
        ):
            if text:
                lines.append(f"　　{label}：{text}")
        if draft.sent_back_at:
            lines.append(f"　　{draft.sent_back_by}退回：{draft.sent_back_why}")
        if draft.approved_at:
            lines.append(f"　　{draft.approved_by}审签同意　{draft.approved_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    return "\n".join(lines) + "\n"


def parts(case: InformationRequest) -> list[Part]:
    """Everything the dossier holds: form, attachments, completion, searches, drafts, letters, proofs, timeline."""
    found = [Part("01-申请/申请登记表.pdf", application_pdf(case), title="政府信息公开申请登记表")]
    for place, attachment in enumerate(case.attachments.select_related("file").order_by("added_at", "pk"), start=1):
        name = f"01-申请/附件{place:02d}-{attachment.get_purpose_display()}-{attachment.file.name}"
        found.append(Part(name, archive.open_bytes(attachment.file), title=attachment.get_purpose_display()))
    completion = getattr(case, "completion", None)
    if completion is not None and completion.return_text:
        text = f"{chinese_date(completion.returned_on)}收到补正：\n{completion.return_text}\n"
        found.append(Part("02-补正/补正内容.txt", text.encode(), title="申请人补正内容"))
    if case.drafts.exists():
        found.append(Part("03-拟办/拟办与审签记录.txt", draft_text(case).encode(), title="拟办与审签记录"))
    for letter in Letter.objects.about(case).select_related("file").order_by("composed_at", "pk"):
        name = f"04-文书/{letter.number}.pdf"
        found.append(Part(name, archive.open_bytes(letter.file), title=f"{letter.title}（{letter.number}）"))
        found += _proofs(letter)
    found += _materials(case)
    found.append(Part("05-办理过程.txt", timeline_text(case).encode(), title="办理过程（登记簿摘录）"))
    return found


def _materials(case: InformationRequest) -> list[Part]:
    """What was given: originals, the copies that left the house, and the list of what was withheld, taken back or not."""
    found = []
    materials = case.materials.select_related("original", "released__file").order_by("pk")
    for place, material in enumerate(materials, start=1):
        taken_back = "（已取回）" if material.removed_at else ""
        stem = archive.clean_name(material.title)
        name = f"06-提供的材料/原件{place:02d}-{archive.clean_name(stem, archive.Kind(material.original.kind))}"
        found.append(
            Part(
                name, archive.open_bytes(material.original), title=f"《{material.title}》原件，不得对外提供{taken_back}"
            )
        )
        copy = getattr(material, "released", None)
        if copy is not None:
            name = f"06-提供的材料/副本{place:02d}-{copy.file.name}"
            found.append(Part(name, archive.open_bytes(copy.file), title=f"《{material.title}》提供给申请人的副本"))
    parts = list(case.withheld.select_related("material").order_by("pk"))
    if parts:
        lines = [part_line(case, part) + ("（已取消）" if part.removed_at else "") for part in parts]
        text = "\n".join(lines) + "\n"
        found.append(Part("06-提供的材料/不予公开的部分.txt", text.encode(), title="不予公开的部分及其依据和理由"))
    return found


def _proofs(letter: Letter) -> list[Part]:
    found = []
    for place, delivery in enumerate(Delivery.objects.filter(letter=letter).order_by("recorded_at", "pk"), start=1):
        lines = [
            f"文书：{letter.title}（{letter.number}）",
            f"送达方式：{delivery.get_manner_display()}",
            f"发出日期：{chinese_date(delivery.sent_on)}",
            *([f"签收日期：{chinese_date(delivery.served_on)}"] if delivery.served_on else []),
            f"计算期限的日期：{chinese_date(delivery.counts_on)}",
            *([f"凭证号码：{delivery.proof_number}"] if delivery.proof_number else []),
            *([f"退回：{chinese_date(delivery.returned_on)} {delivery.returned_why}"] if delivery.returned_on else []),
        ]
        stem = f"04-文书/{letter.number}-送达{place}"
        found.append(Part(f"{stem}.txt", ("\n".join(lines) + "\n").encode(), title="送达情况"))
        if delivery.proof_file:
            data = archive.open_bytes(delivery.proof_file)
            found.append(Part(f"{stem}-{delivery.proof_file.name}", data, title="送达凭证"))
    return found
