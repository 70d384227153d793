"""Takes a story in which a wish is heard for that wish: 家里有个院空着 想拾掇拾掇让人住."""

from dataclasses import replace

from actions import app
from actions.turns.turn import Turn
from bot.services.words.business import has_built
from bot.services.words.groundless import (
    is_groundless,
    names_service,
    plans_only,
    speaks_of_trouble,
)

SHORTEST = 12
"""Signs of a story."""

UNHEARD = frozenset({"bot_challenge", "chitchat", "inform", "nlu_fallback", "out_of_scope"})
"""What the model takes such a story for that it knows nothing like."""

MISHEARD = frozenset({"book_appointment", "follow_case", "query_case", "request_agent", "suggest"})
"""And this, where the words tell what somebody means to do."""

BLAMES = frozenset({"blow_whistle", "complain"})
"""And this, where no trouble is told."""

OF_ELSE = ("case_number", "company_name", "matter", "policy", "ticket_number")
"""Entities of who speaks of something that is there."""

HEARD = 0.9
"""Confidence of such a wish."""


def with_told_wish(turn: Turn) -> Turn:
    """Return the turn with the intent that its story tells; itself where it tells none."""
    is_first = turn.loop is None and turn.choice is None and turn.slots.get("focus") is None
    is_story = len(turn.text) >= SHORTEST and not names_service(turn.text)
    if not is_first or not is_story or any(turn.entity(name) for name in OF_ELSE):
        return turn
    if not _may_be_misheard(turn):
        return turn
    wish = app().told_wishes.wish(turn.text)
    if wish is None or is_groundless(wish, turn.text):
        return turn
    if wish == "plan_project" and has_built(turn.text):  # 车间盖完了 啥时候能验收
        return turn
    return replace(turn, intent=wish, confidence=HEARD, ranking=((wish, HEARD),), clauses=())


def _may_be_misheard(turn: Turn) -> bool:
    if turn.intent in BLAMES:
        return not speaks_of_trouble(turn.text)
    return turn.intent in UNHEARD or (turn.intent in MISHEARD and plans_only(turn.text))
