"""Answers what happened to several papers at once for each of them: 执照和公章都丢了 咋补."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.finding.points_of_matter import LICENCE
from actions.questions.each_question import Answer, answer_in_turn, as_one
from actions.turns.names import is_founding, sure_matter
from actions.turns.turn import Entity, Turn
from bot.services.words.follow_up import renews
from bot.services.words.held import Held, happens_to, papers_named
from bot.services.words.matter_remarks import asks, asks_penalty
from bot.services.words.remarks import clauses
from bot.services.words.renewal import speaks_of_renewal

LOST, RENEWED = "丢了咋补", "快到期了咋续"
"""What is asked of each paper, whatever the words of the message were."""

_ELSE = re.compile("[换改变增]")
"""Tells of a change besides."""

ASKED = "ask_procedure"
"""What each of them is taken for."""

MOST, LONGEST = 3, 32


def answer_held_several(turn: Turn, say: CollectingDispatcher, answer: Answer) -> list[EventType]:
    """Answer for each of several papers that are lost or run out; no events for anything else.

    Args:
        turn: The message.
        say: Where it is said.
        answer: Answers a turn with one question.
    """
    happened = _happened(turn.text)
    is_free = turn.loop is None and turn.choice is None and len(turn.text) <= LONGEST
    names = _names(turn) if is_free and happened is not None else ()
    if not 2 <= len(names) <= MOST:  # noqa: PLR2004 - several
        return []

    def of_one(name: str, events: Sequence[EventType]) -> Turn:
        one = as_one(turn, f"{name}{happened}", events)
        return replace(one, intent=ASKED, entities=(Entity("matter", name, 0, len(name)),))

    return answer_in_turn(names, of_one, say, answer) or []


def _happened(text: str) -> str | None:
    """Return what is asked of each paper; None for what is neither loss nor renewal."""
    parts = clauses(text)
    if happens_to(text) is Held.LOST:
        others = (part for part in parts if happens_to(part) is not Held.LOST)
        return None if any(map(_ELSE.search, others)) else LOST
    is_asked = speaks_of_renewal(text) and asks(text) and not asks_penalty(text)
    is_renewed = renews(text) or is_asked
    return RENEWED if is_renewed else None


def _names(turn: Turn) -> Sequence[str]:
    """Return the names of papers in a text, each once, that are known for sure."""
    marked = [one.value for one in turn.entities if one.name in {"matter", "material"}]
    found: dict[str, str] = {}
    for name in marked if len(set(marked)) > 1 else papers_named(turn.text):
        matter = sure_matter(name)
        if is_founding(name):  # 执照 alone may be of any form
            found.setdefault(LICENCE, LICENCE)
        elif matter is not None:
            found.setdefault(matter.id, name)
    return tuple(found.values())
