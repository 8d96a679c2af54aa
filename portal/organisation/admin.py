"""Who is who, kept by those who may appoint: bodies, departments, people, posts. Posts change only by `roles`.

Everything here is edited, so it has versions (django-simple-history); a post is given and ended, never rewritten.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, URLField
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from portal import moment
from portal.regulations import library

from . import roles
from .models import Body, Department, Post, User

APPOINT = "organisation.appoint"


def bodies_of(request: HttpRequest) -> frozenset[int]:
    """The bodies where this person may appoint: one answer for a request, however often it is asked."""
    if not hasattr(request, "_appointing"):
        user: Any = request.user
        reach = roles.reach(user, APPOINT, at=moment.now())
        request._appointing = reach.bodies  # type: ignore[attr-defined]
    return request._appointing  # type: ignore[attr-defined]


class Appointing(ModelAdmin):
    """Pages for those who may appoint at some body, showing only what belongs to it. Nothing is ever deleted."""

    actions = None
    body_path = "body"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        if request.user.is_superuser:
            return True
        # Asked of the thing itself as well: pages of versions find it without `get_queryset`.
        return bool(bodies_of(request)) and (obj is None or self.get_queryset(request).filter(pk=obj.pk).exists())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        everything = super().get_queryset(request)
        if request.user.is_superuser:
            return everything
        return everything.filter(**{f"{self.body_path}__in": bodies_of(request)}).distinct()


class Versioned(Appointing, SimpleHistoryAdmin):
    """With its versions, which are looked at and never put back: what changed once is changed again on the page itself."""

    def history_form_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        if request.method != "GET":
            raise PermissionDenied
        return super().history_form_view(request, *args, **options)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class BodyAdmin(Versioned):
    body_path = "pk"
    list_display = ("name", "code", "region", "phone")
    readonly_fields = ("code", "profile", "region", "number_stem")
    history_list_display = ("phone", "office_address")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a body comes with its regulation


class DepartmentAdmin(Versioned):
    list_display = ("name", "body", "is_openness_office", "order")
    list_filter = ("body",)
    search_fields = ("name",)
    ordering = ("body", "order", "pk")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "body" and not request.user.is_superuser:
            options["queryset"] = Body.objects.filter(pk__in=bodies_of(request))
        return super().formfield_for_foreignkey(db_field, request, **options)


class NewPersonForm(AdminUserCreationForm):
    """A new account with the person's name."""

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "name", "email")


class PersonAdmin(Appointing, UserAdmin):
    """Accounts are personal (LD-A1-19b). What one may do follows from posts alone, so no permission is ticked here."""

    body_path = "posts__body"
    list_display = ("username", "name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "name")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    add_form = NewPersonForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("人员", {"fields": ("name", "email", "is_active")}),
        ("记录", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "name", "email", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        # Somebody just created holds no post yet and belongs to nobody: who appoints must find them.
        everything = User.objects.filter(is_superuser=False)
        if request.user.is_superuser:
            return User.objects.all()
        return (everything.filter(posts__body__in=bodies_of(request)) | everything.filter(posts=None)).distinct()

    def save_model(self, request: HttpRequest, obj: User, form: forms.Form, change: bool) -> None:
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)


class PostForm(forms.ModelForm):
    """A new post. Its role must be one the body's regulation knows, and at the place that role asks for."""

    role = forms.ChoiceField(label="岗位角色")

    class Meta:
        model = Post
        fields = ("user", "body", "department", "role", "starts_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "role" in self.fields:
            profile = library.profile("national", moment.today())
            field: Any = self.fields["role"]
            field.choices = [(role.code, role.name) for role in profile.roles.values()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        body, department, code = data.get("body"), data.get("department"), data.get("role")
        if body is None or code is None:
            return data
        known = library.profile(body.profile, moment.today()).roles
        if code not in known:
            self.add_error("role", f"{body.short_name}的规定中没有这一岗位角色，请重新选择。")
        elif known[code].scope == "department" and department is None:
            self.add_error("department", "该岗位属于内设机构，请选择内设机构。")
        if department is not None and department.body_id != body.pk:
            self.add_error("department", "所选内设机构不属于该机关，请重新选择。")
        user, starts_on = data.get("user"), data.get("starts_on")
        if user and starts_on and _held(user, body, department, code).exclude(ends_on__lt=starts_on).exists():
            self.add_error("starts_on", "该人员在同一岗位的任职尚未终止，请先终止原任职，或者改为其后的日期。")
        return data


def _held(user: User, body: Body, department: Department | None, role: str) -> QuerySet[Post]:
    return Post.objects.filter(user=user, body=body, department=department, role=role)


class EndPostForm(forms.ModelForm):
    """Ending a post: the last day it is held."""

    class Meta:
        model = Post
        fields = ("ends_on",)

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day is None:
            raise forms.ValidationError("请填写任职的最后一天。岗位只能终止，不能改写。")
        post = self.instance
        if day < post.starts_on:
            raise forms.ValidationError("任职终止日期不能早于起始日期。")
        if post.ends_on is not None and post.ends_on < moment.today():
            raise forms.ValidationError("该任职已经终止，不能改写。重新任职的，请新增一条任职。")
        later = _held(post.user, post.body, post.department, post.role).filter(starts_on__gt=post.starts_on)
        if later.filter(starts_on__lte=day).exists():
            raise forms.ValidationError("该人员其后在同一岗位另有任职，终止日期应当早于那次任职的起始日期。")
        return day


class PostAdmin(Versioned):
    """Posts are given and ended by `roles.appoint` and `roles.end_post`, which keep the grants in step."""

    list_display = ("user", "role_name", "body", "department", "starts_on", "ends_on")
    list_filter = ("body", "role")
    list_select_related = ("user", "body", "department")
    search_fields = ("user__name", "user__username")
    ordering = ("body", "department", "role", "pk")
    autocomplete_fields = ()

    @admin.display(description="岗位角色", ordering="role")
    def role_name(self, post: Post) -> str:
        try:
            return roles.role_of(post, on=moment.today()).name
        except KeyError:
            return post.role

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change, form=EndPostForm if obj else PostForm, **options)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        given = ("user", "body", "department", "role", "starts_on")
        return (*given, "ends_on") if obj else given

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user", "body", "department", "role", "starts_on") if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if not request.user.is_superuser:
            if db_field.name == "body":
                options["queryset"] = Body.objects.filter(pk__in=bodies_of(request))
            elif db_field.name == "department":
                options["queryset"] = Department.objects.filter(body__in=bodies_of(request)).select_related("body")
            elif db_field.name == "user":
                options["queryset"] = User.objects.filter(is_superuser=False, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Post, form: forms.ModelForm, change: bool) -> None:
        today = moment.today()
        if change:
            roles.end_post(obj, ends_on=form.cleaned_data["ends_on"], today=today)
            return
        made = roles.appoint(
            obj.user, obj.role, body=obj.body, department=obj.department, starts_on=obj.starts_on, today=today
        )
        obj.pk, obj._state.adding = made.pk, False
        if obj.user.is_staff is False:
            messages.warning(request, f"{obj.user}的账号还不能登录工作平台，请联系系统管理员启用。")


admin.site.unregister(Group)  # what one may do follows from posts; a group would be a second way
admin.site.register(Body, BodyAdmin)
admin.site.register(Department, DepartmentAdmin)
admin.site.register(User, PersonAdmin)
admin.site.register(Post, PostAdmin)
