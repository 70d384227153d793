"""Reads an amount that takes the place of a known one, unit or not: "二百说大了，一百六"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.forms.question import AREA, Question, Value
from actions.turns.beside import clause_turn
from actions.turns.turn import Turn
from bot.services.reading.answers import amount_as_before, mended_amount, takes_back
from bot.services.reading.spoken_names import spells_sign
from bot.services.words.remarks import clauses, is_correction, replacement

_IS = re.compile("^(应该?|其实|实际上?|就)?(是|叫|写成?|改成)")
"""What stands before the new answer."""

_TAIL = re.compile("(尾[号数]|后四位|末四位|最后[几三四]位)[^\\d]{0,8}(?P<tail>\\d{3,4})$")

LONGEST = 40
"""Characters; a longer text tells more than another amount."""


def mended(turn: Turn, questions: Sequence[Question]) -> dict[str, float]:
    """Return the answered amount that the text puts right, by slot; empty for none."""
    if turn.choice is not None or len(turn.text) > LONGEST:
        return {}
    numbers = [q for q in questions if _is_amount(turn.slots.get(q.slot))]
    for question in numbers:
        known = float(turn.slots[question.slot])
        is_named = question.is_called(turn.text)
        is_named = is_named or (len(numbers) == 1 and takes_back(turn.text))
        amount = mended_amount(turn.text, known, is_named=is_named)
        if amount is not None:
            return {question.slot: amount}
    again = amount_as_before(turn.text)
    area = next((q for q in numbers if q.slot.endswith(AREA)), None)
    return {area.slot: again} if again and area and again != turn.slots[area.slot] else {}


def _is_amount(known: object) -> bool:
    return not isinstance(known, bool) and isinstance(known, int | float) and known > 0


def asked_again(turn: Turn, target: Question) -> str:
    """Return what is said before a question is asked anew, or for the first time."""
    is_noted = turn.slots.get(target.slot) is not None
    return "utter_common_ask_again" if is_noted else "utter_common_not_noted_yet"


_NEAR_BY = re.compile("[是在,， ]*[\u4e00-\u9fff]{2,4}?(?:旁边|隔壁|边上|附近|跟前|紧?挨着)的?")
"""A place that only says where another one lies: 荏平旁边的."""

_TOWN, SLIP_PLACE_TOWN, DISTRICT = 4, 3, "district"
"""Signs of a town behind its district, and parts of a text that names both: 说错了 是东阿 铜城."""


def given_instead(turn: Turn, target: Question) -> Value | None:
    """Return the new answer behind a slip that is owned to: "打错了 145"; None for none.

    A town may stand behind the district, and another district before it: 是荏平旁边的东阿 铜城.
    """
    parts = clauses(turn.text)
    if len(parts) == 1 or target.is_story:
        return None
    said = parts[-1:] if not target.free_text else _said_instead(turn.text, parts)
    given = _as_answer(_NEAR_BY.sub("", said[0]), turn, target) if said else None
    is_behind = len(parts) >= SLIP_PLACE_TOWN and len(parts[-1]) <= _TOWN
    if given is None and is_behind and target.entity == DISTRICT and not target.free_text:
        return _as_answer(_NEAR_BY.sub("", parts[-2]), turn, target)
    return given


def _as_answer(said: str, turn: Turn, target: Question) -> Value | None:
    """Return what a part of a text answers, as if the question were asked again."""
    answer = target.parse(replace(clause_turn(turn, said), requested=target.slot))
    return answer if isinstance(answer, Value) else None


def given_alike(turn: Turn, questions: Sequence[Question]) -> dict[str, str]:
    """Return the name that takes the place of one like it: "不对 是赵旻" after 赵敏; by slot.

    The text need not say which answer it puts right; a sign in common does.
    """
    part = replacement(turn.text)
    for question in questions:
        known = turn.slots.get(question.slot)
        if not question.free_text or question.is_story or not isinstance(known, str):
            continue
        instead = given_instead(turn, question) or (part and _as_answer(part, turn, question))
        name = str(instead.value) if isinstance(instead, Value) else ""
        if name != known and set(name) & set(known):
            return {question.slot: name}
    return {}


def tail_mended(turn: Turn, questions: Sequence[Question]) -> dict[str, str]:
    """Return the telephone with the last digits that are said instead: "尾号错了 是1213"."""
    found = _TAIL.search(turn.text)
    for question in questions:
        known = str(turn.slots.get(question.slot) or "")
        if found and question.entity == "phone" and known.isdigit():
            return {question.slot: known[: -len(found["tail"])] + found["tail"]}
    return {}


def _said_instead(text: str, parts: Sequence[str]) -> list[str]:
    """Return the new words: 覃海燕 in "名字写错了，是覃海燕，西早覃"."""
    given = [part for part in clauses(replacement(text) or "")[:1] if part]
    slips = [at for at, part in enumerate(parts[:-1]) if is_correction(part)]
    rest = [part for part in parts[slips[-1] + 1 :] if not spells_sign(part)] if slips else []
    behind = rest[:1] if not given else []  # 名儿写差了，建设的建，李建强
    return given or [_IS.sub("", part) for part in behind]
