"""A question of one point ("要登报不", "过了咋办") that the model takes for one of the nine.

No list of steps or days says yes or no to it: the catalogue's own question does, or a line of the
record; else it is said that nothing is recorded.
"""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import brings_up_another
from actions.questions.matter_faqs import says_question_among
from actions.questions.shared_rules import say_renewal
from actions.steering.not_recorded import say_recorded
from actions.turns.focus import on_matter, read_focus
from actions.turns.names import AFTERWARDS
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.follow_up import asks_yes_or_no, renews, speaks_of_time

LISTED = frozenset({"fee", "procedure", "time_limit"})
"""Topics whose answer says neither yes nor no."""

_PAID = re.compile("[交收掏花缴付免钱费]")
"""Stands in what asks for a fee, and not in 要装监控不."""

RENEWED = frozenset({"materials", "procedure"})
"""Topics whose answer for a first licence is none for its renewal."""


def says_one_point(turn: Turn, topic: str, matter: Matter, say: CollectingDispatcher) -> bool:
    """Answer yes or no of one point of a matter, as far as it is known; False for no such text."""
    if topic in RENEWED and renews(turn.text) and matter.category not in AFTERWARDS:
        say_renewal(turn, matter, say)
        return True
    is_named = any(turn.entity(name) for name in ("matter", "industry", "project_type"))
    is_named &= topic != "fee" or turn.entity("industry") is not None  # 公司注销要公告吗
    if topic not in LISTED or turn.loop is not None or is_named:
        return False
    is_topic = bool(app().dialogue_words.topics_in(turn.text)) or speaks_of_time(turn.text)
    is_topic |= topic == "fee" and _PAID.search(turn.text) is not None
    if is_topic or not asks_yes_or_no(turn.text):
        return False
    if not says_question_among(turn.text, [matter], say):
        say_recorded(turn, matter, say)
    return True


def as_asked(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer by its words what only sounds like missing a paper; no events for nothing.

    A button that was pressed has no words, and means what it says.
    """
    if not turn.text:
        return []
    topics = app().dialogue_words.topics_in(turn.text)
    if topics:
        asked = replace(turn, intent=f"ask_{topics[0]}")
        return action_named(f"action_answer_{topics[0]}").act(asked, say)
    spoken = read_focus(turn)
    is_free = turn.loop is None and not spoken.is_plan and turn.entity("matter") is None
    if spoken.matter is None or not is_free or brings_up_another(turn):
        return []
    if says_question_among(turn.text, [spoken.matter], say):
        return on_matter(spoken.matter)
    return say_recorded(turn, spoken.matter, say)
