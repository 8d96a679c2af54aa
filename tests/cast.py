"""The cast of every story, the same at each body: who they are and which post they hold.

Applicant 王 files; liaison 李 and department head 周 belong to the first business department; 陈 is the office, 何 its
director, 马 the leader in charge, 冯 heads the leading group, 郭 the principal leader, 纪 the discipline officer; 吴 is the liaison of another
department; 赵 is a stranger with an account and no post.
"""

from dataclasses import dataclass
from datetime import date

from portal.organisation import roles
from portal.organisation.models import Body, Department, User

PASSWORD = "only-for-rehearsals-1"
SINCE = date(2017, 1, 1)


@dataclass(frozen=True)
class Cast:
    """One body with its people."""

    body: Body
    department: Department
    other_department: Department
    li: User
    zhou: User
    wu: User
    chen: User
    he: User
    ma: User
    feng: User
    guo: User
    ji: User
    zhao: User


PEOPLE = {
    "li": ("李文静", "liaison"),
    "zhou": ("周建国", "department_head"),
    "wu": ("吴晓燕", "liaison"),
    "chen": ("陈立新", "openness_office"),
    "he": ("何志远", "openness_director"),
    "ma": ("马玉兰", "leader_in_charge"),
    "feng": ("冯守义", "leading_group_head"),
    "guo": ("郭振华", "principal_leader"),
    "ji": ("纪正平", "discipline"),
    "zhao": ("赵无关", None),
}


def assemble(body: Body, *, today: date) -> Cast:
    """Appoint the cast at a body."""
    first, second = body.departments.filter(is_openness_office=False).order_by("order")[:2]
    places = {"li": first, "zhou": first, "wu": second}
    people = {}
    for key, (name, role) in PEOPLE.items():
        user = User.objects.create_user(f"{body.code}-{key}", password=PASSWORD, name=name, is_staff=True, home=body)
        if role is not None:
            roles.appoint(user, role, body=body, department=places.get(key), starts_on=SINCE, today=today)
        people[key] = user
    return Cast(body=body, department=first, other_department=second, **people)
