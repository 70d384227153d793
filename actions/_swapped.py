"""Reads a text that takes back an answer and gives another one in the same breath."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions._beside import clause_turn
from actions._question import Question, Value
from actions._reading import answers_by_entity, answers_by_label
from actions._turn import Turn
from bot.services.remarks import LONGEST_REMARK, clauses, gives_up, is_correction, replacement

_AMOUNT = re.compile(r"\d[\d.]*\s*[百千万]?|[零一二两三四五六七八九十百千万半]+")

Beside = Callable[..., dict[str, Any]]
"""`ValidateForm.answers_beside`."""


def swapped(
    turn: Turn, questions: Sequence[Question], opened: Question | None, beside: Beside
) -> dict[str, Any]:
    """Return the answers of a text that says what does not hold and what does instead.

    Args:
        turn: The message.
        questions: All that may be answered.
        opened: The open question.
        beside: Reads answers to other questions than the open one.
    """
    if turn.intent == "stop":  # "算了还是明天" goes on, "临清的不办了" does not
        return {} if gives_up(turn.text) else answers_by_entity(turn, questions, None)
    if len(turn.text) > LONGEST_REMARK:
        return {}
    amount = answers_by_amount(turn, questions)
    part = replacement(turn.text)
    if part is None or amount:
        return amount
    said = clause_turn(turn, part)
    changes = answers_by_label(said, questions, spoken=turn.text) or beside(
        said, questions, None, replaces=True
    )
    if changes or opened is None or opened.free_text:
        return changes
    answer = opened.parse(said)
    return {opened.slot: answer.value} if isinstance(answer, Value) else {}


def answers_by_amount(turn: Turn, questions: Sequence[Question]) -> dict[str, Any]:
    """Return the new amount of the answer that a text takes back by its number.

    "38打反了，是83" and "不是5000，是8000" name no question; the noted number tells which is meant.
    """
    if not is_correction(turn.text):
        return {}
    noted = _noted_amounts(questions, turn.slots)
    for part in reversed(clauses(turn.text)):
        for question in noted:
            new = _amounts(part, turn, question)
            told = [value for p in clauses(turn.text) for value in _amounts(p, turn, question)]
            if new and turn.slots[question.slot] in told and new[-1] != turn.slots[question.slot]:
                return {question.slot: new[-1]}
    return {}


def _noted_amounts(questions: Sequence[Question], slots: Mapping[str, Any]) -> list[Question]:
    """Return the questions whose noted answer is an amount."""
    values = ((question, slots.get(question.slot)) for question in questions)
    return [question for question, value in values if isinstance(value, float) and value > 0]


def _amounts(part: str, turn: Turn, question: Question) -> list[float]:
    """Return every amount in a part of a text as a question reads it, in order."""
    found = []
    for amount in _AMOUNT.finditer(part):
        said = replace(turn, text=amount.group(), entities=(), choice=None, requested=question.slot)
        answer = question.parse(said)
        if isinstance(answer, Value):
            found.append(float(answer.value))
    return found
