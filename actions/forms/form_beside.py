"""What a message asks beside an answer to an open question, and what it answers besides."""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from actions.forms.question import Question
from actions.forms.reading import only_names
from actions.turns.beside import clause_turn
from actions.turns.requests import SURE_MAIN, Request, requests_in
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.put_off import puts_off
from bot.services.words.remarks import is_a_suggestion

STORY_FORMS = frozenset({"feedback_form", "whistle_form"})
LONGEST_LABEL = 4
"""Signs of the name of a field."""

BOOK = "book_appointment"
TOLD_ANYWAY = frozenset({"follow_case", "query_ticket"})
"""Wishes that such a form grants by itself: "有结果说一声" is no errand of its own."""


def asked_beside(
    turn: Turn,
    opened: Question | None,
    known: AbstractSet[str],
    told: Callable[[Turn], Mapping[str, Any]],
) -> list[Request]:
    """Return the questions and wishes of a message that are of these intents and sure enough.

    What has the form of no question and tells an answer ("那不算小型吧") asks nothing.
    """
    told_anyway = TOLD_ANYWAY if turn.loop in STORY_FORMS else frozenset()
    return [
        request
        for request in requests_in(turn)
        if request.intent in known - told_anyway
        and (request.intent != "suggest" or is_a_suggestion(request.text))
        and (request.text != turn.text or turn.confidence >= SURE_MAIN)
        and not (_only_tells(request, turn) and told(clause_turn(turn, request.text)))
        and not _is_label(request, turn)
        and not (opened and request.text != turn.text and only_names(request.text, opened))
    ]


def _only_tells(request: Request, turn: Turn) -> bool:
    """Tell whether a clause that is taken for a question has not the form of one."""
    is_part = request.text != turn.text and request.intent in QUESTION_INTENTS
    return is_part and not asks(request.text)


def _is_label(request: Request, turn: Turn) -> bool:
    """Tell whether a clause is the name of a field, behind which its value stands: 地址 冠县…."""
    is_short = len(request.text) <= LONGEST_LABEL and request.text != turn.text
    return turn.loop == "apply_form" and is_short and not asks(request.text)


def parts_told(parts: Collection[str], asked: Collection[Request], text: str) -> list[str]:
    """Return the clauses of a text that are no part of what it asks."""
    spoken = {request.text for request in asked if request.text != text}
    return [part for part in parts if not any(part in said for said in spoken)]


def begins_with_booking(turn: Turn, asked: Collection[Request]) -> bool:
    """Tell whether a message books from its first clause on, so that the rest tells of that.

    "预约窗口，下周三下午，东昌府区" between the questions of a plan says where one comes, not where
    the business is; "120平，顺便约个人" answers first.
    """
    if not any(request.intent == BOOK for request in asked):
        return False
    told = [one for one in turn.clauses if not puts_off(one.text)]
    is_first = bool(told) and told[0].intent == BOOK
    if len(told) < len(turn.clauses):
        return is_first  # 面积回头再说，先替俺约个帮办，窗口，高唐
    is_dated = turn.entity("date") is not None or turn.entity("time") is not None
    return turn.intent == BOOK and is_dated and is_first
