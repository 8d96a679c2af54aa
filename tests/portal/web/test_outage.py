"""The site while the database server does not answer at all."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client


@pytest.fixture
def no_database(transactional_db: None) -> Iterator[None]:
    """Point the connection to a port where nobody listens, and back again."""
    real = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    yield
    connection.close()
    connection.settings_dict.update(real)


@pytest.mark.usefixtures("no_database")
def test_the_home_page_says_that_nothing_was_saved(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 503
    assert "系统暂时无法使用" in response.text
    assert "到受理机构当面提交" in response.text


@pytest.mark.usefixtures("no_database")
def test_a_session_that_cannot_be_read_is_a_503_too(client: Client) -> None:
    client.cookies["sessionid"] = "x" * 32
    client.raise_request_exception = False

    assert client.get("/admin/").status_code == 503


@pytest.mark.usefixtures("no_database")
def test_the_process_still_says_that_it_lives(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["status"] == "ok"


@pytest.mark.usefixtures("no_database")
def test_readyz_names_the_database(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["database"] == {
        "status": "failed",
        "message": "数据库连接失败，暂时不能受理和办理。",
    }
