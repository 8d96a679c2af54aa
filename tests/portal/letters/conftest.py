"""A body, an officer, a matter and a letter to write."""

import io
import re
from datetime import datetime
from types import SimpleNamespace

import pypdf
import pytest

from portal.letters.content import Content, heading, items, p, table
from portal.letters.kinds import LetterKind
from portal.moment import SHANGHAI
from portal.organisation.models import Body, User

MORNING = datetime(2026, 11, 21, 9, 30, tzinfo=SHANGHAI)
REPLY = LetterKind("test_reply", "政府信息公开申请答复书", series="告", suffix="告", needs_remedy=True)
COMPLETION = LetterKind("test_completion", "补正告知书", series="补", suffix="补")
RECEIPT = LetterKind("test_receipt", "登记回执")
REMEDY = "如对本答复不服，可以自收到本答复书之日起60日内申请行政复议。"


def new_body(code: str = "gxt", **fields: str) -> Body:
    """The industry department of Ningxia, not saved."""
    own = {
        "code": code,
        "name": "宁夏回族自治区工业和信息化厅",
        "short_name": "自治区工业和信息化厅",
        "seal_name": "宁夏回族自治区工业和信息化厅文件",
        "number_stem": "宁工信公开",
        "document_stem": "宁工信发",
        "region": "CN-NX",
        "profile": "nx",
        "office_name": "宁夏回族自治区工业和信息化厅政务公开领导小组办公室",
        "office_address": "银川市金凤区示例路1号",
        "office_hours": "工作日9:00—17:30",
        "phone": "0951-5550101",
        "postal_address": "银川市金凤区示例路1号",
        "postcode": "750000",
        "reconsideration_authority": "宁夏回族自治区人民政府",
        "reconsideration_url": "https://fuyi.nx.example.cn/",
        "litigation_court": "银川市兴庆区人民法院",
    }
    return Body(**own | fields)


@pytest.fixture
def body(db) -> Body:
    made = new_body()
    made.save()
    return made


@pytest.fixture
def li(db) -> User:
    return User.objects.create_user("li-xiao", name="李晓", password=None)


def matter(body: Body, pk: int = 7) -> SimpleNamespace:
    """What letters ask of a subject, and no more."""
    meta = SimpleNamespace(label_lower="requests_ogi.request")
    return SimpleNamespace(pk=pk, number=f"{body.code.upper()}-2026-{pk:05}", body=body, _meta=meta)


def reply(**changes: object) -> Content:
    """A reply to Wang."""
    said = {
        "addressee": "王小明",
        "blocks": (
            p("本机关于2026年11月2日收到您提交的政府信息公开申请，现答复如下："),
            heading("检索情况"),
            table(["日期", "检索范围"], [["2026年11月5日", "电子公文系统"]], caption="检索记录"),
            heading("处理结果"),
            items(["公开分配方案", "不予公开附表"]),
        ),
        "remedy": "R2",
        "remedy_text": REMEDY,
        "attachments": ("分配方案",),
        "contact": "联系人：政务公开办公室，联系电话：0951-5550101",
    }
    return Content(**said | changes)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without the white space that typesetting puts in."""
    return [re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    """All text of a PDF without white space."""
    return "".join(pages(pdf))
