"""Who is who, kept by those who may appoint: bodies, departments, people, posts. What is done is done by `appointing`.

Everything here is edited, so it has versions (django-simple-history); a post is given and ended, never rewritten.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlsafe_base64_encode
from simple_history.admin import SimpleHistoryAdmin

from portal import moment
from portal.organisation import roles
from portal.organisation.models import Body, Department, Post, User
from portal.regulations import library
from portal.workflow import appointing


def places_of(request: HttpRequest) -> frozenset[int]:
    """The bodies where this person may appoint: one answer for a request, however often it is asked."""
    if not request.user.is_authenticated:
        return frozenset()
    if not hasattr(request, "_appointing"):
        found = appointing.places(request.user, at=moment.now())
        request._appointing = frozenset(found.values_list("pk", flat=True))
    return request._appointing


class Appointing(ModelAdmin):
    """Pages for those who may appoint at some body, showing only what belongs to it. Nothing is ever deleted."""

    actions = None
    body_path = "body"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        # Asked of the thing itself as well: pages of versions find it without `get_queryset`.
        return bool(places_of(request)) and (obj is None or self.get_queryset(request).filter(pk=obj.pk).exists())

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
        return super().get_queryset(request).filter(**{f"{self.body_path}__in": places_of(request)}).distinct()


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
    readonly_fields = ("code", "profile", "region", "number_stem", "document_stem")
    history_list_display = ("phone", "office_address")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a body comes with its regulation


class DepartmentAdmin(Versioned):
    list_display = ("name", "body", "is_openness_office", "order")
    list_filter = ("body",)
    search_fields = ("name",)
    ordering = ("body", "order", "pk")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "body":
            options["queryset"] = Body.objects.filter(pk__in=places_of(request))
        elif db_field.name == "supervisor":
            options["queryset"] = Department.objects.filter(body__in=places_of(request)).order_by("body", "order", "pk")
        return super().formfield_for_foreignkey(db_field, request, **options)


class NewPersonForm(forms.ModelForm):
    """A new account. Its holder sets the password through a one-time link; nobody types one in here."""

    class Meta:
        model = User
        fields = ("username", "name", "email", "home")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["home"].required = True


class PersonAdmin(Appointing, UserAdmin):
    """Accounts are personal (LD-A1-19b). What one may do follows from posts alone, so no permission is ticked here."""

    list_display = ("username", "name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "name")
    ordering = ("username",)
    filter_horizontal = ()
    add_form = NewPersonForm
    fieldsets = (
        (None, {"fields": ("username", "way_to_password")}),
        ("人员", {"fields": ("name", "email", "home", "is_active")}),
        ("记录", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "name", "email", "home")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return appointing.people_of(request.user, at=moment.now())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        # The ledger names people by their account; where somebody comes from decides who finds them.
        fixed = ("username", "way_to_password", "last_login", "date_joined")
        return fixed if request.user.is_superuser else (*fixed, "home")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj) and (obj is None or self._rules_over(request, obj))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "home":
            here = Body.objects.filter(pk__in=places_of(request))
            options |= {"queryset": here, "initial": here.first() if len(here) == 1 else None}
        return super().formfield_for_foreignkey(db_field, request, **options)

    @admin.display(description="密码")
    def way_to_password(self, user: User) -> str:
        state = "已设置" if user.has_usable_password() else "尚未设置"
        page = reverse("admin:auth_user_password_change", args=(user.pk,))
        return format_html('{}　<a href="{}">生成设置密码链接</a>', state, page)

    def save_model(self, request: HttpRequest, obj: User, form: forms.Form, change: bool) -> None:
        if not change:
            appointing.open_account(obj, by=request.user, at=moment.now())
            messages.info(request, "账号已经开通，尚无密码。请在本页生成设置密码链接，交给本人使用。")
            return
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data:
            appointing.set_active(obj, obj.is_active, by=request.user, at=moment.now())

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Instead of a password: a one-time link, shown once, to be handed to the person."""
        user = self.get_object(request, id)
        if user is None or not self._rules_over(request, user):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {"title": "设置密码链接", "opts": self.opts, "person": user}
        if request.method == "POST":
            try:
                token = appointing.reset_password(user, by=request.user, at=moment.now())
            except appointing.Unfit as refusal:
                context["refusal"] = refusal
            else:
                where = (urlsafe_base64_encode(str(user.pk).encode()), token)
                context["link"] = request.build_absolute_uri(reverse("admin:set_password", args=where))
        return TemplateResponse(request, "admin/organisation/password_link.html", context)

    def _rules_over(self, request: HttpRequest, user: User) -> bool:
        return bool(places_of(request)) and appointing.rules_over(request.user, user, at=moment.now())


class PostForm(forms.ModelForm):
    """A new post. `by` is who appoints; what may not be given is not offered, and judged all the same."""

    by: User
    role = forms.ChoiceField(label="岗位角色")

    class Meta:
        model = Post
        fields = ("user", "body", "department", "role", "starts_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["role"]
        known = library.profile("national", moment.today()).roles.values()
        field.choices = [
            (role.code, role.name) for role in known if self.by.is_superuser or not appointing.watches(role)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"user", "body", "role", "starts_on"} <= {name for name, value in data.items() if value}:
            return data
        try:
            appointing.judge_appointment(**data, by=self.by, at=moment.now())
        except appointing.Unfit as refusal:
            self.add_error(refusal.field, str(refusal))
        return data


class EndPostForm(forms.ModelForm):
    """Ending a post: the last day it is held."""

    by: User

    class Meta:
        model = Post
        fields = ("ends_on",)

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day is None:
            raise forms.ValidationError("请填写任职的最后一天。岗位只能终止，不能改写。")
        try:
            appointing.judge_end(self.instance, ends_on=day, by=self.by, at=moment.now())
        except appointing.Unfit as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return day


class PostAdmin(Versioned):
    """Posts are given and ended by `appointing`, which keeps the grants in step and tells the ledger."""

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
        form = EndPostForm if obj else PostForm
        return type(
            form.__name__, (super().get_form(request, obj, change, form=form, **options),), {"by": request.user}
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj) and (obj is None or appointing.may_end(request.user, obj, at=moment.now()))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        given = ("user", "body", "department", "role", "starts_on")
        return (*given, "ends_on") if obj else given

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user", "body", "department", "role", "starts_on") if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "body":
            options["queryset"] = Body.objects.filter(pk__in=places_of(request))
        elif db_field.name == "department":
            options["queryset"] = Department.objects.filter(body__in=places_of(request)).select_related("body")
        elif db_field.name == "user":
            people = appointing.people_of(request.user, at=moment.now())
            options["queryset"] = people.filter(is_active=True).exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Post, form: forms.ModelForm, change: bool) -> None:
        by, at = request.user, moment.now()
        if change:
            appointing.end_post(obj, ends_on=form.cleaned_data["ends_on"], by=by, at=at)
            return
        given = {"body": obj.body, "department": obj.department, "starts_on": obj.starts_on}
        made = appointing.appoint(obj.user, obj.role, **given, by=by, at=at)
        obj.pk, obj._state.adding = made.pk, False
        if obj.user.is_staff is False:
            messages.warning(request, f"{obj.user}的账号还不能登录工作平台，请联系系统管理员启用。")


admin.site.unregister(Group)  # what one may do follows from posts; a group would be a second way
admin.site.register(Body, BodyAdmin)
admin.site.register(Department, DepartmentAdmin)
admin.site.register(User, PersonAdmin)
admin.site.register(Post, PostAdmin)
