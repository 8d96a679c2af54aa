"""Who is given a post or an account, and who loses it: the acts of those who may appoint, each with its ledger entry.

A director rules over the people of the own body only, and there not over those who watch over others: posts that approve,
appoint or audit are given, ended and served by the system's administrator. Nobody changes what they hold themselves.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from portal.ledger import service as ledger
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, Department, Post, User
from portal.organisation.password_link import one_time_link
from portal.regulations import library
from portal.regulations.schema import Role

from .engine import NotAllowed

APPOINT = "organisation.appoint"
WATCHING = frozenset({"approve", "appoint", "audit"})
"""The last word of acts that watch over other people's work."""

ledger.describe("open_account", "开通了账号{number}")
ledger.describe("appoint", "任命{number}担任{title}，自{starts_on}起")
ledger.describe("end_post", "终止{number}的{title}任职，最后一日为{ends_on}")
ledger.describe("deactivate", "停用了账号{number}")
ledger.describe("reactivate", "重新启用了账号{number}")
ledger.describe("reset_password", "为账号{number}生成了一次性设置密码链接，原密码同时失效")


class Unfit(NotAllowed):
    """A refused appointment; `field` is what has to be filled in differently."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def places(by: User, *, at: datetime) -> QuerySet[Body]:
    """The bodies where somebody may appoint; the administrator's are all."""
    if by.is_superuser and by.is_active:
        return Body.objects.all()
    return Body.objects.filter(pk__in=roles.reach(by, APPOINT, at=at).bodies)


def people_of(by: User, *, at: datetime) -> QuerySet[User]:
    """Whom somebody may appoint: people all of whose posts, now and later, lie where `by` appoints, and people without a
    post whose account was opened there.
    """
    if by.is_superuser and by.is_active:
        return User.objects.all()
    here, held = places(by, at=at), Post.objects.lasting(on=local_date(at))
    ours = User.objects.filter(is_superuser=False).exclude(pk__in=held.exclude(body__in=here).values("user"))
    return ours.filter(Q(pk__in=held.values("user")) | Q(home__in=here))


def watches(role: Role) -> bool:
    """Whether a role watches over other people's work: approves it, appoints them or audits them."""
    return any(act.rpartition(".")[2] in WATCHING for act in role.acts)


def rules_over(by: User, user: User, *, at: datetime) -> bool:
    """Whether `by` may change, close and reopen this account: never the own one, nor one that watches over others."""
    if user.pk == by.pk or not people_of(by, at=at).filter(pk=user.pk).exists():
        return False
    return by.is_superuser or not any(watches(role) for role in _roles_of(user, on=local_date(at)))


def may_end(by: User, post: Post, *, at: datetime) -> bool:
    """Whether `by` may end this post."""
    if post.user_id == by.pk or not places(by, at=at).filter(pk=post.body_id).exists():
        return False
    return by.is_superuser or not watches(roles.role_of(post, on=local_date(at)))


def judge_appointment(
    user: User, role: str, *, body: Body, department: Department | None, starts_on: date, by: User, at: datetime
) -> Role:
    """The role that would be given. Raises Unfit, naming the field, when it may not be."""
    today = local_date(at)
    if user.pk == by.pk:
        raise Unfit("user", "不能给自己任职，请由系统管理员办理。")
    if not places(by, at=at).filter(pk=body.pk).exists():
        raise Unfit("body", "您只能办理本机关的任职，请重新选择机关。")
    if not people_of(by, at=at).filter(pk=user.pk).exists():
        raise Unfit("user", "该人员在其他机关任职或者由其他机关开通账号，请由系统管理员办理。")
    given = library.profile(body.profile, today).roles.get(role)
    if given is None:
        raise Unfit("role", f"{body.short_name}的规定中没有这一岗位角色，请重新选择。")
    if watches(given) and not by.is_superuser:
        raise Unfit("role", f"“{given.name}”承担审签、任免或者监督职责，请由系统管理员任命。")
    if given.scope == "department" and department is None:
        raise Unfit("department", "该岗位属于内设机构，请选择内设机构。")
    if department is not None and department.body_id != body.pk:
        raise Unfit("department", "所选内设机构不属于该机关，请重新选择。")
    if starts_on < today:
        raise Unfit("starts_on", "任职起始日期不能早于今天，已经过去的日子不能补记岗位职责。")
    if same_post(user, body, department, role).lasting(on=starts_on).exists():
        raise Unfit("starts_on", "该人员在同一岗位的任职尚未终止，请先终止原任职，或者改为其后的日期。")
    if _would_draft_and_approve(user, given, body=body, starts_on=starts_on):
        raise Unfit("role", "同一人在同一机关不能既承担拟办又承担审签，请先终止原任职，或者另择人选。")
    return given


@transaction.atomic
def open_account(user: User, *, by: User, at: datetime) -> None:
    """Store a new account for the workplace. It has no password until its holder sets one through the one-time link."""
    if user.home is None or not places(by, at=at).filter(pk=user.home.pk).exists():
        raise Unfit("home", "请选择您负责的机关。")
    user.is_staff = True
    user.set_unusable_password()
    user.save()
    _record("open_account", user, by=by, at=at)


@transaction.atomic
def appoint(
    user: User, role: str, *, body: Body, department: Department | None, starts_on: date, by: User, at: datetime
) -> Post:
    """Give a post from a day on. Raises Unfit."""
    User.objects.select_for_update().get(pk=user.pk)  # two appointments at once would not see each other
    given = judge_appointment(user, role, body=body, department=department, starts_on=starts_on, by=by, at=at)
    post = roles.appoint(user, role, body=body, department=department, starts_on=starts_on, today=local_date(at))
    _record_post("appoint", post, given, by=by, at=at, starts_on=starts_on.isoformat())
    return post


@transaction.atomic
def end_post(post: Post, *, ends_on: date, by: User, at: datetime) -> None:
    """End a post after the day `ends_on`. Raises Unfit."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    judge_end(post, ends_on=ends_on, by=by, at=at)
    roles.end_post(post, ends_on=ends_on, today=local_date(at))
    given = roles.role_of(post, on=local_date(at))
    _record_post("end_post", post, given, by=by, at=at, ends_on=ends_on.isoformat())


def judge_end(post: Post, *, ends_on: date, by: User, at: datetime) -> None:
    """Raises Unfit when the post may not end on that day, or not by this person's hand."""
    if not may_end(by, post, at=at):
        raise Unfit("ends_on", "您不能终止本人的任职，也不能终止审签、任免或者监督岗位的任职，请由系统管理员办理。")
    if ends_on < post.starts_on:
        raise Unfit("ends_on", "任职终止日期不能早于起始日期。")
    if post.ends_on is not None and post.ends_on < local_date(at):
        raise Unfit("ends_on", "该任职已经终止，不能改写。重新任职的，请新增一条任职。")
    later = same_post(post.user, post.body, post.department, post.role).filter(starts_on__gt=post.starts_on)
    if later.filter(starts_on__lte=ends_on).exists():
        raise Unfit("ends_on", "该人员其后在同一岗位另有任职，终止日期应当早于那次任职的起始日期。")


@transaction.atomic
def set_active(user: User, active: bool, *, by: User, at: datetime) -> None:
    """Close an account, or open it again. Raises Unfit."""
    _judge_rule(by, user, at=at)
    User.objects.filter(pk=user.pk).update(is_active=active)
    _record("reactivate" if active else "deactivate", user, by=by, at=at)


@transaction.atomic
def reset_password(user: User, *, by: User, at: datetime) -> str:
    """Void the password and every earlier link, and answer the token of a new one-time link. Raises Unfit."""
    _judge_rule(by, user, at=at)
    user.set_unusable_password()
    user.save(update_fields=("password",))
    _record("reset_password", user, by=by, at=at)
    return one_time_link.make_token(user)


def same_post(user: User, body: Body, department: Department | None, role: str) -> Any:
    """Every time somebody was given this very post."""
    return Post.objects.filter(user=user, body=body, department=department, role=role)


def _judge_rule(by: User, user: User, *, at: datetime) -> None:
    if not rules_over(by, user, at=at):
        raise Unfit(
            "is_active",
            "您不能办理本人的账号，也不能办理其他机关人员或者承担审签、任免、监督职责人员的账号，请由系统管理员办理。",
        )


def _roles_of(user: User, *, on: date) -> Iterable[Role]:
    for post in Post.objects.lasting(on=on).filter(user=user).select_related("body"):
        yield roles.role_of(post, on=on)


def _would_draft_and_approve(user: User, given: Role, *, body: Body, starts_on: date) -> bool:
    known = library.profile(body.profile, starts_on).roles
    codes = Post.objects.lasting(on=starts_on).filter(user=user, body=body).values_list("role", flat=True)
    acts = set(given.acts).union(*(known[code].acts for code in codes))
    return any(f"{act.removesuffix('.draft')}.approve" in acts for act in acts if act.endswith(".draft"))


def _record_post(verb: str, post: Post, role: Role, *, by: User, at: datetime, **told: str) -> None:
    subject = ledger.Subject(post.body.code, "organisation.post", str(post.pk), post.user.username)
    place = {"department": post.department.code} if post.department else {}
    ledger.record(verb, subject, by=by, at=at, told={"role": role.code, "title": role.name} | place | told)


def _record(verb: str, user: User, *, by: User, at: datetime) -> None:
    """One entry in the ledger of every body the person belongs to. Raises Unfit when that is none."""
    posts = Post.objects.lasting(on=local_date(at)).filter(user=user)
    codes = set(posts.values_list("body__code", flat=True)) or ({user.home.code} if user.home else set())
    if not codes:
        raise Unfit("home", "该账号没有所属机关，无法记入台账。请先填写开通账号的机关。")
    subjects = (ledger.Subject(code, "organisation.user", str(user.pk), user.username) for code in codes)
    ledger.record_many(ledger.Deed(verb=verb, subject=subject, by=by, at=at) for subject in subjects)
