"""Reads an answer in a form behind which all the rest is denied: 雇九个司机 别的都没有."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actions.forms.ask import NO
from actions.forms.question import Question, Value
from actions.questions.each_question import as_one
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

_REST = re.compile(
    "(?:别的|其他的?|其它的?|其余的?|旁的|剩下的?)(?:啥|什么|我|俺)*(?:都|也|全|就|统统)*"
    "(?:没有?|不[做搞卖设干]|无|没啥|都不)了?[吧呗啊的]?"
)

CHOSEN = ("_enterprise_type", "_district")
"""Ends of the slots of answers that say nothing of what is done there."""

_DENIES = re.compile("[不没]")


def rest_denied(
    turn: Turn, questions: Sequence[Question], told: Callable[[Turn], Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what a text answers, with a no to every other question that takes one.

    {} where nothing is told beside the rest, or nothing says that there is no more.

    Args:
        turn: The message.
        questions: All that may be answered.
        told: Reads what a text tells by the way.
    """
    parts = clauses(turn.text)
    kept = [part for part in parts if _REST.fullmatch(part) is None]
    if turn.choice is not None or len(kept) in {0, len(parts)} or any(map(asks, kept)):
        return {}
    said = as_one(turn, "，".join(kept))
    found = dict(told(said))
    opened = next((one for one in questions if one.slot == turn.requested), None)
    if opened is not None and opened.slot not in found:
        answer = opened.parse(said)
        if isinstance(answer, Value):
            found[opened.slot] = answer.value
        elif opened.yes_no and not found and _DENIES.search(said.text) is not None:
            found[opened.slot] = NO  # 生食裱花不弄 别的也没有
    if all(slot.endswith(CHOSEN) for slot in found):
        return {}  # 我要个体户，别的没有
    left = (one for one in questions if one.yes_no and turn.slots.get(one.slot) is None)
    rest = {one.slot: NO for one in left if one.slot not in found}
    return {**rest, **found} if found else {}
