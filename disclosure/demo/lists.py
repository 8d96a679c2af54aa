"""What the lists of the demonstration say: items of the negative list in each body's own categories, items of the catalogue."""

from dataclasses import dataclass

from portal.organisation.models import Body, Department

from ..workflow.cataloguing import Elements
from .papers import Subject

CAUSE = "承担的职责调整，产生新的应当公开的信息。"
_REGULATION = "《中华人民共和国政府信息公开条例》第十五条"
_PERSONAL = "《中华人民共和国个人信息保护法》第二十五条"


@dataclass(frozen=True)
class Entry:
    """One item of the negative list: its category by the profile's code, and its words."""

    category: str
    title: str
    detail: str
    basis: str


TRADE = {"nx": "article15", "yc": "article15", "yq": "trade_secret", "ld": "article15", "wz": "trade_secret"}
PRIVATE = {"nx": "article15", "yc": "article15", "yq": "privacy", "ld": "article15", "wz": "privacy"}
"""Which category of a body's list protects trade secrets, and which personal matters."""


def entries_of(body: Body, subject: Subject) -> tuple[Entry, Entry, Entry, Entry, Entry]:
    """Five items: one too wide, one on persons, one for a time, the first worded anew, and one not yet listed."""
    trade, private = TRADE[body.code], PRIVATE[body.code]
    return (
        Entry(trade, "企业申报材料", f"企业在{subject.matter}中提交的全部申报材料。", _REGULATION),
        Entry(
            private,
            "办事人员的个人信息",
            "身份证件号码、住址、电话号码、银行账号。姓名、办理事项和结果按照规定公开。",
            _PERSONAL,
        ),
        Entry(private, "评审专家名单", f"{subject.event}评审期间，评审专家的姓名和联系方式。", _REGULATION),
        Entry(
            trade,
            "企业申报材料中的商业秘密",
            f"企业在{subject.matter}中提交的材料里，企业已经采取保密措施的工艺参数、客户名单和成本数据。其余内容依法公开。",
            _REGULATION,
        ),
        Entry(private, "投诉举报人的信息", "投诉人、举报人的姓名、单位和联系方式。处理结果依法公开。", _PERSONAL),
    )


def catalogue_of(body: Body, department: Department, subject: Subject, *, origin: str) -> dict[str, Elements]:
    """Five items of the catalogue by their codes, with all ten elements and their flow charts, drawn from one list."""

    def item(title: str, content: str, item: str, renewal: str, steps: tuple[str, ...], card: str = "") -> Elements:
        return Elements(
            title=title,
            content=content,
            renewal=renewal,
            subject=body.name,
            support=department.name,
            channel="本机关门户网站",
            column="法定主动公开内容",
            basis=f"《中华人民共和国政府信息公开条例》第二十条第（{item}）项",
            audience="社会公众",
            manner="主动公开",
            steps=steps,
            card=card,
            origin=origin,
        )

    usual = "自形成或者变更之日起20个工作日内"
    made = (
        "起草文件，同步确定公开属性",
        "承办机构负责人审核",
        "保密审查",
        "负责同志签发",
        "在门户网站发布",
        "同步发布政策解读",
    )
    matter, first = subject.matter, subject.measures[0]
    return {
        "ZC-01": item(
            f"{matter}政策文件",
            f"关于{matter}的政策文件及其解读",
            "一",
            usual,
            made,
            f"谁能享受：符合条件的单位和个人。\n有什么好处：{first}。\n怎样申请：在网上提交申请，不收取费用。\n咨询电话：{body.phone}。",
        ),
        "FW-01": item(
            f"{matter}办事指南",
            "办理条件、流程、时限、材料清单和咨询方式",
            "五",
            usual,
            ("编制或者修改办事指南", "承办机构负责人审核", "保密审查", "在门户网站发布", "按季度核对"),
        ),
        "CW-01": item(
            "部门预算和决算",
            "部门预算、决算及“三公”经费说明",
            "七",
            "自批复之日起20个工作日内",
            ("预算、决算获得批复", "编制公开说明", "审核签发", "在门户网站发布"),
        ),
        "XM-01": item(
            f"{subject.event}结果",
            "入选名单和评审结果",
            "十五",
            "自结果确定之日起7个工作日内",
            ("汇总评审结果", "审核签发", "公示5个工作日", "发布结果公告"),
        ),
        "TJ-01": item(
            f"{matter}季度情况",
            "工作进展和主要数据",
            "四",
            "每季度结束后15个工作日内",
            ("汇总数据", "核对并审核签发", "在门户网站发布"),
        ),
    }
