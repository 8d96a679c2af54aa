"""The end: service settles whether the answer was in time; withdrawal; the sealed dossier (条例第四十条、第四十五条)."""

from datetime import date, datetime

from django.db import transaction

from portal.archive import service as archive
from portal.archive.models import Dossier, StoredFile
from portal.clocks import keeper
from portal.letters import service as letters
from portal.moment import local_date
from portal.organisation import people
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import dossier, rules
from ..filing import Upload
from ..models import Attachment, InformationRequest
from ..rules import Refused
from ..rules.providing import judge_form
from ..vocabulary import ANSWER, Outcome
from .common import judge_manner, stop_clocks, tell_applicant, tell_office, through
from .gates import judge_service
from .reevaluating import look_again_later
from .returning import settled_before
from .steps import STEPS


@transaction.atomic
def serve(
    case: InformationRequest,
    *,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    proof: Upload | None = None,
    provided_form: str = "",
    form_reason: str = "",
    by: User,
    at: datetime,
) -> InformationRequest:
    """Record the service of the answer. The day that counts decides, here and once, whether it came in time.

    Post counts from posting, in person from the signature, electronic from sending (国办公开办函〔2016〕235号).
    """
    judge(STEPS, "serve", case, by=by, at=at)
    judge_service(case, at=at)
    handed_over = _handed_over(case, provided_form, form_reason)
    judge_manner(case, manner)
    rules.may_record_service(
        electronic=manner == letters.Manner.ELECTRONIC, sent_on=sent_on, today=local_date(at), proved=proof is not None
    )
    letter = case.answer.letter
    delivery = letters.deliver(
        letter,
        manner=manner,
        sent_on=sent_on,
        served_on=served_on,
        proof_number=proof_number,
        proof_file=_kept(proof, case, by=by, at=at) if proof is not None else None,
        by=by,
        at=at,
    )
    answered_on, in_time = settled_before(case) or _settled(case, delivery.counts_on)
    facts = {
        "answered_on": answered_on,
        "answered_in_time": in_time,
        "answered_by": manner,
        "concluded_on": answered_on,
        **handed_over,
    }
    with taking(STEPS, "serve", case, by=by, at=at, facts=facts) as told:
        stop_clocks(case, ended_on=answered_on, at=at)
        look_again_later(case, on=answered_on, at=at)
        tell_applicant(case, "答复文书已送达，可凭查询码查看", key="serve", at=at)
        told |= {
            "letter": letter.number,
            "answered_on": answered_on.isoformat(),
            "in_time": in_time,
            "manner": manner,
            "recorded_days_later": (local_date(at) - sent_on).days,
        }
    return case


def _kept(proof: Upload, case: InformationRequest, *, by: User, at: datetime) -> StoredFile:
    kind = archive.sniff(proof.name, proof.data)
    return archive.store(proof.name, proof.data, body=case.body, kind=kind, purpose="proof", by=by, at=at)


def _settled(case: InformationRequest, answered_on: date) -> tuple[date, bool]:
    """The day that counts, and whether the statutory limit was kept with it."""
    clock = keeper.running(case, ANSWER).filter(weight="statutory").first()
    return answered_on, clock is None or rules.in_time(answered_on=answered_on, last_day=clock.last_day)


def _handed_over(case: InformationRequest, provided_form: str, form_reason: str) -> dict[str, str]:
    """In which form information was handed over, where some was: the one asked for, unless another is named with its reason."""
    if case.outcome not in {Outcome.GRANTED, Outcome.PARTIAL}:
        return {}
    provided = provided_form or case.form
    judge_form(requested=case.form, provided=provided, reason=form_reason)
    return {"provided_form": provided, "form_reason": form_reason.strip() if provided != case.form else ""}


@transaction.atomic
def withdraw(
    case: InformationRequest, *, by: people.Actor, at: datetime, proof: Upload | None = None
) -> InformationRequest:
    """The applicant does not want the answer any more (表三六3): by their code, or in writing that staff record with its scan."""
    judge(STEPS, "withdraw", case, by=by, at=at)
    if people.user_of(by) is not None and proof is None:
        raise Refused("登记撤回会终止办理，请上传申请人书面撤回材料的扫描件或者照片作为依据。")
    facts = {"outcome": Outcome.WITHDRAWN, "concluded_on": local_date(at)}
    with taking(STEPS, "withdraw", case, by=by, at=at, facts=facts) as told:
        if proof is not None:
            kind = archive.sniff(proof.name, proof.data)
            stored = archive.store(
                proof.name, proof.data, body=case.body, kind=kind, purpose="withdrawal", by=by, at=at
            )
            Attachment.objects.create(request=case, file=stored, purpose=Attachment.Purpose.WITHDRAWAL, added_at=at)
        told["through"] = through(by)
        stop_clocks(case, ended_on=local_date(at), as_="void", at=at)
        tell_office(case, "申请人已撤回申请，请归档", key="withdraw", at=at)
        tell_applicant(case, "已按您的意愿撤回", key="withdraw", at=at)
    return case


@transaction.atomic
def close(case: InformationRequest, *, by: User, at: datetime) -> Dossier:
    """Seal the dossier: application, timeline, letters, proofs, manifest; nothing can be changed afterwards."""
    with taking(STEPS, "close", case, by=by, at=at, facts={"closed_at": at}) as told:
        sealed = archive.seal(case, dossier.parts(case), at=at, by=by)
        told["dossier"] = sealed.file.sha256
    return sealed
