"""Whether a document is a 行政规范性文件: the answers of a questionnaire against the standard of the body."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.regulations.publishing import Choice, Question
from portal.regulations.registry import applies, carries

from .refusal import Refused

YES, NO, REMAKE = "yes", "no", "remake"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the answers come to. `because` are the reasons kept on record; `advice` is what is to be done besides, or empty."""

    is_normative: bool
    because: tuple[str, ...]
    advice: str = ""


def ordered(standard: Iterable[Question]) -> tuple[Question, ...]:
    """The questions in the order in which they are put."""
    return tuple(sorted(standard, key=lambda question: question.step))


@applies("question *")
@carries("NX-AX-1", "NX-AX-2.1a", "NX-AX-2.1b", "NX-AX-2.2", "NX-AX-2.3", "NX-AX-3", "RULE37")
def judge(answers: Mapping[str, str], standard: Iterable[Question]) -> Finding:
    """The finding. What decides alone decides; otherwise every standard must be met, and every question answered.

    `answers` are codes of choices by codes of questions. Raises Refused for an unknown answer, or for what is left open
    while nothing is decided.
    """
    questions = ordered(standard)
    given = [(question, choice) for question in questions if (choice := _chosen(question, answers)) is not None]
    remade = _reasons(given, REMAKE)
    if remade:
        return Finding(False, remade, advice="请就有关内容另行制定行政规范性文件，并向社会公布。")
    barred = tuple(
        choice.because or choice.label for question, choice in given if choice.verdict == NO and not question.standard
    )
    if barred:
        return Finding(False, barred)
    decided = _reasons(given, YES)
    if decided:
        return Finding(True, decided)
    unmet = _reasons(given, NO)
    if unmet:
        return Finding(False, unmet)
    _refuse_open(questions, answers)
    return Finding(True, ("制定主体、表现形式和文件内容均符合认定标准",))


def _chosen(question: Question, answers: Mapping[str, str]) -> Choice | None:
    code = answers.get(question.code, "")
    found = next((choice for choice in question.choices if choice.code == code), None)
    if found is None and code and not question.taken_from:
        raise Refused(f"“{question.label}”的回答不在可选范围内，请重新选择。")
    return found


def _reasons(given: Iterable[tuple[Question, Choice]], verdict: str) -> tuple[str, ...]:
    return tuple(choice.because or choice.label for _question, choice in given if choice.verdict == verdict)


def _refuse_open(questions: Iterable[Question], answers: Mapping[str, str]) -> None:
    left = [question.label for question in questions if not question.taken_from and not answers.get(question.code)]
    if left:
        raise Refused(f"还有{len(left)}个问题没有回答：{'；'.join(left)}。请回答后再提交。")


@carries("LD-A2-4-3", "WZ-6.3-4c", "RULE37", "D713-26")
def legality_missing(*, needed: bool, passed: bool | None) -> Iterator[str]:
    """What a document owes of its legality review. `passed`: how the review of this very text ended, None for none."""
    if needed and passed is None:
        yield "没有经过合法性审核（正文修改后应当重新审核）"
    elif needed and not passed:
        yield "合法性审核没有通过，请按审核意见修改后重新送审核"


def may_record_legality(*, recorder: int, authors: Sequence[int]) -> None:
    """Whether somebody may write down what the legal organ said of a text: not who wrote it. Raises Refused."""
    if recorder in authors:
        raise Refused("拟写或者修改过本稿的人员不能登记合法性审核意见，请由其他人员登记。")


def may_end(*, since: date, known_from: date, ended: bool) -> None:
    """Whether a document's validity may change from a day on: a day not before it was made, once. Raises Refused."""
    if ended:
        raise Refused("本件已经废止或者失效，不需要再次办理。")
    if since < known_from:
        raise Refused("废止、修改或者失效的日期不能早于本件的成文日期，请核对后重新填写。")
