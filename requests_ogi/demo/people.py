"""The people of the demonstration: staff of each body, and applicants. None of them exists."""

from dataclasses import dataclass
from datetime import date

from portal.organisation import roles
from portal.organisation.models import Body, Department, User
from portal.regulations import library

from ..filing import Person
from ..vocabulary import ApplicantKind, IdentityDocument

PASSWORD = "zwgk-demo-2026"  # noqa: S105 - the password of a trial, printed by `make run`

ROLES = (
    ("office", "openness_office", "公开办工作人员：登记、分办、送达申请；保密审查、发布、撤下文件，管理清单和目录"),
    ("director", "openness_director", "公开办主任：审签、延期、认定逾期；公布清单和清理结果"),
    ("leader", "leader_in_charge", "分管领导：审签答复、签发文件"),
    ("group", "leading_group_head", "领导小组组长"),
    ("principal", "principal_leader", "主要负责人：查看全部事项、签发文件"),
    ("discipline", "discipline", "纪检监察：查看、核验办理记录"),
    ("liaison", "liaison", "承办机构联络员：拟办答复；起草文件、上传附件、送审"),
    ("head", "department_head", "承办机构负责人：审核文件、答复会签、审核目录申请"),
    ("liaison2", "liaison", "另一承办机构联络员"),
)
_STAFF = {
    "nx": "马文博 丁海燕 贺建军 哈玉成 杨学林 纳正清 沙秀梅 苏志强 田晓娟",
    "yc": "刘思源 白慧敏 谢长河 金树宁 韩卫东 罗正言 高雅琴 曹立群 温静怡",
    "yq": "郝志鹏 荆秋月 石成山 药继先 王守信 冀公正 延俊梅 史振宇 梁小荷",
    "ld": "罗启明 韦秀英 陆正方 黄德厚 王兴黔 班守纪 岑小兰 杨再林 蒙丽娜",
    "wz": "梁伟健 覃素芬 莫家骏 李桂生 陈振邦 黎清源 苏倩云 冼文杰 钟晓彤",
}
SINCE = date(2024, 1, 2)


@dataclass(frozen=True)
class Staff:
    """The people of one body, by what they do; `liaisons` by department."""

    body: Body
    office: User
    director: User
    leader: User
    group: User
    discipline: User
    liaisons: dict[Department, User]

    def extender(self, approver_role: str) -> User:
        """Who grants an extension here, by the role the profile names."""
        return self.group if approver_role == "leading_group_head" else self.director


def appoint_staff(body: Body, *, today: date) -> Staff:
    """Create the accounts of a body and give them their posts. Two departments have their own people."""
    departments = list(body.departments.filter(is_openness_office=False).order_by("order"))
    places = {"liaison": departments[0], "head": departments[0], "liaison2": departments[1]}
    people = {}
    for (key, role, _), name in zip(ROLES, _STAFF[body.code].split(), strict=True):
        user = User.objects.create_user(
            username(body.code, key), password=PASSWORD, name=name, is_staff=True, home=body
        )
        roles.appoint(user, role, body=body, department=places.get(key), starts_on=SINCE, today=today)
        people[key] = user
    if keeper := library.profile(body.profile, today).option("register.keeper"):
        roles.appoint(people["office"], str(keeper), body=body, starts_on=SINCE, today=today)
    return Staff(
        body=body,
        office=people["office"],
        director=people["director"],
        leader=people["leader"],
        group=people["group"],
        discipline=people["discipline"],
        liaisons={departments[0]: people["liaison"], departments[1]: people["liaison2"]},
    )


def username(body_code: str, key: str) -> str:
    """The account name of a person in the demonstration, e.g. nx-office."""
    return f"{body_code}-{key}"


_SURNAMES = "赵钱孙周吴郑冯褚卫蒋沈朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = tuple(
    "晓东 丽华 建平 秀兰 志刚 雪梅 国强 玉珍 俊杰 春燕 立民 海霞 永康 佳怡 文斌 思雨 振兴 晓琳 家旺 雅静".split()  # noqa: SIM905
)
_FIRMS = (
    ("企业", ApplicantKind.BUSINESS, "{}某某科技有限公司"),
    ("研究", ApplicantKind.RESEARCH, "{}某某产业研究院"),
    ("公益", ApplicantKind.CHARITY, "{}某某环境保护志愿者协会"),
    ("律所", ApplicantKind.LEGAL_SERVICE, "{}某某律师事务所"),
    ("其他", ApplicantKind.OTHER, "{}某某行业商会"),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def applicant(body: Body, number: int, *, electronic: bool) -> Person:
    """An applicant for the n-th request of a body; every fourth is an organisation."""
    name = _SURNAMES[number * 7 % len(_SURNAMES)] + _GIVEN[number * 3 % len(_GIVEN)]
    contact = {
        "phone": f"1380000{number:04d}",
        "email": f"applicant{number}@example.test" if electronic else "",
        "address": f"（演示地址）某某路{number % 90 + 1}号",
        "postcode": body.postcode,
    }
    if number % 4:
        return Person(
            kind=ApplicantKind.NATURAL,
            name=name,
            identity_document=IdentityDocument.RESIDENT_ID,
            identity_number=resident_id(number),
            **contact,
        )
    _, kind, pattern = _FIRMS[number // 4 % len(_FIRMS)]
    return Person(
        kind=kind,
        name=pattern.format(body.short_name[:2]),
        identity_document=IdentityDocument.CREDIT_CODE,
        identity_number=credit_code(number),
        representative=name,
        **contact,
    )


def resident_id(number: int) -> str:
    """A number with a right check digit in district 000000, which does not exist."""
    stem = f"000000{1960 + number % 40}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(stem, _WEIGHTS, strict=True))
    return stem + "10X98765432"[total % 11]


def credit_code(number: int) -> str:
    """A credit code with a right check character in district 000000, which does not exist."""
    stem = f"91000000MA{number:07d}"
    total = sum(_CREDIT.index(character) * 3**place % 31 for place, character in enumerate(stem))
    return stem + _CREDIT[-total % 31]
