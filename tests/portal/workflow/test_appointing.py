"""Who may give whom which post: each refusal by itself, and what the ledger hears."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.ledger import service as ledger
from portal.ledger.models import Entry
from portal.organisation import roles
from portal.organisation.models import Post, User
from portal.workflow import appointing
from portal.workflow.appointing import Unfit
from tests.cast import Cast
from tests.factories import at

TODAY = date(2026, 11, 20)
NOW = at(TODAY)
DAY = timedelta(days=1)


def appoint(cast: Cast, user: User, role: str = "liaison", *, by: User | None = None, **changes: Any) -> Post:
    given = {"body": cast.body, "department": cast.department, "starts_on": TODAY} | changes
    return appointing.appoint(user, role, **given, by=by or cast.he, at=NOW)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("root", name="系统管理员")


def test_nobody_appoints_themselves_not_even_the_administrator(nx: Cast, administrator: User) -> None:
    for person in (nx.he, administrator):
        with pytest.raises(Unfit, match="不能给自己任职") as refused:
            appoint(nx, person, "openness_office", by=person, department=None)
        assert refused.value.field == "user"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": TODAY - DAY}, "starts_on"),
        ({"department": None}, "department"),
        ({"role": "emperor"}, "role"),
        ({"role": "discipline", "department": None}, "role"),
        ({"role": "leader_in_charge", "department": None}, "role"),
        ({"role": "openness_director", "department": None}, "role"),
    ],
)
def test_a_director_is_refused_with_the_field_that_is_wrong(nx: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Unfit) as refused:
        appoint(nx, nx.zhao, **{"role": "liaison"} | changes)

    assert refused.value.field == field
    assert not Entry.objects.exists()


def test_a_director_appoints_at_no_other_body(nx: Cast, wz: Cast) -> None:
    with pytest.raises(Unfit) as refused:
        appoint(nx, nx.zhao, body=wz.body, department=wz.department)

    assert refused.value.field == "body"


def test_a_department_of_another_body_is_refused(nx: Cast, wz: Cast) -> None:
    with pytest.raises(Unfit) as refused:
        appoint(nx, nx.zhao, department=wz.department)

    assert refused.value.field == "department"


def test_somebody_with_a_post_elsewhere_is_nobodys_to_appoint(nx: Cast, wz: Cast) -> None:
    appoint(nx, nx.zhao)
    appointed_later = roles.appoint(nx.zhao, "openness_office", body=wz.body, starts_on=TODAY + 30 * DAY, today=TODAY)

    for cast in (nx, wz):
        assert nx.zhao not in appointing.people_of(cast.he, at=NOW)

    roles.end_post(appointed_later, ends_on=TODAY + 31 * DAY, today=TODAY)
    assert nx.zhao in appointing.people_of(nx.he, at=at(TODAY + 32 * DAY))


def test_who_left_every_post_is_found_again_where_the_account_was_opened(nx: Cast, wz: Cast) -> None:
    appointing.end_post(nx.li.posts.get(), ends_on=TODAY, by=nx.he, at=NOW)

    tomorrow = at(TODAY + DAY)
    assert nx.li in appointing.people_of(nx.he, at=tomorrow)
    assert nx.li not in appointing.people_of(wz.he, at=tomorrow)


def test_an_account_without_post_and_home_is_the_administrators_alone(nx: Cast, administrator: User) -> None:
    lost = User.objects.create_user("lost", name="无主")

    assert lost not in appointing.people_of(nx.he, at=NOW)
    assert lost in appointing.people_of(administrator, at=NOW)
    with pytest.raises(Unfit, match="无法记入台账"):
        appointing.reset_password(lost, by=administrator, at=NOW)


def test_the_administrator_gives_the_posts_that_watch_over_others(nx: Cast, administrator: User) -> None:
    appoint(nx, nx.zhao, "discipline", by=administrator, department=None)

    assert roles.may(nx.zhao, "ledger.audit", nx.body, at=NOW)


@pytest.mark.parametrize(
    ("name", "role"), [("li", "leader_in_charge"), ("chen", "openness_director"), ("ma", "openness_office")]
)
def test_nobody_both_drafts_and_approves_at_one_body(nx: Cast, administrator: User, name: str, role: str) -> None:
    with pytest.raises(Unfit, match="不能既承担拟办又承担审签"):
        appoint(nx, getattr(nx, name), role, by=administrator, department=None)


def test_drafting_here_and_approving_there_are_two_things(nx: Cast, wz: Cast, administrator: User) -> None:
    appoint(nx, wz.ma, by=administrator)

    assert roles.may(wz.ma, "requests_ogi.draft", nx.department, at=NOW)


def test_who_drafted_until_yesterday_may_approve_from_today(nx: Cast, administrator: User) -> None:
    appointing.end_post(nx.li.posts.get(), ends_on=TODAY, by=nx.he, at=NOW)

    with pytest.raises(Unfit, match="拟办又承担审签"):
        appoint(nx, nx.li, "leader_in_charge", by=administrator, department=None)
    assert appoint(nx, nx.li, "leader_in_charge", by=administrator, department=None, starts_on=TODAY + DAY).pk


@pytest.mark.parametrize("name", ["he", "ma", "ji"])
def test_a_director_ends_neither_the_own_post_nor_those_that_watch(nx: Cast, name: str) -> None:
    post = getattr(nx, name).posts.get()

    with pytest.raises(Unfit, match="系统管理员"):
        appointing.end_post(post, ends_on=TODAY, by=nx.he, at=NOW)

    assert Post.objects.get(pk=post.pk).ends_on is None


def test_even_the_administrator_leaves_the_own_post_and_account_to_others(nx: Cast, administrator: User) -> None:
    own = roles.appoint(administrator, "principal_leader", body=nx.body, starts_on=TODAY, today=TODAY)

    with pytest.raises(Unfit, match="本人的任职"):
        appointing.end_post(own, ends_on=TODAY, by=administrator, at=NOW)
    with pytest.raises(Unfit, match="本人的账号"):
        appointing.reset_password(administrator, by=administrator, at=NOW)


def test_a_director_ends_no_post_of_another_body(nx: Cast, wz: Cast) -> None:
    with pytest.raises(Unfit):
        appointing.end_post(wz.li.posts.get(), ends_on=TODAY, by=nx.he, at=NOW)


@pytest.mark.parametrize(
    "act", [appointing.reset_password, lambda user, **way: appointing.set_active(user, False, **way)]
)
def test_an_account_of_another_body_is_out_of_reach(nx: Cast, wz: Cast, act: Any) -> None:
    before = wz.li.password

    with pytest.raises(Unfit):
        act(wz.li, by=nx.he, at=NOW)

    wz.li.refresh_from_db()
    assert (wz.li.password, wz.li.is_active) == (before, True)


def test_a_closed_account_of_a_director_appoints_nobody(nx: Cast, administrator: User) -> None:
    for person in (nx.he, administrator):
        person.is_active = False

        with pytest.raises(Unfit):
            appoint(nx, nx.zhao, by=person)


def test_every_act_on_people_is_told_to_the_ledger_of_their_body(nx: Cast) -> None:
    sun = User(username="sun", name="孙一", home=nx.body)
    appointing.open_account(sun, by=nx.he, at=NOW)
    post = appoint(nx, sun)
    appointing.end_post(post, ends_on=TODAY, by=nx.he, at=NOW)
    appointing.reset_password(sun, by=nx.he, at=NOW)
    appointing.set_active(sun, False, by=nx.he, at=NOW)
    appointing.set_active(sun, True, by=nx.he, at=NOW)

    entries = list(Entry.objects.order_by("seq"))

    told = ["open_account", "appoint", "end_post", "reset_password", "deactivate", "reactivate"]
    assert [entry.verb for entry in entries] == told
    assert {(entry.body, entry.subject_number, entry.actor_id) for entry in entries} == {("nx", "sun", str(nx.he.pk))}
    ledger.check_described(told)
    assert ledger.present(entries[1]) == "任命sun担任联络员（信息员），自2026年11月20日起"
