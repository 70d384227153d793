"""Answers for another case what was just answered for one: 那该办证没办的呢, after a fine.

The case stands alone in its few words; what is asked of it was said before.
"""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.faq_said import faqs_said
from actions.questions.matter_faqs import say_question
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import typed_before
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.finding.record_lines import is_of_row
from bot.services.words.matter_remarks import asks_penalty, asks_whether_needed

_CASE = re.compile("^(?:那么?|诶|哎)?(?P<case>[^，,。？?!！]{3,12}?)呢[?？]?$")

_ASPECTS = ((asks_penalty, "怎么罚"), (asks_whether_needed, "要办吗"))
"""What may be asked of another case as well, and how it is put."""

LEAST = 0.3
"""How well the case, with what is asked of it, must fit a question."""


def answer_other_case(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the question that the case has with what was just asked; no events for none."""
    matter, before, found = matter_in_focus(turn), typed_before(turn), _CASE.match(turn.text)
    is_free = turn.loop is None and turn.choice is None and turn.entity("matter") is None
    if matter is None or before is None or found is None or not is_free:
        return []
    said = faqs_said(turn, (matter,))
    asked = next((put for asks_it, put in _ASPECTS if asks_it(before)), None)
    if not said or asked is None:
        return []
    other = _of_case(f"{found['case'].removesuffix('的')}的{asked}", [matter, *_row_of(matter)])
    if other is None or other.faq in said or not _is_alike(other, asked):
        return []
    say_question(turn, other, say)
    return on_matter(other.matter, read_focus(turn).topic or "eligibility")


def _of_case(text: str, matters: Sequence[Matter]) -> Asked | None:
    return app().question_finder.among(text, matters, LEAST)


def _is_alike(other: Asked, asked: str) -> bool:
    """Tell whether a question asks the same of the other case."""
    return not asks_penalty(asked) or asks_penalty(other.faq.question + other.faq.answer)


def _row_of(matter: Matter) -> list[Matter]:
    """Return the matters whose names share the most with that of one: 消防验收, 消防验收备案."""
    others = (one for one in app().catalogue.matters.values() if one.id != matter.id)
    return [one for one in others if is_of_row(matter.name, one.name)]
