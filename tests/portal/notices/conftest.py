"""A body, an officer, a matter, and a mail server that is really there."""

import threading
from datetime import datetime

import pytest

from portal.moment import SHANGHAI
from portal.notices import service as notices
from portal.notices.models import Notice
from tests.portal.letters.conftest import body, li, matter  # noqa: F401

from .mailroom import Mailroom

NOON = datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)


@pytest.fixture
def mailroom(settings):
    with Mailroom() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def word(body):  # noqa: F811
    """Leave word about matter 7; what is not said is usual."""

    def post(to="wang@example.cn", *, key="requests_ogi:7:received", at=NOON, **changes):
        said = {
            "kind": "request_received",
            "subject_line": "您提交的政府信息公开申请已经收到",
            "text": "申请内容：某某地块征收补偿方案，申请人王小明",
            "about": matter(body),
            "link": "/requests/track/",
        }
        return notices.post(to, key=key, at=at, **said | changes)

    return post


@pytest.fixture
def queued(word) -> Notice:
    word()
    return Notice.objects.get()
