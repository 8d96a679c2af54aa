"""What a post allows: acts are permissions, roles are data in the profile, grants follow a post's life.

A role's acts become django-guardian grants on the body (公开办, leaders) or on the department (liaisons, heads).
A grant alone is not enough: `may` also asks for a live post, so that a post that ended yesterday allows nothing today
even if nothing has swept the grants away yet.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from guardian.models import UserObjectPermission

from portal.moment import local_date
from portal.regulations import library
from portal.regulations.registry import applies
from portal.regulations.schema import Role

from .models import Body, Department, Post, User


@dataclass(frozen=True)
class Reach:
    """Where somebody may do an act: whole bodies, and single departments. Values are primary keys."""

    bodies: frozenset[int]
    departments: frozenset[int]

    def covers(self, body_id: int, department_id: int | None) -> bool:
        return body_id in self.bodies or department_id in self.departments


NOWHERE = Reach(frozenset(), frozenset())


def role_of(post: Post, *, on: date) -> Role:
    """The role a post gives under the body's regulation in force on the day. Unknown roles raise KeyError."""
    return library.profile(post.body.profile, on).roles[post.role]


def place_of(post: Post, role: Role) -> tuple[str, int]:
    """("body" | "department", primary key): where the acts of a post's role may be done."""
    if role.scope == "department":
        return "department", post.department_id or 0
    return "body", post.body_id


@applies("role *")
def reach(user: User, act: str, *, at: datetime) -> Reach:
    """All places where `user` may do `act` at the moment `at`: granted, and held by a live post."""
    return reaches(user, at=at).get(act, NOWHERE)


def reaches(user: User, *, at: datetime) -> dict[str, Reach]:
    """Every act `user` may do at the moment `at`, with where: for pages that offer many acts. Two queries at most."""
    on = local_date(at)
    held: set[tuple[str, str, int]] = set()
    if user.is_active:
        for post in Post.objects.live(on=on).filter(user=user).select_related("body"):
            role = role_of(post, on=on)
            held |= {(act, *place_of(post, role)) for act in role.acts}
    if held:
        granted = UserObjectPermission.objects.filter(user=user, permission__codename__in={act for act, _, _ in held})
        rows = granted.values_list("permission__codename", "content_type__model", "object_pk")
        held &= {(act, model, int(pk)) for act, model, pk in rows}
    return {act: _reach_of(held, act) for act in {act for act, _, _ in held}}


def _reach_of(held: set[tuple[str, str, int]], act: str) -> Reach:
    return Reach(
        frozenset(pk for code, kind, pk in held if code == act and kind == "body"),
        frozenset(pk for code, kind, pk in held if code == act and kind == "department"),
    )


def may(user: User, act: str, on: Body | Department, *, at: datetime) -> bool:
    """Whether `user` may do `act` on a body or a department (a grant on the body covers its departments)."""
    here = reach(user, act, at=at)
    if isinstance(on, Department):
        return here.covers(on.body_id, on.pk)
    return here.covers(on.pk, None)


def holds(user: User, code: str, *, body: Body, department: Department | None, at: datetime) -> bool:
    """Whether `user` holds a live post of this role at a body, and at the department if the role is one of departments."""
    posts = Post.objects.live(on=local_date(at)).filter(user=user, body=body, role=code).select_related("body")
    return any(
        role_of(post, on=local_date(at)).scope == "body" or post.department_id == (department and department.pk)
        for post in posts
    )


def holders(act: str, *, body: Body, department: Department | None = None, at: datetime) -> list[User]:
    """Everybody whose live post allows `act` on the department (if given: its own people only) or on the body."""
    on = local_date(at)
    profile = library.profile(body.profile, on)
    scope = "body" if department is None else "department"
    codes = [role.code for role in profile.holders(act) if role.scope == scope]
    posts = Post.objects.live(on=on).filter(body=body, role__in=codes, user__is_active=True)
    if department is not None:
        posts = posts.filter(department=department)
    return list(User.objects.filter(pk__in=posts.values("user")).order_by("pk"))


@transaction.atomic
def appoint(
    user: User, role: str, *, body: Body, department: Department | None = None, starts_on: date, today: date
) -> Post:
    """Give a post from a day on, and the grants that go with it. A role the body's regulation does not know is a KeyError."""
    post = Post(user=user, body=body, department=department, role=role, starts_on=starts_on)
    if role_of(post, on=today).scope == "department" and department is None:
        raise ValueError(f"role {role} needs a department")
    post.save()
    sync_grants(user, on=today)
    return post


@transaction.atomic
def end_post(post: Post, *, ends_on: date, today: date) -> None:
    """End a post after the day `ends_on`; its grants go when that day is past."""
    post.ends_on = ends_on
    post.save(update_fields=("ends_on",))
    sync_grants(post.user, on=today)


def ensure_permissions(acts: set[str]) -> None:
    """Make every act a permission on bodies and on departments. Safe to repeat."""
    for model in (Body, Department):
        content_type = ContentType.objects.get_for_model(model)
        known = set(Permission.objects.filter(content_type=content_type).values_list("codename", flat=True))
        Permission.objects.bulk_create(
            Permission(content_type=content_type, codename=act, name=act) for act in sorted(acts - known)
        )


def sync_grants(user: User, *, on: date) -> None:
    """Make the guardian grants of `user` exactly those of the posts held on the day. Safe to repeat."""
    wanted = set()
    for post in Post.objects.live(on=on).filter(user=user).select_related("body"):
        role = role_of(post, on=on)
        wanted |= {(act, *place_of(post, role)) for act in role.acts}
    types = {
        "body": ContentType.objects.get_for_model(Body),
        "department": ContentType.objects.get_for_model(Department),
    }
    held = {
        (grant.permission.codename, grant.content_type.model, int(grant.object_pk)): grant.pk
        for grant in UserObjectPermission.objects.filter(user=user, content_type__in=types.values()).select_related(
            "permission", "content_type"
        )
    }
    surplus = [pk for key, pk in held.items() if key not in wanted]
    UserObjectPermission.objects.filter(pk__in=surplus).delete()
    missing = wanted - held.keys()
    permissions = {
        (permission.codename, permission.content_type_id): permission
        for permission in Permission.objects.filter(
            codename__in={act for act, _, _ in missing}, content_type__in=types.values()
        )
    }
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(
            user=user, permission=permissions[act, types[kind].pk], content_type=types[kind], object_pk=str(pk)
        )
        for act, kind, pk in sorted(missing)
    )


def sync_all_grants(*, on: date) -> int:
    """Sync everybody's grants; returns how many people hold or held posts. Run daily, after midnight."""
    users = User.objects.filter(posts__isnull=False).distinct()
    for user in users.iterator():
        sync_grants(user, on=on)
    return users.count()
