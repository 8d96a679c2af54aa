"""What a post allows, from its first day to its last."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from guardian.models import UserObjectPermission

from portal.organisation import roles
from portal.organisation.models import Body, Department, Post, User
from portal.organisation.tasks import sync_grants
from portal.regulations import library
from tests.cast import Cast
from tests.factories import at

TODAY = date(2026, 3, 2)
D = timedelta(days=1)


@pytest.fixture
def zhao(db: None) -> User:
    return User.objects.create_user("zhao", name="赵无关", is_staff=True)


@pytest.fixture
def body(db: None) -> Body:
    return Body.objects.get(code="nx")


@pytest.fixture
def department(body: Body) -> Department:
    return body.departments.first()


def appointed(user: User, role: str, body: Body, department: Department | None = None, *, since: date = TODAY) -> Post:
    return roles.appoint(user, role, body=body, department=department, starts_on=since, today=TODAY)


def test_a_liaison_may_draft_in_their_own_department_only(zhao: User, body: Body, department: Department) -> None:
    other = body.departments.exclude(pk=department.pk).first()

    appointed(zhao, "liaison", body, department)

    assert roles.may(zhao, "requests_ogi.draft", department, at=at(TODAY))
    assert not roles.may(zhao, "requests_ogi.draft", other, at=at(TODAY))
    assert not roles.may(zhao, "requests_ogi.draft", body, at=at(TODAY))


def test_the_office_may_assign_in_the_whole_body_and_in_no_other(
    zhao: User, body: Body, department: Department
) -> None:
    appointed(zhao, "openness_office", body)

    assert roles.may(zhao, "requests_ogi.assign", body, at=at(TODAY))
    assert roles.may(zhao, "requests_ogi.assign", department, at=at(TODAY))
    assert not roles.may(zhao, "requests_ogi.assign", Body.objects.get(code="yc"), at=at(TODAY))


@pytest.mark.rule("NX-04-4")
def test_a_post_that_ended_yesterday_allows_nothing_today_even_before_the_grants_are_swept(
    zhao: User, body: Body
) -> None:
    post = appointed(zhao, "openness_office", body)
    Post.objects.filter(pk=post.pk).update(ends_on=TODAY)

    assert roles.may(zhao, "requests_ogi.assign", body, at=at(TODAY, 23, 59))
    assert not roles.may(zhao, "requests_ogi.assign", body, at=at(TODAY + D, 0))


@pytest.mark.rule("NX-04-4")
def test_the_grants_of_an_ended_post_go_and_its_history_stays(zhao: User, body: Body) -> None:
    post = appointed(zhao, "openness_office", body)

    roles.end_post(post, ends_on=TODAY, today=TODAY + D)

    assert not UserObjectPermission.objects.filter(user=zhao).exists()
    assert Post.objects.filter(pk=post.pk).exists()
    assert post.history.count() == 2


def test_a_post_of_tomorrow_allows_nothing_today(zhao: User, body: Body) -> None:
    appointed(zhao, "openness_office", body, since=TODAY + D)

    assert not roles.may(zhao, "requests_ogi.assign", body, at=at(TODAY))
    roles.sync_all_grants(on=TODAY + D)
    assert roles.may(zhao, "requests_ogi.assign", body, at=at(TODAY + D))


def test_a_grant_without_a_post_allows_nothing(zhao: User, body: Body) -> None:
    from guardian.shortcuts import assign_perm

    assign_perm("organisation.requests_ogi.assign", zhao, body)

    assert not roles.may(zhao, "requests_ogi.assign", body, at=at(TODAY))


def test_a_deactivated_account_may_do_nothing(zhao: User, body: Body) -> None:
    appointed(zhao, "openness_office", body)
    zhao.is_active = False

    assert not roles.may(zhao, "requests_ogi.assign", body, at=at(TODAY))


def test_syncing_twice_changes_nothing(zhao: User, body: Body) -> None:
    appointed(zhao, "openness_office", body)
    before = set(UserObjectPermission.objects.values_list("pk", flat=True))

    sync_grants.run()

    assert set(UserObjectPermission.objects.values_list("pk", flat=True)) == before


def test_a_role_that_the_body_does_not_know_is_refused(zhao: User, body: Body) -> None:
    with pytest.raises(KeyError):
        appointed(zhao, "emperor", body)


def test_a_department_role_needs_its_department(zhao: User, body: Body) -> None:
    with pytest.raises(ValueError, match="needs a department"):
        appointed(zhao, "liaison", body)


def test_one_person_cannot_hold_the_same_post_twice_at_once(zhao: User, body: Body) -> None:
    appointed(zhao, "openness_office", body)

    with pytest.raises(IntegrityError, match="post_held_once_at_a_time"):
        appointed(zhao, "openness_office", body, since=TODAY + 30 * D)


def test_a_post_cannot_end_before_it_begins(zhao: User, body: Body) -> None:
    post = appointed(zhao, "openness_office", body)

    with pytest.raises(IntegrityError, match="post_ends_after_it_starts"):
        Post.objects.filter(pk=post.pk).update(ends_on=TODAY - D)


def test_a_body_has_one_openness_office(body: Body) -> None:
    with pytest.raises(IntegrityError, match="one_openness_office"):
        body.departments.update(is_openness_office=True)


def test_those_who_hear_of_a_department_are_its_own_people(nx: Cast) -> None:
    heard = roles.holders("requests_ogi.draft", body=nx.body, department=nx.department, at=at("2026-03-02"))

    assert set(heard) == {nx.li, nx.zhou}


def test_those_who_hear_of_a_body_are_its_office_and_director(nx: Cast) -> None:
    assert set(roles.holders("requests_ogi.assign", body=nx.body, at=at("2026-03-02"))) == {nx.chen, nx.he}


@pytest.mark.parametrize("code", library.bodies())
def test_every_body_stands_with_its_departments_and_one_openness_office(db: None, code: str) -> None:
    body = Body.objects.get(code=code)

    assert body.departments.count() >= 3
    assert body.departments.filter(is_openness_office=True).count() == 1
    assert all((body.office_name, body.office_address, body.office_hours, body.phone, body.postcode))
