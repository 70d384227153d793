"""Takes a story in which a wish is heard for that wish: 家里有个院空着 想拾掇拾掇让人住."""

from dataclasses import replace

from actions import app
from actions.turns.turn import Turn
from bot.services.words.evidence import is_groundless, speaks_of_trouble

SHORTEST = 12
"""Signs of a story."""

UNHEARD = frozenset({"bot_challenge", "chitchat", "inform", "nlu_fallback", "out_of_scope"})
UNHEARD |= {"book_appointment", "follow_case", "query_case", "request_agent", "suggest"}
"""What the model takes such a story for that it knows nothing like."""

BLAMES = frozenset({"blow_whistle", "complain"})
"""And this, where no trouble is told."""

OF_ELSE = ("case_number", "company_name", "matter", "policy", "ticket_number")
"""Entities of who speaks of something that is there."""

HEARD = 0.9
"""Confidence of such a wish."""


def with_told_wish(turn: Turn) -> Turn:
    """Return the turn with the intent that its story tells; itself where it tells none."""
    is_first = turn.loop is None and turn.choice is None and turn.slots.get("focus") is None
    if not is_first or len(turn.text) < SHORTEST or any(turn.entity(name) for name in OF_ELSE):
        return turn
    is_blame = turn.intent in BLAMES and not speaks_of_trouble(turn.text)
    if turn.intent not in UNHEARD and not is_blame:
        return turn
    wish = app().told_wishes.wish(turn.text)
    if wish is None or is_groundless(wish, turn.text):
        return turn
    return replace(turn, intent=wish, confidence=HEARD, ranking=((wish, HEARD),), clauses=())
