"""The workplace: its login, its lock, and 我的待办."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from portal.moment import rehearsing
from portal.notices import service as notices
from portal.web import desk, limits, todo, workplace
from portal.web.todo import Queue, Register, Todo
from tests.cast import PASSWORD, Cast
from tests.factories import at

pytestmark = pytest.mark.django_db

NOW = at("2026-11-20")


def log_in(client: Client, name: str, password: str, address: str = "10.0.0.1") -> Any:
    return client.post("/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=address)


def item(number: str, days_left: int | None, **changes: Any) -> Todo:
    last_day = None if days_left is None else date(2026, 11, 20) + timedelta(days=days_left)
    values: dict[str, Any] = {
        "number": number,
        "title": f"事项{number}",
        "url": f"/admin/{number}/",
        "label": "答复期限",
        "last_day": last_day,
        "days_left": days_left,
        "weight": "statutory",
        "body": "宁夏工信厅",
    }
    return Todo(**values | changes)


@pytest.fixture
def desk_of(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put these items, and no others, on everybody's desk."""
    registers = {}
    for name in ("register_todo", "register_waiting", "register_queue"):
        registers[name] = Register()
        monkeypatch.setattr(todo, name, registers[name])

    def put(*todos: Todo, waiting: tuple[Todo, ...] = (), queues: tuple[Queue, ...] = ()) -> None:
        registers["register_todo"](lambda user, at: todos)
        registers["register_waiting"](lambda user, at: waiting)
        registers["register_queue"](lambda user, at: queues)

    return put


def first_page(client: Client, cast: Cast, now: datetime = NOW) -> str:
    client.force_login(cast.li)
    with rehearsing(now):
        return client.get("/admin/").text


def test_the_admin_of_django_is_the_workplace() -> None:
    assert isinstance(admin.site._wrapped, workplace.Workplace)  # type: ignore[attr-defined]
    assert workplace.site is admin.site


def test_the_login_is_in_chinese_and_needs_no_inline_code(client: Client) -> None:
    page = client.get("/admin/login/").text

    assert "工作人员登录" in page
    assert " style=" not in page
    assert "<style" not in page


def test_the_right_password_opens_the_desk(client: Client, nx: Cast) -> None:
    response = log_in(client, nx.li.username, PASSWORD)

    assert response["Location"] == "/admin/"


def test_five_failures_lock_an_account_even_for_the_right_password(client: Client, nx: Cast) -> None:
    for _ in range(5):
        assert "账号或密码不正确" in log_in(client, nx.li.username, "wrong").text

    response = log_in(client, nx.li.username, PASSWORD)

    assert response.status_code == 200
    assert "请于15分钟后再试" in response.text


def test_nobody_is_locked_out_by_somebody_elses_wrong_passwords(client: Client, nx: Cast) -> None:
    for number in range(60):
        log_in(client, nx.li.username, "wrong", f"10.0.3.{number % 3}")

    assert log_in(client, nx.li.username, PASSWORD, "10.0.1.9").status_code == 302


def test_guessers_who_share_the_work_are_stopped_all_the_same(
    client: Client, nx: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workplace, "ACCOUNT_FAILURES", 8)

    for number in range(8):
        assert "账号或密码不正确" in log_in(client, nx.li.username, "wrong", f"10.0.4.{number}").text

    assert "已锁定" in log_in(client, nx.li.username, "wrong", "10.0.4.99").text


def test_an_attempt_counts_before_its_password_is_looked_at(
    client: Client, nx: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []
    look = workplace.AdminAuthenticationForm.clean
    key = f"login:pair:{nx.li.username}:10.0.0.1"
    monkeypatch.setattr(
        workplace.AdminAuthenticationForm, "clean", lambda form: counted.append(limits.seen(key)) or look(form)
    )

    log_in(client, nx.li.username, "wrong")

    assert counted == [1]


def test_an_office_that_logs_in_every_morning_is_not_locked(client: Client, nx: Cast) -> None:
    for _ in range(25):
        assert log_in(client, nx.li.username, PASSWORD).status_code == 302
        client.logout()


def test_a_lock_does_not_touch_a_colleague(client: Client, nx: Cast) -> None:
    for _ in range(5):
        log_in(client, nx.li.username, "wrong")

    assert log_in(client, nx.chen.username, PASSWORD).status_code == 302


def test_an_address_that_tries_many_accounts_is_locked(client: Client, nx: Cast) -> None:
    for number in range(20):
        log_in(client, f"nobody-{number}", "wrong", "10.0.2.1")

    assert "已锁定" in log_in(client, nx.li.username, PASSWORD, "10.0.2.1").text
    assert log_in(client, nx.li.username, PASSWORD, "10.0.2.2").status_code == 302


def test_success_forgives_the_failures_before_it(client: Client, nx: Cast) -> None:
    for _ in range(4):
        log_in(client, nx.li.username, "wrong")
    log_in(client, nx.li.username, PASSWORD)
    client.logout()

    assert "账号或密码不正确" in log_in(client, nx.li.username, "wrong").text
    assert log_in(client, nx.li.username, PASSWORD).status_code == 302


def test_what_is_due_soonest_comes_first_and_what_has_no_date_last(client: Client, nx: Cast, desk_of: Any) -> None:
    desk_of(item("丙", None), item("乙", 4), item("甲", -3))

    page = first_page(client, nx)

    assert page.index("事项甲") < page.index("事项乙") < page.index("事项丙")


def test_urgency_is_told_in_words_beside_its_colour(client: Client, nx: Cast, desk_of: Any) -> None:
    desk_of(item("甲", -3), item("乙", 1), item("丙", 5), item("丁", 6))

    page = first_page(client, nx)

    for name, words in (
        ("late", "已超期3个工作日"),
        ("close", "还剩1个工作日"),
        ("soon", "还剩5个工作日"),
        ("calm", "还剩6个工作日"),
    ):
        assert f'<span class="chip chip-{name}">{words}</span>' in page


def test_the_desk_counts_queues_and_shows_what_others_owe(client: Client, nx: Cast, desk_of: Any) -> None:
    desk_of(waiting=(item("戊", 2, waits_for="马玉兰"),), queues=(Queue("待交办", "/admin/q/", 7, late=2),))

    page = first_page(client, nx)

    assert "马玉兰：答复期限" in page
    assert "7件" in page
    assert "超期2件" in page


def test_an_empty_desk_says_so(client: Client, nx: Cast, desk_of: Any) -> None:
    desk_of()

    assert "目前没有等您办理的事项。" in first_page(client, nx)


def test_the_desk_warns_when_next_year_is_not_in_the_calendar(client: Client, nx: Cast) -> None:
    assert "2027年" in first_page(client, nx)
    assert "2027年放假安排" not in first_page(client, nx, at("2026-10-12"))


def test_unread_notices_are_on_the_desk_until_they_are_marked(client: Client, nx: Cast) -> None:
    notices.post(nx.li, kind="reminder", subject_line="有一件申请快到期", text="请看", about=None, key="k1", at=NOW)
    assert "有一件申请快到期" in first_page(client, nx)

    client.post("/admin/notices/read/")

    assert "有一件申请快到期" not in first_page(client, nx)


def test_all_notices_are_a_page_of_their_own_and_only_ones_own(client: Client, nx: Cast) -> None:
    for number in range(10):
        line = f"第{number}件提醒"
        notices.post(nx.li, kind="reminder", subject_line=line, about=None, key=f"li{number}", at=NOW)
    notices.post(nx.chen, kind="reminder", subject_line="别人的提醒", about=None, key="chen", at=NOW)

    assert first_page(client, nx).count("件提醒") == desk.MOST
    page = client.get("/admin/notices/").text

    assert page.count("件提醒") == 10
    assert "别人的提醒" not in page


def test_notices_are_marked_by_a_press_and_never_by_looking(client: Client, nx: Cast) -> None:
    client.force_login(nx.li)

    assert client.get("/admin/notices/read/").status_code == 405


def test_nothing_of_the_workplace_is_kept_in_a_cache(client: Client, nx: Cast) -> None:
    client.force_login(nx.li)

    assert "no-store" in client.get("/admin/")["Cache-Control"]


def test_the_side_nav_is_grouped_and_knows_where_one_is() -> None:
    def app(label: str, name: str) -> dict[str, Any]:
        return {"app_label": label, "models": [{"name": name, "admin_url": f"/admin/{label}/"}]}

    apps = [app("organisation", "机关"), app("requests_ogi", "申请"), app("workdays", "日历")]
    groups = workplace.grouped(apps, "/admin/workdays/3/")

    assert [group.title for group in groups] == ["办件", "制度与日历", "机构与人员"]
    assert [link.here for group in groups for link in group.links] == [False, True, False]
