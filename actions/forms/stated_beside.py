"""What a message states in a form beside the question that it asks: 公司吧，那水光针能做吗."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.forms.ask import NO, YES
from actions.forms.question import SAID_BACK, Question, Value
from actions.turns.beside import clause_turn
from actions.turns.turn import Turn
from bot.services.reading.answers import read_yes_no_part
from bot.services.words.business import supposes
from bot.services.words.form_remarks import is_unsure, leaves
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import asks_meaning, clauses

PROJECT = "plan_project_form"
"""Form whose open question may be answered in words of its own."""

SUPPOSED = ("的话", "的时候")
"""End a clause that is only a condition of what is asked behind it."""

LONGEST_NAME = 8
"""Signs of a clause that is nothing but a name that answers: 公司吧, 东昌府的."""


_SIZE = re.compile(
    "[\\d一二两三四五六七八九十几半]+(?:点[一二三四五六七八九])?(?:来|多)?(?:米|平|方|㎡)"
)
"""A size that answers, where a yes or no is asked: 两米."""


def stated_beside(
    turn: Turn, questions: Sequence[Question], told: Callable[[Turn], Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the answers that the clauses give which ask nothing; {} where nothing is asked.

    Args:
        turn: The message.
        questions: All that may be answered.
        told: Reads what a clause tells by the way.
    """
    parts = clauses(turn.text)
    stated = [part for part in parts if _states(part)]
    if turn.choice is not None or len(stated) in {0, len(parts)} or any(map(leaves, parts)):
        return {}
    open_ones = {one.slot: one for one in questions if turn.slots.get(one.slot) is None}
    found: dict[str, Any] = {}
    for part in stated:
        said = clause_turn(turn, part)
        for slot, value in told(said).items():
            is_denied = value == NO and turn.slots.get(slot) == YES  # 先不加泳池
            found |= {slot: value} if slot in open_ones or is_denied else {}
        found |= _named(said, open_ones.values(), turn.requested)
    opened = open_ones.get(turn.requested or "")
    found |= {} if opened is None else _chosen(turn, stated, opened)
    if opened is not None and opened.yes_no and opened.slot not in found:
        answer = read_yes_no_part([*stated, ""])
        found |= _told_of(turn, stated, opened) if answer is None else _yes_or_no(opened, answer)
    return found


def _yes_or_no(opened: Question, answer: bool) -> dict[str, Any]:
    return {opened.slot: YES if answer else NO}


def _told_of(turn: Turn, stated: Iterable[str], opened: Question) -> dict[str, Any]:
    """Return the answer that a short clause gives in words of the question: 两米, of a sign."""
    short = (part for part in stated if len(part) <= LONGEST_NAME and _SIZE.search(part))
    said = (replace(clause_turn(turn, part), requested=opened.slot) for part in short)
    answers = (opened.parse(one) for one in said)
    told = next((one for one in answers if isinstance(one, Value) and one.exact), None)
    return {} if told is None else {opened.slot: told.value}


def _chosen(turn: Turn, stated: Iterable[str], opened: Question) -> dict[str, Any]:
    """Return the option that a clause chooses of the open question: 俺们是招拍挂拍来的."""
    if turn.loop != PROJECT or opened.yes_no or opened.free_text or opened.entity is not None:
        return {}
    said = (replace(clause_turn(turn, part), requested=opened.slot) for part in stated)
    answers = (opened.parse(one) for one in said)
    chosen = next((one for one in answers if isinstance(one, Value)), None)
    return {} if chosen is None else {opened.slot: chosen.value}


def may_tell_more(turn: Turn) -> bool:
    """Tell whether a message has several clauses, of which some may answer and one ask."""
    parts = clauses(turn.text)
    return turn.choice is None and len(parts) > 1 and not any(map(leaves, parts))


def bare_beside(turn: Turn, questions: Sequence[Question]) -> tuple[dict[str, Any], str]:
    """Return the answers that whole clauses are beside a question, and the text without them.

    "公司吧，那水光针能做吗" gives the form of enterprise; nothing of it is in the question.

    Args:
        turn: A message that `may_tell_more`.
        questions: All that may be answered.
    """
    parts = clauses(turn.text)
    open_ones = {one.slot: one for one in questions if turn.slots.get(one.slot) is None}
    opened = open_ones.get(turn.requested or "")
    found: dict[str, Any] = {}
    rest = []
    for part in parts:
        answers = _bare(turn, part, open_ones, opened) if _states(part) else {}
        found |= answers
        rest += [] if answers else [part]
    return (found, "，".join(rest)) if any(map(asks, rest)) else ({}, turn.text)


def _states(part: str) -> bool:
    """Tell whether a clause neither asks nor supposes: 办公司的话 does."""
    return not (asks(part) or supposes(part) or part.endswith(SUPPOSED))


def _bare(
    turn: Turn, part: str, open_ones: Mapping[str, Question], opened: Question | None
) -> dict[str, Any]:
    """Return the answers that a clause is as a whole: a name, or a bare yes or no."""
    answer = read_yes_no_part([part, ""]) if opened is not None and opened.yes_no else None
    if opened is not None and answer is not None:
        return {opened.slot: YES if answer else NO}
    is_left = opened is not None and opened.when_unknown is not None and is_unsure(part)
    if opened is not None and is_left and not asks_meaning(turn.text):  # 啥叫个体户啊，俺不懂
        return {opened.slot: opened.when_unknown}
    return _named(clause_turn(turn, part), open_ones.values(), turn.requested)


def _named(said: Turn, open_ones: Iterable[Question], requested: str | None) -> dict[str, Any]:
    """Return the answers of a clause that is nothing but a name, by slot."""
    found: dict[str, Any] = {}
    for question in open_ones:
        if question.entity not in SAID_BACK or len(said.text) > LONGEST_NAME:
            continue
        answer = question.parse(replace(said, requested=question.slot))
        is_open = question.slot == requested
        if isinstance(answer, Value) and (is_open or question.is_named(said)):
            found[question.slot] = answer.value
    return found
