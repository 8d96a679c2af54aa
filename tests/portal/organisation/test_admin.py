"""Appointing in the workplace: posts change only through `roles`, accounts are personal, nothing is deleted."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal import moment
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


def test_the_director_creates_an_account_that_opens_the_workplace(nx: Cast, director: Client) -> None:
    password = "renmin-2026-gongkai"

    answer = director.post(
        "/admin/organisation/user/add/",
        {
            "username": "sun",
            "name": "孙一",
            "email": "",
            "usable_password": "true",
            "password1": password,
            "password2": password,
        },
    )

    assert answer.status_code == 302
    assert User.objects.get(username="sun").is_staff


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
