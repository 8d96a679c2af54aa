"""Versions side by side: nothing lost, changes where they are, long sameness folded, and in bounded time."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.texts.comparing import FileRef, Fold, Row, compare, compare_files, compare_html, folded

lines = st.lists(st.text(alphabet="甲乙丙，。1 ", max_size=12), max_size=8).map("\n".join)


def _left(rows: list[Row]) -> list[str]:
    return ["".join(span.text for span in row.left) for row in rows if row.kind != "added"]


def _right(rows: list[Row]) -> list[str]:
    return ["".join(span.text for span in row.right) for row in rows if row.kind != "removed"]


@given(lines, lines)
def test_joining_the_left_gives_the_old_text_and_the_right_the_new(old: str, new: str) -> None:
    rows = compare(old, new)

    assert "\n".join(_left(rows)) == old
    assert "\n".join(_right(rows)) == new


@given(lines)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {row.kind for row in compare(text, text)} == {"same"}


def test_only_the_changed_words_are_marked() -> None:
    [row] = compare(
        "应当自收到申请之日起20个工作日内答复，并说明理由。", "应当自收到申请之日起7个工作日内答复，并说明理由。"
    )

    assert row.kind == "changed"
    assert [span.text for span in row.left if span.changed] == ["20"]
    assert [span.text for span in row.right if span.changed] == ["7"]


def test_an_inserted_paragraph_does_not_shift_its_neighbours() -> None:
    old = "第一条 为了规范工作，制定本办法。\n第二条 本办法适用于本厅各处室。"
    new = "第一条 为了规范公开工作，制定本办法。\n新增的一条，原来没有。\n第二条 本办法适用于本厅机关各处室。"

    assert [row.kind for row in compare(old, new)] == ["changed", "added", "changed"]


def test_a_paragraph_that_says_something_else_is_removed_and_added() -> None:
    rows = compare("申请人应当提供身份证明。", "本办法自二〇二六年起施行")

    assert [row.kind for row in rows] == ["removed", "added"]


def test_html_is_compared_by_its_words() -> None:
    rows = compare_html("<h2>通知</h2><p>各<strong>处室</strong>：</p>", "<h2>通知</h2><p>各处室：</p>")

    assert [row.kind for row in rows] == ["same", "same"]


def test_long_unchanged_stretches_are_folded_and_nothing_is_lost() -> None:
    old = "\n".join(f"第{n}条 内容。" for n in range(40))

    shown = folded(compare(old, old.replace("第20条 内容", "第20条 新内容")))

    assert [one.kind for one in shown] == ["folded", "same", "same", "changed", "same", "same", "folded"]
    assert sum(len(one.rows) if isinstance(one, Fold) else 1 for one in shown) == 40


@pytest.mark.parametrize("share", [0.05, 1.0])
def test_two_hundred_pages_are_compared_in_seconds(share: float) -> None:
    chance = random.Random(7)
    words = ["政府信息", "公开", "应当", "不得", "机关", "申请人", "办理", "期限", "，", "。", "的"]
    old = ["".join(chance.choices(words, k=30)) for _ in range(3000)]
    new = [line[:20] + "修改" + line[22:] if chance.random() < share else line for line in old]

    began = time.perf_counter()
    rows = compare("\n".join(old), "\n".join(new))

    assert time.perf_counter() - began < 20
    assert _right(rows) == new


def test_the_longest_texts_are_compared_paragraph_by_paragraph_in_seconds() -> None:
    chance = random.Random(7)
    old, new = ("\n".join("".join(chance.choices("一二三四", k=290)) for _ in range(1700)) for _ in range(2))

    began = time.perf_counter()
    rows = compare(old, new)

    assert time.perf_counter() - began < 5
    assert "\n".join(_right(rows)) == new


def test_files_are_told_apart_by_title_and_content() -> None:
    old = [FileRef("附件1", "aa"), FileRef("附件2", "bb"), FileRef("附件3", "cc"), FileRef("附件4", "dd")]
    new = [FileRef("附件1", "aa"), FileRef("附件2", "b2"), FileRef("申请表", "cc"), FileRef("附件5", "ee")]

    assert [(one.kind, (one.new or one.old).title) for one in compare_files(old, new)] == [  # type: ignore[union-attr]
        ("same", "附件1"),
        ("replaced", "附件2"),
        ("renamed", "申请表"),
        ("added", "附件5"),
        ("removed", "附件4"),
    ]
