"""A citizen at a browser: opens pages, fills in forms, and remembers what the last page said."""

import re
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal import moment
from requests_ogi import secrets, workflow
from requests_ogi.filing import Arrival
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import Channel
from tests.cast import Cast
from tests.factories import CREDIT_CODE, RESIDENT_ID, at, filing

PDF = b"%PDF-1.7\n% made up\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32

WANG: dict[str, dict[str, Any]] = {
    "kind": {"concern": "information", "body": "nx", "kind": "natural", "by_agent": "no"},
    "applicant": {"name": "王小明", "identity_document": "resident_id", "identity_number": RESIDENT_ID},
    "information": {"wanted": "2025年度技术改造专项资金项目安排表", "document_number": "", "description": "含补助金额"},
    "reply": {"form": "electronic", "manner": "online", "help_needed": ""},
    "contact": {"phone": "13800000000", "email": "wang@example.test", "address": "", "postcode": ""},
}
FIRM: dict[str, dict[str, Any]] = WANG | {
    "kind": {"concern": "information", "body": "nx", "kind": "business", "by_agent": "yes"},
    "applicant": {"name": "某某装备制造有限公司", "identity_number": CREDIT_CODE, "representative": "丁一"},
    "agent": {
        "agent_name": "孙代理",
        "agent_identity_document": "resident_id",
        "agent_identity_number": RESIDENT_ID,
        "agent_phone": "0951-1234567",
    },
}
ORDER = ("applicant", "agent", "information", "reply", "contact")


def paper(name: str = "身份证.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


class Citizen:
    """Everything happens at `when`; `pass_time` moves it on."""

    def __init__(self, when: datetime, client: Client | None = None) -> None:
        self.when = when
        self.client = client or Client()
        self.page: HttpResponse

    def pass_time(self, **amount: float) -> None:
        self.when += timedelta(**amount)

    def now(self) -> AbstractContextManager[datetime]:
        return moment.rehearsing(self.when)

    def opens(self, path: str) -> "Citizen":
        with self.now():
            self.page = self.client.get(path, follow=True)
        return self

    def sends(self, path: str, data: dict[str, Any] | None = None) -> "Citizen":
        with self.now():
            self.page = self.client.post(path, data or {}, follow=True)
        return self

    def answers(self, slug: str, data: dict[str, Any]) -> "Citizen":
        """Fill in one page of the form; the first one stands under /apply/ itself."""
        return self.sends(reverse("requests_ogi:apply") if slug == "kind" else page(slug), data)

    def answers_page(self, slug: str, data: dict[str, Any]) -> "Citizen":
        """Change a page that was answered before."""
        return self.sends(page(slug), data)

    def hands_in(self, **files: Any) -> "Citizen":
        return self.sends(page("files"), files)

    def fills_in(self, answers: dict[str, dict[str, Any]], **changes: dict[str, Any]) -> "Citizen":
        """All pages but the files, each with its changes."""
        for slug in ("kind", *ORDER):
            if slug in answers:
                self.answers(slug, answers[slug] | changes.get(slug, {}))
        return self

    def files_request(self, answers: dict[str, dict[str, Any]] = WANG, **changes: dict[str, Any]) -> InformationRequest:
        """The whole way to the confirmation page."""
        self.fills_in(answers, **changes)
        by_agent = (answers["kind"] | changes.get("kind", {}))["by_agent"] == "yes"
        self.hands_in(identity=paper(), **(agent_papers() if by_agent else {}))
        self.pass_time(minutes=5)
        self.sends(reverse("requests_ogi:check"))
        assert "/requests/filed/" in self.path, (self.path, self.faults, self.text[:300])
        return InformationRequest.objects.latest("pk")

    def tracks(self, case: InformationRequest, code: str | None = None) -> "Citizen":
        return self.sends(reverse("requests_ogi:track"), {"number": case.number, "code": code or code_of(case)})

    @property
    def path(self) -> str:
        """Where the last answer came from, redirects followed."""
        return str(self.page.request["PATH_INFO"])

    @property
    def text(self) -> str:
        """What the main part of the page says, without its marks."""
        html = self.page.content.decode()
        main = re.search(r"<main.*?</main>", html, re.S)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main[0] if main else html)))

    @property
    def faults(self) -> list[str]:
        """What the summary of errors lists."""
        summary = re.search(r"summary-of-errors-title.*?</ul>", self.page.content.decode(), re.S)
        return (
            [unescape(line) for line in re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", summary[0])]
            if summary
            else []
        )

    @property
    def title(self) -> str:
        return re.search(r"<title>(.*?)</title>", self.page.content.decode(), re.S)[1]


def agent_papers() -> dict[str, Any]:
    return {"authorisation": paper("授权委托书.pdf"), "agent_identity": paper("代理人.png", PNG)}


def page(slug: str) -> str:
    return reverse("requests_ogi:page", args=[slug])


def follow(case: InformationRequest) -> str:
    return reverse("requests_ogi:follow", args=[case.number])


def code_of(case: InformationRequest) -> str:
    return secrets.code_of(case.submission_key, case.number, case.secret)


def registered(nx: Cast, *, day: str = "2025-03-03") -> InformationRequest:
    """A request handed over on paper and registered by the office, which has seen its code."""
    arrival = Arrival(Channel.COUNTER, date.fromisoformat(day))
    return workflow.register(
        body=nx.body, filing=filing(arrival=arrival), submission_key=secrets.new_key(), by=nx.chen, at=at(day)
    )


def ask(
    case: InformationRequest, nx: Cast, day: str, items: str = "请写明所需信息的形成年度\n请写明涉及的县（区）"
) -> None:
    """The office asks for completion."""
    workflow.ask_completion(
        case,
        items=items,
        working_days=15,
        manner="electronic",
        sent_on=date.fromisoformat(day),
        by=nx.chen,
        at=at(day, 15),
    )
