"""What people do at their browsers, in the words they read there: a citizen on the public site, staff in the workplace.

Everything is found by its label, name or heading, so that a story fails when people could not find their way either.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from tests.cast import PASSWORD, Cast
from tests.factories import CREDIT_CODE, PNG, RESIDENT_ID, at

Look = Callable[[Page, str], None]


class Clock:
    """The clock on every wall: set to a day and an hour, it goes on from there at its usual pace."""

    def __init__(self) -> None:
        self.set("2026-09-21", 9)

    def set(self, day: str, hour: int = 9, minute: int = 0) -> None:
        """Let it be that moment now, in Asia/Shanghai."""
        self._then, self._set = at(day, hour, minute), monotonic()

    def pass_minutes(self, minutes: int) -> None:
        """Let time pass that a person takes to read."""
        self._then += timedelta(minutes=minutes)

    def now(self) -> datetime:
        return self._then + timedelta(seconds=monotonic() - self._set)


# --- at any page ------------------------------------------------------------------------------------------------------


def nothing(page: Page, name: str) -> None:
    """Look at a page without remark."""


def here(page: Page) -> Locator:
    """The main part of a page, without what stands on every page."""
    return page.get_by_role("main")


def labelled(words: str) -> re.Pattern[str]:
    """What begins with these words; a mark that it is optional, or a hint, may follow."""
    return re.compile(f"^{re.escape(words)}")


def choose(page: Page, *labels: str) -> None:
    """Pick answers by what is written beside them."""
    for label in labels:
        here(page).get_by_role("radio", name=labelled(label)).check()


def fill(page: Page, texts: Mapping[str, str]) -> None:
    """Write texts into the fields with these labels, or choose from their lists; a day is written as 2026-09-21."""
    for label, text in texts.items():
        field = named(page, label)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def named(page: Page, label: str) -> Locator:
    """The field with this label."""
    return here(page).get_by_label(labelled(label)).and_(page.locator("input, textarea, select"))


def press(page: Page, button: str) -> None:
    here(page).get_by_role("button", name=button, exact=True).click()


def click(page: Page, link: str) -> None:
    here(page).get_by_role("link", name=link, exact=True).first.click()


def expect_heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def expect_words(page: Page, *sentences: str) -> None:
    """Each of these can be read in the main part of the page."""
    for sentence in sentences:
        expect(here(page)).to_contain_text(sentence)


def download(page: Page, name: str | re.Pattern[str]) -> bytes:
    """What the browser saves when a link is followed, or a button pressed where taking something out is recorded."""
    main = here(page)
    with page.expect_download() as waiting:
        main.get_by_role("link", name=name).or_(main.get_by_role("button", name=name)).first.click()
    return Path(waiting.value.path()).read_bytes()


def pdf_words(data: bytes) -> str:
    """The text of a PDF without blanks and line ends."""
    assert data.startswith(b"%PDF-"), data[:20]
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


# --- on the public site -----------------------------------------------------------------------------------------------

PAPER = {"name": "身份证.png", "mimeType": "image/png", "buffer": PNG}


@dataclass(frozen=True)
class Wish:
    """What a citizen fills in. Labels are those of the form; what differs from the plainest way is told."""

    title: str
    description: str = "含项目名称、承担单位和补助金额"
    document_number: str = ""
    kind: str = "自然人"
    identity: Mapping[str, str] = field(default_factory=lambda: {"姓名": "王小明", "证件号码": RESIDENT_ID})
    agent: Mapping[str, str] | None = None
    form: str = "电子文件"
    manner: str = "网上查看和下载"
    contact: Mapping[str, str] = field(default_factory=lambda: {"联系电话": "138 0000 0000"})


FIRM = {"单位名称": "某某装备制造有限公司", "统一社会信用代码": CREDIT_CODE, "法定代表人或者负责人姓名": "丁一"}
AGENT = {"代理人姓名": "孙代理", "代理人证件号码": RESIDENT_ID, "代理人联系电话": "0951-1234567"}


@dataclass(frozen=True)
class Held:
    """What a citizen holds in hand after filing."""

    number: str
    code: str
    bookmark: str


CONCERN = "申请获取政府信息（已有的文件、数据等）"


class Citizen:
    """Somebody without an account. `look` is called on every page on the way, with a name for it."""

    def __init__(self, page: Page, clock: Clock, look: Look = nothing) -> None:
        self.page, self.clock, self.look = page, clock, look

    def goes_to_apply(self, body: str) -> None:
        """From the home page to the first question, for a body by its full name."""
        self.page.goto("/")
        self.page.get_by_role("navigation", name="主导航").get_by_role("link", name="申请公开").click()
        expect_heading(self.page, "您要向哪个单位申请？")
        self.look(self.page, "choose")
        here(self.page).get_by_role("link", name=labelled(body)).first.click()
        expect_heading(self.page, "由谁提出申请")
        expect_words(self.page, f"向{body}申请")

    def answers(self, heading: str, name: str, *labels: str, **texts: str) -> None:
        """One page: what is chosen and what is written, then on."""
        expect_heading(self.page, heading)
        choose(self.page, *labels)
        fill(self.page, texts)
        self.look(self.page, name)
        press(self.page, "继续")

    def fills_in(self, wish: Wish) -> None:
        """Every question up to the papers."""
        person = wish.kind == "自然人"
        doer = "委托代理人办理" if wish.agent else "申请人自己办理"
        self.answers("由谁提出申请", "kind", CONCERN, wish.kind, doer)
        self.answers("申请人的身份", "applicant", *(["居民身份证"] if person else []), **wish.identity)
        if wish.agent:
            self.answers("代理人的身份", "agent", "居民身份证", **wish.agent)
        texts = {"所需信息的名称": wish.title, "其他特征性描述": wish.description, "文号": wish.document_number}
        self.answers("您需要什么信息", "information", **{label: text for label, text in texts.items() if text})
        self.answers("怎样提供给您", "reply", wish.form, wish.manner)
        self.answers("怎样联系您", "contact", **wish.contact)

    def hands_in(self, **papers: Any) -> None:
        """The papers, each under its label."""
        expect_heading(self.page, "上传材料")
        for label, paper in papers.items():
            named(self.page, label).set_input_files(paper)
        self.look(self.page, "files")
        press(self.page, "上传并继续")

    def sends(self, wish: Wish) -> Held:
        """Look everything over, send it, and keep what is needed afterwards."""
        expect_heading(self.page, "请核对您填写的内容")
        expect_words(self.page, wish.title, wish.manner, *wish.identity.values())
        self.look(self.page, "check")
        self.clock.pass_minutes(6)
        press(self.page, "提交申请")
        return self.keeps()

    def keeps(self) -> Held:
        """Number and code from the confirmation page."""
        expect_heading(self.page, "申请已提交")
        self.look(self.page, "filed")
        number, code = self.page.get_by_role("region", name="申请已提交").get_by_role("definition").all_inner_texts()
        return Held(number, code, self.page.url)

    def files(self, body: str, wish: Wish) -> Held:
        """The whole way, with the papers this wish needs."""
        self.goes_to_apply(body)
        self.fills_in(wish)
        papers = {"申请人身份证明": PAPER}
        if wish.agent:
            papers |= {"授权委托书": PAPER | {"name": "授权委托书.png"}, "代理人身份证明": PAPER}
        self.hands_in(**papers)
        return self.sends(wish)

    def tracks(self, held: Held, *, code: str | None = None) -> None:
        """Number and code, typed as people type them."""
        self.page.goto("/")
        self.page.get_by_role("navigation", name="主导航").get_by_role("link", name="查询进度").click()
        expect_heading(self.page, "查询办理进度")
        fill(self.page, {"申请编号": held.number.lower(), "查询码": code or f" {held.code} "})
        press(self.page, "查询")

    def reads(self, title: str, *sentences: str) -> None:
        """The page of the request says these things."""
        expect_heading(self.page, title)
        expect_words(self.page, *sentences)

    def takes_letter(self, title: str) -> str:
        """The words of a letter with this title, as printed; its number on the page is its number on the paper."""
        letter = self.page.get_by_role("listitem").filter(has=self.page.get_by_role("link", name=f"{title}（PDF）"))
        number = re.search(r"\S+〔\d{4}〕\d+号", letter.inner_text())
        assert number, letter.inner_text()
        words = pdf_words(download(self.page, f"{title}（PDF）"))
        assert title in words
        assert number[0] in words
        return words


# --- in the workplace -------------------------------------------------------------------------------------------------


class Clerk:
    """One of the staff at a browser of their own."""

    def __init__(self, page: Page, name: str, look: Look = nothing) -> None:
        self.page, self.look = page, look
        page.goto("/admin/")
        page.get_by_label("账号").fill(name)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect_heading(page, "我的待办")

    def finds(self, title: str, *, among: str = "等我办理") -> None:
        """Open a case from the first page."""
        self.page.goto("/admin/")
        self.page.get_by_role("region", name=among).get_by_role("link", name=title).click()
        expect_heading(self.page, title)

    def looks_up(self, title: str) -> None:
        """Open a case from the queue of the body, by words of its title."""
        self.page.goto("/admin/")
        self.page.get_by_role("navigation").get_by_role("link", name="依申请公开").click()
        fill(self.page, {"编号或者名称": title})
        press(self.page, "筛选")
        self.look(self.page, "queue")
        here(self.page).get_by_role("table").get_by_role("link", name=title).click()
        expect_heading(self.page, title)

    def begins(self, act: str) -> None:
        """Follow the button of an act to its page."""
        self.page.get_by_role("region", name="现在可以办理").get_by_role("link", name=act, exact=True).click()
        expect_heading(self.page, act)

    def finishes(self, button: str, *told: str) -> None:
        """Press the button, and read that it is done."""
        press(self.page, button)
        for sentence in told:
            expect(self.page.get_by_role("status").first).to_contain_text(sentence)

    def takes(self, act: str, *labels: str, told: str, button: str = "", **texts: str) -> None:
        """One act from the page of the case: what is chosen, what is written, and what is said afterwards."""
        self.begins(act)
        choose(self.page, *labels)
        fill(self.page, texts)
        self.finishes(button or act, told)

    def may_not(self, act: str) -> None:
        """The page of the case does not offer this act."""
        expect(self.page.get_by_role("region", name="现在可以办理").get_by_role("link", name=act)).to_have_count(0)


@dataclass
class Town:
    """One body, its people, a citizen, and the clock they share."""

    cast: Cast
    clock: Clock
    open_browser: Callable[..., BrowserContext]
    look: Look
    _clerks: dict[str, Clerk] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.cast.body.name

    @property
    def department(self) -> str:
        return self.cast.department.name

    def citizen(self, look: Look = nothing, **options: Any) -> Citizen:
        return Citizen(self.open_browser(**options).new_page(), self.clock, look)

    def clerk(self, who: str) -> Clerk:
        """One of the cast, logged in once and staying so."""
        if who not in self._clerks:
            user = getattr(self.cast, who)
            self._clerks[who] = Clerk(self.open_browser().new_page(), user.username, self.look)
        return self._clerks[who]

    def assigns(self, title: str) -> None:
        """The office finds the new request among its own and gives it to the department."""
        chen = self.clerk("chen")
        chen.finds(title)
        self.look(chen.page, "case")
        chen.takes("分办", self.department, told=f"已分办给{self.department}")

    def drafts(
        self, title: str, decided: tuple[str, ...], texts: Mapping[str, str], *, outcome: str, kind: str
    ) -> None:
        """The liaison walks the seven steps, reads what the outcome fixes, saves the draft and sends it up."""
        li = self.clerk("li")
        li.finds(title)
        li.begins("拟办答复")
        choose(li.page, *decided)
        fill(li.page, texts)
        press(li.page, "下一步：核对结果")
        found = li.page.get_by_role("region", name="核对结果")
        expect(found).to_contain_text(outcome)
        expect(found).to_contain_text(kind)
        self.look(li.page, "draft")
        li.finishes("保存这一稿", "已保存第1稿")
        if outcome in {"予以公开", "部分公开"}:
            self.reviews(title, "可以公开" if outcome == "予以公开" else "可以部分公开，其余应当区分处理")
        li.finds(title)
        li.takes("送审", told="已送审")

    def reviews(self, title: str, finding: str) -> None:
        """The head of the department, who has not written the draft, reviews what it would give out."""
        zhou = self.clerk("zhou")
        zhou.looks_up(title)
        zhou.begins("保密审查")
        here(zhou.page).get_by_role("checkbox", name=labelled("已核对申请表的形式要件")).check()
        choose(zhou.page, finding)
        fill(zhou.page, {"审查意见": "逐项核对拟提供的内容，不涉及国家秘密。"})
        zhou.finishes("保密审查", "审查")

    def approves(self, title: str, *sentences: str) -> None:
        """The leader reads the letter on the page and as it will be printed, and signs."""
        ma = self.clerk("ma")
        ma.finds(title)
        ma.begins("审签")
        expect_words(ma.page, *sentences)
        preview = pdf_words(download(ma.page, re.compile("版式稿")))
        assert "草稿" in preview
        here(ma.page).get_by_role("checkbox", name=labelled("我已核对以上答复文书的全文")).check()
        self.look(ma.page, "approve")
        ma.finishes("审签", "已审签，答复文书")

    def serves_and_closes(self, title: str) -> None:
        """The office sends the letter to the citizen's page, then seals the dossier and takes it away."""
        chen = self.clerk("chen")
        chen.finds(title)
        chen.takes("送达", "电子送达", told="已登记送达")
        chen.takes("归档", told="案卷已归档封存")
        self.look(chen.page, "closed")
        assert download(chen.page, re.compile("案卷包")).startswith(b"PK")
