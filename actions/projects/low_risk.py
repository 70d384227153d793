"""Whether a project is of the small class of low risk, by the sizes and dangers that are told."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.ask import NO
from actions.projects.answers import PREFIX, project_answers
from actions.turns.history import last_responses
from actions.turns.turn import Turn
from bot.documents.matter_text import source_line
from bot.domain.contradictions import Contradiction
from bot.services.plans.project_types import HAZARD, SMALL_LOW_RISK
from bot.services.words.matter_remarks import asks
from bot.services.words.project import sizes_in
from bot.services.words.remarks import asks_whether_one_counts, clauses

LOW_RISK, _HAZARD = PREFIX + SMALL_LOW_RISK, PREFIX + HAZARD

PUBLIC, RENOVATION = "政府投资", "装修改造"
"""Answers with which a project is of another class."""

_CLASS = ("低风险", "小型", "简易", "那一类", "这一类", "那类", "这类", "那种", "这种")
"""Words by which the class is asked for: 算那个小型吗."""

_DENIES = re.compile(
    "不(?:算|是|属于?|走|按)[^，,。]{0,4}(?:小型|低风险|简易)|"
    "(?:小型|低风险|简易)[^，,。]{0,4}不(?:算|是|属于?)"
)
_SIMPLE = re.compile(
    "(?:简易|小型)(?:低风险)?的?(?:那|这)?(?:一)?(?:种|类|流程|程序|路子|办法|的办)(?!注销)"
)
_BY_CLASS = re.compile("按[^，,。]{0,6}(?:小型|低风险|简易)[^，,。]{0,8}[走办来弄算]")
"""Asks whether one goes the way of the class: 按简易的走不."""

_LIMIT = re.compile(
    "(?:小于|低于|少于|不到|不超过?)[^，,。]{0,2}(?:多少|几)[^。]{0,14}[简快省小少]|"
    "(?:多少|几千?)平?[^，,。]{0,4}(?:以[内下]|之内|往下)[^，,。]{0,6}[简快省小]|"
    "小的?[^，,。]{0,6}手续[^，,。]{0,4}[简少快省]|面积小[^。]{0,10}[简少快省]"
)
"""Asks up to which size there is less to be done: 几千平算小."""

_COLON = re.compile("[：:]")
_STILL = re.compile("算(?:不算|吗|不|么)[?？]?$")
"""Asks whether a project is still of the class that was just spoken of: 改成3300平还算不算."""

KEPT = frozenset({"utter_plan_project_is_small", "utter_plan_project_maybe_small"})
"""Responses that say that a project keeps the limits of the class."""

SAID = KEPT | {"utter_plan_project_not_small", "utter_plan_project_why_is_small_low_risk"}
"""Responses that speak of the class."""

_OTHER = "特殊"
"""Word of another class that is asked for."""


def asks_if_low_risk(text: str) -> bool:
    """Tell whether "算不算简易低风险" is asked; it answers nothing."""
    parts = [one for part in clauses(text) for one in _COLON.split(part)]
    if any(_SIMPLE.search(part) is not None and asks(part) for part in parts):
        return True  # 简易的那种20天能用不
    if any(_BY_CLASS.search(part) is not None and asks(part) for part in parts):
        return True
    parts = [part for part in parts if asks_whether_one_counts(part)]
    return any(word in part for part in parts for word in _CLASS if _OTHER not in part)


def follows_class(turn: Turn) -> bool:
    """Tell whether a text stands right behind what was said of the class."""
    return bool(SAID & last_responses(turn))


def may_be_of_class(turn: Turn) -> bool:
    """Tell whether it was said right before that the project keeps the limits of the class."""
    return bool(KEPT & last_responses(turn))


def asks_of_class(turn: Turn) -> bool:
    """Tell whether the class is asked for by its name, or as what was just spoken of: 还算不算."""
    is_same = follows_class(turn) and _STILL.search(turn.text) is not None
    return is_same or asks_if_low_risk(turn.text)


def asks_limit_of_small(text: str) -> bool:
    """Tell whether it is asked up to which size there is less to be done."""
    return _LIMIT.search(text) is not None and asks(text)


def denies_low_risk(text: str) -> bool:
    """Tell whether a project is said to be none of the class: 不算小型低风险."""
    return _DENIES.search(text) is not None and not asks(text)


def sizes_told(turn: Turn) -> dict[str, Any]:
    """Return the sizes that a text tells anew, as slots."""
    told = {PREFIX + name: size for name, size in sizes_in(turn.text).items()}
    return {slot: size for slot, size in told.items() if turn.slots.get(slot) != size}


def say_low_risk(
    slots: Mapping[str, Any],
    changes: Mapping[str, Any],
    say: CollectingDispatcher,
    *,
    is_asked: bool = False,
    is_followed: bool = False,
) -> bool:
    """Say that the sizes told just now keep the limits of the class, or keep them no more.

    Args:
        slots: The answers before.
        changes: Those that are new.
        say: Where it is said.
        is_asked: It is asked whether the project is of the class.
        is_followed: The class was just spoken of: a limit that is broken now is named.

    Returns:
        Whether anything was said.
    """
    after = {**slots, **changes}
    was, is_now = _is_found_small(slots), _is_found_small(after)
    may_have_been, may_be = _may_be_small(slots), _may_be_small(after)
    if is_now and (is_asked or not was):
        say.utter_message(response="utter_plan_project_is_small")
        return True
    if may_be and not is_now and (is_asked or not may_have_been):
        say.utter_message(response="utter_plan_project_maybe_small")
        return True
    broken = _ruled_out(after)
    fresh = [one for one in broken if any(PREFIX + name in changes for name in one.questions)]
    is_due = is_asked or may_have_been
    due = [*fresh, *broken] if is_due else fresh if is_followed else []
    ruled_out = next(iter(due), None)
    if ruled_out is not None:
        source = source_line(ruled_out.provenance)
        say.utter_message(
            response="utter_plan_project_not_small", rule=ruled_out.rule, source=source
        )
    return ruled_out is not None


def _ruled_out(slots: Mapping[str, Any]) -> tuple[Contradiction, ...]:
    """Return the rules of the class that the answers break; none where they keep all."""
    return app().plan_project.not_small(project_answers(slots))


def _may_be_small(slots: Mapping[str, Any]) -> bool:
    """Tell whether the sizes keep the limits of the class, and no danger is told."""
    return _is_found_small({_HAZARD: NO, **_answered(slots)})


def _answered(slots: Mapping[str, Any]) -> dict[str, Any]:
    return {slot: value for slot, value in slots.items() if value is not None}


def _is_found_small(slots: Mapping[str, Any]) -> bool:
    """Tell whether it is the sizes, and not the applicant, that tell of the small class."""
    answers = project_answers(slots)
    settled = app().plan_project.settled(answers)
    is_private = settled.get("investor") != PUBLIC and settled.get("works") != RENOVATION
    is_told = SMALL_LOW_RISK in answers.choices
    return not is_told and is_private and settled.get(SMALL_LOW_RISK) is True
