"""Hears what is put right, or said not to be meant, where no answer holds it.

"更正一下，产能其实会加大约百分之十二", "我是收车再卖出去那种 不是中介哈".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.question import Question, Value
from actions.turns.beside import clause_turn
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

NOTED = "utter_common_not_needed"
"""Response that says so."""

UNHEARD = frozenset({"deny", "go_back", "inform", "nlu_fallback", "out_of_scope"})
"""What the model takes it for."""

SHORTEST = 4
"""Signs of what is told beside the denial."""

_MENDS = re.compile("(?:不对|哦|啊|哎|那个|[，, ])*(?:更正|纠正|补充)(?:一下|下|个)?")
"""Begins what puts something right."""

_DENIAL = re.compile("(?:我|俺|咱|们|这|那|可|并)*不是(?P<name>[^是]{2,8}?)[哈啊呀哦呢啦的]*")


def only_noted(
    turn: Turn, questions: Sequence[Question], opened: Question | None, say: CollectingDispatcher
) -> bool:
    """Say that it is understood and noted nowhere; False for anything else."""
    is_free = turn.choice is None and turn.intent in UNHEARD and not asks(turn.text)
    is_free = is_free and (opened is None or not opened.free_text)
    if not is_free or not (_is_refused(turn) or _denies_other(turn, questions, opened)):
        return False
    say.utter_message(response=NOTED)
    return True


def _is_refused(turn: Turn) -> bool:
    return turn.intent == "out_of_scope" and _MENDS.match(turn.text) is not None


def _denies_other(turn: Turn, questions: Sequence[Question], opened: Question | None) -> bool:
    """Tell whether what is denied is no answer that was given or is asked for."""
    *told, last = clauses(turn.text) or [""]
    denial = _DENIAL.fullmatch(last.strip())
    if denial is None or not any(len(part) >= SHORTEST for part in told):
        return False
    return not any(
        _answers(denial["name"], turn, one, is_asked=one is opened)
        for one in questions
        if one is opened or turn.slots.get(one.slot) is not None
    )


def _answers(name: str, turn: Turn, question: Question, *, is_asked: bool) -> bool:
    """Tell whether a name answers a question, with what was answered where it is not open."""
    answer = question.parse(replace(clause_turn(turn, name), requested=question.slot))
    if not isinstance(answer, Value):
        return False
    return is_asked or answer.value == turn.slots.get(question.slot)
