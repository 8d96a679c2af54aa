"""Receipt: a citizen applies online, or staff register what came another way (条例第二十九条、第三十一条)."""

from dataclasses import replace
from datetime import date, datetime

from django.db import connection, transaction

from portal.archive import service as archive
from portal.archive import vault
from portal.archive.models import StoredFile
from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation import people, roles
from portal.organisation.models import Body, User
from portal.regulations import library
from portal.regulations.registry import applies, carries
from portal.regulations.schema import Profile
from portal.workflow.engine import NotAllowed, judge, taking

from .. import rules, secrets
from ..filing import Arrival, Filing, Upload
from ..models import Applicant, Assistance, Attachment, InformationRequest
from ..rules import Refused
from ..vocabulary import CONFIRMATION, Channel, ReceiptRule, State
from .common import rolled, start_answering, stop_clocks, tell_applicant, tell_office, told_of_filing
from .steps import STEPS


@transaction.atomic
def apply(*, body: Body, filing: Filing, submission_key: str, at: datetime) -> InformationRequest:
    """A citizen files online. Submission is confirmed there and then, so its day is the day of receipt (条例第三十一条第三项).

    `submission_key` belongs to one filled-in form: the same key gives the same request, however often it is sent.
    """
    known = _known(submission_key)
    if known is not None:
        return known
    today = local_date(at)
    arrival = Arrival(Channel.ONLINE, today, confirmed_on=today, confirmation_note="系统于提交时自动确认并出具登记回执")
    case = _open(
        body, replace(filing, arrival=arrival), submission_key=submission_key, by=people.APPLICANT, verb="apply", at=at
    )
    tell_office(case, "收到新的政府信息公开申请，请分办", key="apply", at=at)
    tell_applicant(case, "已收到并登记", key="apply", at=at)
    return case


@transaction.atomic
def register(*, body: Body, filing: Filing, submission_key: str, by: User, at: datetime) -> InformationRequest:
    """Staff enter a request that came another way; what needs the applicant's confirmation waits for it.

    `submission_key` belongs to one filled-in form, as in `apply`: sent twice, it makes one request.

    Raises NotAllowed without the role, Refused for days that cannot be.
    """
    if not roles.may(by, STEPS.act(STEPS["register"]), body, at=at):
        raise NotAllowed("您的岗位不能登记申请，请交由政务公开办公室登记。")
    if filing.arrival.channel == Channel.ONLINE:
        raise Refused("网上提交的申请由系统自动登记，请选择申请实际到达的方式。")
    known = _known(submission_key)
    if known is not None:
        return known
    _judge_aid(body, filing, at=at)
    case = _open(body, filing, submission_key=submission_key, by=by, verb="register", at=at)
    if filing.aid is not None:
        Assistance.objects.create(
            request=case,
            told_at=filing.aid.told_at,
            difficulty=filing.aid.difficulty,
            read_back=filing.aid.read_back,
            record=filing.aid.record,
            helped_by=by,
        )
    tell_applicant(case, "已登记", key="register", at=at)
    return case


@transaction.atomic
def confirm_receipt(
    case: InformationRequest, *, confirmed_on: date, note: str, by: User, at: datetime
) -> InformationRequest:
    """The office has confirmed an ordinary letter, fax or e-mail with the applicant: that day is the day of receipt."""
    judge(STEPS, "confirm_receipt", case, by=by, at=at)
    if confirmed_on > local_date(at):
        raise Refused("确认日期不能晚于今天，请核对后重新填写。")
    if not note.strip():
        raise Refused("请写明怎样与申请人确认（时间、方式、经手人），作为收到日期的依据。")
    receipt = rules.received_on(ReceiptRule(case.receipt_rule), arrived_on=case.arrived_on, confirmed_on=confirmed_on)
    facts = {
        "confirmed_on": confirmed_on,
        "confirmation_note": note,
        "received_on": receipt.on,
        "received_rolled_on": rolled(case.body, confirmed_on, filed_at=None, on=local_date(at)),
        "receipt_basis": receipt.basis,
    }
    with taking(STEPS, "confirm_receipt", case, by=by, at=at, facts=facts) as told:
        stop_clocks(case, CONFIRMATION, ended_on=confirmed_on, at=at)
        start_answering(case, at=at)
        tell_applicant(case, "已与您确认收到", key="confirm_receipt", at=at)
        told |= {"received_on": confirmed_on.isoformat(), "confirmed_on": confirmed_on.isoformat()}
    return case


def _known(submission_key: str) -> InformationRequest | None:
    """The request this filled-in form has already become. A second sender waits here until the first has finished."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [submission_key])
    return InformationRequest.objects.filter(submission_key=submission_key).first()


@carries("YC-5.2-2")
def _open(
    body: Body, filing: Filing, *, submission_key: str, by: people.Actor, verb: str, at: datetime
) -> InformationRequest:
    today, arrival, wanted = local_date(at), filing.arrival, filing.wanted
    profile = library.profile(body.profile, today)
    receipt_rule = _receipt_rule(profile, arrival.channel)
    _judge_days(arrival, today)
    receipt = rules.received_on(
        receipt_rule, arrived_on=arrival.arrived_on, signed_on=arrival.signed_on, confirmed_on=arrival.confirmed_on
    )
    # Files are encrypted and stored before the number is taken: whoever takes a number makes all others of the body wait.
    kept = [(upload, _kept(upload, body, by=by, at=at)) for upload in filing.uploads]
    number = next_number(body, today)
    filed_at = at if arrival.channel == Channel.ONLINE else None
    case = InformationRequest.objects.create(
        number=number,
        body=body,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        submission_key=submission_key,
        secret=secrets.digest(number, secrets.code_for(submission_key)),
        state=State.RECEIVED if receipt.on else State.UNCONFIRMED,
        channel=arrival.channel,
        receipt_rule=receipt_rule,
        arrived_on=arrival.arrived_on,
        signed_on=arrival.signed_on,
        confirmed_on=arrival.confirmed_on,
        confirmation_note=arrival.confirmation_note,
        post_number=arrival.post_number,
        received_on=receipt.on,
        received_rolled_on=rolled(body, receipt.on, filed_at=filed_at, on=today) if receipt.on else None,
        receipt_basis=receipt.basis,
        title=wanted.title,
        document_number=wanted.document_number,
        description=wanted.description,
        form=wanted.form,
        manner=wanted.manner,
        help_needed=wanted.help_needed,
    )
    _remember_applicant(case, filing)
    for upload, stored in kept:
        Attachment.objects.get_or_create(request=case, file=stored, purpose=upload.purpose, defaults={"added_at": at})
    if receipt.on:
        start_answering(case, at=at)
    else:
        keeper.start(case, profile.term(CONFIRMATION), weight="internal", started=arrival.arrived_on, at=at)
    ledger.record(
        verb,
        case,
        by=by,
        at=at,
        told=told_of_filing(case),
    )
    return case


def next_number(body: Body, today: date) -> str:
    """The number of the next request of a body. Whoever takes it makes all others of the body wait."""
    return f"{body.code.upper()}-{today.year}-{Series.issue(body=body, year=today.year, code='request'):05d}"


@applies("channel *")
def _receipt_rule(profile: Profile, channel: Channel) -> ReceiptRule:
    try:
        return ReceiptRule(profile.channels[channel].receipt)
    except KeyError:
        raise Refused("本机关的规定没有列出这种提出方式，请核对申请实际到达的方式。") from None


def _judge_aid(body: Body, filing: Filing, *, at: datetime) -> None:
    """A way in by which staff fill in the form needs the record of it (条例第二十九条)."""
    channel = library.profile(body.profile, local_date(at)).channels.get(filing.arrival.channel)
    rules.may_fill_in_for(
        assisted=channel is not None and channel.assisted,
        told=filing.aid is not None,
        difficulty=filing.aid.difficulty if filing.aid else "",
        read_back=filing.aid is not None and filing.aid.read_back,
        in_time=filing.aid is None or filing.aid.told_at <= at,
    )


def _judge_days(arrival: Arrival, today: date) -> None:
    for name, day in (("到达", arrival.arrived_on), ("签收", arrival.signed_on), ("确认", arrival.confirmed_on)):
        if day is not None and day > today:
            raise Refused(f"{name}日期不能晚于今天，请核对后重新填写。")


def _remember_applicant(case: InformationRequest, filing: Filing) -> None:
    person = filing.person
    Applicant.objects.create(
        request=case,
        kind=person.kind,
        name=person.name,
        identity_document=person.identity_document,
        identity_number=person.identity_number,
        identity_digest=vault.digest(f"identity:{person.identity_number}"),
        representative=person.representative or None,
        phone=person.phone,
        email=person.email or None,
        address=person.address or None,
        postcode=person.postcode,
        agent_name=person.agent_name or None,
        agent_identity_document=person.agent_identity_document,
        agent_identity_number=person.agent_identity_number or None,
        agent_phone=person.agent_phone or None,
    )


def _kept(upload: Upload, body: Body, *, by: people.Actor, at: datetime) -> StoredFile:
    kind = archive.sniff(upload.name, upload.data)
    return archive.store(upload.name, upload.data, body=body, kind=kind, purpose=upload.purpose, by=by, at=at)
