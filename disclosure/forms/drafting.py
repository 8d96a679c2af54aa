"""The form in which a document is written and changed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations import library
from portal.regulations.schema import Profile
from portal.texts import cleaning
from portal.web.deeds import MatterForm
from portal.web.editor import DocumentTextField
from portal.web.fields import MIDDLE, DayField, LongField, TextField, choose

from ..models import Column, Document, NegativeItem
from ..vocabulary import Audience, Content, Genre, Participation, Phase
from ..workflow import Particulars, Text
from ..workflow.common import newest, said
from .fields import FilesField

MOST_FILES = 20
TOPICS = (
    "综合政务", "国民经济管理、国有资产监管", "财政、金融、审计", "国土资源、能源", "农业、林业、水利", "工业、交通",
    "商贸、海关、旅游", "市场监管、安全生产监管", "城乡建设、环境保护", "科技、教育", "文化、广电、新闻出版", "卫生、体育",
    "人口与计划生育、妇女儿童工作", "劳动、人事、监察", "公安、安全、司法", "民政、扶贫、救灾", "民族、宗教", "对外事务",
    "港澳台侨工作", "国防", "其他",
)  # fmt: skip
"""主题分类 of the State Council's index of information."""


GROUPS = (
    ("正文", ("edition", "department", "title", "html", "summary", "files", "keep", "change_note")),
    ("公开属性", ("attribute",)),
    ("不主动公开的理由和依据、公开范围", ("reason", "legal_basis", "negative_item", "audience")),
    (
        "目录信息",
        ("genre", "phase", "topic", "keywords", "issuer", "document_number", "formed_on", "content", "is_policy"),
    ),
    ("栏目", ("columns",)),
    ("公共企事业单位办事公开", ("service_class", "service_stage")),
    ("施行日期、来源和联合制作", ("effective_on", "expires_on", "joint_makers", "source")),
    ("重大行政决策", ("is_major_decision", "media", "participation", "participation_note")),
    ("涉企政策和会议审议", ("is_enterprise_policy", "clauses", "for_meeting")),
    ("统计资料", ("statistics", "statistics_approval", "statistics_due_on")),
)
"""The fields under their headings, in the order in which people fill them in. "clauses" stands for the points that the body's
document names, a field each.
"""

FOLDED = (
    "不主动公开的理由和依据、公开范围",
    "公共企事业单位办事公开",
    "施行日期、来源和联合制作",
    "重大行政决策",
    "涉企政策和会议审议",
    "统计资料",
)
"""What most documents do not need, folded until something in it is filled in or wrong."""

UNSAID: tuple[Any, ...] = (None, "", False, [], Audience.PUBLIC)
"""The values of fields in which nothing particular is said."""

CLAUSE = "clause-"


def _words(text: str) -> tuple[str, ...]:
    """Words or names divided by blanks, commas or the Chinese enumeration comma."""
    for mark in "，,、；;　\n":
        text = text.replace(mark, " ")
    return tuple(dict.fromkeys(text.split()))


def _listed(text: str, what: str, *, most: int) -> tuple[str, ...]:
    """The words of a list; one that is too long is told and never cut."""
    for word in (words := _words(text)):
        if len(word) > most:
            raise ValidationError(f"{what}“{word[:most]}……”有{len(word)}字，每个最多{most}字；有几个的请用顿号隔开。")
    return words


class DocumentFields(forms.Form):
    """What is written and said about a document, whether it is new or changed."""

    title = TextField(label="标题", max_length=200)
    html = DocumentTextField(
        label="正文", error_messages={"required": "请填写正文。只公开附件的，正文写明附件的名称和内容概述。"}
    )
    summary = LongField(
        label="内容概述", max_length=500, rows=2, required=False, help_text="一两句话，列入信息公开目录。"
    )
    attribute = forms.ChoiceField(
        label="公开属性",
        widget=forms.RadioSelect,
        error_messages=choose("公开属性"),
        help_text="不主动公开或者只公开一部分的，请展开下一项，写明理由和依据。",
    )
    reason = LongField(
        label="理由", max_length=1000, rows=3, required=False, help_text="不主动公开的，写明为什么不公开。"
    )
    legal_basis = TextField(
        label="依据",
        max_length=300,
        required=False,
        help_text="例如：《中华人民共和国政府信息公开条例》第十六条第一款。",
    )
    negative_item = forms.ModelChoiceField(
        NegativeItem.objects.none(),
        label="负面清单事项",
        required=False,
        empty_label="不属于负面清单事项",
        help_text="不主动公开的，选择本机关负面清单中的现行事项。",
    )
    genre = forms.ChoiceField(label="文种", choices=Genre.choices, error_messages=choose("文种"))
    phase = forms.ChoiceField(label="公开环节", choices=Phase.choices, error_messages=choose("公开环节"))
    topic = forms.ChoiceField(
        label="主题分类", choices=[(one, one) for one in TOPICS], error_messages=choose("主题分类")
    )
    keywords = TextField(
        label="主题词",
        max_length=100,
        required=False,
        help_text="用顿号隔开，每个不超过20字，例如：中小企业、专精特新。",
    )
    issuer = TextField(label="发文机关", max_length=100, widget=forms.TextInput(attrs=MIDDLE))
    joint_makers = TextField(label="联合制作机关", max_length=300, required=False, help_text="用顿号隔开。")
    document_number = TextField(label="发文字号", max_length=60, required=False, widget=forms.TextInput(attrs=MIDDLE))
    formed_on = DayField(label="成文日期")
    effective_on = DayField(label="施行日期", required=False)
    expires_on = DayField(label="有效期至", required=False)
    content = forms.ChoiceField(
        label="内容类别",
        choices=Content.choices,
        help_text="决定由谁审核。",
        error_messages=choose("内容类别"),
    )
    source = TextField(label="来源", max_length=200, required=False, help_text="转载或者从其他机关获取的填写。")
    is_policy = forms.BooleanField(label="政策性文件（需要解读）", required=False)
    is_major_decision = forms.BooleanField(label="重大行政决策", required=False)
    is_enterprise_policy = forms.BooleanField(label="涉企政策文件", required=False)
    for_meeting = forms.BooleanField(required=False)
    media = forms.MultipleChoiceField(
        label="发布渠道",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="重大决策部署勾选已经安排的渠道，应当统筹运用。",
    )
    participation = forms.MultipleChoiceField(
        label="公众参与情况",
        choices=Participation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="重大行政决策勾选已经履行的程序。",
    )
    participation_note = LongField(
        label="公众参与说明", max_length=1000, rows=3, required=False, help_text="写明意见采纳情况或者没有开展的理由。"
    )
    service_class = forms.ChoiceField(
        label="公开内容", required=False, help_text="公共企事业单位的信息，选择属于哪一类应当公开的内容。"
    )
    service_stage = forms.ChoiceField(
        label="公开阶段", required=False, help_text="公众普遍关注、涉及切身利益的重要事项选择。"
    )
    statistics = forms.BooleanField(label="含有统计资料", required=False)
    statistics_approval = TextField(
        label="统计部门审核同意的文号", max_length=100, required=False, widget=forms.TextInput(attrs=MIDDLE)
    )
    statistics_due_on = DayField(label="统计资料公布日期", required=False)
    audience = forms.ChoiceField(
        label="公开范围", choices=Audience.choices, widget=forms.RadioSelect, error_messages=choose("公开范围")
    )
    columns = forms.ModelMultipleChoiceField(
        Column.objects.none(), label="栏目", required=False, widget=forms.CheckboxSelectMultiple
    )
    files = FilesField(
        label="附件",
        most=MOST_FILES,
        required=False,
        help_text=f"PDF、OFD、Word、Excel 或者图片，最多{MOST_FILES}个，每个不超过20MB，一次共不超过100MB。",
    )

    def fill(self, body: Body, *, on: date) -> None:
        """Offer what the body's law and columns offer."""
        law = library.profile(body.profile, on)
        fields: Any = self.fields
        fields["attribute"].choices = [(one.code, one.label) for one in law.attributes.values()]
        fields["attribute"].initial = next(code for code, one in law.attributes.items() if one.core == "open")
        items = NegativeItem.objects.filter(body=body).in_force().order_by("category", "pk")
        fields["negative_item"].queryset = items
        fields["columns"].queryset = Column.objects.filter(body=body).order_by("order", "pk")
        fields["issuer"].initial, fields["formed_on"].initial = body.name, on
        fields["audience"].initial, fields["content"].initial = Audience.PUBLIC, Content.OWN
        fields["genre"].initial = Genre.NOTICE
        if law.option("publish.verbatim") is True:
            fields["summary"].help_text = "摘录正文中的一两句原话，列入信息公开目录；说明性的文字写入政策解读。"
        self._offer_for_policies(law)
        self._offer_services(law)

    def _offer_for_policies(self, law: Profile) -> None:
        """The points a policy on enterprises must fix, and the meeting that important policies go to, where the law names any."""
        fields: Any = self.fields
        self.points = said(law, "policy.enterprise_clauses")
        for place, point in enumerate(self.points):
            fields[f"{CLAUSE}{place}"] = TextField(
                label=f"{point}：在文中的位置", max_length=40, required=False, help_text="例如：第六条；三、（二）。"
            )
        if not self.points:
            del fields["is_enterprise_policy"]
        if meeting := law.option("policy.meeting"):
            fields["for_meeting"].label = f"提请{meeting}审议"
        else:
            del fields["for_meeting"]
        fields["media"].choices = [(one, one) for one in said(law, "release.media")]
        if not fields["media"].choices:
            del fields["media"]

    def _offer_services(self, law: Profile) -> None:
        """Ask what a public unit says of its information, where the body's law knows public units."""
        fields: Any = self.fields
        for name, key in (("service_class", "service.classes"), ("service_stage", "service.stages")):
            fields[name].choices = [("", "不适用"), *((one, one) for one in said(law, key))]
            if not said(law, key):
                del fields[name]

    def _named(self, names: tuple[str, ...]) -> list[Any]:
        """The fields of a group that this form has."""
        clauses = [name for name in self.fields if name.startswith(CLAUSE)]
        wanted = [one for name in names for one in (clauses if name == "clauses" else [name])]
        return [self[name] for name in wanted if name in self.fields]

    def clean_keywords(self) -> tuple[str, ...]:
        return _listed(self.cleaned_data["keywords"], "主题词", most=20)

    def clean_joint_makers(self) -> tuple[str, ...]:
        return _listed(self.cleaned_data["joint_makers"], "联合制作机关", most=100)

    def groups(self) -> Iterator[dict[str, Any]]:
        """The fields under their headings; a folded group is open when something in it is filled in or wrong."""
        for heading, names in GROUPS:
            fields = self._named(names)
            if not fields:
                continue
            said = any(field.errors or field.value() not in UNSAID for field in fields)
            yield {"heading": heading, "fields": fields, "folded": heading in FOLDED, "open": said}

    def remarks(self) -> Iterator[str]:
        """What was left out of the text, and what is unusual without being wrong."""
        field: Any = self.fields["html"]
        if field.lost:
            yield f"正文中的{'、'.join(field.lost)}不能在网页上公开，已经去掉。请核对正文，需要的内容改用文字、表格或者附件。"
        formed_on, effective_on = self.cleaned_data["formed_on"], self.cleaned_data["effective_on"]
        if effective_on and effective_on < formed_on:
            yield "施行日期早于成文日期，请核对；确有依据溯及以前的，不需要修改。"

    def text(self, change_note: str = "") -> Text:
        """What people read."""
        data = self.cleaned_data
        return Text(
            title=data["title"],
            html=data["html"],
            text=cleaning.text_of(data["html"]),
            summary=data["summary"],
            change_note=change_note,
        )

    def forwarded(self) -> Document | None:
        """What the document forwards; nothing, unless a form knows it."""
        return None

    def clauses(self) -> dict[str, str]:
        """Where in the text each point of a policy on enterprises stands; nothing of any other document."""
        if not self.cleaned_data.get("is_enterprise_policy"):
            return {}
        return {point: self.cleaned_data[f"{CLAUSE}{place}"] for place, point in enumerate(self.points)}

    def particulars(self) -> Particulars:
        """What is said about it."""
        data = self.cleaned_data
        plain = ("topic", "issuer", "formed_on", "document_number", "source", "effective_on", "expires_on")
        flags = ("is_policy", "is_major_decision", "attribute", "reason", "legal_basis", "negative_item")
        numbers = ("statistics", "statistics_approval", "statistics_due_on", "participation_note")
        return Particulars(
            genre=Genre(data["genre"]),
            phase=Phase(data["phase"]),
            content=Content(data["content"]),
            audience=Audience(data["audience"]),
            keywords=data["keywords"],
            joint_makers=data["joint_makers"],
            columns=tuple(data["columns"]),
            participation=tuple(data["participation"]),
            forwards=self.forwarded(),
            is_enterprise_policy=data.get("is_enterprise_policy", False),
            enterprise_clauses=self.clauses(),
            for_meeting=data.get("for_meeting", False),
            media=tuple(data.get("media", ())),
            **{name: data[name] for name in (*plain, *flags, *numbers)},
            **{name: data.get(name, "") for name in ("service_class", "service_stage")},
        )


class DraftForm(DocumentFields):
    """A new document of one body."""

    def __init__(self, *args: Any, body: Body, departments: Any, on: date, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        self.fill(body, on=on)
        field: Any = self.fields["department"]
        field.queryset = departments

    department: Any = forms.ModelChoiceField(
        None, label="起草机构", empty_label=None, error_messages=choose("起草机构")
    )
    field_order = ("department", "title", "html")


class ReviseForm(DocumentFields, MatterForm):
    """A new version of a document; files that are not kept are left out of it."""

    def forwarded(self) -> Document | None:
        """What the document forwards stays as it was."""
        return self.matter.forwards

    keep = forms.TypedMultipleChoiceField(
        label="保留的附件", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    change_note = TextField(
        label="变更说明",
        max_length=300,
        required=False,
        help_text="修订已经公开的文件时填写，公众会看到改了什么、为什么。",
    )

    def prepare(self) -> None:
        document: Document = self.matter
        self.fill(document.body, on=local_date(document.opened_at))
        last = newest(document)
        files = list(last.files.order_by("order"))
        fields: Any = self.fields
        fields["keep"].choices = [(one.pk, one.title) for one in files]
        fields["keep"].initial = [one.pk for one in files]
        known = {name: getattr(document, name) for name in Particulars.__dataclass_fields__ if name in fields}
        known |= {name: "、".join(known[name]) for name in ("keywords", "joint_makers")}
        known |= {name: getattr(last, name) for name in ("title", "html", "summary", "change_note")}
        known |= {f"{CLAUSE}{place}": document.enterprise_clauses.get(one) for place, one in enumerate(self.points)}
        known["columns"] = last.columns.all()
        for name, value in known.items():
            fields[name].initial = value
        if not files:
            del fields["keep"]
