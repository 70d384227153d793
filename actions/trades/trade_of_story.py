"""Takes the trade of a story that names none, or none that is listed: 给猫狗看病的, 磨面的."""

from collections.abc import Sequence

from actions import app
from actions.turns.turn import Turn
from bot.services.finding.trade_finder import LikelyTrade

SHORTEST_STORY = 9
"""Signs of a story; less is a word, which `trade_finder` knows."""


def trade_of_story(turn: Turn) -> str | None:
    """Return the trade that the opening story surely means; None for no story or no sure one."""
    return app().told_trades.sure(turn.text) if _opens(turn) else None


def near_story(turn: Turn) -> Sequence[LikelyTrade]:
    """Return the trades that the opening story may mean, the likeliest first."""
    return app().told_trades.near(turn.text) if _opens(turn) else ()


def _opens(turn: Turn) -> bool:
    is_wish = turn.intent == "start_business" and turn.loop is None and turn.choice is None
    return is_wish and len(turn.text) >= SHORTEST_STORY
