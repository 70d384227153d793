"""Says who grants the licence of what somebody wants to sell or to open: 想摆点烟卖 归谁管."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.plans.planned_licence import LICENCE
from actions.turns.focus import on_matter
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.unwished import asks_whose_trouble
from bot.services.words.wish import wants_to_trade

MEANT = 0.3
"""How well the licence must fit what is wanted."""


def answer_whose_licence(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say where the licence is granted; no events where a trouble is told, or nothing fits."""
    is_free = turn.loop is None and turn.choice is None and turn.entity("matter") is None
    if not is_free or not wants_to_trade(turn.text) or not asks_whose_trouble(turn.text):
        return []
    licence = _meant(turn.text)
    if licence is None:
        return []
    say_answer("place", licence, say)
    return on_matter(licence, "place")


def _meant(text: str) -> Matter | None:
    best = next(iter(app().matter_resolver.rank(text, 1)), None)
    if best is None or best.score < MEANT:
        return None
    matter = app().catalogue.matter(best.matter_id)
    return matter if matter.category == LICENCE else None
