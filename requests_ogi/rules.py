"""Decisions about requests: values in, verdict out, each citing its article. No database, no clock."""

from dataclasses import dataclass
from datetime import date

from portal.moment import chinese_date
from portal.refusal import Refusal
from portal.regulations.registry import carries

from .vocabulary import ApplicantKind, IdentityDocument, Outcome, ReceiptRule, Severability


class Refused(Refusal):
    """A verdict against an act or a value: one full Chinese sentence with the way on."""


@dataclass(frozen=True)
class Receipt:
    """The day of receipt, or None while the body still has to confirm it; and how it was found."""

    on: date | None
    basis: str


@carries("REG-31")
def received_on(
    rule: ReceiptRule, *, arrived_on: date, signed_on: date | None = None, confirmed_on: date | None = None
) -> Receipt:
    """The day of receipt (条例第三十一条) under the receipt rule of a channel.

    In person: the day of submission. Signed-for post: the day of signing. Ordinary letter, fax, internet: the day the body
    and the applicant confirm it; until then there is no day of receipt. Raises Refused for dates that cannot be.
    """
    if rule is ReceiptRule.SUBMISSION:
        return Receipt(arrived_on, f"申请人于{chinese_date(arrived_on)}当面提交，以提交之日为收到申请之日")
    if rule is ReceiptRule.SIGNING:
        if signed_on is None:
            raise Refused("请填写签收日期：需要签收的邮件，以行政机关签收之日为收到申请之日。")
        return Receipt(signed_on, f"本机关于{chinese_date(signed_on)}签收，以签收之日为收到申请之日")
    if confirmed_on is None:
        return Receipt(None, f"{chinese_date(arrived_on)}到达，尚待与申请人确认")
    if confirmed_on < arrived_on:
        raise Refused(f"确认日期不能早于申请到达日期（{chinese_date(arrived_on)}），请核对后重新填写。")
    return Receipt(confirmed_on, f"双方于{chinese_date(confirmed_on)}确认收到，以确认之日为收到申请之日")


# --- identity ---------------------------------------------------------------------------------------------------------

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@carries("REG-29", "LD-A8-6a")
def identity_number(kind: IdentityDocument, text: str) -> str:
    """The number of an identity document in its normal form (half-width, upper case, no blanks).

    Resident ids are checked by their check digit (GB 11643), credit codes by theirs (GB 32100); others by length and
    characters. Raises Refused with what to look at.
    """
    number = normal(text).upper().replace(" ", "").replace("-", "")
    if not number:
        raise Refused("请填写证件号码。")
    if kind in {IdentityDocument.RESIDENT_ID, IdentityDocument.RESIDENCE_PERMIT}:
        return _resident_id(number)
    if kind is IdentityDocument.CREDIT_CODE:
        return _credit_code(number)
    if not (6 <= len(number) <= 20 and number.isascii() and number.isalnum()):
        raise Refused("证件号码应为6至20位字母和数字，请对照证件核对后重新填写。")
    return number


def _resident_id(number: str) -> str:
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789X":
        raise Refused("居民身份证号码应为18位（末位可以是X），请对照证件核对后重新填写。")
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Refused("身份证号码中的出生日期不存在，请对照证件核对第7至14位。") from None
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != number[17]:
        raise Refused("身份证号码校验不通过，可能有一位填错，请对照证件逐位核对。")
    return number


def _credit_code(number: str) -> str:
    if len(number) != 18 or any(character not in _CREDIT_ALPHABET for character in number):
        raise Refused("统一社会信用代码应为18位数字和大写字母（不含I、O、S、V、Z），请对照证书核对后重新填写。")
    total = sum(_CREDIT_ALPHABET.index(character) * 3**place % 31 for place, character in enumerate(number[:17]))
    if _CREDIT_ALPHABET[-total % 31] != number[17]:
        raise Refused("统一社会信用代码校验不通过，可能有一位填错，请对照证书逐位核对。")
    return number


def normal(text: str) -> str:
    """Full-width digits, letters and blanks as half-width, and outer blanks gone; Chinese punctuation is kept."""
    folded = []
    for character in text:
        point = ord(character)
        if point == 0x3000:
            folded.append(" ")
        elif (
            0xFF10 <= point <= 0xFF19
            or 0xFF21 <= point <= 0xFF3A
            or 0xFF41 <= point <= 0xFF5A
            or point in (0xFF0D, 0xFF20, 0xFF0E)
        ):
            folded.append(chr(point - 0xFEE0))
        else:
            folded.append(character)
    return "".join(folded).strip()


@carries("REG-29")
def document_fits(applicant: ApplicantKind, document: IdentityDocument) -> bool:
    """Organisations prove who they are by their credit code, natural persons by a document of their own."""
    return (document is IdentityDocument.CREDIT_CODE) == (applicant is not ApplicantKind.NATURAL)


# --- the decision tree --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Branch:
    """One possible answer to a question: it leads to the next question, or to an outcome."""

    code: str
    label: str
    outcome: Outcome | None = None
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """One of the seven steps (七步法): 补不补 是不是 谁负责 有没有 给不给 怎么给 怎么答."""

    code: str
    title: str
    text: str
    article: str
    branches: tuple[Branch, ...]


TREE: tuple[Question, ...] = (
    Question(
        "clear",
        "补不补",
        "申请内容是否明确、足以查找？",
        "条例第三十条",
        (
            Branch("clear", "内容明确"),
            Branch(
                "still_unclear",
                "已补正一次，仍不明确",
                Outcome.STILL_UNCLEAR,
                "未补正过的，请返回用“发补正告知”一次性告知",
            ),
        ),
    ),
    Question(
        "kind",
        "是不是",
        "申请的是不是政府信息，是否应按政府信息公开申请办理？",
        "条例第二条、第三十五条、第三十六条第六项、第七项、第三十九条",
        (
            Branch("information", "是政府信息，按程序办理"),
            Branch("petition", "以申请形式提出信访、举报、投诉", Outcome.PETITION, "告知通过相应渠道提出"),
            Branch(
                "publication", "要求提供政府公报、报刊、书籍等公开出版物", Outcome.PUBLICATION, "可以告知获取的途径"
            ),
            Branch("repeat", "同一申请人重复申请已答复过的同一信息", Outcome.REPEAT, "核对原答复文号"),
            Branch(
                "volume", "申请数量、频次明显超过合理范围且理由不合理", Outcome.UNREASONABLE_VOLUME, "应先要求说明理由"
            ),
            Branch("confirm", "要求确认或者重新出具已经获取的信息", Outcome.CONFIRM_REISSUE),
            Branch(
                "registry", "工商、不动产登记等依法另有查询规定的资料", Outcome.REGISTRY_QUERY, "告知依照该规定办理"
            ),
        ),
    ),
    Question(
        "whose",
        "谁负责",
        "是否由本机关负责公开？",
        "条例第十条、第三十六条第五项",
        (
            Branch("ours", "由本机关制作或者保存，由本机关负责"),
            Branch("not_ours", "不属于本机关负责公开", Outcome.NOT_OURS, "能够确定负责机关的，告知其名称和联系方式"),
        ),
    ),
    Question(
        "held",
        "有没有",
        "经检索，是否有现成的信息？",
        "条例第三十六条第四项、第三十八条",
        (
            Branch("held", "检索到现成的信息"),
            Branch("not_exist", "经检索没有", Outcome.NOT_EXIST, "须先登记检索记录：系统、关键词、时段、经手人"),
            Branch("processing", "没有现成信息，需要加工、分析或者另行制作", Outcome.NEEDS_PROCESSING),
        ),
    ),
    Question(
        "give",
        "给不给",
        "能否公开？不予公开的，属于哪一种法定情形？",
        "条例第十三条至第十六条、第三十二条、第三十六条第一项至第三项",
        (
            Branch("already_public", "已经主动公开", Outcome.ALREADY_PUBLIC, "告知获取该信息的方式、途径"),
            Branch("grant", "可以公开", Outcome.GRANTED),
            Branch("state_secret", "依法确定为国家秘密", Outcome.STATE_SECRET, "条例第十四条，核对密级和定密依据"),
            Branch(
                "law_prohibits", "法律、行政法规禁止公开", Outcome.LAW_PROHIBITS, "条例第十四条，规章和文件不能作为依据"
            ),
            Branch(
                "three_securities",
                "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
                Outcome.THREE_SECURITIES,
                "条例第十四条",
            ),
            Branch(
                "third_party",
                "涉及商业秘密、个人隐私等，公开会损害第三方权益",
                Outcome.THIRD_PARTY_RIGHTS,
                "条例第十五条，先书面征求第三方意见",
            ),
            Branch(
                "internal",
                "人事管理、后勤管理、内部工作流程等内部事务信息",
                Outcome.INTERNAL_AFFAIRS,
                "条例第十六条第一款，“可以”不予公开",
            ),
            Branch(
                "process",
                "讨论记录、过程稿、磋商信函、请示报告等过程性信息",
                Outcome.PROCESS_INFO,
                "条例第十六条第二款，“可以”不予公开",
            ),
            Branch("enforcement", "行政执法案卷信息", Outcome.ENFORCEMENT_FILE, "条例第十六条第二款，“可以”不予公开"),
        ),
    ),
    Question(
        "sever",
        "怎么给",
        "不予公开的内容能否与可以公开的内容区分？",
        "条例第三十七条",
        (
            Branch("severable", Severability.SEVERABLE.label, Outcome.PARTIAL),
            Branch("inseverable", Severability.INSEVERABLE.label),
        ),
    ),
)
"""The first six of the seven steps as data; the seventh, 怎么答, is the letter that the outcome fixes."""


@carries("REG-36", "REG-37", "REG-38", "REG-39", "YQ-S1-9", "LD-A8-9-0", "YQ-S1-9-4", "LD-A8-9-4", "NX-16-4")
def outcome_of(answers: dict[str, str]) -> Outcome:
    """Walk the tree with the answers given ({question code: branch code}) to the one outcome they lead to.

    The walk stops at the first branch with an outcome; a refusal is asked about severability before it stands, and a
    severable refusal becomes 部分公开. Raises Refused naming the question that is unanswered.
    """
    refusal: Outcome | None = None
    for question in TREE:
        if question.code == "sever" and refusal is None:
            break
        chosen = next((branch for branch in question.branches if branch.code == answers.get(question.code)), None)
        if chosen is None:
            raise Refused(f"请回答“{question.title}”：{question.text}")
        if question.code == "give" and chosen.outcome in REFUSAL_OUTCOMES:
            refusal = chosen.outcome
            continue
        if chosen.outcome is not None:
            return chosen.outcome
    if refusal is None:
        raise Refused("请从头逐项回答七步判断，再保存拟办意见。")
    return refusal


def refusal_of(answers: dict[str, str]) -> Outcome | None:
    """The ground of refusal the answers name, also where severability turned it into 部分公开; None if nothing is refused."""
    if outcome_of(answers) not in {Outcome.PARTIAL, *REFUSAL_OUTCOMES}:
        return None
    return next(branch.outcome for branch in TREE[4].branches if branch.code == answers["give"])


REFUSAL_OUTCOMES = frozenset(
    branch.outcome
    for branch in TREE[4].branches
    if branch.outcome not in {None, Outcome.ALREADY_PUBLIC, Outcome.GRANTED}
)


@dataclass(frozen=True)
class Draft:
    """What a draft answer says, as values. Texts are as the drafter wrote them; `searches` counts the search log."""

    outcome: Outcome
    finding: str = ""
    reason: str = ""
    harm: str = ""
    severability: str = ""
    withheld: str = ""
    provision: str = ""
    query_method: str = ""
    query_address: str = ""
    organ_name: str = ""
    organ_contact: str = ""
    organ_unknown: bool = False
    legal_channel: str = ""
    earlier_answer: str = ""
    explanation: str = ""
    ground: str = ""
    searches: int = 0
    completed: bool = False


_NEEDED = {
    "reason": ("reason", "请写明理由：作出这一答复必须向申请人说明理由。"),
    "ground": ("ground", "请写明不予公开的法律依据，具体到条、款、项。"),
    "harm": ("harm", "请写明公开可能造成的具体损害，不能只复述法条。"),
    "severability": ("severability", "请回答能否区分处理：能区分的应当提供可以公开的内容（条例第三十七条）。"),
    "withheld_list": ("withheld", "请逐项列明不予公开的部分。"),
    "time_place_manner": ("provision", "请写明提供信息的时间、地点（或网址）和方式。"),
    "query_method": ("query_method", "请写明获取该信息的方式、途径。"),
    "address": ("query_address", "请写明获取该信息的具体地址或者网址。"),
    "channel": ("legal_channel", "请写明申请人可以通过什么渠道提出或者获取，写到具体机关和办法。"),
    "applicant_explanation": ("explanation", "请写明要求申请人说明理由的情况，以及申请人说明的理由为什么不合理。"),
    "earlier_answer": ("earlier_answer", "请写明原答复的文号和日期。"),
}

NEEDS = frozenset({*_NEEDED, "search_log", "completion", "organ"})
"""Every word that an outcome's `requires` may hold: what `judge_draft` knows how to ask for."""


@carries(
    "NX-16-5",
    "NX-16-6c",
    "NX-16-8",
    "NX-16-9a",
    "NX-16-9b",
    "YQ-S1-9-6",
    "YQ-S1-9-7",
    "YQ-S1-10g",
    "YQ-S1-10h",
    "LD-A8-9-2",
    "LD-A8-9-3",
    "LD-A8-9-7",
    "YC-5.2-3",
)
def judge_draft(draft: Draft, requires: tuple[str, ...]) -> None:
    """Refuse a draft that lacks what its outcome owes the applicant. `requires` comes from the outcome's profile entry.

    不存在 owes a search log; 不予公开 a ground, a reason and the severability answer; 非本机关 the right body and its
    contact, unless the drafter states that it cannot be determined. Raises Refused naming the first thing missing.
    """
    for need in requires:
        if need == "search_log":
            if not draft.searches:
                raise Refused("认定信息不存在，须先登记检索记录（检索系统、关键词、时段、经手人），再提交拟办意见。")
        elif need == "completion":
            if not draft.completed:
                raise Refused("本件没有发过补正告知书，不能认定“补正后仍不明确”。请先一次性告知申请人补正。")
        elif need == "organ":
            if not draft.organ_unknown and not (draft.organ_name.strip() and draft.organ_contact.strip()):
                raise Refused("请写明负责公开该信息的机关名称和联系方式；确实无法确定的，请勾选“无法确定负责机关”。")
        else:
            field, sentence = _NEEDED[need]
            if not getattr(draft, field).strip():
                raise Refused(sentence)


# --- terms and permissions over time ------------------------------------------------------------------------------------


@carries("REG-30", "LD-A8-9-8")
def may_ask_completion(*, already_asked: bool, last_day: date, today: date) -> None:
    """Whether a completion notice (补正告知) may go out: once only, and not after the last day of its term."""
    if already_asked:
        raise Refused("补正只能一次性告知，本件已经发过补正告知书。内容仍不明确的，请按“补正后仍不明确”拟办答复。")
    if today > last_day:
        raise Refused(
            f"发补正告知书的法定期限已于{chinese_date(last_day)}届满，不能再要求补正。可以电话与申请人沟通了解，答复期限不变。"
        )


@carries("REG-30")
def completion_period(days: int, *, shortest: int, longest: int) -> int:
    """The reasonable period for completing a request, in working days, within what the profile calls reasonable."""
    if not shortest <= days <= longest:
        raise Refused(f"补正期限应当合理：请填写{shortest}至{longest}个工作日。")
    return days


@carries("REG-33", "LD-A8-10c", "YQ-S1-10e", "WZ-6.2-6")
def may_extend(*, days: int, most: int, already: bool, last_day: date, sent_on: date) -> None:
    """Whether an extension stands: once, not beyond the limit, and its notice sent while the term in force still runs."""
    if already:
        raise Refused("本件已经延期一次，不能再次延期。请在现有期限内答复。")
    if not 1 <= days <= most:
        raise Refused(f"延长的期限最长不得超过{most}日（按本机关规定的计算单位），请重新填写。")
    if sent_on > last_day:
        raise Refused(f"现有答复期限已于{chinese_date(last_day)}届满，期限届满后发出的延期告知无效。请立即答复申请人。")


def may_approve(*, approver: int, authors: set[int]) -> None:
    """Nobody approves what they drafted or changed. `approver` and `authors` are user ids."""
    if approver in authors:
        raise Refused("您参与了本件答复的拟写或修改，不能审签。请由其他有审签职责的负责同志办理。")


@carries("YC-5.2-7", "LD-A6-5-4b")
def in_time(*, answered_on: date, last_day: date) -> bool:
    """Whether the answer came in time: the last day itself still counts (the term ends at its midnight)."""
    return answered_on <= last_day


@carries("LET235-4")
def may_record_service(*, electronic: bool, sent_on: date, today: date, proved: bool) -> None:
    """A service is recorded on its day. Electronic sending happens by recording it; an earlier posting or handing over, which
    decides about lateness, is believed only with its proof (面单、回证) attached.
    """
    if electronic and sent_on != today:
        raise Refused("电子送达在登记的同时发出，以今天为送达日期，不能填写其他日期。")
    if sent_on < today and not proved:
        raise Refused("登记以前日期的送达，请上传送达凭证（邮件面单或者送达回证）的扫描件或者照片。")


@carries("REG-40", "YQ-S1-10d")
def may_serve_electronically(*, chosen_electronic: bool) -> None:
    """Letters go out electronically only where the applicant chose that way of being reached."""
    if not chosen_electronic:
        raise Refused("申请人没有选择以电子方式接收答复，请改用邮寄或者当面送达。")
