"""Appointing in the workplace: posts change only through `roles`, accounts are personal, nothing is deleted."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from portal import moment
from portal.ledger.models import Entry
from portal.organisation import roles
from portal.organisation.models import Post, User
from tests.cast import Cast
from tests.factories import at

DAY = "2026-11-20"


@pytest.fixture
def director(nx: Cast) -> Any:
    """何, who may appoint, on 20 November 2026."""
    client = Client()
    client.force_login(nx.he)
    with moment.rehearsing(at(DAY)):
        yield client


def test_the_director_appoints_and_the_grants_follow(nx: Cast, director: Client) -> None:
    answer = director.post(
        "/admin/organisation/post/add/",
        {"user": nx.zhao.pk, "body": nx.body.pk, "department": nx.department.pk, "role": "liaison", "starts_on": DAY},
    )

    assert answer.status_code == 302
    assert roles.reach(nx.zhao, "requests_ogi.draft", at=at(DAY)).departments == {nx.department.pk}


def test_ending_a_post_ends_what_it_allowed(nx: Cast, director: Client) -> None:
    post = Post.objects.get(user=nx.li)

    director.post(f"/admin/organisation/post/{post.pk}/change/", {"ends_on": DAY})

    assert Post.objects.get(pk=post.pk).ends_on == date(2026, 11, 20)
    assert not roles.reach(nx.li, "requests_ogi.draft", at=at("2026-11-21")).departments


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"department": ""}, "department"),
        ({"role": "emperor"}, "role"),
        ({"user": "li"}, "starts_on"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(
    nx: Cast, director: Client, changes: dict[str, str], field: str
) -> None:
    data = {"user": nx.zhao.pk, "body": nx.body.pk, "department": nx.department.pk, "role": "liaison", "starts_on": DAY}
    data |= {name: getattr(nx, value).pk if value == "li" else value for name, value in changes.items()}

    answer = director.post("/admin/organisation/post/add/", data)

    assert field in answer.context["adminform"].form.errors
    assert Post.objects.filter(user=nx.zhao).count() == 0


def test_a_post_that_is_over_is_not_rewritten(nx: Cast, director: Client) -> None:
    post = Post.objects.get(user=nx.li)
    roles.end_post(post, ends_on=date(2026, 11, 1), today=date(2026, 11, 20))

    answer = director.post(f"/admin/organisation/post/{post.pk}/change/", {"ends_on": "2027-01-01"})

    assert "已经终止" in answer.content.decode()


def test_the_director_opens_an_account_without_a_password_at_the_own_body(nx: Cast, director: Client) -> None:
    new = {"username": "sun", "name": "孙一", "email": "", "home": nx.body.pk}

    answer = director.post("/admin/organisation/user/add/", new)

    sun = User.objects.get(username="sun")
    assert answer.status_code == 302
    assert (sun.is_staff, sun.home, sun.has_usable_password()) == (True, nx.body, False)


def test_an_account_is_never_opened_at_a_body_of_others(nx: Cast, wz: Cast, director: Client) -> None:
    new = {"username": "sun", "name": "孙一", "email": "", "home": wz.body.pk}

    answer = director.post("/admin/organisation/user/add/", new)

    assert "home" in answer.context["adminform"].form.errors
    assert not User.objects.filter(username="sun").exists()


@pytest.mark.parametrize("name", ["li", "ji", "zhao"])
def test_the_people_of_another_body_cannot_be_chosen(nx: Cast, wz: Cast, director: Client, name: str) -> None:
    stranger = getattr(wz, name)
    data = {"body": nx.body.pk, "department": nx.department.pk, "role": "liaison", "starts_on": DAY}

    shown = director.get("/admin/organisation/post/add/").content.decode()
    answer = director.post("/admin/organisation/post/add/", data | {"user": stranger.pk})

    assert f'value="{stranger.pk}"' not in shown
    assert "user" in answer.context["adminform"].form.errors
    assert stranger.posts.filter(body=nx.body).count() == 0


@pytest.mark.parametrize("role", ["openness_director", "leader_in_charge", "discipline"])
def test_posts_that_watch_over_others_are_not_offered_and_not_given(nx: Cast, director: Client, role: str) -> None:
    data = {"user": nx.zhao.pk, "body": nx.body.pk, "department": "", "role": role, "starts_on": DAY}

    answer = director.post("/admin/organisation/post/add/", data)

    assert "role" in answer.context["adminform"].form.errors
    assert not nx.zhao.posts.exists()


@pytest.mark.parametrize("name", ["he", "ma", "ji"])
def test_accounts_that_watch_over_others_and_the_own_one_are_only_looked_at(
    nx: Cast, director: Client, name: str
) -> None:
    person = getattr(nx, name)
    before, page = person.password, f"/admin/organisation/user/{person.pk}/"

    looked = director.get(f"{page}change/").status_code
    tried = {
        director.post(f"{page}change/", {"name": "改名", "email": ""}).status_code,
        director.get(f"{page}password/").status_code,
        director.post(f"{page}password/").status_code,
        director.post(f"/admin/organisation/post/{person.posts.get().pk}/change/", {"ends_on": DAY}).status_code,
    }

    person.refresh_from_db()
    assert (looked, tried) == (200, {403})
    assert (person.password, person.is_active, person.posts.get().ends_on) == (before, True, None)


def test_an_account_is_closed_and_opened_again_on_record(nx: Cast, director: Client) -> None:
    page, data = f"/admin/organisation/user/{nx.li.pk}/change/", {"name": nx.li.name, "email": ""}

    director.post(page, data)
    closed = User.objects.get(pk=nx.li.pk).is_active
    director.post(page, data | {"is_active": "on"})

    assert (closed, User.objects.get(pk=nx.li.pk).is_active) == (False, True)
    assert [entry.verb for entry in Entry.objects.order_by("seq")] == ["deactivate", "reactivate"]


def link_for(person: User, director: Client) -> str:
    answer = director.post(f"/admin/organisation/user/{person.pk}/password/")
    return re.search(r"<code>http://testserver(\S+)</code>", answer.content.decode())[1]


def set_password(link: str, password: str) -> Any:
    """What the holder of a link does in a browser of their own."""
    browser = Client()
    form = browser.get(link, follow=True)
    data = {"new_password1": password, "new_password2": password}
    return browser.post(form.redirect_chain[-1][0], data) if form.redirect_chain else form


NEW = "renmin-2026-gongkai"


def test_the_holder_of_the_link_sets_the_password_once(nx: Cast, director: Client) -> None:
    link = link_for(nx.li, director)

    first, second = set_password(link, NEW), set_password(link, "somebody-else-2026")

    assert first.status_code == 302
    assert "已经用过" in second.content.decode()
    assert User.objects.get(pk=nx.li.pk).check_password(NEW)


def test_a_weak_password_is_refused_on_the_page_of_the_link(nx: Cast, director: Client) -> None:
    answer = set_password(link_for(nx.li, director), "12345678")

    assert answer.status_code == 200
    assert "密码" in answer.context["form"].errors.as_text()


def test_making_a_link_voids_the_password_and_the_links_before_it(nx: Cast, director: Client) -> None:
    earlier = link_for(nx.li, director)
    link_for(nx.li, director)

    assert not User.objects.get(pk=nx.li.pk).has_usable_password()
    assert "已经用过" in set_password(earlier, NEW).content.decode()


@pytest.mark.parametrize(("hours", "opens"), [(23, True), (25, False)])
def test_a_link_is_good_for_a_day(nx: Cast, director: Client, hours: int, opens: bool) -> None:
    link = link_for(nx.li, director)

    with moment.rehearsing(at(DAY) + timedelta(hours=hours)):
        set_password(link, NEW)

    assert User.objects.get(pk=nx.li.pk).check_password(NEW) is opens


def test_the_link_of_a_closed_account_opens_nothing(nx: Cast, director: Client) -> None:
    link = link_for(nx.li, director)
    User.objects.filter(pk=nx.li.pk).update(is_active=False)

    assert "已经用过" in set_password(link, NEW).content.decode()


def test_asking_for_the_page_makes_no_link(nx: Cast, director: Client) -> None:
    director.get(f"/admin/organisation/user/{nx.li.pk}/password/")

    assert User.objects.get(pk=nx.li.pk).has_usable_password()


def test_the_discipline_officer_reads_what_the_director_did_to_people(nx: Cast, director: Client) -> None:
    director.post(
        "/admin/organisation/post/add/",
        {"user": nx.zhao.pk, "body": nx.body.pk, "department": nx.department.pk, "role": "liaison", "starts_on": DAY},
    )
    director.post(f"/admin/organisation/post/{Post.objects.get(user=nx.li).pk}/change/", {"ends_on": DAY})
    link_for(nx.wu, director)

    discipline = Client()
    discipline.force_login(nx.ji)
    read = discipline.get("/admin/ledger/").content.decode()

    assert "任命nx-zhao担任联络员（信息员），自2026年11月20日起" in read
    assert "终止nx-li的联络员（信息员）任职，最后一日为2026年11月20日" in read
    assert "为账号nx-wu生成了一次性设置密码链接" in read


def test_the_director_sees_only_the_people_of_the_body(nx: Cast, wz: Cast, director: Client) -> None:
    shown = director.get("/admin/organisation/user/").content.decode()

    assert "nx-li" in shown
    assert "wz-li" not in shown
    assert director.get(f"/admin/organisation/user/{wz.li.pk}/change/").status_code == 302


def test_others_find_no_pages_of_people(nx: Cast) -> None:
    client = Client()
    client.force_login(nx.li)

    assert client.get("/admin/organisation/post/").status_code == 403
    assert client.get("/admin/organisation/user/").status_code == 403


def test_nobody_deletes_a_person_or_a_post(nx: Cast, director: Client) -> None:
    post = Post.objects.get(user=nx.li)

    assert director.post(f"/admin/organisation/post/{post.pk}/delete/", {"post": "yes"}).status_code == 403
    assert director.post(f"/admin/organisation/user/{nx.li.pk}/delete/", {"post": "yes"}).status_code == 403
