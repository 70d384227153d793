"""Says what something that is sold as well adds to the plan that stands: 酒也卖, 我要加卖烟."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import LICENCE
from actions.finding.not_meant import CHANGE, not_meant
from actions.plans.planned import planned_matters
from actions.questions.matter_faqs import say_question
from actions.trades.start_answers import always_wanted
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import on_plan, read_focus
from actions.turns.registry import action_named
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.services.finding.record_lines import shared_run
from bot.services.words.standing_point import asked_of_goods, goods_added

START = "start_business"

FITS, SHARED = 0.45, 4
"""How well a question on what is added must fit one of the catalogue, and signs that both have
where it is of a licence of another trade."""


def answer_goods(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Alter the plan of a shop, or say what the thing wants besides; no events for no such text.

    Args:
        turn: The message, behind a plan that stands.
        say: Where it is said.
    """
    thing = goods_added(turn.text) if read_focus(turn).journey == START else None
    if thing is None:
        return []
    told = replace(turn, intent="inform", entities=(), clauses=())
    heard = CollectingDispatcher()
    altered = action_named("action_follow_up").act(told, heard)
    if altered and any(one.get("response") == CHANGED for one in heard.messages):
        say.messages.extend(heard.messages)
        return altered
    _say_wanted(turn, thing, say)
    return on_plan(START)


CHANGED = "utter_common_plan_changed"
"""Response that says what a plan made again has and has not."""


def _say_wanted(turn: Turn, thing: str, say: CollectingDispatcher) -> None:
    """Say which licences the thing wants beside those of the plan, and what is asked of it."""
    planned = {one.id for one in planned_matters({**turn.slots, "journey": START})}
    trade = trade_of(turn.entity("industry")) or trade_of(thing)
    wanted = always_wanted(trade) if trade is not None else []
    more = [one for one in wanted if one.category == LICENCE and one.id not in planned]
    others = not_meant(turn)
    said = asked_of_goods(thing)
    asked = app().question_finder.best_of_all(said)
    is_asked = asked is not None and asked.score >= FITS and asked.matter.category != CHANGE
    if asked is not None and asked.matter.id in others:  # 药, of a restaurant
        is_asked &= shared_run(said, asked.faq.question) >= SHARED
    if more:
        names = ITEM_MARK.join(one.name.partition("（")[0] for one in more)
        say.utter_message(response="utter_start_business_added", trade=thing, matters=names)
    elif wanted:
        say.utter_message(response="utter_plan_adds_nothing", thing=thing)
    elif not is_asked:
        say.utter_message(response="utter_plan_adds_unknown", thing=thing)
    if asked is not None and is_asked and not more:
        say_question(turn, asked, say)
