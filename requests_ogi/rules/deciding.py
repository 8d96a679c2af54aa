"""The seven steps (七步法) from a request to its outcome, and what each outcome owes the applicant."""

from dataclasses import dataclass
from datetime import date

from portal.regulations.registry import carries

from ..vocabulary import Outcome, Severability
from .refusal import Refused


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
                "未补正过的，不选此项，请政务公开办公室先发补正告知书",
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
    """What a draft answer says, as values. Texts are as the drafter wrote them; `searches` counts the search log,
    `parts` the withheld parts registered (each with its ground and reason)."""

    outcome: Outcome
    finding: str = ""
    reason: str = ""
    harm: str = ""
    severability: str = ""
    provision: str = ""
    query_method: str = ""
    query_address: str = ""
    organ_name: str = ""
    organ_contact: str = ""
    organ_unknown: bool = False
    legal_channel: str = ""
    earlier_answer: str = ""
    explanation: str = ""
    published_on: date | None = None
    undisclosed: bool = False
    ground: str = ""
    searches: int = 0
    parts: int = 0
    completed: bool = False


_NEEDED = {
    "reason": ("reason", "请写明理由：作出这一答复必须向申请人说明理由。"),
    "ground": ("ground", "请选择不予公开的法律依据。"),
    "harm": ("harm", "请写明公开可能造成的具体损害，不能只复述法条。"),
    "severability": ("severability", "请回答能否区分处理：能区分的应当提供可以公开的内容（条例第三十七条）。"),
    "time_place_manner": ("provision", "请写明提供信息的时间、地点（或网址）和方式。"),
    "query_method": ("query_method", "请写明获取该信息的方式、途径。"),
    "address": ("query_address", "请写明获取该信息的具体地址或者网址。"),
    "channel": ("legal_channel", "请写明申请人可以通过什么渠道提出或者获取，写到具体机关和办法。"),
    "applicant_explanation": ("explanation", "请写明要求申请人说明理由的情况，以及申请人说明的理由为什么不合理。"),
    "earlier_answer": ("earlier_answer", "请写明原答复的文号和日期。"),
}

NEEDS = frozenset({*_NEEDED, "withheld_list", "search_log", "completion", "organ", "published"})
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
    "YQ-S1-9-1",
    "YQ-S1-9-2",
    "YQ-S1-9-8",
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
        elif need == "withheld_list":
            if not draft.parts:
                raise Refused(
                    "部分公开应当逐项列明不予公开的部分，请先办理“登记不予公开的部分”，写明每一处的依据和理由，再拟办答复。"
                )
        elif need == "completion":
            if not draft.completed:
                raise Refused("本件没有发过补正告知书，不能认定“补正后仍不明确”。请先一次性告知申请人补正。")
        elif need == "published":
            if draft.published_on is None:
                raise Refused(
                    "请填写该信息主动公开的日期。应当主动公开而尚未公开的，先向社会公开，再将获取的地址告知申请人。"
                )
        elif need == "organ":
            if not draft.organ_unknown and not (draft.organ_name.strip() and draft.organ_contact.strip()):
                raise Refused("请写明负责公开该信息的机关名称和联系方式；确实无法确定的，请勾选“无法确定负责机关”。")
        else:
            field, sentence = _NEEDED[need]
            if not getattr(draft, field).strip():
                raise Refused(sentence)


@carries("YQ-S1-9-1")
def already_published(published_on: date | None, *, today: date) -> None:
    """Information that an answer points to must be public by the day of the draft: never promised for later."""
    if published_on is not None and published_on > today:
        raise Refused("信息主动公开的日期不能晚于今天：尚未公开的，先向社会公开，再答复申请人。")
