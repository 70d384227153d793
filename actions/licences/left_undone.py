"""Says what follows where the matter spoken of is simply not done: 不登呢, 不领呢 直接干."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.any_matter import answer_of_any
from actions.questions.matter_faqs import say_question
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import typed_before
from actions.turns.turn import Turn
from bot.services.words.any_matter import Point, is_of_point, point_asked, speaks_of_case
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

LEAST = 0.3
"""How well a question on it must fit behind what was typed before."""

LONGEST_BESIDE, LONGEST_BEFORE = 4, 8
"""Signs of what may stand beside it (直接干), and of a remark before it (都是一家人)."""


def answer_left_undone(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it before anything else is looked for; no events for another text.

    Behind what was typed before, two words would only repeat what was answered.
    """
    first, *rest = _from_question(clauses(turn.text) or [turn.text])
    asked = point_asked(first) if turn.loop is None and turn.choice is None else None
    is_whole = asked is not None and asked.point is Point.WITHOUT and asked.words == first
    is_bare = is_whole and not any(len(one) > LONGEST_BESIDE or asks(one) for one in rest)
    is_bare &= turn.entity("matter") is None and not speaks_of_case(turn.text)
    matter = matter_in_focus(turn)
    if not is_bare or matter is None:
        return []
    before = typed_before(turn)
    found = app().question_finder.among(f"{before}，{first}", (matter,), LEAST) if before else None
    if found is None or not is_of_point(found.faq.question, Point.WITHOUT):
        return answer_of_any(replace(turn, text=first), say)
    say_question(turn, found, say)  # 排污登记要填不, of whose permits there are fines as well
    return on_matter(matter, read_focus(turn).topic or "eligibility")


def _from_question(parts: list[str]) -> list[str]:
    """Return the last clause alone where it asks that behind short remarks: 还得办啊 不办能咋."""
    asked = point_asked(parts[-1])
    is_last = asked is not None and asked.point is Point.WITHOUT and asked.words == parts[-1]
    is_brief = all(len(one) <= LONGEST_BEFORE for one in parts[:-1])
    return parts[-1:] if is_last and is_brief else parts
