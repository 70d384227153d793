"""Reads a text that takes back an answer and gives another one in the same breath."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from actions.forms.mended import given_alike, mended
from actions.forms.question import Question, Value
from actions.forms.reading import answers_by_entity, answers_by_label
from actions.turns.beside import clause_turn
from actions.turns.turn import Turn
from bot.services.words.form_chosen import form_settled
from bot.services.words.remarks import LONGEST_REMARK, clauses, gives_up, replacement

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
    amount = mended(turn, questions)
    if amount:
        return amount
    if turn.intent == "stop":  # "算了还是明天" goes on, "临清的不办了" does not
        found = {} if gives_up(turn.text) else _instead(turn, questions, beside)
        if found or gives_up(turn.text) or replacement(turn.text) is None:
            return found  # "换公司吧" is read on
    if len(turn.text) > LONGEST_REMARK:
        return {}
    part = replacement(turn.text)
    if part is None:
        return {}
    said = clause_turn(turn, part)
    changes = (
        answers_by_label(said, questions, spoken=turn.text)
        or beside(said, questions, None, replaces=True)
        or given_alike(turn, questions)
    )
    for other in _other_replacements(turn.text, part):  # 改成下周四吧，还是十点
        changes = {**beside(clause_turn(turn, other), questions, None, replaces=True), **changes}
    if changes or opened is None or opened.free_text:
        return changes
    answer = opened.parse(said)
    return {opened.slot: answer.value} if isinstance(answer, Value) else {}


def settled_anew(
    turn: Turn, questions: Sequence[Question], opened: Question | None
) -> dict[str, Any]:
    """Return the form of a business that a text settles beside another open question.

    会计让我办公司, while the area is asked; empty where the form is not known yet.
    """
    word = form_settled(turn.text)
    of_form = (q for q in questions if q.entity == "enterprise_type" and q is not opened)
    asked = next((q for q in of_form if turn.slots.get(q.slot) is not None), None)
    if word is None or asked is None:
        return {}
    answer = asked.parse(replace(clause_turn(turn, word), requested=asked.slot))
    return {asked.slot: answer.value} if isinstance(answer, Value) else {}


def _other_replacements(text: str, known: str) -> list[str]:
    """Return what the clauses of a text put in the place of something, but for what is known."""
    found = (replacement(part) for part in clauses(text))
    return [part for part in found if part is not None and part != known]


def _instead(turn: Turn, questions: Sequence[Question], beside: Beside) -> dict[str, Any]:
    """Return what a text that begins like a leave-taking says instead: "别上门了，我去窗口吧"."""
    named = answers_by_entity(turn, questions, None)
    parts = clauses(turn.text)
    if named or len(parts) < 2:  # noqa: PLR2004 - what does not hold, and what does
        return named
    said = clause_turn(turn, parts[-1])
    told = beside(said, questions, None, replaces=True)
    if told:
        return told
    for question in questions:
        if question.free_text or turn.slots.get(question.slot) is None:
            continue
        answer = question.parse(replace(said, requested=question.slot))
        if isinstance(answer, Value) and answer.value != turn.slots.get(question.slot):
            return {question.slot: answer.value}
    return {}
